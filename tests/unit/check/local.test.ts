/** Looks at single members: silent in a healthy run, and right about what is planted. */
import { describe, expect, test } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import { recordOf, replay, runFor, traceHash } from '../../../src/sim/local.ts';
import { harvest, livingRun, LOCAL_PLANTS, violations } from './local-plants.ts';

test('a healthy run breaks nothing', () => {
  const run = livingRun();
  runFor(run, 10_000_000 as Micros);
  expect(violations(run)).toEqual({});
});

describe('planted in a living server', () => {
  test.each(LOCAL_PLANTS)('$property: $name', (plant) => {
    expect(harvest(plant)[plant.property]).toMatch(plant.fact);
  });
});

test('whether somebody looks is no part of the run', () => {
  const run = livingRun();
  const record = recordOf(run);
  const checked = replay(record, { check: true });
  const unchecked = replay(record, { check: false });
  expect(traceHash(unchecked)).toBe(traceHash(checked));
  expect(unchecked.world.events).toBe(checked.world.events);
});
