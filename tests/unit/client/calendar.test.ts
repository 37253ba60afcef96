import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, formatTimestamp } from '../../../src/core/client/calendar.ts';
import type { Millis } from '../../../src/core/units.ts';

describe('dates', () => {
  it.each([
    [0, 'Thu Jan 01 00:00:00 UTC 1970'],
    [1_767_225_600_000, 'Thu Jan 01 00:00:00 UTC 2026'],
    [951_782_400_000, 'Tue Feb 29 00:00:00 UTC 2000'],
    [1_709_251_199_999, 'Thu Feb 29 23:59:59 UTC 2024'],
    [4_107_542_400_000, 'Mon Mar 01 00:00:00 UTC 2100'],
    [-1, 'Wed Dec 31 23:59:59 UTC 1969'],
  ])('%i is %s', (millis, text) => {
    expect(formatDate(millis as Millis)).toBe(text);
  });

  it('a line of a log begins with the moment', () => {
    expect(formatTimestamp(1_767_225_661_042 as Millis)).toBe('2026-01-01 00:01:01,042');
  });

  it('agree with the engine from 1900 to 2400', () => {
    const millis = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2400, 0, 1) });
    fc.assert(
      fc.property(millis, (ms) => {
        const date = new Date(ms);
        const [weekday, day, month, year, clock] = date.toUTCString().replace(',', '').split(' ');
        expect(formatDate(ms as Millis)).toBe(`${weekday} ${month} ${day} ${clock} UTC ${year}`);
        const iso = date.toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
        expect(formatTimestamp(ms as Millis)).toBe(iso);
      }),
    );
  });
});
