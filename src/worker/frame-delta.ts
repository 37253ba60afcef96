/**
 * Frames are complete for whoever draws them, but most of one is as in the one before. Only what
 * changed crosses to the page; what did not keeps its identity there, so nothing draws it again.
 */
import type { Frame } from '../sim/frame.ts';

export type FrameDelta = Partial<Frame>;

/** The fields of `next` that are other values than those of `previous`. */
export function frameDelta(previous: Frame | null, next: Frame): FrameDelta {
  if (previous === null) return next;
  const names = Object.keys(next) as (keyof Frame)[];
  return Object.fromEntries(
    names.filter((name) => next[name] !== previous[name]).map((name) => [name, next[name]]),
  );
}

export function applyDelta(previous: Frame | null, delta: FrameDelta): Frame {
  // The first delta of a run is a whole frame.
  return { ...previous, ...delta } as Frame;
}
