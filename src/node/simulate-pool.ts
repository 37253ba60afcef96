/** Threads that run seeds: each gets the next one when it is done with the last. */
import { Worker } from 'node:worker_threads';
import type { Job, JobResult } from './simulate-job.ts';

/** Jobs that wait at a thread while it runs another. */
const AHEAD = 2;

export interface Pool {
  /**
   * Runs jobs until there are no more, or until `onResult` has had enough and says false. What is
   * under way then comes to its end, and is reported as well.
   */
  run(next: () => Job | null, onResult: (result: JobResult) => boolean): Promise<void>;
  close(): Promise<void>;
}

export function createPool(threads: number): Pool {
  const workers = Array.from({ length: threads }, startThread);
  return {
    run: async (next, onResult) => {
      const state = { open: true };
      await Promise.all(workers.map((worker) => drive(worker, next, onResult, state)));
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** The programs run as TypeScript; a thread must be told how to read it. */
function startThread(): Worker {
  const loader = import.meta.resolve('tsx/esm/api');
  const program = new URL('./simulate-worker.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(program)});
  });`;
  return new Worker(code, { eval: true, execArgv: [] });
}

function drive(
  worker: Worker,
  next: () => Job | null,
  onResult: (result: JobResult) => boolean,
  state: { open: boolean },
): Promise<void> {
  return new Promise((resolve, reject) => {
    let underWay = 0;
    const post = (): void => {
      const job = state.open ? next() : null;
      if (job === null) return;
      underWay++;
      worker.postMessage(job);
    };
    const finish = (): void => {
      worker.off('message', onMessage);
      worker.off('error', reject);
      resolve();
    };
    const onMessage = (result: JobResult): void => {
      underWay--;
      if (!onResult(result)) state.open = false;
      post();
      if (underWay === 0) finish();
    };
    worker.on('message', onMessage);
    worker.on('error', reject);
    for (let i = 0; i < AHEAD; i++) post();
    if (underWay === 0) finish();
  });
}
