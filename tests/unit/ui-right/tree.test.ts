import { describe, expect, test } from 'vitest';
import type { Sid } from '../../../src/core/units.ts';
import type { TreeView } from '../../../src/core/view.ts';
import type { Zxid } from '../../../src/core/zxid.ts';
import { compareTrees, NO_CHANGES, TreeMemory } from '../../../src/ui/tree/tree-changes.ts';
import { layoutTree } from '../../../src/ui/tree/tree-layout.ts';
import {
  depthOf,
  isSequential,
  moveByKey,
  parentOf,
  visibleRows,
  windowOf,
} from '../../../src/ui/tree/tree-model.ts';
import { cannedTree, session, sid } from '../../component/canned-frames.ts';

const tree = cannedTree(sid(4));
const NONE: ReadonlySet<string> = new Set();
const paths = (query: string, collapsed: readonly string[] = []): string[] =>
  visibleRows(tree, { query, collapsed: new Set(collapsed) }).map((row) => row.node.path);

test.each([
  ['/', null, 0],
  ['/app', '/', 1],
  ['/app/locks/lock-1', '/app/locks', 3],
])('%s lies under %s at depth %d', (path, parent, depth) => {
  expect(parentOf(path)).toBe(parent);
  expect(depthOf(path)).toBe(depth);
});

test('ten digits at the end make a sequential name', () => {
  expect(isSequential('lock-0000000012')).toBe(true);
  expect(isSequential('lock-000000012')).toBe(false);
});

describe('rows', () => {
  test('a fold hides what is beneath it, and nothing else', () => {
    expect(paths('', ['/app', '/zookeeper'])).toEqual(['/', '/app', '/zookeeper']);
  });

  test('a search shows the hits and the way to them, whatever is folded', () => {
    expect(paths('web-1', ['/app'])).toEqual(['/', '/app', '/app/members', '/app/members/web-1']);
  });

  test('a search looks into the data too', () => {
    expect(paths('POOL=64')).toEqual(['/', '/app', '/app/config']);
  });

  test('a search by path is a prefix', () => {
    expect(paths('/zoo')).toEqual(['/', '/zookeeper', '/zookeeper/config', '/zookeeper/quota']);
  });

  test('each row knows its place among its siblings', () => {
    const rows = visibleRows(tree, { query: '', collapsed: new Set(['/app/locks']) });
    expect(
      rows
        .filter((row) => parentOf(row.node.path) === '/app')
        .map((row) => [row.node.name, row.position, row.siblings, row.expanded]),
    ).toEqual([
      ['config', 1, 3, null],
      ['locks', 2, 3, false],
      ['members', 3, 3, true],
    ]);
  });
});

describe('keys', () => {
  const rows = visibleRows(tree, { query: '', collapsed: new Set(['/app/locks']) });
  test.each([
    ['/', 'ArrowDown', { kind: 'focus', path: '/app' }],
    ['/', 'ArrowUp', { kind: 'focus', path: '/' }],
    ['/app/config', 'ArrowLeft', { kind: 'focus', path: '/app' }],
    ['/app', 'ArrowLeft', { kind: 'collapse', path: '/app' }],
    ['/app', 'ArrowRight', { kind: 'focus', path: '/app/config' }],
    ['/app/locks', 'ArrowRight', { kind: 'expand', path: '/app/locks' }],
    ['/app/config', 'ArrowRight', { kind: 'none' }],
    ['/', 'End', { kind: 'focus', path: '/zookeeper/quota' }],
    ['/zookeeper/quota', 'Home', { kind: 'focus', path: '/' }],
    ['/', 'PageDown', { kind: 'focus', path: '/app/locks' }],
    ['/', 'x', { kind: 'none' }],
  ])('at %s, %s', (current, key, want) => {
    expect(moveByKey(rows, current, key, 3)).toEqual(want);
  });

  test('a row that is gone leaves the keys at the first', () => {
    expect(moveByKey(rows, '/gone', 'ArrowDown', 3)).toEqual({ kind: 'focus', path: '/app' });
  });
});

test.each([
  [100, 0, 280, { from: 0, to: 16 }],
  [100, 2800, 280, { from: 94, to: 100 }],
  [100, 560, 280, { from: 14, to: 36 }],
  [0, 0, 280, { from: 0, to: 0 }],
])('of %d rows, scrolled to %d in %d pixels', (rows, top, height, want) => {
  expect(windowOf(rows, 28, top, height)).toEqual(want);
});

describe('layout', () => {
  const rows = visibleRows(tree, { query: '', collapsed: NONE });
  const { nodes, edges, bounds } = layoutTree(rows, () => 50);

  test('depth goes to the right, and a level is as wide as its label', () => {
    const x = new Map(nodes.map((node) => [node.row.node.path, node.x]));
    expect(x.get('/')).toBe(0);
    expect(x.get('/app')).toBe(x.get('/zookeeper'));
    expect((x.get('/app/config') ?? 0) - (x.get('/app') ?? 0)).toBe(x.get('/app'));
    expect(x.get('/app')).toBeGreaterThan(50);
  });

  test('within a column the order is that of the rows, and none touches the next', () => {
    for (const x of new Set(nodes.map((node) => node.x))) {
      const column = nodes.filter((node) => node.x === x).map((node) => node.y);
      for (const [index, y] of column.slice(1).entries()) {
        expect(y - (column[index] ?? 0)).toBeGreaterThanOrEqual(26);
      }
    }
  });

  test('every znode but the root hangs on an edge, and all lie within the bounds', () => {
    expect(edges.map((edge) => edge.path).sort()).toEqual(
      rows
        .map((row) => row.node.path)
        .filter((path) => path !== '/')
        .sort(),
    );
    for (const { x, y } of nodes) {
      expect(x).toBeGreaterThanOrEqual(bounds.x);
      expect(y).toBeGreaterThanOrEqual(bounds.y);
      expect(x).toBeLessThanOrEqual(bounds.x + bounds.width);
      expect(y).toBeLessThanOrEqual(bounds.y + bounds.height);
    }
  });

  test('nothing to draw is no error', () => {
    expect(layoutTree([], () => 50).nodes).toEqual([]);
  });
});

describe('changes', () => {
  const change = (of: Partial<TreeView>): TreeView => ({ ...tree, treeVersion: 2, ...of });
  const edited = change({
    nodes: tree.nodes
      .filter((node) => node.path !== '/app/members/web-2')
      .map((node) => {
        if (node.path === '/app/config') return { ...node, mzxid: 0x300000009n as Zxid };
        if (node.path === '/app/members') return { ...node, pzxid: 0x30000000an as Zxid };
        if (node.path === '/app') return { ...node, watchers: [session(2)] };
        if (node.path === '/app/members/web-1') return { ...node, czxid: 0x30000000bn as Zxid };
        return node;
      }),
  });

  test('data, children, watches, and a znode made anew under its old name', () => {
    const { changed, removed } = compareTrees(tree, edited);
    expect(Object.fromEntries(changed)).toEqual({
      '/app': 'watch',
      '/app/config': 'data',
      '/app/members': 'children',
      '/app/members/web-1': 'added',
    });
    expect(removed).toEqual(['/app/members/web-2']);
  });

  test('trees of two servers are not compared', () => {
    expect(compareTrees(tree, { ...edited, sid: 5 as Sid }).changed.size).toBe(0);
  });

  test('a frame with the same tree gives the same objects again', () => {
    const memory = new TreeMemory();
    memory.next(tree);
    const seen = memory.next(edited);
    expect(memory.next(structuredClone(edited))).toBe(seen);
    expect(seen.changes.removed).toEqual(['/app/members/web-2']);
  });

  test('a transaction that changed no znode leaves the last change in sight', () => {
    const memory = new TreeMemory();
    memory.next(tree);
    const seen = memory.next(edited);
    const later = { ...edited, lastProcessed: 0x30000000fn as Zxid };
    expect(memory.next(later).changes).toBe(seen.changes);
    expect(memory.next(later).tree).toBe(later);
  });

  test('the tree of another run is compared with nothing', () => {
    const memory = new TreeMemory();
    memory.next(tree);
    memory.forget();
    expect(memory.next(edited).changes).toEqual(NO_CHANGES);
  });

  test('a server that comes back is compared with what it was before', () => {
    const memory = new TreeMemory();
    memory.next(tree);
    memory.next(null);
    expect(memory.next(edited).changes.removed).toEqual(['/app/members/web-2']);
  });
});
