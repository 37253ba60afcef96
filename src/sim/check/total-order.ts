/** TotalOrder (A.6): what one server committed first, every other one committed first too. */
import { committerOf, say } from './committers.ts';
import { isBroken, report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { entryAt, find, idAt, type Entry } from './sequence.ts';
import { formatKey } from './zxid-key.ts';

export const TOTAL_ORDER: Property = {
  name: 'TotalOrder',
  title: 'All servers commit transactions in the same order',
};

/** A member committed `entry` after its commits had left the committed log. */
export function checkTotalOrder(ghosts: Ghosts, m: MemberGhost, entry: Entry): void {
  const { committedLog } = ghosts;
  if (isBroken(ghosts, TOTAL_ORDER)) return;
  const position = find(committedLog, entry.zxid);
  if (position === -1 || idAt(committedLog, position) !== entry.id) return;
  const other = `Server ${String(committerOf(ghosts, position, m.sid))}`;
  const self = `server ${String(m.sid)}`;
  const what = say(ghosts, entry);
  if (position < m.committed) {
    const last = formatKey(m.committedTo);
    const why = `${other} committed ${what} once, but ${self} committed it again after ${last}.`;
    report(ghosts, TOTAL_ORDER, why);
  } else if (position > m.committed) {
    const missing = say(ghosts, entryAt(committedLog, m.committed));
    const why = `${other} committed ${missing} before ${what}, but ${self} committed the latter without the former.`;
    report(ghosts, TOTAL_ORDER, why);
  }
}
