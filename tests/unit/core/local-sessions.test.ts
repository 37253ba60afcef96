/** Local sessions: known to one server, until they are to own something. */
import { describe, expect, test } from 'vitest';
import { ErrorCode } from '../../../src/core/error-code.ts';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import type { CreateRequest, Request } from '../../../src/core/jute/proto.ts';
import type { Server } from '../../../src/core/server.ts';
import type { SessionId } from '../../../src/core/units.ts';
import { counterOf } from '../../../src/core/zxid.ts';
import { connectRequest, LittleEnsemble, repliesOf } from '../../support/little-ensemble.ts';
import { shortly, welcomeOf, type RawClient } from '../../support/little-ensemble.ts';

const LOCAL = { localSessionsEnabled: true };
const UPGRADING = { ...LOCAL, localSessionsUpgradingEnabled: true };

type Role = 'leader' | 'follower' | 'observer';
const ROLES: readonly Role[] = ['leader', 'follower', 'observer'];

function start(config: object): LittleEnsemble {
  return new LittleEnsemble(3, config, 1).run(3000);
}

function serverIn(world: LittleEnsemble, role: Role): Server {
  const found = [...world.servers.values()].find((s) => s.zks?.kind === role);
  if (found === undefined) throw new Error(`no ${role}`);
  return found;
}

function attach(world: LittleEnsemble, server: Server, more: object = {}): RawClient {
  const client = world.dial(Number(server.settings.sid));
  world.say(client, connectRequest(more));
  world.run(50);
  return client;
}

function create(path: string, flags = 0): CreateRequest {
  return { op: 'create', path, data: new Uint8Array(1), acl: OPEN_ACL_UNSAFE, flags, ttl: 0 };
}

function isGlobal(world: LittleEnsemble, id: SessionId): boolean {
  return [...world.servers.values()].every((server) => server.db.sessions.has(id));
}

function isNowhere(world: LittleEnsemble, id: SessionId): boolean {
  return [...world.servers.values()].every((server) => !server.db.sessions.has(id));
}

describe.each(ROLES)('at a %s', (role) => {
  test('a new session costs no transaction, and may read and write', () => {
    const world = start(LOCAL);
    const server = serverIn(world, role);
    const before = server.db.tree.lastProcessedZxid;
    const client = attach(world, server);
    const { sessionId, timeOut } = welcomeOf(client);
    expect(timeOut).toBe(10_000);
    expect(server.db.tree.lastProcessedZxid).toBe(before);
    expect(isNowhere(world, sessionId)).toBe(true);
    world.request(client, 1, create('/a'));
    world.request(client, 2, { op: 'exists', path: '/a', watch: false });
    world.request(client, 3, { op: 'sync', path: '/a' });
    world.run(50);
    expect(shortly(client)).toEqual(['1:0', '2:0', '3:0']);
    world.request(client, 4, { op: 'closeSession' });
    world.run(50);
    expect(shortly(client).at(-1)).toBe('4:0');
    expect(client.closed).toBe(true);
    expect(server.zks?.local?.tracker.sessionsById.size).toBe(0);
    // The create alone took a zxid.
    expect(counterOf(server.db.tree.lastProcessedZxid)).toBe(1);
  });

  test.each([
    ['a create', create('/e', 1)],
    ['a multi', { op: 'multi', ops: [create('/p'), create('/e', 1)] } satisfies Request],
  ])('%s of an ephemeral makes it global first', (_, request) => {
    const world = start(UPGRADING);
    const server = serverIn(world, role);
    const client = attach(world, server);
    const { sessionId, passwd } = welcomeOf(client);
    world.request(client, 1, request);
    world.run(50);
    expect(shortly(client)).toEqual(['1:0']);
    expect(isGlobal(world, sessionId)).toBe(true);
    expect(server.zks?.local?.tracker.sessionsById.size).toBe(0);
    expect(server.zks?.local?.upgrading.size).toBe(0);
    expect(server.db.tree.ephemerals.get(sessionId)).toEqual(new Set(['/e']));
    // Now it can move.
    const other = [...world.servers.values()].find((s) => s !== server);
    if (other === undefined) throw new Error('no other server');
    const again = attach(world, other, { sessionId, passwd });
    expect(welcomeOf(again).sessionId).toBe(sessionId);
    // And its close is a transaction.
    world.request(again, 2, { op: 'closeSession' });
    world.run(50);
    expect(isNowhere(world, sessionId)).toBe(true);
    expect(server.db.tree.nodes.has('/e')).toBe(false);
  });

  test('an ephemeral is refused where sessions may not be upgraded', () => {
    const world = start(LOCAL);
    const client = attach(world, serverIn(world, role));
    world.request(client, 1, create('/e', 1));
    world.run(50);
    expect(shortly(client)).toEqual([`1:${String(ErrorCode.EPHEMERALONLOCALSESSION)}`]);
    world.request(client, 2, { op: 'multi', ops: [create('/p'), create('/e', 1)] });
    world.run(50);
    // Only the leader knows why; to a learner's multi it says that it does not know the session.
    const { EPHEMERALONLOCALSESSION, SESSIONEXPIRED } = ErrorCode;
    const why = role === 'leader' ? EPHEMERALONLOCALSESSION : SESSIONEXPIRED;
    const last = repliesOf(client).at(-1);
    expect(last).toMatchObject({ xid: 2, err: 0 });
    expect(last?.body.results?.map(({ err }) => err)).toEqual([0, why]);
    expect(isNowhere(world, welcomeOf(client).sessionId)).toBe(true);
  });

  test('its own server expires it, with its connection', () => {
    const world = start(LOCAL);
    const server = serverIn(world, role);
    const client = attach(world, server, { timeOut: 4000 });
    const before = server.db.tree.lastProcessedZxid;
    world.run(3000);
    world.request(client, -2, { op: 'ping' });
    world.run(3500);
    expect(client.closed).toBe(false);
    world.run(5000);
    expect(client.closed).toBe(true);
    expect(server.zks?.local?.tracker.sessionsById.size).toBe(0);
    expect(server.db.tree.lastProcessedZxid).toBe(before);
    expect(world.lines.filter((l) => l.includes('Expiring session'))).toHaveLength(1);
  });

  test('it comes back to its own server, and to no other', () => {
    const world = start(LOCAL);
    const server = serverIn(world, role);
    const { sessionId, passwd } = welcomeOf(attach(world, server));
    for (const other of world.servers.values()) {
      const again = attach(world, other, { sessionId, passwd });
      expect(welcomeOf(again).sessionId).toBe(other === server ? sessionId : 0n);
      expect(again.closed).toBe(other !== server);
    }
  });
});

test('a server that has not seen the upgrade takes the word of the leader', () => {
  const world = start(UPGRADING);
  const [home, other] = [...world.servers.values()].filter((s) => s.zks?.kind === 'follower');
  if (home === undefined || other === undefined) throw new Error('no followers');
  const client = attach(world, home);
  const { sessionId, passwd } = welcomeOf(client);
  world.request(client, 1, create('/e', 1));
  const again = world.dial(Number(other.settings.sid));
  world.say(again, connectRequest({ sessionId, passwd }));
  for (let n = 0; n < 20 && again.got.length === 0; n++) world.run(1);
  expect(welcomeOf(again).sessionId).toBe(sessionId);
  expect(other.db.sessions.has(sessionId)).toBe(false);
  world.request(again, 2, { op: 'exists', path: '/e', watch: false });
  world.request(again, 3, { op: 'sync', path: '/e' });
  world.run(50);
  expect(shortly(again)).toEqual(['2:-101', '3:0']);
  expect(other.zks?.local?.upgrading.size).toBe(0);
  expect(isGlobal(world, sessionId)).toBe(true);
});

test('a short session is not held up by a longer one', () => {
  const world = new LittleEnsemble(1, { tickTime: 500, minSessionTimeout: 1000 } as object).run(10);
  const server = world.server(1);
  const long = attach(world, server, { timeOut: 10_000 });
  world.run(600);
  const short = attach(world, server, { timeOut: 1000 });
  world.run(1600);
  expect(short.closed).toBe(true);
  expect(long.closed).toBe(false);
});
