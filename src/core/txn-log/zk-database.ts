/**
 * ZKDatabase: the tree, the sessions and the recent commits in memory, and this server's view of
 * its own log and snapshots, as the page cache has them.
 *
 * The view of the log is what Java reads back from its files; who hosts the server keeps the files
 * themselves, and what of them is durable.
 *
 * Source: ZKDatabase, persistence.FileTxnSnapLog, FileTxnLog.truncate (3.9).
 */
import { createDataTree, digestHex, processTxn } from '../data-tree/data-tree.ts';
import { restoreSnapshot, takeMismatch, treeDigest } from '../data-tree/data-tree.ts';
import type { DataTree, TxnResult } from '../data-tree/data-tree.ts';
import { newWatchTables, type FiredWatch, type WatchTables } from '../data-tree/watch-manager.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { copyMeanwhile } from '../processor/sync-request-processor.ts';
import { isMutant, log, mark, note, type Server } from '../server-context.ts';
import type { Millis, SessionId } from '../units.ts';
import { counterOf, formatZxid, nextZxid, type Zxid } from '../zxid.ts';
import { appendCommitted, clearCommittedLog, newCommittedLog } from './committed-log.ts';
import type { CommittedLog } from './committed-log.ts';
import { recordBytes } from './log-format.ts';
import type { Snapshot } from './snapshot.ts';

export interface ZkDatabase {
  tree: DataTree;
  watches: WatchTables;
  /** sessionsWithTimeouts. */
  sessions: Map<SessionId, Millis>;
  committedLog: CommittedLog;
  /** The log as written, oldest first, whether durable or not. */
  log: TxnRecord[];
  /** Bytes of `log`, as its files would take without preallocation. */
  logBytes: number;
  /** Oldest first, the newest last. */
  snapshots: Snapshot[];
  /** Whether the next append begins a new log file. */
  startsFile: boolean;
  /** Changes with the tree or its watches: a picture of them is stale when it differs. */
  version: number;
}

export function newDatabase(commitLogCount: number): ZkDatabase {
  return {
    tree: createDataTree(),
    watches: newWatchTables(),
    sessions: new Map(),
    committedLog: newCommittedLog(commitLogCount),
    log: [],
    logBytes: 0,
    snapshots: [],
    startsFile: true,
    version: 0,
  };
}

/** Tells two transactions under one zxid apart: 32 bits of who asked for it, and when. */
export function txnId(record: TxnRecord): number {
  const { clientId, cxid, time } = record.header;
  return (Math.imul(cxid + 1, 0x9e3779b1) ^ Number(BigInt.asUintN(32, clientId)) ^ time) >>> 0;
}

/** Applies a committed transaction: tree, sessions, committedLog. */
export function applyTxn(server: Server, record: TxnRecord, fired: FiredWatch[]): TxnResult {
  const { db } = server;
  const between = record.txn.type === 'multi' ? () => meanwhile(server, record) : undefined;
  const result = processTxn(db.tree, db.watches, record, fired, between);
  if (!skipsSessions(server)) keepSession(db, record);
  if (!isForgottenInSync(server)) appendCommitted(db.committedLog, record);
  reportMismatch(server);
  db.version++;
  note(server, {
    note: 'applied',
    zxid: record.header.zxid,
    id: txnId(record),
    digestHigh: db.tree.digestHigh,
    digestLow: db.tree.digestLow,
  });
  return result;
}

/** A multi is applied half: its thread and the snapshot thread know nothing of each other. */
function meanwhile(server: Server, { header }: TxnRecord): void {
  // ZOOKEEPER-3127: the first operation counted as the whole multi.
  if (isMutant(server, 'zxid-after-first-subop')) server.db.tree.lastProcessedZxid = header.zxid;
  copyMeanwhile(server);
}

/** ZOOKEEPER-1367: what a learner applies before its leader's UPTODATE passes its sessions by. */
function skipsSessions(server: Server): boolean {
  if (!isMutant(server, 'sync-skips-session-map')) return false;
  return server.role.name === 'learning' && server.zabState === 'synchronization';
}

function keepSession(db: ZkDatabase, { header, txn }: TxnRecord): void {
  if (txn.type === 'createSession') db.sessions.set(header.clientId, txn.timeOut);
  else if (txn.type === 'closeSession') db.sessions.delete(header.clientId);
}

/** ZOOKEEPER-4925: what a learner applies before its leader's UPTODATE is not remembered. */
function isForgottenInSync(server: Server): boolean {
  const { role, syncMode } = server;
  if (!isMutant(server, 'sync-skips-committedlog')) return false;
  return role.name === 'learning' && syncMode !== 'NONE';
}

/** Writes a record to the log: it reaches the page cache, and the disk at the next sync. */
export function appendToLog(server: Server, record: TxnRecord): void {
  const { db } = server;
  const { zxid } = record.header;
  db.log.push(record);
  db.logBytes += recordBytes(record);
  server.out.push({ kind: 'append', record, startsFile: db.startsFile });
  db.startsFile = false;
  const logged = { note: 'logged', zxid, id: txnId(record) } as const;
  note(server, server.zks?.kind === 'standalone' ? { ...logged, record } : logged);
}

/** What was written from `zxid` on is not in the log: the next record begins a new file. */
export function forgetLogged(db: ZkDatabase, zxid: Zxid): void {
  db.log.length = indexAfter(db.log, (zxid - 1n) as Zxid);
  db.logBytes = db.log.reduce((sum, record) => sum + recordBytes(record), 0);
  db.startsFile = true;
}

export function lastLoggedZxid(db: ZkDatabase): Zxid {
  const last = db.log.at(-1)?.header.zxid;
  const base = db.snapshots.at(-1)?.zxid ?? (0n as Zxid);
  return last !== undefined && last > base ? last : base;
}

/** Null where the log has no record with this zxid or a later one. */
export function firstLoggedFrom(db: ZkDatabase, zxid: Zxid): Zxid | null {
  return db.log[indexAfter(db.log, (zxid - 1n) as Zxid)]?.header.zxid ?? null;
}

/**
 * ZKDatabase.fastForwardDataBase: what is in the log and not yet in the tree is applied, so that
 * the next election counts it, as it would after a restart.
 */
export function fastForward(server: Server): void {
  const { db } = server;
  const from = indexAfter(db.log, db.tree.lastProcessedZxid);
  if (from < db.log.length) mark(server, 'role.catches-up-with-log');
  for (const record of db.log.slice(from)) applyTxn(server, record, []);
}

/** The tree as a restart would find it: the newest snapshot, and the log after it. */
export function reloadDatabase(server: Server): void {
  const { db } = server;
  const snapshot = db.snapshots.at(-1);
  db.tree = createDataTree();
  db.sessions = new Map(snapshot?.sessions ?? []);
  if (snapshot !== undefined) restoreSnapshot(snapshot, db.tree);
  clearCommittedLog(db.committedLog);
  db.version++;
  const base = snapshot?.zxid ?? (0n as Zxid);
  replayAll(server, db.log.slice(indexAfter(db.log, base)));
}

/** The log after a snapshot, over the tree that the snapshot held. */
export function replayAll(server: Server, records: readonly TxnRecord[]): void {
  const { db } = server;
  // ZOOKEEPER-3249: a parent that had been copied later than its children was set back.
  if (isMutant(server, 'replay-skips-pzxid')) db.tree.setsBack = true;
  let highest = db.tree.lastProcessedZxid;
  for (const record of records) {
    const { zxid } = record.header;
    if (zxid < highest) {
      const order = `${formatZxid(highest)}(highestZxid) > ${formatZxid(zxid)}(next log)`;
      log(server, 'ERROR', 'FileTxnSnapLog', `${order} for type ${record.txn.type}`);
    } else {
      highest = zxid;
    }
    replay(db, record);
    reportMismatch(server);
  }
  const { settlesAt } = db.tree.digestCheck;
  if (settlesAt === null) return;
  const covers = `Highest txn zxid ${formatZxid(highest)} is not covering the snapshot digest zxid`;
  const risk = 'which might lead to inconsistent state';
  log(server, 'WARN', 'FileTxnSnapLog', `${covers} ${formatZxid(settlesAt.zxid)}, ${risk}`);
}

/** Applies a record at recovery: nobody watches, and what is there already is passed over. */
function replay(db: ZkDatabase, record: TxnRecord): void {
  processTxn(db.tree, db.watches, record, []);
  keepSession(db, record);
  appendCommitted(db.committedLog, record);
}

/** The tree is not what the transaction said that it would be: said once, not for each after it. */
function reportMismatch(server: Server): void {
  const mismatch = takeMismatch(server.db.tree.digestCheck);
  if (mismatch === null) return;
  const { zxid, expected, actual } = mismatch;
  const where = `Digests are not matching. Value is Zxid. Value:${formatZxid(zxid)}`;
  const what = `expected digest is ${String(expected)}, actual digest is ${String(actual)}`;
  log(server, 'WARN', 'DataTree', `${where}, ${what}`);
}

/**
 * Cuts the log after `zxid` and drops the snapshots that are newer, so that nothing of what is cut
 * comes back from them.
 *
 * Differs: ZooKeeper keeps the newer snapshots (ZOOKEEPER-4837), and where `zxid` itself is not in
 * the log it keeps the first larger record.
 *
 * @returns false where no snapshot is left to start from: the log alone does not reach back.
 */
export function truncateDatabase(server: Server, zxid: Zxid): boolean {
  const { db } = server;
  db.log.length = indexAfter(db.log, zxid);
  if (!isMutant(server, 'trunc-keeps-newer-snapshot')) {
    db.snapshots = db.snapshots.filter((s) => s.zxid <= zxid);
  }
  if (db.snapshots.length === 0) return false;
  db.logBytes = db.log.reduce((sum, record) => sum + recordBytes(record), 0);
  db.startsFile = true;
  reloadDatabase(server);
  return true;
}

/**
 * Whether the history up to `zxid` can be had from the disk: its last record is in the log, or a
 * snapshot ends there. The beginning of an epoch is no record: what follows it is looked for.
 */
export function isWithinReach({ log: records, snapshots }: ZkDatabase, zxid: Zxid): boolean {
  const wanted = counterOf(zxid) === 0 ? nextZxid(zxid) : zxid;
  if (records[indexAfter(records, (wanted - 1n) as Zxid)]?.header.zxid === wanted) return true;
  return snapshots.some((snapshot) => snapshot.zxid === zxid);
}

/** What a snapshot says of the tree once its last node has been copied; nothing of a fresh tree. */
export function digestForSnapshot(tree: DataTree): Pick<Snapshot, 'digest'> {
  const zxid = tree.lastProcessedZxid;
  if (zxid <= 0n || tree.digestCheck.settlesAt !== null) return {};
  return { digest: { zxid, digest: treeDigest(tree) } };
}

/**
 * Tells the watchers what the database now rests on.
 *
 * @param cutsLog what the log holds beyond it does not count: it is cut off when the tree is saved.
 */
export function noteRecovered(
  server: Server,
  cause: 'boot' | 'TRUNC' | 'SNAP',
  cutsLog = false,
): void {
  const { db } = server;
  const base = cause === 'SNAP' ? db.tree.lastProcessedZxid : (db.snapshots.at(-1)?.zxid ?? 0n);
  const history = cutsLog ? [] : db.log.slice(indexAfter(db.log, base as Zxid));
  note(server, {
    note: 'recovered',
    cause,
    base: base as Zxid,
    history: history.map((r) => [r.header.zxid, txnId(r)] as const),
    acceptedEpoch: server.acceptedEpoch,
    currentEpoch: server.currentEpoch,
    lastProcessed: db.tree.lastProcessedZxid,
    digest: digestHex(db.tree),
  });
}

/** The index of the first record beyond `zxid`: zxids in a log grow. */
export function indexAfter(log: readonly TxnRecord[], zxid: Zxid): number {
  let low = 0;
  let high = log.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const record = log[middle];
    if (record !== undefined && record.header.zxid <= zxid) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function describeDatabase(db: ZkDatabase): string {
  return `lastProcessedZxid=${formatZxid(db.tree.lastProcessedZxid)}, ${String(db.log.length)} transactions in the log`;
}
