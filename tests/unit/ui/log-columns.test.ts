/** Which columns there are, which are built, and which of them carry their number. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatZxid, makeZxid } from '../../../src/core/zxid.ts';
import type { ZxidRun } from '../../../src/sim/log-part.ts';
import {
  columnFrom,
  columnOf,
  columnsOf,
  epochSpans,
  inSight,
  labelsIn,
  zxidAt,
} from '../../../src/ui/log/columns.ts';
import { COLUMN, placeAfterKey, scrolledTo } from '../../../src/ui/log/log-layout.ts';

const run = (epoch: number, counter: number, count: number): ZxidRun => ({
  first: makeZxid(epoch, counter),
  count,
});

const LONG = columnsOf([run(1, 1, 60_000), run(2, 1, 40_000)]);

describe('columns', () => {
  it('are the zxids of all logs, each once, in order', () => {
    const runs = fc.array(
      fc.record({
        epoch: fc.integer({ min: 1, max: 3 }),
        counter: fc.integer({ min: 1, max: 30 }),
        count: fc.integer({ min: 1, max: 12 }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(runs, (list) => {
        const all = list.flatMap(({ epoch, counter, count }) =>
          Array.from({ length: count }, (_, i) => makeZxid(epoch, counter + i)),
        );
        const sorted = [...new Set(all)].sort((a, b) => (a < b ? -1 : 1));
        const columns = columnsOf(list.map((r) => run(r.epoch, r.counter, r.count)));
        expect(columns.count).toBe(sorted.length);
        sorted.forEach((zxid, column) => {
          expect(zxidAt(columns, column)).toBe(zxid);
          expect(columnOf(columns, zxid)).toBe(column);
        });
        expect(zxidAt(columns, sorted.length)).toBeNull();
      }),
    );
  });

  it('a zxid between two of them stands before the later one', () => {
    const columns = columnsOf([run(1, 1, 3), run(1, 8, 2), run(3, 1, 2)]);
    expect(columnFrom(columns, makeZxid(1, 5))).toBe(3);
    expect(columnOf(columns, makeZxid(1, 5))).toBeNull();
    expect(columnFrom(columns, makeZxid(2, 0))).toBe(5);
    expect(columnFrom(columns, makeZxid(9, 0))).toBe(7);
    expect(epochSpans(columns)).toEqual([
      { epoch: 1, from: 0, count: 5 },
      { epoch: 3, from: 5, count: 2 },
    ]);
  });

  it('of a hundred thousand only those in sight are built', () => {
    expect(LONG.count).toBe(100_000);
    for (const scrolled of [0, 1_000_000, LONG.count * COLUMN - 900]) {
      const { from, to } = inSight(scrolled, 900, COLUMN, LONG.count);
      expect(to - from).toBeLessThanOrEqual(900 / COLUMN + 10);
      expect(from * COLUMN).toBeLessThanOrEqual(scrolled);
      expect(to * COLUMN).toBeGreaterThanOrEqual(scrolled + 899);
    }
    expect(inSight(0, 900, COLUMN, 3)).toEqual({ from: 0, to: 3 });
    expect(inSight(0, 900, COLUMN, 0)).toEqual({ from: 0, to: 0 });
  });
});

describe('labels', () => {
  const DIGIT = 7.3;
  const place = (text: string, column: number): readonly [number, number] => {
    const half = (text.length * DIGIT) / 2;
    return [column * COLUMN - half, column * COLUMN + half];
  };

  it.each([0, 9, 240, 4090, 59_990, 65_530])('never overlap, from column %i', (from) => {
    for (const chosen of [null, from + 7, from + 8]) {
      const labels = labelsIn(LONG, { from, to: from + 40 }, COLUMN, DIGIT, chosen);
      labels.forEach(({ text, column }, i) => {
        const before = labels[i - 1];
        if (before === undefined) return;
        const [, end] = place(before.text, before.column);
        expect(place(text, column)[0], `${before.text} and ${text}`).toBeGreaterThan(end + 4);
      });
      expect(labels.filter((label) => label.chosen).map(({ column }) => column)).toEqual(
        chosen === null ? [] : [chosen],
      );
      expect(labels.length).toBeGreaterThanOrEqual(12);
    }
  });

  it('of one or two digits each has its own', () => {
    const labels = labelsIn(LONG, { from: 0, to: 20 }, COLUMN, DIGIT, null);
    expect(labels.map(({ text }) => text).join(' ')).toBe(
      '1 2 3 4 5 6 7 8 9 a b c d e f 10 11 12 13 14',
    );
  });

  it('of five digits the round ones, wherever one looks from', () => {
    const at = (from: number): string[] =>
      labelsIn(LONG, { from, to: from + 8 }, COLUMN, DIGIT, null).map(({ text }) => text);
    expect(at(40_000)).toEqual(['9c42', '9c44', '9c46', '9c48']);
    expect(at(40_001)).toEqual(['9c42', '9c44', '9c46', '9c48']);
    expect(formatZxid(zxidAt(LONG, 40_001) ?? makeZxid(0, 0))).toBe('0x100009c42');
  });
});

describe('keys', () => {
  const size = { rows: 3, columns: 100_000, page: 30 };

  it('move through cells, and stay in the grid', () => {
    const after = (key: string, row: number, column: number): unknown => {
      const place = placeAfterKey(key, { row, column }, size);
      return place === null ? null : [place.row, place.column];
    };
    expect(after('ArrowLeft', 1, 5)).toEqual([1, 4]);
    expect(after('ArrowRight', 1, 99_999)).toEqual([1, 99_999]);
    expect(after('ArrowUp', 0, 5)).toEqual([-1, 5]);
    expect(after('ArrowUp', -1, 5)).toEqual([-1, 5]);
    expect(after('ArrowDown', 2, 5)).toEqual([2, 5]);
    expect(after('End', 0, 5)).toEqual([0, 99_999]);
    expect(after('Home', 0, 5)).toEqual([0, 0]);
    expect(after('Home', 0, 0)).toEqual([0, -1]);
    expect(after('ArrowLeft', 0, 0)).toEqual([0, -1]);
    expect(after('ArrowLeft', -1, 0)).toEqual([-1, 0]);
    expect(after('ArrowUp', 0, -1)).toEqual([0, -1]);
    expect(after('PageUp', 0, 10)).toEqual([0, 0]);
    expect(after('PageDown', 0, 10)).toEqual([0, 40]);
    expect(after('x', 0, 10)).toBeNull();
  });

  it('bring what they come to in sight, and move nothing that is', () => {
    expect(scrolledTo(50_000, 0, 900)).toBeGreaterThan(50_000 * COLUMN - 900);
    const there = scrolledTo(50_000, 0, 900);
    expect(scrolledTo(50_000, there, 900)).toBe(there);
    expect(scrolledTo(49_990, there, 900)).toBe(there);
    expect(scrolledTo(10, there, 900)).toBeLessThanOrEqual(10 * COLUMN);
  });
});
