/** Toy processes on the real world: a test says what each does with an event, and reads a diary. */
import type { Inbound, Outbound, StepResult } from '../../../src/sim/host.ts';
import type { NetworkEffect, TimerEffect } from '../../../src/core/quorum/peer-io.ts';
import { makeConnId, type ConnId, type Micros, type ProcessId } from '../../../src/core/units.ts';
import type { Action, ActionOutcome, WorldConfig } from '../../../src/sim/actions.ts';
import {
  armTimer,
  clearTimer,
  createAgenda,
  planCompletion,
  type Agenda,
} from '../../../src/sim/agenda.ts';
import { runBatch, type Hosted } from '../../../src/sim/process-loop.ts';
import { quietWorld } from '../../../src/sim/scenarios.ts';
import {
  applyAction,
  bootOrders,
  closeWindow,
  createWorld,
  openWindow,
  settleTime,
  type HostOrder,
  type World,
} from '../../../src/sim/world.ts';
import { EMPTY_DISK } from '../../../src/core/txn-log/disk-image.ts';
import type { Message } from '../../../src/core/quorum/peer-io.ts';
import type { ExitEffect } from '../../../src/core/quorum/peer-io.ts';

export type ToyEffect = NetworkEffect | TimerEffect | ExitEffect;
export type Behaviour = (self: number, event: Inbound, at: Micros) => readonly ToyEffect[];

interface ToyHost extends Hosted {
  readonly agenda: Agenda;
}

export interface Toy {
  readonly world: World;
  readonly hosts: Map<ProcessId, ToyHost>;
  /** Everything that happened: `at process kind …`. */
  readonly diary: string[];
  /** Effects to be done by a process at its next wake-up. */
  readonly behaviour: Behaviour;
  readonly limit: number;
}

export function id(n: number): ProcessId {
  return n as ProcessId;
}

/** The nth connection that `from` dials. */
export function conn(from: number, n = 0): ConnId {
  return makeConnId(id(from), 0, n);
}

/** A message that carries a number. */
export function say(n: number): Message {
  return { kind: 'request', xid: n, request: { op: 'ping' } };
}

export function send(on: ConnId, n: number): ToyEffect {
  return { kind: 'send', conn: on, message: say(n) };
}

export function dial(on: ConnId, to: number): ToyEffect {
  return { kind: 'connect', conn: on, to: id(to), port: 'quorum' };
}

export function timer(name: string, after: number): ToyEffect {
  return { kind: 'setTimer', name, after: after as Micros };
}

export interface ToyOptions {
  readonly processes?: number;
  readonly seed?: number;
  readonly single?: boolean;
  /** Fixed latency unless `max` is given. */
  readonly latency?: readonly [number, number];
  readonly tcpTimeout?: number;
}

export function createToy(behaviour: Behaviour, options: ToyOptions = {}): Toy {
  const { processes = 2, seed = 1, single = false } = options;
  const [min, max] = options.latency ?? [1000, 1000];
  const config: WorldConfig = {
    ...quietWorld(seed, processes),
    latency: { min: min as Micros, max: max as Micros },
    tcpTimeout: (options.tcpTimeout ?? 1_000_000) as Micros,
  };
  const toy: Toy = {
    world: createWorld(config, { check: false }),
    hosts: new Map(),
    diary: [],
    behaviour,
    limit: single ? 1 : Infinity,
  };
  for (const order of bootOrders(toy.world)) obey(toy, order);
  return toy;
}

export function act(toy: Toy, action: Action): ActionOutcome {
  runTo(toy, settleTime(toy.world));
  const { outcome, orders } = applyAction(toy.world, action);
  for (const order of orders) obey(toy, order);
  return outcome;
}

export function runTo(toy: Toy, until: number): void {
  const { world } = toy;
  for (;;) {
    const window = openWindow(world, until as Micros, toy.limit);
    if (window === null) return;
    const results = new Map<ProcessId, StepResult>();
    const pages: [number, number, string][] = [];
    for (const [process, batch] of window.batches) {
      const host = toy.hosts.get(process);
      if (host === undefined) throw new Error(`no host ${String(process)}`);
      const write = (at: Micros, event: Inbound): void => {
        pages.push([at, process, `${String(at)} ${String(process)} ${wordsFor(event)}`]);
      };
      results.set(
        process,
        runBatch(host, batch, (h, at, event) => react(toy, h, at, event, write)),
      );
    }
    pages.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    for (const [, , page] of pages) toy.diary.push(page);
    for (const order of closeWindow(world, window, results)) obey(toy, order);
  }
}

/** The diary of one process, without boots. */
export function diaryOf(toy: Toy, process: number): readonly string[] {
  return toy.diary.filter(
    (page) => page.split(' ')[1] === String(process) && !page.includes('boot'),
  );
}

function wordsFor(event: Inbound): string {
  switch (event.kind) {
    case 'packet':
      return `got ${'xid' in event.message ? String(event.message.xid) : '?'}`;
    case 'timer':
      return `timer ${event.name}`;
    default:
      return event.kind;
  }
}

function react(
  toy: Toy,
  host: ToyHost,
  at: Micros,
  event: Inbound,
  write: (at: Micros, event: Inbound) => void,
): readonly Outbound[] {
  write(at, event);
  const effects: Outbound[] = [];
  for (const effect of toy.behaviour(host.self, event, at)) {
    if (effect.kind === 'setTimer') {
      armTimer(host.agenda, effect.name, (at + effect.after) as Micros);
    } else if (effect.kind === 'clearTimer') {
      clearTimer(host.agenda, effect.name);
    } else {
      if (effect.kind === 'close' || effect.kind === 'refuse') host.gone.push(effect.conn);
      if (effect.kind === 'exit') host.ended = true;
      effects.push(effect);
    }
  }
  return effects;
}

function obey(toy: Toy, order: HostOrder): void {
  if (order.kind === 'kill') {
    toy.hosts.delete(id(order.sid));
  } else if (order.kind === 'boot') {
    const agenda = createAgenda(order.incarnation);
    planCompletion(agenda, order.at, { kind: 'boot', image: EMPTY_DISK });
    const self = id(order.sid);
    toy.hosts.set(self, { self, agenda, gone: [], ended: false });
  }
}
