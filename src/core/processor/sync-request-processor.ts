/**
 * SyncRequestProcessor: writes transactions to the log and syncs them in groups. While a sync is
 * under way what comes in waits in a queue, as for a thread that is blocked in fsync; then all of
 * it is written and synced at once. It also decides when to roll the log and take a snapshot,
 * which copies the tree a piece at a time while transactions go on: a fuzzy snapshot.
 *
 * Source: server.SyncRequestProcessor, quorum.SendAckRequestProcessor, AckRequestProcessor (3.9).
 */
import { observe } from '../admin/metrics.ts';
import { microsToMillis, type Micros, type Millis } from '../units.ts';
import { Purpose, draw } from '../chance.ts';
import { isSerialized, serializeSome, serializeTree } from '../data-tree/data-tree.ts';
import { startSerialization, type SerializationCursor } from '../data-tree/data-tree.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { processAck } from '../quorum/leader.ts';
import { configOf, diskOp, isObserver, log, mark, note, send } from '../server-context.ts';
import { setTimer, sidOf, type Server, type ServerRequest } from '../server-context.ts';
import { appendToLog, digestForSnapshot, forgetLogged } from '../txn-log/zk-database.ts';
import type { Snapshot, SnapshotNode } from '../txn-log/snapshot.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import { formatZxid, type Zxid } from '../zxid.ts';
import { finalProcess } from './final-request-processor.ts';

/** autopurge.snapRetainCount. */
const SNAPSHOTS_KEPT = 3;

/** Milliseconds that copying one piece of the tree takes. */
const SNAPSHOT_PIECE_TIME = 1;

/** fsync.warningthresholdms. */
const SLOW_SYNC = 1000;

/** A log begins with so many bytes set aside: preAllocSize behind its header. */
const LOG_FILE_SIZE = 67_108_880;

/** A record to be logged; on a standalone server whole requests, reads among them. */
type Item = TxnRecord | ServerRequest;

export interface SyncProcessor {
  /** Not yet written. */
  queue: Item[];
  /** Written, and waiting for the sync under way. */
  flushing: Item[];
  syncing: boolean;
  /** When the sync under way began. */
  syncStarted: Micros;
  /** Transactions since the last roll, and how many make the next. */
  txnCount: number;
  rollAt: number;
  rolls: number;
  /** The snapshot thread's work; `starting`: the thread has not had its turn yet. */
  fuzzy: FuzzySnapshot | 'starting' | null;
}

interface FuzzySnapshot {
  readonly zxid: Zxid;
  readonly sessions: Snapshot['sessions'];
  readonly cursor: SerializationCursor;
  readonly nodes: SnapshotNode[];
}

export function newSyncProcessor(server: Server): SyncProcessor {
  const sync: SyncProcessor = {
    queue: [],
    flushing: [],
    syncing: false,
    syncStarted: 0 as Micros,
    txnCount: 0,
    rollAt: 0,
    rolls: 0,
    fuzzy: null,
  };
  drawRoll(server, sync);
  return sync;
}

/** snapCount/2 plus a random share of the other half, so that members do not roll together. */
function drawRoll(server: Server, sync: SyncProcessor): void {
  const half = Math.floor(configOf(server).snapCount / 2);
  const bits = draw(
    server.settings.seed,
    Purpose.snapshotRoll,
    sidOf(server),
    server.settings.incarnation * 4096 + sync.rolls++,
  );
  sync.rollAt = half + (half > 0 ? bits % half : 0);
}

/** Hands a transaction to the log; who acknowledges it is told when it is durable. */
export function logRequest(server: Server, zks: ZooKeeperServer, item: Item): void {
  const { sync } = zks;
  sync.queue.push(item);
  if (server.settings.groupSync !== true) flush(server, zks);
  else if (!sync.syncing && sync.queue.length === 1) setTimer(server, 'syncFlush', 0);
}

/** The turn is over that brought something for the log; see ServerSettings.groupSync. */
export function onSyncFlush(server: Server): void {
  if (server.zks !== null) flush(server, server.zks);
}

function flush(server: Server, zks: ZooKeeperServer): void {
  const { sync } = zks;
  if (sync.syncing) return;
  while (sync.queue.length > 0) {
    const items = sync.queue;
    sync.queue = [];
    let last: Zxid | null = null;
    for (const item of items) {
      const record = 'header' in item ? item : item.record;
      if (record !== null) {
        appendToLog(server, record);
        last = record.header.zxid;
        countTxn(server, sync);
      }
    }
    if (last === null) {
      // Reads on a standalone server, with nothing to wait for.
      for (const item of items) pass(server, zks, item);
      continue;
    }
    sync.flushing = items;
    sync.syncing = true;
    sync.syncStarted = server.now;
    if (items.length > 1) mark(server, 'log.group-commit');
    observe(server, 'sync_processor_batch_size', items.length);
    const op = diskOp(server, { kind: 'syncProcessor', upTo: last });
    server.out.push({ kind: 'syncLog', op });
    return;
  }
}

/** The sync under way has finished. */
export function onSynced(server: Server, upTo: Zxid): void {
  note(server, { note: 'synced', zxid: upTo });
  const { zks } = server;
  if (zks === null) return;
  const { sync } = zks;
  sync.syncing = false;
  noteSyncTime(server, zks, microsToMillis((server.now - sync.syncStarted) as Micros));
  const items = sync.flushing;
  sync.flushing = [];
  for (const item of items) {
    if (server.role.name === 'leaving') break;
    pass(server, zks, item);
  }
  if (server.zks === zks) flush(server, zks);
}

/**
 * Source: persistence.FileTxnLog.commit (3.9). Differs: the size that it tells is that of a log
 * which has not outgrown what was set aside for it.
 */
function noteSyncTime(server: Server, { kind, stats }: ZooKeeperServer, took: Millis): void {
  observe(server, 'fsynctime', took);
  if (took <= SLOW_SYNC) return;
  stats.fsyncThresholdExceedCount++;
  const thread = `SyncThread:${String(kind === 'standalone' ? 0 : sidOf(server))}`;
  log(
    server,
    'WARN',
    'FileTxnLog',
    `fsync-ing the write ahead log in ${thread} took ${String(took)}ms ` +
      `which will adversely effect operation latency. File size is ${String(LOG_FILE_SIZE)} bytes. ` +
      'See the ZooKeeper troubleshooting guide',
  );
}

/** SendAckRequestProcessor, AckRequestProcessor, or the next processor of a standalone server. */
function pass(server: Server, zks: ZooKeeperServer, item: Item): void {
  if (!('header' in item)) {
    finalProcess(server, zks, item, item.record);
    return;
  }
  const { role } = server;
  const { zxid } = item.header;
  if (role.name === 'leading') {
    processAck(server, role.leader, sidOf(server), zxid);
  } else if (role.name === 'learning' && !isObserver(server) && role.learner.conn !== null) {
    send(server, role.learner.conn, { type: 'ACK', zxid });
  }
}

/**
 * The role ends: what is queued is still written and synced. @returns true where there is nothing
 * to wait for.
 */
export function drainSyncProcessor(server: Server): boolean {
  const { zks } = server;
  if (zks === null) return true;
  flush(server, zks);
  return !zks.sync.syncing;
}

/** ZOOKEEPER-4882: the log's thread ends, and what it had with it; the tree stays as it is. */
export function onLogLost(server: Server): void {
  const { db, zks } = server;
  if (zks === null) return;
  const { sync } = zks;
  const first = sync.flushing.find((item) => 'header' in item);
  if (first !== undefined && 'header' in first) forgetLogged(db, first.header.zxid);
  sync.queue = [];
  sync.flushing = [];
  sync.syncing = false;
}

function countTxn(server: Server, sync: SyncProcessor): void {
  sync.txnCount++;
  if (sync.txnCount <= sync.rollAt) return;
  sync.txnCount = 0;
  drawRoll(server, sync);
  server.db.startsFile = true;
  if (sync.fuzzy !== null) {
    mark(server, 'snapshot.too-busy');
    log(server, 'WARN', 'SyncRequestProcessor', 'Too busy to snap, skipping');
    return;
  }
  sync.fuzzy = 'starting';
  setTimer(server, 'fuzzySnapshot', SNAPSHOT_PIECE_TIME);
}

function startFuzzySnapshot(server: Server): FuzzySnapshot {
  const { tree, sessions } = server.db;
  const zxid = tree.lastProcessedZxid;
  log(
    server,
    'INFO',
    'FileTxnSnapLog',
    `Snapshotting: ${formatZxid(zxid)} to snapshot.${zxid.toString(16)}`,
  );
  return { zxid, sessions: [...sessions], cursor: startSerialization(tree), nodes: [] };
}

/** The snapshot thread has its turn, and copies one more piece of the tree. */
export function onFuzzySnapshot(server: Server): void {
  const sync = server.zks?.sync;
  if (sync === undefined || sync.fuzzy === null) return;
  const fuzzy = copyPiece(server, sync, sync.fuzzy);
  if (!isSerialized(fuzzy.cursor)) {
    setTimer(server, 'fuzzySnapshot', SNAPSHOT_PIECE_TIME);
    return;
  }
  sync.fuzzy = null;
  const { zxid, sessions, nodes } = fuzzy;
  if (server.db.tree.lastProcessedZxid > zxid) mark(server, 'snapshot.fuzzy');
  saveSnapshot(server, { zxid, sessions, nodes });
}

/** The thread that applies a multi is between two of its operations: the other one has a turn. */
export function copyMeanwhile(server: Server): void {
  const sync = server.zks?.sync;
  if (sync !== undefined && sync.fuzzy !== null) copyPiece(server, sync, sync.fuzzy);
}

function copyPiece(
  server: Server,
  sync: SyncProcessor,
  before: FuzzySnapshot | 'starting',
): FuzzySnapshot {
  const fuzzy = before === 'starting' ? startFuzzySnapshot(server) : before;
  sync.fuzzy = fuzzy;
  const { snapshotChunk } = configOf(server);
  fuzzy.nodes.push(...serializeSome(server.db.tree, fuzzy.cursor, snapshotChunk));
  return fuzzy;
}

/**
 * The whole tree at once, as a leader does before it leads.
 *
 * @param isSevere a disk that cannot take it ends the process.
 */
export function takeSnapshotNow(server: Server, isSevere = true): void {
  const { tree, sessions } = server.db;
  const zxid = tree.lastProcessedZxid;
  saveSnapshot(server, { zxid, sessions: [...sessions], nodes: serializeTree(tree) }, isSevere);
}

function saveSnapshot(server: Server, content: Snapshot, isSevere = true): void {
  const snapshot = { ...content, ...digestForSnapshot(server.db.tree) };
  const wait = { kind: 'snapshotTaken', zxid: snapshot.zxid } as const;
  const op = diskOp(server, isSevere ? wait : { ...wait, mayFail: true });
  const { db } = server;
  const others = db.snapshots.filter((s) => s.zxid !== snapshot.zxid);
  db.snapshots = [...others, snapshot].sort((a, b) => (a.zxid < b.zxid ? -1 : 1));
  server.out.push({ kind: 'saveSnapshot', op, snapshot });
}

/** A snapshot that the server can do without is not on the disk: it goes on. */
export function onSnapshotFailed(server: Server, zxid: Zxid, reason: string): void {
  const { db } = server;
  const others = db.snapshots.filter((snapshot) => snapshot.zxid !== zxid);
  if (others.length > 0) db.snapshots = others;
  log(server, 'WARN', 'ZooKeeperServer', `snapshot.${zxid.toString(16)} is not saved: ${reason}`);
}

/** A snapshot is on the disk: older ones, and the log that only they need, may go. */
export function onSnapshotSaved(server: Server): void {
  const { db } = server;
  const oldest = db.snapshots.at(-SNAPSHOTS_KEPT);
  if (oldest === undefined || db.snapshots.length <= SNAPSHOTS_KEPT) return;
  db.snapshots = db.snapshots.slice(-SNAPSHOTS_KEPT);
  const keepFrom = db.log.findIndex((record) => record.header.zxid > oldest.zxid);
  db.log.splice(0, keepFrom === -1 ? db.log.length : keepFrom);
  mark(server, 'snapshot.purges');
  server.out.push({ kind: 'purge', snapshot: oldest.zxid });
}
