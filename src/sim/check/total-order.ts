/**
 * TotalOrder (A.6): what one server committed before something else, everybody who committed the
 * latter committed earlier too. It follows that nothing is committed twice.
 */
import { committedSinceParting, committerOf, isSame, say } from './committers.ts';
import { isBroken, report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { find, type Entry } from './sequence.ts';
import { text } from './text.ts';
import { formatKey } from './zxid-key.ts';

export const TOTAL_ORDER: Property = {
  name: 'TotalOrder',
  title: 'All servers commit transactions in the same order',
};

/** A member committed something, and not all members are on the committed log. */
export function checkTotalOrder(ghosts: Ghosts, m: MemberGhost): void {
  if (isBroken(ghosts, TOTAL_ORDER)) return;
  const mine = committedSinceParting(ghosts, m);
  for (const other of ghosts.members.values()) {
    if (other === m) continue;
    const theirs = committedSinceParting(ghosts, other);
    if (compare(ghosts, other, theirs, m, mine) || compare(ghosts, m, mine, other, theirs)) return;
  }
}

/** Looks for two that `one` committed in this order, and `two` did not. */
function compare(
  ghosts: Ghosts,
  one: MemberGhost,
  ones: readonly Entry[],
  two: MemberGhost,
  twos: readonly Entry[],
): boolean {
  for (let i = 0; i < twos.length; i += 1) {
    const later = twos[i];
    const place = later === undefined ? -1 : ones.findIndex((entry) => isSame(entry, later));
    if (later === undefined || place === -1) continue;
    const before = ones.slice(0, place);
    const missed = before.find((a) => !twos.slice(0, i).some((b) => isSame(a, b)));
    if (missed === undefined) continue;
    const why = text`Server ${one.sid} committed ${say(ghosts, missed)} before
      ${say(ghosts, later)}, but server ${two.sid} committed the latter without the former.`;
    report(ghosts, TOTAL_ORDER, why);
    return true;
  }
  return false;
}

/** A member committed again what it has committed already. */
export function reportRepetition(ghosts: Ghosts, m: MemberGhost, entry: Entry): void {
  const position = find(ghosts.committedLog, entry.zxid);
  const other = position === -1 ? m.sid : committerOf(ghosts, position, m.sid);
  const why = text`Server ${other} committed ${say(ghosts, entry)} once, but server ${m.sid}
    committed it again after ${formatKey(m.committedTo)}.`;
  report(ghosts, TOTAL_ORDER, why);
}
