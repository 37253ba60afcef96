/** Writes that one server has alone, reigns that end before they begin, joins under fire. */
import { expect, test } from 'vitest';
import { PLOTS } from '../../src/sim/explore/swarm-plots.ts';
import { PROFILE_NAMES, PROFILES } from '../../src/sim/explore/profiles.ts';
import { expectCleanSeeds } from './swarm.ts';

expectCleanSeeds('handover', 0, 160);

test('every plot has a profile', () => {
  const plotted = new Set<string>(PROFILE_NAMES.flatMap((name) => [...PROFILES[name].plots]));
  expect(PLOTS.filter((name) => !plotted.has(name))).toEqual([]);
});
