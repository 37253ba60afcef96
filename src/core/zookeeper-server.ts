/**
 * ZooKeeperServer: a server that serves: its sessions and its chain of request processors; its
 * clients' connections are in client-connections.ts. It exists while a leader or learner is in broadcast, or stands alone.
 *
 * Source: server.ZooKeeperServer, quorum.LeaderZooKeeperServer, FollowerZooKeeperServer,
 * ObserverZooKeeperServer (3.9).
 */
import { count } from './admin/metrics.ts';
import { clearWatches } from './data-tree/watch-manager.ts';
import { newCommitProcessor, type CommitProcessor } from './processor/commit-processor.ts';
import { newOutstandingChanges } from './processor/outstanding-changes.ts';
import type { OutstandingChanges } from './processor/outstanding-changes.ts';
import { submitLearnerRequest, submitRequest } from './processor/pipelines.ts';
import { newSyncProcessor, type SyncProcessor } from './processor/sync-request-processor.ts';
import { newServerStats, type CnxnStats, type ServerStats } from './cnxn-stats.ts';
import { newContainerManager, startContainerManager } from './container-manager.ts';
import type { ContainerManager } from './container-manager.ts';
import type { Id } from './jute/data.ts';
import type { ClientMessage } from './jute/proto.ts';
import type { TxnRecord } from './jute/txn.ts';
import { configOf, isObserver, log, newRequest, note, setPeerState } from './server-context.ts';
import { mark, setTimer, sidOf, type Server, type ServerRequest } from './server-context.ts';
import { newLearnerSessionTracker } from './session/learner-session-tracker.ts';
import type { LearnerSessionTracker } from './session/learner-session-tracker.ts';
import { roundToNextInterval } from './session/expiry-queue.ts';
import { newLocalSessions, type LocalSessions } from './session/local-sessions.ts';
import { firstSessionId } from './session/session-id.ts';
import { newSessionTracker, setOwner, takeExpired } from './session/session-tracker.ts';
import { touchSession, trackSession } from './session/session-tracker.ts';
import type { SessionOwner, SessionTracker } from './session/session-tracker.ts';
import { formatSessionId, microsToMillis, type ConnId } from './units.ts';
import type { Millis, SessionId } from './units.ts';
import { makeZxid, type Zxid } from './zxid.ts';

const LOGGER = 'ZooKeeperServer';

/** A client's connection, from the moment that it is accepted. Source: server.ServerCnxn. */
export interface Cnxn {
  readonly conn: ConnId;
  /** The peer's, without a port. */
  readonly address: string;
  /** 0n before the handshake. */
  sessionId: SessionId;
  timeOut: Millis;
  /** Its ConnectRequest has been read. */
  initialized: boolean;
  /** The handshake is done, and requests are read. */
  established: boolean;
  /** Grows with each `auth` that succeeds. */
  authInfo: readonly Id[];
  /** Requests with an xid above 0 that are not answered. */
  outstanding: number;
  /** Not read from at present: what comes in waits in `inbox`. */
  paused: boolean;
  /** The host was told not to read on. */
  hostPaused: boolean;
  readonly inbox: ClientMessage[];
  readonly stats: CnxnStats;
}

export interface ZooKeeperServer {
  readonly kind: 'standalone' | 'leader' | 'follower' | 'observer' | 'readonly';
  /** The id of the next session. */
  nextSessionId: SessionId;
  /** hzxid: the last zxid given to a request, on a leader. */
  lastZxid: Zxid;
  /** On a leader and a standalone server: who lives, and until when. */
  readonly sessions: SessionTracker | null;
  /** On a learner: whom its clients have touched since the last ping. */
  readonly touchTable: LearnerSessionTracker | null;
  /** Where local sessions are on: those of this server. */
  readonly local: LocalSessions | null;
  readonly stats: ServerStats;
  /** requestsInProcess: requests of clients that FinalRequestProcessor has not seen. */
  inProcess: number;
  /** Connections that are read again, with messages that came while they were not. */
  readonly readable: ConnId[];
  /** On a leader and a standalone server: empty containers and TTL nodes to be removed. */
  readonly containers: ContainerManager | null;
  readonly cnxns: Map<ConnId, Cnxn>;
  readonly cnxnOf: Map<SessionId, ConnId>;
  readonly changes: OutstandingChanges;
  readonly commit: CommitProcessor;
  readonly sync: SyncProcessor;
  /** On a follower: proposals that are not committed. */
  readonly pendingTxns: TxnRecord[];
  /** On a learner: syncs that the leader has not answered. */
  readonly pendingSyncs: ServerRequest[];
  /** On a learner: sessions that come back, and wait for the leader's word. */
  readonly pendingRevalidations: Map<SessionId, ConnId>;
}

export function newZooKeeperServer(server: Server, kind: ZooKeeperServer['kind']): ZooKeeperServer {
  const tracks = kind === 'leader' || kind === 'standalone';
  const { tickTime, localSessionsEnabled } = configOf(server);
  return {
    kind,
    nextSessionId: firstSessionId(sidOf(server), elapsedMillis(server)),
    lastZxid: server.db.tree.lastProcessedZxid,
    sessions: tracks ? newSessionTracker(tickTime) : null,
    touchTable: tracks ? null : newLearnerSessionTracker(),
    local:
      localSessionsEnabled && kind !== 'standalone'
        ? newLocalSessions(sidOf(server), tickTime)
        : null,
    stats: newServerStats(server.now),
    inProcess: 0,
    readable: [],
    containers: tracks ? newContainerManager(server) : null,
    cnxns: new Map(),
    cnxnOf: new Map(),
    changes: newOutstandingChanges(),
    commit: newCommitProcessor(),
    sync: newSyncProcessor(server),
    pendingTxns: [],
    pendingSyncs: [],
    pendingRevalidations: new Map(),
  };
}

/** Milliseconds on this server's monotonic clock, which a restart does not set back. */
export function elapsedMillis(server: Server): Millis {
  return microsToMillis(server.now);
}

/** Milliseconds since 1970. */
export function wallMillis(server: Server): Millis {
  return (configOf(server).startTime + microsToMillis(server.now)) as Millis;
}

export function startLeaderServer(server: Server, epoch: number): void {
  const zks = newZooKeeperServer(server, 'leader');
  zks.lastZxid = makeZxid(epoch, configOf(server).initialCounter);
  server.zks = zks;
  trackAll(server, zks);
  startContainerManager(server);
}

export function startLearnerServer(server: Server): void {
  server.zks = newZooKeeperServer(server, isObserver(server) ? 'observer' : 'follower');
  startSessionTimer(server, server.zks);
}

export function startStandalone(server: Server): void {
  warnOfOrphanSessions(server);
  const zks = newZooKeeperServer(server, 'standalone');
  server.zks = zks;
  setPeerState(server, 'LEADING', 'broadcast');
  trackAll(server, zks);
  startContainerManager(server);
  log(server, 'INFO', LOGGER, 'Standalone server is serving');
}

/** A new leader gives every session its full timeout: an outage does not expire anybody. */
function trackAll(server: Server, zks: ZooKeeperServer): void {
  if (zks.sessions === null) return;
  for (const [id, timeOut] of server.db.sessions) {
    trackSession(zks.sessions, id, timeOut, elapsedMillis(server));
  }
  startSessionTimer(server, zks);
}

/** Buckets end at multiples of a tick: whoever expires sessions looks then, each time. */
export function startSessionTimer(server: Server, zks: ZooKeeperServer): void {
  if (zks.sessions === null && zks.local === null) return;
  const now = elapsedMillis(server);
  setTimer(server, 'sessionExpiry', roundToNextInterval(configOf(server).tickTime, now) - now);
}

/**
 * ZooKeeperServer.loadData looks for ephemerals of sessions that are not in the session map.
 *
 * Differs: ZooKeeper then deletes them from its own tree, without a transaction. Here a close
 * names its paths and sessions are saved before the tree, so there are none; a bug shows.
 */
export function warnOfOrphanSessions(server: Server): void {
  const { db } = server;
  for (const [owner, paths] of [...db.tree.ephemerals]) {
    if (db.sessions.has(owner)) continue;
    log(
      server,
      'WARN',
      LOGGER,
      `Session ${formatSessionId(owner)} owns ${String(paths.size)} ephemerals and is not known`,
    );
  }
}

/** The role ends: clients are cut off, requests on their way are dropped. */
export function stopServing(server: Server): void {
  const { zks } = server;
  clearWatches(server.db.watches);
  server.db.version++;
  if (zks === null) return;
  log(server, 'INFO', LOGGER, 'shutting down');
  zks.cnxns.clear();
  zks.cnxnOf.clear();
  zks.pendingRevalidations.clear();
}

/** SessionTrackerImpl.run: once a tick, whole buckets expire. */
export function onSessionExpiry(server: Server): void {
  const { zks } = server;
  if (zks === null) return;
  const trackers = [zks.sessions, zks.local?.tracker ?? null].filter((t) => t !== null);
  if (trackers.length === 0) return;
  const now = elapsedMillis(server);
  for (const tracker of trackers) {
    for (const sessionId of takeExpired(tracker, now)) {
      expire(server, zks, tracker, sessionId);
      if (server.zks !== zks) return;
    }
  }
  startSessionTimer(server, zks);
}

/** ZooKeeperServer.expire. */
function expire(
  server: Server,
  zks: ZooKeeperServer,
  tracker: SessionTracker,
  sessionId: SessionId,
): void {
  const timeOut = tracker.sessionsById.get(sessionId)?.timeout ?? 0;
  log(
    server,
    'INFO',
    LOGGER,
    `Expiring session ${formatSessionId(sessionId)}, timeout of ${String(timeOut)}ms exceeded`,
  );
  if (tracker === zks.sessions) {
    count(server, 'stale_sessions_expired');
    note(server, { note: 'sessionExpired', sessionId });
    mark(server, 'session.expires');
  }
  const request = { op: 'closeSession' } as const;
  const from = { sessionId, cxid: 0, request, conn: null, owner: 'me', authInfo: [] } as const;
  submitRequest(server, zks, newRequest(server, from));
}

/** LeaderZooKeeperServer.touch, for a learner's answer to a ping. */
export function touchForLearner(server: Server, id: SessionId, timeOut: Millis): void {
  const sessions = server.zks?.sessions ?? null;
  if (sessions !== null) touchSession(sessions, id, timeOut, elapsedMillis(server));
}

/**
 * Leader.revalidateSession: the session is now with that learner. A local session of this server
 * is none that could come back elsewhere.
 */
export function revalidateForLearner(
  server: Server,
  id: SessionId,
  timeOut: Millis,
  owner: SessionOwner,
): boolean {
  const sessions = server.zks?.sessions ?? null;
  if (sessions === null) return false;
  const valid = touchSession(sessions, id, timeOut, elapsedMillis(server));
  return valid && setOwner(sessions, id, owner);
}

/** A learner has forwarded a request. */
export function submitFromLearner(server: Server, request: ServerRequest): void {
  if (server.zks !== null) submitLearnerRequest(server, server.zks, request);
}
