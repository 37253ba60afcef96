/** Goals that were met or failed, told to who does not see the lesson. */
import type { Grade } from '../../lessons/engine/grader.ts';
import type { LessonDesk } from './desk.svelte.ts';
import type { GoalNews } from './model.ts';
import { lessonTexts } from './texts.ts';

/** Goals that were met or missed since the grade before. */
export function newsOf(before: Grade, { goals }: Grade): readonly GoalNews[] {
  const was = new Map(before.goals.map(({ id, state }) => [id, state]));
  return goals.flatMap(({ id, state }) =>
    (state === 'met' || state === 'failed') && was.get(id) !== state ? [{ id, state }] : [],
  );
}

export function tellNews({ around, plan, playground }: LessonDesk, all: readonly GoalNews[]): void {
  const { layout, locale } = around;
  if (layout.isSeen('lesson')) return;
  const t = lessonTexts(locale.name);
  for (const { id, state } of all) {
    const goal = plan?.goals.find((one) => one.id === id);
    if (goal === undefined) continue;
    const remedy = { label: t.look, run: () => layout.reveal('lesson') };
    playground.notify('info', t.news[state](goal.words[locale.name]), remedy);
  }
}
