/**
 * How a leader brings a learner up to date: the decision between DIFF, TRUNC and SNAP.
 *
 * Source: quorum.LearnerHandler.syncFollower, queueCommittedProposals,
 * ZKDatabase.getProposalsFromTxnLog, calculateTxnLogSizeLimit (3.9).
 */
import type { TxnRecord } from '../jute/txn.ts';
import { configOf, isMutant, log, mark, type Server } from '../server-context.ts';
import { committedCount, committedRecords } from '../txn-log/committed-log.ts';
import { recordBytes } from '../txn-log/log-format.ts';
import { indexAfter } from '../txn-log/zk-database.ts';
import { counterOf, epochOf, formatZxid, type Zxid } from '../zxid.ts';

const LOGGER = 'LearnerHandler';

export interface SyncPlan {
  readonly mode: 'DIFF' | 'TRUNC' | 'SNAP';
  /** What the DIFF or TRUNC says; of a SNAP, the tree's zxid. */
  readonly zxid: Zxid;
  /** Sent as PROPOSAL and COMMIT each, behind the DIFF or TRUNC. */
  readonly records: readonly TxnRecord[];
  /** What the learner will have then: forwarding begins after it. */
  readonly upTo: Zxid;
}

/** A walk over committed proposals, as queueCommittedProposals leaves it behind. */
interface Walk {
  op: { mode: 'DIFF' | 'TRUNC'; zxid: Zxid } | null;
  readonly records: TxnRecord[];
  queued: Zxid;
}

/** @param peer the learner's last zxid. @param sid for the log. */
export function planSync(server: Server, peer: Zxid, sid: string): SyncPlan {
  const { committedLog, tree } = server.db;
  const last = tree.lastProcessedZxid;
  const empty = committedCount(committedLog) === 0;
  const min = empty ? last : committedLog.minCommittedLog;
  const max = empty ? last : committedLog.maxCommittedLog;
  log(
    server,
    'INFO',
    LOGGER,
    `Synchronizing with Learner sid: ${sid} maxCommittedLog=${formatZxid(committedLog.maxCommittedLog)} minCommittedLog=${formatZxid(committedLog.minCommittedLog)} lastProcessedZxid=${formatZxid(last)} peerLastZxid=${formatZxid(peer)}`,
  );

  if (peer === last) {
    log(server, 'INFO', LOGGER, `Sending DIFF zxid=${formatZxid(peer)} for peer sid: ${sid}`);
    mark(server, 'sync.same-zxid');
    return { mode: 'DIFF', zxid: peer, records: [], upTo: peer };
  }
  if (empty && isMutant(server, 'snap-keeps-stale-tail')) {
    // ZOOKEEPER-2832: with nothing to compare, a learner that was ahead got a snapshot.
    return { mode: 'SNAP', zxid: last, records: [], upTo: last };
  }
  if (peer > max && counterOf(peer) !== 0 && isCutWithinReach(server, peer, max, last)) {
    // With nothing of this epoch committed, `last` is its beginning, where the learner has been.
    const end = peer > last ? last : max;
    log(
      server,
      'DEBUG',
      LOGGER,
      `Sending TRUNC to follower zxidToSend=${formatZxid(end)} for peer sid:${sid}`,
    );
    mark(server, 'sync.trunc-beyond-max');
    return { mode: 'TRUNC', zxid: end, records: [], upTo: end };
  }
  if (peer >= min && peer <= max) {
    log(server, 'INFO', LOGGER, `Using committedLog for peer sid: ${sid}`);
    mark(server, 'sync.from-committed-log');
    const walk: Walk = { op: null, records: [], queued: peer };
    walkProposals(server, walk, committedRecords(committedLog), peer, max, sid);
    return finish(server, walk, last);
  }
  if (peer < min) {
    const fromDisk = walkDisk(server, peer, min, max, sid);
    if (fromDisk !== null) return finish(server, fromDisk, last);
  }
  mark(server, 'sync.snap');
  return { mode: 'SNAP', zxid: last, records: [], upTo: last };
}

/**
 * Whether the learner can go back to where TRUNC would send it. Its last epoch may have begun with
 * a SNAP for it, and then its log does not hold what came before: so TRUNC stays in that epoch.
 *
 * Differs: ZooKeeper sends TRUNC to the end of the committedLog; there the snapshot that is newer
 * stays, and hides that.
 */
function isCutWithinReach(server: Server, peer: Zxid, max: Zxid, last: Zxid): boolean {
  // ZOOKEEPER-3526: where the list is spoilt, nobody asked how far back it cuts.
  if (isMutant(server, 'ro-pollutes-committedlog')) return true;
  return epochOf(peer) === epochOf(peer > last ? last : max);
}

function finish(server: Server, walk: Walk, last: Zxid): SyncPlan {
  if (walk.op === null) {
    mark(server, 'sync.snap-after-all');
    log(server, 'ERROR', LOGGER, 'Unhandled scenario: fall back to use snapshot');
    return { mode: 'SNAP', zxid: last, records: [], upTo: last };
  }
  return { ...walk.op, records: walk.records, upTo: walk.queued };
}

/** The disk's log up to the committedLog, then the committedLog. Null where a SNAP is better. */
function walkDisk(server: Server, peer: Zxid, min: Zxid, max: Zxid, sid: string): Walk | null {
  const onDisk = proposalsFromLog(server, peer);
  if (onDisk.length === 0) {
    mark(server, 'sync.no-log-on-disk');
    return null;
  }
  log(server, 'INFO', LOGGER, `Use txnlog and committedLog for peer sid: ${sid}`);
  const walk: Walk = { op: null, records: [], queued: peer };
  const upToMin = onDisk.filter((record) => record.header.zxid <= min);
  walkProposals(server, walk, upToMin, peer, max, sid);
  // ZOOKEEPER-2418: nobody looked whether the one ends where the other begins.
  if (walk.queued < min && !isMutant(server, 'skip-gap-check')) {
    mark(server, 'sync.gap-to-committed-log');
    log(
      server,
      'INFO',
      LOGGER,
      `Detected gap between end of txnlog: ${formatZxid(walk.queued)} and start of committedLog: ${formatZxid(min)}`,
    );
    return null;
  }
  mark(server, 'sync.from-disk');
  walkProposals(server, walk, committedRecords(server.db.committedLog), walk.queued, max, sid);
  return walk;
}

/**
 * LearnerHandler.queueCommittedProposals. Where the learner's last transaction is not among ours,
 * it has one that nobody committed: it is cut back to the one before, within its epoch.
 */
function walkProposals(
  server: Server,
  walk: Walk,
  proposals: Iterable<TxnRecord>,
  peer: Zxid,
  max: Zxid,
  sid: string,
): void {
  const peerIsNewEpoch = counterOf(peer) === 0;
  let previous = -1n as Zxid;
  for (const record of proposals) {
    const { zxid } = record.header;
    if (zxid < peer) {
      previous = zxid;
      continue;
    }
    if (walk.op === null) {
      if (zxid === peer || peerIsNewEpoch || isMutant(server, 'no-trunc-in-range')) {
        log(server, 'INFO', LOGGER, `Sending DIFF zxid=${formatZxid(max)}  for peer sid: ${sid}`);
        walk.op = { mode: 'DIFF', zxid: max };
        mark(server, zxid === peer ? 'sync.diff' : 'sync.diff-from-epoch-start');
        if (zxid === peer) continue;
      } else {
        if (epochOf(zxid) !== epochOf(peer)) {
          mark(server, 'sync.no-trunc-across-epochs');
          log(
            server,
            'WARN',
            LOGGER,
            `Cannot send TRUNC to peer sid: ${sid} peer zxid is from different epoch`,
          );
          return;
        }
        log(
          server,
          'INFO',
          LOGGER,
          `Sending TRUNC zxid=${formatZxid(previous)} for peer sid: ${sid}`,
        );
        mark(server, 'sync.trunc-within-log');
        walk.op = { mode: 'TRUNC', zxid: previous };
      }
    }
    if (zxid <= walk.queued) continue;
    walk.records.push(record);
    walk.queued = zxid;
  }
  if (walk.op === null && peerIsNewEpoch) {
    mark(server, 'sync.diff-of-nothing');
    log(server, 'INFO', LOGGER, `Sending DIFF zxid=${formatZxid(max)}  for peer sid: ${sid}`);
    walk.op = { mode: 'DIFF', zxid: max };
  }
}

/**
 * ZKDatabase.getProposalsFromTxnLog: the log from `peer` on, where it reaches back that far and is
 * small against the last snapshot. A file counts with what was allocated for it.
 *
 * Differs: a log with a hole that a SNAP has left is not used from before the hole.
 */
function proposalsFromLog(server: Server, peer: Zxid): readonly TxnRecord[] {
  const { log: records, snapshots } = server.db;
  const { snapshotSizeFactor, preAllocSize } = configOf(server);
  const snapshot = snapshots.at(-1);
  if (snapshotSizeFactor < 0 || snapshot === undefined) return [];
  const from = Math.max(indexAfter(records, peer) - 1, 0);
  const first = records[from];
  if (first === undefined || first.header.zxid > peer) return [];
  if (isAtHole(server, peer, first.header.zxid) && !isMutant(server, 'skip-gap-check')) {
    mark(server, 'sync.hole-in-log');
    return [];
  }
  const rest = records.slice(from);
  const bytes = Math.max(
    preAllocSize,
    rest.reduce((sum, record) => sum + recordBytes(record), 0),
  );
  return bytes <= snapshotSizeFactor * snapshotBytes(snapshot.nodes) ? rest : [];
}

/**
 * The learner's last transaction lies before a hole in the log, or is the one at which a SNAP has
 * left the hole: then what stands before it in the log is not what comes before it.
 *
 * @param before the last zxid in the log that is not beyond the learner's.
 */
function isAtHole(server: Server, peer: Zxid, before: Zxid): boolean {
  const from = contiguousFrom(server);
  return peer < from || (before < from && counterOf(peer) !== 0);
}

/** The log has no hole after this zxid: that of the newest snapshot that is not in the log. */
function contiguousFrom(server: Server): Zxid {
  const { log: records, snapshots } = server.db;
  let from = 0n as Zxid;
  for (const { zxid } of snapshots) {
    const record = records[indexAfter(records, zxid) - 1];
    if (record?.header.zxid !== zxid && zxid > from) from = zxid;
  }
  return from;
}

function snapshotBytes(nodes: readonly { path: string; data: Uint8Array | null }[]): number {
  return nodes.reduce((sum, node) => sum + node.path.length + (node.data?.length ?? 0) + 76, 0);
}
