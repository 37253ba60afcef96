/**
 * The synchronous driver: the whole world and all its hosts in one thread. Tests, benches, the
 * headless simulator and time travel run on it.
 */
import { defined, unreachable } from '../core/assert.ts';
import type { DiskOp } from '../core/quorum/peer-io.ts';
import { EMPTY_DISK, type DiskImage } from '../core/txn-log/disk-image.ts';
import type { Micros, ProcessId, Sid } from '../core/units.ts';
import type { TreeView } from '../core/view.ts';
import type { Zxid } from '../core/zxid.ts';
import type { Action, ActionOutcome, RunRecord, WorldConfig } from './actions.ts';
import type { InFlight } from './channel.ts';
import {
  adoptSession,
  createClientHost,
  killClientHost,
  stepClientHost,
  viewClientHost,
  type ClientHost,
} from './client-host.ts';
import { startOf } from './beginning.ts';
import { damageImage } from './disk.ts';
import type { Inbound, StepResult, Turn } from './host.ts';
import { createLoad, type LoadSpec } from './load.ts';
import {
  crashMember,
  createMember,
  logPartOf,
  stepMember,
  takeCompleted,
  takeDiskWrites,
  treeOf,
  viewMember,
  type MemberHost,
} from './member.ts';
import { logPart, type MemberLogPart } from './log-part.ts';
import { logOfImage, viewOfImage, type HostView } from './member-view.ts';
import { hashText } from './trace-hash.ts';
import {
  applyAction,
  bootOrders,
  closeWindow,
  createWorld,
  openWindow,
  settleTime,
  type HostOrder,
  type Process,
  type TurnObserver,
  type Window,
  type World,
  type WorldOptions,
} from './world.ts';

export interface LocalOptions extends WorldOptions {
  /** What the servers find on their disks; nothing, unless given. */
  readonly images?: ReadonlyMap<Sid, DiskImage>;
  /** Client processes that put a load on the ensemble once they are added. */
  readonly loads?: ReadonlyMap<ProcessId, LoadSpec>;
  /** One event at a time: for tests of the windows. */
  readonly single?: boolean;
}

/** Plain data: `checkpoint` is a clone of it. */
export interface LocalRun {
  readonly world: World;
  readonly hosts: Map<ProcessId, MemberHost | ClientHost>;
  /** Of servers that are down: what a restart will find. */
  readonly images: Map<Sid, DiskImage>;
  readonly loads: ReadonlyMap<ProcessId, LoadSpec>;
  readonly limit: number;
}

export function createLocalRun(config: WorldConfig, options: LocalOptions = {}): LocalRun {
  const run: LocalRun = {
    world: createWorld(config, options),
    hosts: new Map(),
    images: new Map(options.images),
    loads: options.loads ?? new Map<ProcessId, LoadSpec>(),
    limit: options.single === true ? 1 : Infinity,
  };
  for (const order of bootOrders(run.world)) obey(run, order);
  return run;
}

/** A disk operation that a server asked for. */
export type DiskAsk = MemberHost['disk']['pending'][number]['effect'];

/** A turn that was applied. */
export interface Seen {
  /** Its number: the world's `events` are one more from now on. */
  readonly event: number;
  readonly process: Process;
  readonly turn: Turn;
  /** Null for the process's own timer or disk. */
  readonly delivery: InFlight | null;
  /** Its own events from this number on are planned by later turns. */
  readonly planned: number;
  readonly asked: readonly DiskAsk[];
}

export type Observer = (seen: Seen) => void;

/** Takes place at the end of what has been run; what single steps left of that moment runs first. */
export function act(run: LocalRun, action: Action, observe?: Observer): ActionOutcome {
  runUntil(run, settleTime(run.world), observe);
  const { outcome, orders } = applyAction(run.world, action);
  for (const order of orders) obey(run, order);
  return outcome;
}

/** Runs everything that is due before `until`. */
export function runUntil(run: LocalRun, until: Micros, observe?: Observer): void {
  while (runNext(run, until, observe));
}

/** The next window before `until`. False when nothing is due: the world is then there. */
export function runNext(run: LocalRun, until: Micros, observe?: Observer): boolean {
  const window = openWindow(run.world, until, run.limit);
  if (window === null) return false;
  runWindow(run, window, observe);
  return true;
}

export function runFor(run: LocalRun, duration: Micros): void {
  runUntil(run, (run.world.now + duration) as Micros);
}

/** One event. False when nothing is planned at all. */
export function stepOne(run: LocalRun, observe?: Observer): boolean {
  const window = openWindow(run.world, Infinity as Micros, 1);
  if (window === null) return false;
  runWindow(run, window, observe);
  return true;
}

/** One event as it was handled: by whom, what came in (null: its own timer or disk), what it did. */
export interface Handled {
  readonly process: ProcessId;
  readonly event: Inbound | null;
  readonly turn: Turn;
}

/**
 * One event before `until`, and what it did; null when there is none.
 *
 * @param before is told whose event it is, before it is handled.
 */
export function stepHandled(
  run: LocalRun,
  until: Micros,
  before?: (process: ProcessId) => void,
): Handled | null {
  for (;;) {
    const window = openWindow(run.world, until, 1);
    if (window === null) return null;
    if (before !== undefined) for (const process of window.batches.keys()) before(process);
    for (const [process, { turns }] of runWindow(run, window)) {
      const turn = turns[0];
      if (turn === undefined) continue;
      const event = window.batches.get(process)?.deliveries[0]?.event ?? null;
      return { process, event, turn };
    }
  }
}

/** Runs window by window while `predicate` holds, at most to `until`. True if it held no more. */
export function runWhile(
  run: LocalRun,
  predicate: (world: World) => boolean,
  until: Micros,
): boolean {
  while (predicate(run.world)) {
    const window = openWindow(run.world, until, run.limit);
    if (window === null) return !predicate(run.world);
    runWindow(run, window);
  }
  return true;
}

export function traceHash(run: LocalRun): string {
  return run.world.hash === null ? '' : hashText(run.world.hash);
}

/** @param from what it was replayed from, where it did not begin with empty disks. */
export function recordOf(run: LocalRun, { beginning }: Partial<RunRecord> = {}): RunRecord {
  const { config, actions } = run.world;
  const record = { actions: [...actions], until: settleTime(run.world) };
  const begun = beginning === undefined ? {} : { beginning };
  return { version: 1, world: config, ...record, ...begun };
}

/** About to begin as that run did. */
export function beginAgain(record: RunRecord, options: LocalOptions = {}): LocalRun {
  const { world, beginning } = record;
  return createLocalRun(world, { ...options, ...startOf(beginning, world.ensemble.release) });
}

/** The same run again, from nothing but its record. */
export function replay(record: RunRecord, options: LocalOptions = {}): LocalRun {
  const run = beginAgain(record, options);
  for (const { at, action } of record.actions) {
    runUntil(run, at);
    act(run, action);
  }
  runUntil(run, record.until);
  return run;
}

export function checkpoint(run: LocalRun): LocalRun {
  return structuredClone(run);
}

/** A run that goes on from a checkpoint, which stays as it is. */
export function restore(saved: LocalRun): LocalRun {
  return structuredClone(saved);
}

/** What a server shows of itself, or its disk if it is down. */
export function memberView(run: LocalRun, sid: Sid): HostView {
  const host = run.hosts.get(sid as number as ProcessId);
  if (host?.kind === 'member') return viewMember(host);
  const faults = run.world.byId.get(sid as number as ProcessId)?.faults;
  return viewOfImage(run.images.get(sid) ?? EMPTY_DISK, faults);
}

/** What every server's log holds from one zxid to another. */
export function logParts(run: LocalRun, from: Zxid, to: Zxid): readonly MemberLogPart[] {
  return run.world.config.ensemble.servers.map(({ sid }) => {
    const host = run.hosts.get(sid as number as ProcessId);
    if (host?.kind === 'member') return { sid, ...logPartOf(host, from, to) };
    return { sid, ...logPart(logOfImage(run.images.get(sid) ?? EMPTY_DISK), from, to) };
  });
}

export function memberTree(run: LocalRun, sid: Sid): TreeView | null {
  const host = run.hosts.get(sid as number as ProcessId);
  return host?.kind === 'member' ? treeOf(host) : null;
}

export function clientView(run: LocalRun, process: ProcessId): ReturnType<typeof viewClientHost> {
  const host = run.hosts.get(process);
  if (host?.kind !== 'client') throw new RangeError(`there is no client ${String(process)}`);
  return viewClientHost(host);
}

function runWindow(
  run: LocalRun,
  window: Window,
  observe?: Observer,
): ReadonlyMap<ProcessId, StepResult> {
  const results = new Map<ProcessId, StepResult>();
  const plans = new Map<ProcessId, Plan[]>();
  for (const [id, batch] of window.batches) {
    const host = defined(run.hosts.get(id), 'the host of a batch');
    const after = observe === undefined ? undefined : planner(host, plans);
    if (host.kind === 'client') {
      results.set(id, stepClientHost(host, batch, after));
    } else {
      results.set(id, stepMember(host, batch, after));
      // Nobody keeps the files elsewhere.
      takeDiskWrites(host);
      takeCompleted(host);
    }
  }
  const see = observe === undefined ? undefined : seer(run.world, plans, observe);
  for (const order of closeWindow(run.world, window, results, see)) obey(run, order);
  return results;
}

/** What a turn left behind with its host. */
type Plan = Pick<Seen, 'planned' | 'asked'>;

const NOTHING_ASKED: readonly DiskAsk[] = [];

/** Notes behind every turn of a host what the turn planned. */
function planner(
  host: MemberHost | ClientHost,
  plans: Map<ProcessId, Plan[]>,
): (host: MemberHost | ClientHost) => void {
  const list: Plan[] = [];
  plans.set(host.self, list);
  const known = new Set(host.kind === 'member' ? host.disk.pending.map(opOf) : []);
  return (stepped) => {
    let asked = NOTHING_ASKED;
    if (stepped.kind === 'member' && stepped.disk.pending.length > 0) {
      const fresh = stepped.disk.pending.filter((pending) => !known.has(opOf(pending)));
      for (const pending of fresh) known.add(opOf(pending));
      if (fresh.length > 0) asked = fresh.map(({ effect }) => effect);
    }
    list.push({ planned: stepped.agenda.nextSeq, asked });
  };
}

function opOf({ effect }: MemberHost['disk']['pending'][number]): DiskOp {
  return effect.op;
}

function seer(
  world: World,
  plans: ReadonlyMap<ProcessId, readonly Plan[]>,
  observe: Observer,
): TurnObserver {
  return (process, turn, delivery, index) => {
    const plan = defined(plans.get(process.id)?.[index], 'the plan of a turn');
    observe({ event: world.events - 1, process, turn, delivery, ...plan });
  };
}

function obey(run: LocalRun, order: HostOrder): void {
  const { world, hosts, images } = run;
  switch (order.kind) {
    case 'boot': {
      const { sid, incarnation, at } = order;
      const { ensemble, seed, diskLatency } = world.config;
      const check = world.checker !== null;
      const settings = { config: ensemble, sid, seed, incarnation, diskLatency, check };
      const image = images.get(sid) ?? EMPTY_DISK;
      hosts.set(sid as number as ProcessId, createMember(settings, image, at));
      images.delete(sid);
      return;
    }
    case 'kill': {
      const id = order.sid as number as ProcessId;
      const host = hosts.get(id);
      if (host?.kind !== 'member') return;
      images.set(order.sid, crashMember(host, order.tail));
      hosts.delete(id);
      return;
    }
    case 'addClient': {
      const { process, settings } = order;
      const spec = run.loads.get(process);
      const load = spec === undefined ? null : createLoad(spec, world.config.seed, process);
      const client = createClientHost(settings, process, load);
      const other = order.adopts === null ? undefined : hosts.get(order.adopts);
      if (other?.kind === 'client') adoptSession(client, other);
      hosts.set(process, client);
      return;
    }
    case 'killClient': {
      const host = hosts.get(order.process);
      if (host?.kind === 'client') killClientHost(host);
      return;
    }
    case 'wipe':
      images.set(order.sid, EMPTY_DISK);
      return;
    case 'damage':
      images.set(order.sid, damageImage(images.get(order.sid) ?? EMPTY_DISK, order.what));
      return;
    default:
      return unreachable(order);
  }
}
