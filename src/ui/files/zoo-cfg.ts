/**
 * An ensemble of this page as real ZooKeeper is told of it: a zoo.cfg for each member, and a
 * compose file that starts them all.
 *
 * Source: QuorumPeerConfig (3.9); the entry point of Docker's official image.
 */
import type { EnsembleConfig, ServerSpec } from '../../core/config.ts';
import type { Sid } from '../../core/units.ts';

/** Where the members run: a container each, or all on one machine from the unpacked folder. */
export type Place = 'containers' | 'machine';

const CLIENT_PORT = 2181;
const QUORUM_PORT = 2888;
const ELECTION_PORT = 3888;

export function folderOf(sid: Sid): string {
  return `server${String(sid)}`;
}

/** On one machine each member has ports of its own. */
export function clientPortOf(config: EnsembleConfig, sid: Sid): number {
  return CLIENT_PORT + indexOf(config, sid);
}

function indexOf(config: EnsembleConfig, sid: Sid): number {
  return config.servers.findIndex((server) => server.sid === sid);
}

/** @param trustEmpty it has logs and no snapshot: the server says else that something is broken. */
export function zooCfg(config: EnsembleConfig, sid: Sid, place: Place, trustEmpty = false): string {
  const onMachine = place === 'machine';
  const self = config.servers.find((server) => server.sid === sid);
  const lines = [
    `tickTime=${String(config.tickTime)}`,
    `initLimit=${String(config.initLimit)}`,
    `syncLimit=${String(config.syncLimit)}`,
    `dataDir=${onMachine ? `./${folderOf(sid)}/data` : '/data'}`,
    `minSessionTimeout=${String(config.minSessionTimeout)}`,
    `maxSessionTimeout=${String(config.maxSessionTimeout)}`,
    `4lw.commands.whitelist=${config.fourLetterWords.join(',')}`,
    ...(onMachine ? ['admin.enableServer=false'] : []),
    ...switches(config),
    ...(config.extendedTypesEnabled ? ['extendedTypesEnabled=true'] : []),
    ...(trustEmpty ? ['snapshot.trust.empty=true'] : []),
    ...(self?.type === 'observer' ? ['peerType=observer'] : []),
    ...serverLines(config, sid, place),
  ];
  return `${lines.join('\n')}\n`;
}

function switches(config: EnsembleConfig): readonly string[] {
  const named: readonly (readonly [string, boolean])[] = [
    ['reconfigEnabled', config.reconfigEnabled],
    ['enforceQuota', config.enforceQuota],
    ['localSessionsEnabled', config.localSessionsEnabled],
    ['localSessionsUpgradingEnabled', config.localSessionsUpgradingEnabled],
  ];
  return named.flatMap(([name, on]) => (on ? [`${name}=true`] : []));
}

/** A server alone is told of no servers, and so runs without an ensemble. */
function serverLines(config: EnsembleConfig, sid: Sid, place: Place): readonly string[] {
  const { servers } = config;
  if (servers.length === 1) {
    const port = place === 'machine' ? clientPortOf(config, sid) : CLIENT_PORT;
    return [`clientPort=${String(port)}`];
  }
  const voters = servers.filter(({ type }) => type === 'participant');
  return [
    // One voter with observers is no ensemble to ZooKeeper unless it is told so.
    ...(voters.length === 1 || !config.standaloneEnabled ? ['standaloneEnabled=false'] : []),
    ...servers.map((server) => serverLine(config, server, place)),
    ...groupLines(voters),
  ];
}

function serverLine(config: EnsembleConfig, { sid, type }: ServerSpec, place: Place): string {
  const at = place === 'machine' ? indexOf(config, sid) : 0;
  const host = place === 'machine' ? '127.0.0.1' : folderOf(sid);
  const client = `${place === 'machine' ? '127.0.0.1:' : ''}${String(CLIENT_PORT + at)}`;
  const ports = `${String(QUORUM_PORT + at)}:${String(ELECTION_PORT + at)}`;
  return `server.${String(sid)}=${host}:${ports}:${type};${client}`;
}

function groupLines(voters: readonly ServerSpec[]): readonly string[] {
  const groups = new Map<number, Sid[]>();
  for (const { sid, group } of voters) {
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), sid]);
  }
  return [
    ...[...groups].map(([group, sids]) => `group.${String(group)}=${sids.join(':')}`),
    ...voters.flatMap(({ sid, weight }) =>
      weight === undefined ? [] : [`weight.${String(sid)}=${String(weight)}`],
    ),
  ];
}

/** Each member's port of its own on the machine that runs the containers. */
export function composeFile(config: EnsembleConfig): string {
  const services = config.servers.flatMap(({ sid }) => {
    const name = folderOf(sid);
    return [
      `  ${name}:`,
      '    image: zookeeper:3.9',
      `    hostname: ${name}`,
      '    restart: unless-stopped',
      '    ports:',
      `      - "127.0.0.1:${String(clientPortOf(config, sid))}:${String(CLIENT_PORT)}"`,
      '    volumes:',
      `      - ./${name}/zoo.cfg:/conf/zoo.cfg`,
      `      - ./${name}/data:/data`,
    ];
  });
  return `${['services:', ...services].join('\n')}\n`;
}
