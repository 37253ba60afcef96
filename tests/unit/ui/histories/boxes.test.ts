import { expect, it } from 'vitest';
import type { Micros, ProcessId, SessionId, Sid } from '../../../../src/core/units.ts';
import { makeZxid } from '../../../../src/core/zxid.ts';
import type { Operation } from '../../../../src/sim/chronicle/model.ts';
import { boxesOf, isEvidence, sessionRows } from '../../../../src/ui/histories/boxes.ts';
import { factsOf } from '../../../../src/ui/state/evidence.svelte.ts';

function asked(client: number, from: number, to: number | null, more = {}): Operation {
  return {
    client: client as ProcessId,
    sessionId: BigInt(client) as SessionId,
    xid: 1,
    op: 'setData',
    path: '/app',
    asked: 'set /app 1',
    answered: null,
    server: 1 as Sid,
    calledAt: from as Micros,
    returnedAt: to as Micros | null,
    zxid: makeZxid(3, 7),
    committedAt: null,
    err: to === null ? null : 0,
    writes: true,
    callEvent: 1,
    returnEvent: 2,
    ...more,
  };
}

it('gives each session a row', () => {
  const rows = sessionRows([asked(1002, 0, 1), asked(1001, 0, 1), asked(1002, 2, 3)]);
  expect(rows.map((row) => [row.client, row.operations.length])).toEqual([
    [1001, 1],
    [1002, 2],
  ]);
});

it('lays requests that are under way together under each other', () => {
  const row = {
    client: 1 as ProcessId,
    operations: [asked(1, 0, 50), asked(1, 10, 40), asked(1, 50, 60)],
  };
  const boxes = boxesOf(row, { from: 0, to: 100 }, 200, 100);
  expect(boxes.map(({ x, width, track }) => [x, width, track])).toEqual([
    [0, 100, 0],
    [20, 60, 1],
    [100, 20, 0],
  ]);
  expect(boxes[0]).toMatchObject({ epoch: 3, state: 'answered', effect: null });
});

it('lets a request without an answer reach to the present, and leaves out what is out of sight', () => {
  const row = { client: 1 as ProcessId, operations: [asked(1, 0, 5), asked(1, 20, null)] };
  const [box, more] = boxesOf(row, { from: 10, to: 110 }, 100, 90);
  expect(box).toMatchObject({ index: 1, x: 10, width: 70, state: 'open' });
  expect(more).toBeUndefined();
});

it('knows what contradicts each other', () => {
  const facts = factsOf('A read of /app shows 0x300000007 although 0x300000009 was seen.');
  expect(isEvidence(asked(1, 0, 1), facts)).toBe(true);
  expect(isEvidence(asked(1, 0, 1, { zxid: makeZxid(3, 8), path: '/b' }), facts)).toBe(false);
  expect(isEvidence(asked(1, 0, 1), factsOf('nothing is named'))).toBe(false);
});
