import { containsQuorum } from '../../../core/quorum/quorum-verifier.ts';
import { configOf, type Server } from '../../../core/server-context.ts';
import type { Sid } from '../../../core/units.ts';
import type { LocalRun } from '../../local.ts';
import type { Property } from '../ghosts.ts';
import { seconds, serverOf } from './members.ts';

export const QUORUM_LOSS_NOTICED: Property = {
  name: 'D.4',
  title: 'A leader without a quorum gives up in time, and so does a follower without a leader',
};

/** What a role may take to end on top of that: a packet on its way, and a disk that is drained. */
const LEEWAY = 1_000_000;

/** @returns until when a leader that hears of nobody any more may lead, in µs; see Leader.lead. */
export function leaderGivesUpBy(server: Server, since: number): number {
  const { tickTime, syncLimit } = configOf(server);
  return since + (syncLimit + 2) * tickTime * 1000 + LEEWAY;
}

/** Does it lead on, without the others? @param since when it was cut off from all of them. */
export function stillLeads(run: LocalRun, sid: Sid, since: number): string | null {
  const server = serverOf(run, sid);
  if (server?.role.name !== 'leading' || containsQuorum(server.quorumVerifier, [sid])) return null;
  return `Server ${String(sid)} has heard of no other server for ${seconds(run.world.now - since)}, and still leads epoch ${String(server.acceptedEpoch)}.`;
}

/** Does it still follow a leader that it has not heard of since then? */
export function stillFollows(run: LocalRun, sid: Sid, leader: Sid, since: number): string | null {
  const server = serverOf(run, sid);
  if (server?.role.name !== 'learning' || server.role.learner.leader !== leader) return null;
  if (server.zabState !== 'broadcast') return null;
  return `Server ${String(sid)} has not heard of server ${String(leader)} for ${seconds(run.world.now - since)}, and still follows it.`;
}
