/** An ensemble that is reconfigured all the while; two servers wait to join. */
import { expect, test } from 'vitest';
import { runSwarm } from '../../src/sim/explore/swarm.ts';
import { expectCleanSeed, expectCleanSeeds } from './swarm.ts';

expectCleanSeeds('reconfig', 0, 80);

expectCleanSeed('reconfig', 11, 'a voter to be in a round that nobody else could reach');

test('seeds lead through many configurations', () => {
  const versions = [2, 4, 13].map((seed) => {
    const { run } = runSwarm(seed, { profile: 'reconfig', liveness: false });
    return Number((run.world.checker?.config.version ?? 0n) & 0xffn);
  });
  expect(Math.max(...versions)).toBeGreaterThan(10);
});
