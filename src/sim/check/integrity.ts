/** Integrity (A.4): whatever is committed was proposed by a leader, as it is. */
import { report, rivalName, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { holds, type Entry } from './sequence.ts';
import { formatKey } from './zxid-key.ts';
import { text } from './text.ts';

export const INTEGRITY: Property = {
  name: 'Integrity',
  title: 'Only what a leader proposed is ever committed',
};

export function checkIntegrity(ghosts: Ghosts, m: MemberGhost, entry: Entry): void {
  const proposed = ghosts.proposals.get(entry.zxid);
  if (proposed === entry.id || holds(ghosts.committedLog, entry)) return;
  if (ghosts.rivalProposals.has(rivalName(entry.zxid, entry.id))) return;
  const what = text`Server ${m.sid} committed`;
  const zxid = formatKey(entry.zxid);
  const why =
    proposed === undefined
      ? text`${what} ${zxid}, but no leader ever proposed that transaction.`
      : text`${what} a transaction under ${zxid} that is not the one which was proposed under it.`;
  report(ghosts, INTEGRITY, why);
}
