/** The scrubber's axis, bands and tree of branches. */
import { describe, expect, test } from 'vitest';
import type { BranchView, FaultSpan, LifeSpan } from '../../../../src/sim/chronicle/model.ts';
import {
  axisOf,
  branchRows,
  faultBands,
  leaderBands,
  niceStep,
  percentAt,
  timeAt,
} from '../../../../src/ui/timeline/track.ts';

const span = (process: number, epoch: number, from: number, to: number | null): LifeSpan =>
  ({
    process,
    epoch,
    from,
    to,
    status: 'running',
    state: 'LEADING',
    zabState: 'broadcast',
    syncMode: null,
  }) as LifeSpan;

const fault = (from: number, to: number | null): FaultSpan =>
  ({ kind: 'down', processes: [1], from, to, detail: '' }) as unknown as FaultSpan;

const branch = (id: number, parent: number | null): BranchView =>
  ({ id, parent, name: '', fork: {}, end: {} }) as unknown as BranchView;

describe('the axis', () => {
  test('stands still while the run grows within a step', () => {
    expect(axisOf(0, 4_100_000)).toEqual(axisOf(0, 4_300_000));
    expect(axisOf(0, 4_100_000).to).toBeGreaterThan(4_300_000);
  });

  test('a place and its time belong together, and nothing lies outside', () => {
    const axis = axisOf(500_000, 9_000_000);
    for (const at of [500_000, 3_000_000, 9_000_000]) {
      expect(timeAt(axis, percentAt(axis, at) / 100)).toBe(at);
    }
    expect(percentAt(axis, -1)).toBe(0);
    expect(timeAt(axis, 2)).toBe(axis.to);
  });

  test('steps are 1, 2 or 5 times a power of ten', () => {
    expect([1, 3, 17, 60, 100, 501].map(niceStep)).toEqual([1, 5, 20, 100, 100, 1000]);
  });
});

describe('bands', () => {
  test('phases of one reign are one band; a leader beside an older one has its own lane', () => {
    const bands = leaderBands([span(3, 1, 10, 20), span(3, 1, 20, 90), span(2, 2, 50, null)]);
    expect(bands).toEqual([
      { sid: 3, epoch: 1, from: 10, to: 90, lane: 0 },
      { sid: 2, epoch: 2, from: 50, to: null, lane: 1 },
    ]);
  });

  test('whoever is down or follows leads nothing', () => {
    const down = { ...span(1, 1, 0, 5), status: 'down' } as const;
    const follows = { ...span(1, 1, 0, 5), state: 'FOLLOWING' } as const;
    expect(leaderBands([down, follows])).toEqual([]);
  });

  test('faults at the same time lie under each other, as far as there is room', () => {
    const lanes = faultBands([fault(0, 10), fault(5, null), fault(10, 12), fault(11, 13)], 2);
    expect(lanes.map(({ lane }) => lane)).toEqual([0, 1, 0, 1]);
  });
});

test('each branch stands under the one that it left', () => {
  const rows = branchRows([branch(1, null), branch(2, 1), branch(3, 1), branch(4, 2)]);
  expect(rows.map((row) => [Number(row.branch.id), row.depth])).toEqual([
    [1, 0],
    [2, 1],
    [4, 2],
    [3, 1],
  ]);
});
