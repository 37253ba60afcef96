/** The lines server.N, group.N and weight.N of zoo.cfg. */
import type { ServerSpec } from '../core/config.ts';
import { ConfigTextError, parseMember, parseSid } from '../core/quorum/config-text.ts';
import type { Sid } from '../core/units.ts';
import { ConfigError } from './config-error.ts';

export function isServerKey(key: string): boolean {
  return key.startsWith('server.') || key.startsWith('group') || key.startsWith('weight');
}

/** @returns by sid; none where the server stands alone. @throws ConfigError */
export function parseServers(
  lines: ReadonlyMap<string, string>,
  name: string,
  warnings: string[],
): readonly ServerSpec[] {
  const groups = new Map<Sid, number>();
  const weights = new Map<Sid, number>();
  const members = new Map<Sid, ServerSpec>();
  for (const [key, value] of lines) {
    const where = `${name}: ${key}=${value}`;
    const number = key.slice(key.indexOf('.') + 1);
    explain(where, () => {
      if (key.startsWith('server.')) members.set(parseSid(number), parseSpec(number, value, where));
      else if (key.startsWith('weight')) weights.set(parseSid(number), parseSid(value));
      else for (const sid of value.split(':')) addToGroup(groups, parseSid(sid), parseSid(number));
    });
  }
  const specs = [...members.values()].map((spec) => {
    const group = groups.get(spec.sid);
    const weight = weights.get(spec.sid);
    return {
      ...spec,
      ...(group === undefined ? {} : { group }),
      ...(weight === undefined ? {} : { weight }),
    };
  });
  check(specs, name, warnings);
  return specs.sort((a, b) => a.sid - b.sid);
}

function parseSpec(number: string, value: string, where: string): ServerSpec {
  const sid = parseSid(number);
  if (sid < 1 || sid > 254) throw new ConfigError(`${where}: a server's id is between 1 and 254`);
  const { type } = parseMember(sid, value);
  const [server = '', ...client] = value.split(';');
  const address = [server.replace(/:(observer|participant)\s*$/i, ''), ...client].join(';');
  return { sid, type, address };
}

function addToGroup(groups: Map<Sid, number>, sid: Sid, group: number): void {
  if (groups.has(sid))
    throw new ConfigTextError('config', `Server ${String(sid)} is in two groups`);
  groups.set(sid, group);
}

function check(specs: readonly ServerSpec[], name: string, warnings: string[]): void {
  const voters = specs.filter(({ type }) => type === 'participant');
  const observers = specs.length - voters.length;
  if (observers > 0 && voters.length === 0) {
    throw new ConfigError(`${name}: Observers w/o participants is an invalid configuration`);
  }
  if (observers > 0 && voters.length === 1) {
    throw new ConfigError(`${name}: Observers w/o quorum is an invalid configuration`);
  }
  const grouped = voters.filter(({ group }) => group !== undefined).length;
  if (grouped > 0 && grouped < voters.length) {
    const left = voters.filter(({ group }) => group === undefined).map(({ sid }) => String(sid));
    throw new ConfigError(`${name}: Server ${left.join(', ')} is not in a group, and others are`);
  }
  if (voters.length === 2) {
    warnings.push('No server failure will be tolerated. You need at least 3 servers.');
  } else if (voters.length > 2 && voters.length % 2 === 0) {
    warnings.push('Non-optimal configuration, consider an odd number of servers.');
  }
}

function explain(where: string, parse: () => void): void {
  try {
    parse();
  } catch (error) {
    if (error instanceof ConfigTextError) throw new ConfigError(`${where}: ${error.message}`);
    throw error;
  }
}
