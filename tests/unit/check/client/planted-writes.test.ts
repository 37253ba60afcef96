/** Planted violations of the properties of writes: C.18, C.19 and C.20. */
import { describe, expect, test } from 'vitest';
import { ErrorCode } from '../../../../src/core/error-code.ts';
import { CreateMode } from '../../../../src/core/jute/proto.ts';
import {
  broken,
  bytes,
  create,
  del,
  exists,
  expectBroken,
  get,
  play,
  set,
  txnOf,
  zx,
} from './play.ts';

describe('C.18: linearizable writes', () => {
  test('a write is acknowledged that was never committed', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const xid = p.ask('A', create('/a'));
    p.answer('A', xid, create('/a'), zx(2));
    expectBroken(
      p,
      'C.18',
      /Server 1 acknowledged create \/a \(xid 1\).*no transaction of it was ever/,
    );
  });

  test('a write is acknowledged at another zxid than its own', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    const a = p.ask('A', create('/a'));
    const b = p.ask('B', create('/b'));
    p.commit('A', a, zx(3), txnOf(p.history, create('/a')));
    p.commit('B', b, zx(4), txnOf(p.history, create('/b')));
    p.answer('A', a, create('/a'), zx(4));
    expectBroken(p, 'C.18', /at 0x100000004, but it was committed at 0x100000003/);
  });

  test('two writes whose order is not that of real time, though every value fits', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    p.write('A', create('/a', 'x'), zx(10));
    // Asked after the answer to the other, and yet done before it.
    const xid = p.ask('B', create('/b', 'y'));
    p.commit('B', xid, zx(9), txnOf(p.history, create('/b', 'y')));
    expectBroken(
      p,
      'C.18',
      /done at 0x100000009, but it was asked only after another.*create \/a .*at 0x10000000a/,
    );
  });

  test('a transaction is committed behind one with a larger zxid', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const late = p.ask('A', create('/a'));
    p.open('B', 2, zx(3));
    p.commit('A', late, zx(2), txnOf(p.history, create('/a')));
    expectBroken(p, 'C.18', /0x100000002 was committed after 0x100000003/);
  });

  test('a create is done twice, once again after its answer', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const request = create('/q-', '', CreateMode.PERSISTENT_SEQUENTIAL);
    const txn = (n: number) => ({
      ...txnOf(p.history, request),
      path: `/q-000000000${String(n)}`,
    });
    p.write('A', request, zx(2), txn(0));
    p.commit('A', 1, zx(3), txn(1));
    expectBroken(p, 'C.18', /acknowledged and done at 0x100000002, and it was done again/);
  });

  test('a conditional write succeeds although the version is another', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.write('A', create('/a', '0'), zx(2));
    p.write('A', set('/a', '1'), zx(3));
    p.write('A', set('/a', '2', 0), zx(4));
    expectBroken(p, 'C.18', /the version is 1, and 0 was asked for/);
  });

  test('an update is lost: the version does not go up', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.write('A', create('/a', '0'), zx(2));
    p.write('A', set('/a', '1'), zx(3));
    const request = set('/a', '2');
    p.write('A', request, zx(4), { type: 'setData', path: '/a', data: bytes('2'), version: 1 });
    expectBroken(p, 'C.18', /makes version 1 of version 1/);
  });

  test('a write fails with NONODE although the node is there', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.write('A', create('/a', '0'), zx(2));
    const xid = p.ask('A', set('/a', '1'));
    p.commit('A', xid, zx(3), { type: 'error', err: ErrorCode.NONODE });
    expectBroken(p, 'C.18', /fails with NONODE, but \/a is there/);
  });

  test('the second part of a multi is judged in the state that the first has made', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const ops = [create('/a'), create('/a')];
    const request = { op: 'multi', ops } as const;
    p.write('A', request, zx(2));
    expectBroken(p, 'C.18', /\/a is there already/);
  });

  test('a read shows a value that nobody has written', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.write('A', create('/a', 'x'), zx(2));
    const xid = p.ask('A', get('/a'));
    p.answer('A', xid, get('/a'), zx(2), { ...p.shown('/a', zx(2)), data: bytes('y') });
    expectBroken(p, 'C.18', /shows other data of \/a than it has at 0x100000002/);
  });

  test('a read shows what is proposed and not committed yet', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.ask('A', create('/a', 'x'));
    p.open('B', 2, zx(2));
    const xid = p.ask('B', exists('/a'));
    p.answer('B', xid, exists('/a'), zx(3), {});
    expectBroken(p, 'C.18', /nothing after 0x100000002 is committed/);
  });
});

describe('C.19: definite outcomes', () => {
  test('an error is answered, but the write was done', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const xid = p.ask('A', create('/a'));
    p.commit('A', xid, zx(2), txnOf(p.history, create('/a')));
    p.answer('A', xid, create('/a'), zx(2), {}, ErrorCode.NODEEXISTS);
    expectBroken(p, 'C.19', /answered with NODEEXISTS, but it was done at 0x100000002/);
  });

  test('an error is answered of which there is no transaction', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const xid = p.ask('A', del('/a'));
    p.answer('A', xid, del('/a'), zx(1), {}, ErrorCode.NONODE);
    expectBroken(p, 'C.19', /answered with NONODE.*no transaction of it was ever committed/);
  });

  test('OK is answered, but the write had failed', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const xid = p.ask('A', del('/a'));
    p.commit('A', xid, zx(2), { type: 'error', err: ErrorCode.NONODE });
    p.answer('A', xid, del('/a'), zx(2));
    expectBroken(p, 'C.19', /answered with OK, but it failed with NONODE/);
  });

  test('a retried create is done twice, and its client had lost the connection', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const request = create('/q-', '', CreateMode.PERSISTENT_SEQUENTIAL);
    const xid = p.ask('A', request);
    p.lose('A');
    const txn = txnOf(p.history, request);
    p.commit('A', xid, zx(2), { ...txn, path: '/q-0000000000' } as never);
    p.commit('A', xid, zx(3), { ...txn, path: '/q-0000000001' } as never);
    expectBroken(p, 'C.19', /asked once.*done at 0x100000002, and again at 0x100000003/);
  });

  test('something is done that nobody asked for', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.commit('A', 7, zx(2), txnOf(p.history, create('/a')));
    expectBroken(p, 'C.19', /never asked for it/);
  });
});

describe('C.20: the order of a session', () => {
  test('replies in another order than the requests', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.ask('A', exists('/a'));
    const second = p.ask('A', exists('/b'));
    p.answer('A', second, exists('/b'), zx(1), {}, ErrorCode.NONODE);
    expectBroken(p, 'C.20', /is for xid 2, but the turn is that of exists \/a \(xid 1\)/);
  });

  test('pipelined writes are committed in another order', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const first = p.ask('A', create('/a'));
    const second = p.ask('A', create('/b'));
    p.commit('A', second, zx(2), txnOf(p.history, create('/b')));
    p.commit('A', first, zx(3), txnOf(p.history, create('/a')));
    expectBroken(p, 'C.20', /xid 1\) was done at 0x100000003, after its xid 2/);
  });

  test('a write that was lost with its connection comes after one of the next connection', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const lost = p.ask('A', create('/a'));
    p.lose('A');
    p.reopen('A', 2);
    p.write('A', create('/b'), zx(2));
    p.commit('A', lost, zx(3), txnOf(p.history, create('/a')));
    expectBroken(p, 'C.20', /after its xid 2 at 0x100000002, which it had asked for later/);
  });
});

describe('what looks suspicious and is right', () => {
  test('a lost write is done once, or not at all', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const done = p.ask('A', create('/a'));
    p.ask('A', create('/b'));
    p.lose('A');
    p.commit('A', done, zx(2), txnOf(p.history, create('/a')));
    p.reopen('A', 2);
    p.read('A', exists('/a'), zx(2));
    p.read('A', exists('/b'), zx(2));
    expect(broken(p)).toEqual([]);
  });

  test('the leader refuses a delayed write of a session that has moved', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const late = p.ask('A', create('/a'));
    p.lose('A');
    p.reopen('A', 2);
    p.write('A', create('/b'), zx(2));
    p.commit('A', late, zx(3), { type: 'error', err: ErrorCode.SESSIONMOVED });
    expect(broken(p)).toEqual([]);
  });

  test('two writes under way at once may be done in either order', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 2, zx(2));
    const a = p.ask('A', create('/a'));
    const b = p.ask('B', create('/b'));
    p.commit('B', b, zx(3), txnOf(p.history, create('/b')));
    p.commit('A', a, zx(4), txnOf(p.history, create('/a')));
    p.answer('A', a, create('/a'), zx(4));
    p.answer('B', b, create('/b'), zx(3));
    expect(broken(p)).toEqual([]);
  });

  test('a multi that fails changes nothing, and its answer is OK', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const request = { op: 'multi', ops: [create('/a'), del('/b') as never] } as const;
    const xid = p.ask('A', request);
    const errors = [ErrorCode.OK, ErrorCode.NONODE].map((err) => ({ type: 'error', err }) as const);
    p.commit('A', xid, zx(2), { type: 'multi', txns: errors });
    p.answer('A', xid, request, zx(2), { results: [] });
    p.read('A', exists('/a'), zx(2));
    expect(broken(p)).toEqual([]);
  });

  test('a read-only server refuses a write without a transaction', () => {
    const p = play();
    p.open('A', 1, zx(1));
    const xid = p.ask('A', create('/a'));
    p.answer('A', xid, create('/a'), zx(1), {}, ErrorCode.NOTREADONLY);
    expect(broken(p)).toEqual([]);
  });

  test('a delete fails with NOTEMPTY while the close of the child’s owner is on its way', () => {
    const p = play();
    p.open('A', 1, zx(1));
    p.open('B', 1, zx(2));
    p.write('A', create('/a'), zx(3));
    p.write('B', create('/a/e', '', CreateMode.EPHEMERAL), zx(4));
    const xid = p.ask('A', del('/a'));
    p.tell({ kind: 'expired', server: 1 as never, sessionId: p.id('B') });
    p.close('B', zx(5), ['/a/e']);
    p.commit('A', xid, zx(6), { type: 'error', err: ErrorCode.NOTEMPTY });
    p.answer('A', xid, del('/a'), zx(6), {}, ErrorCode.NOTEMPTY);
    expect(broken(p)).toEqual([]);
  });
});
