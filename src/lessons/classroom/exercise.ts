/**
 * An exercise that somebody made of what they had just done: a start, goals from the list of
 * predicates, a text, and their own run, which shows that it can be solved.
 */
import { sha1 } from '../../core/auth/sha1.ts';
import type { RunRecord } from '../../sim/actions.ts';
import { recordToText, sharedFromText, valueToText } from '../../sim/run-text.ts';
import { list, object, oneOf, refuse, whole, words } from '../../sim/run-text/readers.ts';
import type { Reader } from '../../sim/run-text/readers.ts';
import { canonical } from '../engine/canonical.ts';
import { attempt, begin, goOn, LessonError, regrade } from '../engine/attempt.ts';
import { NOTHING_SAID, type Sayings } from '../engine/grader.ts';
import { PLAIN, type LessonGoal, type LessonPlan, type Question } from '../engine/lesson.ts';
import { readGoal, readId, readQuestion } from './read-goal.ts';

export const EXERCISE_FORMAT = 'zookeeper-playground/exercise';

export interface Exercise {
  readonly format: typeof EXERCISE_FORMAT;
  readonly version: 1;
  readonly title: string;
  /** Markdown, as its author wrote it. */
  readonly text: string;
  /** Up to where the person's part begins. */
  readonly start: RunRecord;
  /** The author's own run, from the same beginning. */
  readonly solution: RunRecord;
  readonly goals: readonly LessonGoal[];
  readonly questions: readonly Question[];
  readonly par: number;
}

const TEXT_MAX = 20_000;
const GOALS_MAX = 30;

const record: Reader<RunRecord> = (value) => sharedFromText(JSON.stringify(value)).record;

const exercise = object<Exercise>({
  format: oneOf(EXERCISE_FORMAT),
  version: whole<1>(1, 1),
  title: words(200),
  text: words(TEXT_MAX),
  start: record,
  solution: record,
  goals: list(readGoal, GOALS_MAX),
  questions: list(readQuestion, GOALS_MAX),
  par: whole(0, 1_000_000),
});

/** @throws RunTextError */
export const readExercise: Reader<Exercise> = (value, where) => {
  const read = exercise(value, where);
  if (read.goals.length === 0) refuse(`${where}.goals`, 'is empty');
  const ids = read.goals.map(({ id }) => id);
  const questions = read.questions.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) refuse(`${where}.goals`, 'names a goal twice');
  for (const { after = [], test } of read.goals) {
    for (const id of after)
      if (!ids.includes(id)) refuse(where, `has no goal ${readId(id, where)}`);
    if (test.test === 'predicted' && !questions.includes(test.question)) {
      refuse(where, 'asks for a prediction of no question');
    }
  }
  return read;
};

export function exerciseToText({ start, solution, ...rest }: Exercise): string {
  const parsed = (run: RunRecord): unknown => JSON.parse(recordToText(run));
  const whole = {
    ...(JSON.parse(valueToText(rest)) as object),
    start: parsed(start),
    solution: parsed(solution),
  };
  return JSON.stringify(whole);
}

/** @throws RunTextError, SyntaxError */
export function exerciseFromText(text: string): Exercise {
  return readExercise(JSON.parse(text), 'it');
}

/** Of two exercises that ask the same it is equal; a changed one has another. 40 hex digits. */
export function exerciseId(one: Exercise): string {
  const digest = sha1(new TextEncoder().encode(canonical(JSON.parse(exerciseToText(one)))));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The step of its text that everything belongs to. */
export const TASK = 'task';

export function planOf({ start, goals, questions, par }: Exercise): LessonPlan {
  return {
    ...PLAIN,
    world: start.world,
    start: { kind: 'record', record: start },
    goals,
    questions,
    solutions: [],
    nearMisses: [],
    par,
  };
}

export type ExerciseFlaw =
  /** The start or the solution cannot be lived again: why. */
  | { readonly kind: 'broken'; readonly why: string }
  /** The author's own run does not meet these goals. */
  | { readonly kind: 'unsolved'; readonly goals: readonly string[] }
  /** Whoever does nothing has solved it. */
  | { readonly kind: 'free' };

/** Virtual microseconds in which nothing is done, and nothing may be solved by that. */
const IDLE = 30_000_000;

/** An exercise verifies itself. @param sayings the answers that its author gave. */
export function flawsOf(one: Exercise, sayings: Sayings = NOTHING_SAID): readonly ExerciseFlaw[] {
  const plan = planOf(one);
  const flaws: ExerciseFlaw[] = [];
  try {
    const { grade } = regrade(plan, one.solution, sayings);
    if (!grade.solved) {
      const open = grade.goals.filter(({ state }) => state !== 'met').map(({ id }) => id);
      flaws.push({ kind: 'unsolved', goals: open });
    }
    const begun = begin(plan);
    const { events, actions, at } = begun.moment;
    const lived = begun.run.world.actions.slice();
    const idle = { events, actions, at: (at + IDLE) as typeof at };
    if (goOn(attempt(begun), lived, idle).solved) flaws.push({ kind: 'free' });
  } catch (reason) {
    if (!(reason instanceof LessonError)) throw reason;
    flaws.push({ kind: 'broken', why: reason.message });
  }
  return flaws;
}
