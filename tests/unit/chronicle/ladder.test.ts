import { expect, test } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import { createLocalRun, runUntil } from '../../../src/sim/local.ts';
import { addRung, rungBefore, RUNGS_MAX, type Rung } from '../../../src/sim/chronicle/ladder.ts';
import { quietWorld } from '../../../src/sim/scenarios.ts';

test('a ladder has a bound, keeps its first and its latest rungs, and thins out evenly', () => {
  const run = createLocalRun(quietWorld(1, 1), { check: false });
  runUntil(run, 1000 as Micros);
  const ladder: Rung[] = [];
  const steps = 400;
  for (let n = 0; n < steps; n++) {
    // Where it stands is all that matters here.
    run.world.events = n * 5_000;
    addRung(ladder, run);
    expect(ladder.length).toBeLessThanOrEqual(RUNGS_MAX);
  }
  const at = ladder.map(({ moment }) => moment.events);
  expect(at[0]).toBe(0);
  expect(at.at(-1)).toBe((steps - 1) * 5_000);
  const gaps = at.slice(1).map((events, n) => events - (at[n] ?? 0));
  expect(gaps.slice(-15)).toEqual(Array.from({ length: 15 }, () => 5_000));
  // Two million events: no two rungs are further apart than an eighth of a million.
  expect(Math.max(...gaps)).toBeLessThanOrEqual(125_000);
});

test('the rung from which a moment can be reached', () => {
  const run = createLocalRun(quietWorld(1, 1), { check: false });
  const ladder: Rung[] = [];
  for (const events of [0, 10, 20]) {
    run.world.events = events;
    addRung(ladder, run);
  }
  const moment = (events: number) => ({ events, actions: 0, at: 5 as Micros });
  expect(rungBefore(ladder, moment(19))?.moment.events).toBe(10);
  expect(rungBefore(ladder, moment(20))?.moment.events).toBe(20);
  expect(rungBefore(ladder, { ...moment(20), at: -1 as Micros })).toBeNull();
});
