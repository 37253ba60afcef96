/** What every lesson must keep: its text, its goals, and the ways through it. */
import { expect } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessId } from '../../../src/core/units.ts';
import { CHAPTERS } from '../../../src/lessons/curriculum/chapters.ts';
import { GLOSSARY } from '../../../src/lessons/glossary.ts';
import { begin } from '../../../src/lessons/engine/attempt.ts';
import type { Lesson, LessonPlan, Words } from '../../../src/lessons/engine/lesson.ts';
import type { LessonText } from '../../../src/lessons/engine/lesson-text.ts';
import { isAllowed, type LessonTool } from '../../../src/lessons/engine/tools.ts';
import { walk } from '../../../src/lessons/engine/walk.ts';
import type { LessonFiles } from '../../../src/node/lesson-files.ts';
import type { Action } from '../../../src/sim/actions.ts';

/** Twenty, unless `SEEDS` says otherwise: while a lesson is being written, three will do. */
export const SEEDS = Array.from(
  { length: Number(process.env['SEEDS'] ?? '20') },
  (_, index) => index + 1,
);

const WORDS_MAX = 250;
/** Of Chinese text: as long to read. */
const CHARACTERS_MAX = 500;

export function checkText(files: LessonFiles, all: readonly string[], plan: LessonPlan): void {
  const { en, 'zh-CN': zh } = files.texts;
  expect(CHAPTERS.map(({ id }) => id)).toContain(files.id.split('/')[0]);
  expect(zh.steps.map(({ id }) => id)).toEqual(en.steps.map(({ id }) => id));
  expect({ ...shapeOf(zh) }).toEqual({ ...shapeOf(en) });
  for (const id of en.needs) expect(all).toContain(id);
  for (const { body, id } of sectionsOf(en)) {
    expect([id, body.split(/\s+/).length <= WORDS_MAX]).toEqual([id, true]);
    checkReading(body, id);
  }
  for (const { body, id } of sectionsOf(zh)) {
    expect([id, /[一-鿿]/.test(body)]).toEqual([id, true]);
    expect([id, body.replace(/\s/g, '').length <= CHARACTERS_MAX * 1.6]).toEqual([id, true]);
  }
  for (const text of [en, zh]) {
    for (const { body } of text.steps) {
      const kept = linesIn(body).filter((line) => !isAllowed(text.tools, typed(line)));
      expect(kept, 'lines that the text puts into the console').toEqual([]);
    }
    for (const { body, id } of sectionsOf(text)) {
      const unknown = termsIn(body).filter((term) => !Object.hasOwn(GLOSSARY, term));
      expect({ section: id, unknown }).toEqual({ section: id, unknown: [] });
    }
  }
  checkMinutes(files.id, en, plan);
  const steps = en.steps.map(({ id }) => id);
  for (const { step } of [...plan.goals, ...plan.questions, ...plan.hints]) {
    expect(steps).toContain(step);
  }
  for (const { en: english, 'zh-CN': chinese } of wordsOf(plan)) {
    expect(english.trim()).not.toBe('');
    expect(chinese.trim()).not.toBe('');
    expect(chinese).not.toBe(english);
  }
}

/** Words read in a minute, and seconds for an action and for a prediction, of who is in no hurry. */
const PACE = { words: 200, action: 10, prediction: 15 };

/** Where one has to find out by oneself: nobody knows how long that takes. */
const SEARCHING = ['drills', 'bug-hunt', 'boss'];

/** The head promises neither less time than it takes to read and do, nor much more. */
function checkMinutes(id: string, text: LessonText, plan: LessonPlan): void {
  const read = sectionsOf({ ...text, notes: null });
  const words = read.flatMap(({ body }) => body.trim().split(/\s+/)).length;
  const seconds = plan.par * PACE.action + plan.questions.length * PACE.prediction;
  const needed = words / PACE.words + seconds / 60;
  expect(text.minutes, `${id} takes ${needed.toFixed(1)} minutes`).toBeGreaterThanOrEqual(needed);
  if (SEARCHING.includes(id.split('/')[0] ?? '')) return;
  expect(text.minutes, `${id} takes ${needed.toFixed(1)} minutes`).toBeLessThan(needed + 1.5);
}

/** Words of a sentence: of the longest, and of a section's on average. */
const SENTENCE_MAX = 40;
const SENTENCE_MEAN = 17;

/** How many words each sentence has; a piece of code is one word. */
function sentenceLengths(body: string): readonly number[] {
  const plain = body
    .replace(/```[^]*?```/g, '')
    .replace(/`[^`]*`/g, 'x')
    .replace(/^\|.*$/gm, '');
  return plain
    .split(/\n\s*\n|\n(?=[-*\d])|(?<=[.!?:;])\s+/)
    .filter((sentence) => /\w/.test(sentence))
    .map((sentence) => sentence.trim().split(/\s+/).length);
}

function checkReading(body: string, id: string): void {
  const lengths = sentenceLengths(body);
  if (lengths.length === 0) return;
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  expect(Math.max(...lengths), `the longest sentence of ${id}`).toBeLessThanOrEqual(SENTENCE_MAX);
  expect(mean, `words in a sentence of ${id}`).toBeLessThanOrEqual(SENTENCE_MEAN);
}

/** Ids that `[[id]]` and `[[id|as it reads]]` link to. */
const termsIn = (body: string): readonly string[] =>
  [...body.matchAll(/\[\[([^\]|]*)(?:\|[^\]]*)?\]\]/g)].map(([, id = '']) => id);

/** Lines that a click puts into the console. */
const linesIn = (body: string): readonly string[] =>
  [...body.matchAll(/`zk> ([^`]*)`/g)].map(([, line = '']) => line);

const typed = (line: string): Action => ({ kind: 'line', process: 1001 as ProcessId, line });

const shapeOf = ({
  needs,
  tools,
  level,
  minutes,
  sources,
  debrief,
  notes,
}: LessonText): object => ({
  needs,
  tools,
  level,
  minutes,
  sources,
  debrief: debrief !== null,
  notes: notes !== null,
});

const sectionsOf = ({ steps, debrief, notes }: LessonText): LessonText['steps'] =>
  [...steps, debrief, notes].filter((one) => one !== null);

function wordsOf({ goals, hints, questions, diagnosis, solutions, nearMisses }: LessonPlan) {
  const unchecked = goals.flatMap((goal) => (goal.unchecked === undefined ? [] : [goal.unchecked]));
  const all: readonly Words[] = [
    ...goals.map((goal) => goal.words),
    ...unchecked,
    ...hints.map((hint) => hint.words),
    ...questions.map(({ ask }) => ask),
    ...(diagnosis?.causes ?? []).map((cause) => cause.words),
    ...[...solutions, ...nearMisses].map(({ name }) => name),
  ];
  return all;
}

/**
 * Every way is accepted, and takes no tool but the lesson's; every near miss is not: because of the
 * goal that it names. It may break out.
 */
export function checkWays(lesson: Lesson, tools: readonly LessonTool[], seed: number): void {
  const plan = lesson.plan(seed);
  const begun = begin(structuredClone(plan));
  for (const way of plan.solutions) {
    const { grade, actions } = walk(begun, way);
    const outside = actions.map(({ action }) => action).filter((one) => !isAllowed(tools, one));
    expect({ way: way.name.en, outside }).toEqual({ way: way.name.en, outside: [] });
    const open = grade.goals.filter(({ state }) => state !== 'met').map(({ id }) => id);
    expect({ way: way.name.en, open, solved: grade.solved }).toEqual({
      way: way.name.en,
      open: [],
      solved: true,
    });
  }
  for (const way of plan.nearMisses) {
    const { grade } = walk(begun, way);
    const missed = grade.goals.filter(({ state }) => state !== 'met').map(({ id }) => id);
    expect({ way: way.name.en, solved: grade.solved }).toEqual({
      way: way.name.en,
      solved: false,
    });
    expect(missed).toContain(way.misses);
  }
}

/** A lesson that is graded has two ways that are right, and three that are nearly so. */
export function checkPlan(plan: LessonPlan): void {
  const ids = plan.goals.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  if (plan.goals.length === 0) return;
  expect(plan.solutions.length).toBeGreaterThanOrEqual(2);
  expect(plan.nearMisses.length).toBeGreaterThanOrEqual(3);
  expect(plan.par).toBeGreaterThan(0);
  for (const { after = [] } of [...plan.goals, ...plan.questions]) {
    for (const id of after) expect(ids).toContain(id);
  }
  for (const { misses } of plan.nearMisses) expect(ids).toContain(misses);
}

/** All text of a lesson, for what is forbidden in it. */
export function sourceOf({ folder }: LessonFiles): string {
  return ['index.en.md', 'index.zh-CN.md', 'scenario.ts']
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
