/** What the threads of `npm run simulate` are given to do, and what they say of it. */
import type { SwarmOptions } from '../sim/explore/swarm.ts';
import type { ProfileName } from '../sim/explore/profiles.ts';

export interface Job {
  readonly seed: number;
  readonly profile: ProfileName;
  readonly options: Omit<SwarmOptions, 'profile'>;
}

export interface JobResult {
  readonly seed: number;
  readonly profile: ProfileName;
  readonly events: number;
  /** Virtual microseconds. */
  readonly time: number;
  readonly violation: { readonly name: string; readonly why: string } | null;
  /** With a bug switched on: the run is not clean without it either, so it has found nothing. */
  readonly broken: boolean;
  /** How often each coverage mark was hit. */
  readonly marks: readonly (readonly [name: string, hits: number])[];
}
