import { describe, expect, test } from 'vitest';
import {
  addSnapshotNodes,
  createDataTree,
  deserializeTree,
  isSerialized,
  serializeSome,
  serializeTree,
  startSerialization,
  treeDigest,
} from '../../../src/core/data-tree/data-tree.ts';
import { AssertionError } from '../../../src/core/assert.ts';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import type { SnapshotNode } from '../../../src/core/txn-log/snapshot.ts';
import { apply, created, dataSet, deleted, newTreeWorld, type TreeWorld } from './tree-world.ts';

function sampleWorld(): TreeWorld {
  const world = newTreeWorld();
  apply(world, 1, created('/a'));
  apply(world, 2, created('/a/x', { ephemeral: true }), 9n);
  apply(world, 3, created('/a/y', { data: new Uint8Array([1]) }));
  const container = { data: null, acl: OPEN_ACL_UNSAFE, parentCVersion: -1 } as const;
  apply(world, 4, { type: 'createContainer', path: '/b', ...container });
  apply(world, 5, { type: 'createTTL', path: '/b/t', ttl: 7, ...container });
  return world;
}

test('nodes come in pre-order, the root as ""', () => {
  const nodes = serializeTree(sampleWorld().tree);
  expect(nodes.map((n) => n.path)).toEqual([
    '',
    '/zookeeper',
    '/zookeeper/config',
    '/zookeeper/quota',
    '/a',
    '/a/x',
    '/a/y',
    '/b',
    '/b/t',
  ]);
});

test('a tree comes back whole: nodes, indexes and digest', () => {
  const { tree } = sampleWorld();
  const copy = createDataTree();
  deserializeTree(serializeTree(tree), copy);
  copy.lastProcessedZxid = tree.lastProcessedZxid;
  expect(copy).toEqual(tree);
});

test('in pieces of any size it is the same', () => {
  const { tree } = sampleWorld();
  for (const size of [1, 2, 4, 100]) {
    const cursor = startSerialization(tree);
    const pieces: SnapshotNode[] = [];
    while (!isSerialized(cursor)) pieces.push(...serializeSome(tree, cursor, size));
    expect(pieces).toEqual(serializeTree(tree));
  }
});

describe('writes between two pieces', () => {
  test('may or may not be in the snapshot; the replay makes it the same tree', () => {
    const world = sampleWorld();
    const cursor = startSerialization(world.tree);
    const nodes = serializeSome(world.tree, cursor, 5); // Up to /a, whose children are noted.
    apply(world, 6, deleted('/a/x'));
    apply(world, 7, created('/a/z', { parentCVersion: 3 }));
    apply(world, 8, dataSet('/a/y', 'later', 1));
    apply(world, 9, created('/b/new', { parentCVersion: 2 }));
    nodes.push(...serializeSome(world.tree, cursor, Infinity));
    expect(nodes.map((n) => n.path).slice(4)).toEqual(['/a', '/a/y', '/b', '/b/t', '/b/new']);

    const restored = newTreeWorld();
    deserializeTree(nodes, restored.tree);
    apply(restored, 6, deleted('/a/x'));
    apply(restored, 7, created('/a/z', { parentCVersion: 3 }));
    apply(restored, 8, dataSet('/a/y', 'later', 1));
    apply(restored, 9, created('/b/new', { parentCVersion: 2 }));
    expect(treeDigest(restored.tree)).toBe(treeDigest(world.tree));
    expect(restored.tree).toEqual(world.tree);
  });

  test('a piece is a copy: later changes do not reach it', () => {
    const world = sampleWorld();
    const before = structuredClone(serializeTree(world.tree));
    const nodes = serializeTree(world.tree);
    apply(world, 6, dataSet('/a', 'x', 1));
    expect(nodes).toEqual(before);
  });
});

test('a node without its parent, or twice, is a bug of who sends it', () => {
  const { tree } = sampleWorld();
  const nodes = serializeTree(tree);
  const orphan = nodes.filter((n) => n.path !== '/a');
  expect(() => deserializeTree(orphan, createDataTree())).toThrow(AssertionError);
  expect(() => addSnapshotNodes(tree, nodes)).toThrow(AssertionError);
});
