/**
 * One ZooKeeper server: a function from events to effects. Here an event finds the part of the
 * server that it is for.
 */
import { newMetrics } from './admin/metrics.ts';
import { assert, unreachable } from './assert.ts';
import {
  newElection,
  onFinalizeWait,
  onNotificationTimeout,
} from './quorum/fast-leader-election.ts';
import { onInitLimit, onLeaderDisk, onLearnerClosed, onTick } from './quorum/leader.ts';
import { onHandlerReadTimer, onLearnerConnected } from './quorum/learner-handler.ts';
import { onLearnerPacket, queueNewLeader } from './quorum/learner-handler.ts';
import { onLeaderClosed, onLeaderConnected, onLeaderPacket } from './quorum/learner.ts';
import { onLeaderRefused, onLearnerDisk, onLearnerTimer, onTruncated } from './quorum/learner.ts';
import type { ElectionMessage, QuorumPacket } from './quorum/packet.ts';
import type { DiskOp, Effects, Message, ServerEvent } from './quorum/peer-io.ts';
import { newCnxManager, onDialTimeout, onElectionClosed } from './quorum/quorum-cnx-manager.ts';
import { onElectionOpened, onElectionPacket } from './quorum/quorum-cnx-manager.ts';
import { finishLeaving, leaveRole, onEpochWritten } from './quorum/quorum-peer.ts';
import { onObserverElection } from './quorum/quorum-peer.ts';
import { startPeer } from './quorum/quorum-peer.ts';
import { loadConfig, newQuorumConfig } from './quorum/reconfig.ts';
import { onSnapshotPiece } from './quorum/snapshot-stream.ts';
import { onFuzzySnapshot, onSnapshotSaved } from './processor/sync-request-processor.ts';
import { onSyncFlush, onSynced, takeSnapshotNow } from './processor/sync-request-processor.ts';
import { onLogLost, onSnapshotFailed } from './processor/sync-request-processor.ts';
import { restoreDatabase } from './restore.ts';
import type { ClientMessage } from './jute/proto.ts';
import { countClient, exit, forgetConn, hangUp, isMutant, log, note } from './server-context.ts';
import type { Conn, DiskWait, Server, ServerSettings } from './server-context.ts';
import { recover } from './txn-log/recovery.ts';
import { newDatabase } from './txn-log/zk-database.ts';
import type { ConnId, Micros, Millis, Sid } from './units.ts';
import { forgetClient, onClientConnected } from './client-connections.ts';
import { onClientMessage, readWaiting } from './client-connections.ts';
import { onClientExpiry, touchClient } from './client-expiry.ts';
import { admitsClient, newClientCount } from './client-limits.ts';
import { onContainerTimer } from './container-manager.ts';
import { startReadOnly } from './processor/read-only-server.ts';
import { onSessionExpiry } from './zookeeper-server.ts';
import { ZXID_NONE } from './zxid.ts';

export type { Server, ServerSettings } from './server-context.ts';

/** ZooTrace: client requests, sessions and session-less requests, and warnings. */
const DEFAULT_TRACE_MASK = 306;

export function createServer(settings: ServerSettings): Server {
  return {
    settings,
    now: 0 as Micros,
    out: [],
    status: 'new',
    connCount: 0,
    diskOpCount: 0,
    conns: new Map(),
    diskWaits: new Map(),
    timers: new Map(),
    db: newDatabase(settings.config.commitLogCount),
    acceptedEpoch: 0,
    currentEpoch: 0,
    state: 'LOOKING',
    zabState: 'election',
    syncMode: 'NONE',
    role: { name: 'looking' },
    cnx: newCnxManager(),
    election: newElection(),
    ...newQuorumConfig(settings),
    currentVote: { leader: settings.sid, zxid: ZXID_NONE, electionEpoch: 0, peerEpoch: 0 },
    zks: null,
    metrics: newMetrics(),
    asksForSnapshot: false,
    traceMask: DEFAULT_TRACE_MASK,
    clients: newClientCount(),
  };
}

/**
 * Feeds one event to the server. Same server, same event: same effects, every time. Before
 * `boot` it refuses whoever dials; after `exit` nothing has an effect any more.
 */
export function stepServer(server: Server, now: Micros, event: ServerEvent, out: Effects): void {
  if (server.status === 'exited') return;
  assert(now >= server.now, 'time does not run backwards');
  if (server.status === 'new' && event.kind !== 'boot') {
    // The process is only just coming up: nothing listens yet.
    if (event.kind === 'dialled') out.push({ kind: 'refuse', conn: event.conn });
    return;
  }
  assert((event.kind === 'boot') === (server.status === 'new'), 'a server boots once');
  server.now = now;
  server.out = out;
  dispatch(server, event);
  if (server.zks !== null && server.zks.readable.length > 0) readWaiting(server);
  server.out = [];
}

function dispatch(server: Server, event: ServerEvent): void {
  switch (event.kind) {
    case 'boot':
      server.status = 'running';
      if (loadConfig(server, event.image) && recover(server, event.image)) startPeer(server);
      return;
    case 'packet': {
      const conn = server.conns.get(event.conn);
      if (conn !== undefined) onPacket(server, conn, event.message);
      return;
    }
    case 'timer':
      onTimer(server, event.name);
      return;
    case 'durable':
      onDurable(server, event.op);
      return;
    case 'diskFailed':
      onDiskFailed(server, event.op, event.reason);
      return;
    case 'takeSnapshot':
      if (server.zks !== null) takeSnapshotNow(server, false);
      return;
    case 'restore':
      restoreDatabase(server, event.snapshot);
      return;
    case 'dialled':
      onDialled(server, {
        conn: event.conn,
        port: event.port,
        peer: event.from,
        address: event.address,
        dialledByUs: false,
        open: true,
      });
      return;
    case 'opened':
      onOpened(server, event.conn);
      return;
    case 'refused':
    case 'closed':
      onEnded(server, event.conn, event.kind);
      return;
    default:
      unreachable(event);
  }
}

/** The election and client ports are always open, the quorum port while a leader leads. */
function onDialled(server: Server, conn: Conn): void {
  const { role } = server;
  if (conn.port === 'quorum' && role.name !== 'leading') {
    server.out.push({ kind: 'refuse', conn: conn.conn });
    return;
  }
  server.out.push({ kind: 'accept', conn: conn.conn });
  if (conn.port === 'client' && !admitsClient(server, conn)) {
    server.out.push({ kind: 'close', conn: conn.conn });
    return;
  }
  server.conns.set(conn.conn, conn);
  if (conn.port === 'client') {
    countClient(server.clients, conn.address, 1);
    touchClient(server, conn.conn, 0 as Millis);
    onClientConnected(server, conn);
  }
  if (conn.port === 'quorum' && role.name === 'leading') {
    onLearnerConnected(server, role.leader, conn.conn);
  }
}

function onOpened(server: Server, id: ConnId): void {
  const conn = server.conns.get(id);
  if (conn === undefined) return;
  conn.open = true;
  if (conn.port === 'election') onElectionOpened(server, id);
  else if (server.role.name === 'learning') onLeaderConnected(server, server.role.learner, id);
  else hangUp(server, id);
}

function onEnded(server: Server, id: ConnId, kind: 'refused' | 'closed'): void {
  const conn = server.conns.get(id);
  if (conn === undefined) return;
  forgetConn(server, id);
  const { role, zks } = server;
  if (conn.port === 'election') onElectionClosed(server, id);
  else if (conn.port === 'client') {
    if (zks !== null) forgetClient(server, zks, id);
  } else if (role.name === 'leading') onLearnerClosed(server, role.leader, id);
  else if (role.name === 'learning') {
    if (kind === 'refused') onLeaderRefused(server, role.learner, id);
    else onLeaderClosed(server, role.learner, id);
  }
}

function onPacket(server: Server, conn: Conn, message: Message): void {
  const { role } = server;
  switch (conn.port) {
    case 'election':
      onElectionPacket(server, conn.conn, message as ElectionMessage);
      return;
    case 'client':
      onClientMessage(server, conn.conn, message as ClientMessage);
      return;
    case 'quorum':
      if (role.name === 'leading') {
        onLearnerPacket(server, role.leader, conn.conn, message as QuorumPacket);
      } else if (role.name === 'learning' && role.learner.conn === conn.conn) {
        onLeaderPacket(server, role.learner, message as QuorumPacket);
      }
      return;
    default:
      unreachable(conn.port);
  }
}

function onTimer(server: Server, name: string): void {
  server.timers.delete(name);
  const { role } = server;
  switch (name) {
    case 'notification':
      onNotificationTimeout(server);
      return;
    case 'finalizeWait':
      onFinalizeWait(server);
      return;
    case 'observerElection':
      onObserverElection(server);
      return;
    case 'sessionExpiry':
      onSessionExpiry(server);
      return;
    case 'cnxnExpiry':
      onClientExpiry(server);
      return;
    case 'containers':
      onContainerTimer(server);
      return;
    case 'readOnly':
      startReadOnly(server);
      return;
    case 'syncFlush':
      onSyncFlush(server);
      return;
    case 'fuzzySnapshot':
      onFuzzySnapshot(server);
      return;
    case 'tick':
      if (role.name === 'leading') onTick(server, role.leader);
      return;
    case 'leaderInit':
      if (role.name === 'leading') onInitLimit(server, role.leader);
      return;
    case 'leaderConnect':
    case 'leaderRetry':
    case 'learnerRead':
      if (role.name === 'learning') onLearnerTimer(server, role.learner, name);
      return;
    default:
      onNumberedTimer(server, name);
  }
}

function onNumberedTimer(server: Server, name: string): void {
  const { role } = server;
  const slash = name.indexOf('/');
  const number = Number(name.slice(slash + 1));
  const kind = name.slice(0, slash);
  const isHandlers = kind === 'handlerRead' || kind === 'newLeader' || kind === 'snapshotPiece';
  assert(kind === 'cnx' || isHandlers, 'a timer has a known name');
  if (kind === 'cnx') onDialTimeout(server, number as Sid);
  else if (role.name !== 'leading') return;
  else if (kind === 'newLeader') queueNewLeader(server, role.leader, number as ConnId);
  else if (kind === 'snapshotPiece') onSnapshotPiece(server, role.leader, number as ConnId);
  else onHandlerReadTimer(server, role.leader, number as ConnId);
}

function onDurable(server: Server, op: DiskOp): void {
  const wait = server.diskWaits.get(op);
  server.diskWaits.delete(op);
  if (wait === undefined) return;
  const { role } = server;
  switch (wait.kind) {
    case 'background':
      return;
    case 'truncate':
      if (role.name === 'learning') onTruncated(server, role.learner, wait.zxid, true);
      return;
    case 'snapshotTaken':
      onSnapshotSaved(server);
      return;
    case 'epoch':
      onEpochWritten(server, wait.file, wait.epoch);
      onEpochDurable(server, wait);
      return;
    case 'syncProcessor':
      onSynced(server, wait.upTo);
      if (role.name === 'leaving' && server.zks?.sync.syncing !== true) finishLeaving(server);
      return;
    case 'learnerStep':
      if (wait.upTo !== null) note(server, { note: 'synced', zxid: wait.upTo });
      if (role.name === 'learning') onLearnerDisk(server, role.learner);
      return;
    default:
      unreachable(wait);
  }
}

function onEpochDurable(server: Server, wait: Extract<DiskWait, { kind: 'epoch' }>): void {
  const { role } = server;
  if (wait.then === 'leader' && role.name === 'leading') onLeaderDisk(server, role.leader);
  if (wait.then === 'learner' && role.name === 'learning') onLearnerDisk(server, role.learner);
}

/**
 * The disk refuses to write: the process ends, and starts again from what is on the disk.
 *
 * Differs: ZooKeeper's process stays up and looks for a leader with a tree that may be ahead of
 * its log (ZOOKEEPER-4882).
 */
function onDiskFailed(server: Server, op: DiskOp, reason: string): void {
  const wait = server.diskWaits.get(op);
  const snapshot = wait?.kind === 'snapshotTaken';
  if (snapshot && wait.mayFail === true) {
    onSnapshotFailed(server, wait.zxid, reason);
    return;
  }
  if (survives(server, wait)) return;
  const what = `Severe unrecoverable error, from thread : SyncThread:${String(server.settings.sid)}: ${reason}`;
  log(server, 'ERROR', 'ZooKeeperCriticalThread', what);
  const code = snapshot ? 10 : wait?.kind === 'truncate' ? 13 : 1;
  exit(server, code, `the disk could not be written: ${reason}`);
}

/** With a bug switched on a server may go on without its disk. */
function survives(server: Server, wait: DiskWait | undefined): boolean {
  const { role } = server;
  if (wait?.kind === 'truncate' && isMutant(server, 'trunc-failure-ignored')) {
    if (role.name === 'learning') onTruncated(server, role.learner, wait.zxid, false);
    return true;
  }
  const isAlone = role.name === 'standalone';
  if (wait?.kind === 'syncProcessor' && isMutant(server, 'memory-survives-disk-error')) {
    if (isAlone) return false;
    onLogLost(server);
    if (role.name === 'leaving') finishLeaving(server);
    else leaveRole(server, 'the log could not be written');
    return true;
  }
  if (wait?.kind === 'epoch' && isMutant(server, 'epoch-memory-first')) {
    leaveRole(server, `${wait.file} could not be written`);
    return true;
  }
  return false;
}
