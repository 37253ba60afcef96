/**
 * How long it takes to be at a moment of the past: five voters under a load of writes, a run of
 * 100,000 events, random moments. Also what the ladder and the columns weigh.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { timeOf } from '../../src/sim/chronicle/branch.ts';
import { beginChronicle, followSome } from '../../src/sim/chronicle/chronicle.ts';
import { branchOf } from '../../src/sim/chronicle/chronicle-state.ts';
import { momentOf } from '../../src/sim/chronicle/model.ts';
import { seek } from '../../src/sim/chronicle/seek.ts';
import type { Micros } from '../../src/core/units.ts';
import { frameOf } from '../../src/sim/local-frame.ts';
import { act, checkpoint, createLocalRun, runFor, runUntil } from '../../src/sim/local.ts';
import { addClient, clientId, quietWorld } from '../../src/sim/scenarios.ts';
import { print } from './print.ts';

export interface ChronicleFigures {
  readonly events: number;
  /** Events a second while the chronicle follows. */
  readonly following: number;
  /** Milliseconds, of random moments. */
  readonly seek: { readonly p50: number; readonly p95: number; readonly max: number };
  readonly rungs: number;
  /** Megabytes of the heap: what a checkpoint shares with others counts once. */
  readonly ladder: number;
  readonly columns: number;
}

/** Milliseconds of this process: others on the machine do not count. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Megabytes that are in use. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Moments that are gone to before time is taken: what runs for the first time is compiled. */
const WARM_UP = 40;

export function measureChronicle(events = 100_000, seeks = 100): ChronicleFigures {
  const spec = { outstanding: 100, writesPercent: 100, paths: 50, valueBytes: 100 };
  const loads = new Map([[clientId(0), spec]]);
  const live = createLocalRun(quietWorld(42, 5), { loads, keepTrace: true });
  const { chronicle, first } = beginChronicle(checkpoint(live));
  runUntil(live, 1_000_000 as Micros);
  act(live, addClient(0));
  while (live.world.events < events) runFor(live, 10_000 as Micros);
  const to = momentOf(frameOf(live));
  const branch = branchOf(chronicle, first.id);
  const start = cpu();
  followSome(chronicle, branch, { from: 0, actions: live.world.actions, to }, Infinity);
  const following = (to.events / (cpu() - start)) * 1000;
  const times: number[] = [];
  for (let n = -WARM_UP; n < seeks; n++) {
    const number = 1 + Math.floor((((n + WARM_UP) * 0.618034) % 1) * (to.events - 1));
    const at = timeOf(branch, number - 1) as Micros;
    const moment = { events: number, actions: Infinity, at };
    const before = cpu();
    frameOf(seek(chronicle, { branch: branch.id, moment }));
    if (n >= 0) times.push(cpu() - before);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? NaN;
  const rungs = branch.ladder.length;
  const full = heap();
  branch.ladder.length = 0;
  const ladder = full - heap();
  const { columns } = branch;
  const weight = Object.values(columns).reduce(
    (sum: number, one: unknown) => sum + (ArrayBuffer.isView(one) ? one.byteLength : 0),
    0,
  );
  return {
    events: to.events,
    following,
    seek: { p50: at(0.5), p95: at(0.95), max: at(1) },
    rungs,
    ladder,
    columns: weight / 1e6,
  };
}

export function printChronicle(): void {
  const { events, following, seek: times, rungs, ladder, columns } = measureChronicle();
  const ms = (time: number): string => `${time.toFixed(0)} ms`;
  print('the past: a run of events', events.toLocaleString('en'), '–');
  print('  written down', `${Math.round(following).toLocaleString('en')}/s`, '–');
  print('  at a random moment, median', ms(times.p50), '≤ 100 ms');
  print('  95 of 100', ms(times.p95), '≤ 100 ms');
  print('  longest', ms(times.max), '–');
  print('  checkpoints', `${String(rungs)}, ${ladder.toFixed(0)} MB`, '–');
  print('  columns', `${columns.toFixed(0)} MB`, '–');
}
