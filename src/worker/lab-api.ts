/**
 * The lab as others see it: long work on whole runs, away from the page and from the run that the
 * page shows. Whoever stops it ends its workers.
 */
import type { RunRecord, WorldConfig } from '../sim/actions.ts';
import type { ExploreLimits, ExploreOptions, ExploreProgress } from '../sim/explore/explore-io.ts';
import type { ExploreResult } from '../sim/explore/explore-io.ts';
import type { Found } from '../sim/explore/judge.ts';
import type { MinimiseAim, MinimiseProgress, Minimised } from '../sim/explore/minimise-io.ts';
import type { Script } from '../sim/explore/script.ts';
import type { SwarmOptions } from '../sim/explore/swarm.ts';
import type { LocalRun } from '../sim/local.ts';
import type { ScriptStep } from '../sim/script-text/model.ts';
import type { TextRun } from '../sim/script-text/run.ts';

export interface ScriptResult {
  readonly record: RunRecord;
  /** The first property that it breaks; null where all hold. */
  readonly found: Found | null;
  /** It broke only when the faults had stopped. */
  readonly settles: boolean;
  /** What did not come about: a cue that was never seen, or an action that was refused. */
  readonly failure: string | null;
}

/** A record with the end of all its faults behind it. */
export interface Settled {
  readonly record: RunRecord;
  /** What does not hold then. */
  readonly found: Found | null;
}

/** Where an exploration begins: the present moment of a run, or the end of a recorded one. */
export type ExploreStart =
  | { readonly kind: 'run'; readonly run: LocalRun }
  | { readonly kind: 'record'; readonly record: RunRecord };

/** Where an action script begins: an ensemble that starts, or the present moment of a run. */
export type TextStart =
  | { readonly kind: 'world'; readonly world: WorldConfig }
  | { readonly kind: 'run'; readonly run: LocalRun };

export interface TextResult extends TextRun {
  /** With what was done before, where it began in the middle. */
  readonly record: RunRecord;
}

/** What may be said across a worker's boundary: no functions. */
export type ExplorePlan = Omit<ExploreOptions, 'onProgress' | 'keepGoing'>;

export interface HuntOptions {
  /** The mutants are those of `swarm.mutants`. */
  readonly swarm: SwarmOptions;
  /** The first seed. */
  readonly from: number;
  /** How many seeds at most. */
  readonly seeds: number;
}

export interface Hunted {
  readonly seed: number;
  readonly found: Found;
  /** It broke only when the faults had stopped. */
  readonly settles: boolean;
  readonly record: RunRecord;
}

export interface HuntProgress {
  /** Seeds that were run to their end. */
  readonly seeds: number;
  readonly events: number;
}

export interface HuntResult extends HuntProgress {
  /** The failing run with the lowest seed among those that were run; null where none failed. */
  readonly hunted: Hunted | null;
}

/** One seed, for the worker. */
export interface SeedResult {
  readonly events: number;
  readonly hunted: Hunted | null;
}

/**
 * One worker of the lab. Progress comes at most ten times a second; that of the minimiser also
 * whenever it has a shorter record.
 */
export interface LabApi {
  script(script: Script, settles: boolean): Promise<ScriptResult>;
  minimise(
    record: RunRecord,
    aim: MinimiseAim,
    onProgress: (progress: MinimiseProgress) => void,
  ): Promise<Minimised>;
  explore(
    start: ExploreStart,
    limits: ExploreLimits,
    plan: ExplorePlan,
    onProgress: (progress: ExploreProgress) => void,
  ): Promise<ExploreResult>;
  seed(swarm: SwarmOptions, seed: number): Promise<SeedResult>;
  /** Carries an action script out; it goes on for so many virtual microseconds behind its end. */
  text(start: TextStart, steps: readonly ScriptStep[], afterwards: number): Promise<TextResult>;
  /** The record with what mends everything behind it, as far as it is asked to recover. */
  settle(record: RunRecord): Promise<Settled>;
}

/** The lab as the page sees it: a pool of workers behind one set of calls. */
export interface Lab {
  /** How many workers it may use. */
  readonly size: number;
  script(script: Script, settles: boolean): Promise<ScriptResult>;
  minimise(
    record: RunRecord,
    aim: MinimiseAim,
    onProgress?: (progress: MinimiseProgress) => void,
  ): Promise<Minimised>;
  /** The first choices are split over all workers; what is found first ends it. */
  explore(
    start: ExploreStart,
    limits: ExploreLimits,
    plan?: ExplorePlan,
    onProgress?: (progress: ExploreProgress) => void,
  ): Promise<ExploreResult>;
  /** Seeds of the swarm on all workers until one fails. */
  hunt(options: HuntOptions, onProgress?: (progress: HuntProgress) => void): Promise<HuntResult>;
  /** The record, and behind it the end of all faults: where a property of liveness breaks. */
  settle(record: RunRecord): Promise<Settled>;
  text(start: TextStart, steps: readonly ScriptStep[], afterwards: number): Promise<TextResult>;
  /** Ends all that is under way: its promises are rejected with `LabStopped`. */
  stop(): void;
  /** Stops for good. */
  dispose(): void;
}
