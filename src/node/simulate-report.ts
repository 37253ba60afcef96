/** What `npm run simulate` says: while it runs, of a failure, and at the end. */
import { MARKS } from '../core/coverage-marks.ts';
import type { ProfileName } from '../sim/explore/profiles.ts';
import type { JobResult } from './simulate-job.ts';
import type { SimulateOptions } from './simulate-options.ts';

export interface Totals {
  readonly started: number;
  seeds: number;
  events: number;
  /** Virtual microseconds. */
  time: number;
  readonly byProfile: Map<ProfileName, { seeds: number; events: number; time: number }>;
  readonly marks: Map<string, number>;
  readonly failures: JobResult[];
}

export function newTotals(now: number): Totals {
  return {
    started: now,
    seeds: 0,
    events: 0,
    time: 0,
    byProfile: new Map(),
    marks: new Map(),
    failures: [],
  };
}

export function addResult(totals: Totals, result: JobResult): void {
  const known = totals.byProfile.get(result.profile) ?? { seeds: 0, events: 0, time: 0 };
  for (const sum of [totals, known]) {
    sum.seeds++;
    sum.events += result.events;
    sum.time += result.time;
  }
  totals.byProfile.set(result.profile, known);
  for (const [name, hits] of result.marks) {
    totals.marks.set(name, (totals.marks.get(name) ?? 0) + hits);
  }
  if (result.violation !== null) totals.failures.push(result);
}

const BAR_WIDTH = 28;

/** One line: how far it is, and how fast. @param share 0 to 1. @param now ms. */
export function progressLine(totals: Totals, share: number, now: number): string {
  const done = Math.round(Math.min(1, share) * BAR_WIDTH);
  const bar = '█'.repeat(done) + '░'.repeat(BAR_WIDTH - done);
  const seconds = Math.max(0.001, (now - totals.started) / 1000);
  const seeds = `${thousands(totals.seeds)} seeds, ${(totals.seeds / seconds).toFixed(1)}/s`;
  const events = `${thousands(totals.events / seconds)} events/s`;
  return `${bar} ${String(Math.floor(Math.min(1, share) * 100)).padStart(3)} %  ${seeds}  ${events}`;
}

/** The command that runs one seed again, as it was. */
export function commandOf(result: JobResult, options: SimulateOptions, mutant?: string): string {
  const parts = [`npm run simulate -- --seed ${String(result.seed)} --profile ${result.profile}`];
  if (options.voters !== null) parts.push(`--voters ${String(options.voters)}`);
  if (options.observers !== null) parts.push(`--observers ${String(options.observers)}`);
  if (mutant !== undefined) parts.push(`--mutant ${mutant}`);
  return parts.join(' ');
}

export function failureText(result: JobResult, options: SimulateOptions, mutant?: string): string {
  const { seed, profile, violation } = result;
  return [
    `Seed ${String(seed)} of profile ${profile} breaks ${violation?.name ?? ''}.`,
    `  ${violation?.why ?? ''}`,
    `  Again: ${commandOf(result, options, mutant)}`,
  ].join('\n');
}

export function totalsText(totals: Totals, now: number): string {
  const seconds = Math.max(0.001, (now - totals.started) / 1000);
  const lines = ['', 'profile        seeds       events   virtual hours'];
  for (const [name, { seeds, events, time }] of totals.byProfile) {
    lines.push(rowOf(name, seeds, events, time));
  }
  lines.push(rowOf('all', totals.seeds, totals.events, totals.time));
  const rate = `${(totals.seeds / seconds).toFixed(1)} seeds/s, ${thousands(totals.events / seconds)} events/s`;
  lines.push('', `${seconds.toFixed(1)} s: ${rate}. ${failuresOf(totals.failures.length)}`);
  return lines.join('\n');
}

function rowOf(name: string, seeds: number, events: number, time: number): string {
  const hours = (time / 3.6e9).toFixed(1);
  return `${name.padEnd(10)} ${thousands(seeds).padStart(9)} ${thousands(events).padStart(12)} ${hours.padStart(15)}`;
}

function failuresOf(count: number): string {
  if (count === 0) return 'No property was broken.';
  return count === 1 ? 'One run broke a property.' : `${String(count)} runs broke a property.`;
}

/** Which rare branches the runs took, seldom ones first; and which they never took. */
export function marksText(marks: ReadonlyMap<string, number>): string {
  const hit = MARKS.filter(({ name }) => marks.has(name));
  const never = MARKS.filter(({ name }) => !marks.has(name));
  const lines = [`${String(hit.length)} of ${String(MARKS.length)} coverage marks were hit:`];
  const counted = hit.map(({ name }) => ({ name, hits: marks.get(name) ?? 0 }));
  counted.sort((a, b) => a.hits - b.hits);
  for (const { name, hits } of counted) lines.push(`${thousands(hits).padStart(12)}  ${name}`);
  if (never.length > 0) lines.push('', 'Never hit:');
  for (const { name, what } of never) lines.push(`  ${name}: ${what}`);
  return lines.join('\n');
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en');
}
