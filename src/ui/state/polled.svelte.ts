/** An answer of the chronicle that is kept up to date while somebody looks at it. */
import type { BranchId } from '../../sim/chronicle/model.ts';
import type { Chronicle } from '../../worker/chronicle-api.ts';
import type { Timeline } from './timeline.svelte.ts';

/** Milliseconds between two questions. */
const EVERY = 500;

export class Polled<T> {
  /** The latest answer. */
  value: T | null = $state.raw(null);

  readonly #timeline: Timeline;
  readonly #question: (chronicle: Chronicle, branch: BranchId) => Promise<T>;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #askedAt = -Infinity;

  constructor(
    timeline: Timeline,
    question: (chronicle: Chronicle, branch: BranchId) => Promise<T>,
  ) {
    this.#timeline = timeline;
    this.#question = question;
  }

  /** To be called in an effect that depends on what makes the answer another one. */
  refresh(): void {
    if (this.#timer !== null) return;
    const wait = Math.max(0, this.#askedAt + EVERY - performance.now());
    this.#timer = setTimeout(() => void this.#ask(), wait);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #ask(): Promise<void> {
    this.#askedAt = performance.now();
    try {
      this.value = await this.#timeline.ask(this.#question);
    } catch {
      // The run was closed meanwhile; the next one asks anew.
    } finally {
      this.#timer = null;
    }
  }
}
