/** The planted violations of `planted-rows.ts`, one by one. */
import { describe, expect, test } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import { firstViolation, propertyViews } from '../../../src/sim/check/checker.ts';
import { broken, check, ensemble } from './notation.ts';
import { PLANTED_ROWS } from './planted-rows.ts';

describe.each(PLANTED_ROWS)('%s', (_, rows) => {
  test.each(rows)('$property: $name', ({ lines, property, why, also = [], voters = 3 }) => {
    const found = broken(check(lines, ensemble(voters)));
    expect(found[property]).toBe(why);
    expect(Object.keys(found).toSorted()).toEqual([property, ...also].toSorted());
  });
});

test('the first violation in time is told with its moment, and stays', () => {
  const checker = check(['1: claim B one', '2: claim A two', '1: claim B three']);
  expect(firstViolation(checker)).toEqual({ name: 'B', why: 'one', at: 1000 });
  const view = propertyViews(checker).find(({ name }) => name === 'A');
  expect(view).toMatchObject({ holds: false, why: 'two', violatedAt: 2000, lastTrueAt: 1000 });
  const other = propertyViews(checker, 5000 as Micros).find(({ name }) => name === 'C.1');
  expect(other).toMatchObject({ holds: true, lastTrueAt: 5000, event: null });
});
