import { containsQuorum, isVoter } from '../../../core/quorum/quorum-verifier.ts';
import type { Server } from '../../../core/server-context.ts';
import type { LocalRun } from '../../local.ts';
import type { Property } from '../ghosts.ts';
import { describeServers, establishedLeader, seconds } from './members.ts';
import { serverOf, sidsOf, sidsWith } from './members.ts';

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
  if (containsQuorum(leader.quorumVerifier, sidsWith(run, leader))) return null;
  const sid = String(leader.settings.sid);
  return `No fault has been left for ${waited}, but no quorum follows server ${sid}, which leads: ${describeServers(run)}.`;
}

/**
 * A reconfiguration is under way, and a server that only the next configuration makes a voter is
 * ahead of every voter of the present one: it may not lead, and it does not vote for any of them,
 * because it may have what a quorum of the next has committed. Voters who know the next one follow
 * it in that. So in ZooKeeper, too, whose operator then has to choose a configuration.
 */
export function mayHaveNoLeader(run: LocalRun): boolean {
  const servers = sidsOf(run).flatMap((sid) => serverOf(run, sid) ?? []);
  if (servers.length === 0) return false;
  const { quorumVerifier: present } = latest(servers, (server) => server.quorumVerifier.version);
  const { lastSeenQuorumVerifier: next } = latest(
    servers,
    (server) => server.lastSeenQuorumVerifier.version,
  );
  if (next.version <= present.version) return false;
  const voters = servers.filter((server) => isVoter(present, server.settings.sid));
  return servers.some((server) => {
    const { sid } = server.settings;
    const isNew = isVoter(next, sid) && !isVoter(present, sid);
    return isNew && voters.every((voter) => isAhead(server, voter));
  });
}

function latest(servers: readonly Server[], versionOf: (server: Server) => bigint): Server {
  return servers.reduce((a, b) => (versionOf(b) > versionOf(a) ? b : a));
}

/** In the order of votes: where all else is equal, by sid. */
function isAhead(a: Server, b: Server): boolean {
  if (a.currentEpoch !== b.currentEpoch) return a.currentEpoch > b.currentEpoch;
  const [zxid, other] = [a.db.tree.lastProcessedZxid, b.db.tree.lastProcessedZxid];
  return zxid !== other ? zxid > other : a.settings.sid > b.settings.sid;
}
