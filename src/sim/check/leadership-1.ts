/** Leadership1 (A.1): no two servers lead the same epoch at the same time. */
import { isBroken, report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { text } from './text.ts';

export const LEADERSHIP_1: Property = {
  name: 'Leadership1',
  title: 'At any time, an epoch has at most one leader',
};

/** Compared by acceptedEpoch, the epoch being led. Leaders of different epochs may coexist. */
export function checkLeadership1(ghosts: Ghosts, m: MemberGhost): void {
  if (!leads(m) || isBroken(ghosts, LEADERSHIP_1)) return;
  for (const other of ghosts.members.values()) {
    if (other === m || !leads(other) || other.epoch !== m.epoch) continue;
    const why = text`Servers ${other.sid} and ${m.sid} both lead
      epoch ${m.epoch} now.`;
    report(ghosts, LEADERSHIP_1, why);
  }
}

function leads(m: MemberGhost): boolean {
  return m.state === 'LEADING' && (m.zabState === 'synchronization' || m.zabState === 'broadcast');
}
