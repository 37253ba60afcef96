import { describe, expect, test } from 'vitest';
import {
  addWatch,
  clearWatches,
  modesOf,
  newWatchTables,
  removeWatch,
  removeWatchesOf,
  triggerWatch,
  watchCount,
  watchersOf,
  watchesByConn,
  watchesByPath,
  watchSummary,
  WatchMode,
} from '../../../src/core/data-tree/watch-manager.ts';
import { EventType } from '../../../src/core/jute/proto.ts';
import { OPEN_ACL_UNSAFE, READ_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import { apply, conn, created, dataSet, deleted, newTreeWorld, takeFired } from './tree-world.ts';

const { PERSISTENT, PERSISTENT_RECURSIVE, STANDARD } = WatchMode;
const { NodeChildrenChanged, NodeDataChanged, NodeDeleted } = EventType;

describe('what fires, and in which order', () => {
  test('create: the node first, then the children of its parent', () => {
    const world = newTreeWorld();
    addWatch(world.watches.child, '/', conn(1));
    addWatch(world.watches.data, '/a', conn(2));
    addWatch(world.watches.data, '/', conn(3));
    apply(world, 1, created('/a'));
    expect(takeFired(world)).toEqual(['2 NodeCreated /a', '1 NodeChildrenChanged /']);
    expect(watchersOf(world.watches, '/')).toEqual(new Set([3]));
  });

  test('delete: who watches data and children hears of it once, and both are consumed', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/a'));
    addWatch(world.watches.data, '/a', conn(1));
    addWatch(world.watches.child, '/a', conn(2));
    addWatch(world.watches.child, '/a', conn(1));
    addWatch(world.watches.child, '/', conn(1));
    apply(world, 2, deleted('/a'));
    expect(takeFired(world)).toEqual([
      '1 NodeDeleted /a',
      '2 NodeDeleted /a',
      '1 NodeChildrenChanged /',
    ]);
    expect(watchCount(world.watches)).toBe(0);
  });

  test('setData: the data watches, once', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/a'));
    addWatch(world.watches.data, '/a', conn(1));
    addWatch(world.watches.data, '/a', conn(1));
    addWatch(world.watches.child, '/a', conn(2));
    apply(world, 2, dataSet('/a', 'x', 1));
    apply(world, 3, dataSet('/a', 'y', 2));
    expect(takeFired(world)).toEqual(['1 NodeDataChanged /a']);
    expect(watchCount(world.watches)).toBe(1);
  });

  test('setACL: nobody', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/a'));
    addWatch(world.watches.data, '/a', conn(1));
    addWatch(world.watches.data, '/', conn(1), PERSISTENT_RECURSIVE);
    apply(world, 2, { type: 'setACL', path: '/a', acl: READ_ACL_UNSAFE, version: 1 });
    expect(takeFired(world)).toEqual([]);
  });

  test('multi and closeSession: as their single changes would, one after the other', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/e', { ephemeral: true }), 9n);
    addWatch(world.watches.data, '/e', conn(1));
    addWatch(world.watches.data, '/b', conn(1));
    apply(world, 2, { type: 'multi', txns: [created('/b'), dataSet('/e', 'x', 1)] });
    expect(takeFired(world)).toEqual(['1 NodeCreated /b', '1 NodeDataChanged /e']);
    addWatch(world.watches.data, '/e', conn(1));
    apply(world, 3, { type: 'closeSession', paths: ['/e'] }, 9n);
    expect(takeFired(world)).toEqual(['1 NodeDeleted /e']);
  });

  test('nothing that fails fires', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/a'));
    addWatch(world.watches.data, '/a', conn(1));
    addWatch(world.watches.child, '/', conn(1));
    apply(world, 2, created('/a'));
    apply(world, 3, dataSet('/b', 'x', 1));
    expect(takeFired(world)).toEqual([]);
  });
});

describe('whose ACL decides who is told', () => {
  test('the new node’s, the changed node’s, the deleted node’s last one; for children the parent’s', () => {
    const world = newTreeWorld();
    for (const path of ['/p/n', '/p']) {
      addWatch(world.watches.data, path, conn(1), PERSISTENT);
      addWatch(world.watches.child, path, conn(1), PERSISTENT);
    }
    const [open, read] = [OPEN_ACL_UNSAFE, READ_ACL_UNSAFE];
    apply(world, 1, created('/p', { acl: open }));
    apply(world, 2, created('/p/n', { acl: read }));
    apply(world, 3, dataSet('/p/n', 'x', 1));
    apply(world, 4, { type: 'setACL', path: '/p/n', acl: [], version: 1 });
    apply(world, 5, dataSet('/p/n', 'y', 2));
    apply(world, 6, deleted('/p/n'));
    expect(world.fired.map(({ type, path, acl }) => [type, path, acl])).toEqual([
      [EventType.NodeCreated, '/p', open],
      [EventType.NodeCreated, '/p/n', read],
      [EventType.NodeChildrenChanged, '/p', open],
      [EventType.NodeDataChanged, '/p/n', read],
      [EventType.NodeDataChanged, '/p/n', []],
      [EventType.NodeDeleted, '/p/n', []],
      [EventType.NodeChildrenChanged, '/p', open],
    ]);
  });
});

describe('a persistent watch', () => {
  test('stays, and hears of data and of children', () => {
    const world = newTreeWorld();
    addWatch(world.watches.data, '/p', conn(1), PERSISTENT);
    addWatch(world.watches.child, '/p', conn(1), PERSISTENT);
    apply(world, 1, created('/p'));
    apply(world, 2, created('/p/k'));
    apply(world, 3, dataSet('/p', 'x', 1));
    apply(world, 4, dataSet('/p/k', 'x', 1));
    apply(world, 5, deleted('/p/k'));
    apply(world, 6, deleted('/p'));
    expect(takeFired(world)).toEqual([
      '1 NodeCreated /p',
      '1 NodeChildrenChanged /p',
      '1 NodeDataChanged /p',
      '1 NodeChildrenChanged /p',
      '1 NodeDeleted /p',
    ]);
    expect(watchCount(world.watches)).toBe(2);
  });

  test('beside a one-shot watch: one event, and only the one-shot watch is used up', () => {
    const { data } = newWatchTables();
    addWatch(data, '/a', conn(1), PERSISTENT);
    addWatch(data, '/a', conn(1));
    expect(modesOf(data, '/a', conn(1))).toBe(STANDARD + PERSISTENT);
    expect(triggerWatch(data, '/a', NodeDataChanged)).toEqual([1]);
    expect(modesOf(data, '/a', conn(1))).toBe(PERSISTENT);
    expect(triggerWatch(data, '/a', NodeDataChanged)).toEqual([1]);
  });

  test('where a path has one mode only, the last one counts', () => {
    const { data } = newWatchTables();
    addWatch(data, '/a', conn(1), PERSISTENT_RECURSIVE, true);
    addWatch(data, '/a', conn(1), STANDARD, true);
    expect(data.recursive).toBe(0);
    expect(triggerWatch(data, '/a', NodeDataChanged)).toEqual([1]);
    expect(triggerWatch(data, '/a', NodeDataChanged)).toEqual([]);
  });
});

describe('a recursive watch', () => {
  test('hears of every node below it by its own path, never of children', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/p'));
    addWatch(world.watches.data, '/p', conn(1), PERSISTENT_RECURSIVE);
    apply(world, 2, created('/p/k'));
    apply(world, 3, created('/p/k/j'));
    apply(world, 4, dataSet('/p/k', 'x', 1));
    apply(world, 5, dataSet('/p', 'x', 1));
    apply(world, 6, deleted('/p/k/j'));
    apply(world, 7, deleted('/p/k'));
    apply(world, 8, created('/pq'));
    expect(takeFired(world)).toEqual([
      '1 NodeCreated /p/k',
      '1 NodeCreated /p/k/j',
      '1 NodeDataChanged /p/k',
      '1 NodeDataChanged /p',
      '1 NodeDeleted /p/k/j',
      '1 NodeDeleted /p/k',
    ]);
  });

  test('on the root hears of everything but the lists of children', () => {
    const { data, child } = newWatchTables();
    addWatch(data, '/', conn(1), PERSISTENT_RECURSIVE);
    expect(triggerWatch(data, '/', NodeDataChanged)).toEqual([1]);
    expect(triggerWatch(data, '/a', NodeDataChanged)).toEqual([1]);
    // Before 3.9 a recursive watch sits in the child table as well.
    addWatch(child, '/', conn(1), PERSISTENT_RECURSIVE);
    expect(triggerWatch(child, '/', NodeChildrenChanged)).toEqual([]);
    expect(triggerWatch(child, '/a', NodeChildrenChanged)).toEqual([]);
    expect(triggerWatch(child, '/a', NodeDeleted)).toEqual([1]);
  });

  test('one event per connection, the path’s own watchers first, then the nearest ancestor’s', () => {
    const { data } = newWatchTables();
    addWatch(data, '/', conn(1), PERSISTENT_RECURSIVE);
    addWatch(data, '/', conn(2), PERSISTENT_RECURSIVE);
    addWatch(data, '/a', conn(3), PERSISTENT_RECURSIVE);
    addWatch(data, '/a', conn(2), PERSISTENT_RECURSIVE);
    addWatch(data, '/a/b', conn(4));
    addWatch(data, '/a/b', conn(1));
    addWatch(data, '/a', conn(5), PERSISTENT);
    expect(triggerWatch(data, '/a/b', NodeDataChanged)).toEqual([4, 1, 3, 2]);
    expect(triggerWatch(data, '/a/b', NodeDataChanged)).toEqual([3, 2, 1]);
  });

  test('ancestors are looked at while somebody has one, and no longer', () => {
    const { data } = newWatchTables();
    addWatch(data, '/', conn(1), PERSISTENT_RECURSIVE);
    addWatch(data, '/', conn(1), PERSISTENT_RECURSIVE);
    addWatch(data, '/', conn(1), PERSISTENT);
    addWatch(data, '/a', conn(2), PERSISTENT_RECURSIVE);
    expect(data.recursive).toBe(2);
    expect(removeWatch(data, '/', conn(1), PERSISTENT_RECURSIVE)).toBe(true);
    expect(data.recursive).toBe(1);
    removeWatchesOf({ data, child: newWatchTables().child }, conn(2));
    expect(data.recursive).toBe(0);
    expect(triggerWatch(data, '/a', NodeDataChanged)).toEqual([]);
    expect(triggerWatch(data, '/', NodeDataChanged)).toEqual([1]);
  });
});

test('those who are told already are left out, and their watch is consumed', () => {
  const { child } = newWatchTables();
  for (const n of [3, 1, 2]) addWatch(child, '/a', conn(n));
  expect(triggerWatch(child, '/a', NodeDeleted, [conn(1)])).toEqual([3, 2]);
  expect(triggerWatch(child, '/a', NodeDeleted)).toEqual([]);
});

test('removal of one mode, of the whole watch, of what is not there', () => {
  const { data } = newWatchTables();
  for (const mode of [STANDARD, PERSISTENT, PERSISTENT_RECURSIVE]) {
    addWatch(data, '/a', conn(1), mode);
  }
  expect(removeWatch(data, '/a', conn(1), PERSISTENT)).toBe(true);
  expect(removeWatch(data, '/a', conn(1), PERSISTENT)).toBe(false);
  expect(modesOf(data, '/a', conn(1))).toBe(STANDARD + PERSISTENT_RECURSIVE);
  expect(removeWatch(data, '/a', conn(2), null)).toBe(false);
  expect(removeWatch(data, '/b', conn(1), null)).toBe(false);
  expect(removeWatch(data, '/a', conn(1), null)).toBe(true);
  expect(data).toEqual({ byPath: new Map(), byConn: new Map(), recursive: 0 });
});

test('a connection takes its watches with it, and no one else’s', () => {
  const tables = newWatchTables();
  addWatch(tables.data, '/a', conn(1));
  addWatch(tables.child, '/a', conn(1), PERSISTENT);
  addWatch(tables.data, '/a', conn(2));
  removeWatchesOf(tables, conn(1));
  expect(watchCount(tables)).toBe(1);
  expect(watchersOf(tables, '/a')).toEqual(new Set([2]));
  expect(watchesByConn(tables.child)).toEqual([]);
  clearWatches(tables);
  expect(tables).toEqual(newWatchTables());
});

test('the lists for wchs, wchp and wchc', () => {
  const { data } = newWatchTables();
  addWatch(data, '/a', conn(1));
  addWatch(data, '/b', conn(2), PERSISTENT);
  addWatch(data, '/b', conn(1), PERSISTENT_RECURSIVE);
  expect(watchSummary(data)).toEqual({ connections: 2, paths: 2, watches: 3 });
  expect(watchesByPath(data)).toEqual([
    ['/a', [1]],
    ['/b', [2, 1]],
  ]);
  expect(watchesByConn(data)).toEqual([
    [1, ['/a', '/b']],
    [2, ['/b']],
  ]);
  // A connection is listed for as long as it lives, even when its last watch has fired.
  addWatch(data, '/c', conn(3));
  triggerWatch(data, '/c', NodeDataChanged);
  expect(watchSummary(data)).toEqual({ connections: 3, paths: 2, watches: 3 });
});
