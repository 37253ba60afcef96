/** `mntr`: one figure a line, for machines. Source: ZooKeeperServer.dumpMonitorValues and those of its roles (3.9). */
import { avgLatency, minLatency } from '../cnxn-stats.ts';
import { approximateDataSize, nodeCount } from '../data-tree/data-tree.ts';
import { watchCount } from '../data-tree/watch-manager.ts';
import { isSynced } from '../quorum/learner-handler.ts';
import type { Leader } from '../quorum/leader.ts';
import { isVoter } from '../quorum/quorum-verifier.ts';
import { stateName } from '../quorum/vote.ts';
import { configOf, sidOf, type Server } from '../server-context.ts';
import { microsToMillis, type Micros } from '../units.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import type { HostFacts } from './host-facts.ts';
import { javaDouble, metricLines } from './metrics.ts';
import { versionLine } from './versions.ts';

export function monitorLines(server: Server, zks: ZooKeeperServer, facts: HostFacts): string[] {
  const { db, metrics } = server;
  const { stats } = zks;
  const uptime = microsToMillis((server.now - stats.startedAt) as Micros);
  const values: (readonly [string, string | number])[] = [
    ['version', versionLine(configOf(server))],
    ['server_state', stateName(zks.kind)],
    ...(zks.kind === 'standalone' ? [] : [['peer_state', peerState(server)] as const]),
    ['ephemerals_count', [...db.tree.ephemerals.values()].reduce((sum, set) => sum + set.size, 0)],
    ['num_alive_connections', zks.cnxns.size],
    ['avg_latency', javaDouble(avgLatency(stats.latency))],
    ['min_latency', minLatency(stats.latency)],
    ['max_latency', stats.latency.max],
    ['outstanding_requests', zks.inProcess],
    ['znode_count', nodeCount(db.tree)],
    ['global_sessions', db.sessions.size],
    ['local_sessions', zks.local?.tracker.sessionsById.size ?? 0],
    ['packets_sent', stats.sent],
    ['packets_received', stats.received],
    ['watch_count', watchCount(db.watches)],
    ['approximate_data_size', approximateDataSize(db.tree)],
    ['digest_mismatches_count', db.tree.digestCheck.mismatches],
    ['connection_drop_probability', '0.0'],
    ['uptime', uptime],
    ...(facts.fileDescriptors === null
      ? []
      : [
          ['open_file_descriptor_count', facts.fileDescriptors.open] as const,
          ['max_file_descriptor_count', facts.fileDescriptors.max] as const,
        ]),
    ...(server.role.name === 'leading' ? leaderValues(server, server.role.leader, uptime) : []),
    ...(zks.kind === 'standalone'
      ? []
      : [['quorum_size', server.quorumVerifier.voters.length] as const]),
  ];
  const lines = values.map(([name, value]) => `${name}\t${String(value)}`);
  return [...lines, ...metricLines(metrics)].map((line) => `zk_${line}`);
}

/** QuorumPeer's peer_state: `following - broadcast`. */
function peerState({ state, zabState, syncMode }: Server): string {
  const parts = [state.toLowerCase()];
  if (zabState !== 'election') parts.push(zabState);
  if (syncMode !== 'NONE') parts.push(syncMode.toLowerCase());
  return parts.join(' - ');
}

function leaderValues(
  server: Server,
  leader: Leader,
  uptime: number,
): (readonly [string, string | number])[] {
  const synced = [...leader.handlers.values()].filter((h) => isSynced(leader, h));
  const voters = synced.filter((h) => h.sid !== null && isVoter(server.quorumVerifier, h.sid));
  const observers = synced.filter((h) => h.type === 'observer');
  const { last, min, max } = leader.proposalSizes;
  return [
    ['learners', [...leader.handlers.values()].filter((h) => h.sid !== sidOf(server)).length],
    ['synced_followers', voters.length],
    ['synced_non_voting_followers', synced.length - voters.length - observers.length],
    ['synced_observers', observers.length],
    ['pending_syncs', [...leader.pendingSyncs.values()].reduce((sum, s) => sum + s.length, 0)],
    ['leader_uptime', uptime],
    ['last_proposal_size', last],
    ['min_proposal_size', min],
    ['max_proposal_size', max],
  ];
}
