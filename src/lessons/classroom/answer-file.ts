/**
 * What somebody did, to be handed in: their runs, and what they said. Nothing in it is believed but
 * the name: whoever verifies it lives the runs again.
 */
import type { RunRecord } from '../../sim/actions.ts';
import { recordToText, sharedFromText } from '../../sim/run-text.ts';
import {
  flag,
  list,
  nullOr,
  object,
  oneMatching,
  oneOf,
  variant,
  whole,
  words,
  type Reader,
} from '../../sim/run-text/readers.ts';
import type { Sayings } from '../engine/grader.ts';
import type { Answer, Cited } from '../engine/lesson.ts';
import { readId } from './read-goal.ts';

export const ANSWERS_FORMAT = 'zookeeper-playground/answers';

/** What was to be done: a lesson with its seed, or somebody's exercise by its id. */
export type Task =
  | { readonly kind: 'lesson'; readonly id: string; readonly seed: number }
  | { readonly kind: 'exercise'; readonly id: string; readonly title: string };

export interface Work {
  readonly task: Task;
  /** The whole run, from the beginning of its start. */
  readonly record: RunRecord;
  readonly sayings: Sayings;
  /** The trace hash at its end, in this build. */
  readonly hash: string;
  /** "Show me" was used, and so many hints: as the page counted. */
  readonly shown: boolean;
  readonly hints: number;
  /** When it was solved or handed in, as this browser's clock has it: ISO 8601. */
  readonly madeAt: string;
}

export interface AnswerFile {
  readonly format: typeof ANSWERS_FORMAT;
  readonly version: 1;
  /** As typed. */
  readonly name: string;
  readonly build: string;
  readonly work: readonly Work[];
}

const SHORT = 200;
const LIST_MAX = 500;
const LINE_MAX = 10_000;

const record: Reader<RunRecord> = (value) => sharedFromText(JSON.stringify(value)).record;
const events = whole<number>(0, Number.MAX_SAFE_INTEGER);

const answer = object<Answer>({ question: readId, option: readId, events });

const cited = object<Cited>({
  source: oneOf('log', 'word', 'console', 'disk'),
  process: whole(1, 65_535),
  word: nullOr(oneMatching(/^[a-z]{4}$/)),
  text: words(LINE_MAX),
  events,
});

export const readTask = variant<Task>('kind', {
  lesson: object<Extract<Task, { readonly kind: 'lesson' }>>({
    kind: oneOf('lesson'),
    id: oneMatching(/^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/),
    seed: whole(1, 1_000_000),
  }),
  exercise: object<Extract<Task, { readonly kind: 'exercise' }>>({
    kind: oneOf('exercise'),
    id: oneMatching(/^[0-9a-f]{40}$/),
    title: words(SHORT),
  }),
});

const work = object<Work>({
  task: readTask,
  record,
  sayings: object<Sayings>({
    answers: list(answer, LIST_MAX),
    cause: nullOr(readId),
    cited: list(cited, LIST_MAX),
  }),
  hash: words(64),
  shown: flag,
  hints: whole(0, 1_000),
  madeAt: words(40),
});

const file = object<AnswerFile>({
  format: oneOf(ANSWERS_FORMAT),
  version: whole<1>(1, 1),
  name: words(SHORT),
  build: words(64),
  work: list(work, LIST_MAX),
});

/** Characters. */
const TEXT_MAX = 64_000_000;

/** @throws RunTextError, SyntaxError */
export function answersFromText(text: string): AnswerFile {
  if (text.length > TEXT_MAX) throw new SyntaxError('it is too long');
  return file(JSON.parse(text), 'it');
}

export function answersToText(answers: AnswerFile): string {
  const whole = {
    ...answers,
    work: answers.work.map((one) => ({
      ...one,
      record: JSON.parse(recordToText(one.record)) as object,
    })),
  };
  return `${JSON.stringify(whole, null, 1)}\n`;
}
