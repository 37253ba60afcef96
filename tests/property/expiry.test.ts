/** Sessions: never expired early, and at most one interval late. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  newExpiryQueue,
  nextDeadline,
  pollExpired,
  removeExpiry,
  updateExpiry,
} from '../../src/core/session/expiry-queue.ts';
import type { Millis } from '../../src/core/units.ts';

const INTERVAL = 100;

/** Small ranges on purpose: deadlines that fall on a bucket's border are where it can go wrong. */
const step = fc.record({
  after: fc.integer({ min: 0, max: 150 }),
  item: fc.integer({ min: 0, max: 4 }),
  act: fc.constantFrom('touch', 'touch', 'touch', 'remove'),
  timeout: fc.constantFrom(1, 99, 100, 101, 250),
});

test('an item expires after its timeout, within one interval, if it is not touched', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const queue = newExpiryQueue<number>(INTERVAL as Millis);
      /** What must happen: when each item's timeout is over. */
      const due = new Map<number, number>();
      let now = 0;

      const pollUntil = (end: number): void => {
        for (;;) {
          const deadline = nextDeadline(queue);
          if (deadline === null || deadline > end) break;
          expect(pollExpired(queue, (deadline - 1) as Millis)).toEqual([]);
          for (const item of pollExpired(queue, deadline)) {
            const time = due.get(item) ?? Infinity;
            expect(deadline).toBeGreaterThan(time);
            expect(deadline - time).toBeLessThanOrEqual(INTERVAL);
            due.delete(item);
          }
        }
        for (const time of due.values()) expect(end - time).toBeLessThan(INTERVAL);
      };

      for (const { after, item, act, timeout } of steps) {
        now += after;
        pollUntil(now);
        if (act === 'touch') {
          updateExpiry(queue, item, timeout as Millis, now as Millis);
          due.set(item, now + timeout);
        } else {
          removeExpiry(queue, item);
          due.delete(item);
        }
        expect(new Set(queue.deadlines.keys())).toEqual(new Set(due.keys()));
      }
      pollUntil(now + 1000);
      expect([due.size, queue.deadlines.size, queue.buckets.size]).toEqual([0, 0, 0]);
    }),
  );
});
