/**
 * Events a second with all members in one thread: five voters under a load of writes. Printed as
 * JSON on the last line. Run by run.ts, bundled as the page's code is.
 */
import { createLocalRun, act, runFor, runUntil } from '../../src/sim/local.ts';
import { addClient, clientId, quietWorld } from '../../src/sim/scenarios.ts';
import type { Micros } from '../../src/core/units.ts';
import type { WorldOptions } from '../../src/sim/world.ts';

const SECOND = 1_000_000 as Micros;

/** @returns events for each second of this process's CPU: others on the machine do not count. */
function measure(options: WorldOptions, seconds: number): number {
  const spec = { outstanding: 100, writesPercent: 100, paths: 50, valueBytes: 100 };
  const loads = new Map([[clientId(0), spec]]);
  const run = createLocalRun(quietWorld(42, 5), { ...options, loads });
  runUntil(run, SECOND);
  act(run, addClient(0));
  runFor(run, SECOND);
  const before = run.world.events;
  const cpu = process.cpuUsage();
  let spent = 0;
  while (spent < seconds) {
    runFor(run, SECOND);
    const { user, system } = process.cpuUsage(cpu);
    spent = (user + system) / 1e6;
  }
  return Math.round((run.world.events - before) / spent);
}

const plain: WorldOptions = { hash: false, check: false };
const watched: WorldOptions = { hash: true, check: true };
measure(plain, 1);
const rounds = [1, 2, 3].map(() => ({ plain: measure(plain, 2), watched: measure(watched, 2) }));
const median = (values: number[]): number => values.sort((a, b) => a - b)[1] ?? 0;
const result = {
  plain: median(rounds.map((r) => r.plain)),
  watched: median(rounds.map((r) => r.watched)),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
