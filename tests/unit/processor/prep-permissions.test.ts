/** Writes that an ACL or a quota forbids, and where in the order of checks that stands. */
import { describe, expect, test } from 'vitest';
import type { EnsembleConfig } from '../../../src/core/config.ts';
import { OpCode } from '../../../src/core/jute/proto.ts';
import type { Id } from '../../../src/core/jute/data.ts';
import { NO_SESSION } from '../../../src/core/units.ts';
import { bench, commit, EXPIRED, HERE, outcome, prepare, type Bench } from './bench.ts';

const ALICE: Id = { scheme: 'digest', id: 'alice:hash' };
const SUPER: Id = { scheme: 'super', id: '' };

/** The tree of the bench after a few more writes, all of them applied. */
function after(ops: readonly string[], more: Partial<EnsembleConfig> = {}): Bench {
  const b = bench(more);
  for (const op of ops) {
    commit(b, prepare(b, op));
    expect(b.server.db.tree.digestCheck.mismatches, op).toBe(0);
  }
  return b;
}

/** 1 READ, 2 WRITE, 4 CREATE, 8 DELETE, 16 ADMIN: what the world may do with a node. */
const world = (perms: number): string => `acl=${String(perms)}:world:anyone`;

describe('permissions', () => {
  test.each<[perms: number, request: string, outcome: string]>([
    // Creating and deleting are the parent's to allow.
    [27, 'create /n/c', 'NOAUTH'],
    [27, 'create acl=none /n/c', 'INVALIDACL'],
    [27, 'create nopath', 'BADARGUMENTS'],
    [27, 'create /n/..', 'NOAUTH'],
    [27, 'create /n/k', 'NOAUTH'],
    [4, 'create /n/c', 'create /n/c cversion=2'],
    [4, 'create /n/k', 'NODEEXISTS'],
    [23, 'delete /n/k 5', 'NOAUTH'],
    [23, 'delete /n/none', 'NOAUTH'],
    [8, 'delete /n/none', 'NONODE'],
    [8, 'delete /n/k 5', 'BADVERSION'],
    [8, 'delete /n/k', 'delete /n/k'],
    [0, 'delete /n', 'NOTEMPTY'],
    // All else is the node's own.
    [29, 'set /n 5', 'NOAUTH'],
    [2, 'set /n 5', 'BADVERSION'],
    [2, 'set /n', 'setData /n version=1'],
    [15, 'setAcl acl=open /n 5', 'NOAUTH'],
    [15, 'setAcl acl=none /n', 'INVALIDACL'],
    [16, 'setAcl acl=open /n 5', 'BADVERSION'],
    [16, 'setAcl acl=open /n 1', 'setACL /n version=2'],
    [30, 'check /n 5; set /p', 'NOAUTH, RUNTIMEINCONSISTENCY'],
    [1, 'check /n 5; set /p', 'BADVERSION, RUNTIMEINCONSISTENCY'],
  ])('%i of the world: %s: %s', (perms, request, expected) => {
    const b = after(['create /n', 'create /n/k', `setAcl ${world(perms)} /n`]);
    expect(outcome(prepare(b, request))).toBe(expected);
  });

  test.each<[request: string, outcome: string]>([
    ['setAcl acl=open nopath', 'BADARGUMENTS'],
    ['setAcl acl=none /none', 'INVALIDACL'],
    ['setAcl acl=open /none', 'NONODE'],
    ['setAcl acl=31:digest:nohash /p', 'INVALIDACL'],
    ['setAcl acl=31:auth: /p', 'INVALIDACL'],
    ['setAcl acl=open /p', 'setACL /p version=1'],
    ['setAcl acl=open /zookeeper/config', 'NOAUTH'],
    ['set /zookeeper/config', 'NOAUTH'],
    ['create /zookeeper/config/x', 'NOAUTH'],
  ])('%s: %s', (request, expected) => {
    expect(outcome(prepare(bench(), request))).toBe(expected);
  });

  test('a list is stored as it was expanded', () => {
    const b = bench();
    const made = prepare(b, 'create acl=7:auth:,7:auth: /n', undefined, [HERE, SUPER, ALICE]);
    expect(made.record?.txn).toMatchObject({ acl: [{ perms: 7, id: ALICE }] });
  });

  test('the list that a setACL on its way will bring does not yet count', () => {
    const b = bench();
    prepare(b, `setAcl ${world(27)} /p`);
    expect(outcome(prepare(b, 'create /p/c'))).toBe('create /p/c cversion=2');
    expect(outcome(prepare(b, 'setAcl acl=open /p 1'))).toBe('setACL /p version=2');
    expect(outcome(prepare(b, 'setAcl acl=open /p 1'))).toBe('BADVERSION');
  });

  test('super may do everything', () => {
    const b = after(['create /n', `setAcl ${world(0)} /n`]);
    expect(outcome(prepare(b, 'set /n'))).toBe('NOAUTH');
    expect(outcome(prepare(b, 'set /n', undefined, [SUPER]))).toBe('setData /n version=1');
  });
});

describe('kinds of writes', () => {
  test.each<[request: string, outcome: string]>([
    ['create2 /x', 'create2 /x cversion=3'],
    // A type and flags that say different things.
    ['create flags=4 /x', 'create /x cversion=3'],
    ['createContainer flags=1 /x', 'createContainer /x'],
    ['createContainer flags=2 /x', 'createContainer /x0000000002'],
    ['create flags=5 /x', 'BADARGUMENTS'],
    ['createTTL flags=0 ttl=5 /x', 'BADARGUMENTS'],
    ['createTTL flags=5 ttl=0 /x', 'BADARGUMENTS'],
    ['createTTL flags=5 ttl=1099511627776 /x', 'BADARGUMENTS'],
    ['createTTL flags=6 ttl=1099511627775 /x', 'createTTL /x0000000002'],
    // In a multi it is the flags that count, where they name a kind.
    ['create2 /x; createContainer /y', 'create2 /x cversion=3, createContainer /y'],
    ['create flags=4 /x; set /p', 'createContainer /x, setData /p version=1'],
    ['createTTL flags=0 ttl=5 /x; set /p', 'create /x cversion=3, setData /p version=1'],
    ['create2 flags=9 /x; set /p', 'BADARGUMENTS, RUNTIMEINCONSISTENCY'],
    ['set /p; create flags=5 /x; set nopath', 'MARSHALLINGERROR'],
  ])('%s: %s', (request, expected) => {
    const b = bench({ extendedTypesEnabled: true });
    const prepared = prepare(b, request);
    expect(outcome(prepared)).toBe(expected);
    commit(b, prepared);
    expect(b.server.db.tree.digestCheck.mismatches).toBe(0);
    expect(b.zks.changes.records).toEqual([]);
  });

  test.each<[request: string, outcome: string]>([
    ['deleteContainer nopath', 'BADARGUMENTS'],
    ['deleteContainer /', 'BADARGUMENTS'],
    ['deleteContainer /none', 'NONODE'],
    ['deleteContainer /p/full', 'NOTEMPTY'],
    ['deleteContainer /e', 'BADVERSION'],
    ['deleteContainer /c', 'deleteContainer /c'],
  ])('the reaper: %s: %s', (request, expected) => {
    const b = after(['createContainer flags=4 acl=1:world:anyone /c']);
    expect(outcome(prepare(b, request, NO_SESSION))).toBe(expected);
  });

  test('a client deletes containers in 3.9 only', () => {
    const ops = ['createContainer flags=4 /c'];
    const now = after(ops, { release: '3.9' });
    expect(outcome(prepare(now, 'deleteContainer /c'))).toBe('deleteContainer /c');
    const old = after(ops, { release: '3.8.0' });
    expect(outcome(prepare(old, 'deleteContainer /c'))).toBe('BADARGUMENTS');
  });

  test('what cannot be read takes a zxid where it is a write', () => {
    const b = bench();
    const write = prepare(b, { op: 'unreadable', type: OpCode.multi });
    expect(write.record?.header.zxid).toBe(b.zks.lastZxid);
    expect(write.record).toMatchObject({ txn: { type: 'error', err: -5 }, digest: null });
    expect(prepare(b, { op: 'unreadable', type: OpCode.getData })).toMatchObject({
      record: null,
      error: 0,
    });
    const late = prepare(b, { op: 'unreadable', type: OpCode.getData }, EXPIRED);
    expect(outcome(late)).toBe('SESSIONEXPIRED');
  });

  test('reconfig is refused where it is switched off, before the session is looked at', () => {
    const request = {
      op: 'reconfig',
      joiningServers: null,
      leavingServers: '3',
      newMembers: null,
      curConfigId: -1n,
    } as const;
    const refused = prepare(bench({ reconfigEnabled: false }), request, EXPIRED);
    expect(outcome(refused)).toBe('RECONFIGDISABLED');
    const late = prepare(bench({ reconfigEnabled: true }), request, EXPIRED);
    expect(outcome(late)).toBe('SESSIONEXPIRED');
  });
});

describe('quotas', () => {
  function limited(limits: string, enforceQuota = true): Bench {
    return after(
      [
        'create /q',
        'create data=abc /q/a',
        'create /zookeeper/quota/q',
        `create data=${limits} /zookeeper/quota/q/zookeeper_limits`,
        'create /zookeeper/quota/q/zookeeper_stats',
      ],
      { enforceQuota },
    );
  }

  test.each<[limits: string, request: string, outcome: string]>([
    ['count=2,bytes=3=;countHardLimit=2', 'create /q/b', 'QUOTAEXCEEDED'],
    ['countHardLimit=2', 'create -e /q/b', 'QUOTAEXCEEDED'],
    ['countHardLimit=2', 'create /q/a/b', 'QUOTAEXCEEDED'],
    ['countHardLimit=2', 'create /q/a', 'NODEEXISTS'],
    ['countHardLimit=3', 'create /q/b', 'create /q/b cversion=2'],
    ['countHardLimit=2', 'set data=longer /q/a', 'setData /q/a version=1'],
    ['count=2', 'create /q/b', 'create /q/b cversion=2'],
    ['byteHardLimit=4', 'create data=xy /q/b', 'QUOTAEXCEEDED'],
    ['byteHardLimit=4', 'create data=x /q/b', 'create /q/b cversion=2'],
    ['byteHardLimit=4', 'set data=12345 /q/a 9', 'QUOTAEXCEEDED'],
    ['byteHardLimit=4', 'set data=1234 /q/a 9', 'BADVERSION'],
    ['byteHardLimit=2', 'set data=12 /q/a', 'setData /q/a version=1'],
    ['byteHardLimit=2', 'set data=123 /q/a', 'setData /q/a version=1'],
    ['byteHardLimit=2', 'create /q/b', 'create /q/b cversion=2'],
    // What is on its way, or in the same multi, does not count yet.
    [
      'countHardLimit=3',
      'create /q/b; create /q/c',
      'create /q/b cversion=2, create /q/c cversion=3',
    ],
    ['countHardLimit=2', 'create /q/b; create /q/c', 'QUOTAEXCEEDED, RUNTIMEINCONSISTENCY'],
    ['garbage', 'create /q/b', 'MARSHALLINGERROR'],
    ['garbage', 'set /p; create /q/b', 'MARSHALLINGERROR'],
    ['countHardLimit=0', 'create /other', 'create /other cversion=4'],
  ])('%s: %s: %s', (limits, request, expected) => {
    const found = outcome(prepare(limited(limits), request));
    expect(found).toBe(expected);
  });

  test('a soft limit is said in the log', () => {
    const b = limited('count=2,bytes=3');
    b.server.out = [];
    prepare(b, 'create data=x /q/b');
    const lines = b.server.out.flatMap((e) => (e.kind === 'log' ? [e.message] : []));
    expect(lines).toEqual([
      'Message:Quota exceeded: /q [current count=3, softCountLimit=2] Value:null',
      'Message:Quota exceeded: /q [current bytes=4, softByteLimit=3] Value:null',
    ]);
  });

  test('nothing is looked at where quotas are not enforced', () => {
    const b = limited('countHardLimit=1', false);
    b.server.out = [];
    expect(outcome(prepare(b, 'create /q/b'))).toBe('create /q/b cversion=2');
    expect(b.server.out).toEqual([]);
  });
});
