/**
 * What a server makes of its disk when it starts: the newest snapshot that loads, the log after
 * it, the epoch files. Damage before the tail of the log stops the server, as in ZooKeeper.
 *
 * Source: persistence.FileTxnSnapLog.restore, FileSnap.deserialize, FileTxnLog.FileTxnIterator,
 * QuorumPeer.loadDataBase (3.9).
 */
import { createDataTree, restoreSnapshot, serializeTree } from '../data-tree/data-tree.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { diskOp, exit, isMutant, log, mark, type Server } from '../server-context.ts';
import { writeEpoch } from '../quorum/quorum-peer.ts';
import { isStandalone } from '../quorum/reconfig.ts';
import { epochOf, formatZxid, ZXID_ZERO, type Zxid } from '../zxid.ts';
import type { DiskImage, LogEntry } from './disk-image.ts';
import { snapshotFileName } from './file-names.ts';
import { recordBytes } from './log-format.ts';
import type { Snapshot } from './snapshot.ts';
import { describeDatabase, noteRecovered, replayAll } from './zk-database.ts';

const LOGGER = 'QuorumPeer';

/** So many snapshots are tried, the newest first. */
const SNAPSHOTS_TRIED = 100;

/**
 * Loads the database. @returns false where the server has ended itself: what it found is said in
 * its log.
 */
export function recover(server: Server, image: DiskImage): boolean {
  if (!loadSnapshots(server, image)) return false;
  const { db } = server;
  const base = db.snapshots.at(-1)?.zxid ?? ZXID_ZERO;
  const read = readLog(server, image.log, base);
  if (read === null) return false;
  db.log = ascending(read.records);
  db.logBytes = db.log.reduce((sum, record) => sum + recordBytes(record), 0);
  replayAll(server, read.records.slice(read.replayFrom));
  if (db.snapshots.length === 0) {
    mark(server, 'recovery.empty-disk');
    writeFirstSnapshot(server);
  }
  if (!loadEpochs(server, image)) return false;
  log(server, 'INFO', 'ZKDatabase', `Database loaded: ${describeDatabase(db)}`);
  noteRecovered(server, 'boot');
  return true;
}

function loadSnapshots(server: Server, image: DiskImage): boolean {
  const { db } = server;
  const kept: Snapshot[] = [];
  const candidates = image.snapshots
    .filter((entry) => entry.kind === 'snapshot' || entry.incomplete !== true)
    .slice(-SNAPSHOTS_TRIED);
  for (const entry of candidates) {
    if (entry.kind === 'snapshot') kept.push(entry.snapshot);
    else {
      const name = snapshotFileName(entry.zxid);
      mark(server, 'recovery.damaged-snapshot');
      log(server, 'WARN', 'FileSnap', `problem reading snap file ${name}: ${entry.reason}`);
    }
  }
  const newest = kept.at(-1);
  if (newest === undefined && candidates.length > 0) {
    return fail(server, 'Not able to find valid snapshots in the data directory');
  }
  if (newest === undefined && image.log.length > 0) {
    return fail(server, 'No snapshot found, but there are log entries. Something is broken!');
  }
  db.snapshots = kept;
  if (newest === undefined) return true;
  log(server, 'INFO', 'FileSnap', `Reading snapshot ${snapshotFileName(newest.zxid)}`);
  db.tree = createDataTree();
  restoreSnapshot(newest, db.tree);
  db.sessions = new Map(newest.sessions);
  return true;
}

interface ReadLog {
  readonly records: readonly TxnRecord[];
  /** The index of the first one that is not in the snapshot. */
  readonly replayFrom: number;
}

/**
 * The records that can be read. A torn record ends its file; what follows in a later file counts.
 * Null where a damaged record stops the server: files are read from the last one that may hold
 * `base`, so damage in older ones goes unnoticed. Nothing of such files is kept, because there is
 * a hole in them.
 */
function readLog(server: Server, entries: readonly LogEntry[], base: Zxid): ReadLog | null {
  const readFrom = startOfLastFileUpTo(entries, base);
  const records: TxnRecord[] = [];
  let firstRead = 0;
  let ended = false;
  for (const [index, entry] of entries.entries()) {
    if (index === readFrom) firstRead = records.length;
    if (startOfFile(entry) !== null) ended = false;
    if (ended) continue;
    if (entry.kind === 'record') {
      records.push(entry.record);
    } else if (entry.kind === 'torn') {
      ended = true;
      mark(server, 'recovery.torn-record');
      log(server, 'DEBUG', 'FileTxnLog', 'Last transaction was partial.');
    } else if (index < readFrom) {
      ended = true;
      records.length = 0;
    } else {
      const where = records.at(-1)?.header.zxid ?? ZXID_ZERO;
      fail(server, `Unable to load database on disk: ${entry.reason} after ${formatZxid(where)}`);
      return null;
    }
  }
  const fresh = records.findIndex((r, i) => i >= firstRead && r.header.zxid > base);
  return { records, replayFrom: fresh < 0 ? records.length : fresh };
}

function startOfLastFileUpTo(entries: readonly LogEntry[], base: Zxid): number {
  let start = 0;
  for (const [index, entry] of entries.entries()) {
    const file = startOfFile(entry);
    if (file !== null && file <= base) start = index;
  }
  return start;
}

/** The zxid in the name of the file that begins here; null inside a file. */
function startOfFile(entry: LogEntry): Zxid | null {
  if (entry.kind !== 'record') return entry.file ?? null;
  return entry.startsFile ? entry.record.header.zxid : null;
}

/** What of it can be found by zxid: all of it, unless somebody has mixed up the files. */
function ascending(records: readonly TxnRecord[]): TxnRecord[] {
  let last = ZXID_ZERO;
  return records.filter(({ header }) => {
    if (header.zxid < last) return false;
    last = header.zxid;
    return true;
  });
}

/** An empty data directory: the database is created, and may vote. */
function writeFirstSnapshot(server: Server): void {
  const snapshot: Snapshot = {
    zxid: ZXID_ZERO,
    sessions: [],
    nodes: serializeTree(server.db.tree),
  };
  server.db.snapshots.push(snapshot);
  const op = diskOp(server, { kind: 'background' });
  server.out.push({ kind: 'saveSnapshot', op, snapshot });
  log(server, 'INFO', 'FileTxnSnapLog', 'Snapshotting: 0x0 to snapshot.0');
}

/**
 * acceptedEpoch ≥ currentEpoch ≥ the epoch of the last transaction, or the server does not start.
 *
 * Differs: a server that crashed at NEWLEADER, between what it had to make durable and
 * currentEpoch, has transactions of an epoch that it has accepted, and with them all of what came
 * before that epoch. It takes part in it, as if currentEpoch had been written. ZooKeeper starts
 * only where currentEpoch.tmp was there already, and else never again.
 *
 * A server that stands alone does not look at epochs.
 */
function loadEpochs(server: Server, image: DiskImage): boolean {
  const zxid = server.db.tree.lastProcessedZxid;
  const last = epochOf(zxid);
  server.currentEpoch = image.currentEpoch ?? last;
  server.acceptedEpoch = image.acceptedEpoch ?? last;
  if (isStandalone(server)) return true;
  if (image.epochProblem !== undefined) return fail(server, image.epochProblem);
  if (image.currentEpoch === null) {
    mark(server, 'recovery.no-epoch-file');
    writeEpoch(server, 'currentEpoch', last, 'nothing');
  }
  const { currentEpochTmp } = image;
  // ZOOKEEPER-1653: a crash between a snapshot of a new epoch and its file was not thought of.
  const isBehind = last > server.currentEpoch;
  const isMended = isBehind && !isMutant(server, 'no-epoch-tmp');
  if (isMended && currentEpochTmp !== undefined) {
    mark(server, 'recovery.epoch-tmp');
    const found = `currentEpoch.tmp found. Setting current epoch to ${String(currentEpochTmp)}.`;
    log(server, 'INFO', LOGGER, found);
    server.currentEpoch = currentEpochTmp;
    writeEpoch(server, 'currentEpoch', currentEpochTmp, 'nothing');
  } else if (isMended && server.acceptedEpoch >= last && image.acceptedEpoch !== null) {
    mark(server, 'recovery.epoch-of-log');
    server.currentEpoch = last;
    writeEpoch(server, 'currentEpoch', last, 'nothing');
  } else if (isBehind) {
    const current = String(server.currentEpoch);
    const problem = `The current epoch, ${current}, is older than the last zxid, ${formatZxid(zxid)}`;
    return fail(server, problem);
  }
  if (image.acceptedEpoch === null) writeEpoch(server, 'acceptedEpoch', last, 'nothing');
  if (server.acceptedEpoch < server.currentEpoch) {
    const accepted = `The accepted epoch, ${String(server.acceptedEpoch)}`;
    const current = `the current epoch, ${String(server.currentEpoch)}`;
    return fail(server, `${accepted} is less than ${current}`);
  }
  return true;
}

function fail(server: Server, message: string): false {
  mark(server, 'recovery.refuses');
  log(server, 'ERROR', LOGGER, message);
  exit(server, 1, message);
  return false;
}
