import { expect, test } from 'vitest';
import {
  compressionOf,
  logFileName,
  paddedSize,
  snapshotFileName,
  zxidInName,
} from '../../../src/core/txn-log/file-names.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

test('files are named by a zxid, in hexadecimal', () => {
  expect(logFileName(0x10000000an as Zxid)).toBe('log.10000000a');
  expect(snapshotFileName(0n as Zxid)).toBe('snapshot.0');
});

test.each<[name: string, prefix: 'log' | 'snapshot', zxid: bigint | null]>([
  ['log.10000000a', 'log', 0x10000000an],
  ['log.ABC', 'log', 0xabcn],
  ['log.5.bak', 'log', 5n],
  ['snapshot.52.gz', 'snapshot', 0x52n],
  ['snapshot.7fffffffffffffff', 'snapshot', 2n ** 63n - 1n],
  ['snapshot.8000000000000000', 'snapshot', null],
  ['snapshot.52', 'log', null],
  ['log', 'log', null],
  ['log.', 'log', null],
  ['log.tmp', 'log', null],
  ['log.5 ', 'log', null],
  ['catalog.5', 'log', null],
])('the zxid in %s, as a %s', (name, prefix, zxid) => {
  expect(zxidInName(name, prefix)).toBe(zxid);
});

test.each([
  ['snapshot.52', null],
  ['snapshot.52.gz', 'gz'],
  ['snapshot.52.snappy', 'snappy'],
  ['snapshot.52.tmp', null],
])('how %s is packed', (name, compression) => {
  expect(compressionOf(name)).toBe(compression);
});

const MB64 = 64 * 1024 * 1024;

test.each<[position: number, size: number, preAlloc: number, padded: number]>([
  // A file that has its header only: ZooKeeper's first log is 67108880 bytes long.
  [16, 16, MB64, 67_108_880],
  [16 + MB64 - 4097, MB64 + 16, MB64, MB64 + 16],
  [16 + MB64 - 4096, MB64 + 16, MB64, 2 * MB64 + 16],
  // Written beyond its end: up to a multiple.
  [70_000, 65_552, 65_536, 131_072],
  [500, 16, 0, 16],
])('written up to %i of %i bytes, made ahead by %i', (position, size, preAlloc, padded) => {
  expect(paddedSize(position, size, preAlloc)).toBe(padded);
});
