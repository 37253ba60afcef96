/**
 * The grader of lessons as the page sees it: a worker of its own lives the person's run once more,
 * event by event, and says how the goals stand. It never touches the run that the page shows.
 */
import type { Grade, Sayings } from '../lessons/engine/grader.ts';
import type { LessonPlan } from '../lessons/engine/lesson.ts';
import type { RunRecord, TimedAction } from '../sim/actions.ts';
import type { Moment } from '../sim/chronicle/model.ts';
import type { LocalRun } from '../sim/local.ts';
import type { ScriptAction } from '../sim/script-text/run.ts';

/** Where the person's part begins. */
export interface LessonBegun {
  /** To be opened: `OpenOptions.moment`. */
  readonly moment: LocalRun;
  /** The start, from an empty ensemble on. */
  readonly record: RunRecord;
  /** How many events the start took. */
  readonly events: number;
}

/** A way through a lesson, as it was found to go. */
export interface WalkedWay {
  /** Behind the start, with their times. */
  readonly actions: readonly ScriptAction[];
  readonly sayings: Sayings;
  readonly grade: Grade;
  readonly record: RunRecord;
}

export interface GraderApi {
  /** Forgets what it had. @throws where the lesson cannot begin, in a sentence. */
  begin(plan: LessonPlan): Promise<LessonBegun>;
  /**
   * Goes on to that moment. Where that is behind what was lived, or on another branch, it lives
   * from the start again.
   *
   * @param actions all of the branch, those of the start included.
   */
  follow(actions: readonly TimedAction[], to: Moment, sayings: Sayings): Promise<Grade>;
  /** Finds out how the solution with this index goes. What is being followed stays as it is. */
  walk(plan: LessonPlan, solution: number): Promise<WalkedWay>;
}

/** The page's end. Everything is rejected once it was disposed of. */
export interface LessonGrader extends GraderApi {
  dispose(): void;
}
