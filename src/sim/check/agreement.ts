/**
 * Agreement (A.5): of what one server committed and what another one committed, one contains the
 * other. Differs from the specification, which asks it of followers only: it is asked of all.
 */
import { committedSinceParting, isSame, say } from './committers.ts';
import { isBroken, report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import type { Entry } from './sequence.ts';
import { text } from './text.ts';

export const AGREEMENT: Property = {
  name: 'Agreement',
  title: 'No two servers each commit something that the other one lacks',
};

/** A member committed something, and not all members are on the committed log. */
export function checkAgreement(ghosts: Ghosts, m: MemberGhost): void {
  if (isBroken(ghosts, AGREEMENT)) return;
  const mine = committedSinceParting(ghosts, m);
  for (const other of ghosts.members.values()) {
    if (other === m) continue;
    const theirs = committedSinceParting(ghosts, other);
    const a = firstNotIn(theirs, mine);
    const b = firstNotIn(mine, theirs);
    if (a === undefined || b === undefined) continue;
    const why = text`Server ${m.sid} committed ${say(ghosts, a)}, which server ${other.sid} did not,
      and server ${other.sid} committed ${say(ghosts, b)}, which server ${m.sid} did not.`;
    report(ghosts, AGREEMENT, why);
    return;
  }
}

function firstNotIn(others: readonly Entry[], entries: readonly Entry[]): Entry | undefined {
  return entries.find((entry) => !others.some((other) => isSame(entry, other)));
}
