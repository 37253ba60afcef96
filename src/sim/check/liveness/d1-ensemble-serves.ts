import { containsQuorum } from '../../../core/quorum/quorum-verifier.ts';
import type { LocalRun } from '../../local.ts';
import type { Property } from '../ghosts.ts';
import { describeServers, establishedLeader, isWith, seconds } from './members.ts';
import { serverOf, sidsOf } from './members.ts';

/** All servers are up and connected, and so is any quorum: one leads, and a quorum follows it. */
export const ENSEMBLE_SERVES: Property = {
  name: 'D.1',
  title: 'A quorum that is up and connected comes to serve under one leader',
};

/** @returns what is missing; null while the ensemble serves. @param since when the faults ended. */
export function notServing(run: LocalRun, since: number): string | null {
  const leader = establishedLeader(run);
  const waited = seconds(run.world.now - since);
  if (leader === null) {
    return `No fault has been left for ${waited}, but nobody leads: ${describeServers(run)}.`;
  }
  if (leader.role.name === 'standalone') return null;
  const together = sidsOf(run).filter((sid) => {
    const server = serverOf(run, sid);
    return server !== null && isWith(server, leader);
  });
  if (containsQuorum(leader.quorumVerifier, together)) return null;
  const sid = String(leader.settings.sid);
  return `No fault has been left for ${waited}, but no quorum follows server ${sid}, which leads: ${describeServers(run)}.`;
}
