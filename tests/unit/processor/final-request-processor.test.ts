/** What clients are sent when a transaction is applied, and in which order. */
import { beforeEach, describe, expect, test } from 'vitest';
import { digestId } from '../../../src/core/auth/digest-auth.ts';
import { watchCount } from '../../../src/core/data-tree/watch-manager.ts';
import { Perms, type Acl } from '../../../src/core/jute/data.ts';
import { AddWatchMode, CreateMode, NO_BODY } from '../../../src/core/jute/proto.ts';
import type { ClientReply, ReplyBody, Request } from '../../../src/core/jute/proto.ts';
import { setOwner } from '../../../src/core/session/session-tracker.ts';
import type { ConnId } from '../../../src/core/units.ts';
import { ask, connect, creating, deleting, newRig, send, sessionOf } from './standalone-rig.ts';
import { finishDisk, setting, step, taken, type Rig } from './standalone-rig.ts';

let rig: Rig;
let a: ConnId;
let b: ConnId;

beforeEach(() => {
  rig = newRig();
  a = connect(rig);
  b = connect(rig);
});

/** Lines of `ask` with the clients' names. */
function named(lines: readonly string[]): readonly string[] {
  return lines.map((line) => {
    const [conn, ...rest] = line.split(' ');
    return [conn === String(a) ? 'a' : conn === String(b) ? 'b' : '?', ...rest].join(' ');
  });
}

function does(conn: ConnId, request: Request, xid?: number): readonly string[] {
  return named(ask(rig, conn, request, xid));
}

function lastReply(): ClientReply {
  const found = rig.sent.findLast(({ message }) => message?.kind === 'reply')?.message;
  if (found?.kind !== 'reply') throw new Error('nothing was answered');
  return found;
}

function read(path: string, op: 'getData' | 'getChildren' | 'exists' = 'getData'): Request {
  return { op, path, watch: true };
}

function authAs(conn: ConnId, user: string): void {
  const auth = new TextEncoder().encode(`${user}:pw`);
  does(conn, { op: 'auth', type: 0, scheme: 'digest', auth });
}

function only(user: string): readonly Acl[] {
  return [{ perms: Perms.ALL, id: { scheme: 'digest', id: digestId(user, 'pw') } }];
}

describe('events go out before the answer', () => {
  test('to the writer as to others, in the order of the changes', () => {
    does(a, read('/n', 'exists'));
    does(b, read('/', 'getChildren'));
    expect(does(a, creating('/n'))).toEqual([
      'a NodeCreated /n',
      'b NodeChildrenChanged /',
      'a create OK',
    ]);
    does(a, read('/n'));
    does(a, read('/n', 'getChildren'));
    expect(does(a, deleting('/n'))).toEqual(['a NodeDeleted /n', 'a delete OK']);
    expect(watchCount(rig.server.db.watches)).toBe(0);
  });

  test('of a multi: each change in its turn; of one that fails none', () => {
    does(b, { op: 'addWatch', path: '/', mode: AddWatchMode.PERSISTENT_RECURSIVE });
    expect(does(a, { op: 'multi', ops: [creating('/n'), creating('/n/k')] })).toEqual([
      'b NodeCreated /n',
      'b NodeCreated /n/k',
      'a multi OK',
    ]);
    expect(does(a, { op: 'multi', ops: [setting('/n'), deleting('/no')] })).toEqual(['a multi OK']);
  });

  test('of a session that closes: its own ephemerals as well', () => {
    does(a, creating('/e', { flags: CreateMode.EPHEMERAL }));
    does(a, read('/e'));
    does(b, read('/e'));
    expect(does(a, { op: 'closeSession' })).toEqual([
      'a NodeDeleted /e',
      'b NodeDeleted /e',
      'a closeSession OK',
      'a closed',
    ]);
    expect(watchCount(rig.server.db.watches)).toBe(0);
  });

  test('of setWatches: what was missed, and no zxid with it', () => {
    does(b, creating('/n'));
    const request: Request = {
      op: 'setWatches',
      relativeZxid: rig.server.db.tree.lastProcessedZxid,
      dataWatches: ['/none'],
      existWatches: ['/n'],
      childWatches: [],
      persistentWatches: [],
      persistentRecursiveWatches: [],
    };
    send(rig, a, request, -8);
    expect(rig.sent.map(({ message }) => message)).toMatchObject([
      { kind: 'notification', path: '/none', zxid: -1n },
      { kind: 'notification', path: '/n', zxid: -1n },
      { kind: 'reply', xid: -8, err: 0, body: NO_BODY },
    ]);
  });
});

test.each([
  ['3.9', 0n],
  ['3.8.0', -1n],
] as const)('in %s an event names its transaction, or none', (release, none) => {
  rig = newRig({ release });
  a = connect(rig);
  does(a, read('/n', 'exists'));
  send(rig, a, creating('/n'));
  const { lastProcessedZxid } = rig.server.db.tree;
  expect(rig.sent[0]?.message).toMatchObject({
    kind: 'notification',
    zxid: none === 0n ? lastProcessedZxid : -1n,
  });
});

describe('an event about what may not be read is lost', () => {
  beforeEach(() => {
    authAs(a, 'owner');
    does(a, creating('/mine', { acl: only('owner') }));
  });

  test('and a one-shot watch with it', () => {
    does(a, creating('/open'));
    does(b, read('/open'));
    does(a, { op: 'setACL', path: '/open', acl: only('owner'), version: -1 });
    expect(does(a, setting('/open'))).toEqual(['a setData OK']);
    expect(watchCount(rig.server.db.watches)).toBe(0);
  });

  test('a persistent watch stays and hears what it may', () => {
    does(b, { op: 'addWatch', path: '/mine', mode: AddWatchMode.PERSISTENT });
    does(b, { op: 'addWatch', path: '/', mode: AddWatchMode.PERSISTENT_RECURSIVE });
    expect(does(a, setting('/mine'))).toEqual(['a setData OK']);
    expect(does(a, creating('/mine/open'))).toEqual(['b NodeCreated /mine/open', 'a create OK']);
    authAs(b, 'owner');
    expect(does(a, setting('/mine'))).toEqual(['b NodeDataChanged /mine', 'a setData OK']);
  });

  test('children are the parent’s affair, a deleted node goes by its last list', () => {
    does(b, { op: 'addWatch', path: '/mine', mode: AddWatchMode.PERSISTENT });
    does(b, { op: 'addWatch', path: '/', mode: AddWatchMode.PERSISTENT });
    expect(does(a, creating('/mine/k'))).toEqual(['a create OK']);
    does(a, deleting('/mine/k'));
    expect(does(a, deleting('/mine'))).toEqual(['b NodeChildrenChanged /', 'a delete OK']);
  });
});

describe('what a write answers', () => {
  function bodyAfter(request: Request): readonly string[] {
    rig.sent.length = 0;
    send(rig, a, request);
    return fields(lastReply().body);
  }

  function fields(body: ReplyBody): readonly string[] {
    return Object.entries(body).flatMap(([name, value]) => (value === null ? [] : [name]));
  }

  test('has the fields of its kind and no others', () => {
    expect(bodyAfter(creating('/n'))).toEqual(['path']);
    expect(bodyAfter({ ...creating('/m'), op: 'create2' })).toEqual(['path', 'stat']);
    expect(bodyAfter(setting('/n'))).toEqual(['stat']);
    expect(bodyAfter({ op: 'setACL', path: '/n', acl: only('x'), version: -1 })).toEqual(['stat']);
    expect(bodyAfter(deleting('/n'))).toEqual([]);
    expect(bodyAfter(deleting('/n'))).toEqual([]);
  });

  test.each([
    ['3.9', 'create2', 0],
    ['3.8.0', 'create', undefined],
  ] as const)('a multi in %s: one result for each, a create2 as a %s', (release, made, version) => {
    rig = newRig({ release });
    a = connect(rig);
    const check = { op: 'check', path: '/n', version: 0 } as const;
    const create2 = { ...creating('/m'), op: 'create2' } as const;
    send(rig, a, { op: 'multi', ops: [creating('/n'), check, create2, setting('/n')] });
    const results = lastReply().body.results ?? [];
    expect(results.map((r) => [r.op, r.path, r.stat?.version])).toEqual([
      ['create', '/n', undefined],
      ['check', null, undefined],
      [made, '/m', version],
      ['setData', null, 1],
    ]);
  });

  test('a multi that fails: OK in the header, each result an error', () => {
    send(rig, a, { op: 'multi', ops: [creating('/n'), deleting('/no'), creating('/m')] });
    const reply = lastReply();
    expect(reply.err).toBe(0);
    expect(reply.body.results?.map((r) => [r.op, r.err])).toEqual([
      ['error', 0],
      ['error', -101],
      ['error', -2],
    ]);
  });

  test('the zxid of the header is what the server has applied', () => {
    send(rig, a, deleting('/no'));
    expect(lastReply()).toMatchObject({ err: -101, zxid: rig.server.db.tree.lastProcessedZxid });
    const { zxid } = lastReply();
    send(rig, a, { op: 'sync', path: '/no' });
    expect(lastReply()).toMatchObject({ err: 0, zxid, body: { path: '/no' } });
  });
});

describe('the end of a connection', () => {
  test('an unknown request is answered without a zxid, and is the last', () => {
    expect(does(a, { op: 'unknown', type: 99 })).toEqual(['a unknown UNIMPLEMENTED', 'a closed']);
    send(rig, b, { op: 'check', path: '/', version: 0 });
    expect(lastReply()).toMatchObject({ zxid: -1n, err: -6 });
  });

  test('one that cannot be read is answered, and the connection stays', () => {
    expect(does(a, { op: 'unreadable', type: 4 })).toEqual(['a unreadable MARSHALLINGERROR']);
    expect(does(a, { op: 'ping' }, -2)).toEqual(['a ping OK']);
    expect(does(a, { op: 'ping' }, 7)).toEqual(['a ping OK']);
  });

  test('a session that has moved: closed without an answer, also where a multi finds out', () => {
    const sessions = rig.server.zks?.sessions ?? null;
    if (sessions === null) throw new Error('a server alone tracks its sessions');
    for (const conn of [a, b]) setOwner(sessions, sessionOf(rig, conn), 5 as ConnId);
    expect(does(a, creating('/n'))).toEqual(['a closed']);
    expect(does(b, { op: 'multi', ops: [creating('/n')] })).toEqual(['b closed']);
  });

  test('who has gone by the time gets neither answer nor watch', () => {
    rig.diskIsSlow = true;
    send(rig, a, creating('/n'));
    send(rig, a, read('/n'));
    step(rig, { kind: 'closed', conn: a });
    finishDisk(rig);
    expect(taken(rig)).toEqual([]);
    expect(does(b, read('/n'))).toEqual(['b getData OK']);
    expect(watchCount(rig.server.db.watches)).toBe(1);
  });
});
