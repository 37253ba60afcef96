/** Code of a lesson's text goes where it runs. The panes that it takes are loaded when one asks. */
import { revealPane } from '../parts/reveal.ts';
import type { LessonDesk } from './desk.svelte.ts';

/** Into the Code pane, named after the lesson; one that is there already is chosen. */
export async function putProgram(
  { playground, around, text }: LessonDesk,
  code: string,
): Promise<void> {
  const { workshopOf } = await import('../code/workshop.svelte.ts');
  const workshop = workshopOf(playground, around.locale.name);
  const known = workshop.programs.find((program) => program.text === code);
  if (known !== undefined) workshop.chosenId = known.id;
  else workshop.add({ name: text?.title ?? '', text: code, copies: 1, sample: null });
  revealPane('code');
}

/** Into the Script pane; a notice brings back what stood there. */
export async function putScript({ around }: LessonDesk, script: string): Promise<void> {
  const { showScript } = await import('../script/open-as-script.ts');
  await showScript(around.hunter, around.timeline, around.locale.name, script);
}
