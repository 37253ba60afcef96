/**
 * What a process will do by itself: its armed timers, and the completions of what it started (its
 * boot, its disk). Together with the deliveries of a batch, that is all that ever happens to it.
 */
import type { ServerEvent } from '../core/quorum/peer-io.ts';
import type { Micros } from '../core/units.ts';

/** One thing planned: a timer by its name, or a completion. One shape, for speed. */
export interface Own {
  /** Null for a completion. */
  readonly name: string | null;
  at: Micros;
  seq: number;
  /** The same every time a timer of this name fires. */
  readonly event: ServerEvent;
}

/** Plain data. */
export interface Agenda {
  /** Counts what the process plans, over all its lives: its `seq` as its own source. */
  nextSeq: number;
  readonly timers: Own[];
  readonly byName: Map<string, Own>;
  /** The timer due first; null when it must be looked for, or when there is none. */
  firstTimer: Own | null;
  /** In the order of their times. */
  readonly completions: Own[];
}

/** Own sequence numbers of a later incarnation are greater than those of an earlier one. */
const SEQ_PER_INCARNATION = 2 ** 32;

export function firstSeqOf(incarnation: number): number {
  return incarnation * SEQ_PER_INCARNATION;
}

export function createAgenda(incarnation: number): Agenda {
  return {
    nextSeq: firstSeqOf(incarnation),
    timers: [],
    byName: new Map(),
    firstTimer: null,
    completions: [],
  };
}

/** Arming again replaces. */
export function armTimer(agenda: Agenda, name: string, at: Micros): void {
  const seq = agenda.nextSeq++;
  const known = agenda.byName.get(name);
  if (known !== undefined) {
    if (agenda.firstTimer === known && at >= known.at) agenda.firstTimer = null;
    known.at = at;
    known.seq = seq;
    if (agenda.firstTimer !== null && at < agenda.firstTimer.at) agenda.firstTimer = known;
    return;
  }
  const timer: Own = { name, at, seq, event: { kind: 'timer', name } };
  agenda.byName.set(name, timer);
  agenda.timers.push(timer);
  if (agenda.timers.length === 1) agenda.firstTimer = timer;
  else if (agenda.firstTimer !== null && at < agenda.firstTimer.at) agenda.firstTimer = timer;
}

export function clearTimer(agenda: Agenda, name: string): void {
  const timer = agenda.byName.get(name);
  if (timer !== undefined) removeTimer(agenda, timer, name);
}

/** Completions are planned in the order in which they will come. */
export function planCompletion(agenda: Agenda, at: Micros, event: ServerEvent): void {
  agenda.completions.push({ name: null, at, seq: agenda.nextSeq++, event });
}

export function clearAgenda(agenda: Agenda): void {
  agenda.timers.length = 0;
  agenda.byName.clear();
  agenda.firstTimer = null;
  agenda.completions.length = 0;
}

/** What is due first; null when nothing is planned. */
export function firstOwn(agenda: Agenda): Own | null {
  const timer = agenda.firstTimer ?? firstTimer(agenda);
  const completion = agenda.completions[0];
  if (completion === undefined) return timer;
  if (timer === null) return completion;
  if (timer.at !== completion.at) return timer.at < completion.at ? timer : completion;
  return timer.seq < completion.seq ? timer : completion;
}

/** Takes what `firstOwn` found off the plan. */
export function takeOwn(agenda: Agenda, own: Own): ServerEvent {
  if (own.name === null) agenda.completions.shift();
  else removeTimer(agenda, own, own.name);
  return own.event;
}

function removeTimer(agenda: Agenda, timer: Own, name: string): void {
  agenda.byName.delete(name);
  const index = agenda.timers.indexOf(timer);
  const last = agenda.timers.pop();
  if (last !== undefined && last !== timer) agenda.timers[index] = last;
  if (agenda.firstTimer === timer) agenda.firstTimer = null;
}

function firstTimer(agenda: Agenda): Own | null {
  let first: Own | null = null;
  for (const timer of agenda.timers) {
    if (first === null || timer.at < first.at) first = timer;
    else if (timer.at === first.at && timer.seq < first.seq) first = timer;
  }
  agenda.firstTimer = first;
  return first;
}
