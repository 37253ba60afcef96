/** What each read answers, which of several errors it gets, and the watch that it leaves. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, ensembleOf, type EnsembleConfig } from '../../../src/core/config.ts';
import { processTxn } from '../../../src/core/data-tree/data-tree.ts';
import { modesOf, watchCount, WatchMode } from '../../../src/core/data-tree/watch-manager.ts';
import { errorName } from '../../../src/core/error-code.ts';
import { OPEN_ACL_UNSAFE, Perms, type Acl, type Id } from '../../../src/core/jute/data.ts';
import { AddWatchMode, EventType, WatcherType } from '../../../src/core/jute/proto.ts';
import type { Request } from '../../../src/core/jute/proto.ts';
import type { CreateTxn, Txn } from '../../../src/core/jute/txn.ts';
import { answerRead, type Answer } from '../../../src/core/processor/read-requests.ts';
import { createServer, type Server } from '../../../src/core/server.ts';
import { newRequest } from '../../../src/core/server-context.ts';
import type { ConnId, Millis, SessionId, Sid } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

const me = 1 as ConnId;
const SESSION = 7n as SessionId;
const nobody: Id = { scheme: 'ip', id: '127.0.0.1' };
const owner: Id = { scheme: 'digest', id: 'u:hash' };
type Release = EnsembleConfig['release'];

function allowing(perms: number): readonly Acl[] {
  return [
    { perms: Perms.ALL, id: owner },
    { perms, id: { scheme: 'world', id: 'anyone' } },
  ];
}

/** /open with a child and grandchild, /secret (nobody reads), /admin (READ is not given). */
function serverWith(release: Release = '3.9'): Server {
  const config = { ...DEFAULT_CONFIG, servers: ensembleOf(1, 0), release };
  const server = createServer({ config, sid: 1 as Sid, seed: 1, incarnation: 0 });
  const nodes: [string, Partial<CreateTxn>][] = [
    ['/open', { data: new Uint8Array([1, 2]) }],
    ['/open/child', {}],
    ['/open/child/leaf', {}],
    ['/opener', { ephemeral: true }],
    ['/secret', { acl: allowing(0) }],
    ['/secret/own', { ephemeral: true }],
    ['/admin', { acl: allowing(Perms.ADMIN) }],
    ['/read', { acl: allowing(Perms.READ) }],
  ];
  nodes.forEach(([path, more], i) => {
    apply(server, i + 1, {
      ...{ type: 'create', path, data: null, acl: OPEN_ACL_UNSAFE, ephemeral: false },
      parentCVersion: -1,
      ...more,
    });
  });
  return server;
}

function apply(server: Server, zxid: number, txn: Txn): void {
  const header = { clientId: SESSION, cxid: 0, zxid: BigInt(zxid) as Zxid, time: 0 as Millis };
  processTxn(server.db.tree, server.db.watches, { header, txn, digest: null }, []);
}

function ask(server: Server, request: Request, ids: readonly Id[] = [nobody]): Answer {
  return hear(server, request, ids).answer;
}

function hear(
  server: Server,
  request: Request,
  ids: readonly Id[] = [nobody],
): { readonly answer: Answer; readonly missed: readonly string[] } {
  const from = { sessionId: SESSION, cxid: 1, request, conn: me, owner: 'me', authInfo: ids };
  const r = newRequest(server, { ...from, owner: 'me' });
  const reader = { server, conn: me, r, missed: [] };
  const answer = answerRead(reader, request);
  return {
    answer,
    missed: reader.missed.map(({ type, path }) => `${String(type)} ${path as string}`),
  };
}

function errorOf(server: Server, request: Request, ids?: readonly Id[]): string {
  return errorName(ask(server, request, ids).err);
}

const READS = ['exists', 'getData', 'getChildren', 'getChildren2'] as const;

describe('the order of checks, and the watch', () => {
  type Row = readonly [op: (typeof READS)[number], path: string, err: string, watched: boolean];
  const rows: readonly Row[] = [
    ['exists', '/open', 'OK', true],
    ['exists', '/none', 'NONODE', true],
    ['exists', 'relative', 'NONODE', true],
    ['exists', '', 'OK', true],
    ['exists', '/a\0b', 'BADARGUMENTS', false],
    ['exists', '/secret', 'NOAUTH', false],
    ['exists', '/admin', 'NOAUTH', false],
    ['getData', '/open', 'OK', true],
    ['getData', '/none', 'NONODE', false],
    ['getData', '/a\0b', 'NONODE', false],
    ['getData', '/secret', 'NOAUTH', false],
    ['getChildren', '/open', 'OK', true],
    ['getChildren', '/open/', 'NONODE', false],
    ['getChildren', '/secret', 'NOAUTH', false],
    ['getChildren2', '/open', 'OK', true],
    ['getChildren2', '/none', 'NONODE', false],
    ['getChildren2', '/secret', 'NOAUTH', false],
  ];
  test.each(rows)('%s %j: %s', (op, path, err, watched) => {
    const server = serverWith();
    expect(errorOf(server, { op, path, watch: true })).toBe(err);
    const isChild = op === 'getChildren' || op === 'getChildren2';
    const { data, child } = server.db.watches;
    expect(modesOf(isChild ? child : data, path, me) === WatchMode.STANDARD).toBe(watched);
    expect(watchCount(server.db.watches)).toBe(watched ? 1 : 0);
  });

  test.each(READS)('%s without the flag leaves no watch', (op) => {
    const server = serverWith();
    expect(errorOf(server, { op, path: '/open', watch: false })).toBe('OK');
    expect(watchCount(server.db.watches)).toBe(0);
  });

  test('3.8.0 lets exists see what may not be read, and watch it', () => {
    const server = serverWith('3.8.0');
    expect(errorOf(server, { op: 'exists', path: '/secret', watch: true })).toBe('OK');
    expect(errorOf(server, { op: 'getData', path: '/secret', watch: true })).toBe('NOAUTH');
    expect(watchCount(server.db.watches)).toBe(1);
  });

  test('who is named in the list, and the super user, may read', () => {
    const server = serverWith();
    const request = { op: 'getData', path: '/secret', watch: false } as const;
    expect(errorOf(server, request, [nobody, owner])).toBe('OK');
    expect(errorOf(server, request, [{ scheme: 'super', id: '' }])).toBe('OK');
  });
});

test('each answer has the fields of its kind and no others', () => {
  const server = serverWith();
  const filled = (request: Request): string[] =>
    Object.entries(ask(server, request).body)
      .filter(([, value]) => value !== null)
      .map(([name]) => name)
      .sort();
  const at = { path: '/open', watch: false } as const;
  expect(filled({ op: 'exists', ...at })).toEqual(['stat']);
  expect(filled({ op: 'getData', ...at })).toEqual(['data', 'stat']);
  expect(filled({ op: 'getChildren', ...at })).toEqual(['children']);
  expect(filled({ op: 'getChildren2', ...at })).toEqual(['children', 'stat']);
  expect(filled({ op: 'getACL', path: '/open' })).toEqual(['acl', 'stat']);
  expect(filled({ op: 'sync', path: '/none' })).toEqual(['path']);
  expect(filled({ op: 'getAllChildrenNumber', path: '/open' })).toEqual(['count']);
  expect(filled({ op: 'getEphemerals', prefixPath: '/' })).toEqual(['children']);
  expect(filled({ op: 'whoAmI' })).toEqual(['clientInfo']);
  expect(filled({ op: 'addWatch', path: '/open', mode: 0 })).toEqual([]);
});

describe('getACL', () => {
  const ask1 = (path: string, ids?: readonly Id[]): readonly [string, readonly string[]] => {
    const answer = ask(serverWith(), { op: 'getACL', path }, ids);
    const acl = answer.body.acl ?? [];
    return [errorName(answer.err), acl.map((a) => `${String(a.perms)} ${a.id.id}`)];
  };

  test('needs READ or ADMIN; only ADMIN sees hashes', () => {
    expect(ask1('/none')).toEqual(['NONODE', []]);
    expect(ask1('/secret')).toEqual(['NOAUTH', []]);
    expect(ask1('/read')).toEqual(['OK', ['31 u:x', '1 anyone']]);
    expect(ask1('/admin')).toEqual(['OK', ['31 u:hash', '16 anyone']]);
    expect(ask1('/secret', [owner])).toEqual(['OK', ['31 u:hash', '0 anyone']]);
  });
});

describe('getAllChildrenNumber', () => {
  test.each([
    ['/open', 2],
    ['/open/child', 1],
    ['/opener', 0],
    ['/zookeeper', 2],
    ['/', 11],
    ['', 12],
  ])('%j has %i', (path, count) => {
    expect(ask(serverWith(), { op: 'getAllChildrenNumber', path }).body.count).toBe(count);
  });

  test('needs the node and READ', () => {
    const server = serverWith();
    expect(errorOf(server, { op: 'getAllChildrenNumber', path: '/none' })).toBe('NONODE');
    expect(errorOf(server, { op: 'getAllChildrenNumber', path: '/secret' })).toBe('NOAUTH');
  });
});

test.each([
  ['', ['/opener', '/secret/own']],
  [' / ', ['/opener', '/secret/own']],
  ['/open', ['/opener']],
  ['/secret/o', ['/secret/own']],
  [' /open', []],
  ['opener', []],
])('getEphemerals %j finds own ones by the text of the prefix', (prefixPath, expected) => {
  const answer = ask(serverWith(), { op: 'getEphemerals', prefixPath });
  expect(answer.body.children).toEqual(expected);
});

test('whoAmI names users, without hashes', () => {
  const ids = [owner, { scheme: 'super', id: '' }, nobody];
  expect(ask(serverWith(), { op: 'whoAmI' }, ids).body.clientInfo).toEqual([
    { authScheme: 'digest', user: 'u' },
    { authScheme: 'super', user: '' },
    { authScheme: 'ip', user: '127.0.0.1' },
  ]);
});

describe('multiRead', () => {
  test('each read has its own outcome, and none leaves a watch', () => {
    const server = serverWith();
    const ops = [
      { op: 'getData', path: '/open', watch: true },
      { op: 'getData', path: '/none', watch: true },
      { op: 'getChildren', path: '/open', watch: true },
      { op: 'getChildren', path: '/secret', watch: true },
    ] as const;
    const answer = ask(server, { op: 'multiRead', ops });
    const results = answer.body.results ?? [];
    expect(results.map(({ op, err }) => `${op} ${errorName(err)}`)).toEqual([
      'getData OK',
      'error NONODE',
      'getChildren OK',
      'error NOAUTH',
    ]);
    expect(results[0]).toMatchObject({ data: new Uint8Array([1, 2]), stat: { numChildren: 1 } });
    expect(results[2]).toMatchObject({ children: ['child'], stat: null });
    expect(watchCount(server.db.watches)).toBe(0);
  });

  test('of nothing, and of a read that does not belong there', () => {
    const server = serverWith();
    expect(ask(server, { op: 'multiRead', ops: [] }).body.results).toEqual([]);
    const ops = [{ op: 'exists', path: '/open', watch: false }] as const;
    expect(errorOf(server, { op: 'multiRead', ops })).toBe('MARSHALLINGERROR');
  });
});

describe('watches by name', () => {
  test('addWatch asks for no node and no permission, but for a mode', () => {
    const server = serverWith();
    expect(errorOf(server, { op: 'addWatch', path: '/none', mode: 0 })).toBe('OK');
    expect(errorOf(server, { op: 'addWatch', path: '/secret', mode: 1 })).toBe('OK');
    expect(errorOf(server, { op: 'addWatch', path: '/open', mode: 2 })).toBe('MARSHALLINGERROR');
    expect(watchCount(server.db.watches)).toBe(3);
  });

  test('checkWatches looks, removeWatches takes away', () => {
    const server = serverWith();
    const at = { path: '/open', type: WatcherType.Persistent } as const;
    expect(errorOf(server, { op: 'checkWatches', ...at })).toBe('NOWATCHER');
    expect(errorOf(server, { op: 'removeWatches', ...at })).toBe('NOWATCHER');
    ask(server, { op: 'addWatch', path: '/open', mode: AddWatchMode.PERSISTENT });
    expect(errorOf(server, { op: 'checkWatches', ...at })).toBe('OK');
    expect(errorOf(server, { op: 'removeWatches', ...at })).toBe('OK');
    expect(errorOf(server, { op: 'removeWatches', ...at })).toBe('NOWATCHER');
    expect(watchCount(server.db.watches)).toBe(0);
  });

  test.each([
    ['3.9', [0, 6, -1, 99]],
    ['3.8.0', [0, 4, 5, -1, 99]],
  ] as const)('%s fails over a type that is none', (release, types) => {
    const server = serverWith(release);
    for (const type of types) {
      const request = { op: 'removeWatches', path: '/open', type } as const;
      expect(errorOf(server, request)).toBe('MARSHALLINGERROR');
    }
  });

  test('setWatches tells what was missed before it is answered', () => {
    const server = serverWith();
    const { answer, missed } = hear(server, {
      op: 'setWatches2',
      relativeZxid: 1n as Zxid,
      dataWatches: ['/open', '/none'],
      existWatches: ['/secret'],
      childWatches: ['/open'],
      persistentWatches: ['/p'],
      persistentRecursiveWatches: ['/r'],
    });
    expect(answer.err).toBe(0);
    expect(missed).toEqual([
      `${String(EventType.NodeDeleted)} /none`,
      `${String(EventType.NodeCreated)} /secret`,
      `${String(EventType.NodeChildrenChanged)} /open`,
    ]);
    expect(watchCount(server.db.watches)).toBe(4);
  });
});

test('what is no read is not answered as one, what cannot be read is said to be so', () => {
  const server = serverWith();
  expect(errorOf(server, { op: 'delete', path: '/open', version: -1 })).toBe('UNIMPLEMENTED');
  expect(errorOf(server, { op: 'unknown', type: 99 })).toBe('UNIMPLEMENTED');
  expect(errorOf(server, { op: 'unreadable', type: 4 })).toBe('MARSHALLINGERROR');
});
