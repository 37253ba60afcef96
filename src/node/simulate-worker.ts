/** A thread of `npm run simulate`: one run after the other, as they come. */
import { parentPort } from 'node:worker_threads';
import { runSwarm } from '../sim/explore/swarm.ts';
import type { Job, JobResult } from './simulate-job.ts';

parentPort?.on('message', (job: Job) => {
  parentPort?.postMessage(runJob(job));
});

function runJob({ seed, profile, options }: Job): JobResult {
  const result = runOnce({ seed, profile, options });
  const { mutants = [] } = options;
  if (result.violation === null || mutants.length === 0) return result;
  // A seed that is not clean without the bug says nothing of the bug.
  const without = runOnce({ seed, profile, options: { ...options, mutants: [] } });
  return without.violation === null ? result : { ...result, violation: null, broken: true };
}

function runOnce({ seed, profile, options }: Job): JobResult {
  try {
    const { events, violation, run } = runSwarm(seed, { ...options, profile });
    const { now, marks } = run.world;
    return { seed, profile, events, time: now, violation, marks: [...marks], broken: false };
  } catch (error) {
    // A server that cannot go on is as much of a find as a broken property.
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const violation = { name: 'crash', why };
    return { seed, profile, events: 0, time: 0, violation, marks: [], broken: false };
  }
}
