/**
 * What a learner's tree and disk go through where it is sent more than a DIFF: the tree is emptied
 * for a SNAP, and at NEWLEADER it becomes a snapshot, before the epoch is written.
 *
 * Source: quorum.Learner.syncWithLeader, ZooKeeperServer.takeSnapshot (3.9).
 */
import { createDataTree, serializeTree } from '../data-tree/data-tree.ts';
import { diskOp, isMutant, mark, type Server } from '../server-context.ts';
import { clearCommittedLog } from '../txn-log/committed-log.ts';
import { forgetLogged } from '../txn-log/zk-database.ts';
import { nextZxid, ZXID_ZERO, type Zxid } from '../zxid.ts';

/** What the learner waits for before it goes on from NEWLEADER. */
const SNAPSHOT_SAFE = { kind: 'learnerStep', upTo: null } as const;

/** The tree is to be what the leader sends. */
export function clearForSnapshot(server: Server): void {
  const { db } = server;
  db.tree = createDataTree();
  db.tree.nodes.clear();
  db.tree.digestHigh = 0;
  db.tree.digestLow = 0;
  db.sessions = new Map();
  clearCommittedLog(db.committedLog);
  db.version++;
}

/**
 * The tree becomes a snapshot. Behind a SNAP nothing stays on the disk that is beyond it: another
 * history, which the next start would play back, or which a later SNAP would bring to light.
 *
 * A crash may come between any two of the steps. With the log cut, the disk holds the beginning of
 * what it held, with all that anybody committed. While a newer snapshot is there, it counts, as
 * before. It goes last: it may be the only place here of something committed.
 *
 * Differs: ZooKeeper cuts nothing at SNAP, and trusts that a learner that is ahead gets a TRUNC.
 */
export function takeSnapshot(server: Server): void {
  const { db } = server;
  const zxid = db.tree.lastProcessedZxid;
  server.asksForSnapshot = false;
  const snapshot = { zxid, sessions: [...db.sessions], nodes: serializeTree(db.tree) };
  const older = db.snapshots.filter((s) => s.zxid < zxid);
  const newer = db.snapshots.filter((s) => s.zxid > zxid);
  // ZOOKEEPER-2832: what was beyond the snapshot stayed.
  const keepsAll = server.syncMode !== 'SNAP' || isMutant(server, 'snap-keeps-stale-tail');
  if (!keepsAll) cutLogBehind(server, zxid);
  const isLast = keepsAll || newer.length === 0;
  const op = diskOp(server, isLast ? SNAPSHOT_SAFE : { kind: 'background' });
  const save = { kind: 'saveSnapshot', op, snapshot } as const;
  // ZOOKEEPER-2872: the file is written, and nobody waits until it is safe.
  const unsynced = isMutant(server, 'snap-not-synced');
  server.out.push(unsynced ? { ...save, unsynced } : save);
  db.snapshots = keepsAll ? [...older, snapshot, ...newer] : [...older, snapshot];
  if (isLast) return;
  mark(server, 'learner.snap-replaces-newer');
  server.out.push({ kind: 'truncate', op: diskOp(server, SNAPSHOT_SAFE), zxid });
}

function cutLogBehind(server: Server, zxid: Zxid): void {
  const { db } = server;
  if ((db.log.at(-1)?.header.zxid ?? ZXID_ZERO) <= zxid) return;
  mark(server, 'learner.snap-cuts-log');
  forgetLogged(db, nextZxid(zxid));
  const op = diskOp(server, { kind: 'background' });
  server.out.push({ kind: 'truncate', op, zxid, keepsSnapshots: true });
}
