import { describe, expect, test } from 'vitest';
import {
  addWatch,
  removeWatchesOf,
  setWatches,
  triggerWatch,
  watchCount,
  watchersOf,
} from '../../../src/core/data-tree/watch-manager.ts';
import { EventType } from '../../../src/core/jute/proto.ts';
import {
  apply,
  conn,
  created,
  dataSet,
  deleted,
  newTreeWorld,
  zxid,
  type TreeWorld,
} from './tree-world.ts';

const names = new Map<number, string>(
  Object.entries(EventType).map(([name, type]) => [type, name]),
);

/** What fired since the last call, as `conn event path`. */
function takeFired(world: TreeWorld): string[] {
  return world.fired
    .splice(0)
    .map((f) => `${String(f.conn)} ${names.get(f.type) ?? '?'} ${f.path}`);
}

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

test('those who are told already are left out, and their watch is consumed', () => {
  const { child } = newTreeWorld().watches;
  for (const n of [3, 1, 2]) addWatch(child, '/a', conn(n));
  expect(triggerWatch(child, '/a', [conn(1)])).toEqual([3, 2]);
  expect(triggerWatch(child, '/a')).toEqual([]);
});

test('a connection takes its watches with it, and no one else’s', () => {
  const world = newTreeWorld();
  addWatch(world.watches.data, '/a', conn(1));
  addWatch(world.watches.child, '/a', conn(1));
  addWatch(world.watches.data, '/a', conn(2));
  removeWatchesOf(world.watches, conn(1));
  expect(watchCount(world.watches)).toBe(1);
  expect(triggerWatch(world.watches.data, '/a')).toEqual([2]);
  expect(world.watches.data).toEqual({ byPath: new Map(), byConn: new Map() });
});

describe('setWatches after a reconnect', () => {
  function reconnect(lists: Partial<Record<'data' | 'exist' | 'child', string[]>>): TreeWorld {
    const world = newTreeWorld();
    apply(world, 1, created('/old'));
    apply(world, 2, created('/changed'));
    // The client saw zxid 2 last.
    apply(world, 3, dataSet('/changed', 'x', 1));
    apply(world, 4, created('/changed/child'));
    const request = {
      op: 'setWatches',
      relativeZxid: zxid(2),
      dataWatches: lists.data ?? [],
      existWatches: lists.exist ?? [],
      childWatches: lists.child ?? [],
      persistentWatches: [],
      persistentRecursiveWatches: [],
    } as const;
    world.fired.push(...setWatches(world.tree, world.watches, request, conn(1)));
    return world;
  }

  test('what was missed is told at once', () => {
    const world = reconnect({
      data: ['/changed', '/gone'],
      exist: ['/old'],
      child: ['/changed', '/gone'],
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
});
