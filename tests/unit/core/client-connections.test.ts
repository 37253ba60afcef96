/** Connections and sessions as seen from the wire, with clients that do as they please. */
import { describe, expect, test } from 'vitest';
import { digestId } from '../../../src/core/auth/digest-auth.ts';
import { ErrorCode } from '../../../src/core/error-code.ts';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import type { CreateRequest, Request } from '../../../src/core/jute/proto.ts';
import type { Millis } from '../../../src/core/units.ts';
import { passwordOf } from '../../../src/core/session/session-id.ts';
import { connectRequest, LittleEnsemble, repliesOf } from '../../support/little-ensemble.ts';
import { shortly, welcomeOf, type RawClient } from '../../support/little-ensemble.ts';

const utf8 = new TextEncoder();

function alone(config = {}): LittleEnsemble {
  return new LittleEnsemble(1, config).run(10);
}

function attach(world: LittleEnsemble, sid = 1, address = '10.0.0.9'): RawClient {
  const client = world.dial(sid, address);
  world.say(client, connectRequest());
  world.run(20);
  return client;
}

function create(path: string, flags = 0): CreateRequest {
  return { op: 'create', path, data: new Uint8Array(1), acl: OPEN_ACL_UNSAFE, flags, ttl: 0 };
}

function auth(scheme: string, text: string): Request {
  return { op: 'auth', type: 0, scheme, auth: utf8.encode(text) };
}

const exists = (path: string): Request => ({ op: 'exists', path, watch: false });
const PING: Request = { op: 'ping' };

describe('auth', () => {
  test('adds to what the connection has proved, and is answered with zxid 0', () => {
    const world = alone();
    const client = attach(world);
    world.request(client, -4, auth('digest', 'u:p'));
    world.request(client, 5, { op: 'whoAmI' });
    world.run(5);
    const [first, who] = repliesOf(client);
    expect(first).toMatchObject({ op: 'auth', xid: -4, zxid: 0n, err: 0 });
    const ids = who?.body.clientInfo?.map(({ authScheme, user }) => `${authScheme}:${user}`);
    expect(ids?.sort()).toEqual(['digest:u', 'ip:10.0.0.9']);
    const cnxn = world.server(1).zks?.cnxns.get(client.conn);
    expect(cnxn?.authInfo).toContainEqual({ scheme: 'digest', id: digestId('u', 'p') });
  });

  test('overtakes a write that is under way', () => {
    const world = alone();
    const client = attach(world);
    world.request(client, 1, create('/a'));
    world.request(client, -4, auth('digest', 'u:p'));
    world.run(5);
    expect(shortly(client)).toEqual(['-4:0', '1:0']);
  });

  test.each(['nosuch', 'world', 'sasl'])(
    'of the scheme %s fails, and the end follows',
    (scheme) => {
      const world = alone();
      const client = attach(world);
      world.request(client, -4, auth(scheme, 'anyone'));
      expect(shortly(client)).toEqual([`-4:${String(ErrorCode.AUTHFAILED)}`]);
      expect(client.closed).toBe(true);
    },
  );

  test('of the scheme ip is fine and proves nothing new', () => {
    const world = alone();
    const client = attach(world);
    world.request(client, -4, auth('ip', ''));
    expect(shortly(client)).toEqual(['-4:0']);
    expect(world.server(1).zks?.cnxns.get(client.conn)?.authInfo).toHaveLength(1);
  });

  test('that cannot be read ends the connection without a word', () => {
    const world = alone();
    const client = attach(world);
    world.request(client, -4, { op: 'unreadable', type: 100 });
    expect(shortly(client)).toEqual([]);
    expect(client.closed).toBe(true);
  });

  test('a SASL token is answered by none, without an error', () => {
    const world = alone();
    const client = attach(world);
    world.request(client, 3, { op: 'sasl', token: new Uint8Array(0) });
    expect(repliesOf(client)).toMatchObject([{ op: 'sasl', xid: 3, err: 0, body: { data: null } }]);
    expect(client.closed).toBe(false);
  });

  test('goes to the leader with what a follower forwards', () => {
    const world = new LittleEnsemble(3).run(3000);
    const follower = [...world.servers.values()].find((s) => s.zks?.kind === 'follower');
    const client = attach(world, Number(follower?.settings.sid));
    world.request(client, -4, auth('digest', 'u:p'));
    const acl = [{ perms: 31, id: { scheme: 'auth', id: '' } }];
    world.request(client, 1, { ...create('/mine'), acl });
    world.run(20);
    world.request(client, 2, { op: 'getACL', path: '/mine' });
    const last = repliesOf(client).at(-1);
    expect(last?.body.acl).toEqual([
      { perms: 31, id: { scheme: 'digest', id: digestId('u', 'p') } },
    ]);
  });
});

describe('the handshake', () => {
  test('holds back what comes with it until the session is there', () => {
    const world = alone();
    const client = world.dial(1);
    world.say(client, connectRequest());
    world.request(client, 1, create('/a'));
    world.request(client, 2, exists('/a'));
    expect(client.got).toEqual([]);
    expect(client.read).toBe(false);
    world.run(20);
    expect(client.got.map((m) => m.kind)).toEqual(['connectResponse', 'reply', 'reply']);
    expect(shortly(client)).toEqual(['1:0', '2:0']);
    expect(client.read).toBe(true);
  });

  test('a request before it ends the connection', () => {
    const world = alone();
    const client = world.dial(1);
    world.request(client, 1, exists('/'));
    expect(client.closed).toBe(true);
    expect(client.got).toEqual([]);
  });

  test('a second one is read as a request of no known type', () => {
    const world = alone();
    const client = attach(world);
    world.say(client, connectRequest());
    expect(shortly(client)).toEqual([`0:${String(ErrorCode.UNIMPLEMENTED)}`]);
    expect(client.closed).toBe(true);
  });

  test('any protocol version will do', () => {
    const world = alone();
    const client = world.dial(1);
    world.say(client, connectRequest({ protocolVersion: 7 }));
    world.run(20);
    expect(welcomeOf(client)).toMatchObject({ protocolVersion: 0, timeOut: 10_000 });
  });

  test.each([
    [-5, 4000],
    [1, 4000],
    [4321, 4321],
    [999_999, 40_000],
  ])('a timeout of %d ms becomes %d', (asked, given) => {
    const world = alone();
    const client = world.dial(1);
    world.say(client, connectRequest({ timeOut: asked }));
    world.run(20);
    expect(welcomeOf(client).timeOut).toBe(given);
  });

  test('a client that has seen more than the server is cut off without an answer', () => {
    const world = alone();
    const client = world.dial(1);
    world.say(client, connectRequest({ lastZxidSeen: 99n }));
    expect(client.closed).toBe(true);
    expect(client.got).toEqual([]);
  });

  test('a connection from before the server served finds that it was not running', () => {
    const world = new LittleEnsemble(3);
    const client = world.dial(1);
    world.run(3000);
    expect(world.server(1).zks).not.toBeNull();
    world.say(client, connectRequest());
    expect(client.closed).toBe(true);
    expect(world.lines.some((l) => l.includes('ZooKeeperServer not running'))).toBe(true);
  });
});

describe('a session that comes back', () => {
  function comeBack(world: LittleEnsemble, sessionId: bigint, passwd: Uint8Array): RawClient {
    const again = world.dial(1);
    world.say(again, connectRequest({ sessionId, passwd }));
    world.run(20);
    return again;
  }

  test('takes the place of its older connection to the same server', () => {
    const world = alone();
    const client = attach(world);
    const { sessionId, passwd } = welcomeOf(client);
    const again = comeBack(world, sessionId, passwd);
    expect(client.closed).toBe(true);
    expect(welcomeOf(again).sessionId).toBe(sessionId);
  });

  test.each([
    ['of zeros', new Uint8Array(16)],
    ['too short', new Uint8Array(3)],
    ['empty', new Uint8Array(0)],
  ])('with a password %s is told that it has expired', (_, passwd) => {
    const world = alone();
    const { sessionId } = welcomeOf(attach(world));
    const again = comeBack(world, sessionId, passwd);
    const refused = { timeOut: 0, sessionId: 0n, passwd: new Uint8Array(16) };
    expect(welcomeOf(again)).toMatchObject(refused);
    expect(again.closed).toBe(true);
  });

  test('and never was, has expired', () => {
    const world = alone();
    const id = 0x7788990011223344n;
    const again = comeBack(world, id, passwordOf(id as never));
    expect(welcomeOf(again)).toMatchObject({ timeOut: 0, sessionId: 0n });
    expect(again.closed).toBe(true);
  });

  test('moves: a write on the old connection ends that connection, unanswered', () => {
    const world = new LittleEnsemble(3).run(3000);
    const leader = Number(world.leader().settings.sid);
    const other = leader === 1 ? 2 : 1;
    const old = attach(world, other);
    const { sessionId, passwd } = welcomeOf(old);
    const again = world.dial(leader);
    world.say(again, connectRequest({ sessionId, passwd }));
    world.run(20);
    expect(welcomeOf(again).sessionId).toBe(sessionId);
    world.request(old, 1, exists('/'));
    world.request(old, 2, create('/late'));
    world.run(20);
    expect(shortly(old)).toEqual(['1:0']);
    expect(old.closed).toBe(true);
    expect(again.closed).toBe(false);
  });

  test('requests behind its close are dropped', () => {
    const world = alone();
    const client = attach(world);
    world.request(client, 1, { op: 'closeSession' });
    world.request(client, 2, create('/late'));
    world.run(20);
    expect(shortly(client)).toEqual(['1:0']);
    expect(client.closed).toBe(true);
    expect(world.server(1).db.tree.nodes.has('/late')).toBe(false);
  });
});

describe('requests that are none', () => {
  test('an unknown type is answered with zxid -1, and the end follows', () => {
    const world = alone();
    const client = attach(world);
    world.request(client, 1, create('/a'));
    world.request(client, 5, { op: 'unknown', type: 99 });
    expect(repliesOf(client)).toMatchObject([{ xid: 5, zxid: -1n, err: ErrorCode.UNIMPLEMENTED }]);
    expect(client.closed).toBe(true);
  });

  test('a body that cannot be read is answered in its turn', () => {
    const world = alone();
    const client = attach(world);
    world.request(client, 4, create('/a'));
    world.request(client, 5, { op: 'unreadable', type: 4 });
    world.request(client, -2, PING);
    world.run(20);
    expect(shortly(client)).toEqual(['4:0', `5:${String(ErrorCode.MARSHALLINGERROR)}`, '-2:0']);
  });

  test('one byte over jute.maxbuffer ends the connection, one at it does not', () => {
    const world = alone({ maxBuffer: 100 });
    const client = attach(world);
    // 8 for the header, 4 + 2 for the path, 4 for the data's length, 27 for the ACL, 4 for flags.
    const request = create('/n');
    world.request(client, 1, { ...request, data: new Uint8Array(51) });
    world.run(20);
    expect(shortly(client)).toEqual(['1:0']);
    world.request(client, 2, { ...request, path: '/m', data: new Uint8Array(52) });
    expect(client.closed).toBe(true);
    const line = world.lines.find((l) => l.includes('Len error'));
    expect(line).toContain('advertised length of 101 is either a malformed message or too large');
    expect(line).toContain('(length is greater than jute.maxbuffer=100)');
  });
});

describe('limits on connections', () => {
  test('from one address', () => {
    const world = alone({ maxClientCnxns: 2 });
    const [a, b, c, d] = [1, 2, 3, 4].map((n) => world.dial(1, n < 4 ? '10.0.0.9' : '10.0.0.8'));
    expect([a, b, c, d].map((client) => client?.closed)).toEqual([false, false, true, false]);
    const text = 'Error accepting new connection: Too many connections from /10.0.0.9 - max is 2';
    expect(world.lines.filter((l) => l.includes(text))).toHaveLength(1);
    // One that ends makes room for another.
    if (a === undefined) throw new Error('no client');
    world.step(a.sid, { kind: 'closed', conn: a.conn });
    expect(world.dial(1).closed).toBe(false);
  });

  test('in all', () => {
    const world = alone({ maxCnxns: 1 });
    expect(world.dial(1).closed).toBe(false);
    expect(world.dial(1, '10.0.0.8').closed).toBe(true);
    expect(world.lines.at(-1)).toContain('Too many connections max allowed is 1');
  });

  test('a flood fills no log', () => {
    const world = alone({ maxClientCnxns: 1 });
    for (let i = 0; i < 500; i++) world.dial(1);
    world.run(200);
    world.dial(1);
    const lines = world.lines.filter((l) => l.includes('Too many connections'));
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('[499 times]');
    expect(world.server(1).conns.size).toBe(1);
  });
});

describe('throttling', () => {
  test('a connection with requests under way waits while too many are in process', () => {
    const world = alone({ globalOutstandingLimit: 2 });
    const client = attach(world);
    for (let xid = 1; xid <= 9; xid++) world.request(client, xid, create(`/n${String(xid)}`));
    const { zks } = world.server(1);
    // With the fourth, three are in process before it: it is the last that is read.
    expect(zks?.inProcess).toBe(4);
    expect(client.read).toBe(false);
    world.run(100);
    expect(shortly(client)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((xid) => `${String(xid)}:0`));
    expect(zks?.inProcess).toBe(0);
    expect(client.read).toBe(true);
    expect(zks?.cnxns.get(client.conn)).toMatchObject({ outstanding: 0, paused: false, inbox: [] });
  });

  test('an idle connection gets its first request through', () => {
    const world = alone({ globalOutstandingLimit: 2 });
    const busy = attach(world);
    const other = attach(world);
    for (let xid = 1; xid <= 9; xid++) world.request(busy, xid, create(`/n${String(xid)}`));
    world.request(other, 1, create('/other'));
    expect(world.server(1).zks?.inProcess).toBe(5);
    world.request(other, 2, create('/another'));
    expect(world.server(1).zks?.inProcess).toBe(5);
    world.run(100);
    expect(shortly(other)).toEqual(['1:0', '2:0']);
  });

  test('the members of an ensemble share the limit', () => {
    const world = new LittleEnsemble(5, { globalOutstandingLimit: 8 }).run(3000);
    const client = attach(world, Number(world.leader().settings.sid));
    for (let xid = 1; xid <= 9; xid++) world.request(client, xid, create(`/n${String(xid)}`));
    // 8 / (5 - 1) = 2.
    expect(world.leader().zks?.inProcess).toBe(4);
    world.run(100);
    expect(repliesOf(client)).toHaveLength(9);
  });
});

describe('what is counted', () => {
  test('packets, the last operation and latencies', () => {
    const world = alone();
    const client = attach(world);
    const { zks } = world.server(1);
    const stats = zks?.cnxns.get(client.conn)?.stats;
    expect(stats).toMatchObject({ received: 1, sent: 1, lastOp: 'SESS', lastCxid: 0 });
    world.request(client, 7, create('/a'));
    world.run(20);
    expect(stats).toMatchObject({ lastOp: 'CREA', lastCxid: 7, lastZxid: 2n, lastLatency: 1 });
    world.request(client, 8, create('/a'));
    world.run(20);
    expect(stats).toMatchObject({ lastOp: 'NA', lastCxid: 8, lastZxid: 3n });
    world.request(client, -2, PING);
    expect(stats).toMatchObject({ received: 4, sent: 4, lastOp: 'PING', lastCxid: 8 });
    expect(zks?.stats).toMatchObject({ received: 4, sent: 4 });
    expect(zks?.stats.latency).toEqual({ min: 0, max: 1, total: 3, count: 4 });
    expect(stats?.established).toBe((world.server(1).settings.config.startTime + 10) as Millis);
  });
});

describe('silence', () => {
  test('without a session, it ends a connection after ten seconds', () => {
    const world = alone();
    const client = world.dial(1);
    world.run(9900);
    expect(client.closed).toBe(false);
    world.run(10_200);
    expect(client.closed).toBe(true);
    expect(world.server(1).conns.size).toBe(0);
    expect(world.server(1).clients).toMatchObject({ total: 0 });
    const fired = world.fired.length;
    world.run(60_000);
    expect(world.fired.slice(fired).filter((name) => name.endsWith('cnxnExpiry'))).toEqual([]);
  });

  test('where nobody serves, too', () => {
    const world = new LittleEnsemble(3);
    world.cut(1, 2);
    world.cut(1, 3);
    const client = world.dial(1);
    world.run(20_100);
    expect(client.closed).toBe(true);
  });

  test('of a client that pings is none', () => {
    const world = alone();
    const client = attach(world);
    for (let i = 0; i < 20; i++) {
      world.run(3000);
      world.request(client, -2, PING);
    }
    expect(client.closed).toBe(false);
  });
});
