/**
 * Which server a client dials next: the connect string, shuffled once, then in turn. Who has gone
 * all the way round waits a second before the next round, so that a dead ensemble is not hammered.
 *
 * Source: org.apache.zookeeper.client.StaticHostProvider (3.9). Differs: the list of servers does
 * not change in a client's life.
 */
import { assert, defined } from '../assert.ts';
import { draw, drawInt, Purpose } from '../chance.ts';
import type { ProcessId, Sid } from '../units.ts';

export interface HostProvider {
  /** In the order in which they are tried. */
  readonly servers: readonly Sid[];
  /** The one given out last; -1 before the first. */
  index: number;
  /** Where a round ends: the server of the last success; -1 before the first try. */
  roundEnd: number;
}

/** @param generation How many-th session of the process this is: each shuffles afresh. */
export function createHostProvider(
  servers: readonly Sid[],
  seed: number,
  process: ProcessId,
  generation: number,
): HostProvider {
  assert(servers.length > 0, 'a connect string names a server');
  const shuffled = [...servers];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const bits = draw(seed, Purpose.hostShuffle, process, generation * 256 + i);
    const j = drawInt(bits, 0, i);
    const held = defined(shuffled[i], 'a server to swap');
    shuffled[i] = defined(shuffled[j], 'a server to swap');
    shuffled[j] = held;
  }
  return { servers: shuffled, index: -1, roundEnd: -1 };
}

/** `spin`: a whole round has failed, so pause for a second first. */
export function nextHost(hosts: HostProvider): { readonly sid: Sid; readonly spin: boolean } {
  hosts.index = (hosts.index + 1) % hosts.servers.length;
  const spin = hosts.index === hosts.roundEnd;
  if (hosts.roundEnd === -1) hosts.roundEnd = 0;
  return { sid: defined(hosts.servers[hosts.index], 'a server to dial'), spin };
}

export function hostConnected(hosts: HostProvider): void {
  hosts.roundEnd = hosts.index;
}
