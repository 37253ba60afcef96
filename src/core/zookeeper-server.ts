/**
 * ZooKeeperServer: a server that serves: its clients' connections, its sessions and its chain of
 * request processors. It exists while a leader or learner is in broadcast, or stands alone.
 *
 * Source: server.ZooKeeperServer, quorum.LeaderZooKeeperServer, FollowerZooKeeperServer,
 * ObserverZooKeeperServer, server.NIOServerCnxn (3.9).
 */
import { removeWatchesOf } from './data-tree/watch-manager.ts';
import type { ClientMessage, ConnectRequest, Request } from './jute/proto.ts';
import { newCommitProcessor, type CommitProcessor } from './processor/commit-processor.ts';
import { newOutstandingChanges } from './processor/outstanding-changes.ts';
import type { OutstandingChanges } from './processor/outstanding-changes.ts';
import { submitRequest } from './processor/pipelines.ts';
import { newSyncProcessor, type SyncProcessor } from './processor/sync-request-processor.ts';
import type { TxnRecord } from './jute/txn.ts';
import { configOf, hangUp, isObserver, log, note, noteState } from './server-context.ts';
import { send, setPeerState, setTimer, sidOf } from './server-context.ts';
import type { Server, ServerRequest } from './server-context.ts';
import { newLearnerSessionTracker, touch } from './session/learner-session-tracker.ts';
import type { LearnerSessionTracker } from './session/learner-session-tracker.ts';
import { firstSessionId, isPasswordOf, nextSessionId, passwordOf } from './session/session-id.ts';
import { newSessionTracker, nextExpiry, setOwner, takeExpired } from './session/session-tracker.ts';
import { touchSession, trackSession } from './session/session-tracker.ts';
import type { SessionOwner, SessionTracker } from './session/session-tracker.ts';
import { formatSessionId, microsToMillis, NO_SESSION, type ConnId } from './units.ts';
import type { Millis, SessionId } from './units.ts';
import { formatZxid, makeZxid, type Zxid } from './zxid.ts';

const LOGGER = 'ZooKeeperServer';

/** A client's connection. Source: server.ServerCnxn. */
export interface Cnxn {
  readonly conn: ConnId;
  /** 0n before the handshake. */
  sessionId: SessionId;
  timeOut: Millis;
  /** The handshake is done, and requests are read. */
  established: boolean;
}

export interface ZooKeeperServer {
  readonly kind: 'standalone' | 'leader' | 'follower' | 'observer';
  /** The id of the next session. */
  nextSessionId: SessionId;
  /** hzxid: the last zxid given to a request, on a leader. */
  lastZxid: Zxid;
  /** On a leader and a standalone server: who lives, and until when. */
  readonly sessions: SessionTracker | null;
  /** On a learner: whom its clients have touched since the last ping. */
  readonly touchTable: LearnerSessionTracker | null;
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

function newZooKeeperServer(server: Server, kind: ZooKeeperServer['kind']): ZooKeeperServer {
  const tracks = kind === 'leader' || kind === 'standalone';
  return {
    kind,
    nextSessionId: firstSessionId(sidOf(server), elapsedMillis(server)),
    lastZxid: server.db.tree.lastProcessedZxid,
    sessions: tracks ? newSessionTracker(configOf(server).tickTime) : null,
    touchTable: tracks ? null : newLearnerSessionTracker(),
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
}

export function startLearnerServer(server: Server): void {
  server.zks = newZooKeeperServer(server, isObserver(server) ? 'observer' : 'follower');
}

export function startStandalone(server: Server): void {
  killOrphanSessions(server);
  const zks = newZooKeeperServer(server, 'standalone');
  server.zks = zks;
  setPeerState(server, 'LEADING', 'broadcast');
  trackAll(server, zks);
  log(server, 'INFO', LOGGER, 'Standalone server is serving');
}

/** A new leader gives every session its full timeout: an outage does not expire anybody. */
function trackAll(server: Server, zks: ZooKeeperServer): void {
  if (zks.sessions === null) return;
  for (const [id, timeOut] of server.db.sessions) {
    trackSession(zks.sessions, id, timeOut, elapsedMillis(server));
  }
  setTimer(server, 'sessionExpiry', configOf(server).tickTime);
}

/** ZooKeeperServer.loadData: ephemerals of sessions that are not in the session map. */
export function killOrphanSessions(server: Server): void {
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
  server.db.watches.data.byConn.clear();
  server.db.watches.data.byPath.clear();
  server.db.watches.child.byConn.clear();
  server.db.watches.child.byPath.clear();
  server.db.version++;
  if (zks === null) return;
  log(server, 'INFO', LOGGER, 'shutting down');
  zks.cnxns.clear();
  zks.cnxnOf.clear();
  zks.pendingRevalidations.clear();
}

/** A message on a client's connection. */
export function onClientMessage(server: Server, conn: ConnId, message: ClientMessage): void {
  const { zks } = server;
  if (zks === null || server.role.name === 'leaving') {
    log(server, 'WARN', 'NIOServerCnxn', 'Close of session 0x0: ZooKeeperServer not running');
    hangUp(server, conn);
    return;
  }
  if (message.kind === 'connectRequest') {
    onConnectRequest(server, zks, conn, message);
    return;
  }
  const cnxn = zks.cnxns.get(conn);
  if (message.kind !== 'request' || cnxn?.established !== true) {
    hangUp(server, conn);
    return;
  }
  if (requestBytes(message.request) > configOf(server).maxBuffer) {
    const text = `Len error. A message from ${formatSessionId(cnxn.sessionId)} is too large to process`;
    closeClient(server, zks, conn, text);
    return;
  }
  submit(server, zks, cnxn, message.xid, message.request);
}

/** Every request proves that its session lives. */
function submit(
  server: Server,
  zks: ZooKeeperServer,
  cnxn: Cnxn,
  cxid: number,
  request: Request,
): void {
  const { conn, sessionId, timeOut } = cnxn;
  if (zks.touchTable !== null) touch(zks.touchTable, sessionId, timeOut);
  else if (zks.sessions !== null) {
    touchSession(zks.sessions, sessionId, timeOut, elapsedMillis(server));
  }
  submitRequest(server, zks, {
    sessionId,
    cxid,
    request,
    conn,
    owner: 'me',
    record: null,
    error: 0,
  });
}

/** ZooKeeperServer.processConnectRequest. */
function onConnectRequest(
  server: Server,
  zks: ZooKeeperServer,
  conn: ConnId,
  request: ConnectRequest,
): void {
  const { lastProcessedZxid } = server.db.tree;
  if (request.lastZxidSeen > lastProcessedZxid) {
    log(
      server,
      'INFO',
      LOGGER,
      `Refusing session(0x${request.sessionId.toString(16)}) request for client as it has seen zxid ${formatZxid(request.lastZxidSeen)} our last zxid is ${formatZxid(lastProcessedZxid)} client must try another server`,
    );
    hangUp(server, conn);
    return;
  }
  const { minSessionTimeout, maxSessionTimeout } = configOf(server);
  const asked = Math.max(request.timeOut, minSessionTimeout);
  const timeOut = Math.min(asked, maxSessionTimeout) as Millis;
  const cnxn: Cnxn = { conn, sessionId: request.sessionId, timeOut, established: false };
  zks.cnxns.set(conn, cnxn);
  if (request.sessionId === NO_SESSION) createSession(server, zks, cnxn);
  else reopenSession(server, zks, cnxn, request.passwd);
}

function createSession(server: Server, zks: ZooKeeperServer, cnxn: Cnxn): void {
  cnxn.sessionId = zks.nextSessionId;
  zks.nextSessionId = nextSessionId(zks.nextSessionId);
  const { sessionId, timeOut, conn } = cnxn;
  zks.cnxnOf.set(sessionId, conn);
  submitRequest(server, zks, {
    sessionId,
    cxid: 0,
    request: { op: 'createSession', timeOut },
    conn,
    owner: 'me',
    record: null,
    error: 0,
  });
}

function reopenSession(server: Server, zks: ZooKeeperServer, cnxn: Cnxn, passwd: Uint8Array): void {
  const { sessionId, conn, timeOut } = cnxn;
  closeClientOfSession(server, zks, sessionId);
  zks.cnxns.set(conn, cnxn);
  if (!isPasswordOf(sessionId, passwd)) {
    log(
      server,
      'WARN',
      LOGGER,
      `Incorrect password from client for session ${formatSessionId(sessionId)}`,
    );
    finishSessionInit(server, zks, conn, false);
    return;
  }
  zks.cnxnOf.set(sessionId, conn);
  const { role } = server;
  if (zks.sessions !== null) {
    const now = elapsedMillis(server);
    const valid =
      touchSession(zks.sessions, sessionId, timeOut, now) &&
      setOwner(zks.sessions, sessionId, 'me');
    finishSessionInit(server, zks, conn, valid);
  } else if (role.name === 'learning' && role.learner.conn !== null) {
    zks.pendingRevalidations.set(sessionId, conn);
    send(server, role.learner.conn, { type: 'REVALIDATE', sessionId, timeOut, valid: null });
  }
}

/** The leader's word on a session that came back to this learner. */
export function finishRevalidation(
  server: Server,
  zks: ZooKeeperServer,
  sessionId: SessionId,
  valid: boolean,
): void {
  const conn = zks.pendingRevalidations.get(sessionId);
  if (conn === undefined) {
    log(server, 'WARN', 'Learner', `Missing session ${formatSessionId(sessionId)} for validation`);
    return;
  }
  zks.pendingRevalidations.delete(sessionId);
  finishSessionInit(server, zks, conn, valid);
}

/** ZooKeeperServer.finishSessionInit: the answer to a ConnectRequest. */
export function finishSessionInit(
  server: Server,
  zks: ZooKeeperServer,
  conn: ConnId,
  valid: boolean,
): void {
  const cnxn = zks.cnxns.get(conn);
  if (cnxn === undefined) return;
  send(server, conn, {
    kind: 'connectResponse',
    protocolVersion: 0,
    timeOut: valid ? cnxn.timeOut : (0 as Millis),
    sessionId: valid ? cnxn.sessionId : NO_SESSION,
    passwd: valid ? passwordOf(cnxn.sessionId) : new Uint8Array(16),
    readOnly: false,
  });
  const id = formatSessionId(cnxn.sessionId);
  if (!valid) {
    log(server, 'INFO', LOGGER, `Invalid session ${id} for client, probably expired`);
    closeClient(server, zks, conn, null);
    return;
  }
  cnxn.established = true;
  log(
    server,
    'INFO',
    LOGGER,
    `Established session ${id} with negotiated timeout ${String(cnxn.timeOut)}`,
  );
  noteState(server);
}

/** The connection ends; the session lives on until it expires or is closed. */
export function closeClient(
  server: Server,
  zks: ZooKeeperServer,
  conn: ConnId,
  why: string | null,
): void {
  if (why !== null) log(server, 'WARN', 'NIOServerCnxn', why);
  forgetClient(server, zks, conn);
  hangUp(server, conn);
}

export function forgetClient(server: Server, zks: ZooKeeperServer, conn: ConnId): void {
  removeWatchesOf(server.db.watches, conn);
  server.db.version++;
  const cnxn = zks.cnxns.get(conn);
  if (cnxn === undefined) return;
  zks.cnxns.delete(conn);
  if (zks.cnxnOf.get(cnxn.sessionId) === conn) zks.cnxnOf.delete(cnxn.sessionId);
}

export function closeClientOfSession(
  server: Server,
  zks: ZooKeeperServer,
  session: SessionId,
): void {
  const conn = zks.cnxnOf.get(session);
  if (conn !== undefined) closeClient(server, zks, conn, null);
}

/** SessionTrackerImpl.run: once a tick, whole buckets expire. */
export function onSessionExpiry(server: Server): void {
  const { zks } = server;
  const sessions = zks?.sessions ?? null;
  if (zks === null || sessions === null) return;
  const now = elapsedMillis(server);
  for (const sessionId of takeExpired(sessions, now)) {
    const timeOut = server.db.sessions.get(sessionId) ?? 0;
    log(
      server,
      'INFO',
      LOGGER,
      `Expiring session ${formatSessionId(sessionId)}, timeout of ${String(timeOut)}ms exceeded`,
    );
    note(server, { note: 'sessionExpired', sessionId });
    submitRequest(server, zks, {
      sessionId,
      cxid: 0,
      request: { op: 'closeSession' },
      conn: null,
      owner: 'me',
      record: null,
      error: 0,
    });
    if (server.zks !== zks) return;
  }
  const next = nextExpiry(sessions);
  const { tickTime } = configOf(server);
  setTimer(server, 'sessionExpiry', next === null ? tickTime : Math.max(next - now, 1));
}

/** LeaderZooKeeperServer.touch, for a learner's answer to a ping. */
export function touchForLearner(server: Server, id: SessionId, timeOut: Millis): void {
  const sessions = server.zks?.sessions ?? null;
  if (sessions !== null) touchSession(sessions, id, timeOut, elapsedMillis(server));
}

/** Leader.revalidateSession: the session is now with that learner. */
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
  if (server.zks !== null) submitRequest(server, server.zks, request);
}

/** What a request takes on the wire, roughly: enough to hold it against jute.maxbuffer. */
function requestBytes(request: Request): number {
  if (request.op === 'multi') return request.ops.reduce((sum, op) => sum + requestBytes(op), 16);
  const data = 'data' in request ? (request.data?.length ?? 0) : 0;
  const path = 'path' in request ? request.path.length : 0;
  return data + path + 40;
}
