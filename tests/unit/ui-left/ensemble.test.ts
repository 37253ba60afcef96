import { describe, expect, test } from 'vitest';
import type { Frame, MemberView, PacketView } from '../../../src/sim/frame.ts';
import { dockSessions } from '../../../src/ui/ensemble/docks.ts';
import { hintOf } from '../../../src/ui/ensemble/hint.ts';
import { isInside } from '../../../src/ui/ensemble/hands.svelte.ts';
import {
  bendBetween,
  cutsOf,
  lanesOf,
  markPlaces,
  nearestOn,
  pointOn,
  spotsOf,
  type End,
  type Spot,
} from '../../../src/ui/ensemble/packet-flight.ts';
import { ringGeometry, withMoved } from '../../../src/ui/ensemble/ring-layout.ts';
import {
  cannedFrame,
  client,
  crowdedFrame,
  electingFrame,
  micros,
  NOW,
  packet,
  proc,
  sid,
} from '../../component/canned-frames.ts';

const sids = (count: number) => Array.from({ length: count }, (_, i) => sid(i + 1));

describe('the ring', () => {
  test.each([
    [5, 720, 480, 'full'],
    [7, 720, 440, 'full'],
    [13, 900, 520, 'compact'],
    [5, 366, 310, 'narrow'],
    [13, 366, 310, 'tiny'],
  ] as const)('%i servers in %i × %i are drawn %s', (count, width, height, density) => {
    expect(ringGeometry(sids(count), width, height).density).toBe(density);
  });

  test.each([1, 3, 5, 6, 7, 9, 13])('%i servers stand inside, none upon another', (count) => {
    for (const [width, height] of [[720, 440] as const, [366, 310] as const]) {
      const ring = ringGeometry(sids(count), width, height);
      const places = [...ring.places.values()];
      expect(places.map((p) => p.sid)).toEqual(sids(count));
      for (const place of places) {
        expect(Math.abs(place.x) + ring.node).toBeLessThanOrEqual(width / 2);
        expect(Math.abs(place.y) + ring.node).toBeLessThanOrEqual(height / 2);
        const others = places.filter((other) => other !== place);
        const nearest = others.map((o) => Math.hypot(o.x - place.x, o.y - place.y));
        expect(Math.min(...nearest)).toBeGreaterThan(2 * ring.node);
      }
    }
  });

  test('a single server is its own centre', () => {
    const only = ringGeometry(sids(1), 720, 440);
    expect(only.density).toBe('full');
    const { x = NaN, y = NaN } = only.places.get(sid(1)) ?? {};
    expect(Math.hypot(x, y)).toBe(0);
  });

  test('the first server stands at the top', () => {
    const top = ringGeometry(sids(5), 720, 440).places.get(sid(1));
    expect(top?.x).toBeCloseTo(0);
    expect(top?.y).toBeLessThan(0);
  });
});

describe('sessions', () => {
  const dock = (frame: Frame) => {
    const ring = ringGeometry(
      frame.members.map((m) => m.sid),
      900,
      520,
    );
    return dockSessions(frame, ring, 900, 520);
  };

  test('each stands at its server, with the expiry that the leader knows', () => {
    const { docks } = dock(cannedFrame());
    expect(docks.get(proc(1001))?.sid).toBe(4);
    expect(docks.get(proc(1001))?.expiry).toEqual({ at: 11_000_000, timeOut: 10_000 });
  });

  test('one without a server waits at the edge, a closed one is gone', () => {
    const frame = { ...cannedFrame(), clients: [client(4, null), client(5, null)] };
    const closed = frame.clients.map((c) => (c.name === 'E' ? { ...c, state: 'CLOSED' } : c));
    const { docks } = dock({ ...frame, clients: closed as Frame['clients'] });
    expect([...docks.keys()]).toEqual([1004]);
    expect(docks.get(proc(1004))?.sid).toBeNull();
  });

  test('a crowd at one server is counted', () => {
    const { docks, overflows } = dock(crowdedFrame());
    const shown = [...docks.values()].filter((d) => d.sid === 9).length;
    const hidden = overflows.find((o) => o.sid === 9)?.count ?? 0;
    expect(shown + hidden).toBe(crowdedFrame().clients.filter((c) => c.server === 9).length);
    expect(hidden).toBeGreaterThan(0);
  });
});

describe('packets', () => {
  const ends: Readonly<Record<number, End>> = {
    1: { x: 0, y: 0, radius: 10 },
    2: { x: 100, y: 0, radius: 10 },
  };
  const endOf = (process: number): End | null => ends[process] ?? null;
  const options = { from: 1, to: 2, family: 'broadcast', type: 'PROPOSAL', code: 'PR' } as const;

  const GAP = 25;
  const draw = (packets: readonly PacketView[], now: number): Spot[] =>
    lanesOf(packets, endOf).flatMap((lane) => spotsOf(lane, now, GAP));

  test('fly from rim to rim in virtual time, and never past arrival', () => {
    const packets = [packet({ ...options, at: 0 })];
    expect(draw(packets, NOW)[0]?.x).toBeCloseTo(10);
    expect(draw(packets, NOW + 200_000)[0]?.x).toBeCloseTo(50);
    expect(draw(packets, NOW + 9_000_000)[0]?.x).toBeCloseTo(90);
  });

  test('the two directions of a link pass each other on their own sides', () => {
    const there = packet({ ...options, at: 0.5 });
    const back = packet({ ...options, from: 2, to: 1, at: 0.5 });
    const [a, b] = draw([there, back], NOW);
    expect(a?.y).toBeGreaterThan(0);
    expect(b?.y).toBeLessThan(0);
  });

  const inLine = (packets: readonly PacketView[]): PacketView[] =>
    packets.map((p, index) => ({ ...p, index }));

  test('of one connection keep their order and a distance', () => {
    const three = inLine([0.8, 0.75, 0.7].map((at) => packet({ ...options, at })));
    const xs = draw(three, NOW).map(({ x }) => x);
    expect(xs).toHaveLength(3);
    expect((xs[0] ?? 0) - (xs[1] ?? 0)).toBeGreaterThanOrEqual(GAP);
    expect((xs[1] ?? 0) - (xs[2] ?? 0)).toBeGreaterThanOrEqual(GAP);
  });

  test('those stuck at a cut queue before it; where there is no room, the last counts', () => {
    const stuck = inLine([1, 2, 3, 4].map(() => packet({ ...options, at: 0, stuck: true })));
    const far: Readonly<Record<number, End>> = { ...ends, 2: { x: 300, y: 0, radius: 10 } };
    const [lane] = lanesOf(stuck, (process) => far[process] ?? null);
    if (lane === undefined) throw new Error('it is drawn');
    const xs = spotsOf(lane, NOW, GAP).map(({ x }) => x);
    expect(xs).toEqual([130, 105, 80, 55]);
    const near = draw(stuck, NOW);
    expect(near.map(({ count }) => count)).toEqual([4]);
    expect(near[0]?.packet.index).toBe(0);
  });

  test('of two connections the same way run side by side', () => {
    const one = packet({ ...options, at: 0.5 });
    const other: PacketView = { ...one, conn: 77 as PacketView['conn'], port: 'election' };
    const ys = draw([one, other], NOW).map(({ y }) => y);
    expect((ys[1] ?? 0) - (ys[0] ?? 0)).toBeGreaterThan(18);
  });

  test('one to a process that is not in the picture is left out', () => {
    expect(draw([packet({ ...options, to: 7, at: 0 })], NOW)).toEqual([]);
  });

  test('pass a server that stands in their way', () => {
    const [a, b, between] = [
      { x: 0, y: 0 },
      { x: 200, y: 0 },
      { x: 90, y: 8 },
    ];
    const bend = bendBetween(a, b, [between], 40);
    const [lane] = lanesOf(
      [packet({ ...options, at: 0 })],
      (p) => ((p as number) === 1 ? { ...a, radius: 0 } : { ...b, radius: 0 }),
      () => bend,
    );
    if (lane === undefined) throw new Error('it is drawn');
    const straight = { ...lane, offset: 0 };
    const nearest = Array.from({ length: 201 }, (_, i) => pointOn(straight, i)).map((p) =>
      Math.hypot(p.x - between.x, p.y - between.y),
    );
    expect(Math.min(...nearest)).toBeGreaterThan(36);
    expect(bendBetween(a, b, [{ x: 90, y: 60 }], 40)).toEqual({ x: 0, y: 0 });
  });

  test('are put where a hand leaves them', () => {
    const [lane] = lanesOf([packet({ ...options, at: 0 })], endOf);
    if (lane === undefined) throw new Error('it is drawn');
    const there = nearestOn(lane, { x: 50, y: 12 });
    expect(there.share).toBeCloseTo(0.5);
    expect(there.distance).toBeLessThan(5);
    expect(nearestOn(lane, { x: 400, y: 0 }).share).toBe(1);
  });
});

test('a lasso holds what it goes round', () => {
  const line = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 0, y: 10 },
  ];
  expect(isInside(line, { x: 5, y: 5 })).toBe(true);
  expect(isInside(line, { x: 15, y: 5 })).toBe(false);
});

test('a server stays where it was put, within the picture', () => {
  const ring = ringGeometry(sids(5), 720, 440);
  const moved = withMoved(ring, new Map([[sid(1), { x: -0.25, y: 3 }]]), 720, 440);
  const place = moved.places.get(sid(1));
  expect(place?.x).toBe(-180);
  expect(place?.y).toBeLessThan(220);
  expect(place?.label).toBe('left');
  expect(moved.places.get(sid(2))).toEqual(ring.places.get(sid(2)));
});

test('marks of cuts do not cover each other', () => {
  const crossing = [
    { a: { x: -100, y: 0 }, b: { x: 100, y: 0 } },
    { a: { x: 0, y: -100 }, b: { x: 0, y: 100 } },
    { a: { x: -100, y: -100 }, b: { x: 100, y: 100 } },
  ];
  const places = markPlaces(crossing);
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) {
      expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(30);
    }
  }
});

test('two opposite cuts are one, a single one keeps its direction', () => {
  const cut = (from: number, to: number) => ({
    from: proc(from),
    to: proc(to),
    cut: true,
    latency: null,
  });
  expect(cutsOf([cut(1, 2), cut(2, 1), cut(4, 3), cut(4, 3)])).toEqual([
    { a: 1, b: 2, from: null },
    { a: 4, b: 3, from: 4 },
  ]);
});

describe('the hint', () => {
  const healed: Frame = { ...cannedFrame(), links: [] };
  const revived = (m: MemberView): MemberView =>
    m.status === 'down' ? { ...m, status: 'running' } : m;
  const whole: Frame = { ...healed, members: healed.members.map(revived) };

  test('counts who looks while nobody leads', () => {
    expect(hintOf(electingFrame(7))).toEqual({ kind: 'electing', looking: 7, of: 7 });
  });

  test('names a leader, and whether it is the first', () => {
    expect(hintOf(whole)).toEqual({ kind: 'ledAgain', leader: 4, epoch: 3 });
  });

  test('tells an elected leader from one that serves', () => {
    const members = whole.members.map((m) =>
      m.server?.state === 'LEADING' ? { ...m, server: { ...m.server, serving: false } } : m,
    );
    expect(hintOf({ ...whole, members })).toEqual({ kind: 'establishing', leader: 4 });
  });

  test('points at a server that is down, at cuts before that, at a lost quorum before all', () => {
    expect(hintOf(healed)).toEqual({ kind: 'behind', leader: 4, down: 3 });
    expect(hintOf(cannedFrame())).toEqual({ kind: 'cut' });
    const members = healed.members.map((m) =>
      m.sid <= 3 ? { ...m, status: 'down' as const, server: null, since: micros(1) } : m,
    );
    expect(hintOf({ ...cannedFrame(), members })).toEqual({
      kind: 'noQuorum',
      up: 2,
      need: 3,
      restart: 1,
    });
  });
});
