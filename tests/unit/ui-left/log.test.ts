import { describe, expect, test } from 'vitest';
import { makeZxid } from '../../../src/core/zxid.ts';
import { cellState, logGrid, sameLogs } from '../../../src/ui/log/log-grid.ts';
import { nextUp } from '../../../src/ui/log/next-up.ts';
import { cannedFrame } from '../../component/canned-frames.ts';

describe('the log grid', () => {
  test('has one column for each zxid of any member, in order, grouped by epoch', () => {
    const grid = logGrid(cannedFrame().members, 64);
    expect(grid.columns.map((c) => `${String(c.epoch)}.${String(c.counter)}`)).toEqual([
      ...['1.1', '1.2', '1.3', '1.4'],
      ...['2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7'],
      ...['3.1', '3.2', '3.3', '3.4', '3.5'],
    ]);
    expect(grid.spans).toEqual([
      { epoch: 1, from: 0, count: 4 },
      { epoch: 2, from: 4, count: 7 },
      { epoch: 3, from: 11, count: 5 },
    ]);
  });

  test('keeps the latest columns, and says how many came before', () => {
    const grid = logGrid(cannedFrame().members, 5);
    expect(grid.columns.map((c) => c.zxid)).toEqual([1, 2, 3, 4, 5].map((n) => makeZxid(3, n)));
    expect(grid.earlier).toBe(14);
  });

  test('shows what one has and another lacks, and its snapshots', () => {
    const grid = logGrid(cannedFrame().members, 64);
    const has = (row: number, zxid: bigint) => grid.rows[row]?.cells.has(zxid as never) ?? false;
    expect([0, 1, 2].map((row) => has(row, makeZxid(2, 7)))).toEqual([false, false, true]);
    expect([...(grid.rows[0]?.snapshots ?? [])]).toEqual([makeZxid(1, 4)]);
  });

  test.each([
    [false, false, 'proposed'],
    [true, false, 'synced'],
    [true, true, 'committed'],
    [false, true, 'committedUnsynced'],
  ] as const)('synced %s and committed %s is %s', (synced, committed, state) => {
    const zxid = makeZxid(1, 1);
    expect(cellState({ zxid, what: 'create /a', synced, committed })).toBe(state);
  });
});

test('two pictures of the same logs are the same, until a cell changes', () => {
  const a = cannedFrame().members;
  expect(sameLogs(a, structuredClone(a))).toBe(true);
  const synced = a.map((m) => ({ ...m, log: m.log.map((cell) => ({ ...cell, synced: true })) }));
  expect(sameLogs(a, synced)).toBe(false);
  expect(sameLogs(a, a.slice(1))).toBe(false);
  const shorter = a.map((m) => ({ ...m, log: m.log.slice(0, -1) }));
  expect(sameLogs(a, shorter)).toBe(false);
});

test('what comes next is sorted by time, and what waits for ever comes last', () => {
  const rows = nextUp(cannedFrame());
  const times = rows.map((row) => row.at);
  expect(times).toEqual(times.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  expect(rows.at(-1)?.at).toBe(Infinity);
  expect(rows.filter((row) => row.kind === 'timer').length).toBeGreaterThan(0);
  expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
});
