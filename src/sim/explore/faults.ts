/**
 * Kinds of fault, and the mends that undo them. What takes place is chosen by whoever calls, on
 * what the world shows alone: nothing here looks into a server, so a page's monkey can use it as
 * well as the swarm.
 *
 * Only faults that the protocol bears at any moment are here. What takes away from a disk what it
 * had called safe is not among them; see ruin.ts.
 */
import { unreachable } from '../../core/assert.ts';
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import { HEALTHY_DISK, type Action, type DiskFaults } from '../actions.ts';
import { itemsOf, NEVER, type Channel, type InFlight } from '../channel.ts';
import type { Process, World } from '../world-state.ts';

export const FAULT_KINDS = [
  /** The process dies; its kernel closes its connections. */
  'crash',
  /** The machine loses power: nobody is told. */
  'powerLoss',
  'pause',
  'skew',
  'cut',
  'oneWay',
  'partition',
  'slowLink',
  'slowDisk',
  'fullDisk',
  /** One packet, and all behind it, waits until somebody lets it go. */
  'hold',
  'delay',
  'breakConnection',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Draws a whole number, both ends included. */
export interface Chooser {
  between(min: number, max: number): number;
}

/** Null where nothing is there to which it could happen. */
export function faultAction(world: World, choose: Chooser, kind: FaultKind): Action | null {
  switch (kind) {
    case 'crash':
    case 'powerLoss': {
      const server = pick(
        choose,
        servers(world, (p) => p.status !== 'down'),
      );
      return server === null ? null : crashOf(choose, sidOf(server), kind === 'powerLoss');
    }
    case 'pause': {
      const server = pick(
        choose,
        servers(world, (p) => p.status === 'running'),
      );
      return server === null ? null : { kind: 'pause', process: server.id };
    }
    case 'skew': {
      const server = pick(choose, servers(world));
      const skew = (choose.between(-3_600, 3_600) * 10 ** choose.between(3, 6)) as Micros;
      return server === null ? null : { kind: 'skew', process: server.id, skew };
    }
    case 'cut':
    case 'oneWay':
      return cutAction(world, choose, kind === 'cut');
    case 'partition':
      return partitionAction(world, choose);
    case 'slowLink':
      return slowLinkAction(world, choose);
    case 'slowDisk':
    case 'fullDisk':
      return diskAction(world, choose, kind);
    case 'hold':
    case 'delay':
      return packetAction(world, choose, kind);
    case 'breakConnection': {
      const connection = pick(choose, [...world.connections.values()]);
      return connection === null ? null : { kind, conn: connection.id };
    }
    default:
      return unreachable(kind);
  }
}

export function crashOf(choose: Chooser, sid: Sid, silent: boolean): Action {
  const tail = pick(choose, ['chance', 'chance', 'lost', 'kept', 'torn'] as const) ?? 'chance';
  return { kind: 'crash', sid, tail, silent };
}

/** Undoes one thing that a fault of this kind did; null where there is none. */
export function mendAction(world: World, choose: Chooser, kind: FaultKind): Action | null {
  switch (kind) {
    case 'crash':
    case 'powerLoss': {
      const server = pick(
        choose,
        servers(world, (p) => p.status === 'down'),
      );
      if (server === null) return null;
      // A full disk that is still full would end it at once.
      if (server.faults.full) return diskOf(sidOf(server), HEALTHY_DISK);
      return { kind: 'restart', sid: sidOf(server) };
    }
    case 'pause': {
      const paused = world.processes.filter((p) => p.status === 'paused');
      const process = pick(choose, paused);
      return process === null ? null : { kind: 'resume', process: process.id };
    }
    case 'skew': {
      const server = pick(
        choose,
        servers(world, (p) => p.skew !== 0),
      );
      return server === null ? null : { kind: 'skew', process: server.id, skew: 0 as Micros };
    }
    case 'cut':
    case 'oneWay': {
      const link = pick(
        choose,
        [...world.links.byKey.values()].filter(({ cut }) => cut),
      );
      if (link === null) return null;
      return { kind: 'heal', from: link.from, to: link.to, bothWays: kind === 'cut' };
    }
    case 'partition':
      return isAnyLinkCut(world) ? { kind: 'healAll' } : null;
    case 'slowLink': {
      const slow = [...world.links.byKey.values()].filter(({ latency }) => latency !== null);
      const link = pick(choose, slow);
      return link === null
        ? null
        : { kind: 'latency', from: link.from, to: link.to, latency: null };
    }
    case 'slowDisk':
    case 'fullDisk': {
      const server = pick(
        choose,
        servers(world, (p) => p.faults.full || p.faults.slowness !== 1),
      );
      return server === null ? null : diskOf(sidOf(server), HEALTHY_DISK);
    }
    case 'hold':
      return pick(choose, releases(world));
    case 'delay':
    case 'breakConnection':
      return null;
    default:
      return unreachable(kind);
  }
}

/** All that is needed so that no fault is left. Servers that are down start last. */
export function mendAll(world: World): readonly Action[] {
  const actions: Action[] = [];
  if (isAnyLinkCut(world)) actions.push({ kind: 'healAll' });
  for (const { from, to, latency } of world.links.byKey.values()) {
    if (latency !== null) actions.push({ kind: 'latency', from, to, latency: null });
  }
  actions.push(...releases(world));
  for (const process of world.processes) {
    if (process.status === 'paused') actions.push({ kind: 'resume', process: process.id });
  }
  for (const server of servers(world)) {
    const sid = sidOf(server);
    const { faults, skew, status } = server;
    if (faults.full || faults.lying || faults.slowness !== 1) {
      actions.push(diskOf(sid, HEALTHY_DISK));
    }
    if (skew !== 0) actions.push({ kind: 'skew', process: server.id, skew: 0 as Micros });
    if (status === 'down') actions.push({ kind: 'restart', sid });
  }
  return actions;
}

function servers(world: World, fits: (process: Process) => boolean = () => true): Process[] {
  return world.processes.filter((process) => process.kind === 'server' && fits(process));
}

function sidOf(server: Process): Sid {
  return server.id as number as Sid;
}

/** Null from an empty list. */
export function pick<T>(choose: Chooser, items: readonly T[]): T | null {
  return items.length === 0 ? null : (items[choose.between(0, items.length - 1)] ?? null);
}

function cutAction(world: World, choose: Chooser, bothWays: boolean): Action | null {
  const all = servers(world);
  const from = pick(choose, all);
  const to = pick(
    choose,
    all.filter((server) => server !== from),
  );
  return from === null || to === null ? null : { kind: 'cut', from: from.id, to: to.id, bothWays };
}

/** Some of the servers, perhaps with some of the clients, away from the rest. */
function partitionAction(world: World, choose: Chooser): Action | null {
  const group: ProcessId[] = [];
  let rest = 0;
  for (const process of world.processes) {
    if (choose.between(0, 1) === 0) group.push(process.id);
    else rest++;
  }
  return group.length === 0 || rest === 0 ? null : { kind: 'partition', group };
}

function slowLinkAction(world: World, choose: Chooser): Action | null {
  const from = pick(choose, servers(world));
  const to = pick(
    choose,
    world.processes.filter((process) => process !== from),
  );
  if (from === null || to === null) return null;
  const max = choose.between(2_000, 400_000) as Micros;
  const latency = { min: Math.min(500, max) as Micros, max };
  return choose.between(0, 1) === 0
    ? { kind: 'latency', from: from.id, to: to.id, latency }
    : { kind: 'latency', from: to.id, to: from.id, latency };
}

function diskAction(world: World, choose: Chooser, kind: 'slowDisk' | 'fullDisk'): Action | null {
  const server = pick(
    choose,
    servers(world, ({ faults }) => !faults.lying),
  );
  if (server === null) return null;
  const faults: DiskFaults =
    kind === 'fullDisk'
      ? { ...server.faults, full: true }
      : { ...server.faults, slowness: choose.between(2, 100) };
  return diskOf(sidOf(server), faults);
}

function diskOf(sid: Sid, faults: DiskFaults): Action {
  return { kind: 'disk', sid, faults };
}

function isAnyLinkCut(world: World): boolean {
  return [...world.links.byKey.values()].some(({ cut }) => cut);
}

function channelsOf(world: World): Channel[] {
  return [...world.connections.values()].flatMap(({ there, back }) => [there, back]);
}

function packetAction(world: World, choose: Chooser, kind: 'hold' | 'delay'): Action | null {
  const canBe = (item: InFlight): boolean =>
    !item.held && (kind === 'hold' || item.at !== NEVER) && item.event.kind === 'packet';
  const channel = pick(
    choose,
    channelsOf(world).filter((candidate) => itemsOf(candidate).some(canBe)),
  );
  if (channel === null) return null;
  const item = pick(choose, itemsOf(channel).filter(canBe));
  if (item === null) return null;
  const packet = { conn: channel.conn, from: channel.sender.id, index: item.index };
  if (kind === 'hold') return { kind, ...packet };
  return { kind, ...packet, by: choose.between(1_000, 2_000_000) as Micros };
}

function releases(world: World): Action[] {
  return channelsOf(world).flatMap((channel) =>
    itemsOf(channel)
      .filter(({ held }) => held)
      .map(({ index }): Action => {
        return { kind: 'release', conn: channel.conn, from: channel.sender.id, index };
      }),
  );
}
