/**
 * Replacing the database of a server that serves by what a snapshot holds, without a restart: how
 * an operator rolls a server back, or gives a new one its first data.
 *
 * Connections stay open. Watches are gone and nobody is told, as the tree that they were set on is
 * gone; a session that is not in the snapshot has ended, and one that is gets its full timeout.
 *
 * Source: server.ZooKeeperServer.restoreFromSnapshot (3.9).
 * Differs: ZooKeeper's tree goes back to the snapshot's zxid, its disk keeps the former database,
 * which a restart would bring back, and the counter of zxids is left as it is, even where the
 * snapshot is ahead of it. Here the restored tree is the state as of the present zxid, or as of
 * the snapshot's where that is higher: it is saved at once, and what is written later comes after.
 * In an ensemble a snapshot of a later epoch is refused, because no server would start with it.
 */
import { createDataTree, nodeCount, restoreSnapshot } from './data-tree/data-tree.ts';
import { clearWatches } from './data-tree/watch-manager.ts';
import { takeSnapshotNow } from './processor/sync-request-processor.ts';
import { log, type Server } from './server-context.ts';
import { trackSession, type SessionTracker } from './session/session-tracker.ts';
import { clearCommittedLog } from './txn-log/committed-log.ts';
import { recordBytes } from './txn-log/log-format.ts';
import { indexAfter, noteRecovered } from './txn-log/zk-database.ts';
import type { Snapshot } from './txn-log/snapshot.ts';
import { elapsedMillis, type ZooKeeperServer } from './zookeeper-server.ts';
import { epochOf, formatZxid, type Zxid } from './zxid.ts';

const LOGGER = 'ZooKeeperServer';

/** Why this snapshot cannot be restored here and now; null where it can. */
export function restoreProblem(server: Server, snapshot: Snapshot): string | null {
  const { zks, role } = server;
  if (zks === null || role.name === 'leaving') {
    return 'This ZooKeeper instance is not currently serving requests';
  }
  if (snapshot.nodes[0]?.path !== '') return 'the snapshot has no root';
  const epoch = epochOf(snapshot.zxid);
  if (role.name !== 'standalone' && epoch > server.currentEpoch) {
    const ours = `the ensemble is in epoch ${String(server.currentEpoch)}`;
    return `the snapshot is of epoch ${String(epoch)} and ${ours}`;
  }
  return null;
}

/** Nothing happens where `restoreProblem` has something to say, but that it is logged. */
export function restoreDatabase(server: Server, snapshot: Snapshot): void {
  const problem = restoreProblem(server, snapshot);
  const { db, zks } = server;
  if (problem !== null || zks === null) {
    log(server, 'WARN', LOGGER, `The snapshot is not restored: ${problem ?? ''}`);
    return;
  }
  describe(server, 'Before restore database');
  const { lastProcessedZxid, digestCheck } = db.tree;
  db.tree = createDataTree();
  restoreSnapshot(snapshot, db.tree);
  db.tree.digestCheck.mismatches += digestCheck.mismatches;
  if (lastProcessedZxid > snapshot.zxid) db.tree.lastProcessedZxid = lastProcessedZxid;
  db.sessions = new Map(snapshot.sessions);
  forgetHistory(server, db.tree.lastProcessedZxid);
  clearWatches(db.watches);
  db.version++;
  zks.sync.fuzzy = null;
  renewSessions(server, zks, snapshot);
  raiseZxid(server, zks, db.tree.lastProcessedZxid);
  takeSnapshotNow(server);
  noteRecovered(server, 'SNAP');
  describe(server, 'After restore database');
}

/** What led to the former tree does not lead to this one: nobody is brought up to date with it. */
function forgetHistory({ db }: Server, upTo: Zxid): void {
  clearCommittedLog(db.committedLog);
  db.log.splice(0, indexAfter(db.log, upTo));
  db.logBytes = db.log.reduce((sum, record) => sum + recordBytes(record), 0);
  db.snapshots = [];
}

/** createSessionTracker. Local sessions are in no snapshot. */
function renewSessions(server: Server, zks: ZooKeeperServer, { sessions }: Snapshot): void {
  zks.touchTable?.touchTable.clear();
  if (zks.local !== null) {
    clearTracker(zks.local.tracker);
    zks.local.upgrading.clear();
  }
  if (zks.sessions === null) return;
  clearTracker(zks.sessions);
  for (const [id, timeOut] of sessions) {
    trackSession(zks.sessions, id, timeOut, elapsedMillis(server));
  }
}

function clearTracker({ sessionsById, expiry }: SessionTracker): void {
  sessionsById.clear();
  expiry.deadlines.clear();
  expiry.buckets.clear();
}

/** What is written from now on is later than what was restored; a leader stays in its epoch. */
function raiseZxid(server: Server, zks: ZooKeeperServer, least: Zxid): void {
  if (zks.lastZxid >= least) return;
  const { name } = server.role;
  const sameEpoch = epochOf(least) === epochOf(zks.lastZxid);
  if (name === 'standalone' || (name === 'leading' && sameEpoch)) zks.lastZxid = least;
}

function describe(server: Server, when: string): void {
  const { tree, sessions } = server.db;
  const zxid = formatZxid(tree.lastProcessedZxid);
  const counts = `nodeCount=${String(nodeCount(tree))}, sessionCount=${String(sessions.size)}`;
  log(server, 'INFO', LOGGER, `${when}. lastProcessedZxid=${zxid}, ${counts}`);
}
