/** The tests of some chapters; in files of their own, so that they run side by side. */
import { describe, test } from 'vitest';
import { listLessons, loadLesson } from '../../../src/node/lesson-files.ts';
import { checkPlan, checkText, checkWays, SEEDS } from './curriculum-stage.ts';

/** Milliseconds: a busy machine lives through a long drill in some seconds. */
const PATIENCE = 60_000;

const only = process.env['CHAPTER'] ?? '';

/** @param from the number of the first chapter, @param to of the last. */
export function testChapters(from: number, to: number): void {
  const all = listLessons();
  const mine = all.filter(({ id, folder }) => {
    const chapter = Number(/curriculum\/(\d+)-/.exec(folder.replaceAll('\\', '/'))?.[1]);
    return chapter >= from && chapter <= to && id.startsWith(only);
  });
  for (const files of mine) {
    describe(files.id, () => {
      test('reads in both languages', { timeout: PATIENCE }, async () => {
        const lesson = await loadLesson(files);
        const ids = all.map(({ id }) => id);
        for (const seed of SEEDS) {
          const plan = lesson.plan(seed);
          checkPlan(plan);
          if (seed === 1) checkText(files, ids, plan);
        }
      });

      test.each(SEEDS)('is graded as it says, seed %i', { timeout: PATIENCE }, async (seed) => {
        checkWays(await loadLesson(files), files.texts.en.tools, seed);
      });
    });
  }
}
