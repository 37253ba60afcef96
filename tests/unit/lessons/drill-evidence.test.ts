/** The evidence of every drill: the lines that it names can be read where it says, and only there. */
import { describe, expect, test } from 'vitest';
import { begin, type Begun } from '../../../src/lessons/engine/attempt.ts';
import { citeAll, countProofs, isInRun, linesOf } from '../../../src/lessons/engine/evidence.ts';
import type { Cited, Diagnosis } from '../../../src/lessons/engine/lesson.ts';
import { listLessons, loadLesson, type LessonFiles } from '../../../src/node/lesson-files.ts';

const DRILLS = listLessons().filter(({ id }) => id.startsWith('drills/'));
/** Enough for every variant of the causes. */
const SEEDS = [1, 2, 3, 4];
const PATIENCE = 60_000;

interface Begins extends Begun {
  readonly diagnosis: Diagnosis;
  readonly cited: readonly Cited[];
}

async function beginsOf(files: LessonFiles): Promise<readonly Begins[]> {
  const lesson = await loadLesson(files);
  return SEEDS.map((seed) => {
    const begun = begin(lesson.plan(seed));
    const { diagnosis } = begun.plan;
    if (diagnosis === null) throw new Error('a drill has a diagnosis');
    return { ...begun, diagnosis, cited: citeAll(begun.run, diagnosis) };
  });
}

test('there are drills to look at', () => {
  expect(DRILLS.length).toBeGreaterThanOrEqual(15);
});

describe.each(DRILLS)('$id', (files) => {
  test('every line that it names is there', { timeout: PATIENCE }, async () => {
    const begins = await beginsOf(files);
    for (const { run, plan, diagnosis, cited } of begins) {
      const goal = plan.goals.find((one) => one.test.test === 'diagnosed')?.test;
      if (goal?.test !== 'diagnosed') throw new Error('a drill asks for the cause');
      expect(countProofs(diagnosis, cited)).toBeGreaterThanOrEqual(goal.evidence);
      for (const one of cited) {
        expect(linesOf(run, one.process, one.source, one.word)).toContain(one.text);
      }
    }
    // One that belongs to another variant need not be in each, but in some it is.
    const dead = begins
      .flatMap(({ diagnosis }) => diagnosis.proofs)
      .filter((proof) =>
        begins.every(({ run, diagnosis }) => {
          return citeAll(run, { ...diagnosis, proofs: [proof] }).length === 0;
        }),
      );
    expect(dead).toEqual([]);
  });

  test('a line that is made up, or was read elsewhere, counts for nothing', async () => {
    for (const { run, diagnosis, cited } of await beginsOf(files)) {
      for (const one of cited) {
        expect(isInRun(run, { ...one, text: `${one.text} at all` })).toBe(false);
        const source = one.source === 'disk' ? 'log' : 'disk';
        expect(isInRun(run, { ...one, source })).toBe(false);
        expect(countProofs(diagnosis, [{ ...one, source }])).toBe(0);
        expect(isInRun(run, { ...one, process: 99 })).toBe(false);
      }
    }
  });
});
