import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { CRC_START, crcBytes, crcText, crcValue } from '../../../src/core/data-tree/crc32.ts';
import { digestHex, treeDigest } from '../../../src/core/data-tree/data-tree.ts';
import { addToDigest } from '../../../src/core/data-tree/tree-digest.ts';
import { apply, bytes, created, dataSet, deleted, newTreeWorld } from './tree-world.ts';

test('the digests are those of ZooKeeper 3.8.0 after the same transactions', () => {
  const world = newTreeWorld();
  expect(treeDigest(world.tree)).toBe(1371985504n);

  apply(world, 1, created('/a', { data: bytes('hello'), parentCVersion: 1 }));
  expect(treeDigest(world.tree)).toBe(4199759314n);

  apply(world, 2, created('/a/b', { ephemeral: true, parentCVersion: 1 }), 0x77n);
  expect(treeDigest(world.tree)).toBe(7281265730n);
  expect(digestHex(world.tree)).toBe(7281265730n.toString(16));

  apply(world, 3, dataSet('/a', 'x', 1));
  expect(treeDigest(world.tree)).toBe(4633111281n);

  apply(world, 4, deleted('/a/b'));
  expect(treeDigest(world.tree)).toBe(5015365478n);
});

test('what is below /zookeeper does not count, but the parent that it is created in does', () => {
  const world = newTreeWorld();
  const before = treeDigest(world.tree);
  apply(world, 1, created('/zookeeper/quota/a', { data: bytes('x') }));
  expect(treeDigest(world.tree)).toBe(before);
  apply(world, 2, created('/zookeeper/b'));
  expect(treeDigest(world.tree)).not.toBe(before);
});

test('the sum carries and borrows between its halves', () => {
  const sum = { digestHigh: 0xffff_ffff, digestLow: 0xffff_ffff };
  addToDigest(sum, 1);
  expect(sum).toEqual({ digestHigh: 0, digestLow: 0 });
  addToDigest(sum, -1);
  expect(sum).toEqual({ digestHigh: 0xffff_ffff, digestLow: 0xffff_ffff });
});

test('CRC-32 of "hello"', () => {
  expect(crcValue(crcBytes(CRC_START, bytes('hello')))).toBe(907060870);
});

test.each(['', 'a', '/abc', '/ż/日本/\u{1f600}'])('CRC-32 of the text %j', (text) => {
  expect(crcValue(crcText(CRC_START, text))).toBe(crc32(text));
});

test('a surrogate without its partner counts as a question mark, as in Java', () => {
  expect(crcText(CRC_START, 'a\ud800b')).toBe(crcText(CRC_START, 'a?b'));
});
