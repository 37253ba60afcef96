/** The address of a lesson, as the page knows it before anything of the lessons is loaded. */
import type { LessonSurroundings } from './model.ts';

export const LESSON_HASH = '#lesson=';

/** True where the address names a lesson that could be opened. */
export async function openLesson(around: LessonSurroundings, hash: string): Promise<boolean> {
  const { openLessonLink } = await import('./link.ts');
  return openLessonLink(around, hash);
}
