/** What the trace keeps: the latest of all, and for longer what is worth seeing. */
import { expect, test } from 'vitest';
import type { Micros, ProcessId } from '../../../src/core/units.ts';
import { createTrace, latestEntries, NOTABLE_MAX, record } from '../../../src/sim/trace.ts';

const SOME = { kind: 'text', text: 'x' } as const;

function note(trace: ReturnType<typeof createTrace>, interesting: boolean): void {
  record(trace, 0 as Micros, 1 as ProcessId, 'state', SOME, interesting);
}

test('an interesting entry outlives thousands that are not, and stands once, in order', () => {
  const trace = createTrace(true);
  note(trace, true);
  for (let i = 0; i < 5000; i++) note(trace, false);
  note(trace, true);
  const indexes = latestEntries(trace, 3).map((entry) => entry.index);
  expect(indexes).toEqual([0, 4999, 5000, 5001]);
});

test('interesting entries are bounded too', () => {
  const trace = createTrace(true);
  for (let i = 0; i < NOTABLE_MAX + 5; i++) note(trace, true);
  expect(latestEntries(trace, 1)).toHaveLength(NOTABLE_MAX);
  expect(latestEntries(trace, 1)[0]?.index).toBe(5);
});
