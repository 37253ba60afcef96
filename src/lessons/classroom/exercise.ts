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
import type { GoalTest } from '../engine/goal.ts';
import { attempt, begin, goOn, LessonError, regrade } from '../engine/attempt.ts';
import { PLAIN, type LessonGoal, type LessonPlan, type Question } from '../engine/lesson.ts';
import { checkQuestions, type QuestionFlaw } from './question-check.ts';
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
/** At least as many as are suggested, and a prediction for each question. */
const GOALS_MAX = 60;
const QUESTIONS_MAX = 10;

const record: Reader<RunRecord> = (value) => sharedFromText(JSON.stringify(value)).record;

const exercise = object<Exercise>({
  format: oneOf(EXERCISE_FORMAT),
  version: whole<1>(1, 1),
  title: words(200),
  text: words(TEXT_MAX),
  start: record,
  solution: record,
  goals: list(readGoal, GOALS_MAX),
  questions: list(readQuestion, QUESTIONS_MAX),
  par: whole(0, 1_000_000),
});

/** @throws RunTextError */
export const readExercise: Reader<Exercise> = (value, where) => {
  const read = exercise(value, where);
  if (read.goals.length === 0) refuse(`${where}.goals`, 'is empty');
  if (hasTwice(read.goals)) refuse(`${where}.goals`, 'names a goal twice');
  if (hasTwice(read.questions)) refuse(`${where}.questions`, 'names a question twice');
  const ids = read.goals.map(({ id }) => id);
  for (const { after = [] } of [...read.goals, ...read.questions]) {
    for (const id of after)
      if (!ids.includes(id)) refuse(where, `has no goal ${readId(id, where)}`);
  }
  const questions = read.questions.map(({ id }) => id);
  for (const { test } of read.goals) {
    if (test.test === 'predicted' && !questions.includes(test.question)) {
      refuse(where, 'asks for a prediction of no question');
    }
  }
  for (const [at, question] of read.questions.entries()) {
    checkQuestion(question, `${where}.questions[${String(at)}]`);
  }
  if (isCircular(read)) refuse(where, 'has goals or questions that wait for one another');
  return read;
};

const hasTwice = (all: readonly { readonly id: string }[]): boolean =>
  new Set(all.map(({ id }) => id)).size !== all.length;

function checkQuestion({ step, ask, options }: Question, where: string): void {
  if (step !== TASK) refuse(where, `belongs to no step of an exercise but ${TASK}`);
  if (ask.en.trim() === '' || ask['zh-CN'].trim() === '') refuse(where, 'asks nothing');
  if (options.length < 2) refuse(`${where}.options`, 'has fewer than two answers');
  if (hasTwice(options)) refuse(`${where}.options`, 'names an answer twice');
  const otherwise = options.findIndex(({ when }) => 'otherwise' in when);
  if (otherwise !== -1 && otherwise !== options.length - 1) {
    refuse(`${where}.options`, 'has an answer behind "none of these"');
  }
}

/** A prediction waits for its question, and a question for the goals behind which it is asked. */
function isCircular({ goals, questions }: Exercise): boolean {
  const goalKey = (id: string): string => `goal ${id}`;
  const questionKey = (id: string): string => `question ${id}`;
  let waiting = new Map([
    ...goals.map(({ id, test, after = [] }): [string, readonly string[]] => {
      const asked = test.test === 'predicted' ? [questionKey(test.question)] : [];
      return [goalKey(id), [...after.map(goalKey), ...asked]];
    }),
    ...questions.map(({ id, after = [] }): [string, readonly string[]] => {
      return [questionKey(id), after.map(goalKey)];
    }),
  ]);
  for (;;) {
    const left = new Map([...waiting].filter(([, of]) => of.some((key) => waiting.has(key))));
    if (left.size === waiting.size) return left.size > 0;
    waiting = left;
  }
}

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
  | { readonly kind: 'free' }
  | QuestionFlaw;

/** Virtual microseconds in which nothing is done, and nothing may be solved by that. */
const IDLE = 30_000_000;

/** An exercise verifies itself. Its author is taken to predict rightly what their own run answers. */
export function flawsOf(one: Exercise): readonly ExerciseFlaw[] {
  const plan = planOf(one);
  const flaws: ExerciseFlaw[] = [];
  try {
    const asked = checkQuestions(plan, one.solution);
    flaws.push(...asked.flaws);
    const { grade } = regrade(plan, one.solution, asked.sayings);
    const unmet = grade.goals.filter(({ state }) => state !== 'met').map(({ id }) => id);
    // Of a question that nothing answers enough is said.
    const unanswered = one.goals.filter(({ test }) => isOfFlawed(test, asked.flaws));
    const open = unmet.filter((id) => unanswered.every((goal) => goal.id !== id));
    const isExplained = open.length === 0 && unanswered.length > 0;
    if (!grade.solved && !isExplained) flaws.push({ kind: 'unsolved', goals: open });
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

const isOfFlawed = (test: GoalTest, flaws: readonly QuestionFlaw[]): boolean =>
  test.test === 'predicted' && flaws.some(({ question }) => question === test.question);
