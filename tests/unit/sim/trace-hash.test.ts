import { expect, test } from 'vitest';
import { createTraceHash, hashText, hashValue } from '../../../src/sim/trace-hash.ts';

function hashOf(...values: readonly unknown[]): string {
  const hash = createTraceHash();
  for (const value of values) hashValue(hash, value);
  return hashText(hash);
}

test('is 16 hexadecimal digits', () => {
  expect(hashOf('x')).toMatch(/^[0-9a-f]{16}$/);
});

test('a copy has the same hash', () => {
  const value = {
    zxid: 2n ** 40n,
    path: '/a',
    data: new Uint8Array([1, 2]),
    list: [1, null, true],
  };
  expect(hashOf(structuredClone(value))).toBe(hashOf(value));
});

test.each([
  [1, 2],
  ['a', 'b'],
  ['ab', 'ba'],
  [null, undefined],
  [true, false],
  [2 ** 40, 2 ** 41],
  [2n ** 62n, 2n ** 62n + 1n],
  [-1, 0xffff_ffff],
  [
    [1, 2],
    [2, 1],
  ],
  [
    [[1], 2],
    [1, [2]],
  ],
  [{ a: 1 }, { b: 1 }],
  [new Uint8Array([0]), new Uint8Array([0, 0])],
  [new Map([[1, 2]]), new Map([[2, 1]])],
])('%o and %o differ', (a, b) => {
  expect(hashOf(a)).not.toBe(hashOf(b));
});

test('the order of two values matters', () => {
  expect(hashOf(1, 2)).not.toBe(hashOf(2, 1));
});

test('a thousand numbers have a thousand hashes', () => {
  const seen = new Set(Array.from({ length: 1000 }, (_, n) => hashOf(n * 4096)));
  expect(seen.size).toBe(1000);
});
