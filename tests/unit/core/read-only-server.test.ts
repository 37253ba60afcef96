/** A server that finds no leader serves reads, if it may, to those who put up with it. */
import { describe, expect, test } from 'vitest';
import { ErrorCode } from '../../../src/core/error-code.ts';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import type { Request } from '../../../src/core/jute/proto.ts';
import { passwordOf } from '../../../src/core/session/session-id.ts';
import { connectRequest, LittleEnsemble, repliesOf } from '../../support/little-ensemble.ts';
import { shortly, welcomeOf, type RawClient } from '../../support/little-ensemble.ts';

const READ_ONLY = { readOnlyEnabled: true, localSessionsEnabled: true };
const create: Request = {
  op: 'create',
  path: '/a',
  data: new Uint8Array(1),
  acl: OPEN_ACL_UNSAFE,
  flags: 0,
  ttl: 0,
};
const exists: Request = { op: 'exists', path: '/zookeeper', watch: false };
const { NOTREADONLY } = ErrorCode;

/** Server 1 hears of nobody. */
function cutOff(config: object): LittleEnsemble {
  const world = new LittleEnsemble(3, config);
  world.cut(1, 2);
  world.cut(1, 3);
  return world;
}

function attach(world: LittleEnsemble, more: object = {}): RawClient {
  const client = world.dial(1);
  world.say(client, connectRequest({ readOnly: true, ...more }));
  world.run(20);
  return client;
}

test('it waits two seconds, and then lets in clients that said so', () => {
  const world = cutOff(READ_ONLY).run(1990);
  expect(world.server(1).zks).toBeNull();
  world.run(20);
  expect(world.server(1).zks?.kind).toBe('readonly');
  const client = attach(world);
  expect(welcomeOf(client)).toMatchObject({ readOnly: true, timeOut: 10_000 });
  const other = attach(world, { readOnly: false });
  expect(other.got).toEqual([]);
  expect(other.closed).toBe(true);
});

test('one that may not, does not', () => {
  const world = cutOff({ localSessionsEnabled: true }).run(5000);
  expect(world.server(1).zks).toBeNull();
});

test('reads are answered, writes refused, and the session is closed as asked', () => {
  const world = cutOff(READ_ONLY).run(3000);
  const client = attach(world);
  const requests: readonly Request[] = [
    exists,
    create,
    { op: 'sync', path: '/' },
    { op: 'multi', ops: [] },
    { op: 'unreadable', type: 1 },
    { op: 'getChildren', path: '/', watch: true },
    { op: 'closeSession' },
  ];
  for (const [i, request] of requests.entries()) world.request(client, i + 1, request);
  const no = String(NOTREADONLY);
  const told = ['1:0', `2:${no}`, `3:${no}`, `4:${no}`, `5:${no}`, '6:0', '7:0'];
  expect(shortly(client)).toEqual(told);
  expect(client.closed).toBe(true);
  expect(world.server(1).zks?.inProcess).toBe(0);
  expect(world.server(1).zks?.local?.tracker.sessionsById.size).toBe(0);
});

test('a silent session is expired here', () => {
  const world = cutOff(READ_ONLY).run(3000);
  const client = attach(world, { timeOut: 4000 });
  world.run(9000);
  expect(client.closed).toBe(true);
});

describe('without local sessions', () => {
  test('a new client gets an error in place of a welcome', () => {
    const world = cutOff({ readOnlyEnabled: true }).run(3000);
    const client = attach(world);
    expect(repliesOf(client)).toMatchObject([{ xid: 0, err: NOTREADONLY }]);
  });

  test('a session of somewhere else is taken for what it says', () => {
    const world = cutOff({ readOnlyEnabled: true }).run(3000);
    const sessionId = 0x300001eb2ab0001n;
    const client = attach(world, { sessionId, passwd: passwordOf(sessionId as never) });
    expect(welcomeOf(client)).toMatchObject({ readOnly: true, sessionId });
    world.request(client, 1, exists);
    world.request(client, 2, { op: 'closeSession' });
    expect(shortly(client)).toEqual(['1:0', `2:${String(NOTREADONLY)}`]);
    expect(client.closed).toBe(false);
  });
});

test('a session of the ensemble is to find another server', () => {
  const world = new LittleEnsemble(3, { readOnlyEnabled: true }).run(3000);
  const client = attach(world);
  const { sessionId, passwd } = welcomeOf(client);
  expect(world.server(1).db.sessions.has(sessionId)).toBe(true);
  world.cut(1, 2);
  world.cut(1, 3);
  world.run(20_000);
  expect(world.server(1).zks?.kind).toBe('readonly');
  const again = attach(world, { sessionId, passwd });
  expect(again.got).toEqual([]);
  expect(again.closed).toBe(true);
});

test('it ends, with its connections, when a leader is found', () => {
  const world = new LittleEnsemble(3, READ_ONLY);
  world.cut(1, 2);
  world.cut(1, 3);
  world.cut(2, 3);
  world.run(3000);
  const client = attach(world);
  expect(welcomeOf(client).readOnly).toBe(true);
  world.mend();
  world.run(30_000);
  expect(world.server(1).zks?.kind).toMatch(/leader|follower/);
  expect(client.closed).toBe(true);
});
