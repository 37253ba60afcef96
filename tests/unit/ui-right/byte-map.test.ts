import { describe, expect, test } from 'vitest';
import type { ByteField } from '../../../src/core/jute/fields.ts';
import {
  byteAfterKey,
  fieldAfterKey,
  fieldsOfBytes,
  turnsOf,
} from '../../../src/ui/inspector/byte-map.ts';

const field = (name: string, from: number, to: number, depth: number): ByteField => ({
  name,
  type: 'int',
  value: '',
  from,
  to,
  depth,
});

test('a byte belongs to the innermost field around it', () => {
  const fields = [field('all', 0, 6, 0), field('first', 0, 2, 1), field('last', 4, 6, 1)];
  expect(fieldsOfBytes(8, fields)).toEqual([1, 1, 0, 0, 2, 2, -1, -1]);
});

test('neighbours differ in turn', () => {
  expect(turnsOf([1, 1, 0, 2, 2])).toEqual([false, false, true, false, false]);
});

describe('the arrow keys', () => {
  test.each([
    ['ArrowLeft', 0, 0],
    ['ArrowLeft', 17, 16],
    ['ArrowRight', 39, 39],
    ['ArrowUp', 3, 3],
    ['ArrowUp', 20, 4],
    ['ArrowDown', 20, 36],
    ['ArrowDown', 30, 30],
    ['Home', 20, 16],
    ['End', 20, 31],
    ['End', 33, 39],
    ['Enter', 3, null],
  ] as const)('%s among 40 bytes, from %i to %s', (key, at, expected) => {
    expect(byteAfterKey(key, at, 40)).toBe(expected);
  });

  test.each([
    ['ArrowUp', 0, 0],
    ['ArrowDown', 4, 4],
    ['ArrowDown', 1, 2],
    ['Home', 3, 0],
    ['End', 1, 4],
    ['a', 1, null],
  ] as const)('%s among 5 fields, from %i to %s', (key, at, expected) => {
    expect(fieldAfterKey(key, at, 5)).toBe(expected);
  });
});
