/** `conf`: what a server runs with. Source: server.ServerConfig, quorum.QuorumZooKeeperServer (3.9). */
import { configOf, sidOf, type Server } from '../server-context.ts';
import { memberOf } from '../quorum/quorum-verifier.ts';
import type { HostFacts } from './host-facts.ts';

export function confLines(server: Server, facts: HostFacts): string[] {
  const config = configOf(server);
  const text = [
    `clientPort=${String(facts.clientPort)}`,
    'secureClientPort=-1',
    `dataDir=${facts.dataDir}`,
    `dataDirSize=${String(facts.dataDirSize)}`,
    `dataLogDir=${facts.dataLogDir}`,
    `dataLogSize=${String(facts.dataLogDirSize)}`,
    `tickTime=${String(config.tickTime)}`,
    `maxClientCnxns=${String(config.maxClientCnxns)}`,
    `minSessionTimeout=${String(config.minSessionTimeout)}`,
    `maxSessionTimeout=${String(config.maxSessionTimeout)}`,
    'clientPortListenBacklog=-1',
    `serverId=${String(server.role.name === 'standalone' ? 0 : sidOf(server))}`,
  ];
  if (server.role.name === 'standalone') return [...text, ''];
  const member = memberOf(server.quorumVerifier, sidOf(server));
  return [
    ...text,
    `initLimit=${String(config.initLimit)}`,
    `syncLimit=${String(config.syncLimit)}`,
    'electionAlg=3',
    `electionPort=${String(member?.electionPort ?? 0)}`,
    `quorumPort=${String(member?.quorumPort ?? 0)}`,
    `peerType=${member?.type === 'observer' ? '1' : '0'}`,
    'membership: ',
    server.quorumVerifier.text,
  ];
}
