import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DiskOp } from '../../../src/core/quorum/peer-io.ts';
import type { Micros } from '../../../src/core/units.ts';
import {
  armTimer,
  clearAgenda,
  clearTimer,
  createAgenda,
  firstOwn,
  planCompletion,
  takeOwn,
} from '../../../src/sim/agenda.ts';

const at = (n: number): Micros => n as Micros;

test('arming a timer again replaces it', () => {
  const agenda = createAgenda(0);
  armTimer(agenda, 'tick', at(10));
  armTimer(agenda, 'tick', at(30));
  armTimer(agenda, 'other', at(20));
  expect(firstOwn(agenda)).toMatchObject({ name: 'other', at: 20 });
  clearTimer(agenda, 'other');
  expect(firstOwn(agenda)).toMatchObject({ name: 'tick', at: 30 });
  clearTimer(agenda, 'tick');
  expect(firstOwn(agenda)).toBeNull();
});

test('of things due together, the one planned first is first', () => {
  const agenda = createAgenda(3);
  armTimer(agenda, 'b', at(5));
  planCompletion(agenda, at(5), { kind: 'durable', op: 1 as DiskOp });
  armTimer(agenda, 'a', at(5));
  armTimer(agenda, 'b', at(5));
  const order: string[] = [];
  for (let own = firstOwn(agenda); own !== null; own = firstOwn(agenda)) {
    const event = takeOwn(agenda, own);
    order.push(event.kind === 'timer' ? event.name : event.kind);
  }
  expect(order).toEqual(['durable', 'a', 'b']);
});

test('a later life numbers its plans above those of an earlier one', () => {
  const [first, second] = [createAgenda(0), createAgenda(1)];
  armTimer(first, 'a', at(1));
  armTimer(second, 'a', at(1));
  expect(firstOwn(second)?.seq).toBeGreaterThan(firstOwn(first)?.seq ?? Infinity);
});

/** The same, without any cleverness: a list that is searched every time. */
interface Naive {
  name: string;
  at: number;
  seq: number;
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant('arm' as const),
    name: fc.integer({ min: 0, max: 6 }),
    after: fc.integer({ min: 0, max: 20 }),
  }),
  fc.record({ kind: fc.constant('clear' as const), name: fc.integer({ min: 0, max: 6 }) }),
  fc.constant({ kind: 'fire' as const }),
  fc.constant({ kind: 'reset' as const }),
);

test('agrees with a naive agenda', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const agenda = createAgenda(0);
      let naive: Naive[] = [];
      let now = 0;
      let seq = 0;
      for (const s of steps) {
        if (s.kind === 'arm') {
          const name = `t${String(s.name)}`;
          armTimer(agenda, name, at(now + s.after));
          naive = naive.filter((timer) => timer.name !== name);
          naive.push({ name, at: now + s.after, seq: seq++ });
        } else if (s.kind === 'clear') {
          const name = `t${String(s.name)}`;
          clearTimer(agenda, name);
          naive = naive.filter((timer) => timer.name !== name);
        } else if (s.kind === 'reset') {
          clearAgenda(agenda);
          naive = [];
        } else {
          naive.sort((a, b) => a.at - b.at || a.seq - b.seq);
          const expected = naive.shift();
          const own = firstOwn(agenda);
          expect(own?.name).toBe(expected?.name);
          expect(own?.at).toBe(expected?.at);
          if (own !== null) {
            now = own.at;
            takeOwn(agenda, own);
          }
        }
      }
    }),
  );
});
