/** Runs seeds of the swarm and says of each what a failure needs to be seen again. */
import { expect, test } from 'vitest';
import { runSwarm, type SwarmOptions } from '../../src/sim/explore/swarm.ts';
import type { Micros } from '../../src/core/units.ts';

export const MIXED: SwarmOptions = {
  voters: 3,
  observers: 1,
  duration: 15_000_000 as Micros,
  mutants: [],
  liveness: true,
};

/** Crashes and partitions in quick turn: few events, so a longer run. */
export const ELECTIONS: SwarmOptions = {
  ...MIXED,
  profile: 'elections',
  duration: 40_000_000 as Micros,
};

/** So many seeds a test: a test of one seed each would spend its time on being a test. */
const SEEDS_PER_TEST = 25;

/** No seed of the range may break a property, or leave the ensemble unable to serve. */
export function expectCleanSeeds(from: number, count: number, options: SwarmOptions): void {
  for (let first = from; first < from + count; first += SEEDS_PER_TEST) {
    const last = Math.min(first + SEEDS_PER_TEST, from + count) - 1;
    const name = `seeds ${String(first)} to ${String(last)}, ${String(options.voters)} voters`;
    test(name, { timeout: 300_000 }, () => {
      let events = 0;
      for (let seed = first; seed <= last; seed++) {
        const { violation, events: handled } = runSwarm(seed, options);
        expect(violation, `seed ${String(seed)}`).toBeNull();
        events += handled;
      }
      expect(events).toBeGreaterThan(500 * (last - first));
    });
  }
}

export function expectCleanSeed(seed: number, why: string, options: SwarmOptions): void {
  test(`seed ${String(seed)}: ${why}`, { timeout: 60_000 }, () => {
    expect(runSwarm(seed, options).violation).toBeNull();
  });
}
