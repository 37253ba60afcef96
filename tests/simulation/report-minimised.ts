/**
 * How short failing runs become: for every historic bug a seed of the swarm that it breaks, and the
 * number of actions before and after minimising; and the same of the gallery's own script.
 *
 *     npx tsx tests/simulation/report-minimised.ts [--seconds 60] [--profile NAME] [mutant …]
 *
 * `--seconds` is spent at most on looking for a seed, and as much on minimising.
 */
import { parseArgs } from 'node:util';
import { MUTANTS, type MutantName } from '../../src/core/mutants.ts';
import { EXHIBITS } from '../../src/lessons/gallery/gallery.ts';
import { withMutant } from '../../src/lessons/gallery/words.ts';
import type { RunRecord } from '../../src/sim/actions.ts';
import { judge } from '../../src/sim/explore/judge.ts';
import { minimise } from '../../src/sim/explore/minimise.ts';
import { PROFILES, type ProfileName } from '../../src/sim/explore/profiles.ts';
import { runScript } from '../../src/sim/explore/script.ts';
import { runSwarm } from '../../src/sim/explore/swarm.ts';
import { recordOf } from '../../src/sim/local.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    profile: { type: 'string' },
  },
});
const budget = Number(values.seconds) * 1000;
const profiles = (Object.keys(PROFILES) as ProfileName[]).filter(
  (name) => values.profile === undefined || name === values.profile,
);

interface Failing {
  readonly from: string;
  readonly record: RunRecord;
  readonly name: string;
  readonly settles: boolean;
}

function deadline(): () => boolean {
  const end = performance.now() + budget;
  return () => performance.now() < end;
}

function failingSeed(mutant: MutantName): Failing | null {
  const keepGoing = deadline();
  for (let seed = 0; keepGoing(); seed++) {
    for (const profile of profiles) {
      const { violation, run } = runSwarm(seed, { profile, mutants: [mutant] });
      // What fails without the bug as well says nothing of the bug.
      if (violation === null || runSwarm(seed, { profile }).violation !== null) continue;
      const record = recordOf(run);
      const settles = judge(record, false) === null;
      return { from: `${profile} seed ${String(seed)}`, record, name: violation.name, settles };
    }
  }
  return null;
}

function ofGallery(mutant: MutantName): Failing | null {
  const exhibit = EXHIBITS[mutant];
  if (exhibit === undefined) return null;
  const { record } = runScript(withMutant(exhibit.script, mutant));
  return { from: 'gallery', record, name: exhibit.shows, settles: exhibit.settles };
}

function report(mutant: MutantName, failing: Failing | null, what: string): void {
  if (failing === null) {
    console.log(`${mutant.padEnd(28)} ${what}: none`);
    return;
  }
  const { from, record, name, settles } = failing;
  const started = performance.now();
  try {
    const { before, after, tries } = minimise(record, failing, { keepGoing: deadline() });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const row = `${name}${settles ? ', settled' : ''}: ${String(before)} -> ${String(after)}`;
    const cost = `${String(tries)} tries, ${seconds} s`;
    console.log(
      `${mutant.padEnd(28)} ${from}, ${row} actions (${cost})${after > 12 ? ' LONG' : ''}`,
    );
  } catch (error) {
    console.log(`${mutant.padEnd(28)} ${from}: ${String(error)}`);
  }
}

for (const { name } of MUTANTS) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  report(name, failingSeed(name), 'a failing seed');
  report(name, ofGallery(name), 'a script of the gallery');
}
