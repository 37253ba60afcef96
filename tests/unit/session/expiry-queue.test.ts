import { expect, test } from 'vitest';
import {
  newExpiryQueue,
  nextDeadline,
  pollExpired,
  removeExpiry,
  roundToNextInterval,
  updateExpiry,
} from '../../../src/core/session/expiry-queue.ts';
import type { Millis } from '../../../src/core/units.ts';

const TICK = 2000 as Millis;

function ms(n: number): Millis {
  return n as Millis;
}

test.each([
  [0, 2000],
  [1, 2000],
  [1999, 2000],
  [2000, 4000],
  [5000, 6000],
])('%i ms is rounded up to %i: a multiple itself to the next one', (time, deadline) => {
  expect(roundToNextInterval(TICK, ms(time))).toBe(deadline);
});

test('a bucket expires whole, at its deadline and not before', () => {
  const queue = newExpiryQueue<string>(TICK);
  updateExpiry(queue, 'a', ms(4000), ms(100)); // 4100
  updateExpiry(queue, 'b', ms(4000), ms(1900)); // 5900
  updateExpiry(queue, 'c', ms(4000), ms(2000)); // 6000
  expect(nextDeadline(queue)).toBe(6000);
  expect(pollExpired(queue, ms(5999))).toEqual([]);
  expect(pollExpired(queue, ms(6000))).toEqual(['a', 'b']);
  expect(nextDeadline(queue)).toBe(8000);
});

test('a touch moves an item only where its bucket changes', () => {
  const queue = newExpiryQueue<string>(TICK);
  updateExpiry(queue, 'a', ms(4000), ms(0));
  updateExpiry(queue, 'b', ms(4000), ms(0));
  updateExpiry(queue, 'a', ms(4000), ms(1999));
  expect([...queue.buckets]).toEqual([[6000, new Set(['a', 'b'])]]);
  updateExpiry(queue, 'a', ms(4000), ms(2001));
  expect([...queue.buckets]).toEqual([
    [6000, new Set(['b'])],
    [8000, new Set(['a'])],
  ]);
});

test('several buckets that are due come out earliest first', () => {
  const queue = newExpiryQueue<string>(TICK);
  updateExpiry(queue, 'late', ms(9000), ms(0));
  updateExpiry(queue, 'early', ms(1000), ms(0));
  expect(pollExpired(queue, ms(20_000))).toEqual(['early', 'late']);
  expect(nextDeadline(queue)).toBeNull();
});

test('what is removed does not expire', () => {
  const queue = newExpiryQueue<string>(TICK);
  updateExpiry(queue, 'a', ms(1000), ms(0));
  removeExpiry(queue, 'a');
  removeExpiry(queue, 'b');
  expect(nextDeadline(queue)).toBeNull();
  expect(pollExpired(queue, ms(10_000))).toEqual([]);
});
