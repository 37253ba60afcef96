/** An ensemble that is reconfigured all the while; two servers wait to join. */
import { expect, test } from 'vitest';
import { runSwarm } from '../../src/sim/explore/swarm.ts';
import { expectCleanSeed, expectCleanSeeds } from './swarm.ts';

expectCleanSeeds('reconfig', 0, 80);

expectCleanSeed('reconfig', 11, 'a voter to be in a round that nobody else could reach');
expectCleanSeed('reconfig', 12044, 'two leaders of an epoch, by a configuration nobody committed');
expectCleanSeed('reconfig', 13436, 'nobody joined who had seen a configuration nobody committed');
expectCleanSeed('reconfig', 13796, 'the same, in another ensemble');
expectCleanSeed('reconfig', 1072, 'a voter to be that is ahead of all present voters');

test('seeds lead through many configurations', () => {
  const versions = [2, 4, 13].map((seed) => {
    const { run } = runSwarm(seed, { profile: 'reconfig', liveness: false });
    return Number((run.world.checker?.config.version ?? 0n) & 0xffn);
  });
  expect(Math.max(...versions)).toBeGreaterThan(10);
});
