/** An exploration by several workers, told as one. */
import type { ExploreProgress, ExploreResult } from '../sim/explore/explore-io.ts';

export function sumProgress(parts: readonly ExploreProgress[]): ExploreProgress {
  return {
    states: parts.reduce((sum, part) => sum + part.states, 0),
    moves: Math.min(...parts.map((part) => part.moves)),
    depth: Math.max(...parts.map((part) => part.depth)),
  };
}

/** States that two workers met count twice: they do not know of each other. */
export function joinResults(parts: readonly ExploreResult[]): ExploreResult {
  const finder = parts.find(({ found }) => found !== null);
  return {
    found: finder?.found ?? null,
    actions: finder?.actions ?? [],
    record: finder?.record ?? null,
    states: parts.reduce((sum, part) => sum + part.states, 0),
    depth: Math.max(...parts.map((part) => part.depth)),
    moves: finder?.moves ?? Math.min(...parts.map((part) => part.moves)),
    complete: finder === undefined && parts.every((part) => part.complete),
  };
}
