/**
 * Configurations as text: what stands in /zookeeper/config, in NEWLEADER, in votes, and in what
 * `reconfig` is given.
 *
 *   server.1=host:2888:3888:participant;0.0.0.0:2181
 *   group.1=1:2:3        only with groups and weights
 *   weight.1=2
 *   version=100000004    hexadecimal, without a line end
 *
 * Source: quorum.flexible.QuorumMaj, QuorumHierarchical, QuorumPeer.QuorumServer,
 * QuorumPeerConfig.parseDynamicConfig (3.9).
 */
import { addressOf, type EnsembleConfig, type LearnerType, type ServerSpec } from '../config.ts';
import type { Sid } from '../units.ts';
import { ZXID_ZERO, type Zxid } from '../zxid.ts';
import { javaMapOrder, parseJavaProperties, splitAsJava } from './java-text.ts';
import type { Hierarchy, QuorumMember, QuorumVerifier } from './quorum-verifier.ts';

/**
 * A text that is no configuration. `config` is ZooKeeper's ConfigException; `argument` are Java's
 * own exceptions for numbers and arguments, which a server does not expect there.
 */
export class ConfigTextError extends Error {
  readonly kind: 'config' | 'argument';
  constructor(kind: 'config' | 'argument', message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The order of members that Java has in a map, or the one in which they are given. */
export type MemberOrder = { readonly capacity: number } | 'asGiven';

const FRESH_MAP: MemberOrder = { capacity: 16 };

export function newVerifier(
  members: readonly QuorumMember[],
  hierarchy: Hierarchy | null,
  version: Zxid,
  order: MemberOrder = FRESH_MAP,
): QuorumVerifier {
  const sids = members.map((m) => m.sid);
  const sorted =
    order === 'asGiven'
      ? members
      : javaMapOrder(sids, order.capacity).flatMap((sid) => members.filter((m) => m.sid === sid));
  const voters = sorted.filter((m) => m.type === 'participant').map((m) => m.sid);
  const text = printConfig(sorted, hierarchy, version);
  return { version, members: sorted, voters, hierarchy, text };
}

/** The same configuration under another version: initial ones are given one when agreed on. */
export function withVersion(verifier: QuorumVerifier, version: Zxid): QuorumVerifier {
  const text = printConfig(verifier.members, verifier.hierarchy, version);
  return { ...verifier, version, text };
}

function printConfig(
  members: readonly QuorumMember[],
  hierarchy: Hierarchy | null,
  version: Zxid,
): string {
  const lines = members.map((m) => `server.${String(m.sid)}=${printMember(m)}`);
  if (hierarchy !== null) {
    for (const id of javaMapOrder([...hierarchy.groups.keys()])) {
      const sids = hierarchy.groups.get(id) ?? [];
      lines.push(`group.${String(id)}=${javaMapOrder(sids).join(':')}`);
    }
    for (const sid of javaMapOrder([...hierarchy.weights.keys()])) {
      lines.push(`weight.${String(sid)}=${String(hierarchy.weights.get(sid) ?? 0)}`);
    }
  }
  lines.push(`version=${BigInt.asUintN(64, version).toString(16)}`);
  return lines.join('\n');
}

/** QuorumServer.toString: what stands behind `server.N=`. */
export function printMember(member: QuorumMember): string {
  const { host, quorumPort, electionPort, type, client } = member;
  const name = host.includes(':') ? `[${host}]` : host;
  const own = `${name}:${String(quorumPort)}:${String(electionPort)}:${type}`;
  return client === null ? own : `${own};${client}`;
}

/** Cheap: votes and NEWLEADER mostly bring what is known already. */
export function versionOfText(text: string): Zxid {
  const hex = /(?:^|\n)version=([0-9a-fA-F]+)\s*$/.exec(text)?.[1];
  return hex === undefined ? ZXID_ZERO : (BigInt(`0x${hex}`) as Zxid);
}

/** @throws ConfigTextError */
export function parseConfig(
  text: string,
  standaloneEnabled: boolean,
  order?: MemberOrder,
): QuorumVerifier {
  const properties = parseJavaProperties(text);
  let isHierarchical = false;
  for (const key of properties.keys()) {
    if (key.startsWith('group') || key.startsWith('weight')) isHierarchical = true;
    else if (!key.startsWith('server.') && key !== 'version') {
      throw new ConfigTextError('config', `Unrecognised parameter: ${key}`);
    }
  }
  const members: QuorumMember[] = [];
  for (const [key, value] of properties) {
    if (key.startsWith('server.')) members.push(parseMember(parseSid(key.slice(7)), value));
  }
  const version = parseVersion(properties.get('version'));
  const hierarchy = isHierarchical ? parseHierarchy(properties, members) : null;
  checkCounts(members, standaloneEnabled);
  return newVerifier(members, hierarchy, version, order);
}

function parseVersion(text: string | undefined): Zxid {
  if (text === undefined) return ZXID_ZERO;
  if (!/^[0-9a-fA-F]{1,16}$/.test(text)) {
    throw new ConfigTextError('argument', `For input string: "${text}"`);
  }
  return BigInt(`0x${text}`) as Zxid;
}

function checkCounts(members: readonly QuorumMember[], standaloneEnabled: boolean): void {
  const voters = members.filter((m) => m.type === 'participant').length;
  const observers = members.length - voters;
  if (voters === 0 && !standaloneEnabled) {
    throw new ConfigTextError(
      'argument',
      'standaloneEnabled = false then number of participants should be >0',
    );
  }
  if (voters === 0 && observers > 0) {
    throw new ConfigTextError('argument', 'Observers w/o participants is an invalid configuration');
  }
  if (voters === 1 && standaloneEnabled && observers > 0) {
    throw new ConfigTextError('argument', 'Observers w/o quorum is an invalid configuration');
  }
}

/** Long.parseLong, for what can be a server's or a group's number. */
export function parseSid(text: string): Sid {
  if (!/^[+-]?\d{1,15}$/.test(text)) {
    throw new ConfigTextError('argument', `For input string: "${text}"`);
  }
  return Number(text) as Sid;
}

/** `host:quorumPort:electionPort[:type][;[clientHost:]clientPort]`. @throws ConfigTextError */
export function parseMember(sid: Sid, text: string): QuorumMember {
  const [server = '', client, ...rest] = splitAsJava(text, ';');
  if (server.includes('|')) {
    throw new ConfigTextError('config', 'Multiple address feature is disabled');
  }
  const parts = hostAndPorts(server);
  if (parts.length < 3 || parts.length > 4) throw wrongForm(text);
  const [host = '', quorumPort = '', electionPort = '', type] = parts;
  const member: QuorumMember = {
    sid,
    type: type === undefined ? 'participant' : parseType(type),
    host,
    quorumPort: parsePort(host, quorumPort),
    electionPort: parsePort(host, electionPort),
    client: client === undefined || rest.length > 0 ? null : parseClient(client, text),
  };
  if (member.quorumPort === member.electionPort) {
    throw new ConfigTextError('config', 'Client and election port must be different!');
  }
  return member;
}

function parseClient(client: string, text: string): string {
  const parts = hostAndPorts(client);
  if (parts.length > 2) throw wrongForm(text);
  const host = parts.length === 2 ? (parts[0] ?? '') : '0.0.0.0';
  const port = parsePort(host, parts.at(-1) ?? '');
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

function wrongForm(text: string): ConfigTextError {
  const form = 'does not have the form server_config or server_config;client_config';
  return new ConfigTextError('config', `${text} ${form}`);
}

function parseType(text: string): LearnerType {
  const type = text.trim().toLowerCase();
  if (type === 'observer' || type === 'participant') return type;
  throw new ConfigTextError('config', `Unrecognised peertype: ${text}`);
}

function parsePort(host: string, text: string): number {
  if (!/^[+-]?\d{1,10}$/.test(text) || Number(text) > 0x7fff_ffff) {
    throw new ConfigTextError('config', `Address unresolved: ${host}:${text}`);
  }
  const port = Number(text);
  if (port < 0 || port > 0xffff) {
    throw new ConfigTextError('argument', `port out of range:${String(port)}`);
  }
  return port;
}

/** ConfigUtils.getHostAndPort: a host in brackets may hold colons. */
function hostAndPorts(text: string): readonly string[] {
  if (!text.startsWith('[')) return splitAsJava(text, ':');
  const end = text.indexOf(']');
  if (end < 0) throw new ConfigTextError('config', `${text} starts with '[' but has no ']'`);
  if (end + 2 === text.length) {
    throw new ConfigTextError('config', `${text} doesn't have a port after colon`);
  }
  const host = text.slice(1, end);
  return end + 2 < text.length ? [host, ...splitAsJava(text.slice(end + 2), ':')] : [host];
}

function parseHierarchy(
  properties: ReadonlyMap<string, string>,
  members: readonly QuorumMember[],
): Hierarchy {
  const groups = new Map<number, readonly Sid[]>();
  const weights = new Map<Sid, number>();
  const grouped = new Set<Sid>();
  for (const [key, value] of properties) {
    const number = key.slice(key.indexOf('.') + 1);
    if (key.startsWith('group')) {
      const sids = splitAsJava(value, ':').map(parseSid);
      for (const sid of sids) {
        if (grouped.has(sid)) {
          throw new ConfigTextError('config', `Server ${String(sid)}is in multiple groups`);
        }
        grouped.add(sid);
      }
      groups.set(parseSid(number), sids);
    } else if (key.startsWith('weight')) weights.set(parseSid(number), parseSid(value));
  }
  for (const { sid, type } of members) {
    if (type === 'observer') continue;
    if (!grouped.has(sid)) {
      throw new ConfigTextError('config', `Server ${String(sid)}is not in a group`);
    }
    if (!weights.has(sid)) weights.set(sid, 1);
  }
  for (const sid of grouped) {
    if (!weights.has(sid)) throw new ConfigTextError('argument', 'a group has an unknown server');
  }
  return { groups, weights };
}

/**
 * What zoo.cfg says: version 0. A server that waits to join has a view of its own: the others, and
 * itself as an observer, so that it can never be part of a quorum before it is asked to.
 */
export function initialVerifier(config: EnsembleConfig, self: Sid): QuorumVerifier {
  const members: QuorumMember[] = [];
  for (const spec of config.servers) {
    if (spec.joiner === true && spec.sid !== self) continue;
    const type = spec.joiner === true ? 'observer' : spec.type;
    members.push({ ...parseMember(spec.sid, addressOf(spec)), type });
  }
  return newVerifier(members, initialHierarchy(config.servers), ZXID_ZERO);
}

function initialHierarchy(servers: readonly ServerSpec[]): Hierarchy | null {
  const groups = new Map<number, readonly Sid[]>();
  const weights = new Map<Sid, number>();
  for (const { sid, type, group, weight, joiner } of servers) {
    if (group === undefined || type !== 'participant' || joiner === true) continue;
    groups.set(group, [...(groups.get(group) ?? []), sid]);
    weights.set(sid, weight ?? 1);
  }
  return groups.size === 0 ? null : { groups, weights };
}
