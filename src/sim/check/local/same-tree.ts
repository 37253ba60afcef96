/** Whether the tree in memory and one that was read from disk are the same, in the same place. */
import type { ZkDatabase } from '../../../core/txn-log/zk-database.ts';
import { counterOf, type Zxid } from '../../../core/zxid.ts';
import { differenceOf, fingerprintOf } from './fingerprint.ts';

/**
 * The zxid that opens an epoch names no transaction: it stands for the last one before it. A leader
 * takes it over when it begins to serve, and a learner gets it with a SNAP; the other of the two
 * places may then have the name of that last transaction. Whether it is the last one, the trees
 * show.
 */
export function areSamePlace(a: Zxid, b: Zxid): boolean {
  return a === b || counterOf(a > b ? a : b) === 0;
}

/** In words, what one of them has different; null where they are equal. */
export function differenceOfTrees(a: ZkDatabase, b: ZkDatabase): string | null {
  const isSame = a.tree.digestHigh === b.tree.digestHigh && a.tree.digestLow === b.tree.digestLow;
  if (!isSame) return 'another tree';
  const parts = differenceOf(fingerprintOf(a), fingerprintOf(b));
  return parts === null ? null : `other ${parts}`;
}
