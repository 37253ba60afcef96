/** Runs windows of a world until a bound: virtual time, the wall's time, or a step's end. */
import type { Micros, ProcessId } from '../core/units.ts';
import type { Action, ActionOutcome } from '../sim/actions.ts';
import type { StepResult } from '../sim/host.ts';
import { applyAction, closeWindow, openWindow, settleTime, type Window } from '../sim/world.ts';
import type { StepKind } from './api.ts';
import { dutyAt, hasBroken, takeDue } from './duties.ts';
import { carryOut, runWindow } from './ensemble.ts';
import { isMet, lookAt, packetDue, type GoalWatch } from './goals.ts';
import { endKilled, programsAt, takeTurns, tellPrograms } from './programs.ts';
import { reserve, type Run } from './run.ts';

/** A step that meets nothing of its kind ends after so many events. */
const STEP_EVENTS_MAX = 20_000;

/** A window, and what the processes did in it. */
interface Advance {
  readonly window: Window;
  readonly results: ReadonlyMap<ProcessId, StepResult>;
}

/** One window. Null when nothing is due before `until`: the world is then there. */
async function advance(run: Run, until: Micros, limit: number): Promise<Advance | null> {
  const { world, ensemble } = run;
  const window = openWindow(world, until, limit);
  if (window === null) return null;
  const results = await runWindow(ensemble, window);
  const orders = closeWindow(world, window, results);
  if (orders.length > 0) await carryOut(ensemble, orders);
  tellPrograms(run.programs, world, results);
  return { window, results };
}

/**
 * How a slice ended: at its time, before it because that was enough, at a broken property, or where
 * the goal was met.
 */
export type SliceEnd = 'there' | 'enough' | 'broken' | 'met';

/** Windows up to `until`, or until `enough` says so, and between them what is due by itself. */
export async function runSlice(
  run: Run,
  until: Micros,
  enough: () => boolean,
  watch: GoalWatch | null = null,
): Promise<SliceEnd> {
  const { duties, world } = run;
  await reserve(run, until);
  for (;;) {
    for (;;) {
      // A window may bring something for a program.
      const bound = Math.min(until, nextDuty(run)) as Micros;
      const went = await advanceTowards(run, bound, watch);
      if (went === null) break;
      if (hasBroken(duties, world)) return 'broken';
      if (watch !== null && (await meets(run, watch, went))) return 'met';
      if (enough()) return 'enough';
    }
    if (nextDuty(run) > until) return 'there';
    await doDuties(run);
    if (hasBroken(duties, world)) return 'broken';
    if (watch !== null && (await isMet(watch, world, run.ensemble))) return 'met';
    if (enough()) return 'enough';
  }
}

/** A window that ends before the packet that is waited for, or where it is due, one event. */
function advanceTowards(run: Run, bound: Micros, watch: GoalWatch | null): Promise<Advance | null> {
  if (watch?.goal.kind !== 'packet') return advance(run, bound, Infinity);
  const due = packetDue(watch, run.world);
  if (due >= bound) return advance(run, bound, Infinity);
  return advance(run, due, Infinity).then((went) => went ?? advance(run, bound, 1));
}

async function meets(run: Run, watch: GoalWatch, went: Advance): Promise<boolean> {
  const look = lookAt(watch, run.ensemble, went.window, went.results);
  if (look === 'ask') return isMet(watch, run.world, run.ensemble);
  return look === 'met';
}

/** When somebody does something by itself. */
function nextDuty({ duties, programs, world }: Run): Micros {
  return Math.min(dutyAt(duties), programsAt(programs, world)) as Micros;
}

async function doDuties(run: Run): Promise<void> {
  const { duties, programs, world } = run;
  await finishInstant(run);
  for (const action of takeDue(duties, world)) await perform(run, action);
  await takeTurns(programs, world, (action) => perform(run, action));
}

/** Does it at the end of what has been delivered. */
export async function perform(run: Run, action: Action): Promise<ActionOutcome> {
  await finishInstant(run);
  const { outcome, orders } = applyAction(run.world, action);
  await reserve(run, run.world.now);
  await carryOut(run.ensemble, orders);
  if (action.kind === 'killClient') {
    await endKilled(run.programs, run.world, (also) => perform(run, also));
  }
  return outcome;
}

/** Finishes the instant in the middle of which single steps stopped. */
export async function finishInstant(run: Run): Promise<void> {
  const until = settleTime(run.world);
  while ((await advance(run, until, Infinity)) !== null);
}

export async function stepRun(run: Run, kind: StepKind): Promise<void> {
  const { world, duties } = run;
  const before = counter(run, kind);
  // With all servers down there may be nothing to come.
  const until = (world.now + STEP_SPAN_MAX) as Micros;
  await reserve(run, until);
  for (let n = 0; n < STEP_EVENTS_MAX; n += 1) {
    const bound = Math.min(until, nextDuty(run)) as Micros;
    if ((await advance(run, bound, 1)) === null) {
      if (nextDuty(run) > until) return;
      await doDuties(run);
      // What is done to the world is a step of its own.
      if (kind === 'event' || kind === 'interesting') return;
    }
    if (hasBroken(duties, world) || counter(run, kind) !== before) return;
  }
}

/** How far a step may look, in microseconds. */
const STEP_SPAN_MAX = 60_000_000;

/** It changes when a step of this kind is over. */
function counter(run: Run, kind: StepKind): number {
  const { events, trace } = run.world;
  switch (kind) {
    case 'event':
      return events;
    case 'packet':
      return trace.packets;
    case 'interesting':
      return trace.interesting;
    case 'phase':
      return trace.phases;
  }
}
