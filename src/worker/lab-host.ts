/** What a worker of the lab does. Each call runs to its end: stopping it is ending the worker. */
import type { RunRecord } from '../sim/actions.ts';
import { explore } from '../sim/explore/explorer.ts';
import { judge } from '../sim/explore/judge.ts';
import { minimise } from '../sim/explore/minimise.ts';
import type { MinimiseProgress } from '../sim/explore/minimise-io.ts';
import { recover, violationOf } from '../sim/explore/recovery.ts';
import { runScript } from '../sim/explore/script.ts';
import { runSwarm } from '../sim/explore/swarm.ts';
import { createLocalRun, recordOf, replay } from '../sim/local.ts';
import { runSteps } from '../sim/script-text/run.ts';
import type { LabApi } from './lab-api.ts';

/** Milliseconds between two reports of progress. */
const PROGRESS_EVERY = 100;

/** @param clock milliseconds. */
export function createLabHost(clock: () => number): LabApi {
  return {
    script: (script, settles) => {
      const { run, record, failure } = runScript(script);
      const early = violationOf(run);
      const late = early === null && settles && failure === null ? recover(run) : null;
      const result = { record, found: early ?? late, settles: late !== null, failure };
      return Promise.resolve(result);
    },
    minimise: (record, aim, onProgress) =>
      Promise.resolve(minimise(record, aim, { onProgress: shorterOrSeldom(clock, onProgress) })),
    explore: (start, limits, plan, onProgress) => {
      const run = start.kind === 'run' ? start.run : replay(start.record, { hash: false });
      const options = { ...plan, onProgress: seldom(clock, onProgress) };
      return Promise.resolve(explore(run, limits, options));
    },
    settle: (record) => {
      const run = replay(record, { hash: false });
      const found = recover(run);
      return Promise.resolve({ record: recordOf(run, record), found });
    },
    text: (start, steps, afterwards) => {
      const run =
        start.kind === 'run'
          ? start.run
          : createLocalRun(start.world, { hash: false, check: true });
      const done = runSteps(run, steps, { afterwards });
      return Promise.resolve({ ...done, record: recordOf(run) });
    },
    seed: (swarm, seed) => {
      const { events, violation, run } = runSwarm(seed, swarm);
      if (violation === null) return Promise.resolve({ events, hunted: null });
      const record = recordOf(run);
      const settles = judge(record, false) === null;
      return Promise.resolve({ events, hunted: { seed, found: violation, settles, record } });
    },
  };
}

/** Lets a report through when the last one is long enough ago. */
function seldom<T>(clock: () => number, report: (progress: T) => void): (progress: T) => void {
  let last = -Infinity;
  return (progress) => {
    const now = clock();
    if (now - last < PROGRESS_EVERY) return;
    last = now;
    report(progress);
  };
}

/**
 * What is shorter than all before is told at once: the worker may be ended during the next try, and
 * then what was told is all that there is.
 */
function shorterOrSeldom(
  clock: () => number,
  report: (progress: MinimiseProgress) => void,
): (progress: MinimiseProgress) => void {
  const now = seldom(clock, report);
  let best: RunRecord | null = null;
  return (progress) => {
    if (progress.best === best) return now(progress);
    best = progress.best;
    report(progress);
  };
}
