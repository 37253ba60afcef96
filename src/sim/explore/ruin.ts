/**
 * Ruin: what takes away from a server's disk what it had called safe. The protocol does not bear
 * that in general. It does where all others have everything, on their disks, and nothing is under
 * way: whatever quorum there will be, one of them is in it. So one server at a time, and only then.
 */
import type { ProcessId, Sid } from '../../core/units.ts';
import type { DiskImage } from '../../core/txn-log/disk-image.ts';
import type { ZkDatabase } from '../../core/txn-log/zk-database.ts';
import { ZXID_ZERO, type Zxid } from '../../core/zxid.ts';
import { startOnImage, type DryRun } from '../check/local/dry-run.ts';
import { differenceOfTrees } from '../check/local/same-tree.ts';
import { damageImage } from '../disk.ts';
import type { LocalRun } from '../local.ts';
import type { MemberHost } from '../member.ts';
import { leaderOf } from '../scenarios.ts';

/** May `sid` lose all that is on its disk? */
export function isExpendable(run: LocalRun, sid: Sid): boolean {
  const leader = leaderOf(run);
  if (leader === null) return false;
  const others = run.world.config.ensemble.servers.filter((server) => server.sid !== sid);
  if (!others.some(({ type }) => type === 'participant')) return false;
  const last = lastOfLeader(run, leader);
  return last !== null && others.every((other) => hasEverything(run, other.sid, leader, last));
}

/** The last transaction of a leader that has nothing under way. */
function lastOfLeader(run: LocalRun, leader: Sid): Zxid | null {
  const host = memberOf(run, leader);
  const role = host?.server.role;
  if (host === null || role?.name !== 'leading') return null;
  const { outstanding, toBeApplied } = role.leader;
  if (outstanding.size > 0 || toBeApplied.length > 0) return null;
  return host.server.db.tree.lastProcessedZxid;
}

function hasEverything(run: LocalRun, sid: Sid, leader: Sid, last: Zxid): boolean {
  const process = run.world.byId.get(sid as number as ProcessId);
  const host = memberOf(run, sid);
  if (host === null || process?.status !== 'running' || process.faults.lying) return false;
  const { server, disk } = host;
  const follows = sid === leader || server.currentVote.leader === leader;
  const isServing = server.zabState === 'broadcast' && follows;
  const isWritten =
    disk.pending.length === 0 &&
    disk.platter.log.length === disk.cache.log.length &&
    disk.platter.acceptedEpoch === server.acceptedEpoch &&
    disk.platter.currentEpoch === server.acceptedEpoch;
  return isServing && isWritten && server.db.tree.lastProcessedZxid === last;
}

function memberOf(run: LocalRun, sid: Sid): MemberHost | null {
  const host = run.hosts.get(sid as number as ProcessId);
  return host?.kind === 'member' && !host.ended ? host : null;
}

/**
 * What a server that is down would make of its disk without its last snapshot: nothing, the same
 * as before, or something `wrong`, because its log does not hold all that came after the one before.
 */
export function withoutLastSnapshot(run: LocalRun, sid: Sid): 'nothing' | 'whole' | 'wrong' {
  const image = run.images.get(sid);
  if (image === undefined || image.snapshots.length === 0) return 'wrong';
  const whole = recovered(run, sid, image);
  if (whole.refusal !== null) return 'wrong';
  const ruined = recovered(run, sid, damageImage(image, 'snapshot'));
  if (ruined.refusal !== null) return 'nothing';
  const [before, after] = [whole.server.db, ruined.server.db];
  if (before.tree.lastProcessedZxid !== after.tree.lastProcessedZxid) return 'wrong';
  if (differenceOfTrees(before, after) !== null) return 'wrong';
  const last = before.snapshots.at(-1)?.zxid;
  // A snapshot of which the log does not hold the last transaction came from a leader.
  if (!after.log.some(({ header }) => header.zxid === last)) return 'wrong';
  return isLogWhole(run, after) ? 'whole' : 'wrong';
}

/** By what is right: with a bug it may look the same, and that is what the run is to find. */
function recovered(run: LocalRun, sid: Sid, image: DiskImage): DryRun {
  const { ensemble, seed } = run.world.config;
  const settings = { config: { ...ensemble, mutants: [] }, sid, seed, incarnation: 0 };
  return startOnImage(settings, run.world.now, image);
}

/** Equal trees say nothing of a hole in the log, which others would be brought up to date from. */
function isLogWhole(run: LocalRun, db: ZkDatabase): boolean {
  const base = db.snapshots.at(-1)?.zxid ?? ZXID_ZERO;
  const own = new Set(db.log.map(({ header }) => header.zxid));
  for (const host of run.hosts.values()) {
    if (host.kind !== 'member') continue;
    const { log } = host.server.db;
    if (log.some(({ header }) => header.zxid > base && !own.has(header.zxid))) return false;
  }
  return true;
}
