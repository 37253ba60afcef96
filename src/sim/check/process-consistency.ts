/**
 * ProcessConsistency (A.11): once a learner has acknowledged NEWLEADER, its history is a prefix of
 * its leader's.
 */
import { say } from './committers.ts';
import {
  isBroken,
  leaderOf,
  report,
  type Ghosts,
  type MemberGhost,
  type Property,
} from './ghosts.ts';
import { advance } from './history.ts';
import { entryAt, isEmpty, positionAfter, type Entry } from './sequence.ts';
import { formatKey } from './zxid-key.ts';
import { text } from './text.ts';

export const PROCESS_CONSISTENCY: Property = {
  name: 'ProcessConsistency',
  title: "A synchronised server's history is the beginning of its leader's",
};

export function checkProcessConsistency(ghosts: Ghosts, m: MemberGhost): void {
  const leader = leaderOf(ghosts, m);
  // A leader that has started again may name the epoch that it led before, until it has a new one.
  if (leader?.established !== true) return;
  if (isBroken(ghosts, PROCESS_CONSISTENCY)) return;
  advance(ghosts, m);
  advance(ghosts, leader);
  const difference = firstDifference(ghosts, m, leader);
  if (difference === null) return;
  const { mine, theirs } = difference;
  const leaderName = text`its leader, server ${leader.sid},`;
  const what =
    theirs === null
      ? text`with ${say(ghosts, mine)} in its history, which ${leaderName} does not have`
      : theirs.zxid === mine.zxid
        ? text`with another transaction under ${formatKey(mine.zxid)} than ${leaderName} has`
        : text`with ${say(ghosts, mine)} in its history, where ${leaderName}
            has ${say(ghosts, theirs)}`;
  const why = text`Server ${m.sid} acknowledged NEWLEADER of epoch ${m.epoch} ${what}.`;
  report(ghosts, PROCESS_CONSISTENCY, why);
}

/** Where the learner's history is not the leader's; `theirs` is null where the leader's ends. */
function firstDifference(
  ghosts: Ghosts,
  m: MemberGhost,
  leader: MemberGhost,
): { readonly mine: Entry; readonly theirs: Entry | null } | null {
  const { committedLog } = ghosts;
  if (leader.matched < m.matched) {
    const theirs = isEmpty(leader.tail) ? null : entryAt(leader.tail, leader.tail.first);
    return { mine: entryAt(committedLog, leader.matched), theirs };
  }
  if (isEmpty(m.tail)) return null;
  if (leader.matched > m.matched) {
    return {
      mine: entryAt(m.tail, m.tail.first),
      theirs: entryAt(committedLog, m.matched),
    };
  }
  let other = positionAfter(leader.tail, m.base);
  for (let p = positionAfter(m.tail, leader.base); p < m.tail.end; p += 1) {
    const mine = entryAt(m.tail, p);
    if (other >= leader.tail.end) return { mine, theirs: null };
    const theirs = entryAt(leader.tail, other);
    if (mine.zxid !== theirs.zxid || mine.id !== theirs.id) return { mine, theirs };
    other += 1;
  }
  return null;
}
