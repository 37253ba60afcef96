/** What was solved is kept, to be handed in where somebody wants that. */
import type { LessonDesk } from './desk.svelte.ts';
import type { Done } from './model.ts';

/** @param done null where nothing was graded yet. */
export async function keepSolved(
  desk: LessonDesk,
  done: Done | null,
  actions: number,
): Promise<void> {
  const { lesson, book } = desk;
  if (lesson === null || done === null) return;
  const hints = Object.values(desk.hints).reduce((sum, count) => sum + count, 0);
  const shown = book.of(lesson.id)?.shown === true;
  const { shelfOfPage } = await import('../classroom/shelf.svelte.ts');
  shelfOfPage().noteSolved(lesson, { ...done, shown }, actions, hints);
}
