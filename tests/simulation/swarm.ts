/** Runs seeds of the swarm and says of each what a failure needs to be seen again. */
import { expect, test } from 'vitest';
import type { ProfileName } from '../../src/sim/explore/profiles.ts';
import { runSwarm, type SwarmOptions } from '../../src/sim/explore/swarm.ts';

/** So many seeds a test: a test of one seed each would spend its time on being a test. */
const SEEDS_PER_TEST = 20;

/** No seed of the range may break a property, or leave the ensemble unable to serve. */
export function expectCleanSeeds(
  profile: ProfileName,
  from: number,
  count: number,
  options: SwarmOptions = {},
): void {
  for (let first = from; first < from + count; first += SEEDS_PER_TEST) {
    const last = Math.min(first + SEEDS_PER_TEST, from + count) - 1;
    test(`${profile}: seeds ${String(first)} to ${String(last)}`, { timeout: 600_000 }, () => {
      let events = 0;
      for (let seed = first; seed <= last; seed++) {
        const { violation, events: handled } = runSwarm(seed, { ...options, profile });
        expect(violation, `--seed ${String(seed)} --profile ${profile}`).toBeNull();
        events += handled;
      }
      expect(events).toBeGreaterThan(500 * (last - first));
    });
  }
}

export function expectCleanSeed(profile: ProfileName, seed: number, why: string): void {
  test(`${profile}, seed ${String(seed)}: ${why}`, { timeout: 60_000 }, () => {
    expect(runSwarm(seed, { profile }).violation).toBeNull();
  });
}
