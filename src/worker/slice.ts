/** Runs windows of a world until a bound: virtual time, the wall's time, or a step's end. */
import type { Micros } from '../core/units.ts';
import { closeWindow, openWindow, settleTime } from '../sim/world.ts';
import type { StepKind } from './api.ts';
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

/** Windows up to `until`, or until `enough` says so. True when virtual time is at `until`. */
export async function runSlice(run: Run, until: Micros, enough: () => boolean): Promise<boolean> {
  await reserve(run, until);
  while (await advance(run, until, Infinity)) {
    if (enough()) return false;
  }
  return true;
}

/** Finishes the instant in the middle of which single steps stopped. */
export async function finishInstant(run: Run): Promise<void> {
  const until = settleTime(run.world);
  while (await advance(run, until, Infinity));
}

export async function stepRun(run: Run, kind: StepKind): Promise<void> {
  const { world } = run;
  const before = counter(run, kind);
  // With all servers down there may be nothing to come.
  const until = (world.now + STEP_SPAN_MAX) as Micros;
  await reserve(run, until);
  for (let n = 0; n < STEP_EVENTS_MAX; n += 1) {
    if (!(await advance(run, until, 1)) || counter(run, kind) !== before) return;
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
