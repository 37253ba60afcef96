/**
 * The page of the worker bench: `await workerBench()` gives what was measured. Whoever runs it
 * builds this folder as a site of its own and opens it in a browser.
 */
import { wrap } from 'comlink';
import type { BenchApi, BenchResult } from './bench-bus.worker.ts';

export interface WorkerBench {
  /** Twenty requests under way at each of five clients. */
  readonly write: BenchResult;
  /** Two hundred. */
  readonly heavy: BenchResult;
  /** As `write`, but on disks that live in memory: what IndexedDB costs. */
  readonly memory: BenchResult;
}

declare global {
  var workerBench: (seconds?: number) => Promise<WorkerBench>;
}

/** @param seconds of the wall, for each of the measurements. */
globalThis.workerBench = async (seconds = 3) => {
  const measure = async (outstanding: number, durable: boolean): Promise<BenchResult> => {
    const worker = new Worker(new URL('./bench-bus.worker.ts', import.meta.url), {
      type: 'module',
    });
    try {
      return await wrap<BenchApi>(worker).measure({ outstanding, seconds, durable });
    } finally {
      worker.terminate();
    }
  };
  return {
    write: await measure(20, true),
    heavy: await measure(200, true),
    memory: await measure(20, false),
  };
};
