/**
 * What a server makes of its disk when it starts: the newest snapshot that loads, the log after
 * it, the epoch files. Damage before the tail of the log stops the server, as in ZooKeeper.
 *
 * Source: persistence.FileTxnSnapLog.restore, FileTxnLog.FileTxnIterator, QuorumPeer.loadDataBase
 * (3.9).
 */
import { createDataTree, deserializeTree } from '../data-tree/data-tree.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { diskOp, exit, log, type Server } from '../server-context.ts';
import { writeEpoch } from '../quorum/quorum-peer.ts';
import { serializeTree } from '../data-tree/data-tree.ts';
import { epochOf, formatZxid, ZXID_ZERO, type Zxid } from '../zxid.ts';
import type { DiskImage, LogEntry } from './disk-image.ts';
import { recordBytes } from './log-format.ts';
import type { Snapshot } from './snapshot.ts';
import { describeDatabase, indexAfter, noteRecovered, replay } from './zk-database.ts';

const LOGGER = 'QuorumPeer';

/**
 * Loads the database. @returns false where the server has ended itself: what it found is said in
 * its log.
 */
export function recover(server: Server, image: DiskImage): boolean {
  const loaded = loadSnapshots(server, image);
  if (!loaded) return false;
  const records = readLog(server, image.log, server.db.snapshots.at(-1)?.zxid ?? ZXID_ZERO);
  if (records === null) return false;
  const { db } = server;
  db.log = records;
  db.logBytes = records.reduce((sum, record) => sum + recordBytes(record), 0);
  const base = db.snapshots.at(-1)?.zxid ?? ZXID_ZERO;
  for (const record of records.slice(indexAfter(records, base))) replay(db, record);
  if (db.snapshots.length === 0) writeFirstSnapshot(server);
  if (!loadEpochs(server, image)) return false;
  log(server, 'INFO', 'ZKDatabase', `Database loaded: ${describeDatabase(db)}`);
  noteRecovered(server, 'boot');
  return true;
}

function loadSnapshots(server: Server, image: DiskImage): boolean {
  const { db } = server;
  const kept: Snapshot[] = [];
  for (const entry of image.snapshots) {
    if (entry.kind === 'snapshot') kept.push(entry.snapshot);
    else {
      const name = `snapshot.${entry.zxid.toString(16)}`;
      log(server, 'WARN', 'FileSnap', `problem reading snap file ${name}: ${entry.reason}`);
    }
  }
  const newest = kept.at(-1);
  if (newest === undefined && image.snapshots.length > 0) {
    return fail(server, 'Not able to find valid snapshots in the data directory');
  }
  if (newest === undefined && image.log.length > 0) {
    return fail(server, 'No snapshot found, but there are log entries. Something is broken!');
  }
  db.snapshots = kept;
  if (newest === undefined) return true;
  db.tree = createDataTree();
  deserializeTree(newest.nodes, db.tree);
  db.tree.lastProcessedZxid = newest.zxid;
  db.sessions = new Map(newest.sessions);
  log(server, 'INFO', 'FileSnap', `Reading snapshot snapshot.${newest.zxid.toString(16)}`);
  return true;
}

/**
 * The records that can be read. A torn record ends its file; what follows in a later file counts.
 * Null where a damaged record stops the server: files are read from the last one that may hold
 * `base`, so damage in older ones goes unnoticed.
 */
function readLog(server: Server, entries: readonly LogEntry[], base: Zxid): TxnRecord[] | null {
  const readFrom = startOfLastFileUpTo(entries, base);
  const records: TxnRecord[] = [];
  let torn = false;
  for (const [index, entry] of entries.entries()) {
    if (entry.kind === 'record') {
      if (entry.startsFile) torn = false;
      if (!torn) records.push(entry.record);
    } else if (entry.kind === 'torn') {
      torn = true;
      log(server, 'DEBUG', 'FileTxnLog', 'Last transaction was partial.');
    } else if (index >= readFrom && !torn) {
      const where = records.at(-1)?.header.zxid ?? ZXID_ZERO;
      fail(server, `Unable to load database on disk: ${entry.reason} after ${formatZxid(where)}`);
      return null;
    }
  }
  return records;
}

function startOfLastFileUpTo(entries: readonly LogEntry[], base: Zxid): number {
  let start = 0;
  for (const [index, entry] of entries.entries()) {
    if (entry.kind !== 'record' || !entry.startsFile) continue;
    if (entry.record.header.zxid <= base) start = index;
  }
  return start;
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

/** acceptedEpoch ≥ currentEpoch ≥ the epoch of the last transaction, or the server does not start. */
function loadEpochs(server: Server, image: DiskImage): boolean {
  const last = epochOf(server.db.tree.lastProcessedZxid);
  server.currentEpoch = image.currentEpoch ?? last;
  server.acceptedEpoch = image.acceptedEpoch ?? last;
  if (last > server.currentEpoch) {
    return fail(
      server,
      `The current epoch, ${String(server.currentEpoch)}, is older than the last zxid, ${formatZxid(server.db.tree.lastProcessedZxid)}`,
    );
  }
  if (server.acceptedEpoch < server.currentEpoch) {
    return fail(
      server,
      `The accepted epoch, ${String(server.acceptedEpoch)} is less than the current epoch, ${String(server.currentEpoch)}`,
    );
  }
  if (image.currentEpoch === null) writeEpoch(server, 'currentEpoch', last, 'nothing');
  if (image.acceptedEpoch === null) writeEpoch(server, 'acceptedEpoch', last, 'nothing');
  return true;
}

function fail(server: Server, message: string): false {
  log(server, 'ERROR', LOGGER, message);
  exit(server, 1, message);
  return false;
}
