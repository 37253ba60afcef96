/**
 * C.29: the epoch that a new leader proposes is larger than any that a quorum had accepted before.
 * So of two leaders with the same epoch at most one can find a quorum.
 */
import { containsQuorum } from '../../core/quorum/quorum-verifier.ts';
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { text } from './text.ts';

export const NEW_EPOCH: Property = {
  name: 'C.29',
  title: 'A new leader chooses an epoch that no member of a majority has accepted before',
};

/** Somebody begins to lead: what was said to it in an earlier term does not count. */
export function beginTerm(ghosts: Ghosts, m: MemberGhost): void {
  m.acceptedBefore = m.acceptedEpoch;
  for (const other of ghosts.members.values()) other.announced.delete(m.sid);
}

/**
 * A learner tells its leader with FOLLOWERINFO or OBSERVERINFO which epoch it has accepted. Who is
 * a voter is what the leader knows: one that has missed a reconfiguration may say that it observes.
 */
export function noteAnnounced(m: MemberGhost, epoch: number): void {
  if (m.leader === null) return;
  const first = m.announced.get(m.leader);
  if (first === undefined || epoch < first) m.announced.set(m.leader, epoch);
}

/** A leader sends LEADERINFO. */
export function checkNewEpoch(ghosts: Ghosts, m: MemberGhost, epoch: number): void {
  // Whoever joins later is told the epoch that was found then, whatever has become of the voters.
  if (m.established) return;
  const { voters } = m.config;
  const below = voters.filter((sid) => {
    const accepted = acceptedBy(ghosts, m, sid);
    return accepted !== undefined && accepted < epoch;
  });
  if (containsQuorum(m.config, below)) return;
  const others = voters.flatMap((sid) => {
    const accepted = acceptedBy(ghosts, m, sid);
    if (accepted === undefined || accepted < epoch) return [];
    return [text`server ${sid} had accepted epoch ${accepted}`];
  });
  const fact = others.length === 0 ? 'no majority had told it theirs' : others.join(' and ');
  const why = text`Server ${m.sid} proposed epoch ${epoch} as a new leader, but ${fact} before.`;
  report(ghosts, NEW_EPOCH, why);
}

/** What a voter had accepted when this leader heard of it, as far as it can have heard. */
function acceptedBy(
  ghosts: Ghosts,
  leader: MemberGhost,
  sid: MemberGhost['sid'],
): number | undefined {
  if (sid === leader.sid) return leader.acceptedBefore;
  return ghosts.members.get(sid)?.announced.get(leader.sid);
}
