/**
 * Agreement (A.5): of what one server committed and what another one committed, one contains the
 * other. Differs from the specification, which asks it of followers only: it is asked of all.
 */
import type { Sid } from '../../core/units.ts';
import { contains, say } from './committers.ts';
import { isBroken, report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { byAt, entryAt, holds, type Entry } from './sequence.ts';

export const AGREEMENT: Property = {
  name: 'Agreement',
  title: 'No two servers each commit something that the other one never commits',
};

/** A member committed `entry` after its commits had left the committed log. */
export function checkAgreement(ghosts: Ghosts, m: MemberGhost, entry: Entry): void {
  if (isBroken(ghosts, AGREEMENT) || holds(ghosts.committedLog, entry)) return;
  const lacking = entryAt(ghosts.committedLog, m.committed);
  if (contains(m.branch, lacking)) return;
  const other = otherCommitter(ghosts, m, entry);
  if (other === null) return;
  const [a, b] = [say(ghosts, entry), say(ghosts, lacking)];
  const [one, two] = [`server ${String(m.sid)}`, `server ${String(other)}`];
  const [mine, theirs] = [`S${one.slice(1)} committed ${a}`, `${two} committed ${b}`];
  const why = `${mine}, which ${two} did not, and ${theirs}, which ${one} did not.`;
  report(ghosts, AGREEMENT, why);
}

/** Another member that committed what `m` lacks, and not what `m` has instead. */
function otherCommitter(ghosts: Ghosts, m: MemberGhost, entry: Entry): Sid | null {
  const first = byAt(ghosts.committedLog, m.committed);
  for (const other of ghosts.members.values()) {
    if (other === m || contains(other.branch, entry)) continue;
    if (other.delivered > m.committed || other.sid === first) return other.sid;
  }
  return null;
}
