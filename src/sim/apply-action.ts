/**
 * Actions: what a person does to the world. Each is checked, stamped with the present, recorded,
 * and carried out on the bus; what concerns the hosts comes back as orders.
 */
import { assert, unreachable } from '../core/assert.ts';
import type { ProcessId, Sid } from '../core/units.ts';
import {
  CLIENT_ID_MIN,
  isBeyondTcp,
  MIN_LATENCY,
  type Action,
  type ActionOutcome,
  type DiskFaults,
} from './actions.ts';
import {
  blockChannel,
  breakBoth,
  closeAll,
  comeBack,
  goDark,
  order,
  unblockChannel,
} from './bus.ts';
import { NEVER } from './channel.ts';
import { checkCrash, checkLyingDisk, checkRuinedDisk } from './check/checker.ts';
import { checkClientKilled } from './check/client/wire.ts';
import { delayItem, dropItem, holdItem, overtakeItem, releaseItem } from './hold.ts';
import { linkOf, setLatency, type Link } from './links.ts';
import { addProcess, createProcess, startProcess } from './process.ts';
import { hashNumber, hashValue } from './trace-hash.ts';
import { record } from './trace.ts';
import { causeOfAction, type HostOrder, type Process, type World } from './world-state.ts';

export interface Applied {
  readonly outcome: ActionOutcome;
  /** To be carried out at once, before the next window. */
  readonly orders: readonly HostOrder[];
}

/** What refuses an action says why; what carries it out gives the orders. */
type Verdict = string | readonly HostOrder[];

const NO_ORDERS: readonly HostOrder[] = [];

/** All that is due before `world.now` has been handled: see `settleTime`. */
export function applyAction(world: World, action: Action): Applied {
  assert(!world.partial, 'an action takes place between two moments');
  world.cause = causeOfAction(world.actions.length);
  const verdict = carryOut(world, action);
  if (typeof verdict === 'string') return { outcome: { ok: false, reason: verdict }, orders: [] };
  world.actions.push({ at: world.now, action });
  if (isBeyondTcp(action)) world.beyondTcp = true;
  if (world.hash !== null) {
    hashNumber(world.hash, world.now);
    hashValue(world.hash, action);
  }
  const kind = action.kind === 'line' || action.kind === 'submit' ? 'client' : 'action';
  const subject = { kind: 'action', action } as const;
  record(world.trace, world.now, processOf(action), kind, subject, kind === 'action');
  return { outcome: { ok: true }, orders: verdict };
}

function carryOut(world: World, action: Action): Verdict {
  switch (action.kind) {
    case 'crash':
      return crash(world, action);
    case 'restart':
      return restart(world, action.sid);
    case 'pause':
    case 'resume':
      return pauseOrResume(world, action.process, action.kind);
    case 'cut':
    case 'heal':
      return cutOrHeal(world, action);
    case 'partition':
      return partition(world, action.group);
    case 'healAll':
      return healAll(world);
    case 'latency':
      return changeLatency(world, action);
    case 'disk':
      return changeDisk(world, action);
    case 'wipe':
    case 'damage':
      return changeFiles(world, action);
    case 'skew':
      return changeClock(world, action);
    case 'addClient':
      return addClient(world, action);
    case 'killClient':
      return killClient(world, action.process);
    case 'line':
    case 'submit':
      return input(world, action);
    case 'hold':
      return holdItem(world, action) ?? NO_ORDERS;
    case 'release':
      return releaseItem(world, action) ?? NO_ORDERS;
    case 'delay':
      return delayItem(world, action) ?? NO_ORDERS;
    case 'drop':
      return dropItem(world, action) ?? NO_ORDERS;
    case 'overtake':
      return overtakeItem(world, action) ?? NO_ORDERS;
    case 'breakConnection': {
      const connection = world.connections.get(action.conn);
      if (connection === undefined) return 'that connection is gone';
      breakBoth(world, connection, world.now);
      return NO_ORDERS;
    }
    default:
      return unreachable(action);
  }
}

type ActionOf<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;

function crash(world: World, action: ActionOf<'crash'>): Verdict {
  const process = serverOf(world, action.sid);
  if (typeof process === 'string') return process;
  if (process.status === 'down') return `${process.name} is down already`;
  stop(world, process, 'crashed');
  process.silent = action.silent;
  if (action.silent) goDark(world, process, world.now);
  else closeAll(world, process, world.now);
  if (world.checker !== null) checkCrash(world.checker, action.sid, world.now);
  return [{ kind: 'kill', sid: action.sid, tail: action.tail }];
}

function restart(world: World, sid: Sid): Verdict {
  const process = serverOf(world, sid);
  if (typeof process === 'string') return process;
  if (process.status !== 'down') return `${process.name} is running`;
  const { now } = world;
  const wasDark = process.silent;
  startProcess(process, process.incarnation + 1, now);
  if (wasDark) comeBack(world, process, now);
  // What is wrong with its machine outlives its process.
  const { faults, skew } = process;
  if (!isHealthy(faults)) order(world, process, now, { kind: 'disk', faults });
  if (skew !== 0) order(world, process, now, { kind: 'clock', skew });
  return [{ kind: 'boot', sid, incarnation: process.incarnation, at: now }];
}

function isHealthy(faults: DiskFaults): boolean {
  return faults.slowness === 1 && !faults.lying && !faults.full;
}

function stop(world: World, process: Process, reason: string): void {
  process.status = 'down';
  process.since = world.now;
  process.reason = reason;
  process.nextDue = NEVER;
}

function pauseOrResume(world: World, id: ProcessId, kind: 'pause' | 'resume'): Verdict {
  const process = world.byId.get(id);
  if (process === undefined) return `there is no process ${String(id)}`;
  if (kind === 'pause') {
    if (process.status !== 'running') return `${process.name} is not running`;
    process.status = 'paused';
  } else {
    if (process.status !== 'paused') return `${process.name} is not paused`;
    process.status = 'running';
    process.floor = world.now;
  }
  process.since = world.now;
  return NO_ORDERS;
}

function cutOrHeal(world: World, action: ActionOf<'cut' | 'heal'>): Verdict {
  const { from, to, bothWays } = action;
  if (!world.byId.has(from) || !world.byId.has(to)) return 'a link needs two processes';
  if (from === to) return 'a process has no link to itself';
  const links = [linkOf(world.links, from, to)];
  if (bothWays) links.push(linkOf(world.links, to, from));
  const cut = action.kind === 'cut';
  if (links.every((link) => link.cut === cut)) {
    return cut ? 'the link is cut already' : 'the link is not cut';
  }
  for (const link of links) setCut(world, link, cut);
  return NO_ORDERS;
}

function partition(world: World, group: readonly ProcessId[]): Verdict {
  const inside = new Set(group);
  if (group.some((id) => !world.byId.has(id))) return 'the group names a process that is not there';
  if (inside.size === 0 || inside.size === world.processes.length) {
    return 'a partition needs processes on both sides';
  }
  for (const a of world.processes) {
    if (!inside.has(a.id)) continue;
    for (const b of world.processes) {
      if (inside.has(b.id)) continue;
      setCut(world, linkOf(world.links, a.id, b.id), true);
      setCut(world, linkOf(world.links, b.id, a.id), true);
    }
  }
  return NO_ORDERS;
}

function healAll(world: World): Verdict {
  const cuts = [...world.links.byKey.values()].filter((link) => link.cut);
  if (cuts.length === 0) return 'no link is cut';
  for (const link of cuts) setCut(world, link, false);
  return NO_ORDERS;
}

function setCut(world: World, link: Link, cut: boolean): void {
  if (link.cut === cut) return;
  link.cut = cut;
  for (const connection of [...world.connections.values()]) {
    for (const channel of [connection.there, connection.back]) {
      if (channel.link !== link) continue;
      if (cut) blockChannel(world, channel, world.now);
      else unblockChannel(world, channel, world.now);
    }
  }
}

function changeLatency(world: World, action: ActionOf<'latency'>): Verdict {
  const { from, to, latency } = action;
  if (!world.byId.has(from) || !world.byId.has(to)) return 'a link needs two processes';
  if (latency !== null) {
    if (latency.min < MIN_LATENCY) return `a latency is at least ${String(MIN_LATENCY)} µs`;
    if (latency.max < latency.min) return 'the largest latency is below the least';
  }
  setLatency(world.links, linkOf(world.links, from, to), latency);
  return NO_ORDERS;
}

function changeDisk(world: World, action: ActionOf<'disk'>): Verdict {
  const process = serverOf(world, action.sid);
  if (typeof process === 'string') return process;
  if (!(action.faults.slowness > 0)) return 'slowness is above 0';
  process.faults = action.faults;
  if (world.checker !== null) checkLyingDisk(world.checker, action.sid, action.faults.lying);
  if (process.status !== 'down') {
    order(world, process, world.now, { kind: 'disk', faults: action.faults });
  }
  return NO_ORDERS;
}

function changeFiles(world: World, action: ActionOf<'wipe' | 'damage'>): Verdict {
  const process = serverOf(world, action.sid);
  if (typeof process === 'string') return process;
  if (process.status !== 'down') return `${process.name} is running: its files are in use`;
  if (world.checker !== null) checkRuinedDisk(world.checker, action.sid);
  return [action];
}

function changeClock(world: World, action: ActionOf<'skew'>): Verdict {
  const process = world.byId.get(action.process);
  if (process === undefined) return `there is no process ${String(action.process)}`;
  process.skew = action.skew;
  if (process.status !== 'down') {
    order(world, process, world.now, { kind: 'clock', skew: action.skew });
  }
  return NO_ORDERS;
}

function addClient(world: World, action: ActionOf<'addClient'>): Verdict {
  const { process: id, name, console, sessionTimeout } = action;
  if (id < CLIENT_ID_MIN) return `client processes are numbered from ${String(CLIENT_ID_MIN)}`;
  if (world.byId.has(id)) return `process ${String(id)} is there already`;
  const adopts = action.adopts ?? null;
  if (adopts !== null && world.byId.get(adopts)?.kind !== 'client') {
    return `there is no client process ${String(adopts)}`;
  }
  const { ensemble, seed } = world.config;
  const all = ensemble.servers.map((server) => server.sid);
  if (action.servers.some((sid) => !all.includes(sid))) return 'a server is not of this ensemble';
  const process = createProcess(id, 'client', name, console, world.now);
  addProcess(world, process);
  order(world, process, world.now, { kind: 'start' });
  const { maxBuffer, startTime } = ensemble;
  const servers = action.servers.length === 0 ? all : action.servers;
  const readOnly = action.readOnly ?? false;
  const settings = { servers, sessionTimeout, console, seed, maxBuffer, startTime, readOnly };
  return [{ kind: 'addClient', process: id, settings, adopts }];
}

function killClient(world: World, id: ProcessId): Verdict {
  const process = world.byId.get(id);
  if (process?.kind !== 'client') return `there is no client process ${String(id)}`;
  if (process.status === 'down') return `${process.name} is dead already`;
  stop(world, process, 'killed');
  closeAll(world, process, world.now);
  if (world.checker !== null) checkClientKilled(world.checker, id, world.now);
  return [{ kind: 'killClient', process: id }];
}

function input(world: World, action: ActionOf<'line' | 'submit'>): Verdict {
  const process = world.byId.get(action.process);
  if (process?.kind !== 'client') return `there is no client process ${String(action.process)}`;
  if (process.status === 'down') return `${process.name} is dead`;
  const { now } = world;
  if (action.kind === 'submit') {
    const { tag, request } = action;
    order(world, process, now, { kind: 'submit', tag, request });
    return NO_ORDERS;
  }
  if (!process.console) return `${process.name} has no console`;
  order(world, process, now, { kind: 'line', line: action.line });
  return NO_ORDERS;
}

function serverOf(world: World, sid: Sid): Process | string {
  const process = world.byId.get(sid as number as ProcessId);
  return process?.kind === 'server' ? process : `there is no server ${String(sid)}`;
}

/** Whose row of the trace it is; 0 for what concerns more than one. */
function processOf(action: Action): ProcessId {
  if ('sid' in action) return action.sid as number as ProcessId;
  if ('process' in action) return action.process;
  if ('from' in action) return action.from;
  return 0 as ProcessId;
}
