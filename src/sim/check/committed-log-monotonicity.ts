/**
 * CommittedLogMonotonicity (A.10, `monotonicRead`): what was committed once stays committed. The
 * present leader's committed history never becomes shorter, and never changes.
 */
import { say } from './committers.ts';
import { isBroken, report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { advance } from './history.ts';
import { byAt, entryAt } from './sequence.ts';
import { text } from './text.ts';

export const COMMITTED_LOG_MONOTONICITY: Property = {
  name: 'CommittedLogMonotonicity',
  title: 'No committed transaction is lost or rewritten',
};

/** A leader enters BROADCAST: its whole history counts as committed now. */
export function checkStartingLeader(ghosts: Ghosts, leader: MemberGhost): void {
  if (isBroken(ghosts, COMMITTED_LOG_MONOTONICITY)) return;
  advance(ghosts, leader);
  checkUpTo(ghosts, leader, leader.matched);
}

/** A leader is about to commit its next transaction. */
export function checkCommittingLeader(ghosts: Ghosts, leader: MemberGhost): void {
  checkUpTo(ghosts, leader, leader.committed);
}

/** Deposed leaders may be behind: they lead nobody any more. */
function checkUpTo(ghosts: Ghosts, leader: MemberGhost, position: number): void {
  if (leader.epoch < ghosts.newestEpoch || position >= ghosts.committedLog.end) return;
  if (position < ghosts.committedLog.first) return;
  const lost = say(ghosts, entryAt(ghosts.committedLog, position));
  const by = byAt(ghosts.committedLog, position);
  const why = text`Server ${by} committed ${lost}, but the committed history of
    server ${leader.sid}, leader of epoch ${leader.epoch}, goes on without it.`;
  report(ghosts, COMMITTED_LOG_MONOTONICITY, why);
}
