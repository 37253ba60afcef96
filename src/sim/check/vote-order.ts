/**
 * C.28, as each voter can be held to it: nobody votes for a server whose (currentEpoch, last zxid)
 * is smaller than its own, so whoever a quorum elects is at least as far as a quorum.
 */
import type { Notification } from '../../core/quorum/vote.ts';
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { text } from './text.ts';
import { formatKey, KEY_NOTHING, keyOf } from './zxid-key.ts';

export const VOTE_ORDER: Property = {
  name: 'C.28',
  title: 'Nobody votes for a server that is behind itself',
};

/**
 * A vote is on its way. Elections begin with a vote for oneself: that is what the later ones are
 * measured by. What is sent again on a new connection belongs to an earlier round, and is let be.
 * A server whose disk was emptied hears of what it had, and may vote for itself with that: such a
 * vote says nothing of what it has.
 */
export function checkVote(ghosts: Ghosts, m: MemberGhost, n: Notification): void {
  if (n.state !== 'LOOKING' || !m.voter) return;
  const zxid = keyOf(n.zxid);
  if (n.leader === m.sid) {
    const isKnown = m.treeZxid === KEY_NOTHING || zxid <= m.treeZxid;
    if (isKnown) m.ownVote = { round: n.electionEpoch, peerEpoch: n.peerEpoch, zxid };
    return;
  }
  const own = m.ownVote;
  if (own === null || n.electionEpoch < own.round) return;
  if (n.peerEpoch > own.peerEpoch || (n.peerEpoch === own.peerEpoch && zxid >= own.zxid)) return;
  const why = text`Server ${m.sid} votes for server ${n.leader} with epoch ${n.peerEpoch} and
    ${formatKey(zxid)}, though it has epoch ${own.peerEpoch} and ${formatKey(own.zxid)} itself.`;
  report(ghosts, VOTE_ORDER, why);
}
