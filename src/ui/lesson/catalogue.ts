/**
 * The lessons that there are: a folder is a lesson. Texts come in one piece for each language;
 * where a lesson begins and what it asks for comes when it is opened.
 */
import { CHAPTERS, type Chapter } from '../../lessons/curriculum/chapters.ts';
import type { Lesson } from '../../lessons/engine/lesson.ts';
import { lessonIdOf } from '../../lessons/engine/lesson-id.ts';
import type { LessonText } from '../../lessons/engine/lesson-text.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

/** By the lesson's id, in the order of the curriculum. */
export type LessonTexts = ReadonlyMap<string, LessonText>;

const plans = import.meta.glob<Lesson>('../../lessons/curriculum/*/*/scenario.ts', {
  import: 'default',
});

const folderOf = (path: string): string => path.split('/').slice(-3, -1).join('/');

/** In the order of the curriculum. */
export const LESSON_IDS: readonly string[] = Object.keys(plans)
  .map(folderOf)
  .sort()
  .map(lessonIdOf);

export async function loadLesson(id: string): Promise<Lesson | null> {
  const path = Object.keys(plans).find((one) => lessonIdOf(folderOf(one)) === id);
  return (path === undefined ? undefined : await plans[path]?.()) ?? null;
}

export function loadTexts(locale: LocaleName): Promise<LessonTexts> {
  return locale === 'en'
    ? import('./texts-of-lessons.en.ts').then(({ lessonsEn }) => lessonsEn)
    : import('./texts-of-lessons.zh-CN.ts').then(({ lessonsZhCN }) => lessonsZhCN);
}

export interface ChapterOfLessons {
  readonly chapter: Chapter;
  readonly ids: readonly string[];
}

/** Chapters that have no lesson are left out; a lesson of no chapter is in none. */
export function chaptersOf(ids: readonly string[]): readonly ChapterOfLessons[] {
  return CHAPTERS.map((chapter) => ({
    chapter,
    ids: ids.filter((id) => id.startsWith(`${chapter.id}/`)),
  })).filter((one) => one.ids.length > 0);
}

/** The lesson behind this one; null behind the last. */
export function nextOf(id: string, ids: readonly string[]): string | null {
  const at = ids.indexOf(id);
  return at === -1 ? null : (ids[at + 1] ?? null);
}
