import { describe, expect, test } from 'vitest';
import type { Micros, Millis } from '../../../src/core/units.ts';
import {
  formatBytes,
  formatClock,
  formatDuration,
  formatMoment,
  hexLines,
  oneLine,
} from '../../../src/ui/parts/format.ts';

describe('formatDuration', () => {
  test.each([
    [0, '0 µs'],
    [999, '999 µs'],
    [1000, '1 ms'],
    [1234, '1.23 ms'],
    [12_340, '12.3 ms'],
    [482_000, '482 ms'],
    [7_520_000, '7.52 s'],
    [10_000_000, '10 s'],
    [100_000_000, '100 s'],
    [-1500, '-1.5 ms'],
    [Infinity, '∞'],
  ])('%d µs is %s', (micros, want) => {
    expect(formatDuration(micros)).toBe(want);
  });
});

test('a moment is in seconds with milliseconds', () => {
  expect(formatMoment(3_482_999 as Micros)).toBe('3.483');
});

test('a clock is in UTC, and zero means never', () => {
  expect(formatClock(1_767_225_603_482 as Millis)).toBe('2026-01-01 00:00:03.482');
  expect(formatClock(0 as Millis)).toBe('—');
});

test.each([
  [7, '7 B'],
  [2048, '2.0 KiB'],
  [3 * 1024 * 1024, '3.0 MiB'],
])('%d bytes are %s', (bytes, want) => {
  expect(formatBytes(bytes)).toBe(want);
});

test('a hex dump has eight bytes a line and dots for what cannot be printed', () => {
  expect(hexLines('pool=64\né!')).toEqual([
    { offset: '0000', hex: '70 6f 6f 6c 3d 36 34 0a', text: 'pool=64.' },
    { offset: '0008', hex: 'c3 a9 21', text: '..!' },
  ]);
});

test('a preview is one line, cut with an ellipsis', () => {
  expect(oneLine(' a\n\tb  c ', 10)).toBe('a b c');
  expect(oneLine('abcdefgh', 5)).toBe('abcd…');
});
