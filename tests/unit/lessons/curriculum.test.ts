/**
 * Lessons of some chapters: their texts in both languages, and every way through them for twenty
 * seeds. A part of them: `CHAPTER=election/votes SEEDS=3 npx vitest run --project node …`.
 */
import { expect, test } from 'vitest';
import { CHAPTERS } from '../../../src/lessons/curriculum/chapters.ts';
import { listLessons } from '../../../src/node/lesson-files.ts';
import { testChapters } from './curriculum-chapters.ts';

test('there are at least 48 lessons, in chapters that are known, no two with one id', () => {
  const all = listLessons();
  expect(all.length).toBeGreaterThanOrEqual(48);
  const chapters = CHAPTERS.map(({ id }) => id);
  for (const { id } of all) expect(chapters).toContain(id.split('/')[0]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

testChapters(1, 9);
