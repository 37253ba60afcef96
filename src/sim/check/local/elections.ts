/**
 * C.27: a server votes for nobody but voters, its round never goes back, and it leaves an election
 * only with a majority of equal votes: its own round's, or those of servers that lead and follow
 * already. It is never elected by the word of servers that speak of another round.
 */
import { isSameVote, type CastVote } from '../../../core/quorum/fast-leader-election.ts';
import { hasAllQuorums } from '../../../core/quorum/quorum-verifier.ts';
import { isValidVoter, verifiersOf } from '../../../core/quorum/reconfig.ts';
import type { Server } from '../../../core/server-context.ts';
import type { Sid } from '../../../core/units.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { find, type Findings } from './findings.ts';

export const ELECTIONS: Property = {
  name: 'C.27',
  title: 'A server votes for voters only, and is elected by a majority of one round',
};

/** It is LOOKING. @param clock Its round after the turn before. */
export function checkOwnVote(findings: Findings, server: Server, clock: number): void {
  const { proposed, logicalclock, phase } = server.election;
  if (phase === 'idle') return;
  // A reconfiguration starts elections afresh, with the first round.
  if (logicalclock < clock && logicalclock > 1) {
    const why = text`Server ${findings.sid} was in round ${clock} of elections, and went back to
      round ${logicalclock}.`;
    find(findings, ELECTIONS, why);
  }
  if (proposed.leader < 0 || isValidVoter(server, proposed.leader)) return;
  const voters = server.quorumVerifier.voters.map(String).join(', ');
  const why = text`Server ${findings.sid} votes for server ${proposed.leader}, but the voters are
    ${voters}.`;
  find(findings, ELECTIONS, why);
}

/** It was LOOKING, and has a role. @param clock Its round after the turn before. */
export function checkElected(findings: Findings, server: Server, clock: number): void {
  const { recvset, outofelection } = server.election;
  const { leader, zxid, electionEpoch, peerEpoch } = server.currentVote;
  const vote: CastVote = { leader, zxid, electionEpoch, peerEpoch, state: 'FOLLOWING' };
  const self = text`Server ${findings.sid} takes server ${leader} for elected`;
  const inRound = agreeing(recvset, vote);
  const outside = agreeing(outofelection, vote);
  const verifiers = verifiersOf(server);
  // To join somebody who leads already, a configuration that is only under way does not count.
  const toJoin = leader === findings.sid ? verifiers : [server.quorumVerifier];
  if (!hasAllQuorums(verifiers, inRound) && !hasAllQuorums(toJoin, outside)) {
    const who = [...new Set([...inRound, ...outside])].map(String).join(', ');
    const why = text`${self}, but only ${who === '' ? 'nobody' : who} voted so, which is no
      majority.`;
    find(findings, ELECTIONS, why);
  } else if (leader === findings.sid && electionEpoch !== clock) {
    const why = text`${self} by votes of round ${electionEpoch}, but is in round ${clock} itself:
      they speak of an election before its restart.`;
    find(findings, ELECTIONS, why);
  }
}

function agreeing(votes: ReadonlyMap<Sid, CastVote>, vote: CastVote): readonly Sid[] {
  return [...votes].filter(([, other]) => isSameVote(other, vote)).map(([sid]) => sid);
}
