/**
 * PrimaryIntegrity (A.9): before a leader broadcasts, it has committed everything of earlier epochs
 * that any of its followers committed.
 */
import { contains, say } from './committers.ts';
import {
  isBroken,
  leaderOf,
  report,
  type Ghosts,
  type MemberGhost,
  type Property,
} from './ghosts.ts';
import { entryAt, holds, positionAfter, type Entry } from './sequence.ts';
import { epochOfKey, epochStart } from './zxid-key.ts';
import { text } from './text.ts';

export const PRIMARY_INTEGRITY: Property = {
  name: 'PrimaryIntegrity',
  title: 'A serving leader has committed all that its followers committed in earlier epochs',
};

/** A learner has entered BROADCAST. */
export function checkPrimaryIntegrity(ghosts: Ghosts, m: MemberGhost): void {
  const leader = leaderOf(ghosts, m);
  if (isBroken(ghosts, PRIMARY_INTEGRITY) || leader === null) return;
  if (leader.zabState !== 'broadcast') return;
  const { committedLog } = ghosts;
  const earlier = Math.min(m.committed, positionAfter(committedLog, epochStart(m.epoch)));
  if (leader.committed < earlier) {
    reportMissing(ghosts, m, leader, entryAt(committedLog, leader.committed));
  }
  for (let p = m.branch.first; p < m.branch.end; p += 1) {
    const entry = entryAt(m.branch, p);
    if (epochOfKey(entry.zxid) >= m.epoch || contains(leader.branch, entry)) continue;
    if (!holds(committedLog, entry)) reportMissing(ghosts, m, leader, entry);
  }
}

function reportMissing(ghosts: Ghosts, m: MemberGhost, leader: MemberGhost, entry: Entry): void {
  const why = text`Server ${m.sid} follows server ${leader.sid}
    in epoch ${m.epoch} and has committed ${say(ghosts, entry)},
    which its leader has not.`;
  report(ghosts, PRIMARY_INTEGRITY, why);
}
