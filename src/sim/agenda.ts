/**
 * What a process will do by itself: its armed timers, and the completions of what it started (its
 * boot, its disk). Together with the deliveries of a batch, that is all that ever happens to it.
 */
import type { ServerEvent } from '../core/quorum/peer-io.ts';
import type { Micros } from '../core/units.ts';

export interface Timer {
  readonly name: string;
  at: Micros;
  seq: number;
}

export interface Completion {
  readonly at: Micros;
  readonly seq: number;
  readonly event: ServerEvent;
}

/** Plain data. */
export interface Agenda {
  /** Counts what the process plans, over all its lives: its `seq` as its own source. */
  nextSeq: number;
  readonly timers: Timer[];
  readonly byName: Map<string, Timer>;
  /** The timer due first; null when it must be looked for, or when there is none. */
  firstTimer: Timer | null;
  /** In the order of their times. */
  readonly completions: Completion[];
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
  const timer: Timer = { name, at, seq };
  agenda.byName.set(name, timer);
  agenda.timers.push(timer);
  if (agenda.timers.length === 1) agenda.firstTimer = timer;
  else if (agenda.firstTimer !== null && at < agenda.firstTimer.at) agenda.firstTimer = timer;
}

export function clearTimer(agenda: Agenda, name: string): void {
  const timer = agenda.byName.get(name);
  if (timer !== undefined) removeTimer(agenda, timer);
}

/** Completions are planned in the order in which they will come. */
export function planCompletion(agenda: Agenda, at: Micros, event: ServerEvent): void {
  agenda.completions.push({ at, seq: agenda.nextSeq++, event });
}

export function clearAgenda(agenda: Agenda): void {
  agenda.timers.length = 0;
  agenda.byName.clear();
  agenda.firstTimer = null;
  agenda.completions.length = 0;
}

/** What is due first; null when nothing is planned. */
export function firstOwn(agenda: Agenda): Timer | Completion | null {
  const timer = firstTimer(agenda);
  const completion = agenda.completions[0];
  if (completion === undefined) return timer;
  if (timer === null) return completion;
  if (timer.at !== completion.at) return timer.at < completion.at ? timer : completion;
  return timer.seq < completion.seq ? timer : completion;
}

/** Takes it off the plan. */
export function takeOwn(agenda: Agenda, own: Timer | Completion): ServerEvent {
  if ('event' in own) {
    agenda.completions.shift();
    return own.event;
  }
  removeTimer(agenda, own);
  return { kind: 'timer', name: own.name };
}

function removeTimer(agenda: Agenda, timer: Timer): void {
  agenda.byName.delete(timer.name);
  const index = agenda.timers.indexOf(timer);
  const last = agenda.timers.pop();
  if (last !== undefined && last !== timer) agenda.timers[index] = last;
  if (agenda.firstTimer === timer) agenda.firstTimer = null;
}

function firstTimer(agenda: Agenda): Timer | null {
  if (agenda.firstTimer !== null) return agenda.firstTimer;
  let first: Timer | null = null;
  for (const timer of agenda.timers) {
    if (first === null || timer.at < first.at) first = timer;
    else if (timer.at === first.at && timer.seq < first.seq) first = timer;
  }
  agenda.firstTimer = first;
  return first;
}
