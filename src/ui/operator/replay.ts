/** The debrief: what a person did, once more, with everything in sight. */
import type { LessonDesk } from '../lesson/desk.svelte.ts';

/** From where the person's part began. */
export async function replay({ around: { layout, timeline } }: LessonDesk): Promise<void> {
  layout.choose('lesson');
  const { start } = timeline;
  if (start === null) return;
  await timeline.goTo(start);
  await timeline.replay();
}
