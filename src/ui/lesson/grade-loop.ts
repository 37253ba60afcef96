/**
 * Follows the run of the page with the grader: one grade at a time, a few a second, and none twice.
 * What comes late of another run or branch is dropped.
 */
import type { Grade, Sayings } from '../../lessons/engine/grader.ts';
import type { TimedAction } from '../../sim/actions.ts';
import { momentOf, type Moment } from '../../sim/chronicle/model.ts';
import type { LessonGrader } from '../../worker/grader-api.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { Timeline } from '../state/timeline.svelte.ts';
import { wait } from './waiting.ts';

/** Milliseconds between two grades at least: more would only take time from the run. */
const GRADE_EVERY = 200;

/** A moment that was graded, with what led there. */
export interface Graded {
  readonly grade: Grade;
  readonly to: Moment;
  readonly sayings: Sayings;
  /** All of the branch, those of the start included. */
  readonly actions: readonly TimedAction[];
}

export interface GradeLoopHooks {
  readonly playground: Playground;
  readonly timeline: Timeline;
  /** Null while nothing is to be graded. */
  grader(): LessonGrader | null;
  sayings(): Sayings;
  take(graded: Graded): void;
  fail(reason: unknown): void;
}

export class GradeLoop {
  latest: Graded | null = null;
  readonly #hooks: GradeLoopHooks;
  #round = 0;
  #busy = false;
  #due = false;

  constructor(hooks: GradeLoopHooks) {
    this.#hooks = hooks;
  }

  /** Another run begins. */
  forget(): void {
    this.#round += 1;
    this.latest = null;
  }

  /** There may be something to grade. */
  async look(): Promise<void> {
    this.#due = true;
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#due) {
        this.#due = false;
        await this.#once();
        await wait(GRADE_EVERY);
      }
    } finally {
      this.#busy = false;
    }
  }

  async #once(): Promise<void> {
    const { playground, timeline } = this.#hooks;
    const { live } = playground;
    const grader = this.#hooks.grader();
    if (live === null || grader === null) return;
    const to = momentOf(live);
    const sayings = this.#hooks.sayings();
    if (this.#isGraded(to, sayings)) return;
    const round = this.#round;
    const branch = timeline.branch?.id;
    try {
      const actions = (await playground.actionsFrom(0)).slice(0, to.actions);
      // They may be those of another branch than the moment is.
      if (branch !== timeline.branch?.id) this.#due = true;
      if (round !== this.#round || this.#due) return;
      const grade = await grader.follow(actions, to, sayings);
      if (round !== this.#round) return;
      this.latest = { grade, to, sayings, actions };
      this.#hooks.take(this.latest);
    } catch (reason) {
      if (round === this.#round) this.#hooks.fail(reason);
    }
  }

  #isGraded(to: Moment, sayings: Sayings): boolean {
    const { to: was, sayings: said } = this.latest ?? {};
    return (
      said === sayings &&
      was?.at === to.at &&
      was.events === to.events &&
      was.actions === to.actions
    );
  }
}
