import { describe, expect, it } from 'vitest';
import type { ProcessId } from '../../../../src/core/units.ts';
import { coneOf, FUTURE, OUTSIDE, PAST, SELF } from '../../../../src/ui/spacetime/cone.ts';
import { toMermaid, toShiViz, toSvg, type Cut } from '../../../../src/ui/spacetime/exports.ts';
import { hide, lanesOf, moved, PLAIN_ORDER } from '../../../../src/ui/spacetime/lanes.ts';
import { findMotif } from '../../../../src/ui/spacetime/motifs.ts';
import {
  EVERYTHING,
  rowUnder,
  sceneOf,
  type SceneInput,
} from '../../../../src/ui/spacetime/scene.ts';
import {
  atEnd,
  bounded,
  isAtEnd,
  ticksOf,
  xOf,
  zoomed,
} from '../../../../src/ui/spacetime/viewport.ts';
import { planted, WRITE } from './planted.ts';

const ids = (...numbers: number[]): ProcessId[] => numbers as ProcessId[];
const lanes = lanesOf(ids(1, 2, 3), ids(1001), PLAIN_ORDER);

function input(over: Partial<SceneInput> = {}): SceneInput {
  return {
    rows: WRITE,
    story: null,
    lanes,
    axis: 'time',
    view: { from: 0, to: 500 },
    filter: EVERYTHING,
    cone: null,
    width: 500,
    laneHeight: 20,
    top: 0,
    ...over,
  };
}

describe('the stretch in sight', () => {
  it('keeps what is under the pointer where it is', () => {
    const view = zoomed({ from: 0, to: 100_000 }, 'time', 0.5, 25_000);
    expect(xOf(view, 800, 25_000)).toBe(xOf({ from: 0, to: 100_000 }, 800, 25_000));
    expect(view.to - view.from).toBe(50_000);
  });

  it('ends a little behind the end of the run, and begins no earlier than it', () => {
    expect(bounded({ from: -50, to: 50 }, 0, 1000)).toEqual({ from: 0, to: 100 });
    const view = atEnd(100, 0, 1000);
    expect(isAtEnd(view, 1000)).toBe(true);
    expect(view.from).toBeGreaterThan(900);
  });

  it('has ticks at round numbers, no nearer than asked', () => {
    const ticks = ticksOf({ from: 0, to: 1000 }, 500, 90);
    expect(ticks).toEqual([0, 200, 400, 600, 800, 1000]);
  });
});

describe('lanes', () => {
  it('are moved, hidden, and shared by clients', () => {
    const up = moved(lanes, PLAIN_ORDER, 3 as ProcessId, -1);
    expect(lanesOf(ids(1, 2, 3), ids(1001), up).lanes.map((l) => l.process)).toEqual(
      ids(1, 3, 2, 1001),
    );
    const without = lanesOf(ids(1, 2, 3), [], hide(PLAIN_ORDER, 2 as ProcessId));
    expect([...without.rowOf.subarray(1, 4)]).toEqual([0, -1, 1]);
    const shared = lanesOf(ids(1), ids(1001, 1002), { ...PLAIN_ORDER, clientsAsOne: true });
    expect(shared.rowOf[1001]).toBe(shared.rowOf[1002]);
  });
});

describe('past and future', () => {
  it('follow packets and the order of each process', () => {
    // The ack of server 2: the proposal to server 3 neither led to it nor …
    const cone = coneOf(WRITE, 14);
    expect([...(cone ?? [])]).toEqual([PAST, PAST, OUTSIDE, PAST, SELF, FUTURE, FUTURE]);
  });

  it('know no event that is not among the rows', () => {
    expect(coneOf(WRITE, 9)).toBeNull();
    expect(coneOf(WRITE, 17)).toBeNull();
  });
});

describe('patterns', () => {
  it('find the proposal that was never acknowledged, and the commit before the own fsync', () => {
    expect(findMotif(WRITE, 'proposalWithoutAck')).toEqual([2]);
    expect(findMotif(WRITE, 'commitBeforeOwnSync')).toEqual([5]);
  });

  it('find a vote that changes, once for all whom it is told to', () => {
    const told = { process: 2, type: 'NOTIFICATION', src: 1, epoch: 0 } as const;
    const rows = planted([
      { ...told, at: 1, cause: 0, zxid: 5n },
      { ...told, at: 2, cause: 1, zxid: 5n },
      { ...told, at: 3, cause: 2, zxid: 9n },
      { ...told, at: 4, cause: 2, zxid: 9n, process: 3 },
    ]);
    expect(findMotif(rows, 'voteChange')).toEqual([2]);
  });

  it('find an fsync that is slower than the others', () => {
    const sync = (at: number, cause: number) =>
      ({ at, process: 1, type: 'fsync', kind: 'disk', cause }) as const;
    const ask = (at: number) => ({ at, process: 1, type: 'PROPOSAL' }) as const;
    const rows = planted([ask(0), sync(10, 0), ask(20), sync(30, 2), ask(40), sync(90, 4)]);
    expect(findMotif(rows, 'slowSync')).toEqual([5]);
  });
});

describe('the scene', () => {
  it('draws a packet from when it was sent to when it arrives', () => {
    const arrow = sceneOf(input()).arrows.find(({ row }) => row === 1);
    expect(arrow).toMatchObject({ x1: 100, y1: 10, x2: 200, y2: 30 });
  });

  it('draws in order of events, from the event that sent it', () => {
    const scene = sceneOf(input({ axis: 'order', view: { from: 10, to: 20 }, width: 100 }));
    expect(scene.arrows.find(({ row }) => row === 4)).toMatchObject({ x1: 30, x2: 40 });
  });

  it('leaves out what is filtered, and dims what is outside of a cone', () => {
    const filter = { ...EVERYTHING, disk: false };
    expect(sceneOf(input({ filter })).marks).toEqual([]);
    const scene = sceneOf(input({ cone: coneOf(WRITE, 14) }));
    expect(scene.arrows.filter((a) => a.dim).map((a) => a.row)).toEqual([2]);
  });

  it('keeps one of many arrows on the same pixels', () => {
    const many = planted(
      Array.from({ length: 1000 }, (_, n) => ({
        at: 200 + n / 10_000,
        process: 2,
        type: 'PING',
        src: 1,
        sentAt: 100 + n / 10_000,
      })),
    );
    const scene = sceneOf(input({ rows: many }));
    expect(scene.arrows).toHaveLength(1);
    expect(scene.thinned).toBe(999);
  });

  it('knows what is under the pointer', () => {
    const scene = sceneOf(input());
    expect(rowUnder(scene, 201, 31)).toBe(1);
    expect(rowUnder(scene, 480, 75)).toBeNull();
  });
});

describe('exports', () => {
  const cut: Cut = { rows: WRITE, lanes, filter: EVERYTHING, from: 0, to: 7 };
  const nameOf = (process: number): string => `p ${String(process)}`;

  it('write vector clocks that order what depends on each other', () => {
    const lines = toShiViz(cut, nameOf).split('\n');
    const ack = lines[lines.findIndex((line) => line.startsWith('ACK')) - 1];
    expect(ack).toBe('p-1 {"p-1":2,"p-2":2}');
    expect(lines[0]).toContain('(?<host>');
  });

  it('write a sequence diagram in the order of arrivals', () => {
    const { text, left } = toMermaid(cut, nameOf);
    expect(left).toBe(0);
    expect(text).toContain('P1->>P2: PROPOSAL 0x7');
    expect(text.indexOf('PROPOSAL')).toBeLessThan(text.indexOf('COMMIT'));
  });

  it('draw a picture whose names cannot break out of it', () => {
    const look = {
      nameOf: () => '<b>',
      epochs: ['#888'],
      ink: '#000',
      panel: '#fff',
      danger: '#f00',
    };
    const svg = toSvg(input(), sceneOf(input()), look);
    expect(svg).toContain('&lt;b>');
    expect(svg.match(/<line /g)?.length).toBeGreaterThanOrEqual(6 + lanes.lanes.length);
  });
});
