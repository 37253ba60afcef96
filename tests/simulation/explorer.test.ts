/**
 * The explorer finds historic bugs from moments at which they are near, without a script; and from
 * the same moments, within the same limits, it finds nothing in the correct core.
 */
import { describe, expect, test } from 'vitest';
import { MUTANTS, type MutantName } from '../../src/core/mutants.ts';
import { BEGINNINGS, type Beginning } from '../../src/lessons/gallery/beginnings.ts';
import { explore, type ExploreProgress } from '../../src/sim/explore/explorer.ts';
import { judge } from '../../src/sim/explore/judge.ts';
import { minimise } from '../../src/sim/explore/minimise.ts';
import { runScript } from '../../src/sim/explore/script.ts';
import { checkpoint, recordOf, replay, type LocalRun } from '../../src/sim/local.ts';
import { quickStart } from '../../src/sim/scenarios.ts';
import { smallWorld, withMutant } from '../../src/lessons/gallery/words.ts';

/** What each bug breaks at the least; which of them shows first depends on the way there. */
const BREAKS: Readonly<Record<string, readonly string[]>> = {
  'no-trunc-in-range': ['ProcessConsistency', 'PrefixConsistency', 'C.11', 'C.7'],
  'diff-sets-zxid-early': ['C.7', 'ProcessConsistency', 'C.11'],
  'retain-db-no-fastforward': ['C.7', 'ProcessConsistency'],
  'ack-before-fsync': ['C.3', 'CommittedLogMonotonicity'],
};

/** As the page does it: the script gives a record, and the record is where it starts. */
function begin({ script }: Beginning, mutant: MutantName | null): LocalRun {
  const { record, failure } = runScript(mutant === null ? script : withMutant(script, mutant));
  if (failure !== null) throw new RangeError(failure);
  return replay(record, { hash: false });
}

const NAMED = Object.entries(BEGINNINGS) as readonly (readonly [MutantName, Beginning])[];

test('the bugs that the explorer is known for have a moment of their own', () => {
  const entries = NAMED.map(([name]) => MUTANTS.find((mutant) => mutant.name === name)?.entry);
  expect(entries.sort((a, b) => Number(a) - Number(b))).toEqual([6, 13, 15, 24]);
  expect(Object.keys(BREAKS).sort()).toEqual(NAMED.map(([name]) => name).sort());
});

describe.each(NAMED)('%s', (mutant, beginning) => {
  const { limits, plan } = beginning;

  test('it can end badly, and the way there is a run like any other', { timeout: 180_000 }, () => {
    const start = begin(beginning, mutant);
    expect(judge(recordOf(start), false)).toBeNull();
    const before = recordOf(start);
    const { found, record, actions, states } = explore(start, limits, plan);
    expect(BREAKS[mutant]).toContain(found?.name);
    expect(states).toBeLessThanOrEqual(limits.states);
    expect(recordOf(start)).toEqual(before);
    expect(record?.actions).toEqual([...before.actions, ...actions]);
    if (record === null || found === null) throw new RangeError('nothing was found');
    expect(judge(record, false)).toEqual(found);
    expect(minimise(record, { name: found.name, settles: false }).after).toBeLessThanOrEqual(12);
  });

  test('without the bug nothing goes wrong within the same limits', { timeout: 180_000 }, () => {
    const { found, states, moves } = explore(begin(beginning, null), limits, plan);
    expect(found).toBeNull();
    expect(states).toBeGreaterThan(100);
    expect(moves).toBeGreaterThan(0);
  });
});

describe('limits', () => {
  const start = quickStart(smallWorld(), { hash: false });
  const limits = { faults: 1, deliveries: 12, states: 500 };

  test('a small space is seen as a whole', { timeout: 60_000 }, () => {
    const some = { faults: 1, deliveries: 15, states: 4000 };
    const result = explore(start, some, { only: { moves: ['crash', 'restart'] } });
    // A server crashes, and is started again: there is nothing more to do.
    expect(result).toMatchObject({ found: null, complete: true, moves: 2, depth: 15 });
    expect(result.states).toBeLessThan(some.states);
  });

  test('no more faults than asked for', () => {
    const at = start.world.actions.length;
    const result = explore(checkpoint(start), limits, { only: { moves: ['crash'] } });
    expect(result.found).toBeNull();
    expect(start.world.actions).toHaveLength(at);
    // With one fault there is nothing that a second move could do.
    expect(result.moves).toBeLessThanOrEqual(1);
  });

  test('it stops when it is told to, and says how far it is', () => {
    const told: ExploreProgress[] = [];
    const wide = { faults: 2, deliveries: 200, states: 100_000 };
    const { complete, states } = explore(start, wide, {
      onProgress: (progress) => told.push(progress),
      keepGoing: () => told.length < 300,
    });
    expect(complete).toBe(false);
    expect(states).toBeLessThan(400);
    expect(told.map((progress) => progress.states)).toEqual(told.map((_, index) => index + 1));
  });

  test('a share sees less than the whole, and all shares see all of it', () => {
    const some = { faults: 1, deliveries: 12, states: 4000 };
    const only = { moves: ['crash', 'cut'] } as const;
    const whole = explore(start, some, { only }).states;
    const parts = [0, 1].map((index) => explore(start, some, { only, share: { index, of: 2 } }));
    expect(parts.every((part) => part.states < whole)).toBe(true);
    expect(parts.reduce((sum, part) => sum + part.states, 0)).toBeGreaterThanOrEqual(whole);
  });

  test('the same exploration twice is the same', () => {
    const some = { faults: 1, deliveries: 30, states: 400 };
    expect(explore(start, some)).toEqual(explore(start, some));
    expect(start.world.now).toBeGreaterThan(0);
  });
});
