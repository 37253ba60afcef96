import { describe, expect, it } from 'vitest';
import { clientStatus } from '../../../src/core/client/client-process.ts';
import { ErrorCode } from '../../../src/core/error-code.ts';
import { EventType, KeeperState, NO_BODY, WatcherType } from '../../../src/core/jute/proto.ts';
import type { ConnectRequest, Request } from '../../../src/core/jute/proto.ts';
import { makeConnId, NO_SESSION } from '../../../src/core/units.ts';
import type { ConnId, ProcessId, SessionId, Sid } from '../../../src/core/units.ts';
import { ZXID_ZERO } from '../../../src/core/zxid.ts';
import * as rigs from './rig.ts';
import type { Rig } from './rig.ts';

const get: Request = { op: 'getData', path: '/a', watch: false };
const { OK, CONNECTIONLOSS, SESSIONEXPIRED, MARSHALLINGERROR, NONODE } = ErrorCode;

function attached(): Rig {
  const rig = rigs.createRig();
  rigs.feed(rig, { kind: 'start' });
  rigs.attach(rig);
  return rig;
}

/** The connection breaks, time goes on until the next dial, and it is taken. */
function reattach(rig: Rig): ReturnType<typeof rigs.attach> {
  rigs.feed(rig, { kind: 'closed', conn: rigs.connOf(rig) });
  rigs.advance(rig, 3000);
  return rigs.attach(rig);
}

describe('connecting', () => {
  it('dials the client port of a server, with connection ids of its own', () => {
    const rig = rigs.createRig();
    const out = rigs.feed(rig, { kind: 'start' });
    const dial = out.find((e) => e.kind === 'connect');
    expect(dial).toMatchObject({ conn: makeConnId(1001 as ProcessId, 0, 0), port: 'client' });
    expect([1, 2, 3]).toContain(rig.to);
    expect(clientStatus(rig.client)).toMatchObject({ state: 'CONNECTING', server: null });
  });

  it('asks for a new session and takes what is negotiated', () => {
    const rig = rigs.createRig();
    rigs.feed(rig, { kind: 'start' });
    const opened = rigs.feed(rig, { kind: 'opened', conn: rigs.connOf(rig) });
    expect(rigs.sends(opened)).toEqual(['connectRequest']);
    expect(rig.sent[0]).toMatchObject({
      lastZxidSeen: ZXID_ZERO,
      timeOut: 30_000,
      sessionId: NO_SESSION,
      passwd: new Uint8Array(16),
    });
    const out = rigs.handshake(rig, 12_000, rigs.SESSION);
    expect(rigs.events(out)).toEqual([`${KeeperState.SyncConnected}:-1:`]);
    expect(out.find((e) => e.kind === 'session')).toMatchObject({
      state: 'CONNECTED',
      server: rig.to,
    });
    expect(clientStatus(rig.client)).toMatchObject({
      state: 'CONNECTED',
      sessionId: rigs.SESSION,
      timeOut: 12_000,
    });
  });

  it('tries all servers at once in turn, then pauses for a second', () => {
    const rig = rigs.createRig();
    rigs.feed(rig, { kind: 'start' });
    const tried = [rig.to];
    for (let i = 0; i < 2; i++) {
      rigs.feed(rig, { kind: 'refused', conn: rigs.connOf(rig) });
      tried.push(rig.to);
    }
    expect([...tried].sort()).toEqual([1, 2, 3]);
    const out = rigs.feed(rig, { kind: 'refused', conn: rigs.connOf(rig) });
    expect(out.some((e) => e.kind === 'connect')).toBe(false);
    expect(rigs.advance(rig, 999).some((e) => e.kind === 'connect')).toBe(false);
    rigs.advance(rig, 1);
    expect(rig.to).toBe(tried[0]);
  });

  it('gives a dial, and then a handshake, timeout / servers each', () => {
    const rig = rigs.createRig();
    rigs.feed(rig, { kind: 'start' });
    const first = rig.to;
    expect(rigs.advance(rig, 9999).some((e) => e.kind === 'close')).toBe(false);
    rigs.feed(rig, { kind: 'opened', conn: rigs.connOf(rig) });
    expect(rigs.advance(rig, 9999).some((e) => e.kind === 'close')).toBe(false);
    expect(rigs.advance(rig, 1).some((e) => e.kind === 'close')).toBe(true);
    rigs.advance(rig, 1000);
    expect(rig.to).not.toBe(first);
  });

  it('waits a random time of at most a second before it reconnects, the same for a seed', () => {
    const waits = [7, 7, 8].map((seed) => {
      const rig = rigs.createRig({ seed });
      rigs.feed(rig, { kind: 'start' });
      rigs.attach(rig);
      const out = rigs.feed(rig, { kind: 'closed', conn: rigs.connOf(rig) });
      const timer = out.find((e) => e.kind === 'setTimer');
      return timer?.kind === 'setTimer' ? timer.after : -1;
    });
    for (const wait of waits) expect(wait).toBeGreaterThan(0);
    for (const wait of waits) expect(wait).toBeLessThan(1_000_000);
    expect(waits[0]).toBe(waits[1]);
    expect(waits[0]).not.toBe(waits[2]);
  });

  it('goes on with its session, its password and the zxid that it has seen', () => {
    const rig = attached();
    rigs.submit(rig, 1, get);
    rigs.answer(rig);
    const seen = rig.lastZxid;
    const first = rig.to;
    rigs.feed(rig, { kind: 'closed', conn: rigs.connOf(rig) });
    rigs.advance(rig, 1000);
    expect(rig.to).not.toBe(first);
    rigs.feed(rig, { kind: 'opened', conn: rigs.connOf(rig) });
    const request = rig.sent.at(-1) as ConnectRequest;
    expect(request).toMatchObject({
      kind: 'connectRequest',
      lastZxidSeen: seen,
      sessionId: rigs.SESSION,
      passwd: new Uint8Array(16).fill(5),
    });
  });

  it('takes anything but a ConnectResponse for the end of the connection', () => {
    const rig = rigs.createRig({ servers: [1] as Sid[] });
    rigs.feed(rig, { kind: 'start' });
    rigs.feed(rig, { kind: 'opened', conn: rigs.connOf(rig) });
    const out = rigs.reply(rig, 0, ErrorCode.NOTREADONLY);
    expect(out.some((e) => e.kind === 'close')).toBe(true);
    expect(clientStatus(rig.client).state).toBe('CONNECTING');
  });

  it('is deaf to connections that it gave up', () => {
    const rig = attached();
    const old = rigs.connOf(rig);
    rigs.feed(rig, { kind: 'closed', conn: old });
    expect(rigs.feed(rig, { kind: 'closed', conn: old })).toEqual([]);
    expect(rigs.feed(rig, { kind: 'opened', conn: 99 as ConnId })).toEqual([]);
  });
});

describe('requests', () => {
  it('are numbered from 1 and answered in order', () => {
    const rig = attached();
    const out = [1, 2, 3].flatMap((tag) => rigs.submit(rig, tag, get));
    expect(rigs.sends(out)).toEqual(['getData#1', 'getData#2', 'getData#3']);
    expect(clientStatus(rig.client).pending).toBe(3);
    expect(rigs.results([...rigs.answer(rig), ...rigs.answer(rig, NONODE)])).toEqual([
      `1:${OK}`,
      `2:${NONODE}`,
    ]);
    expect(clientStatus(rig.client).lastZxid).toBe(rig.lastZxid);
  });

  it('that are answered out of order cost the connection, as in Java', () => {
    const rig = attached();
    rigs.submit(rig, 1, get);
    rigs.submit(rig, 2, get);
    const out = rigs.reply(rig, 2);
    expect(rigs.results(out)).toEqual([`1:${CONNECTIONLOSS}`, `2:${CONNECTIONLOSS}`]);
    expect(out.some((e) => e.kind === 'close')).toBe(true);
    expect(clientStatus(rig.client)).toMatchObject({ state: 'CONNECTING', pending: 0 });
    rigs.advance(rig, 1000);
    rigs.attach(rig);
    expect(rigs.sends(rigs.submit(rig, 3, get))).toEqual(['getData#3']);
    expect(rigs.results(rigs.reply(rig, 3))).toEqual([`3:${OK}`]);
  });

  it('that nobody asked cost the connection, too', () => {
    const rig = attached();
    const out = rigs.reply(rig, 1);
    expect(out.some((e) => e.kind === 'close')).toBe(true);
    expect(clientStatus(rig.client).state).toBe('CONNECTING');
  });

  it('wait for the connection under way, and go out behind it', () => {
    const rig = rigs.createRig();
    rigs.feed(rig, { kind: 'start' });
    expect(rigs.sends(rigs.submit(rig, 1, get))).toEqual([]);
    expect(rigs.sends(rigs.attach(rig))).toEqual(['connectRequest', 'getData#1']);
  });

  it('fail with the connection, sent or not', () => {
    const rig = attached();
    rigs.submit(rig, 1, get);
    const lost = rigs.feed(rig, { kind: 'closed', conn: rigs.connOf(rig) });
    expect(rigs.results(lost)).toEqual([`1:${CONNECTIONLOSS}`]);
    expect(rigs.events(lost)).toEqual([`${KeeperState.Disconnected}:-1:`]);
    expect(rigs.results(rigs.submit(rig, 2, get))).toEqual([]);
    rigs.advance(rig, 1000);
    const refused = rigs.feed(rig, { kind: 'refused', conn: rigs.connOf(rig) });
    expect(rigs.results(refused)).toEqual([`2:${CONNECTIONLOSS}`]);
    expect(rigs.events(refused)).toEqual([]); // Disconnected is told once.
  });

  it('larger than the limit are not sent, and nothing else suffers', () => {
    const rig = attached();
    rigs.submit(rig, 1, get);
    const data = new Uint8Array(0xfffff);
    const out = rigs.submit(rig, 2, { op: 'setData', path: '/a', data, version: -1 });
    expect(rigs.sends(out)).toEqual([]);
    expect(rigs.results(out)).toEqual([`2:${MARSHALLINGERROR}`]);
    expect(rigs.results(rigs.answer(rig))).toEqual([`1:${OK}`]);
    // Header 8, path 4 + 2, length of the data 4, version 4.
    const most = new Uint8Array(0xfffff - 22);
    const fits = rigs.submit(rig, 3, { op: 'setData', path: '/a', data: most, version: -1 });
    expect(rigs.sends(fits)).toEqual(['setData#2']);
  });

  it('whose answer is larger than the limit cost the connection, as in Java', () => {
    const rig = attached();
    rigs.submit(rig, 1, get);
    const out = rigs.answer(rig, OK, { data: new Uint8Array(0x100000) });
    expect(rigs.results(out)).toEqual([`1:${CONNECTIONLOSS}`]);
    expect(out.some((e) => e.kind === 'close')).toBe(true);
  });
});

describe('time', () => {
  it('pings after half the read timeout without a request', () => {
    const rig = attached(); // Read timeout 20 s.
    expect(rigs.sends(rigs.advance(rig, 9999))).toEqual([]);
    expect(rigs.sends(rigs.advance(rig, 1))).toEqual(['ping#-2']);
    rigs.reply(rig, -2);
    rigs.advance(rig, 5000);
    rigs.submit(rig, 1, get);
    rigs.answer(rig);
    expect(rigs.sends(rigs.advance(rig, 9999))).toEqual([]);
    expect(rigs.sends(rigs.advance(rig, 1))).toEqual(['ping#-2']);
  });

  it('pings a second early when a packet wakes it anyway', () => {
    const rig = attached();
    rigs.submit(rig, 1, { op: 'getData', path: '/a', watch: true });
    rigs.answer(rig);
    rigs.advance(rig, 8999);
    expect(rigs.sends(rigs.fire(rig, EventType.NodeDataChanged, '/a'))).toEqual([]);
    rigs.advance(rig, 1);
    expect(rigs.sends(rigs.fire(rig, EventType.NodeDataChanged, '/a'))).toEqual(['ping#-2']);
  });

  it('does not wait for a ping longer than ten seconds once it is awake', () => {
    const rig = rigs.createRig({ servers: [1] as Sid[] });
    rigs.feed(rig, { kind: 'start' });
    rigs.attach(rig, 60_000); // Read timeout 40 s, so pings are due every 20 s.
    rigs.advance(rig, 10_001);
    expect(rigs.sends(rigs.fire(rig, EventType.NodeDeleted, '/x'))).toEqual(['ping#-2']);
  });

  it('gives the connection up after 2/3 of the timeout without a word', () => {
    const rig = attached();
    expect(rigs.advance(rig, 19_999).some((e) => e.kind === 'close')).toBe(false);
    const out = rigs.advance(rig, 1);
    expect(out.some((e) => e.kind === 'close')).toBe(true);
    expect(rigs.events(out)).toEqual([`${KeeperState.Disconnected}:-1:`]);
    expect(clientStatus(rig.client).state).toBe('CONNECTING');
  });

  it('declares itself expired after 4/3 of the timeout without any server', () => {
    const rig = attached();
    rigs.advance(rig, 39_000);
    expect(clientStatus(rig.client).state).toBe('CONNECTING');
    // 20 s of silence, up to 1 s of waiting, then a dial of 10 s each: seen at the next dial.
    const out = rigs.advance(rig, 12_000);
    expect(rigs.events(out)).toContain(`${KeeperState.Expired}:-1:`);
    expect(clientStatus(rig.client).state).toBe('CLOSED');
    expect(rigs.results(rigs.submit(rig, 9, get))).toEqual([`9:${SESSIONEXPIRED}`]);
    expect(rigs.advance(rig, 100_000)).toEqual([]);
  });

  it('never expires by itself before it has a session', () => {
    const rig = rigs.createRig();
    rigs.feed(rig, { kind: 'start' });
    rigs.advance(rig, 200_000);
    expect(clientStatus(rig.client).state).toBe('CONNECTING');
  });
});

describe('the end of a session', () => {
  it('is learnt from a timeout of 0', () => {
    const rig = attached();
    rigs.submit(rig, 1, { op: 'getData', path: '/a', watch: true });
    rigs.answer(rig);
    rigs.feed(rig, { kind: 'closed', conn: rigs.connOf(rig) });
    rigs.submit(rig, 2, get);
    rigs.advance(rig, 1000);
    const out = rigs.attach(rig, 0, 0n as SessionId);
    expect(rigs.results(out)).toEqual([`2:${SESSIONEXPIRED}`]);
    expect(rigs.events(out)).toEqual([`${KeeperState.Expired}:-1:`]);
    expect(clientStatus(rig.client)).toMatchObject({ state: 'CLOSED', watches: [] });
    expect(rigs.advance(rig, 60_000)).toEqual([]);
  });
});

describe('watches', () => {
  const cases: [Request, ErrorCode, string[]][] = [
    [{ op: 'getData', path: '/a', watch: true }, OK, ['data']],
    [{ op: 'getData', path: '/a', watch: true }, NONODE, []],
    [{ op: 'getData', path: '/a', watch: false }, OK, []],
    [{ op: 'exists', path: '/a', watch: true }, OK, ['data']],
    [{ op: 'exists', path: '/a', watch: true }, NONODE, ['exist']],
    [{ op: 'exists', path: '/a', watch: true }, ErrorCode.NOAUTH, []],
    [{ op: 'getChildren', path: '/a', watch: true }, OK, ['child']],
    [{ op: 'getChildren2', path: '/a', watch: true }, OK, ['child']],
    [{ op: 'getChildren2', path: '/a', watch: true }, NONODE, []],
  ];
  it.each(cases)('%j answered %i leaves %j', (request, err, kinds) => {
    const rig = attached();
    rigs.submit(rig, 1, request);
    rigs.answer(rig, err);
    expect(clientStatus(rig.client).watches.map((w) => w.kind)).toEqual(kinds);
  });

  const fired: [Request['op'], ErrorCode, EventType, boolean][] = [
    ['getData', OK, EventType.NodeDataChanged, true],
    ['getData', OK, EventType.NodeDeleted, true],
    ['getData', OK, EventType.NodeChildrenChanged, false],
    ['exists', NONODE, EventType.NodeCreated, true],
    ['getChildren2', OK, EventType.NodeChildrenChanged, true],
    ['getChildren2', OK, EventType.NodeDeleted, true],
    ['getChildren2', OK, EventType.NodeDataChanged, false],
  ];
  it.each(fired)('of %s (%i) meets event %i: %s', (op, err, type, fires) => {
    const rig = attached();
    rigs.submit(rig, 1, { op, path: '/a', watch: true } as Request);
    rigs.answer(rig, err);
    expect(rigs.events(rigs.fire(rig, type, '/a'))).toHaveLength(fires ? 1 : 0);
    expect(clientStatus(rig.client).watches).toHaveLength(fires ? 0 : 1);
    if (fires) expect(rigs.events(rigs.fire(rig, type, '/a'))).toEqual([]);
  });

  it('are set again on a new connection, before the requests that waited', () => {
    const rig = attached();
    for (const [path, op, err] of [
      ['/d', 'getData', OK],
      ['/e', 'exists', NONODE],
      ['/c', 'getChildren', OK],
    ] as const) {
      rigs.submit(rig, 1, { op, path, watch: true });
      rigs.answer(rig, err);
    }
    const seen = rig.lastZxid;
    rigs.feed(rig, { kind: 'closed', conn: rigs.connOf(rig) });
    rigs.submit(rig, 2, get);
    rigs.advance(rig, 1000);
    expect(rigs.sends(rigs.attach(rig))).toEqual(['connectRequest', 'setWatches#4', 'getData#5']);
    expect(rig.asked[0]?.request).toEqual({
      op: 'setWatches',
      relativeZxid: seen,
      dataWatches: ['/d'],
      existWatches: ['/e'],
      childWatches: ['/c'],
      persistentWatches: [],
      persistentRecursiveWatches: [],
    });
    rigs.answer(rig);
    expect(rigs.results(rigs.answer(rig))).toEqual([`2:${OK}`]);
    expect(clientStatus(rig.client).watches).toHaveLength(3);
  });

  it('are set again in several packets when there are many', () => {
    const rig = attached();
    const long = 'x'.repeat(50_000);
    for (const n of [1, 2, 3, 4]) {
      rigs.submit(rig, n, { op: 'getData', path: `/${n}${long}`, watch: true });
      rigs.answer(rig);
    }
    const out = reattach(rig);
    expect(rigs.sends(out)).toEqual(['connectRequest', 'setWatches#5', 'setWatches#6']);
    // Each batch ends with the path that fills it, and the last batch goes out first.
    const batches = rig.asked.map(({ request }) =>
      request.op === 'setWatches' ? request.dataWatches.map((path) => path.slice(0, 2)) : [],
    );
    expect(batches).toEqual([['/4'], ['/1', '/2', '/3']]);
  });

  it('cost no packet where there are none', () => {
    const rig = attached();
    expect(rigs.sends(reattach(rig))).toEqual(['connectRequest']);
  });
});

describe('persistent watches', () => {
  const add = (rig: Rig, path: string, mode: number, err: ErrorCode = OK): void => {
    rigs.submit(rig, 1, { op: 'addWatch', path, mode });
    rigs.answer(rig, err);
  };
  const told = (rig: Rig, type: EventType, path: string): number =>
    rigs.events(rigs.fire(rig, type, path)).length;

  it.each([
    [0, '/a', EventType.NodeDataChanged, '/a', 1],
    [0, '/a', EventType.NodeChildrenChanged, '/a', 1],
    [0, '/a', EventType.NodeDeleted, '/a', 1],
    [0, '/a', EventType.NodeCreated, '/a/b', 0],
    [1, '/a', EventType.NodeDataChanged, '/a', 1],
    [1, '/a', EventType.NodeCreated, '/a/b', 1],
    [1, '/a', EventType.NodeDeleted, '/a/b/c', 1],
    [1, '/a', EventType.NodeChildrenChanged, '/a', 0],
    [1, '/a', EventType.NodeChildrenChanged, '/a/b', 0],
    [1, '/a', EventType.NodeDataChanged, '/ab', 0],
    [1, '/', EventType.NodeCreated, '/x/y', 1],
  ] as const)('of mode %i on %s: event %i on %s is told %i times', (mode, path, type, at, n) => {
    const rig = attached();
    add(rig, path, mode);
    expect(told(rig, type, at)).toBe(n);
    expect(told(rig, type, at)).toBe(n); // They stay.
    expect(clientStatus(rig.client).watches).toHaveLength(1);
  });

  it('and one-shot ones of the same znode are told of an event once', () => {
    const rig = attached();
    add(rig, '/a', 0);
    add(rig, '/a', 1);
    rigs.submit(rig, 1, { op: 'getData', path: '/a', watch: true });
    rigs.answer(rig);
    expect(told(rig, EventType.NodeDataChanged, '/a')).toBe(1);
    expect(clientStatus(rig.client).watches.map((w) => w.kind)).toEqual([
      'persistent',
      'recursive',
    ]);
  });

  it('refused leave nothing', () => {
    const rig = attached();
    add(rig, '/a', 0, ErrorCode.NOAUTH);
    expect(clientStatus(rig.client).watches).toEqual([]);
  });

  it('are set again by setWatches2', () => {
    const rig = attached();
    add(rig, '/a', 0);
    add(rig, '/b', 1);
    expect(rigs.sends(reattach(rig))).toEqual(['connectRequest', 'setWatches2#3']);
    expect(rig.asked[0]?.request).toMatchObject({
      persistentWatches: ['/a'],
      persistentRecursiveWatches: ['/b'],
      dataWatches: [],
    });
  });
});

describe('removing watches', () => {
  const { NOWATCHER, NOAUTH } = ErrorCode;
  const { Children, Data, Any, Persistent, PersistentRecursive } = WatcherType;
  const { DataWatchRemoved, ChildWatchRemoved, PersistentWatchRemoved } = EventType;

  /** All five kinds on /a. */
  function watching(): Rig {
    const rig = attached();
    for (const request of [
      { op: 'getData', path: '/a', watch: true },
      { op: 'getChildren', path: '/a', watch: true },
      { op: 'addWatch', path: '/a', mode: 0 },
      { op: 'addWatch', path: '/a', mode: 1 },
    ] as const) {
      rigs.submit(rig, 1, request);
      rigs.answer(rig);
    }
    rigs.submit(rig, 1, { op: 'exists', path: '/a', watch: true });
    rigs.answer(rig, NONODE);
    return rig;
  }
  const kinds = (rig: Rig): string[] => clientStatus(rig.client).watches.map((w) => w.kind);

  it.each([
    [Data, [DataWatchRemoved], ['child', 'persistent', 'recursive']],
    [Children, [ChildWatchRemoved], ['data', 'exist', 'persistent', 'recursive']],
    [Persistent, [PersistentWatchRemoved], ['data', 'exist', 'child', 'recursive']],
    [PersistentRecursive, [PersistentWatchRemoved], ['data', 'exist', 'child', 'persistent']],
    [Any, [ChildWatchRemoved, DataWatchRemoved, PersistentWatchRemoved], []],
  ])('of type %i tells %j and leaves %j', (type, events, left) => {
    const rig = watching();
    rigs.submit(rig, 2, { op: 'removeWatches', path: '/a', type });
    const out = rigs.answer(rig);
    expect(rigs.events(out)).toEqual(events.map((event) => `3:${event}:/a`));
    expect(rigs.results(out)).toEqual([`2:${OK}`]);
    expect(kinds(rig)).toEqual(left);
  });

  it('that this client does not have is refused, whatever the server says', () => {
    const rig = attached();
    rigs.submit(rig, 2, { op: 'removeWatches', path: '/a', type: Any });
    expect(rigs.results(rigs.answer(rig, OK))).toEqual([`2:${NOWATCHER}`]);
  });

  it('that the server refuses stay', () => {
    const rig = watching();
    rigs.submit(rig, 2, { op: 'removeWatches', path: '/a', type: Any });
    const out = rigs.answer(rig, NOAUTH);
    expect(rigs.results(out)).toEqual([`2:${NOAUTH}`]);
    expect(kinds(rig)).toHaveLength(5);
  });

  it('stay when the connection breaks, unless they are to be forgotten locally', () => {
    const rig = watching();
    rigs.submit(rig, 2, { op: 'removeWatches', path: '/a', type: Any });
    const lost = rigs.feed(rig, { kind: 'closed', conn: rigs.connOf(rig) });
    expect(rigs.results(lost)).toEqual([`2:${CONNECTIONLOSS}`]);
    expect(kinds(rig)).toHaveLength(5);
  });
});

describe('authentication', () => {
  const auth = (name: string): Request => ({
    op: 'auth',
    type: 0,
    scheme: 'digest',
    auth: new TextEncoder().encode(name),
  });

  it('goes out with the xid -4, and is answered for its sender at once', () => {
    const rig = attached();
    const out = rigs.submit(rig, 5, auth('u:p'));
    expect(rigs.sends(out)).toEqual(['auth#-4']);
    expect(rigs.results(out)).toEqual([`5:${OK}`]);
    expect(clientStatus(rig.client).pending).toBe(0);
    rigs.submit(rig, 1, get);
    rigs.reply(rig, -4); // Its answer stands in nobody's way.
    expect(rigs.results(rigs.answer(rig))).toEqual([`1:${OK}`]);
  });

  it('comes first on every later connection, the last one added before the others', () => {
    const rig = attached();
    for (const name of ['u:p', 'v:q', 'v:q']) rigs.submit(rig, 1, auth(name));
    rigs.submit(rig, 2, { op: 'getData', path: '/a', watch: true });
    rigs.answer(rig);
    const before = rig.sent.length;
    reattach(rig);
    const sent = rig.sent.slice(before).map((message) => {
      if (message.kind !== 'request') return message.kind;
      const { request } = message;
      return request.op === 'auth'
        ? new TextDecoder().decode(request.auth ?? undefined)
        : request.op;
    });
    expect(sent).toEqual(['connectRequest', 'v:q', 'v:q', 'u:p', 'setWatches']);
  });

  it('said before the first connection is said twice, as in Java', () => {
    const rig = rigs.createRig();
    rigs.feed(rig, { kind: 'start' });
    rigs.submit(rig, 1, auth('u:p'));
    expect(rigs.sends(rigs.attach(rig))).toEqual(['connectRequest', 'auth#-4', 'auth#-4']);
  });

  it('refused ends the session, and all that was asked fails with AUTHFAILED', () => {
    const rig = attached();
    rigs.submit(rig, 1, auth('u:p'));
    rigs.submit(rig, 2, { op: 'getData', path: '/a', watch: true });
    const out = rigs.reply(rig, -4, ErrorCode.AUTHFAILED);
    expect(rigs.events(out)).toEqual([`${KeeperState.AuthFailed}:-1:`]);
    expect(rigs.results(out)).toEqual([`2:${ErrorCode.AUTHFAILED}`]);
    expect(out.some((e) => e.kind === 'close')).toBe(true);
    expect(clientStatus(rig.client)).toMatchObject({ state: 'AUTH_FAILED', server: null });
    const late = [...rigs.submit(rig, 3, get), ...rigs.submit(rig, 4, auth('u:p'))];
    expect(rigs.results(late)).toEqual([`3:${ErrorCode.AUTHFAILED}`, `4:${OK}`]);
    expect(rigs.sends(late)).toEqual([]);
    expect(rigs.advance(rig, 100_000)).toEqual([]);
  });
});

describe('a read-only server', () => {
  function attachedReadOnly(): Rig {
    const rig = rigs.createRig({ readOnly: true });
    rigs.feed(rig, { kind: 'start' });
    rigs.attach(rig, 30_000, rigs.SESSION, true);
    return rig;
  }

  it('is asked for only by a client that is content with it', () => {
    expect(attachedReadOnly().sent[0]).toMatchObject({ readOnly: true });
    expect(attached().sent[0]).toMatchObject({ readOnly: false });
  });

  it('leaves the client CONNECTEDREADONLY, with an event that says so', () => {
    const rig = attachedReadOnly();
    expect(clientStatus(rig.client)).toMatchObject({ state: 'CONNECTEDREADONLY', server: rig.to });
    expect(rigs.events(rig.effects)).toEqual([`${KeeperState.ConnectedReadOnly}:-1:`]);
  });

  it('is left for the first that takes writes, and its session is not known there', () => {
    const rig = attachedReadOnly();
    const first = rig.to;
    rigs.advance(rig, 100);
    expect(rig.to).not.toBe(first);
    rigs.submit(rig, 1, get);
    const opened = rigs.feed(rig, { kind: 'opened', conn: rigs.connOf(rig) });
    expect(rigs.sends(opened)).toEqual(['connectRequest']);
    expect(rig.sent.at(-1)).toMatchObject({ sessionId: NO_SESSION, readOnly: false });
    const found = rigs.handshake(rig, 20_000, 0x200000000000007n as SessionId);
    expect(rigs.results(found)).toEqual([`1:${CONNECTIONLOSS}`]);
    expect(rigs.events(found)).toEqual(['0:-1:', '3:-1:']);
    expect(clientStatus(rig.client)).toMatchObject({
      state: 'CONNECTED',
      server: rig.to,
      sessionId: 0x200000000000007n,
    });
    expect(rigs.advance(rig, 1000).some((e) => e.kind === 'connect')).toBe(false);
  });

  it('is kept while nobody else answers; the pauses double up to a minute', () => {
    const rig = attachedReadOnly();
    const home = rigs.connOf(rig);
    const dialled: number[] = [];
    for (let at = 100; at < 300_000; at += 100) {
      const out = rigs.advance(rig, 100);
      if (out.some((e) => e.kind === 'connect')) {
        dialled.push(at);
        rigs.feed(rig, { kind: 'refused', conn: rigs.connOf(rig) });
      }
      if (rigs.sends(out).includes('ping#-2')) {
        rigs.feed(rig, {
          kind: 'packet',
          conn: home,
          message: {
            kind: 'reply',
            op: 'ping',
            xid: -2,
            zxid: ZXID_ZERO,
            err: OK,
            body: NO_BODY,
          },
        });
      }
    }
    expect(clientStatus(rig.client).state).toBe('CONNECTEDREADONLY');
    // Of three servers in turn every third is the one that it is attached to.
    expect(dialled).toEqual([100, 300, 1500, 3100, 12_700, 25_500, 102_300, 162_300, 282_300]);
  });

  it('gives its client up as any other', () => {
    const rig = attachedReadOnly();
    rigs.advance(rig, 100);
    const out = rigs.feed(rig, { kind: 'closed', conn: rigs.servedOn(rig) });
    expect(rigs.events(out)).toEqual(['0:-1:']);
    expect(out.filter((e) => e.kind === 'close')).toHaveLength(1); // The search's own.
    expect(rig.timers.has('client.seek')).toBe(false);
  });
});

describe('determinism', () => {
  it('the same events give the same effects', () => {
    const run = (): unknown => {
      const rig = attached();
      rigs.submit(rig, 1, get);
      rigs.advance(rig, 100_000);
      return rig.effects;
    };
    expect(run()).toEqual(run());
  });
});
