/** A replay over a fuzzy snapshot: children outlive their parent, and are created once more. */
import { expect, test } from 'vitest';
import { createDataTree, processTxn, treeDigest } from '../../../src/core/data-tree/data-tree.ts';
import type { DataTree } from '../../../src/core/data-tree/data-tree.ts';
import { newWatchTables } from '../../../src/core/data-tree/watch-manager.ts';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import type { Txn } from '../../../src/core/jute/txn.ts';
import type { Millis, SessionId } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

const create = (path: string, parentCVersion: number, ephemeral = false): Txn => ({
  type: 'create',
  path,
  data: null,
  acl: OPEN_ACL_UNSAFE,
  ephemeral,
  parentCVersion,
});

const log: readonly Txn[] = [
  create('/p', 1),
  { type: 'delete', path: '/p' },
  create('/p', 2),
  create('/p/c', 1),
  create('/p/e', 2, true),
];

function apply(tree: DataTree, from: number): void {
  for (const [index, txn] of log.slice(from).entries()) {
    const zxid = BigInt(0x1_0000_0001 + from + index) as Zxid;
    const header = { clientId: 7n as SessionId, cxid: index, zxid, time: 5 as Millis };
    processTxn(tree, newWatchTables(), { header, txn, digest: null }, []);
  }
}

test('a child that was left behind counts once in the digest, and in the index of ephemerals', () => {
  const once = createDataTree();
  apply(once, 0);
  const twice = createDataTree();
  apply(twice, 0);
  // The snapshot had all of it; the log is played back from the delete on.
  apply(twice, 1);
  expect([...twice.nodes.keys()].toSorted()).toEqual([...once.nodes.keys()].toSorted());
  expect(treeDigest(twice)).toBe(treeDigest(once));
  expect(twice.ephemerals).toEqual(once.ephemerals);
});
