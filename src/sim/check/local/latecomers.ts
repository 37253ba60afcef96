/**
 * D.2, as far as an election can be held to it at once: a server that has the word of a leader and
 * the votes of a majority for it goes and follows, and does not ask everybody again first.
 */
import {
  isBetterVote,
  isSameVote,
  type CastVote,
} from '../../../core/quorum/fast-leader-election.ts';
import { hasAllQuorums } from '../../../core/quorum/quorum-verifier.ts';
import { verifiersOf } from '../../../core/quorum/reconfig.ts';
import { configOf, type Server } from '../../../core/server-context.ts';
import type { Sid } from '../../../core/units.ts';
import { MEMBER_JOINS } from '../liveness/d2-member-joins.ts';
import { text } from '../text.ts';
import { find, type Findings } from './findings.ts';

/** It is LOOKING after its turn. While it waits for a better vote it is on its way already. */
export function checkStillLooking(findings: Findings, server: Server): void {
  const { phase, recvset, outofelection } = server.election;
  // What is a majority may have changed since the last vote was counted.
  if (phase !== 'waiting' || configOf(server).reconfigEnabled) return;
  for (const [leader, word] of outofelection) {
    if (word.state !== 'LEADING' || word.leader !== leader) continue;
    const outside = agreeing(outofelection, word, false);
    if (isMajority(server, outside)) say(findings, leader, outside);
  }
  for (const [leader, word] of recvset) {
    if (word.state !== 'LEADING' || word.leader !== leader || !isOwn(server, word)) continue;
    // A better vote ends the wait on the way out: that of a follower of the leader's new epoch, too,
    // while the leader itself has not been heard of since.
    if ([...recvset.values()].some((vote) => isBetterVote(vote, word))) continue;
    // A vote of somebody who looks as well may be undone by the next one, as late as it is.
    const decided = new Map(
      [...recvset].filter(([sid, vote]) => sid === findings.sid || vote.state !== 'LOOKING'),
    );
    const inRound = agreeing(decided, word, true);
    if (isMajority(server, inRound)) say(findings, leader, inRound);
  }
}

function agreeing(
  votes: ReadonlyMap<Sid, CastVote>,
  word: CastVote,
  strict: boolean,
): readonly Sid[] {
  return [...votes].filter(([, vote]) => isSameVote(vote, word, strict)).map(([sid]) => sid);
}

function isMajority(server: Server, sids: readonly Sid[]): boolean {
  return hasAllQuorums(verifiersOf(server), sids);
}

/** It votes for that leader itself, and in that leader's round. */
function isOwn(server: Server, word: CastVote): boolean {
  const { proposed, logicalclock } = server.election;
  return isSameVote({ ...proposed, electionEpoch: logicalclock, state: 'LOOKING' }, word);
}

function say(findings: Findings, leader: Sid, sids: readonly Sid[]): void {
  const who = sids.map(String).join(', ');
  const why = text`Server ${findings.sid} knows from server ${leader} that it leads, and that
    servers ${who} are for it, which is a majority; and yet it goes on looking for a leader.`;
  find(findings, MEMBER_JOINS, why);
}
