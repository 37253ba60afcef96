/**
 * Every lesson of the curriculum: its text in both languages, and every way through it for twenty
 * seeds. A part of them: `CHAPTER=election/votes SEEDS=3 npx vitest run --project node …`.
 */
import { describe, expect, test } from 'vitest';
import { listLessons, loadLesson } from '../../../src/node/lesson-files.ts';
import { checkPlan, checkText, checkWays, SEEDS } from './curriculum-stage.ts';

const all = listLessons();
const only = process.env['CHAPTER'] ?? '';

test('there are lessons', () => {
  expect(all.length).toBeGreaterThan(0);
});

for (const files of all.filter(({ id }) => id.startsWith(only))) {
  describe(files.id, () => {
    test('reads in both languages', async () => {
      const lesson = await loadLesson(files);
      const ids = all.map(({ id }) => id);
      for (const seed of SEEDS) {
        const plan = lesson.plan(seed);
        checkPlan(plan);
        if (seed === 1) checkText(files, ids, plan);
      }
    });

    test.each(SEEDS)('is graded as it says, seed %i', async (seed) => {
      checkWays(await loadLesson(files), seed);
    });
  });
}
