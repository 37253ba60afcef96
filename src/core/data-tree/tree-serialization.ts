/**
 * The tree to snapshot nodes and back, whole or in pieces. In pieces it is ZooKeeper's fuzzy
 * snapshot: each node is copied whole, but writes between two pieces may or may not be in it, and
 * the replay of the log makes up for that.
 *
 * Source: DataTree.serializeNode, DataTree.deserialize (3.9).
 */
import { assert, defined } from '../assert.ts';
import type { Snapshot, SnapshotNode } from '../txn-log/snapshot.ts';
import { nodeOf, storedNode } from './data-node.ts';
import { checkDigest } from './digest-check.ts';
import { joinPath, nameOf, parentOf, ROOT } from './path.ts';
import { setupQuotas } from './quota.ts';
import { addNode, treeDigest, type DataTree } from './tree-nodes.ts';

/** Where a serialisation stands: paths still to visit, the next one last. */
export interface SerializationCursor {
  readonly stack: string[];
}

export function startSerialization(tree: DataTree): SerializationCursor {
  return { stack: tree.nodes.has(ROOT) ? [ROOT] : [] };
}

export function isSerialized(cursor: SerializationCursor): boolean {
  return cursor.stack.length === 0;
}

/**
 * The next nodes in pre-order. A node's children are those it had when it was copied itself; one
 * that is gone by its turn is left out. @returns `count` nodes, or fewer at the end.
 */
export function serializeSome(
  tree: DataTree,
  cursor: SerializationCursor,
  count: number,
): SnapshotNode[] {
  const nodes: SnapshotNode[] = [];
  while (nodes.length < count) {
    const path = cursor.stack.pop();
    if (path === undefined) break;
    const node = tree.nodes.get(path);
    if (node === undefined) continue;
    nodes.push(storedNode(path === ROOT ? '' : path, node));
    for (const name of [...node.children].reverse()) cursor.stack.push(joinPath(path, name));
  }
  return nodes;
}

export function serializeTree(tree: DataTree): SnapshotNode[] {
  return serializeSome(tree, startSerialization(tree), Infinity);
}

/** The tree that a snapshot holds, at the zxid in the snapshot's name. */
export function restoreSnapshot(snapshot: Snapshot, into: DataTree): void {
  deserializeTree(snapshot.nodes, into);
  into.lastProcessedZxid = snapshot.zxid;
  const { digest } = snapshot;
  if (digest === undefined || digest.zxid < snapshot.zxid) return;
  if (digest.zxid > snapshot.zxid) into.digestCheck.settlesAt = digest;
  else checkDigest(into.digestCheck, digest.zxid, digest.digest, treeDigest(into));
}

/** Replaces what the tree holds, but for lastProcessedZxid: that is the snapshot's name. */
export function deserializeTree(nodes: readonly SnapshotNode[], into: DataTree): void {
  into.nodes.clear();
  into.ephemerals.clear();
  into.containers.clear();
  into.ttls.clear();
  into.digestHigh = 0;
  into.digestLow = 0;
  into.digestCheck.settlesAt = null;
  addSnapshotNodes(into, nodes);
  setupQuotas(into);
}

/** Adds nodes in pre-order, to an emptied tree or after earlier pieces. */
export function addSnapshotNodes(tree: DataTree, nodes: readonly SnapshotNode[]): void {
  for (const stored of nodes) {
    const path = stored.path === '' ? ROOT : stored.path;
    assert(!tree.nodes.has(path), 'a snapshot holds each node once');
    if (path !== ROOT) {
      const parent = defined(tree.nodes.get(parentOf(path)), `the parent of ${path}`);
      parent.children.add(nameOf(path));
    }
    addNode(tree, path, nodeOf(stored));
  }
}
