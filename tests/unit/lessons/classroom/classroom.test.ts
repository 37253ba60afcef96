/** Exercises verify themselves; what is handed in is lived again, and not believed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Micros } from '../../../../src/core/units.ts';
import {
  ANSWERS_FORMAT,
  answersFromText,
  answersToText,
  type AnswerFile,
  type Work,
} from '../../../../src/lessons/classroom/answer-file.ts';
import {
  ASSIGNMENT_FORMAT,
  assignmentFromText,
  assignmentToText,
} from '../../../../src/lessons/classroom/assignment.ts';
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
import { toCsv, verify, type Known } from '../../../../src/lessons/classroom/verify.ts';
import { begin, regrade } from '../../../../src/lessons/engine/attempt.ts';
import { NOTHING_SAID } from '../../../../src/lessons/engine/grader.ts';
import { words, type LessonGoal } from '../../../../src/lessons/engine/lesson.ts';
import { walk } from '../../../../src/lessons/engine/walk.ts';
import { lines } from '../../../../src/lessons/scenarios/world.ts';
import { buildId } from '../../../../src/node/build/build-id.ts';
import { listLessons, loadLesson } from '../../../../src/node/lesson-files.ts';
import { recorded } from './recorded.ts';
import { verifyAnswers } from '../../../../src/node/verify-answers.ts';

const START = lines(
  'wait until 1, 2, 3 serve',
  'new client A servers=1',
  'wait until A is connected',
);
const REST = lines('crash 3', 'wait until 1, 2 serve', 'when A is connected: A: create /after x');

const GOALS: readonly LessonGoal[] = [
  {
    id: 'crash',
    step: TASK,
    test: { test: 'happens', what: { happening: 'does', action: 'crash', server: 'leader' } },
    words: words('Crash the leader', '让 leader 崩溃'),
  },
  {
    id: 'after',
    step: TASK,
    after: ['crash'],
    test: { test: 'reached', what: { fact: 'znode', path: '/after' } },
    words: words('/after is there', '/after 存在'),
  },
];

let exercise: Exercise;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
  exercise = {
    format: EXERCISE_FORMAT,
    version: 1,
    title: 'Write after a crash',
    text: 'Crash who leads, then **write**.',
    start: recorded(START, 0),
    solution: recorded(START + REST, 3_000_000),
    goals: GOALS,
    questions: [],
    par: 2,
  };
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function workOn(one: Exercise): Work {
  const { grade, hash } = regrade(planOf(one), one.solution, NOTHING_SAID);
  expect(grade.solved).toBe(true);
  return {
    task: { kind: 'exercise', id: exerciseId(one), title: one.title },
    record: one.solution,
    sayings: NOTHING_SAID,
    hash,
    shown: false,
    hints: 0,
    madeAt: '2026-11-23T12:00:00.000Z',
  };
}

const fileOf = (work: readonly Work[], build = buildId()): AnswerFile => ({
  format: ANSWERS_FORMAT,
  version: 1,
  name: '=HYPERLINK("x")',
  build,
  work,
});

const knownWith = (exercises: readonly Exercise[]): Known => ({
  build: buildId(),
  exercises,
  lesson: () => Promise.resolve(null),
});

describe('an exercise', () => {
  test('is the same after its file, and without flaws', () => {
    const again = exerciseFromText(exerciseToText(exercise));
    expect(again).toEqual(exercise);
    expect(exerciseId(again)).toBe(exerciseId(exercise));
    expect(flawsOf(exercise)).toEqual([]);
  });

  test('that its author did not solve, that solves itself, or that cannot begin, says so', () => {
    const unsolved = { ...exercise, solution: exercise.start };
    expect(flawsOf(unsolved)).toEqual([{ kind: 'unsolved', goals: ['crash', 'after'] }]);
    const serves = { test: 'reached', what: { fact: 'serves' } } as const;
    const free = { ...exercise, goals: [{ ...GOALS[0], id: 'free', test: serves }] as never };
    expect(flawsOf(free)).toEqual([{ kind: 'free' }]);
    const broken = { ...exercise, solution: recorded(lines('crash 1'), 1_000_000) };
    expect(flawsOf(broken)).toEqual([
      { kind: 'broken', why: 'it does not begin as the lesson does' },
    ]);
  });

  test('of a stranger is read field by field', () => {
    const text = exerciseToText(exercise);
    const changed = (from: string, to: string): (() => unknown) => {
      expect(text).toContain(from);
      return () => exerciseFromText(text.replace(from, to));
    };
    expect(changed('"happening":"does"', '"happening":"eval"')).toThrow('nobody knows');
    expect(changed('"after":["crash"]', '"after":["Crash!"]')).toThrow();
    expect(changed('"par":2', '"par":2,"more":1')).toThrow('too many');
    expect(changed('"par":2', '"par":-1')).toThrow();
  });
});

test('goals are suggested by what took place, each met by the run and not by doing nothing', () => {
  const { goals } = suggest(exercise.start, exercise.solution);
  const said = goals.map((goal) => goal.words.en);
  expect(said).toContain('You do this: crash server 3');
  expect(said).toContain('Server 2 is elected');
  expect(said).toContain('At the end /after is there with the data “x”');
  expect(said).toContain('At most 2 actions');
  expect(new Set(said).size).toBe(said.length);
  const asked = goals.filter(({ test: { test: kind } }) => kind === 'happens');
  expect(flawsOf({ ...exercise, goals: asked })).toEqual([]);
});

describe('answers', () => {
  test('are judged by living the run again', async () => {
    const file = answersFromText(answersToText(fileOf([workOn(exercise)])));
    const [only] = await verify(file, knownWith([exercise]));
    expect(only?.verdict).toMatchObject({ kind: 'solved', par: 2, grade: { actions: 2 } });
  });

  test('that were changed are found out', async () => {
    const work = workOn(exercise);
    const { actions } = work.record;
    const later = actions.map((timed, index) =>
      index === actions.length - 1 ? { ...timed, at: (timed.at + 1000) as Micros } : timed,
    );
    const other = { ...work, record: { ...work.record, actions: later } };
    const shorter = { ...work, record: { ...work.record, actions: actions.slice(0, -1) } };
    const foreign = { ...work, record: recorded(lines('crash 1'), 1_000_000) };
    const kinds = async (one: Work, build?: string): Promise<readonly string[]> =>
      (await verify(fileOf([one], build), knownWith([exercise]))).map((v) => v.verdict.kind);
    expect(await kinds(other)).toEqual(['altered']);
    expect(await kinds(shorter)).toEqual(['altered']);
    expect(await kinds(shorter, 'another')).toEqual(['unsolved']);
    expect(await kinds(foreign, 'another')).toEqual(['refused']);
    const easier = { ...exercise, goals: GOALS.slice(0, 1) };
    expect(await kinds(workOn(easier))).toEqual(['unknown']);
  });

  test('make a table that no spreadsheet runs', async () => {
    const rows = await verify(fileOf([workOn(exercise)]), knownWith([exercise]));
    const csv = toCsv(rows.map((row) => ({ ...row, file: 'a,b.json' })));
    expect(csv.split('\r\n')[1]).toMatch(
      /^"a,b\.json","'=HYPERLINK\(""x""\)",Write after a crash,solved,2,2,2,2,[\d.]+,false,0,false,2026/,
    );
  });
});

test('an assignment is the same after its text', () => {
  const assignment = {
    format: ASSIGNMENT_FORMAT,
    version: 1,
    title: 'Week 3',
    items: [
      { kind: 'lesson', id: 'election/leader-dies', seed: 4 },
      { kind: 'exercise', exercise },
    ],
  } as const;
  expect(assignmentFromText(assignmentToText(assignment))).toEqual(assignment);
});

test('npm run verify: a solved lesson, an exercise, a file that is none', async () => {
  const files = listLessons().find(({ id }) => id === 'election/leader-dies');
  if (files === undefined) throw new Error('the lesson is gone');
  const plan = (await loadLesson(files)).plan(4);
  const [way] = plan.solutions;
  if (way === undefined) throw new Error('it has no solution');
  const { record, sayings } = walk(begin(plan), way);
  const lesson: Work = {
    ...workOn(exercise),
    task: { kind: 'lesson', id: files.id, seed: 4 },
    record,
    sayings,
    hash: regrade(plan, record, sayings).hash,
  };
  const path = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const good = path('good.json', answersToText(fileOf([lesson, workOn(exercise)])));
  const given = path('exercise.json', exerciseToText(exercise));
  const out = join(folder, 'grades.csv');
  const said: string[] = [];
  const print = (line: string): void => void said.push(line);
  expect(await verifyAnswers([good, '--exercise', given, '--out', out], print)).toBe(0);
  expect(said.at(-1)).toBe('2 solved, 0 not, 0 not judged');
  expect(readFileSync(out, 'utf8')).toContain('election/leader-dies #4,solved,5,5');
  const none = path('none.json', '{"format":"something"}');
  expect(await verifyAnswers([good, none], print)).toBe(1);
  expect(said.at(-2)).toMatch(/^none\.json: it is no file of this kind/);
  expect(said.join('\n')).toContain('unknown: give its file with --exercise');
  expect(said.at(-1)).toBe('1 solved, 0 not, 2 not judged');
});
