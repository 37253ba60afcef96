/** C.4: who acknowledges a proposal, a leader counting itself included, has it on its disk. */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { formatKey, type ZxidKey } from './zxid-key.ts';
import { text } from './text.ts';

export const PROPOSAL_ACK_DURABLE: Property = {
  name: 'C.4',
  title: 'A proposal is acknowledged only once it is on disk',
};

/** A follower sends ACK, or a leader counted its own. */
export function checkProposalAck(ghosts: Ghosts, m: MemberGhost, zxid: ZxidKey): void {
  if (m.lastSynced >= zxid) return;
  const did = m.state === 'LEADING' ? 'counted its own ack of' : 'acknowledged';
  const where =
    m.lastLogged >= zxid ? 'which is only in its page cache' : 'which is not in its log';
  const why = text`Server ${m.sid} ${did} ${formatKey(zxid)}, ${where}.`;
  report(ghosts, PROPOSAL_ACK_DURABLE, why);
}
