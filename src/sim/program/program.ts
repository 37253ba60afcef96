/** A program's seat in the world: what has come for it, when its turn is due, what it has done. */
import type { Micros, ProcessId } from '../../core/units.ts';
import type { Action } from '../actions.ts';
import type { StepResult } from '../host.ts';
import { nextName, nextProcess } from '../new-client.ts';
import { settleTime, type World } from '../world.ts';
import {
  STEPS_MAX,
  type ProgramAnswer,
  type ProgramEnd,
  type ProgramEvent,
  type ProgramOrder,
  type ProgramTurn,
} from './model.ts';

interface Heard {
  readonly due: Micros;
  readonly event: ProgramEvent;
}

/** Plain data. */
export interface Program {
  /** Its sessions' processes, in the order in which they were begun. */
  readonly sessions: { readonly session: number; readonly process: ProcessId }[];
  /** In the order in which it came about. */
  readonly heard: Heard[];
  wakeAt: Micros;
  /** Requests and turns so far. */
  steps: number;
  end: ProgramEnd | null;
}

/** Its first turn is due at once. */
export function createProgram(world: World): Program {
  return { sessions: [], heard: [], wakeAt: settleTime(world), steps: 0, end: null };
}

/**
 * Takes note of what a window brought for the program. It hears of that one least latency later:
 * no window is longer, so that is behind the window, however long it was.
 */
export function hear(
  program: Program,
  world: World,
  results: ReadonlyMap<ProcessId, Pick<StepResult, 'turns'>>,
): void {
  const came: Heard[] = [];
  for (const { session, process } of program.sessions) {
    for (const { at, effects } of results.get(process)?.turns ?? []) {
      const due = (at + world.links.least) as Micros;
      for (const effect of effects) {
        if (effect.kind === 'result' || effect.kind === 'watch' || effect.kind === 'session') {
          came.push({ due, event: { ...effect, session } });
        }
      }
    }
  }
  // Stable: what came to one session stays in its order.
  program.heard.push(...came.sort((a, b) => a.due - b.due));
}

/** When its next turn is due; Infinity for never. A program stands still with any of its processes. */
export function turnAt(program: Program, world: World): Micros {
  const { end, heard, sessions, wakeAt } = program;
  if (end !== null) return Infinity as Micros;
  let due: number = Math.min(heard[0]?.due ?? Infinity, wakeAt);
  for (const { process } of sessions) {
    const known = world.byId.get(process);
    if (known?.status === 'paused') return Infinity as Micros;
    due = Math.max(due, known?.floor ?? 0);
  }
  return due as Micros;
}

/** The turn that is due now. */
export function takeTurn(program: Program, world: World): ProgramTurn {
  const { now } = world;
  const later = program.heard.findIndex(({ due }) => due > now);
  const heard = program.heard.splice(0, later < 0 ? program.heard.length : later);
  if (program.wakeAt <= now) program.wakeAt = Infinity as Micros;
  return { now, events: heard.map(({ event }) => event) };
}

/**
 * What the program's answer to its turn comes to. To be carried out at once, each with its outcome
 * told to `noteOutcome`.
 */
export function takeAnswer(program: Program, answer: ProgramAnswer): readonly ProgramOrder[] {
  program.wakeAt = answer.wakeAt;
  program.steps += 1 + answer.orders.length;
  if (program.steps > STEPS_MAX) program.end = 'tooMany';
  else if (answer.over) program.end = 'over';
  return answer.orders;
}

/**
 * What it comes to; null where the session is gone by now. One that the program kills is not its
 * own any more.
 */
export function actionOf(program: Program, world: World, order: ProgramOrder): Action | null {
  if (order.kind === 'connect') {
    const { servers, sessionTimeout, readOnly } = order;
    const clients = world.processes.filter(({ kind }) => kind === 'client');
    const taken = clients.map(({ id, name }) => ({ process: id, name }));
    return {
      kind: 'addClient',
      process: nextProcess(taken),
      name: nextName(taken),
      servers,
      sessionTimeout,
      console: false,
      readOnly,
    };
  }
  const process = processOf(program, order.session);
  if (process === null || world.byId.get(process)?.status === 'down') return null;
  if (order.kind === 'kill') {
    const gone = program.sessions.findIndex((known) => known.process === process);
    program.sessions.splice(gone, 1);
    return { kind: 'killClient', process };
  }
  const { tag, request } = order;
  return { kind: 'submit', process, tag, request };
}

/** @param reason why the action was refused; null where it took place. */
export function noteOutcome(
  program: Program,
  world: World,
  order: ProgramOrder,
  action: Action,
  reason: string | null,
): void {
  const { session } = order;
  if (reason !== null) {
    const due = (world.now + world.links.least) as Micros;
    program.heard.push({ due, event: { kind: 'refused', session, reason } });
  } else if (action.kind === 'addClient') {
    program.sessions.push({ session, process: action.process });
  }
}

/** Somebody else killed one of its processes: the others die with it. */
export function wasKilled({ sessions }: Program, world: World): boolean {
  return sessions.some(({ process }) => world.byId.get(process)?.status === 'down');
}

/** With a program its processes die. Their sessions live on until they expire. */
export function lastActions({ sessions }: Program, world: World): readonly Action[] {
  return sessions
    .filter(({ process }) => world.byId.get(process)?.status !== 'down')
    .map(({ process }) => ({ kind: 'killClient', process }));
}

function processOf({ sessions }: Program, wanted: number): ProcessId | null {
  return sessions.find(({ session }) => session === wanted)?.process ?? null;
}
