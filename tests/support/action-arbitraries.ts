/** Actions of every kind, with all that they can say. */
import fc from 'fast-check';
import type { ConnId, Micros, Millis, ProcessId, Sid } from '../../src/core/units.ts';
import type { Action } from '../../src/sim/actions.ts';
import { request } from './wire-arbitraries.ts';

const sid = fc.integer({ min: 1, max: 254 }).map((n) => n as Sid);
const process = fc.integer({ min: 1, max: 2000 }).map((n) => n as ProcessId);
const client = fc.integer({ min: 1001, max: 2000 }).map((n) => n as ProcessId);
const conn = fc.maxSafeNat().map((n) => n as ConnId);
const index = fc.nat();
export const latency = fc
  .tuple(fc.integer({ min: 100, max: 1e6 }), fc.nat(1e6))
  .map(([min, more]) => ({ min: min as Micros, max: (min + more) as Micros }));
const faults = fc.record({
  slowness: fc.constantFrom(1, 2, 0.5, 100),
  lying: fc.boolean(),
  full: fc.boolean(),
});
const kind = <Kind extends string>(name: Kind): fc.Arbitrary<Kind> => fc.constant(name);
const link = { from: process, to: process, bothWays: fc.boolean() };
const packet = { conn, from: process, index };

export const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: kind('crash'),
    sid,
    tail: fc.constantFrom('chance', 'lost', 'kept', 'torn'),
    silent: fc.boolean(),
  }),
  fc.record({ kind: kind('restart'), sid }),
  fc.record({ kind: fc.constantFrom('pause', 'resume'), process }) as fc.Arbitrary<Action>,
  fc.record({ kind: kind('cut'), ...link }),
  fc.record({ kind: kind('heal'), ...link }),
  fc.record({ kind: kind('partition'), group: fc.array(process, { maxLength: 5 }) }),
  fc.record({ kind: kind('healAll') }),
  fc.record({ kind: kind('latency'), from: process, to: process, latency: fc.option(latency) }),
  fc.record({ kind: kind('disk'), sid, faults }),
  fc.record({ kind: kind('wipe'), sid }),
  fc.record({
    kind: kind('damage'),
    sid,
    what: fc.constantFrom('logMiddle', 'logTail', 'snapshot'),
  }),
  fc.record({
    kind: kind('skew'),
    process,
    skew: fc.integer().map((n) => (n === 0 ? 0 : n) as Micros),
  }),
  fc.record({
    kind: kind('addClient'),
    process: client,
    name: fc.string({ maxLength: 20 }),
    servers: fc.array(sid, { maxLength: 5 }),
    sessionTimeout: fc.nat(100_000).map((n) => n as Millis),
    console: fc.boolean(),
  }),
  fc.record({ kind: kind('killClient'), process: client }),
  fc.record({ kind: kind('line'), process: client, line: fc.string({ unit: 'binary' }) }),
  fc.record({ kind: kind('submit'), process: client, tag: fc.nat(), request }),
  fc.record({ kind: kind('hold'), ...packet }),
  fc.record({ kind: kind('release'), ...packet }),
  fc.record({
    kind: kind('delay'),
    ...packet,
    by: fc.integer({ min: 1, max: 1e9 }).map((n) => n as Micros),
  }),
  fc.record({ kind: kind('breakConnection'), conn }),
  fc.record({ kind: kind('drop'), ...packet }),
  fc.record({ kind: kind('overtake'), ...packet }),
);
