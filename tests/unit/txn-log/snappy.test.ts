import { expect, test } from 'vitest';
import { JuteError } from '../../../src/core/jute/input-archive.ts';
import {
  decodeSnappyBlock,
  decodeSnappyStream,
  isSnappyStream,
} from '../../../src/core/txn-log/snappy.ts';
import { decodeSnapshot } from '../../../src/core/txn-log/snapshot-format.ts';
import type { Zxid } from '../../../src/core/zxid.ts';
import { file } from './real-files.ts';

const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];
const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

test('a snapshot that ZooKeeper packed', () => {
  const packed = file('compressed/snapshot.52.snappy');
  expect(isSnappyStream(packed)).toBe(true);
  const entry = decodeSnapshot(decodeSnappyStream(packed), 0x52n as Zxid);
  expect(entry.kind === 'snapshot' && entry.snapshot.nodes.length).toBe(66);
});

test.each<[name: string, bytes: readonly number[], expected: string]>([
  ['bytes as they are', [5, 4 << 2, ...ascii('hello')], 'hello'],
  ['a length in a byte of its own', [70, 60 << 2, 69, ...ascii('x'.repeat(70))], 'x'.repeat(70)],
  ['a length in two bytes', [70, 61 << 2, 69, 0, ...ascii('x'.repeat(70))], 'x'.repeat(70)],
  ['a copy with 11 bits of offset', [8, 3 << 2, ...ascii('abcd'), 1, 4], 'abcdabcd'],
  ['a copy with 16 bits', [7, 3 << 2, ...ascii('abcd'), (2 << 2) | 2, 4, 0], 'abcdabc'],
  ['a copy with 32 bits', [7, 3 << 2, ...ascii('abcd'), (2 << 2) | 3, 4, 0, 0, 0], 'abcdabc'],
  ['a copy of what it writes', [9, 0, ...ascii('a'), (7 << 2) | 2, 1, 0], 'a'.repeat(9)],
  ['nothing', [0], ''],
])('a block: %s', (_, bytes, expected) => {
  expect(text(decodeSnappyBlock(new Uint8Array(bytes)))).toBe(expected);
});

test.each<[name: string, bytes: readonly number[]]>([
  ['no length', []],
  ['a length without an end', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1]],
  ['more than it can hold', [0xff, 0xff, 0xff, 0xff, 0x0f, 0]],
  ['less than it promises', [9, 4 << 2, ...ascii('hello')]],
  ['more than it promises', [3, 4 << 2, ...ascii('hello')]],
  ['bytes cut off', [5, 4 << 2, ...ascii('hel')]],
  ['a copy of nothing', [8, 3 << 2, ...ascii('abcd'), 1, 0]],
  ['a copy from before the beginning', [8, 3 << 2, ...ascii('abcd'), 1, 5]],
  ['an element cut off', [8, 3 << 2, ...ascii('abcd'), 2, 4]],
])('a damaged block: %s', (_, bytes) => {
  expect(() => decodeSnappyBlock(new Uint8Array(bytes))).toThrow(JuteError);
});

test('a stream cut anywhere is found to be cut, or to end between two blocks', () => {
  const packed = file('compressed/snapshot.52.snappy');
  const whole = decodeSnappyStream(packed);
  expect(decodeSnappyStream(packed.subarray(0, 16))).toHaveLength(0);
  for (let end = 0; end < packed.length; end += 7) {
    if (end === 16) continue;
    expect(() => decodeSnappyStream(packed.subarray(0, end))).toThrow(JuteError);
  }
  // Two streams, one behind the other.
  expect(decodeSnappyStream(new Uint8Array([...packed, ...packed]))).toEqual(
    new Uint8Array([...whole, ...whole]),
  );
});
