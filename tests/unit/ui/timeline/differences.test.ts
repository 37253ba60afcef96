/** What two moments are told apart by, and the goals that a person fills in. */
import { describe, expect, test } from 'vitest';
import type { TreeView } from '../../../../src/core/view.ts';
import type { LogCellView } from '../../../../src/sim/frame.ts';
import { logDifference, treeDifferences } from '../../../../src/ui/timeline/differences.ts';
import { goalOf, type GoalForm } from '../../../../src/ui/timeline/goals.ts';

const cell = (zxid: bigint, what = 'create /a'): LogCellView =>
  ({ zxid, what, synced: true, committed: true }) as unknown as LogCellView;

const tree = (...nodes: readonly (readonly [string, number])[]): TreeView =>
  ({
    sid: 1,
    nodes: nodes.map(([path, version]) => ({ path, version, text: 'x', czxid: 1n, mzxid: 1n })),
  }) as unknown as TreeView;

describe('logs', () => {
  test('the first entry that differs is told, on both sides', () => {
    const a = [cell(1n), cell(2n), cell(3n, 'left')];
    const b = [cell(1n), cell(2n), cell(4n, 'right')];
    expect(logDifference(a, b)).toMatchObject({ a: { what: 'left' }, b: { what: 'right' } });
    expect(logDifference(a, a.slice(0, 2))).toMatchObject({ a: { what: 'left' }, b: null });
  });

  test('what only one window still shows is no difference', () => {
    expect(logDifference([cell(1n), cell(2n)], [cell(2n)])).toBeNull();
  });
});

test('trees differ in what one has alone, and in content', () => {
  const found = treeDifferences(
    tree(['/', 0], ['/a', 1], ['/b', 0]),
    tree(['/', 0], ['/a', 2], ['/c', 0]),
  );
  expect(found).toEqual([
    { path: '/a', where: 'both' },
    { path: '/b', where: 'left' },
    { path: '/c', where: 'right' },
  ]);
});

describe('goals', () => {
  const form: GoalForm = {
    kind: 'serves',
    path: '/app',
    exists: false,
    process: 0,
    type: 'PROPOSAL',
    sid: 2,
    state: 'LOOKING',
    seconds: 3,
  };

  test('say what is filled in', () => {
    expect(goalOf({ ...form, kind: 'znode' }, 0)).toEqual({
      kind: 'znode',
      path: '/app',
      exists: false,
    });
    expect(goalOf({ ...form, kind: 'expires' }, 0)).toEqual({ kind: 'expires', process: null });
    expect(goalOf({ ...form, kind: 'moment' }, 0)).toEqual({ kind: 'moment', at: 3_000_000 });
  });

  test('refuse a path that is none, and a moment that is over', () => {
    for (const path of ['app', '/a//b', '/a/', '']) {
      expect(goalOf({ ...form, kind: 'znode', path }, 0), path).toBe('badPath');
    }
    expect(goalOf({ ...form, kind: 'moment' }, 3_000_000)).toBe('badMoment');
    expect(goalOf({ ...form, kind: 'moment', seconds: NaN }, 0)).toBe('badMoment');
  });
});
