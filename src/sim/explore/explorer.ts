/** Bounded exploration of the running implementation from the present moment of a run. */
import type { LocalRun } from '../local.ts';
import type { ExploreLimits, ExploreOptions, ExploreResult } from './explore-io.ts';

export type {
  ExploreLimits,
  ExploreOptions,
  ExploreProgress,
  ExploreResult,
  MoveKind,
  Only,
} from './explore-io.ts';

export function explore(
  _start: LocalRun,
  _limits: ExploreLimits,
  options: ExploreOptions = {},
): ExploreResult {
  options.onProgress?.({ states: 0, moves: 0, depth: 0 });
  return {
    found: null,
    actions: [],
    record: null,
    states: 0,
    depth: 0,
    moves: 0,
    complete: false,
  };
}
