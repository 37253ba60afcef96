/**
 * `npm run bench:sim [events]`: how fast the swarm is, what its checkers cost, and whether a long
 * run's memory is bounded. Figures for one processor count its own time only, so that what else
 * runs on the machine does not count.
 */
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Micros } from '../../src/core/units.ts';
import { createPool } from '../../src/node/simulate-pool.ts';
import { PROFILE_NAMES, type ProfileName } from '../../src/sim/explore/profiles.ts';
import { runSwarm } from '../../src/sim/explore/swarm.ts';
import { act, createLocalRun, runFor, type LocalRun } from '../../src/sim/local.ts';
import { addClient, clientId, quietWorld } from '../../src/sim/scenarios.ts';
import { print } from './print.ts';

const longRun = Number(process.argv[2] ?? 10_000_000);

function round(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** Seconds of this process's own time that `work` takes. */
function spent(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

interface Speed {
  readonly events: number;
  readonly seconds: number;
}

/** The same seeds of all profiles, with the checkers and without, turn about. */
function measureSwarm(seeds: number): { readonly checked: Speed; readonly plain: Speed } {
  const sums = { checked: { events: 0, seconds: 0 }, plain: { events: 0, seconds: 0 } };
  for (let seed = 0; seed < seeds; seed++) {
    const profile: ProfileName = PROFILE_NAMES[seed % PROFILE_NAMES.length] ?? 'mixed';
    for (const [sum, check] of [
      [sums.checked, true],
      [sums.plain, false],
    ] as const) {
      sum.seconds += spent(() => {
        sum.events += runSwarm(seed, { profile, check }).events;
      });
    }
  }
  return sums;
}

function swarm(): void {
  measureSwarm(PROFILE_NAMES.length);
  const seeds = 10 * PROFILE_NAMES.length;
  const { checked, plain } = measureSwarm(seeds);
  print(
    'swarm, one processor, all checkers on',
    `${round(checked.events / checked.seconds)}/s`,
    '–',
  );
  print('  seeds in a minute', round((seeds / checked.seconds) * 60), '–');
  print('  without checkers', `${round(plain.events / plain.seconds)}/s`, '–');
  const ratio = checked.seconds / checked.events / (plain.seconds / plain.events);
  print('  time with checkers to time without', ratio.toFixed(2), '≤ 2');
}

async function allProcessors(): Promise<void> {
  const threads = availableParallelism();
  const pool = createPool(threads);
  const measure = async (seeds: number): Promise<Speed> => {
    const start = performance.now();
    let next = 0;
    let events = 0;
    await pool.run(
      () => {
        if (next >= seeds) return null;
        const profile = PROFILE_NAMES[next % PROFILE_NAMES.length] ?? 'mixed';
        return { seed: next++, profile, options: {} };
      },
      (result) => {
        events += result.events;
        return true;
      },
    );
    return { events, seconds: (performance.now() - start) / 1000 };
  };
  await measure(threads * PROFILE_NAMES.length);
  const seeds = threads * 10 * PROFILE_NAMES.length;
  const { events, seconds } = await measure(seeds);
  await pool.close();
  print(`swarm, ${String(threads)} threads, by the clock`, `${round(events / seconds)}/s`, '–');
  print('  seeds in a minute', round((seeds / seconds) * 60), '–');
}

/** Three servers under a load that never ends, and every checker on. */
function startLongRun(): LocalRun {
  const spec = { outstanding: 20, writesPercent: 60, paths: 40, valueBytes: 40 };
  const loads = new Map([[clientId(0), spec]]);
  const config = quietWorld(7, 3, 0, { snapCount: 5_000 });
  const run = createLocalRun(config, { loads });
  runFor(run, 2_000_000 as Micros);
  act(run, addClient(0));
  return run;
}

function memory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const run = startLongRun();
  const heaps: number[] = [];
  const seconds = spent(() => {
    for (let part = 1; part <= 10; part++) {
      while (run.world.events < (longRun / 10) * part) runFor(run, 1_000_000 as Micros);
      collect();
      heaps.push(process.memoryUsage().heapUsed / 1e6);
    }
  });
  const [early = 0] = heaps.slice(1);
  const late = heaps.at(-1) ?? 0;
  const name = `one run of ${round(run.world.events)} events, all checkers on`;
  print(name, `${round(run.world.events / seconds)}/s`, '–');
  print('  heap at each tenth, MB', heaps.map((heap) => heap.toFixed(0)).join(' '), '–');
  print('  at its end to that after a fifth', (late / early).toFixed(2), '≤ 1.2');
}

swarm();
await allProcessors();
memory();
