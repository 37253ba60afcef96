import { expect, test } from 'vitest';
import type { TreeNodeView, TreeView } from '../../../../src/core/view.ts';
import type { Zxid } from '../../../../src/core/zxid.ts';
import { limitRows } from '../../../../src/ui/tree/limit-rows.ts';
import {
  compareTwo,
  differs,
  differsItself,
  splitsOf,
  withAncestors,
} from '../../../../src/ui/tree/tree-compare.ts';
import { visibleRows } from '../../../../src/ui/tree/tree-model.ts';
import { cannedTree, sid } from '../../../component/canned-frames.ts';

const [root] = cannedTree(sid(1)).nodes;
if (root === undefined) throw new Error('the canned tree has a root');

function treeOf(n: number, nodes: readonly (string | Partial<TreeNodeView>)[]): TreeView {
  return {
    ...cannedTree(sid(n)),
    nodes: nodes.map((one) => {
      const rest = typeof one === 'string' ? { path: one } : one;
      const path = rest.path ?? '/';
      return { ...root, numChildren: 0, name: path.slice(path.lastIndexOf('/') + 1), ...rest };
    }),
  } as TreeView;
}

test('two trees are merged in pre-order, also where names sort around the slash', () => {
  // A minus sorts before a slash: /a-b comes behind what is below /a all the same.
  const a = treeOf(1, ['/', '/a', '/a/x', '/a-b']);
  const b = treeOf(2, ['/', '/a', '/a/y', '/a-b', '/c']);
  const merged = compareTwo(a, b);
  expect(merged.map(({ path }) => path)).toEqual(['/', '/a', '/a/x', '/a/y', '/a-b', '/c']);
  expect(merged.filter(differs).map(({ path }) => path)).toEqual(['/a/x', '/a/y', '/c']);
  expect(withAncestors(merged).map(({ path }) => path)).toEqual(['/', '/a', '/a/x', '/a/y', '/c']);
});

test('what differs is named; watches are no difference, and children only say what they say', () => {
  const a = treeOf(1, ['/', { path: '/a', text: 'v1' }, '/b', { path: '/d', watchers: [] }]);
  const b = treeOf(2, [
    '/',
    { path: '/a', text: 'v2', mzxid: 9n as Zxid, version: 1 },
    { path: '/b', pzxid: 9n as Zxid, numChildren: 1 },
    { path: '/d', watchers: [1n as never] },
  ]);
  const found = new Map(compareTwo(a, b).map((node) => [node.path, node]));
  expect(found.get('/a')?.differences).toEqual(['data']);
  expect(found.get('/b')?.differences).toEqual(['children']);
  expect(found.get('/d')?.differences).toEqual([]);
  const itself = [...found.values()].filter(differsItself);
  expect(itself.map(({ path }) => path)).toEqual(['/a']);
});

test('splits say at whom a znode is another one, missing, or there alone', () => {
  const own = treeOf(1, ['/', { path: '/a', text: 'v1' }, '/mine']);
  const behind = treeOf(2, ['/', { path: '/a', text: 'v0' }, '/theirs']);
  const other = treeOf(3, ['/', { path: '/a', text: 'v1' }, '/mine', '/theirs']);
  const { at, ghosts } = splitsOf(own, [behind, other]);
  expect([...at]).toEqual([
    ['/a', { other: [2], missing: [] }],
    ['/mine', { other: [], missing: [2] }],
  ]);
  expect([...ghosts]).toEqual([['/theirs', [2, 3]]]);
});

test('a drawing takes the first of many siblings, counts the rest, and keeps the active one', () => {
  const many = Array.from({ length: 900 }, (_, n) => `/n${String(n).padStart(4, '0')}`);
  const rows = visibleRows(treeOf(1, ['/', ...many]), { collapsed: new Set(), query: '' });
  const limited = limitRows(rows, 500, '/n0777');
  expect(limited?.rows).toHaveLength(102);
  expect(limited?.rows.at(-1)?.node.path).toBe('/n0777');
  expect([...(limited?.more ?? [])]).toEqual([['/', 799]]);
  expect(limitRows(rows.slice(0, 50), 500, '/')?.more.size).toBe(0);
});

test('a tree that is as deep as it is wide has no such share', () => {
  const chain = Array.from({ length: 600 }, (_, n) =>
    Array.from({ length: n + 1 }, () => '/x').join(''),
  );
  const rows = visibleRows(treeOf(1, ['/', ...chain]), { collapsed: new Set(), query: '' });
  expect(limitRows(rows, 500, '/')).toBeNull();
});
