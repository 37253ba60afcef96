import { describe, expect, test } from 'vitest';
import { modesOf, newWatchTables, watchCount } from '../../../src/core/data-tree/watch-manager.ts';
import { WatchMode, type WatchTables } from '../../../src/core/data-tree/watch-manager.ts';
import {
  hasWatch,
  isWatcherType,
  removeWatchOfType,
  setWatches,
  watchOnce,
  watchPersistently,
} from '../../../src/core/data-tree/watch-requests.ts';
import { AddWatchMode, WatcherType } from '../../../src/core/jute/proto.ts';
import { apply, conn, created, dataSet, newTreeWorld } from './tree-world.ts';
import { takeFired, zxid, type TreeWorld } from './tree-world.ts';

const me = conn(1);
const { STANDARD, PERSISTENT, PERSISTENT_RECURSIVE } = WatchMode;
const types = Object.values(WatcherType);

/** The modes in the data table and in the child table. */
function modes(tables: WatchTables, path: string): readonly [number, number] {
  return [modesOf(tables.data, path, me), modesOf(tables.child, path, me)];
}

describe('addWatch', () => {
  test.each([
    [AddWatchMode.PERSISTENT, '3.9', [PERSISTENT, PERSISTENT]],
    [AddWatchMode.PERSISTENT, '3.8.0', [PERSISTENT, PERSISTENT]],
    [AddWatchMode.PERSISTENT_RECURSIVE, '3.9', [PERSISTENT_RECURSIVE, 0]],
    [AddWatchMode.PERSISTENT_RECURSIVE, '3.8.0', [PERSISTENT_RECURSIVE, PERSISTENT_RECURSIVE]],
  ] as const)('mode %i in %s', (mode, release, expected) => {
    const tables = newWatchTables();
    expect(watchPersistently(tables, '/a', me, mode, release)).toBe(true);
    expect(modes(tables, '/a')).toEqual(expected);
  });

  test.each([-1, 2, 99])('%i is no mode, and sets nothing', (mode) => {
    const tables = newWatchTables();
    expect(watchPersistently(tables, '/a', me, mode, '3.9')).toBe(false);
    expect(watchCount(tables)).toBe(0);
  });

  test('3.9 gathers the modes of a path, 3.8.0 keeps the last one', () => {
    for (const [release, data, child] of [
      ['3.9', STANDARD + PERSISTENT + PERSISTENT_RECURSIVE, PERSISTENT],
      ['3.8.0', STANDARD, PERSISTENT],
    ] as const) {
      const tables = newWatchTables();
      watchPersistently(tables, '/a', me, AddWatchMode.PERSISTENT_RECURSIVE, release);
      watchPersistently(tables, '/a', me, AddWatchMode.PERSISTENT, release);
      watchOnce(tables.data, '/a', me, release);
      expect(modes(tables, '/a'), release).toEqual([data, child]);
    }
  });
});

test('3.8.0 knows three types of watcher, 3.9 five', () => {
  expect([0, 1, 2, 3, 4, 5, 6].filter((type) => isWatcherType(type, '3.9'))).toEqual(types);
  expect([-1, 0, 1, 2, 3, 4, 99].filter((type) => isWatcherType(type, '3.8.0'))).toEqual([1, 2, 3]);
});

/** Sets one watch of a kind on /a in 3.9. */
const kinds = {
  data: (tables: WatchTables) => {
    watchOnce(tables.data, '/a', me, '3.9');
  },
  child: (tables: WatchTables) => {
    watchOnce(tables.child, '/a', me, '3.9');
  },
  persistent: (tables: WatchTables) => {
    watchPersistently(tables, '/a', me, AddWatchMode.PERSISTENT, '3.9');
  },
  recursive: (tables: WatchTables) => {
    watchPersistently(tables, '/a', me, AddWatchMode.PERSISTENT_RECURSIVE, '3.9');
  },
};

describe('checkWatches and removeWatches in 3.9: a type finds its own kind, Any finds all', () => {
  const { Children, Data, Any, Persistent, PersistentRecursive } = WatcherType;
  test.each([
    ['data', [Data, Any]],
    ['child', [Children, Any]],
    ['persistent', [Any, Persistent]],
    ['recursive', [Any, PersistentRecursive]],
  ] as const)('%s', (kind, matching) => {
    for (const type of types) {
      const tables = newWatchTables();
      kinds[kind](tables);
      const matches = (matching as readonly number[]).includes(type);
      expect(hasWatch(tables, '/a', type, me, '3.9')).toBe(matches);
      expect(hasWatch(tables, '/a', type, conn(2), '3.9')).toBe(false);
      expect(hasWatch(tables, '/a/b', type, me, '3.9')).toBe(false);
      expect(removeWatchOfType(tables, '/a', type, conn(2), '3.9')).toBe(false);
      expect(removeWatchOfType(tables, '/a', type, me, '3.9')).toBe(matches);
      expect(watchCount(tables) === 0).toBe(matches);
    }
  });

  test('one kind goes, the others on the same path stay', () => {
    const tables = newWatchTables();
    for (const set of Object.values(kinds)) set(tables);
    expect(removeWatchOfType(tables, '/a', Data, me, '3.9')).toBe(true);
    expect(modes(tables, '/a')).toEqual([PERSISTENT + PERSISTENT_RECURSIVE, STANDARD + PERSISTENT]);
    expect(removeWatchOfType(tables, '/a', Persistent, me, '3.9')).toBe(true);
    expect(modes(tables, '/a')).toEqual([PERSISTENT_RECURSIVE, STANDARD]);
    expect(removeWatchOfType(tables, '/a', Any, me, '3.9')).toBe(true);
    expect(modes(tables, '/a')).toEqual([0, 0]);
  });
});

describe('checkWatches and removeWatches in 3.8.0: a type names a table, whatever is in there', () => {
  test('what is removed', () => {
    const tables = newWatchTables();
    watchPersistently(tables, '/a', me, AddWatchMode.PERSISTENT, '3.8.0');
    expect(removeWatchOfType(tables, '/a', WatcherType.Data, me, '3.8.0')).toBe(true);
    expect(modes(tables, '/a')).toEqual([0, PERSISTENT]);
    expect(removeWatchOfType(tables, '/a', WatcherType.Data, me, '3.8.0')).toBe(false);
    expect(removeWatchOfType(tables, '/a', WatcherType.Any, me, '3.8.0')).toBe(true);
    expect(watchCount(tables)).toBe(0);
  });

  test('a check is satisfied by anybody’s watch', () => {
    const tables = newWatchTables();
    watchOnce(tables.child, '/a', conn(2), '3.8.0');
    expect(hasWatch(tables, '/a', WatcherType.Children, me, '3.8.0')).toBe(true);
    expect(hasWatch(tables, '/a', WatcherType.Any, me, '3.8.0')).toBe(true);
    expect(hasWatch(tables, '/a', WatcherType.Data, me, '3.8.0')).toBe(false);
  });
});

describe('setWatches after a reconnect', () => {
  type List = 'data' | 'exist' | 'child' | 'persistent' | 'recursive';

  function reconnect(lists: Partial<Record<List, string[]>>): TreeWorld {
    const world = newTreeWorld();
    apply(world, 1, created('/old'));
    apply(world, 2, created('/changed'));
    // The client saw zxid 2 last.
    apply(world, 3, dataSet('/changed', 'x', 1));
    apply(world, 4, created('/changed/child'));
    const request = {
      op: 'setWatches2',
      relativeZxid: zxid(2),
      dataWatches: lists.data ?? [],
      existWatches: lists.exist ?? [],
      childWatches: lists.child ?? [],
      persistentWatches: lists.persistent ?? [],
      persistentRecursiveWatches: lists.recursive ?? [],
    } as const;
    world.fired.push(...setWatches(world.tree, world.watches, request, me));
    return world;
  }

  test('what was missed is told at once, in the order data, exist, child', () => {
    const world = reconnect({
      child: ['/changed', '/gone'],
      exist: ['/old'],
      data: ['/changed', '/gone'],
    });
    expect(takeFired(world)).toEqual([
      '1 NodeDataChanged /changed',
      '1 NodeDeleted /gone',
      '1 NodeCreated /old',
      '1 NodeChildrenChanged /changed',
      '1 NodeDeleted /gone',
    ]);
    expect(watchCount(world.watches)).toBe(0);
  });

  test('what was not is watched again', () => {
    const world = reconnect({ data: ['/old'], exist: ['/gone'], child: ['/old'] });
    expect(takeFired(world)).toEqual([]);
    apply(world, 5, created('/gone'));
    apply(world, 6, created('/old/child'));
    apply(world, 7, dataSet('/old', 'x', 1));
    expect(takeFired(world)).toEqual([
      '1 NodeCreated /gone',
      '1 NodeChildrenChanged /old',
      '1 NodeDataChanged /old',
    ]);
  });

  test('persistent watches come back, and what they missed is lost', () => {
    const world = reconnect({ persistent: ['/changed', '/gone'], recursive: ['/changed'] });
    expect(takeFired(world)).toEqual([]);
    expect(modes(world.watches, '/changed')).toEqual([
      PERSISTENT + PERSISTENT_RECURSIVE,
      PERSISTENT,
    ]);
    apply(world, 5, created('/changed/other'));
    apply(world, 6, created('/gone'));
    expect(takeFired(world)).toEqual([
      '1 NodeCreated /changed/other',
      '1 NodeChildrenChanged /changed',
      '1 NodeCreated /gone',
    ]);
  });
});
