/** Planted violations of the properties of reads and sessions: C.21 to C.23, C.25 and C.26. */
import { describe, expect, test } from 'vitest';
import { CreateMode } from '../../../../src/core/jute/proto.ts';
import type { Sid } from '../../../../src/core/units.ts';
import {
  broken,
  bytes,
  create,
  del,
  exists,
  expectBroken,
  get,
  list,
  play,
  set,
  sync,
  txnOf,
  zx,
} from './play.ts';

const EPHEMERAL = CreateMode.EPHEMERAL;

describe('C.21: monotonic reads', () => {
  test('a read goes back after a reconnect to another server', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 3, zx(2));
    p.write('B', create('/a', 'x'), zx(3));
    p.write('B', set('/a', 'y'), zx(4));
    p.read('A', get('/a'), zx(4));
    p.lose('A');
    p.reopen('A', 2);
    p.read('A', get('/a'), zx(3));
    expectBroken(p, 'C.21', /showed 0x100000003, but server 1 had shown 0x100000004/);
  });

  test('a ping shows less than an answer before it on the same connection', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.write('A', create('/a'), zx(2));
    p.ping('A', zx(1));
    expectBroken(p, 'C.21', /the answer to a ping shows 0x100000001 after 0x100000002/);
  });

  test('the header speaks of the new state, and the body shows the old one', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    p.write('A', create('/a', 'x'), zx(3));
    p.write('A', set('/a', 'y'), zx(4));
    const xid = p.ask('B', get('/a'));
    p.answer('B', xid, get('/a'), zx(4), p.shown('/a', zx(3)));
    expectBroken(p, 'C.21', /shows \/a with mzxid.*the state before 0x100000004/);
  });

  test('a list of children without the newest, and of as many', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    p.write('A', create('/a'), zx(3));
    p.write('A', create('/a/1'), zx(4));
    p.write('A', del('/a/1'), zx(5));
    p.write('A', create('/a/2'), zx(6));
    const xid = p.ask('B', list('/a'));
    p.answer('B', xid, list('/a'), zx(6), { children: ['1'] });
    expectBroken(p, 'C.21', /the child \/a\/1, which is not there.*before 0x100000005/);
  });
});

describe('C.22: read your writes', () => {
  test('a read on another server does not show the own write', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.write('A', create('/a'), zx(2));
    p.lose('A');
    p.reopen('A', 2);
    p.read('A', exists('/a'), zx(1));
    expectBroken(p, 'C.22', /shows 0x100000001.*own write was done: create \/a/);
  });

  test('the header is new enough, but the node has the data from before', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.write('A', create('/a', 'x'), zx(2));
    p.write('A', set('/a', 'y'), zx(3));
    const xid = p.ask('A', get('/a'));
    p.answer('A', xid, get('/a'), zx(3), p.shown('/a', zx(2)));
    expectBroken(p, 'C.22', /the state before 0x100000003\. It had been told.*setData \/a/);
  });
});

describe('C.23: sync, then read', () => {
  test('a stale read after a sync', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    p.write('A', create('/a'), zx(3));
    const xid = p.ask('B', sync);
    p.answer('B', xid, sync, zx(3), { path: '/' });
    const read = p.ask('B', exists('/a'));
    p.answer('B', read, exists('/a'), zx(2), {}, -101);
    expectBroken(p, 'C.23', /shows 0x100000002.*before its sync.*create \/a/);
  });

  test('the answer to the sync itself comes too early', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    p.write('A', create('/a'), zx(3));
    const xid = p.ask('B', sync);
    p.answer('B', xid, sync, zx(2), { path: '/' });
    expectBroken(p, 'C.23', /The answer to sync \/ \(xid 1\).*shows 0x100000002/);
  });

  test('the header is new enough, but the read shows the state before', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    p.write('A', create('/a', 'x'), zx(3));
    p.write('A', set('/a', 'y'), zx(4));
    const xid = p.ask('B', sync);
    p.answer('B', xid, sync, zx(4), { path: '/' });
    const read = p.ask('B', get('/a'));
    p.answer('B', read, get('/a'), zx(4), p.shown('/a', zx(3)));
    expectBroken(p, 'C.23', /Before its last sync/);
  });
});

describe('C.25: the end of sessions', () => {
  const one = 1 as Sid;

  test('a leader expires a session that it has just heard of', () => {
    const p = play();
    p.tell({ kind: 'leads', server: one });
    p.open('A', 1, zx(1));
    p.wait(7000);
    p.tell({ kind: 'heard', server: one, sessionId: p.id('A') });
    p.wait(3000);
    p.tell({ kind: 'expired', server: one, sessionId: p.id('A') });
    expectBroken(p, 'C.25', /Leader 1 expires session 0xa001 300\d ms after it was heard of/);
  });

  test('a new leader does not give the full timeout', () => {
    const p = play();
    p.tell({ kind: 'leads', server: one });
    p.open('A', 1, zx(1));
    p.wait(5000);
    p.tell({ kind: 'leads', server: 2 as Sid });
    p.wait(2000);
    p.tell({ kind: 'expired', server: 2 as Sid, sessionId: p.id('A') });
    expectBroken(p, 'C.25', /after this leader began to lead, but it may be silent for 6000 ms/);
  });

  test('a session is closed for no reason', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.close('A', zx(2));
    expectBroken(p, 'C.25', /Session 0xa001 was closed at 0x100000002, but neither/);
  });

  test('a write of a session after its end', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const xid = p.ask('A', create('/a'));
    p.tell({ kind: 'expired', server: one, sessionId: p.id('A') });
    p.close('A', zx(2));
    p.commit('A', xid, zx(3), txnOf(p.history, create('/a')));
    expectBroken(p, 'C.25', /done at 0x100000003, but that session had been closed at 0x100000002/);
  });

  test('a client is told that its session has expired, which lives', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.lose('A');
    p.reopen('A', 2, { expired: true });
    expectBroken(p, 'C.25', /Server 2 told the client of session 0xa001 that it has expired/);
  });
});

describe('C.26: ephemerals', () => {
  const owned = () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    p.write('A', create('/e', 'x', EPHEMERAL), zx(3));
    return p;
  };

  test('an ephemeral is read after its session was closed', () => {
    const p = owned();
    const before = p.shown('/e', zx(3));
    p.tell({ kind: 'expired', server: 1 as Sid, sessionId: p.id('A') });
    p.close('A', zx(4), ['/e']);
    const xid = p.ask('B', get('/e'));
    p.answer('B', xid, get('/e'), zx(4), before);
    expectBroken(p, 'C.26', /shows the ephemeral \/e of session 0xa001.*closed at 0x100000004/);
  });

  test('a list of children names one', () => {
    const p = owned();
    p.tell({ kind: 'expired', server: 1 as Sid, sessionId: p.id('A') });
    p.close('A', zx(4), ['/e']);
    p.write('B', create('/f'), zx(5));
    const xid = p.ask('B', list('/'));
    p.answer('B', xid, list('/'), zx(5), { children: ['zookeeper', 'e'] });
    expectBroken(p, 'C.26', /shows the ephemeral \/e/);
  });

  test('one is made for a session that is closed already', () => {
    const p = owned();
    const xid = p.ask('A', create('/late', '', EPHEMERAL));
    p.tell({ kind: 'expired', server: 1 as Sid, sessionId: p.id('A') });
    p.close('A', zx(4), ['/e']);
    p.commit('A', xid, zx(5), txnOf(p.history, create('/late', '', EPHEMERAL)));
    p.read('B', exists('/late'), zx(5));
    expect(broken(p)).toEqual(['C.25', 'C.26']);
  });
});

describe('what looks suspicious and is right', () => {
  test('a server that is behind shows the past, without a sync', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 4, zx(2));
    p.write('A', create('/a', 'x'), zx(3));
    p.write('A', set('/a', 'y'), zx(4));
    p.read('B', exists('/a'), zx(2));
    p.read('B', get('/a'), zx(3));
    p.read('B', get('/a'), zx(4));
    expect(broken(p)).toEqual([]);
  });

  test('a leader that was deposed answers a sync without the writes of its successor', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    p.write('A', create('/a'), zx(1, 2));
    const xid = p.ask('B', sync, 1);
    p.answer('B', xid, sync, zx(2), { path: '/' });
    p.read('B', exists('/a'), zx(2));
    expect(broken(p)).toEqual([]);
  });

  test('a ping had shown more than the next server has', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    p.write('B', create('/a'), zx(3));
    p.ping('A', zx(3));
    p.lose('A');
    p.reopen('A', 3);
    p.read('A', exists('/a'), zx(2));
    expect(broken(p)).toEqual([]);
  });

  test('a lagging server shows an ephemeral whose session is closed elsewhere', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    p.write('A', create('/e', 'x', EPHEMERAL), zx(3));
    p.write('A', { op: 'closeSession' }, zx(4));
    p.read('B', get('/e'), zx(3));
    p.read('B', exists('/e'), zx(4));
    expect(broken(p)).toEqual([]);
  });

  test('a session expires after its whole timeout, rounded up to a tick', () => {
    const p = play();
    p.tell({ kind: 'leads', server: 1 as Sid });
    p.open('A', 1, zx(1));
    p.tell({ kind: 'heard', server: 1 as Sid, sessionId: p.id('A') });
    p.wait(6400);
    p.tell({ kind: 'expired', server: 1 as Sid, sessionId: p.id('A') });
    p.close('A', zx(2));
    p.lose('A');
    p.reopen('A', 1, { expired: true });
    expect(broken(p)).toEqual([]);
  });

  test('of what a snapshot brought nothing is known, and nothing is said', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.tell({ kind: 'unknown', upTo: zx(9) });
    const xid = p.ask('A', get('/old'));
    p.answer('A', xid, get('/old'), zx(9), { stat: fresh(), data: bytes('?') });
    p.write('A', create('/new', 'x'), zx(10));
    p.read('A', get('/new'), zx(10));
    expect(broken(p)).toEqual([]);
    const again = p.ask('A', get('/new'));
    p.answer('A', again, get('/new'), zx(10), { ...p.shown('/new', zx(10)), data: bytes('?') });
    expect(broken(p)).toEqual(['C.18']);
  });
});

function fresh() {
  const p = play();
  p.open('A', 1, zx(1));
  p.write('A', create('/old', '?'), zx(2));
  return p.shown('/old', zx(2)).stat;
}
