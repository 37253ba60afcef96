/** Scripts that come from elsewhere become the person's own, to be read and changed. */
import type { RunRecord } from '../../sim/actions.ts';
import type { Hunter } from '../bugs/hunter.svelte.ts';
import { revealPane } from '../parts/reveal.ts';
import type { LocaleName } from '../state/locale.svelte.ts';
import type { Timeline } from '../state/timeline.svelte.ts';

/** A recorded run. What it takes is loaded when somebody asks. */
export async function openAsScript(
  hunter: Hunter,
  timeline: Timeline,
  locale: LocaleName,
  { actions }: RunRecord,
): Promise<void> {
  const { printActions } = await import('../../sim/script-text/print.ts');
  await showScript(hunter, timeline, locale, printActions(actions));
}

/** A notice brings back what stood there. */
export async function showScript(
  hunter: Hunter,
  timeline: Timeline,
  locale: LocaleName,
  text: string,
): Promise<void> {
  const [{ deskOf }, { scriptTexts }] = await Promise.all([
    import('./desk.svelte.ts'),
    import('./texts.ts'),
  ]);
  const desk = deskOf(hunter, timeline);
  const had = desk.text.trim() !== '';
  const back = desk.replace(text);
  const t = scriptTexts(locale);
  if (had) hunter.playground.notify('info', t.replaced, { label: t.undo, run: back });
  revealPane('script');
}
