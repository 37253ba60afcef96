/**
 * Who leads after a reconfiguration, and whether it may begin at all.
 *
 * Source: quorum.Leader.getDesignatedLeader, isQuorumSynced (3.9).
 */
import { sidOf, type Server } from '../server-context.ts';
import type { Sid } from '../units.ts';
import { nextZxid, type Zxid } from '../zxid.ts';
import type { Leader } from './leader.ts';
import { isSynced } from './learner-handler.ts';
import { containsQuorum, isSameQuorumAddress, isVoter, memberOf } from './quorum-verifier.ts';
import type { QuorumVerifier } from './quorum-verifier.ts';

/**
 * This leader, if it is a voter in the next configuration under the same address; else one of the
 * next voters that have acknowledged the reconfiguration, and of those the one that has
 * acknowledged most of what came after it.
 *
 * Differs: where no other voter has acknowledged it ZooKeeper fails; this leader goes on here.
 */
export function designatedLeader(
  server: Server,
  leader: Leader,
  verifiers: readonly QuorumVerifier[],
  acks: ReadonlySet<Sid>,
  zxid: Zxid,
): Sid {
  const self = sidOf(server);
  const next = verifiers.at(-1);
  if (next === undefined) return self;
  const own = isVoter(next, self) ? memberOf(next, self) : undefined;
  if (isSameQuorumAddress(own, memberOf(server.quorumVerifier, self))) return self;
  let candidates = [...acks].filter((sid) => sid !== self && isVoter(next, sid));
  candidates.sort((a, b) => a - b);
  let best = candidates[0] ?? self;
  for (let later = nextZxid(zxid); candidates.length > 1; later = nextZxid(later)) {
    const proposal = leader.outstanding.get(later);
    if (proposal === undefined) break;
    candidates = candidates.filter((sid) => proposal.acks.has(sid));
    best = candidates[0] ?? best;
  }
  return best;
}

/** A quorum of it is connected and keeps up; who is to vote counts, whether it votes yet or not. */
export function isQuorumSynced(server: Server, leader: Leader, verifier: QuorumVerifier): boolean {
  const synced: Sid[] = isVoter(verifier, sidOf(server)) ? [sidOf(server)] : [];
  for (const handler of leader.handlers.values()) {
    if (!handler.forwarding || handler.type !== 'participant' || handler.sid === null) continue;
    if (isSynced(leader, handler)) synced.push(handler.sid);
  }
  return containsQuorum(verifier, synced);
}
