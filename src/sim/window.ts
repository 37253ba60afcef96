/**
 * The scheduler, in two halves: open a window, and close it with what the processes did in it.
 *
 * A window holds everything due before (first event + least latency of any link). Whatever the
 * processes do in it takes effect after its end, so they may run it in parallel. The turns are
 * merged by (at, destination) into the one order that single steps would have produced.
 */
import { assert, defined } from '../core/assert.ts';
import type { ConnId, Micros, ProcessId } from '../core/units.ts';
import { breakStuck, nextBreak } from './bus.ts';
import { NEVER, shiftItem, type InFlight } from './channel.ts';
import type { Batch, Delivery, StepResult, Turn } from './host.ts';
import { applyTurn, endProcess, returnDeliveries } from './turn.ts';
import type { HostOrder, LostItem, Process, World } from './world-state.ts';

export interface Window {
  readonly end: Micros;
  /** Only processes with something to do, by ascending id. */
  readonly batches: ReadonlyMap<ProcessId, Batch>;
  /** One event only: a person steps. */
  readonly single: boolean;
}

/**
 * The next window: never beyond `until` (exclusive). Null when nothing is due before `until`; the
 * world is then at `until`. With limit 1, exactly the event with the least key.
 */
export function openWindow(world: World, until: Micros, limit = Infinity): Window | null {
  for (;;) {
    const process = firstProcess(world);
    const first = process === null ? NEVER : dueOf(process);
    const pendingBreak = nextBreak(world);
    if (Math.min(first, pendingBreak) >= until) {
      if (until !== NEVER && until > world.now) {
        world.now = until;
        world.partial = false;
      }
      return null;
    }
    if (pendingBreak <= first) {
      breakStuck(
        world,
        defined(world.breaks.shift(), 'the break that is due').channel,
        pendingBreak,
      );
      continue;
    }
    if (process === null) return null;
    if (limit === 1) return singleWindow(process, first);
    return wideWindow(world, Math.min(first + world.links.least, until, pendingBreak) as Micros);
  }
}

/**
 * Sees a turn once it has been applied. @param delivery null for the process's own event.
 * @param index which of the process's turns in the window it is.
 */
export type TurnObserver = (
  process: Process,
  turn: Turn,
  delivery: InFlight | null,
  index: number,
) => void;

/**
 * Takes what the processes did, in their batches' order. Returns what the drivers of the hosts must
 * do: a server that ended itself is to be killed.
 */
export function closeWindow(
  world: World,
  window: Window,
  results: ReadonlyMap<ProcessId, StepResult>,
  observe?: TurnObserver,
): readonly HostOrder[] {
  const orders: HostOrder[] = [];
  const runs = runsOf(world, window, results);
  for (let first = runs[0]; first !== undefined && first.at !== NEVER; first = runs[0]) {
    takeTurn(world, first, orders, observe);
    resort(runs, first);
  }
  if (window.single) {
    world.now = (window.end - 1) as Micros;
    world.partial = true;
  } else {
    world.now = window.end;
    world.partial = false;
  }
  return orders;
}

/** A moment before which everything is to be handled before an action can take place. */
export function settleTime(world: World): Micros {
  return world.partial ? ((world.now + 1) as Micros) : world.now;
}

/** When a process has something to do; NEVER while it is paused or down. */
export function dueOf(process: Process): Micros {
  if (process.status !== 'running') return NEVER;
  const head = process.inbox[0];
  let due = process.nextDue;
  if (head !== undefined && head.at < due) due = head.at;
  return due < process.floor ? process.floor : due;
}

/** Who has the event with the least (at, destination): processes are in the order of ids. */
function firstProcess(world: World): Process | null {
  let first: Process | null = null;
  let firstDue: number = NEVER;
  for (const process of world.processes) {
    const due = dueOf(process);
    if (due < firstDue) {
      first = process;
      firstDue = due;
    }
  }
  return first;
}

function singleWindow(process: Process, at: Micros): Window {
  const end = (at + 1) as Micros;
  const head = process.inbox[0];
  const ownFirst =
    head === undefined ||
    process.nextDue < head.at ||
    (process.nextDue === head.at &&
      (process.id < head.src || (process.id === head.src && process.nextSeq < head.seq)));
  const deliveries: Delivery[] = [];
  if (!ownFirst) deliveries.push(defined(shiftItem(head), 'the first item of an inbox'));
  const batch: Batch = { deliveries, end, limit: 1, floor: process.floor };
  return { end, batches: new Map([[process.id, batch]]), single: true };
}

function wideWindow(world: World, end: Micros): Window {
  const batches = new Map<ProcessId, Batch>();
  for (const process of world.processes) {
    if (dueOf(process) >= end) continue;
    const deliveries: Delivery[] = [];
    const { inbox, floor } = process;
    for (let head = inbox[0]; head !== undefined && head.at < end; head = inbox[0]) {
      deliveries.push(defined(shiftItem(head), 'the first item of an inbox'));
    }
    batches.set(process.id, { deliveries, end, limit: Infinity, floor });
  }
  return { end, batches, single: false };
}

/** One process's turns while they are being merged. */
interface Run {
  readonly process: Process;
  readonly batch: Batch;
  readonly turns: readonly Turn[];
  nextTurn: number;
  nextDelivery: number;
  /** The time of the next turn; NEVER behind the last. */
  at: Micros;
}

function runsOf(world: World, window: Window, results: ReadonlyMap<ProcessId, StepResult>): Run[] {
  const runs: Run[] = [];
  for (const [id, batch] of window.batches) {
    const process = defined(world.byId.get(id), 'the process of a batch');
    const result = defined(results.get(id), 'the result of a batch');
    process.nextDue = result.nextDue;
    process.nextSeq = result.nextSeq;
    const { turns } = result;
    const at = turns[0]?.at ?? NEVER;
    runs.push({ process, batch, turns, nextTurn: 0, nextDelivery: 0, at });
  }
  return runs.sort(byTime);
}

function byTime(a: Run, b: Run): number {
  return a.at === b.at ? a.process.id - b.process.id : a.at - b.at;
}

/** The first run's next turn is later now: moves it back to its place among the others. */
function resort(runs: Run[], first: Run): void {
  let place = 0;
  for (let next = runs[1]; next !== undefined; next = runs[place + 1]) {
    if (next.at > first.at || (next.at === first.at && next.process.id > first.process.id)) break;
    runs[place++] = next;
  }
  runs[place] = first;
}

function takeTurn(world: World, run: Run, orders: HostOrder[], observe?: TurnObserver): void {
  const { process, batch, turns } = run;
  const turn = defined(turns[run.nextTurn++], 'the turn that was picked');
  run.at = turns[run.nextTurn]?.at ?? NEVER;
  const delivery = turn.own === null ? deliveryOf(run, turn) : null;
  const exit = applyTurn(world, process, turn, delivery);
  if (world.lost !== null) loseRest(world.lost, run, turn, delivery);
  if (exit !== null) {
    assert(run.at === NEVER, 'a process that ended itself takes no further turn');
    returnDeliveries(world, process, batch.deliveries, run.nextDelivery);
    orders.push(...endProcess(world, process, turn.at, exit));
  }
  observe?.(process, turn, delivery as InFlight | null, run.nextTurn - 1);
}

/** What the window had already taken from connections that this turn ended is lost with them. */
function loseRest(lost: LostItem[], run: Run, turn: Turn, delivery: Delivery | null): void {
  const ended: ConnId[] = [];
  const event = delivery?.event;
  if (event?.kind === 'closed' || event?.kind === 'refused') ended.push(event.conn);
  for (const effect of turn.effects) {
    if (effect.kind === 'close' || effect.kind === 'refuse') ended.push(effect.conn);
  }
  if (ended.length === 0) return;
  const { deliveries } = run.batch;
  for (let index = run.nextDelivery; index < deliveries.length; index++) {
    const item = deliveries[index] as InFlight;
    if (item.event.kind !== 'packet' || !ended.includes(item.event.conn)) continue;
    lost.push({ item, to: run.process.id, at: turn.at });
  }
}

/** The delivery that a turn handled; those before it were for connections closed meanwhile. */
function deliveryOf(run: Run, turn: Turn): Delivery {
  const { deliveries } = run.batch;
  for (;;) {
    const delivery = defined(deliveries[run.nextDelivery++], 'the delivery that a turn handled');
    if (delivery.seq === turn.seq && delivery.src === turn.src) return delivery;
  }
}
