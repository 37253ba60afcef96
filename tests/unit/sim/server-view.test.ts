/** What a picture of a server says of its timers. */
import { expect, test } from 'vitest';
import { memberView, runFor } from '../../../src/sim/local.ts';
import { quickStart, quietWorld } from '../../../src/sim/scenarios.ts';
import type { Micros, Sid } from '../../../src/core/units.ts';

test("a follower's syncLimit runs from the last packet it read, not from when it was armed", () => {
  const run = quickStart(quietWorld(1));
  runFor(run, 6_300_000 as Micros);
  const timers = memberView(run, 1 as Sid).server?.timers ?? [];
  const { since, until } = timers.find(({ name }) => name === 'syncLimit') ?? {};
  expect(Number(until) - Number(since)).toBe(10_000_000);
  expect(run.world.now - Number(since)).toBeLessThan(1_100_000);
});
