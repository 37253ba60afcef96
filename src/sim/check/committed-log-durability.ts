/** CommittedLogDurability (A.13): no server loses one to a TRUNC or SNAP. */
import { byAt, entryAt } from './sequence.ts';
import { say } from './committers.ts';
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { text } from './text.ts';

export const COMMITTED_LOG_DURABILITY: Property = {
  name: 'CommittedLogDurability',
  title: 'TRUNC and SNAP never remove a committed transaction',
};

/** @param before `matched` as it was before TRUNC or SNAP replaced the history. */
export function checkCommittedLogDurability(
  ghosts: Ghosts,
  m: MemberGhost,
  cause: 'TRUNC' | 'SNAP',
  before: number,
): void {
  if (m.matched >= before) return;
  const removed = say(ghosts, entryAt(ghosts.committedLog, m.matched));
  const by = byAt(ghosts.committedLog, m.matched);
  const why = text`Server ${by} committed ${removed},
    but ${cause} removed it from the history of server ${m.sid}.`;
  report(ghosts, COMMITTED_LOG_DURABILITY, why);
}
