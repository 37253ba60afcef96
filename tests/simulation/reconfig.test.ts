/** The swarm on an ensemble that is reconfigured all the while; two servers wait to join. */
import { expect, test } from 'vitest';
import { runSwarm } from '../../src/sim/explore/swarm.ts';
import { ELECTIONS, expectCleanSeed, expectCleanSeeds, MIXED } from './swarm.ts';

const DYNAMIC = { ...MIXED, joiners: 2 };

expectCleanSeeds(1, 25, DYNAMIC);
expectCleanSeeds(1, 10, { ...ELECTIONS, joiners: 2 });

expectCleanSeed(34, 'a reconfiguration while an observer is brought up to date', DYNAMIC);
expectCleanSeed(43, 'TRUNC at what the only voter commits meanwhile', DYNAMIC);

test('seeds lead through many configurations', () => {
  const versions = new Set<bigint>();
  for (const seed of [2, 4, 13, 29]) {
    const { run } = runSwarm(seed, { ...DYNAMIC, liveness: false });
    const { checker } = run.world;
    if (checker !== null) versions.add(checker.config.version);
  }
  expect(Math.max(...[...versions].map((version) => Number(version & 0xffn)))).toBeGreaterThan(10);
  expect(versions.size).toBeGreaterThan(3);
});
