/** Questions and the order of goals in an exercise that somebody made: read, verified, graded. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ANSWERS_FORMAT,
  answersToText,
  type Work,
} from '../../../../src/lessons/classroom/answer-file.ts';
import {
  EXERCISE_FORMAT,
  exerciseFromText,
  exerciseId,
  exerciseToText,
  flawsOf,
  planOf,
  TASK,
  type Exercise,
} from '../../../../src/lessons/classroom/exercise.ts';
import { suggest } from '../../../../src/lessons/classroom/suggest.ts';
import { regrade } from '../../../../src/lessons/engine/attempt.ts';
import type { GoalTest, What } from '../../../../src/lessons/engine/goal.ts';
import type { Sayings } from '../../../../src/lessons/engine/grader.ts';
import { words, type LessonGoal, type Question } from '../../../../src/lessons/engine/lesson.ts';
import { lines } from '../../../../src/lessons/scenarios/world.ts';
import { buildId } from '../../../../src/node/build/build-id.ts';
import { verifyAnswers } from '../../../../src/node/verify-answers.ts';
import { recorded } from './recorded.ts';

const START = lines(
  'wait until 1, 2, 3 serve',
  'new client A servers=1',
  'wait until A is connected',
  'A: create /app one',
  'wait 1s',
);
/** Server 2 leads then. */
const REST = lines('crash 3', 'wait until 1, 2 serve', 'when A is connected: A: create /after x');
const AFTERWARDS = 3_000_000;

const elected = (server: number): What => ({ happening: 'elected', server });
const gone: What = { fact: 'not', of: { fact: 'znode', path: '/app' } };

const goal = (id: string, test: GoalTest, after?: readonly string[]): LessonGoal => ({
  id,
  step: TASK,
  test,
  words: words(id, id),
  ...(after === undefined ? {} : { after }),
});

const CRASH = goal('crash', {
  test: 'happens',
  what: { happening: 'does', action: 'crash', server: 3 },
});
const WRITTEN = goal('written', { test: 'reached', what: { fact: 'znode', path: '/after' } });
const PREDICTED = goal('predicted', { test: 'predicted', question: 'leader' });

function question(
  whens: readonly Question['options'][number]['when'][],
  after?: readonly string[],
): Question {
  const options = whens.map((when, at) => {
    const id = `answer-${String(at + 1)}`;
    return { id, words: words(id, id), when };
  });
  const ask = words('Who will lead?', '谁会成为 leader？');
  return { id: 'leader', step: TASK, ask, options, ...(after === undefined ? {} : { after }) };
}

const WHO = question([elected(1), elected(2), elected(3)]);
const said = (option: string): Sayings => ({
  answers: [{ question: 'leader', option, events: 0 }],
  cause: null,
  cited: [],
});

let exercise: Exercise;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'questions-'));
  exercise = {
    format: EXERCISE_FORMAT,
    version: 1,
    title: 'Who will lead?',
    text: '',
    start: recorded(START, 0),
    solution: recorded(START + REST, AFTERWARDS),
    goals: [CRASH, PREDICTED],
    questions: [WHO],
    par: 2,
  };
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const asking = (one: Question): Exercise => ({ ...exercise, questions: [one] });

describe('a question is verified by its author’s own run', () => {
  test('which answers it, and goes through a file', () => {
    expect(flawsOf(exercise)).toEqual([]);
    const again = exerciseFromText(exerciseToText(exercise));
    expect(again).toEqual(exercise);
    expect(exerciseId(again)).not.toBe(exerciseId({ ...exercise, questions: [] }));
  });

  test('alone it is an exercise', () => {
    expect(flawsOf({ ...exercise, goals: [PREDICTED] })).toEqual([]);
  });

  test('which answers it with nothing', () => {
    const nobody = asking(question([elected(1), elected(3)]));
    expect(flawsOf(nobody)).toEqual([{ kind: 'unanswered', question: 'leader' }]);
    const late = asking(question([gone, { otherwise: 600_000_000 }], ['crash']));
    expect(flawsOf(late)).toEqual([{ kind: 'unanswered', question: 'leader' }]);
  });

  test('in which nothing else comes about for long enough', () => {
    expect(flawsOf(asking(question([gone, { otherwise: 2_000_000 }], ['crash'])))).toEqual([]);
  });

  test('which answers it before anybody is asked', () => {
    const leads = (by: number): What => ({ fact: 'serves', by });
    const now = asking(question([leads(2), leads(3)]));
    expect(flawsOf(now)).toEqual([{ kind: 'tooSoon', question: 'leader' }]);
    expect(flawsOf(asking(question([leads(2), leads(3)], ['crash'])))).toEqual([]);
  });

  test('which answers it twice at once', () => {
    const twice = asking(question([elected(2), { happening: 'elected' }]));
    expect(flawsOf(twice)).toEqual([{ kind: 'tied', question: 'leader' }]);
  });

  test('which does not meet a goal of it is told of that goal, too', () => {
    const missing = goal('never-there', { test: 'reached', what: gone });
    const both = { ...asking(question([elected(1), elected(3)])), goals: [missing, PREDICTED] };
    expect(flawsOf(both)).toEqual([
      { kind: 'unanswered', question: 'leader' },
      { kind: 'unsolved', goals: ['never-there'] },
    ]);
  });
});

describe('a question of a stranger', () => {
  const reads = (one: Exercise) => () => exerciseFromText(exerciseToText(one));

  test('is refused with a sentence where it is none', () => {
    const unasked = { ...WHO, ask: words(' ', '谁？') };
    expect(reads(asking(unasked))).toThrow('it.questions[0] asks nothing');
    expect(reads(asking(question([elected(1)])))).toThrow('fewer than two answers');
    expect(reads(asking({ ...WHO, step: 'debrief' }))).toThrow('belongs to no step');
    expect(reads(asking(question([{ otherwise: 1 }, elected(1)])))).toThrow('"none of these"');
    expect(reads({ ...exercise, questions: [WHO, WHO] })).toThrow('names a question twice');
    const [first] = WHO.options;
    if (first === undefined) throw new Error('there are no options');
    expect(reads(asking({ ...WHO, options: [first, first] }))).toThrow('names an answer twice');
    expect(reads({ ...exercise, questions: [] })).toThrow('a prediction of no question');
  });

  test('is read field by field', () => {
    const text = exerciseToText(exercise);
    const from = '"happening":"elected"';
    expect(text).toContain(from);
    expect(() => exerciseFromText(text.replace(from, '"happening":"eval"'))).toThrow(
      'nobody knows',
    );
    expect(() => exerciseFromText(text.replace(from, `${from},"more":1`))).toThrow('too many');
  });

  test('waits for goals that there are, and not for itself', () => {
    expect(reads(asking({ ...WHO, after: ['elsewhere'] }))).toThrow('has no goal elsewhere');
    expect(reads(asking({ ...WHO, after: ['predicted'] }))).toThrow('wait for one another');
    const circle = [
      { ...CRASH, after: ['written'] },
      { ...WRITTEN, after: ['crash'] },
    ];
    expect(reads({ ...exercise, goals: circle, questions: [] })).toThrow('wait for one another');
    expect(
      reads({ ...exercise, goals: [WRITTEN, { ...CRASH, after: ['written'] }, PREDICTED] }),
    ).not.toThrow();
  });
});

test('goals may have an order, which the author’s own run must keep', () => {
  const inOrder = [CRASH, { ...WRITTEN, after: ['crash'] }];
  expect(flawsOf({ ...exercise, goals: inOrder, questions: [] })).toEqual([]);
  const written = goal('written', {
    test: 'happens',
    what: { happening: 'commits', path: '/after' },
  });
  const turned = [written, { ...CRASH, after: ['written'] }];
  expect(flawsOf({ ...exercise, goals: turned, questions: [] })).toEqual([
    { kind: 'unsolved', goals: ['crash'] },
  ]);
});

test('answers can wait for what came about in the run, and for what could have', () => {
  const { predicates, atFirst } = suggest(exercise.start, exercise.solution);
  const came = (text: string): boolean | undefined =>
    predicates.find(({ words: { en } }) => en === text)?.came;
  expect(came('Server 2 is elected')).toBe(true);
  expect(came('Server 1 is elected')).toBe(false);
  expect(came('Server 3 leads and serves')).toBe(true);
  expect(came('/after is there')).toBe(true);
  expect(came('It is not so that /app is there')).toBe(false);
  expect(came('The session of client A expires')).toBe(false);
  expect(new Set(predicates.map(({ words: { en } }) => en)).size).toBe(predicates.length);
  expect(atFirst).toEqual(['/app']);
});

test('npm run verify grades predictions from the answer file', async () => {
  const work = (option: string): Work => {
    const sayings = said(option);
    const { hash } = regrade(planOf(exercise), exercise.solution, sayings);
    return {
      task: { kind: 'exercise', id: exerciseId(exercise), title: exercise.title },
      record: exercise.solution,
      sayings,
      hash,
      shown: false,
      hints: 0,
      madeAt: '2026-11-23T12:00:00.000Z',
    };
  };
  const file = {
    format: ANSWERS_FORMAT,
    version: 1,
    name: 'Ada',
    build: buildId(),
    work: [work('answer-2'), work('answer-1')],
  } as const;
  const answers = join(folder, 'ada.json');
  const given = join(folder, 'exercise.json');
  writeFileSync(answers, answersToText(file));
  writeFileSync(given, exerciseToText(exercise));
  const lived: string[] = [];
  const print = (line: string): void => void lived.push(line);
  expect(await verifyAnswers([answers, '--exercise', given], print)).toBe(0);
  expect(lived).toEqual([
    'ada.json: Ada: Who will lead?: solved, 2 of 2 goals, 2 actions (par 2)',
    'ada.json: Ada: Who will lead?: unsolved, 1 of 2 goals, 2 actions (par 2)',
    '1 solved, 1 not, 0 not judged',
  ]);
});
