/** The classroom of the page: making, assigning, handing in and verifying, without its dialog. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Micros } from '../../../../src/core/units.ts';
import {
  ANSWERS_FORMAT,
  answersToText,
  type Work,
} from '../../../../src/lessons/classroom/answer-file.ts';
import { ASSIGNMENT_FORMAT } from '../../../../src/lessons/classroom/assignment.ts';
import {
  exerciseFromText,
  exerciseId,
  exerciseToText,
  planOf,
  type Exercise,
} from '../../../../src/lessons/classroom/exercise.ts';
import { regrade } from '../../../../src/lessons/engine/attempt.ts';
import { NOTHING_SAID } from '../../../../src/lessons/engine/grader.ts';
import { lines, stage } from '../../../../src/lessons/scenarios/world.ts';
import type { RunRecord } from '../../../../src/sim/actions.ts';
import { createLocalRun, recordOf } from '../../../../src/sim/local.ts';
import { recordToText } from '../../../../src/sim/run-text.ts';
import { parseScript } from '../../../../src/sim/script-text/parse.ts';
import { runSteps } from '../../../../src/sim/script-text/run.ts';
import {
  keyOfKept,
  type ClassroomStore,
  type KeptInClassroom,
} from '../../../../src/store/classroom-store.ts';
import type { LessonProgress } from '../../../../src/store/progress-store.ts';
import { packText, unpackText } from '../../../../src/ui/bugs/link.ts';
import { Assigner } from '../../../../src/ui/classroom/assigner.svelte.ts';
import { Checker } from '../../../../src/ui/classroom/checker.svelte.ts';
import { courseOf, isEntryDone } from '../../../../src/ui/classroom/course.ts';
import {
  beginningsOf,
  exerciseOfDraft,
  likelyBeginning,
  likelyGoals,
  startAt,
} from '../../../../src/ui/classroom/draft.ts';
import { answersFileName, exerciseFileName } from '../../../../src/ui/classroom/file-names.ts';
import { classroomFormat } from '../../../../src/ui/classroom/formats.ts';
import { ASSIGNMENT_HASH, isOfClassroom } from '../../../../src/ui/classroom/hash.ts';
import { moved } from '../../../../src/ui/classroom/order.ts';
import { piecesOf } from '../../../../src/ui/classroom/pieces.ts';
import { Shelf } from '../../../../src/ui/classroom/shelf.svelte.ts';
import { idOfExercise, lessonOfExercise, taskOf } from '../../../../src/ui/classroom/tasks.ts';
import { titleIn } from '../../../../src/ui/classroom/titles.ts';
import type { ClassroomClient } from '../../../../src/worker/classroom-api.ts';
import { createClassroomHost } from '../../../../src/worker/classroom-host.ts';

const SCRIPT = lines(
  'wait until 1, 2, 3 serve',
  'new client A servers=1',
  'wait until A is connected',
  'A: create /app one',
  'wait 1s',
  'A: set /app two',
);

const HEADING = { en: 'Your task', 'zh-CN': '你的任务' };

const host = createClassroomHost();
const client: ClassroomClient = { ...host, dispose: () => undefined };

let record: RunRecord;
let exercise: Exercise;

beforeAll(async () => {
  const { steps, errors } = parseScript(SCRIPT);
  expect(errors).toEqual([]);
  const run = createLocalRun({ ...stage(3), seed: 7 });
  expect(runSteps(run, steps, { afterwards: 2_000_000 }).failure).toBe(null);
  record = recordOf(run);
  const from = likelyBeginning(beginningsOf(record, null, null), record);
  if (from === null) throw new Error('the run has no beginning');
  const start = startAt(record, from);
  const found = await host.suggest(start, record);
  const goals = found.goals.filter(({ id }) => likelyGoals(found.goals).has(id));
  exercise = exerciseOfDraft({
    title: ' Write twice ',
    text: 'Do it.',
    start,
    solution: record,
    goals,
    questions: [],
    par: 2,
  });
});

/** In memory, as a browser would keep it. */
function memory(kept = new Map<string, KeptInClassroom>()): ClassroomStore {
  return {
    list: () => Promise.resolve([...kept.values()]),
    put: (one) => {
      kept.set(keyOfKept(one), one);
      return Promise.resolve();
    },
    remove: (key) => {
      kept.delete(key);
      return Promise.resolve();
    },
    clear: () => {
      kept.clear();
      return Promise.resolve();
    },
    close: () => undefined,
  };
}

const file = (name: string, text: string) => ({ name, text: () => Promise.resolve(text) });

async function workOf(run: RunRecord, hash?: string): Promise<Work> {
  return {
    task: { kind: 'exercise', id: exerciseId(exercise), title: exercise.title },
    record: run,
    sayings: NOTHING_SAID,
    hash: hash ?? (await host.hashOf(run)),
    shown: false,
    hints: 1,
    madeAt: '2026-01-01T00:00:00.000Z',
  };
}

function answers(work: readonly Work[]): string {
  return answersToText({ format: ANSWERS_FORMAT, version: 1, name: 'Ada', build: 'unbuilt', work });
}

describe('making an exercise', () => {
  test('it begins before the first thing that the person did', () => {
    const beginnings = beginningsOf(record, null, null);
    expect(beginnings).toHaveLength(record.actions.length);
    const likely = likelyBeginning(beginnings, record);
    expect(likely?.actions).toBe(1);
    expect(likely?.at).toBe(record.actions[1]?.at);
  });

  test('it begins where a person said so, unless nothing is behind that', () => {
    const [, , second] = record.actions;
    const mark = { actions: 2, at: second?.at ?? (0 as Micros) };
    expect(likelyBeginning(beginningsOf(record, mark, null), record)?.kind).toBe('mark');
    const end = { actions: record.actions.length, at: record.until };
    expect(beginningsOf(record, end, null).map(({ kind }) => kind)).not.toContain('mark');
  });

  test('what is likely meant is what the znodes come to, and it is sound', async () => {
    expect(exercise.title).toBe('Write twice');
    expect(exercise.goals.map(({ words }) => words.en)).toEqual([
      'At the end /app is there with the data “two”',
      'No property of ZooKeeper is broken',
    ]);
    expect(await host.flawsOf(exercise)).toEqual([]);
  });

  test('an exercise that is solved by doing nothing is flawed', async () => {
    const goals = exercise.goals.filter(({ test: { test } }) => test === 'safe');
    expect(await host.flawsOf({ ...exercise, goals })).toEqual([{ kind: 'free' }]);
  });

  test('it is a lesson of one step, and goes through a link unharmed', () => {
    const lesson = lessonOfExercise(exercise, HEADING);
    expect(lesson.id).toBe(`exercise/${exerciseId(exercise)}`);
    expect(lesson.texts?.['zh-CN'].steps).toEqual([
      { id: 'task', title: '你的任务', body: 'Do it.' },
    ]);
    const read = unpackText(packText(exerciseToText(exercise)), exerciseFromText);
    expect(idOfExercise(read)).toBe(lesson.id);
  });
});

describe('an assignment', () => {
  test('entries are moved within it, and come back where they were removed', () => {
    const assigner = new Assigner();
    for (const id of ['a/a', 'b/b', 'c/c']) assigner.add({ kind: 'lesson', id, seed: null });
    const ids = (): readonly string[] =>
      assigner.entries.map(({ item }) => (item.kind === 'lesson' ? item.id : ''));
    const [first, second] = assigner.entries.map(({ key }) => key);
    expect(assigner.move(first ?? 0, -1)).toBe(null);
    expect(assigner.move(first ?? 0, 1)).toBe(1);
    expect(ids()).toEqual(['b/b', 'a/a', 'c/c']);
    const undo = assigner.remove(first ?? 0);
    expect(ids()).toEqual(['b/b', 'c/c']);
    undo();
    expect(ids()).toEqual(['b/b', 'a/a', 'c/c']);
    assigner.setSeed(second ?? 0, 4);
    expect(assigner.assignment.items[0]).toEqual({ kind: 'lesson', id: 'b/b', seed: 4 });
  });

  test('what cannot be moved stays the same list', () => {
    const list = ['a', 'b'];
    expect(moved(list, 1, 2)).toBe(list);
    expect(moved(list, 5, 0)).toBe(list);
    expect(moved(list, 1, 0)).toEqual(['b', 'a']);
  });

  test('a fixed variant is done only when that one is', async () => {
    const course = await courseOf({
      format: ASSIGNMENT_FORMAT,
      version: 1,
      title: 'Week 3',
      items: [
        { kind: 'lesson', id: 'election/votes', seed: 4 },
        { kind: 'lesson', id: 'election/votes', seed: null },
        { kind: 'exercise', exercise },
      ],
    });
    expect(course.hash?.startsWith(ASSIGNMENT_HASH)).toBe(true);
    expect(course.entries[2]?.title).toBe('Write twice');
    const progress = { ...NOTHING_DONE, solved: [2] };
    expect(course.entries.map((entry) => isEntryDone(entry, progress))).toEqual([
      false,
      true,
      false,
    ]);
  });
});

const NOTHING_DONE: LessonProgress = {
  version: 1,
  id: 'a/a',
  changedAt: 5,
  solved: [],
  best: null,
  shown: false,
  attempt: null,
};

describe('handing in', () => {
  test('of two ways the shorter is kept, and survives the page', async () => {
    const kept = new Map<string, KeptInClassroom>();
    const shelf = new Shelf(memory(kept), () => 9);
    await shelf.loaded;
    const lesson = lessonOfExercise(exercise, HEADING);
    const done = { record, sayings: NOTHING_SAID, shown: false };
    shelf.noteSolved(lesson, done, 2, 0);
    shelf.noteSolved(lesson, done, 5, 0);
    shelf.keepExercise(exercise);
    const next = new Shelf(memory(kept));
    await next.loaded;
    expect(next.works.map(({ actions, madeAt }) => [actions, madeAt])).toEqual([[2, 9]]);
    expect(next.exercise(lesson.id)?.title).toBe('Write twice');
  });

  test('an exercise is deleted, what was solved of it stays, and it comes back to its place', async () => {
    const kept = new Map<string, KeptInClassroom>();
    let now = 0;
    const shelf = new Shelf(memory(kept), () => ++now);
    await shelf.loaded;
    for (const title of ['a', 'b', 'c']) shelf.keepExercise({ ...exercise, title });
    const titles = (): readonly string[] => shelf.exercises.map(({ title }) => title);
    expect(titles()).toEqual(['c', 'b', 'a']);
    const id = idOfExercise({ ...exercise, title: 'b' });
    const lesson = { ...lessonOfExercise(exercise, HEADING), id };
    shelf.noteSolved(lesson, { record, sayings: NOTHING_SAID, shown: false }, 2, 0);
    const undo = shelf.removeExercise(id);
    expect(titles()).toEqual(['c', 'a']);
    expect([...kept.keys()]).not.toContain(id);
    expect(shelf.works.map((work) => work.id)).toEqual([id]);
    expect(titleIn(new Map(), shelf.exercises, id, 'deleted')).toBe('deleted');
    undo();
    expect(titles()).toEqual(['c', 'b', 'a']);
    expect([...kept.keys()]).toContain(id);
    expect(titleIn(new Map(), shelf.exercises, id, 'deleted')).toBe('b');
  });

  test('what was solved stands for what was begun once more', () => {
    const run = recordToText(record);
    const attempt = { seed: 2, step: 0, actions: 7, run, sayings: '{}', shown: false };
    const work = { version: 1, kind: 'work', sayings: '{}', shown: false, hints: 0 } as const;
    const works = [{ ...work, id: 'a/a', seed: 2, actions: 3, run, madeAt: 1 }];
    const book = new Map([
      ['a/a', { ...NOTHING_DONE, attempt }],
      ['b/b', { ...NOTHING_DONE, id: 'b/b', attempt }],
      ['c/c', { ...NOTHING_DONE, id: 'c/c' }],
    ]);
    expect(piecesOf(works, book).map(({ id, solved, actions }) => [id, solved, actions])).toEqual([
      ['b/b', false, 7],
      ['a/a', true, 3],
    ]);
  });

  test('the hash of a run is the one that it is graded with', async () => {
    const { hash } = regrade(planOf(exercise), record, NOTHING_SAID);
    expect(await host.hashOf(record)).toBe(hash);
  });

  test('tasks and files are named', () => {
    expect(taskOf('a/a', 3, 'A')).toEqual({ kind: 'lesson', id: 'a/a', seed: 3 });
    const id = exerciseId(exercise);
    expect(taskOf(`exercise/${id}`, 1, 'A')).toEqual({ kind: 'exercise', id, title: 'A' });
    expect(answersFileName(' Ada / Lovelace ')).toBe('Ada-Lovelace.zkanswers.json');
    expect(exerciseFileName('??')).toBe('exercise.zkexercise.json');
  });
});

describe('verifying', () => {
  const emptyShelf = (): Shelf => new Shelf(memory());

  test('what is solved is, and what was changed is altered', async () => {
    const checker = new Checker(emptyShelf(), () => Promise.resolve(client));
    const { hash } = await workOf(record);
    const tampered = { ...record, until: (record.until + 1_000_000) as Micros };
    await checker.take([
      file('ada.json', answers([await workOf(record), await workOf(tampered, hash)])),
      file('exercise.json', exerciseToText(exercise)),
    ]);
    expect(checker.rows.map(({ file: name, verdict }) => [name, verdict.kind])).toEqual([
      ['ada.json', 'solved'],
      ['ada.json', 'altered'],
    ]);
    expect(checker.files.map(({ state }) => state.kind)).toEqual(['verified', 'given']);
    expect(checker.busy).toBe(false);
  });

  test('a task that nobody knows is judged when its exercise comes', async () => {
    const checker = new Checker(emptyShelf(), () => Promise.resolve(client));
    await checker.take([file('ada.json', answers([await workOf(record)]))]);
    expect(checker.rows.map(({ verdict }) => verdict.kind)).toEqual(['unknown']);
    await checker.take([file('exercise.json', exerciseToText(exercise))]);
    expect(checker.rows.map(({ verdict }) => verdict.kind)).toEqual(['solved']);
  });

  test('a file that does not read says why, and the others are verified', async () => {
    const checker = new Checker(emptyShelf(), () => Promise.resolve(client));
    await checker.take([
      file('picture.json', 'not JSON'),
      file('broken.json', JSON.stringify({ format: ANSWERS_FORMAT, version: 1, name: 'Eve' })),
      file('bob.json', answers([])),
    ]);
    const states = checker.files.map(({ state }) => state);
    expect(states.map(({ kind }) => kind)).toEqual(['notThat', 'unreadable', 'verified']);
    expect(states[1]).toMatchObject({ why: expect.stringContaining('build') as string });
  });

  test('what was cleared comes back', async () => {
    const checker = new Checker(emptyShelf(), () => Promise.resolve(client));
    await checker.take([file('bob.json', answers([]))]);
    const before = checker.clear();
    expect(checker.files).toEqual([]);
    checker.restore(before);
    expect(checker.files.map(({ name }) => name)).toEqual(['bob.json']);
  });

  test('files are told by what they say of themselves', () => {
    expect(classroomFormat(exerciseToText(exercise))).toBe('exercise');
    expect(classroomFormat(answers([]))).toBe('answers');
    expect(classroomFormat('{"format":"zookeeper-playground/run"}')).toBe(null);
    expect(isOfClassroom(exerciseToText(exercise))).toBe(true);
    expect(isOfClassroom(answers([]))).toBe(false);
  });
});
