/**
 * `npm run simulate`: seeds of the swarm on all processors. Says of each failure what contradicts
 * what, and the command that shows it again; exits with 1 if there was any.
 */
import { availableParallelism } from 'node:os';
import { draw, drawInt, Purpose } from '../core/chance.ts';
import { ConfigError } from './config-error.ts';
import type { Job, JobResult } from './simulate-job.ts';
import { HELP, parseSimulateOptions, type SimulateOptions } from './simulate-options.ts';
import { createPool, type Pool } from './simulate-pool.ts';
import {
  addResult,
  failureText,
  marksText,
  newTotals,
  progressLine,
  totalsText,
  type Totals,
} from './simulate-report.ts';
import { describeSeed } from './simulate-seed.ts';

const USAGE = 2;

/** More failures than this say nothing new. */
const FAILURES_SHOWN = 20;

/** Most bugs are to be found in so many seeds. */
const SOON = 1000;

/** Between two looks at the progress, in ms: where lines stay, and on a terminal. */
const PLAIN_PAUSE = 10_000;
const BAR_PAUSE = 200;

function jobOf(options: SimulateOptions, first: number, n: number, mutant?: string): Job {
  const profile = options.profiles[n % options.profiles.length] ?? 'mixed';
  return { seed: first + n, profile, options: swarmOptions(options, mutant) };
}

function swarmOptions(options: SimulateOptions, mutant?: string): Job['options'] {
  const { voters, observers } = options;
  return {
    ...(voters === null ? {} : { voters }),
    ...(observers === null ? {} : { observers }),
    mutants: mutant === undefined ? [] : [mutant],
  };
}

/** All seeds, or all that fit into the time. */
async function sweep(pool: Pool, options: SimulateOptions): Promise<number> {
  const totals = newTotals(performance.now());
  const limit = options.minutes === null ? Infinity : options.minutes * 60_000;
  const elapsed = (): number => performance.now() - totals.started;
  let next = 0;
  const show = progress(totals, () => Math.max(totals.seeds / options.seeds, elapsed() / limit));
  await pool.run(
    () =>
      next < options.seeds && elapsed() < limit ? jobOf(options, options.first, next++) : null,
    (result) => {
      addResult(totals, result);
      if (result.violation !== null && totals.failures.length <= FAILURES_SHOWN) {
        show.say(failureText(result, options));
      }
      show.look();
      return totals.failures.length < FAILURES_SHOWN;
    },
  );
  show.end();
  console.log(totalsText(totals, performance.now()));
  console.log(`\n${marksText(totals.marks)}`);
  return totals.failures.length === 0 ? 0 : 1;
}

interface Progress {
  look(): void;
  say(text: string): void;
  end(): void;
}

/** A bar that moves on a terminal; elsewhere a line now and then. */
function progress(totals: Totals, share: () => number): Progress {
  const isTerminal = process.stdout.isTTY;
  const pause = isTerminal ? BAR_PAUSE : PLAIN_PAUSE;
  let looked = performance.now();
  const clear = (): void => {
    if (isTerminal) process.stdout.write('\r\u001b[K');
  };
  return {
    look: () => {
      const now = performance.now();
      if (now - looked < pause) return;
      looked = now;
      clear();
      process.stdout.write(progressLine(totals, share(), now) + (isTerminal ? '' : '\n'));
    },
    say: (text) => {
      clear();
      console.log(text);
    },
    end: clear,
  };
}

/** Runs until one of them finds the mutant. @returns how many that took, or null. */
async function hunt(
  pool: Pool,
  options: SimulateOptions,
  mutant: string,
  first: number,
): Promise<{ readonly needed: number; readonly result: JobResult } | null> {
  let next = 0;
  let best: { needed: number; result: JobResult } | null = null;
  await pool.run(
    () => (next < options.seeds ? jobOf(options, first, next++, mutant) : null),
    (result) => {
      const needed = result.seed - first + 1;
      if (result.violation !== null && (best === null || needed < best.needed)) {
        best = { needed, result };
      }
      return best === null;
    },
  );
  return best;
}

async function huntOne(pool: Pool, options: SimulateOptions, mutant: string): Promise<number> {
  for (let start = 0; start < options.starts; start++) {
    const found = await hunt(pool, options, mutant, firstSeed(options, start));
    if (found === null) {
      console.log(`${mutant} was not found in ${String(options.seeds)} seeds.`);
      return 1;
    }
    console.log(`${mutant} was found after ${String(found.needed)} seeds.`);
    console.log(failureText(found.result, options, mutant));
  }
  return 0;
}

/** The first start is where --first says; the others are anywhere, but the same every time. */
function firstSeed({ first }: SimulateOptions, start: number): number {
  if (start === 0) return first;
  return drawInt(draw(first, Purpose.scenario, 0, start), 1_000_000, 2_000_000_000);
}

/** A table: how many seeds each bug takes, and which profile broke what in the run that found it. */
async function huntAll(pool: Pool, options: SimulateOptions): Promise<number> {
  const heads = Array.from({ length: options.starts }, (_, i) => `start ${String(i + 1)}`);
  console.log(rowText('mutant', heads, 'median', 'found by'));
  const medians: number[] = [];
  for (const mutant of options.mutants) {
    const needed: number[] = [];
    const finds = new Set<string>();
    for (let start = 0; start < options.starts; start++) {
      const found = await hunt(pool, options, mutant, firstSeed(options, start));
      needed.push(found?.needed ?? Infinity);
      if (found?.result.violation) {
        finds.add(`${found.result.profile} ${found.result.violation.name}`);
      }
    }
    const median = medianOf(needed);
    medians.push(median);
    console.log(rowText(mutant, needed.map(seedsText), seedsText(median), [...finds].join(', ')));
  }
  const within = (limit: number): string =>
    String(medians.filter((median) => median <= limit).length);
  const all = String(medians.length);
  console.log(
    `\n${within(options.seeds)} of ${all} found, ${within(SOON)} within ${String(SOON)} seeds.`,
  );
  return medians.includes(Infinity) ? 1 : 0;
}

/** The middle one; of an even number the greater of the two. */
function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Infinity;
}

function rowText(name: string, cells: readonly string[], median: string, finds: string): string {
  const columns = cells.map((cell) => cell.padStart(9)).join('');
  return `${name.padEnd(28)}${columns}${median.padStart(9)}  ${finds}`;
}

function seedsText(seeds: number): string {
  return seeds === Infinity ? '–' : String(seeds);
}

function showSeed(options: SimulateOptions, seed: number): number {
  const [profile] = options.profiles;
  const [mutant] = options.mutants;
  const about = { ...swarmOptions(options, mutant), ...(profile === undefined ? {} : { profile }) };
  const { text, held } = describeSeed(seed, about);
  console.log(text);
  return held === (mutant === undefined) ? 0 : 1;
}

async function simulate(options: SimulateOptions): Promise<number> {
  if (options.seed !== null) return showSeed(options, options.seed);
  const pool = createPool(options.workers ?? availableParallelism());
  try {
    const [mutant] = options.mutants;
    if (mutant === undefined) return await sweep(pool, options);
    if (options.mutants.length > 1) return await huntAll(pool, options);
    return await huntOne(pool, options, mutant);
  } finally {
    await pool.close();
  }
}

try {
  const options = parseSimulateOptions(process.argv.slice(2));
  if (options.help) console.log(HELP);
  else process.exitCode = await simulate(options);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = USAGE;
}
