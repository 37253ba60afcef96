import { expect, test } from 'vitest';
import { nextUp } from '../../../src/ui/log/next-up.ts';
import { cannedFrame } from '../../component/canned-frames.ts';

test('what comes next is sorted by time, and what waits for ever comes last', () => {
  const rows = nextUp(cannedFrame());
  const times = rows.map((row) => row.at);
  expect(times).toEqual(times.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  expect(rows.at(-1)?.at).toBe(Infinity);
  expect(rows.filter((row) => row.kind === 'timer').length).toBeGreaterThan(0);
  expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
});
