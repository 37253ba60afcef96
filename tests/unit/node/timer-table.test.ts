/** The timers of a server in real time. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import { TimerTable } from '../../../src/node/timer-table.ts';

let now = 0;

vi.mock('../../../src/node/clock.ts', () => ({ monotonicMicros: () => now }));

beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
});

test('a wake-up that comes a little early is tried again', () => {
  const due: (string | null)[] = [];
  const timers = new TimerTable(() => due.push(timers.takeDue(now as Micros)));
  timers.arm('expiry', 10_000 as Micros);
  now = 9_999;
  vi.advanceTimersByTime(10);
  expect(due).toEqual([null]);
  now = 10_001;
  vi.advanceTimersByTime(1);
  expect(due).toEqual([null, 'expiry']);
});

test('a timer that is armed for earlier wakes earlier', () => {
  const due: (string | null)[] = [];
  const timers = new TimerTable(() => due.push(timers.takeDue(now as Micros)));
  timers.arm('tick', 50_000 as Micros);
  timers.arm('tick', 5_000 as Micros);
  now = 5_000;
  vi.advanceTimersByTime(5);
  expect(due).toEqual(['tick']);
});
