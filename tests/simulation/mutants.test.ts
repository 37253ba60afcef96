/**
 * Historic bugs, switched on one at a time: each is caught by some seeds of the swarm, and the same
 * seeds are clean without it.
 */
import { describe, expect, test } from 'vitest';
import { MUTANTS } from '../../src/core/mutants.ts';
import { runSwarm, type SwarmOptions } from '../../src/sim/explore/swarm.ts';
import { ELECTIONS, MIXED } from './swarm.ts';

interface Row {
  readonly mutant: string;
  readonly seeds: readonly number[];
  /** What is broken first in these seeds. */
  readonly property: string;
  readonly options: SwarmOptions;
}

const rows: readonly Row[] = [
  { mutant: 'epoch-from-last-zxid', seeds: [0, 1, 2], property: 'C.2', options: MIXED },
  { mutant: 'vote-ignores-epoch', seeds: [1, 3, 7], property: 'C.28', options: ELECTIONS },
  { mutant: 'no-trunc-in-range', seeds: [44], property: 'C.11', options: MIXED },
  { mutant: 'epoch-at-uptodate', seeds: [0, 1, 2], property: 'C.3', options: MIXED },
  { mutant: 'ack-before-fsync', seeds: [0, 1, 2], property: 'C.3', options: MIXED },
];

describe.each(rows)('$mutant', ({ mutant, seeds, property, options }) => {
  test.each(seeds)(`seed %i breaks ${property}, and is clean without it`, (seed) => {
    expect(runSwarm(seed, options).violation).toBeNull();
    const { violation } = runSwarm(seed, { ...options, mutants: [mutant] });
    expect(violation?.name).toBe(property);
  });
});

test('every mutant that is looked for here is in the table of mutants', () => {
  const known: readonly string[] = MUTANTS.map(({ name }) => name);
  expect(rows.map(({ mutant }) => mutant).filter((name) => !known.includes(name))).toEqual([]);
});
