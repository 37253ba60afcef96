/**
 * Looks for few seeds that hit every coverage mark: the rows of coverage-marks.test.ts.
 *
 *   npx tsx tests/simulation/find-marks.ts [seeds] [first] [profile]
 */
import { availableParallelism } from 'node:os';
import { MARKS } from '../../src/core/coverage-marks.ts';
import { createPool } from '../../src/node/simulate-pool.ts';
import { PROFILE_NAMES, type ProfileName } from '../../src/sim/explore/profiles.ts';

interface Run {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly events: number;
  readonly names: ReadonlySet<string>;
}

const seeds = Number(process.argv[2] ?? 400);
const first = Number(process.argv[3] ?? 0);
const profiles = PROFILE_NAMES.filter((name) => name === (process.argv[4] ?? name));

async function sweep(): Promise<readonly Run[]> {
  const runs: Run[] = [];
  const pool = createPool(availableParallelism());
  let next = 0;
  await pool.run(
    () => {
      if (next >= seeds) return null;
      const profile = profiles[next % profiles.length] ?? 'mixed';
      return { seed: first + next++, profile, options: {} };
    },
    ({ profile, seed, events, marks, violation }) => {
      const names = new Set(marks.map(([name]) => name));
      if (violation === null) runs.push({ profile, seed, events, names });
      return true;
    },
  );
  await pool.close();
  return runs;
}

/** Again and again the run that brings most that is new for its events. */
function choose(runs: readonly Run[]): readonly Run[] {
  const missing = new Set<string>(runs.flatMap(({ names }) => [...names]));
  const chosen: Run[] = [];
  const worth = ({ names, events }: Run): number =>
    [...names].filter((name) => missing.has(name)).length / (events + 500);
  while (missing.size > 0) {
    const best = runs.reduce((a, b) => (worth(b) > worth(a) ? b : a));
    chosen.push(best);
    for (const name of best.names) missing.delete(name);
  }
  return chosen;
}

const runs = await sweep();
for (const { profile, seed, events, names } of choose(runs)) {
  console.log(
    `['${profile}', ${String(seed)}], // ${String(events)} events, ${String(names.size)} marks`,
  );
}
const hit = new Set(runs.flatMap(({ names }) => [...names]));
for (const { name } of MARKS) if (!hit.has(name)) console.log(`never: ${name}`);
