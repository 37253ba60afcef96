/** The page's end of the lab: a pool of workers, started when they are first needed. */
import { proxy, wrap, type Remote } from 'comlink';
import type { ExploreLimits, ExploreProgress, ExploreResult } from '../sim/explore/explore-io.ts';
import type { Minimised } from '../sim/explore/minimise-io.ts';
import type {
  ExplorePlan,
  ExploreStart,
  HuntOptions,
  HuntProgress,
  HuntResult,
  Lab,
  LabApi,
  ScriptResult,
  TextResult,
} from './lab-api.ts';
import { hunt } from './lab-hunt.ts';
import { joinResults, sumProgress } from './lab-explore.ts';
import { createMortal, type Mortal } from './mortal.ts';

/** Why a call of the lab ended without a result. */
export class LabStopped extends Error {
  override readonly name = 'LabStopped';
}

/** One processor is left for the page and the run that it shows. */
export function labSize(): number {
  return Math.max(1, navigator.hardwareConcurrency - 1);
}

interface Pool {
  readonly workers: readonly Worker[];
  readonly apis: readonly Remote<LabApi>[];
  readonly mortal: Mortal;
}

/** @param size how many workers at most. */
export function connectLab(size = labSize()): Lab {
  let pool: Pool | null = null;
  let disposed = false;
  const workersOf = (): Pool => {
    if (disposed) throw new LabStopped('the lab is closed');
    pool ??= startPool(size);
    return pool;
  };
  const stop = (why: string): void => {
    const old = pool;
    pool = null;
    old?.workers.forEach((worker) => {
      worker.terminate();
    });
    old?.mortal.die(new LabStopped(why));
  };
  return {
    size,
    ...methodsOf(workersOf, () => {
      stop('found elsewhere');
    }),
    stop: () => {
      stop('stopped');
    },
    dispose: () => {
      disposed = true;
      stop('the lab is closed');
    },
  };
}

function startPool(size: number): Pool {
  const mortal = createMortal();
  const workers = Array.from({ length: size }, (_, index) => {
    const worker = new Worker(new URL('./lab.worker.ts', import.meta.url), {
      type: 'module',
      name: `lab ${String(index + 1)}`,
    });
    worker.addEventListener('error', (event) => {
      mortal.die(new Error(`a worker of the lab failed: ${event.message}`));
    });
    return worker;
  });
  return { workers, apis: workers.map((worker) => wrap<LabApi>(worker)), mortal };
}

type Methods = Pick<Lab, 'script' | 'minimise' | 'explore' | 'hunt' | 'settle' | 'text'>;

function methodsOf(workersOf: () => Pool, endOthers: () => void): Methods {
  const first = async <T>(call: (api: Remote<LabApi>) => Promise<T>): Promise<T> => {
    const { apis, mortal } = workersOf();
    const api = apis[0];
    if (api === undefined) throw new LabStopped('the lab has no workers');
    return mortal.live(call(api));
  };
  return {
    script: (script, settles) => first<ScriptResult>((api) => api.script(script, settles)),
    settle: (record) => first((api) => api.settle(record)),
    text: (start, steps, afterwards) =>
      first<TextResult>((api) => api.text(start, steps, afterwards)),
    minimise: (record, aim, onProgress = ignore) =>
      first<Minimised>((api) => api.minimise(record, aim, proxy(onProgress))),
    explore: async (start, limits, plan = {}, onProgress = ignore) =>
      exploreOnAll(workersOf(), endOthers, { start, limits, plan, onProgress }),
    hunt: async (options: HuntOptions, onProgress: (p: HuntProgress) => void = ignore) => {
      const { apis, mortal } = workersOf();
      const seeds = apis.map((api) => (seed: number) => mortal.live(api.seed(options.swarm, seed)));
      return hunt(seeds, options, onProgress) satisfies Promise<HuntResult>;
    },
  };
}

function ignore(): void {
  // Nobody wants to know how far it is.
}

interface Exploration {
  readonly start: ExploreStart;
  readonly limits: ExploreLimits;
  readonly plan: ExplorePlan;
  readonly onProgress: (progress: ExploreProgress) => void;
}

/** Each worker takes its share of the first choices; the first that finds something ends all. */
async function exploreOnAll(
  { apis, mortal }: Pool,
  endOthers: () => void,
  { start, limits, plan, onProgress }: Exploration,
): Promise<ExploreResult> {
  const latest = new Map<number, ExploreProgress>();
  const states = Math.ceil(limits.states / apis.length);
  const results: ExploreResult[] = [];
  return new Promise<ExploreResult>((resolve, reject) => {
    apis.forEach((api, index) => {
      const share = { index, of: apis.length };
      const tell = (progress: ExploreProgress): void => {
        latest.set(index, progress);
        onProgress(sumProgress([...latest.values()]));
      };
      const part = api.explore(start, { ...limits, states }, { ...plan, share }, proxy(tell));
      mortal.live<ExploreResult>(part).then((result) => {
        results.push(result);
        if (result.found === null && results.length < apis.length) return;
        resolve(joinResults(results));
        if (results.length < apis.length) endOthers();
      }, reject);
    });
  });
}
