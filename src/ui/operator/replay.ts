/** The debrief: what happened, once more, with everything in sight. */
import type { LessonDesk } from '../lesson/desk.svelte.ts';

/** From an empty ensemble on: what caused the trouble lies before the person's part. */
export async function replay(desk: LessonDesk): Promise<void> {
  const { layout } = desk.around;
  if (layout.preset !== 'present') layout.choose('lesson');
  await desk.watchAgain();
}
