/** Leadership2 (A.2): over the whole run, no epoch has two leaders. */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { text } from './text.ts';

export const LEADERSHIP_2: Property = {
  name: 'Leadership2',
  title: 'No epoch is ever led by two servers, not even one after the other',
};

/** A leader has its quorum of ACKEPOCH. */
export function checkLeadership2(ghosts: Ghosts, m: MemberGhost): void {
  const first = ghosts.epochLeader.get(m.epoch);
  if (first === undefined) {
    ghosts.epochLeader.set(m.epoch, m.sid);
  } else if (first !== m.sid) {
    const why = text`Server ${m.sid} became the leader of epoch ${m.epoch},
      which server ${first} had led before.`;
    report(ghosts, LEADERSHIP_2, why);
  }
}
