/** A thread of `npm run simulate`: one run after the other, as they come. */
import { parentPort } from 'node:worker_threads';
import { runSwarm } from '../sim/explore/swarm.ts';
import type { Job, JobResult } from './simulate-job.ts';

parentPort?.on('message', (job: Job) => {
  parentPort?.postMessage(runJob(job));
});

function runJob({ seed, profile, options }: Job): JobResult {
  try {
    const { events, violation, run } = runSwarm(seed, { ...options, profile });
    const { now, marks } = run.world;
    return { seed, profile, events, time: now, violation, marks: [...marks] };
  } catch (error) {
    // A server that cannot go on is as much of a find as a broken property.
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { seed, profile, events: 0, time: 0, violation: { name: 'crash', why }, marks: [] };
  }
}
