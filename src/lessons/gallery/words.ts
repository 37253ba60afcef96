/** The words in which scripts are written: servers, what is done to them, what clients ask. */
import type { EnsembleConfig } from '../../core/config.ts';
import { OPEN_ACL_UNSAFE } from '../../core/jute/data.ts';
import { CreateMode, type Request } from '../../core/jute/proto.ts';
import type { MutantName } from '../../core/mutants.ts';
import type { Micros, Millis, ProcessId, Sid } from '../../core/units.ts';
import { HEALTHY_DISK, type Action, type CrashTail, type DiskFaults } from '../../sim/actions.ts';
import type { Deed, Fields, Script } from '../../sim/explore/script.ts';
import { addClient, clientId, quietWorld } from '../../sim/scenarios.ts';

const text = new TextEncoder();

/** A small, quick ensemble: short ticks, so that what has to time out does so soon. */
export function smallWorld(
  voters = 3,
  ensemble: Partial<EnsembleConfig> = {},
  seed = 1,
): Script['world'] {
  const quick = {
    tickTime: 500 as Millis,
    initLimit: 4,
    syncLimit: 3,
    minSessionTimeout: 1000 as Millis,
    maxSessionTimeout: 10_000 as Millis,
    preAllocSize: 0,
  };
  const world = quietWorld(seed, voters, 0, { ...quick, ...ensemble });
  return { ...world, tcpTimeout: 3_000_000 as Micros };
}

/** The same script with a bug switched on. */
export function withMutant(script: Script, mutant: MutantName): Script {
  const { world } = script;
  return {
    ...script,
    world: { ...world, ensemble: { ...world.ensemble, mutants: [mutant] } },
  };
}

/** The nth client, from 0, of these servers only. */
export function client(n: number, servers: readonly number[], sessionTimeout = 10_000): Action {
  return addClient(n, servers as readonly Sid[], false, sessionTimeout);
}

export function crash(sid: number, tail: CrashTail = 'lost', silent = false): Action {
  return { kind: 'crash', sid: sid as Sid, tail, silent };
}

export function restart(sid: number): Action {
  return { kind: 'restart', sid: sid as Sid };
}

export function cut(from: number, to: number, bothWays = true): Action {
  return { kind: 'cut', from: from as ProcessId, to: to as ProcessId, bothWays };
}

export function heal(from: number, to: number, bothWays = true): Action {
  return { kind: 'heal', from: from as ProcessId, to: to as ProcessId, bothWays };
}

/** Nothing gets from one of these processes to any other, nor back. */
export function partition(group: readonly number[]): Action {
  return { kind: 'partition', group: group as readonly ProcessId[] };
}

export function healAll(): Action {
  return { kind: 'healAll' };
}

/** What `from` sends to `to` takes so many microseconds. */
export function slowLink(from: number, to: number, micros: number): Action {
  const latency = { min: micros as Micros, max: micros as Micros };
  return { kind: 'latency', from: from as ProcessId, to: to as ProcessId, latency };
}

export function disk(sid: number, faults: Partial<DiskFaults>): Action {
  return { kind: 'disk', sid: sid as Sid, faults: { ...HEALTHY_DISK, ...faults } };
}

/** The nth client dies without a word. */
export function killClient(n: number): Action {
  return { kind: 'killClient', process: clientId(n) };
}

/** The nth client asks; its answer comes back under `tag`. */
export function ask(n: number, tag: number, request: Request): Action {
  return { kind: 'submit', process: clientId(n), tag, request };
}

export function create(path: string, data = '', flags: number = CreateMode.PERSISTENT): Request {
  return { op: 'create', path, data: text.encode(data), acl: OPEN_ACL_UNSAFE, flags, ttl: 0 };
}

export function set(path: string, data: string): Request {
  return { op: 'setData', path, data: text.encode(data), version: -1 };
}

/** The first such packet on its way waits, and all that is sent behind it. */
export function hold(from: number, to: number, type: string, where: Fields = {}): Deed {
  return { kind: 'holdPacket', packet: { from, to, type, where } };
}

export function release(from: number, to: number, type: string, where: Fields = {}): Deed {
  return { kind: 'releasePacket', packet: { from, to, type, where } };
}

/** Only if it can be done: whether a server is up may depend on the bug. */
export function attempt(action: Action): Deed {
  return { kind: 'attempt', action };
}

/** A client that is content with a server without a quorum, of these servers only. */
export function readOnlyClient(n: number, servers: readonly number[]): Action {
  const plain = addClient(n, servers as readonly Sid[]);
  return plain.kind === 'addClient' ? { ...plain, readOnly: true } : plain;
}

/** As `create`, but a later kind of transaction: its answer has the Stat as well. */
export function create2(path: string): Request {
  return { op: 'create2', path, data: text.encode(''), acl: OPEN_ACL_UNSAFE, flags: 0, ttl: 0 };
}

/** Two znodes at once, or none. */
export function createBoth(one: string, other: string): Request {
  const op = {
    op: 'create',
    data: text.encode(''),
    acl: OPEN_ACL_UNSAFE,
    flags: 0,
    ttl: 0,
  } as const;
  return {
    op: 'multi',
    ops: [
      { ...op, path: one },
      { ...op, path: other },
    ],
  };
}
