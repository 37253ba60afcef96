/** What a write becomes, and which of several errors it gets: the first in ZooKeeper's order. */
import { describe, expect, test } from 'vitest';
import type { SessionId } from '../../../src/core/units.ts';
import { bench, commit, EXPIRED, MOVED, outcome, prepare } from './bench.ts';

describe('which error comes first', () => {
  test.each<[request: string, outcome: string]>([
    // create: the mode, the ACL, the parent, the whole path, the node, ephemeral parents.
    ['create flags=9 acl=none /none/x', 'BADARGUMENTS'],
    ['create flags=5 acl=none /none/x', 'UNIMPLEMENTED'],
    ['create acl=none nopath', 'BADARGUMENTS'],
    ['create acl=none /none/x', 'INVALIDACL'],
    ['create acl=none /p', 'INVALIDACL'],
    ['create /none/x', 'NONODE'],
    ['create /none/../x', 'NONODE'],
    ['create /p/..', 'BADARGUMENTS'],
    ['create /p/full', 'NODEEXISTS'],
    ['create /p/full/', 'BADARGUMENTS'],
    ['create /e/x', 'NOCHILDRENFOREPHEMERALS'],
    ['create /', 'NODEEXISTS'],
    // delete: the path, the parent, the node, its version, its children.
    ['delete /', 'BADARGUMENTS'],
    ['delete /zookeeper', 'BADARGUMENTS'],
    ['delete /zookeeper/config', 'BADARGUMENTS'],
    ['delete nopath', 'BADARGUMENTS'],
    ['delete /none/x 5', 'NONODE'],
    ['delete /p/none 5', 'NONODE'],
    ['delete /p/full 5', 'BADVERSION'],
    ['delete /p/full 0', 'NOTEMPTY'],
    ['delete /p/full', 'NOTEMPTY'],
    // setData: the path, the node, its version.
    ['set nopath 5', 'BADARGUMENTS'],
    ['set /none 5', 'NONODE'],
    ['set /p 5', 'BADVERSION'],
    // A check outside a multi is no request.
    ['check /p 0', 'UNIMPLEMENTED'],
  ])('%s: %s', (request, expected) => {
    expect(outcome(prepare(bench(), request))).toBe(expected);
  });

  test.each<[request: string, session: SessionId, outcome: string]>([
    ['delete / 5', EXPIRED, 'SESSIONEXPIRED'],
    ['set nopath 5', EXPIRED, 'SESSIONEXPIRED'],
    ['create nopath', EXPIRED, 'SESSIONEXPIRED'],
    ['create nopath', MOVED, 'SESSIONMOVED'],
    ['set /p', 99n as SessionId, 'SESSIONEXPIRED'],
    // Only the mode of a create is looked at before the session.
    ['create flags=9 /x', EXPIRED, 'BADARGUMENTS'],
    ['create flags=5 /x', MOVED, 'UNIMPLEMENTED'],
  ])('%s of session %s: %s', (request, session, expected) => {
    expect(outcome(prepare(bench(), request, session))).toBe(expected);
  });
});

describe('what a write becomes', () => {
  test.each<[request: string, outcome: string]>([
    ['create /x', 'create /x cversion=3'],
    ['create -e /x', 'create /x ephemeral cversion=3'],
    // The suffix counts creations of children, ever: /p/full was the first.
    ['create -s /p/n-', 'create /p/n-0000000001 cversion=2'],
    ['create -s /p/', 'create /p/0000000001 cversion=2'],
    ['createContainer flags=4 /c', 'createContainer /c'],
    ['set /p', 'setData /p version=1'],
    ['set /p 0', 'setData /p version=1'],
    ['delete /p/full/child 0', 'delete /p/full/child'],
    ['close', 'closeSession (/e)'],
  ])('%s: %s', (request, expected) => {
    expect(outcome(prepare(bench(), request))).toBe(expected);
  });

  test('a failed write takes a zxid, a read takes none', () => {
    const b = bench();
    const before = b.zks.lastZxid;
    prepare(b, 'delete /none');
    expect(b.zks.lastZxid).toBe(before + 1n);
    prepare(b, 'check /p');
    expect(b.zks.lastZxid).toBe(before + 1n);
  });
});

describe('requests are judged by what is on its way, not by the tree', () => {
  test.each<[first: string, second: string, outcome: string]>([
    ['create /x', 'create /x', 'NODEEXISTS'],
    ['create /x', 'create /x/y', 'create /x/y cversion=1'],
    ['delete /p/full/child', 'delete /p/full', 'delete /p/full'],
    ['delete /p/full/child', 'set /p/full/child', 'NONODE'],
    ['set /p', 'set /p 0', 'BADVERSION'],
    ['set /p', 'set /p 1', 'setData /p version=2'],
    ['create -s /p/n-', 'create -s /p/n-', 'create /p/n-0000000002 cversion=3'],
    ['create -e /f', 'close', 'closeSession (/e /f)'],
    ['delete /e', 'close', 'closeSession ()'],
    ['close', 'set /p', 'SESSIONEXPIRED'],
  ])('%s, then %s: %s', (first, second, expected) => {
    const b = bench();
    prepare(b, first);
    expect(outcome(prepare(b, second))).toBe(expected);
  });

  test('when all is applied nothing is on its way', () => {
    const b = bench();
    commit(b, prepare(b, 'create /x'));
    expect(b.zks.changes.byPath.size).toBe(0);
    expect(b.zks.changes.records).toEqual([]);
  });
});

describe('multi', () => {
  test.each<[request: string, outcome: string]>([
    ['set /p; set /p 1', 'setData /p version=1, setData /p version=2'],
    ['create /x; create /x/y', 'create /x cversion=3, create /x/y cversion=1'],
    ['check /p 0; set /p 0', 'check /p version=1, setData /p version=1'],
    // Those before the failing one are undone, those after it not tried.
    ['create /x; check /none 0; delete /p', 'OK, NONODE, RUNTIMEINCONSISTENCY'],
    ['set /p 5; create /x', 'BADVERSION, RUNTIMEINCONSISTENCY'],
    ['check /p 0; check nopath 0', 'OK, BADARGUMENTS'],
    ['check /p 0; check /p 3', 'OK, BADVERSION'],
    [
      'delete /p/full/child; delete /p/full; create /p/full',
      'delete /p/full/child, delete /p/full, create /p/full cversion=2',
    ],
  ])('%s: %s', (request, expected) => {
    expect(outcome(prepare(bench(), request))).toBe(expected);
  });

  test('a failed one leaves nothing on its way, and what was there before stays', () => {
    const b = bench();
    prepare(b, 'set /p');
    prepare(b, 'set /p 1; create /x; delete /none');
    expect(outcome(prepare(b, 'set /p 1'))).toBe('setData /p version=2');
    expect(outcome(prepare(b, 'create /x/y'))).toBe('NONODE');
  });

  test('a session that is gone fails it at its first operation', () => {
    expect(outcome(prepare(bench(), 'set /p; set /p', EXPIRED))).toBe(
      'SESSIONEXPIRED, RUNTIMEINCONSISTENCY',
    );
  });
});

test.each<[cversion: number, name: string]>([
  [0, '/q/0000000000'],
  [2147483646, '/q/2147483646'],
  [2147483647, '/q/2147483647'],
  [-2147483648, '/q/-2147483648'],
  [-1, '/q/-000000001'],
])('the suffix of a parent with stored cversion %i', (cversion, name) => {
  const b = bench();
  commit(b, prepare(b, 'create /q'));
  const node = b.server.db.tree.nodes.get('/q');
  if (node === undefined) throw new Error('/q was created');
  b.server.db.tree.nodes.set('/q', { ...node, cversion });
  expect(outcome(prepare(b, 'create -s /q/'))).toContain(`create ${name} `);
});
