/** Sequences against arrays that do the same naively. */
import { expect, test } from 'vitest';
import { draw, drawInt, Purpose } from '../../../src/core/chance.ts';
import type { Sid } from '../../../src/core/units.ts';
import {
  byAt,
  clear,
  createSequence,
  cutAfter,
  drop,
  find,
  idAt,
  positionAfter,
  push,
  zxidAt,
  type Sequence,
} from '../../../src/sim/check/sequence.ts';
import { epochStart, type ZxidKey } from '../../../src/sim/check/zxid-key.ts';

interface Item {
  readonly zxid: ZxidKey;
  readonly id: number;
  readonly by: Sid;
}

/** A twin: the items that are kept, and the position of the first. */
interface Twin {
  first: number;
  items: Item[];
}

function same(s: Sequence, twin: Twin): void {
  const kept = Array.from({ length: s.end - s.first }, (_, i) => ({
    zxid: zxidAt(s, s.first + i),
    id: idAt(s, s.first + i),
    by: byAt(s, s.first + i),
  }));
  expect([s.first, kept]).toEqual([twin.first, twin.items]);
  // Its own position, the one after it, and none for what lies between two zxids.
  const found = twin.items.map(({ zxid }) => [
    find(s, zxid),
    positionAfter(s, zxid),
    find(s, (zxid + 0.5) as ZxidKey),
  ]);
  expect(found).toEqual(twin.items.map((_, i) => [twin.first + i, twin.first + i + 1, -1]));
}

test.each(Array.from({ length: 12 }, (_, seed) => seed))('seed %i', (seed) => {
  const s = createSequence();
  const twin: Twin = { first: 0, items: [] };
  let last = epochStart(1);
  let drawn = 0;
  const pick = (max: number): number => drawInt(draw(seed, Purpose.scenario, 1, drawn++), 0, max);
  for (let step = 0; step < 100; step += 1) {
    const kind = pick(9);
    if (kind < 7) {
      // Mostly consecutive, now and then a new epoch.
      last = pick(9) === 0 ? ((epochStart(step + 2) + 1) as ZxidKey) : ((last + 1) as ZxidKey);
      const item: Item = { zxid: last, id: step, by: (1 + pick(4)) as Sid };
      push(s, item.zxid, item.id, item.by);
      twin.items.push(item);
    } else if (kind < 9) {
      const count = pick(twin.items.length);
      drop(s, count);
      twin.first += count;
      twin.items = twin.items.slice(count);
    } else {
      const cut = twin.items[pick(twin.items.length)]?.zxid ?? last;
      cutAfter(s, cut);
      twin.items = twin.items.filter((item) => item.zxid <= cut);
    }
    same(s, twin);
  }
});

test('positions before and behind the sequence hold nothing', () => {
  const s = createSequence();
  push(s, epochStart(1), 1, 1 as Sid);
  push(s, (epochStart(1) + 1) as ZxidKey, 2, 1 as Sid);
  drop(s, 1);
  expect([idAt(s, 0), idAt(s, 1), idAt(s, 2)]).toEqual([NaN, 2, NaN]);
  clear(s);
  expect([find(s, epochStart(1)), positionAfter(s, epochStart(1))]).toEqual([-1, 0]);
});
