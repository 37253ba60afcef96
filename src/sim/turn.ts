/** What one turn of a process does to the world. */
import { assert, unreachable } from '../core/assert.ts';
import type { ExitEffect, LogEffect, Note } from '../core/quorum/peer-io.ts';
import type { Micros, Sid } from '../core/units.ts';
import { applyNetwork, closeAll, endOf, noteDelivered } from './bus.ts';
import { NEVER, unshiftItem, type InFlight } from './channel.ts';
import { checkTurn, type Checker } from './check/checker.ts';
import { checkClientTurn } from './check/client/wire.ts';
import type { Delivery, Inbound, Turn } from './host.ts';
import { hashEffect, hashTurn } from './hash-turn.ts';
import { record } from './trace.ts';
import type { HostOrder, Process, World } from './world-state.ts';

/** How many lines of a server's log, and of a console, are kept. */
export const LOG_LINES_MAX = 200;
export const TRANSCRIPT_MAX = 500;

/** Applies a turn. Returns the effect with which the process ended itself, if it did. */
export function applyTurn(
  world: World,
  process: Process,
  turn: Turn,
  delivery: Delivery | null,
): ExitEffect | null {
  world.cause = world.events++;
  const { hash } = world;
  if (hash !== null) hashTurn(hash, process.id, turn, delivery);
  if (delivery !== null) noteDelivered(world, process, turn.at, delivery.event);
  recordTurn(world, process, turn, delivery);
  let exit: ExitEffect | null = null;
  for (const effect of turn.effects) {
    if (hash !== null) hashEffect(hash, effect);
    switch (effect.kind) {
      case 'connect':
      case 'accept':
      case 'refuse':
      case 'send':
      case 'close':
        applyNetwork(world, process, turn.at, effect);
        break;
      case 'note':
        recordNote(world, process, turn.at, effect.note);
        break;
      case 'log':
        keepLogLine(process, turn.at, effect);
        break;
      case 'exit':
        exit = effect;
        break;
      case 'print':
        process.transcript.push({ at: turn.at, kind: effect.line, text: effect.text });
        trim(process.transcript, TRANSCRIPT_MAX);
        break;
      case 'session':
        recordSession(world, process, turn.at, effect.state);
        break;
      case 'result':
      case 'watch':
      case 'look':
        break;
      case 'setTimer':
      case 'clearTimer':
        assert(false, 'timers stay with their host');
        break;
      default:
        return unreachable(effect);
    }
  }
  if (world.checker !== null && process.kind !== 'world') {
    check(world, world.checker, process, turn, delivery);
  }
  return exit;
}

function check(
  world: World,
  checker: Checker,
  process: Process,
  turn: Turn,
  delivery: Delivery | null,
): void {
  const known = checker.violations.size;
  const event = delivery?.event ?? null;
  if (process.kind === 'client') {
    checkClientTurn(checker, process.id, turn.at, event, turn.effects);
  } else {
    checkTurn(checker, process.id as number as Sid, turn.at, event, turn.effects);
  }
  if (checker.violations.size === known) return;
  for (const [name, violation] of [...checker.violations].slice(known)) {
    const subject = { kind: 'text', text: `${name} is violated: ${violation.why}` } as const;
    violation.event = world.trace.next;
    record(world.trace, turn.at, process.id, 'violation', subject, true);
  }
}

/** A process ended itself at `at`: its kernel closes its connections. */
export function endProcess(
  world: World,
  process: Process,
  at: Micros,
  exit: ExitEffect,
): readonly HostOrder[] {
  process.status = 'down';
  process.since = at;
  process.reason = exit.reason;
  process.nextDue = NEVER;
  closeAll(world, process, at);
  const text = `${process.name} exits with code ${String(exit.code)}: ${exit.reason}`;
  record(world.trace, at, process.id, 'state', { kind: 'text', text }, true);
  // The machine lives on, and with it the page cache: nothing that was written is lost.
  return [{ kind: 'kill', sid: process.id as number as Sid, tail: 'kept' }];
}

/** Puts back on their channels what a process that ended did not handle any more. */
export function returnDeliveries(
  world: World,
  process: Process,
  deliveries: readonly Delivery[],
  from: number,
): void {
  for (let index = deliveries.length - 1; index >= from; index--) {
    const item = deliveries[index] as InFlight;
    const { event } = item;
    const connection = 'conn' in event ? world.connections.get(event.conn) : undefined;
    if (connection === undefined || endOf(connection, process) === 'closed') continue;
    const into = connection.dialler === process ? connection.back : connection.there;
    unshiftItem(into, item);
  }
}

function recordTurn(world: World, process: Process, turn: Turn, delivery: Delivery | null): void {
  const { trace } = world;
  if (delivery === null) {
    const own = turn.own;
    if (own === null) return;
    const kind = own.kind === 'timer' ? 'timer' : own.kind === 'boot' ? 'state' : 'disk';
    if (trace.keep) {
      record(trace, turn.at, process.id, kind, { kind: 'own', event: own }, own.kind === 'boot');
    } else trace.next++;
    return;
  }
  const { event, src } = delivery;
  if (event.kind === 'packet') trace.packets++;
  if (!trace.keep) {
    trace.next++;
    return;
  }
  const kind = kindOf(event);
  record(trace, turn.at, process.id, kind, { kind: 'delivery', src, event }, false);
}

function kindOf(event: Inbound): 'packet' | 'client' | 'disk' | 'state' {
  switch (event.kind) {
    case 'line':
    case 'submit':
    case 'start':
      return 'client';
    case 'disk':
      return 'disk';
    case 'clock':
      return 'state';
    default:
      return 'packet';
  }
}

function recordNote(world: World, process: Process, at: Micros, note: Note): void {
  if (note.note === 'mark') {
    world.marks.set(note.name, (world.marks.get(note.name) ?? 0) + 1);
    return;
  }
  if (note.note === 'violation') {
    record(world.trace, at, process.id, 'violation', { kind: 'note', note }, true);
  } else if (note.note === 'state' || note.note === 'established') {
    world.trace.phases++;
    record(world.trace, at, process.id, 'state', { kind: 'note', note }, true);
  } else if (note.note === 'sessionExpired') {
    record(world.trace, at, process.id, 'client', { kind: 'note', note }, true);
  } else if (note.note === 'config') {
    record(world.trace, at, process.id, 'state', { kind: 'note', note }, true);
  }
}

function recordSession(world: World, process: Process, at: Micros, state: string): void {
  const text = `${process.name} is ${state}`;
  record(world.trace, at, process.id, 'client', { kind: 'text', text }, false);
}

function keepLogLine(process: Process, at: Micros, effect: LogEffect): void {
  const { level, logger, message } = effect;
  process.log.push({ at, level, logger, message });
  trim(process.log, LOG_LINES_MAX);
}

/** Forgets the oldest lines, many at a time. */
function trim(lines: unknown[], keep: number): void {
  if (lines.length > keep * 2) lines.splice(0, lines.length - keep);
}
