import { expect, test } from 'vitest';
import { createDataTree, restoreSnapshot } from '../../../src/core/data-tree/data-tree.ts';
import { serializeTree, treeDigest } from '../../../src/core/data-tree/data-tree.ts';
import {
  checkDigest,
  newDigestCheck,
  takeMismatch,
} from '../../../src/core/data-tree/digest-check.ts';
import { apply, created, newTreeWorld, zxid } from './tree-world.ts';

test('every mismatch is counted, the first of a series is told once', () => {
  const check = newDigestCheck();
  checkDigest(check, zxid(1), 5n, 5n);
  expect(takeMismatch(check)).toBeNull();
  checkDigest(check, zxid(2), 5n, 6n);
  checkDigest(check, zxid(3), 5n, 7n);
  expect(takeMismatch(check)).toEqual({ zxid: 2n, expected: 5n, actual: 6n });
  checkDigest(check, zxid(4), 5n, 8n);
  expect(takeMismatch(check)).toBeNull();
  checkDigest(check, zxid(5), 5n, 5n);
  checkDigest(check, zxid(6), null, 9n);
  checkDigest(check, zxid(7), 5n, 9n);
  expect(takeMismatch(check)).toEqual({ zxid: 7n, expected: 5n, actual: 9n });
  expect(check.mismatches).toBe(4);
});

test('after a snapshot nothing is compared before its digest is reached', () => {
  const check = newDigestCheck();
  check.settlesAt = { zxid: zxid(5), digest: 50n };
  checkDigest(check, zxid(4), 1n, 2n);
  expect(check).toMatchObject({ mismatches: 0, settlesAt: { zxid: 5n } });
  checkDigest(check, zxid(5), null, 50n);
  expect(check).toMatchObject({ mismatches: 0, settlesAt: null });
  checkDigest(check, zxid(6), 1n, 2n);
  expect(check.mismatches).toBe(1);

  const wrong = { ...newDigestCheck(), settlesAt: { zxid: zxid(5), digest: 50n } };
  checkDigest(wrong, zxid(5), null, 51n);
  expect(takeMismatch(wrong)).toEqual({ zxid: 5n, expected: 50n, actual: 51n });

  const passed = { ...newDigestCheck(), settlesAt: { zxid: zxid(5), digest: 50n } };
  checkDigest(passed, zxid(6), 1n, 2n);
  expect(passed).toMatchObject({ mismatches: 1, settlesAt: null });
});

test('a snapshot of a single moment is compared at once', () => {
  const world = newTreeWorld();
  apply(world, 7, created('/a'));
  const digest = treeDigest(world.tree);
  const nodes = serializeTree(world.tree);
  const restored = (stored: { zxid: number; digest: bigint }): unknown => {
    const tree = createDataTree();
    const snapshotDigest = { zxid: zxid(stored.zxid), digest: stored.digest };
    restoreSnapshot({ zxid: zxid(7), sessions: [], nodes, digest: snapshotDigest }, tree);
    return tree.digestCheck;
  };
  expect(restored({ zxid: 7, digest })).toMatchObject({ mismatches: 0, settlesAt: null });
  expect(restored({ zxid: 7, digest: 1n })).toMatchObject({ mismatches: 1, settlesAt: null });
  expect(restored({ zxid: 9, digest })).toMatchObject({ mismatches: 0, settlesAt: { zxid: 9n } });
  expect(restored({ zxid: 6, digest: 1n })).toMatchObject({ mismatches: 0, settlesAt: null });
});
