/**
 * The moment that moving things are drawn at. Frames give the truth; between them, and after a
 * step, this clock glides, so that packets fly instead of jumping.
 */
import { getContext, setContext, untrack } from 'svelte';
import { prefersReducedMotion } from 'svelte/motion';
import type { Frame } from '../../sim/frame.ts';
import type { Playground } from './playground.svelte.ts';

/** A frame that is late is not made up for: the tab was busy or hidden. Milliseconds. */
const EXTRAPOLATION_MAX = 80;

/** Each animation frame covers this share of what is left after a step. */
const GLIDE = 0.2;

/** Larger leaps than this, in microseconds, are not glided over. */
const LEAP = 2_000_000;

export class StageClock {
  /** Virtual microseconds, not whole. */
  now: number = $state(0);

  readonly #playground: Playground;
  #request = 0;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** To be called in an effect: each frame that arrives starts the clock again. */
  follow(frame: Frame | null): () => void {
    if (frame === null) return () => undefined;
    // It sets what it reads: only a new frame is to call it again.
    untrack(() => {
      const leaps = Math.abs(frame.now - this.now) > LEAP;
      if (prefersReducedMotion.current || leaps) this.now = frame.now;
      else this.#tick(frame);
    });
    return () => {
      cancelAnimationFrame(this.#request);
    };
  }

  #tick(frame: Frame): void {
    const wall = performance.now() - this.#playground.frameAt;
    this.now = frame.running ? running(frame, wall, this.now) : glided(frame.now, this.now);
    const late = wall > EXTRAPOLATION_MAX;
    if (frame.running ? late : this.now === frame.now) return;
    this.#request = requestAnimationFrame(() => this.#tick(frame));
  }
}

/** Never backwards while time runs. @param wall milliseconds since the frame came. */
function running(frame: Frame, wall: number, before: number): number {
  if (!Number.isFinite(frame.speed)) return frame.now;
  const ahead = Math.min(wall, EXTRAPOLATION_MAX) * 1000 * frame.speed;
  const now = frame.now + ahead;
  return before > now && before < now + EXTRAPOLATION_MAX * 1000 * frame.speed ? before : now;
}

function glided(target: number, before: number): number {
  const rest = target - before;
  return Math.abs(rest) < 200 ? target : before + rest * GLIDE;
}

const key = Symbol('stage clock');
export const setStageClock = (clock: StageClock): StageClock => setContext(key, clock);
export const getStageClock = (): StageClock => getContext<StageClock>(key);
