import { describe, expect, test } from 'vitest';
import {
  createDataTree,
  ephemeralsOf,
  getNode,
  nodeCount,
} from '../../../src/core/data-tree/data-tree.ts';
import { ErrorCode } from '../../../src/core/error-code.ts';
import { OPEN_ACL_UNSAFE, READ_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import type { Txn } from '../../../src/core/jute/txn.ts';
import type { Millis, SessionId } from '../../../src/core/units.ts';
import { apply, created, dataSet, deleted, newTreeWorld, stat } from './tree-world.ts';

describe('a fresh tree', () => {
  test('holds the reserved nodes, which were never counted as creations', () => {
    const world = newTreeWorld();
    expect([...world.tree.nodes.keys()]).toEqual([
      '/',
      '/zookeeper',
      '/zookeeper/config',
      '/zookeeper/quota',
    ]);
    expect(stat(world, '/')).toMatchObject({ cversion: -1, numChildren: 1, pzxid: 0n });
    expect(stat(world, '/zookeeper')).toMatchObject({ cversion: -2, numChildren: 2 });
    expect(stat(world, '/zookeeper/config')).toMatchObject({ aversion: -1, dataLength: 0 });
    expect(nodeCount(world.tree)).toBe(5);
  });

  test('lets the world only read the configuration, and has "" for the root', () => {
    const tree = createDataTree();
    expect(getNode(tree, '/zookeeper/config')?.acl).toEqual(READ_ACL_UNSAFE);
    expect(getNode(tree, '')).toBe(getNode(tree, '/'));
  });
});

describe('what a transaction does to the Stats', () => {
  test('create: the node begins at its zxid, the parent counts it', () => {
    const world = newTreeWorld();
    const result = apply(world, 7, created('/a', { data: new Uint8Array(3) }));
    const expected = {
      czxid: 7n,
      mzxid: 7n,
      ctime: 7000,
      mtime: 7000,
      version: 0,
      cversion: 0,
      aversion: 0,
      ephemeralOwner: 0n,
      dataLength: 3,
      numChildren: 0,
      pzxid: 7n,
    };
    expect(result).toEqual({ err: 0, path: '/a', stat: expected, results: null });
    expect(stat(world, '/a')).toEqual(expected);
    expect(stat(world, '/')).toMatchObject({ cversion: 0, pzxid: 7n, mzxid: 0n, mtime: 0 });
    expect(world.tree.lastProcessedZxid).toBe(7n);
  });

  test('the script of a real server: creations, a deletion, and what the parent shows', () => {
    const world = newTreeWorld();
    apply(world, 2, created('/p'));
    expect(stat(world, '/p')).toMatchObject({ czxid: 2n, pzxid: 2n, cversion: 0 });
    apply(world, 3, created('/p/s-0000000000', { parentCVersion: 1 }));
    apply(world, 4, created('/p/x', { parentCVersion: 2 }));
    apply(world, 5, created('/p/s-0000000002', { parentCVersion: 3 }));
    expect(stat(world, '/p')).toMatchObject({ pzxid: 5n, cversion: 3, numChildren: 3, mzxid: 2n });
    apply(world, 6, deleted('/p/x'));
    expect(stat(world, '/p')).toMatchObject({ pzxid: 6n, cversion: 4, numChildren: 2 });
    expect(getNode(world.tree, '/p')?.cversion).toBe(3);
  });

  test('setData: version, mzxid, mtime, and nothing of the parent', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/a'));
    const before = stat(world, '/');
    const result = apply(world, 2, dataSet('/a', 'hello', 1));
    expect(result.stat).toMatchObject({ version: 1, mzxid: 2n, mtime: 2000, dataLength: 5 });
    expect(stat(world, '/a')).toMatchObject({ czxid: 1n, ctime: 1000, pzxid: 1n });
    expect(stat(world, '/')).toEqual(before);
  });

  test.each<[name: string, txn: Txn]>([
    ['check', { type: 'check', path: '/a', version: 0 }],
    ['error', { type: 'error', err: ErrorCode.BADVERSION }],
    ['createSession', { type: 'createSession', timeOut: 4000 as Millis }],
  ])('%s: no node changes, but the zxid is processed', (_, txn) => {
    const world = newTreeWorld();
    apply(world, 1, created('/a'));
    const before = structuredClone(world.tree);
    const result = apply(world, 2, txn);
    expect(result.err).toBe(txn.type === 'error' ? ErrorCode.BADVERSION : ErrorCode.OK);
    expect(world.tree).toEqual({ ...before, lastProcessedZxid: 2n });
  });
});

describe('kinds of nodes', () => {
  test('each is listed under its kind, until it is deleted', () => {
    const world = newTreeWorld();
    const base = { path: '', data: null, acl: OPEN_ACL_UNSAFE, parentCVersion: -1 };
    apply(world, 1, { ...base, type: 'createContainer', path: '/c' });
    apply(world, 2, { ...base, type: 'createTTL', path: '/t', ttl: 5000 });
    apply(world, 3, created('/e', { ephemeral: true }), 9n);
    const { containers, ttls, ephemerals } = world.tree;
    expect([[...containers], [...ttls], [...ephemerals]]).toEqual([
      ['/c'],
      ['/t'],
      [[9n, new Set(['/e'])]],
    ]);
    for (const [i, path] of ['/c', '/t', '/e'].entries()) apply(world, 4 + i, deleted(path));
    expect([containers.size, ttls.size, ephemerals.size]).toEqual([0, 0, 0]);
  });
});

describe('closeSession', () => {
  function worldOfSession(): ReturnType<typeof newTreeWorld> {
    const world = newTreeWorld();
    apply(world, 1, created('/p'));
    apply(world, 2, created('/p/e1', { ephemeral: true }), 9n);
    apply(world, 3, created('/p/e2', { ephemeral: true }), 9n);
    apply(world, 4, created('/other', { ephemeral: true }), 8n);
    return world;
  }

  test('deletes the listed paths, and what else the session owns', () => {
    const world = worldOfSession();
    apply(world, 5, { type: 'closeSession', paths: ['/p/e2'] }, 9n);
    expect(stat(world, '/p/e1')).toBeNull();
    expect(stat(world, '/p/e2')).toBeNull();
    expect(stat(world, '/p')).toMatchObject({ pzxid: 5n, numChildren: 0, cversion: 4 });
    expect(ephemeralsOf(world.tree, 9n as SessionId)).toEqual([]);
    expect(ephemeralsOf(world.tree, 8n as SessionId)).toEqual(['/other']);
  });

  test('tolerates a path that is gone, and still raises the pzxid of its parent', () => {
    const world = worldOfSession();
    apply(world, 5, deleted('/p/e1'));
    const paths = ['/p/e1', '/p/e2', '/nowhere/x'];
    expect(apply(world, 6, { type: 'closeSession', paths }, 9n).err).toBe(ErrorCode.OK);
    expect(stat(world, '/p')).toMatchObject({ pzxid: 6n, numChildren: 0 });
  });
});

describe('multi', () => {
  test('its members share a zxid and are applied in order', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/p'));
    const txns = [dataSet('/p', 'v1', 1), created('/p/c'), dataSet('/p', 'v2', 2)];
    const result = apply(world, 2, { type: 'multi', txns });
    expect(result.err).toBe(ErrorCode.OK);
    expect(result.results?.map((r) => [r.err, r.path, r.stat?.version])).toEqual([
      [0, '/p', 1],
      [0, '/p/c', 0],
      [0, '/p', 2],
    ]);
    expect(stat(world, '/p')).toMatchObject({ version: 2, mzxid: 2n, pzxid: 2n });
  });

  test('one failed member: nothing is applied, and each says its code', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/p'));
    const before = structuredClone(world.tree);
    const errors = [ErrorCode.OK, ErrorCode.NONODE, ErrorCode.RUNTIMEINCONSISTENCY];
    const txns = errors.map((err): Txn => ({ type: 'error', err }));
    const result = apply(world, 2, { type: 'multi', txns });
    expect(result.err).toBe(ErrorCode.NONODE);
    expect(result.results?.map((r) => r.err)).toEqual(errors);
    expect(world.tree).toEqual({ ...before, lastProcessedZxid: 2n });
  });

  test('beside an error, another member is passed over', () => {
    const world = newTreeWorld();
    const txns = [created('/a'), { type: 'error', err: ErrorCode.NONODE } as const];
    const result = apply(world, 1, { type: 'multi', txns });
    expect(result.results?.map((r) => r.err)).toEqual([ErrorCode.OK, ErrorCode.NONODE]);
    expect(stat(world, '/a')).toBeNull();
  });
});

describe('replay over a fuzzy snapshot', () => {
  test('a create of a node that is there raises its parent, and renews the ACL', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/p'));
    apply(world, 2, created('/p/a', { parentCVersion: 1 }));
    const again = created('/p/a', { parentCVersion: 4, acl: READ_ACL_UNSAFE });
    expect(apply(world, 9, again).err).toBe(ErrorCode.NODEEXISTS);
    expect(getNode(world.tree, '/p')).toMatchObject({ cversion: 4, pzxid: 9n });
    expect(getNode(world.tree, '/p/a')).toMatchObject({ czxid: 2n, acl: READ_ACL_UNSAFE });
    apply(world, 10, created('/p/a', { parentCVersion: 3 }));
    expect(getNode(world.tree, '/p')).toMatchObject({ cversion: 4, pzxid: 9n });
  });

  test('of a container that is there only the ACL is renewed', () => {
    const world = newTreeWorld();
    const txn = { type: 'createContainer', path: '/c', data: null } as const;
    apply(world, 1, { ...txn, acl: OPEN_ACL_UNSAFE, parentCVersion: 1 });
    apply(world, 2, { ...txn, acl: READ_ACL_UNSAFE, parentCVersion: 5 });
    expect(getNode(world.tree, '/c')?.acl).toBe(READ_ACL_UNSAFE);
    expect(getNode(world.tree, '/')).toMatchObject({ cversion: 1, pzxid: 1n });
  });

  test('a create does not turn back a parent that has counted further', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/p'));
    apply(world, 5, created('/p/b', { parentCVersion: 7 }));
    apply(world, 3, created('/p/a', { parentCVersion: 6 }));
    expect(getNode(world.tree, '/p')).toMatchObject({ cversion: 7, pzxid: 5n });
    expect(stat(world, '/p/a')).toMatchObject({ czxid: 3n });
    expect(world.tree.lastProcessedZxid).toBe(5n);
  });

  test('a delete of a node that is gone raises the pzxid of its parent, never lowers it', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/p'));
    expect(apply(world, 8, deleted('/p/a')).err).toBe(ErrorCode.NONODE);
    expect(stat(world, '/p')).toMatchObject({ pzxid: 8n });
    apply(world, 6, deleted('/p/a'));
    expect(stat(world, '/p')).toMatchObject({ pzxid: 8n });
  });

  test.each<[name: string, txn: Txn]>([
    ['create', created('/no/a')],
    ['delete', deleted('/no/a')],
    ['setData', dataSet('/no', 'x', 1)],
  ])('%s where nothing is: NONODE, and no change', (_, txn) => {
    const world = newTreeWorld();
    const before = structuredClone(world.tree);
    expect(apply(world, 1, txn).err).toBe(ErrorCode.NONODE);
    expect(world.tree).toEqual({ ...before, lastProcessedZxid: 1n });
  });
});
