/** The text of a run: whatever a record holds comes back, and whatever a stranger writes is refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, ensembleOf } from '../../src/core/config.ts';
import { MUTANTS } from '../../src/core/mutants.ts';
import type { Micros, Millis, Sid } from '../../src/core/units.ts';
import type { RunRecord, TimedAction, WorldConfig } from '../../src/sim/actions.ts';
import { runSwarm } from '../../src/sim/explore/swarm.ts';
import { recordOf } from '../../src/sim/local.ts';
import { quietWorld } from '../../src/sim/scenarios.ts';
import { recordFromText, recordToText, RunTextError } from '../../src/sim/run-text.ts';
import { action, latency } from '../support/action-arbitraries.ts';

const world: fc.Arbitrary<WorldConfig> = fc.record({
  ensemble: fc.record({
    ...Object.fromEntries(
      Object.entries(DEFAULT_CONFIG).map(([name, value]) => [name, fc.constant(value)]),
    ),
    servers: fc.integer({ min: 1, max: 5 }).map((voters) => ensembleOf(voters, 1)),
    tickTime: fc.constantFrom(500, 2000).map((n) => n as Millis),
    snapCount: fc.integer({ min: 1, max: 100_000 }),
    snapshotSizeFactor: fc.constantFrom(-1, 0.33, 50),
    superDigest: fc.option(fc.string({ maxLength: 40 })),
    mutants: fc.subarray(MUTANTS.map(({ name }) => name)),
  }) as unknown as fc.Arbitrary<WorldConfig['ensemble']>,
  seed: fc.integer().map((n) => (n === 0 ? 0 : n)),
  latency,
  diskLatency: latency,
  tcpTimeout: fc.nat(1e8).map((n) => n as Micros),
});

const record: fc.Arbitrary<RunRecord> = fc
  .tuple(world, fc.array(fc.tuple(fc.nat(1e6), action), { maxLength: 20 }), fc.nat(1e9))
  .map(([where, steps, after]) => {
    let now = 0;
    const actions = steps.map(([wait, what]): TimedAction => {
      now += wait;
      return { at: now as Micros, action: what };
    });
    return { version: 1, world: where, actions, until: (now + after) as Micros };
  });

test('a record comes back from its text as it was', () => {
  fc.assert(
    fc.property(record, (original) => {
      const text = recordToText(original);
      expect(recordFromText(text)).toEqual(original);
      expect(recordToText(recordFromText(text))).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('the record of a swarm comes back', () => {
  const original = recordOf(runSwarm(3, { liveness: false }).run);
  expect(original.actions.length).toBeGreaterThan(20);
  expect(recordFromText(recordToText(original))).toEqual(original);
});

test('a short run is a short text', () => {
  const none: RunRecord = { version: 1, world: quietWorld(1), actions: [], until: 5 as Micros };
  expect(recordToText(none).length).toBeLessThan(400);
});

/** It may be read as something else, which is then a record as good as any; or it is refused. */
function expectHarmless(text: string): void {
  try {
    const read = recordFromText(text);
    expect(recordFromText(recordToText(read))).toEqual(read);
  } catch (error) {
    expect(error).toBeInstanceOf(RunTextError);
    expect((error as Error).message).toMatch(/^This is not a recorded run: .{3,300}\.$/);
  }
}

describe('hostile texts', () => {
  test('a changed, cut or lengthened text does no more than be refused', () => {
    const noise = fc.string({ unit: 'binary', maxLength: 5 });
    fc.assert(
      fc.property(record, fc.nat(), fc.nat(8), noise, (original, place, gone, more) => {
        const text = recordToText(original);
        const at = place % (text.length + 1);
        expectHarmless(text.slice(0, at) + more + text.slice(at + gone));
      }),
      { numRuns: 2000 },
    );
  });

  test('a value of another kind in any place is refused, or was as good', () => {
    const stranger = fc.oneof(fc.jsonValue(), fc.constant({ __proto__: { kind: 'healAll' } }));
    fc.assert(
      fc.property(record, fc.nat(), stranger, (original, place, value) => {
        const whole = JSON.parse(recordToText(original)) as unknown;
        const places = placesOf(whole);
        const [holder, key] = places[place % places.length] ?? [{}, ''];
        holder[key] = value;
        expectHarmless(JSON.stringify(whole));
      }),
      { numRuns: 2000 },
    );
  });

  test('any JSON at all', () => {
    fc.assert(fc.property(fc.json(), expectHarmless), { numRuns: 500 });
    expectHarmless('['.repeat(1_000_000));
    expectHarmless('');
  });

  const good = recordToText({
    version: 1,
    world: quietWorld(1),
    actions: [{ at: 7 as Micros, action: { kind: 'restart', sid: 2 as Sid } }],
    until: 9 as Micros,
  });
  const rows: readonly (readonly [string, string, string, RegExp])[] = [
    ['an unknown field', '"until":9', '"until":9,"more":1', /field "more" too many/],
    ['an unknown action', '"restart"', '"format"', /a kind that nobody knows/],
    ['a kind from the prototype', '"restart"', '"toString"', /a kind that nobody knows/],
    ['a sid that is none', '"sid":2}', '"sid":255}', /between 1 and 254/],
    ['time that runs back', '"until":9', '"until":6', /before the last action/],
    ['a fraction of a microsecond', '"at":7', '"at":7.5', /no whole number/],
    ['a year of virtual time', '"until":9', '"until":31536000000000', /more than a day/],
    ['another version', '"version":1', '"version":2', /not between 1 and 1/],
    ['a server twice', '{"sid":3,', '{"sid":2,', /names a server twice/],
    ['nobody who votes', '"participant"', '"observer"', /nobody who votes/],
    [
      'a bug of another build',
      '"servers":',
      '"mutants":["no-such"],"servers":',
      /no bug that this build has/,
    ],
  ];
  test.each(rows)('%s', (_, from, to, why) => {
    const text = good.replaceAll(from, to);
    expect(text).not.toBe(good);
    expect(() => recordFromText(text)).toThrow(RunTextError);
    expect(() => recordFromText(text)).toThrow(why);
  });
});

/** Every place in a value that something else can be put in. */
function placesOf(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [
    [holder, key] as [Record<string, unknown>, string],
    ...placesOf(holder[key]),
  ]);
}
