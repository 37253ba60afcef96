/**
 * Programs in the run: each has its turns between two windows, and the world waits for it as long
 * as a turn may take. So a program takes no part in when things happen; see sim/program.
 */
import type { Micros } from '../core/units.ts';
import type { Action, ActionOutcome } from '../sim/actions.ts';
import type { ProgramAnswer, ProgramEnd, ProgramTurn } from '../sim/program/model.ts';
import {
  actionOf,
  createProgram,
  hear,
  lastActions,
  noteOutcome,
  takeAnswer,
  takeTurn,
  turnAt,
  wasKilled,
  type Program,
} from '../sim/program/program.ts';
import type { World } from '../sim/world.ts';

/** Milliseconds of the wall that a program may compute in one turn. */
export const TURN_MAX = 2_000;

/** The program's end of the line. */
export interface ProgramPort {
  /** Null when it does not answer in time, or is hung up on. */
  ask(turn: ProgramTurn): Promise<ProgramAnswer | null>;
  /** What is under way is answered with null. */
  hangUp(): void;
}

export interface SeatedProgram {
  readonly id: number;
  readonly program: Program;
  readonly port: ProgramPort;
  readonly ended: (end: ProgramEnd) => void;
}

type Perform = (action: Action) => Promise<ActionOutcome>;

export function seatProgram(
  world: World,
  id: number,
  port: ProgramPort,
  ended: (end: ProgramEnd) => void,
): SeatedProgram {
  return { id, program: createProgram(world), port, ended };
}

/** When the next turn of any is due; Infinity for never. */
export function programsAt(programs: readonly SeatedProgram[], world: World): Micros {
  let due = Infinity;
  for (const { program } of programs) due = Math.min(due, turnAt(program, world));
  return due as Micros;
}

export function tellPrograms(
  programs: readonly SeatedProgram[],
  world: World,
  results: Parameters<typeof hear>[2],
): void {
  for (const { program } of programs) hear(program, world, results);
}

/** The turns that are due now, in the order in which the programs began. */
export async function takeTurns(
  programs: SeatedProgram[],
  world: World,
  perform: Perform,
): Promise<void> {
  for (const seat of [...programs]) {
    const { program, port } = seat;
    if (turnAt(program, world) > world.now) continue;
    const answer = await port.ask(takeTurn(program, world));
    if (answer === null) {
      await endProgram(programs, world, seat, program.end ?? 'tooLong', perform);
      continue;
    }
    for (const order of takeAnswer(program, answer)) {
      const action = actionOf(program, world, order);
      if (action === null) continue;
      const outcome = await perform(action);
      noteOutcome(program, world, order, action, outcome.ok ? null : outcome.reason);
    }
    if (program.end !== null) await endProgram(programs, world, seat, program.end, perform);
  }
}

/** Behind a deed that may have killed a process. */
export async function endKilled(
  programs: SeatedProgram[],
  world: World,
  perform: Perform,
): Promise<void> {
  for (const seat of [...programs]) {
    if (seat.program.end !== null || !wasKilled(seat.program, world)) continue;
    await endProgram(programs, world, seat, 'killed', perform);
  }
}

export async function endProgram(
  programs: SeatedProgram[],
  world: World,
  seat: SeatedProgram,
  end: ProgramEnd,
  perform: Perform,
): Promise<void> {
  const place = programs.indexOf(seat);
  if (place < 0) return;
  programs.splice(place, 1);
  seat.program.end = end;
  seat.port.hangUp();
  for (const action of lastActions(seat.program, world)) await perform(action);
  seat.ended(end);
}

/** The run is left: nothing is done to its world any more. */
export function leavePrograms(programs: SeatedProgram[]): void {
  for (const { program, port, ended } of programs.splice(0)) {
    program.end = 'left';
    port.hangUp();
    ended('left');
  }
}
