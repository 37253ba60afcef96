/** Runs windows of a world until a bound: virtual time, the wall's time, or a step's end. */
import type { Micros } from '../core/units.ts';
import type { Action, ActionOutcome } from '../sim/actions.ts';
import { applyAction, closeWindow, openWindow, settleTime } from '../sim/world.ts';
import type { StepKind } from './api.ts';
import { dutyAt, hasBroken, takeDue } from './duties.ts';
import { carryOut, runWindow } from './ensemble.ts';
import { reserve, type Run } from './run.ts';

/** A step that meets nothing of its kind ends after so many events. */
const STEP_EVENTS_MAX = 20_000;

/** One window. False when nothing is due before `until`: the world is then there. */
async function advance(run: Run, until: Micros, limit: number): Promise<boolean> {
  const { world, ensemble } = run;
  const window = openWindow(world, until, limit);
  if (window === null) return false;
  const orders = closeWindow(world, window, await runWindow(ensemble, window));
  if (orders.length > 0) await carryOut(ensemble, orders);
  return true;
}

/** How a slice ended: at its time, before it because that was enough, or at a broken property. */
export type SliceEnd = 'there' | 'enough' | 'broken';

/** Windows up to `until`, or until `enough` says so, and between them what is due by itself. */
export async function runSlice(run: Run, until: Micros, enough: () => boolean): Promise<SliceEnd> {
  const { duties, world } = run;
  await reserve(run, until);
  for (;;) {
    const bound = Math.min(until, dutyAt(duties)) as Micros;
    while (await advance(run, bound, Infinity)) {
      if (hasBroken(duties, world)) return 'broken';
      if (enough()) return 'enough';
    }
    if (dutyAt(duties) > until) return 'there';
    await doDuties(run);
    if (hasBroken(duties, world)) return 'broken';
    if (enough()) return 'enough';
  }
}

async function doDuties(run: Run): Promise<void> {
  await finishInstant(run);
  for (const action of takeDue(run.duties, run.world)) await perform(run, action);
}

/** Does it at the end of what has been delivered. */
export async function perform(run: Run, action: Action): Promise<ActionOutcome> {
  await finishInstant(run);
  const { outcome, orders } = applyAction(run.world, action);
  await reserve(run, run.world.now);
  await carryOut(run.ensemble, orders);
  return outcome;
}

/** Finishes the instant in the middle of which single steps stopped. */
export async function finishInstant(run: Run): Promise<void> {
  const until = settleTime(run.world);
  while (await advance(run, until, Infinity));
}

export async function stepRun(run: Run, kind: StepKind): Promise<void> {
  const { world, duties } = run;
  const before = counter(run, kind);
  // With all servers down there may be nothing to come.
  const until = (world.now + STEP_SPAN_MAX) as Micros;
  await reserve(run, until);
  for (let n = 0; n < STEP_EVENTS_MAX; n += 1) {
    const bound = Math.min(until, dutyAt(duties)) as Micros;
    if (!(await advance(run, bound, 1))) {
      if (dutyAt(duties) > until) return;
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
