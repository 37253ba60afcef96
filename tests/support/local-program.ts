/** Programs of clients in a run of one thread: the same API and the same turns as in the page. */
import type { Micros, ProcessId } from '../../src/core/units.ts';
import type { Action, ActionOutcome } from '../../src/sim/actions.ts';
import type { Turn } from '../../src/sim/host.ts';
import { act, runNext, type LocalRun } from '../../src/sim/local.ts';
import type { ProgramEnd, ProgramTurn } from '../../src/sim/program/model.ts';
import {
  endKilled,
  endProgram,
  programsAt,
  seatProgram,
  takeTurns,
  tellPrograms,
  type SeatedProgram,
} from '../../src/worker/programs.ts';
import { Engine } from '../../src/worker/sandbox/engine.ts';
import {
  PROGRAM_NAMES,
  runProgram,
  type ProgramFunction,
} from '../../src/worker/sandbox/program-api.ts';
import type { OutputLine, ProgramResult, Waiting } from '../../src/worker/sandbox/report.ts';

/** One program, as it goes. */
export interface LocalProgram {
  readonly seat: SeatedProgram;
  readonly lines: OutputLine[];
  waiting: readonly Waiting[];
  end: ProgramEnd | null;
  result: ProgramResult | null;
}

export interface Stage {
  readonly run: LocalRun;
  readonly seats: SeatedProgram[];
  readonly programs: LocalProgram[];
}

export const START_TIME = 1_767_225_600_000;

/** Everything that is waiting to go on has gone on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A function made of text has two lines before its first. */
function lineOf({ stack = '' }: Error): number | null {
  const [, line] = /<anonymous>:(\d+):\d+/.exec(stack) ?? [];
  return line === undefined ? null : Number(line) - 2;
}

const AsyncFunction = (async () => Promise.resolve()).constructor as new (
  ...parts: readonly string[]
) => ProgramFunction;

export function createStage(run: LocalRun): Stage {
  return { run, seats: [], programs: [] };
}

/** Begins at once, `of` of them: each has a number of its own. */
export function begin(stage: Stage, text: string, of = 1): readonly LocalProgram[] {
  return Array.from({ length: of }, (_, n) => beginOne(stage, text, n + 1, of));
}

function beginOne(stage: Stage, text: string, number: number, of: number): LocalProgram {
  const { config } = stage.run.world;
  const id = stage.programs.length + 1;
  const settings = { id, number, of, seed: config.seed, startTime: START_TIME };
  const program = new AsyncFunction(...PROGRAM_NAMES, `'use strict';${text}`);
  const engine = new Engine({ settle, lineOf }, (one) => runProgram(program, one, settings));
  const port = {
    ask: async (turn: ProgramTurn) => {
      const answer = await engine.turn(structuredClone(turn));
      const { lines, waiting, result } = engine.report();
      local.lines.push(...lines);
      local.waiting = waiting;
      local.result = result;
      return structuredClone(answer);
    },
    hangUp: () => undefined,
  };
  const seat = seatProgram(stage.run.world, id, port, (end) => {
    local.end = end;
  });
  const local: LocalProgram = { seat, lines: [], waiting: [], end: null, result: null };
  stage.seats.push(seat);
  stage.programs.push(local);
  return local;
}

/** Does it as a person would, between two windows. */
export async function perform(stage: Stage, action: Action): Promise<ActionOutcome> {
  const outcome = act(stage.run, action);
  if (action.kind === 'killClient') {
    await endKilled(stage.seats, stage.run.world, (also) => perform(stage, also));
  }
  return outcome;
}

export async function stop(stage: Stage, { seat }: LocalProgram): Promise<void> {
  const { run, seats } = stage;
  await endProgram(seats, run.world, seat, 'stopped', (action) => perform(stage, action));
}

/** @param step windows no longer than this: a run is the same however it is cut. */
export async function runStage(stage: Stage, until: Micros, step = Infinity): Promise<void> {
  const { run, seats } = stage;
  const { world } = run;
  while (world.now < until || programsAt(seats, world) <= world.now) {
    const due = programsAt(seats, world);
    if (due <= world.now) {
      await takeTurns(seats, world, (action) => perform(stage, action));
      continue;
    }
    const turns = new Map<ProcessId, { turns: Turn[] }>();
    runNext(run, Math.min(until, due, world.now + step) as Micros, ({ process, turn }) => {
      const known = turns.get(process.id) ?? { turns: [] };
      known.turns.push(turn);
      turns.set(process.id, known);
    });
    tellPrograms(seats, world, turns);
  }
}

/** Until all have ended, or so many virtual seconds have passed. */
export async function runToEnd(stage: Stage, seconds: number): Promise<void> {
  const limit = stage.run.world.now + seconds * 1_000_000;
  while (stage.run.world.now < limit && stage.programs.some(({ end }) => end === null)) {
    await runStage(stage, (stage.run.world.now + 10_000) as Micros);
  }
}

export const textOf = ({ lines }: LocalProgram): readonly string[] => lines.map(({ text }) => text);
