/** Planted violations of the order of watches and data: C.24. */
import { describe, expect, test } from 'vitest';
import {
  EventType,
  type Request,
  type SetWatchesRequest,
} from '../../../../src/core/jute/proto.ts';
import { Perms } from '../../../../src/core/jute/data.ts';
import {
  broken,
  create,
  del,
  exists,
  expectBroken,
  get,
  list,
  play,
  set,
  zx,
  type Play,
} from './play.ts';

/** A watches /a at 0x100000003, and B writes. */
function watching(overrides: Parameters<typeof play>[0] = {}): Play {
  const p = play(overrides);
  p.open('A', 1, zx(1));
  p.open('B', 2, zx(2));
  p.write('B', create('/a', 'x'), zx(3));
  p.read('A', get('/a', true), zx(3));
  return p;
}

const again = (relative: number, more: Partial<SetWatchesRequest> = {}): Request => ({
  op: 'setWatches2',
  relativeZxid: zx(relative),
  dataWatches: [],
  existWatches: [],
  childWatches: [],
  persistentWatches: [],
  persistentRecursiveWatches: [],
  ...more,
});

describe('C.24: watches', () => {
  test('an event comes after the data that it tells of', () => {
    const p = watching();
    p.write('B', set('/a', 'y'), zx(4));
    p.read('A', get('/a'), zx(4));
    p.event('A', EventType.NodeDataChanged, '/a', zx(4));
    expectBroken(p, 'C.24', /on \/a was to fire NodeDataChanged for 0x100000004, but the answer/);
  });

  test('even a read of something else shows the change', () => {
    const p = watching();
    p.write('B', set('/a', 'y'), zx(4));
    p.read('A', exists('/elsewhere'), zx(4));
    expectBroken(p, 'C.24', /the event has not come/);
  });

  test('an event is lost', () => {
    const p = watching();
    p.write('B', set('/a', 'y'), zx(4));
    p.write('B', create('/b'), zx(5));
    p.ping('A', zx(5));
    expectBroken(p, 'C.24', /the answer to a ping shows 0x100000005/);
  });

  test('an event is lost, and a later one comes', () => {
    const p = watching();
    p.read('A', list('/', true), zx(3));
    p.write('B', set('/a', 'y'), zx(4));
    p.write('B', create('/b'), zx(5));
    p.event('A', EventType.NodeChildrenChanged, '/', zx(5));
    expectBroken(p, 'C.24', /for 0x100000004, but the next event to come is NodeChildrenChanged/);
  });

  test('a one-shot watch fires twice', () => {
    const p = watching();
    p.write('B', set('/a', 'y'), zx(4));
    p.event('A', EventType.NodeDataChanged, '/a', zx(4));
    p.write('B', set('/a', 'z'), zx(5));
    p.event('A', EventType.NodeDataChanged, '/a', zx(5));
    expectBroken(p, 'C.24', /for 0x100000005, but it has no watch there/);
  });

  test('an event without a cause', () => {
    const p = watching();
    p.write('B', create('/b'), zx(4));
    p.event('A', EventType.NodeDataChanged, '/a', zx(4));
    expectBroken(p, 'C.24', /has no watch there that such a change would fire/);
  });

  test('an event of the wrong type', () => {
    const p = watching();
    p.write('B', del('/a'), zx(4));
    p.event('A', EventType.NodeDataChanged, '/a', zx(4));
    expectBroken(p, 'C.24', /was sent NodeDataChanged of \/a/);
  });

  test('what was missed while away is not made good', () => {
    const p = watching();
    p.lose('A');
    p.write('B', set('/a', 'y'), zx(4));
    p.reopen('A', 2);
    const request = again(3, { dataWatches: ['/a'] });
    const xid = p.ask('A', request);
    p.answer('A', xid, request, zx(4));
    expectBroken(p, 'C.24', /had to fire NodeDataChanged for what the client had missed/);
  });

  test('something is made good that was not missed', () => {
    const p = watching();
    p.lose('A');
    p.reopen('A', 2);
    const request = again(3, { dataWatches: ['/a'] });
    const xid = p.ask('A', request);
    p.event('A', EventType.NodeDataChanged, '/a');
    p.answer('A', xid, request, zx(3));
    expectBroken(p, 'C.24', /it had missed no such change/);
  });

  test('a client forgets to set its watch again', () => {
    const p = watching();
    p.lose('A');
    p.reopen('A', 2);
    p.ask('A', exists('/b'));
    expectBroken(p, 'C.24', /had a watch on \/a when its last connection ended/);
  });

  test('a recursive watch misses a grandchild', () => {
    const p = watching();
    const add: Request = { op: 'addWatch', path: '/', mode: 1 };
    const xid = p.ask('A', add);
    p.answer('A', xid, add, zx(3));
    p.write('B', create('/a/b'), zx(4));
    p.write('B', create('/a/b/c'), zx(5));
    p.event('A', EventType.NodeCreated, '/a/b', zx(4));
    p.ping('A', zx(5));
    expectBroken(p, 'C.24', /was to fire NodeCreated for 0x100000005/);
  });

  test('3.8.0 does not say the zxid, and still cannot skip an event', () => {
    const p = watching({ release: '3.8.0' });
    p.read('A', list('/', true), zx(3));
    p.write('B', set('/a', 'y'), zx(4));
    p.write('B', create('/b'), zx(5));
    p.event('A', EventType.NodeChildrenChanged, '/');
    expectBroken(p, 'C.24', /the next event to come is NodeChildrenChanged of \/ for a later one/);
  });
});

describe('what looks suspicious and is right', () => {
  test('the reply was on its way before the change', () => {
    const p = watching();
    p.write('B', set('/a', 'y'), zx(4));
    p.read('A', get('/a'), zx(3));
    p.event('A', EventType.NodeDataChanged, '/a', zx(4));
    p.read('A', get('/a'), zx(4));
    expect(broken(p)).toEqual([]);
  });

  test('a deletion is told once to who watches data and children', () => {
    const p = watching();
    p.read('A', list('/a', true), zx(3));
    p.read('A', list('/', true), zx(3));
    p.write('B', del('/a'), zx(4));
    p.event('A', EventType.NodeDeleted, '/a', zx(4));
    p.event('A', EventType.NodeChildrenChanged, '/', zx(4));
    p.read('A', exists('/a'), zx(4));
    expect(broken(p)).toEqual([]);
  });

  test('created and deleted while away: nothing is told', () => {
    const p = watching();
    p.read('A', exists('/b', true), zx(3));
    p.lose('A');
    p.write('B', create('/b'), zx(4));
    p.write('B', del('/b'), zx(5));
    p.reopen('A', 2);
    const request = again(3, { dataWatches: ['/a'], existWatches: ['/b'] });
    const xid = p.ask('A', request);
    p.answer('A', xid, request, zx(5));
    p.read('A', exists('/b'), zx(5));
    expect(broken(p)).toEqual([]);
  });

  test('a persistent watch misses what happens while its client is away', () => {
    const p = watching();
    const add: Request = { op: 'addWatch', path: '/a', mode: 0 };
    const xid = p.ask('A', add);
    p.answer('A', xid, add, zx(3));
    p.lose('A');
    p.write('B', set('/a', 'y'), zx(4));
    p.reopen('A', 2);
    const request = again(3, { dataWatches: ['/a'], persistentWatches: ['/a'] });
    const reset = p.ask('A', request);
    p.event('A', EventType.NodeDataChanged, '/a');
    p.answer('A', reset, request, zx(4));
    p.write('B', set('/a', 'z'), zx(5));
    p.event('A', EventType.NodeDataChanged, '/a', zx(5));
    p.read('A', get('/a'), zx(5));
    expect(broken(p)).toEqual([]);
  });

  test('who may not read a node hears nothing of it', () => {
    const p = watching();
    p.read('A', exists('/secret', true), zx(3));
    const acl = [{ perms: Perms.ALL, id: { scheme: 'digest', id: 'u:p' } }];
    const request = { ...create('/secret'), acl };
    p.write('B', request, zx(4));
    p.read('A', get('/a'), zx(4));
    expect(broken(p)).toEqual([]);
  });

  test('3.8.0: events in their order, without zxids', () => {
    const p = watching({ release: '3.8.0' });
    p.read('A', list('/', true), zx(3));
    p.write('B', set('/a', 'y'), zx(4));
    p.write('B', create('/b'), zx(5));
    p.event('A', EventType.NodeDataChanged, '/a');
    p.event('A', EventType.NodeChildrenChanged, '/');
    p.read('A', get('/a'), zx(5));
    expect(broken(p)).toEqual([]);
  });

  test('a connection that ends takes the event with it', () => {
    const p = watching();
    p.write('B', set('/a', 'y'), zx(4));
    p.lose('A');
    p.reopen('A', 2);
    const request = again(3, { dataWatches: ['/a'] });
    const xid = p.ask('A', request);
    p.event('A', EventType.NodeDataChanged, '/a');
    p.answer('A', xid, request, zx(4));
    expect(broken(p)).toEqual([]);
  });
});
