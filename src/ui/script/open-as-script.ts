/** A recorded run as a script of one's own, to be read and changed. */
import type { RunRecord } from '../../sim/actions.ts';
import type { Hunter } from '../bugs/hunter.svelte.ts';
import { revealPane } from '../parts/reveal.ts';
import type { LocaleName } from '../state/locale.svelte.ts';
import type { Timeline } from '../state/timeline.svelte.ts';

/** What it takes is loaded when somebody asks. */
export async function openAsScript(
  hunter: Hunter,
  timeline: Timeline,
  locale: LocaleName,
  { actions }: RunRecord,
): Promise<void> {
  const [{ printActions }, { deskOf }, { scriptTexts }] = await Promise.all([
    import('../../sim/script-text/print.ts'),
    import('./desk.svelte.ts'),
    import('./texts.ts'),
  ]);
  const desk = deskOf(hunter, timeline);
  const had = desk.text.trim() !== '';
  const back = desk.replace(printActions(actions));
  const t = scriptTexts(locale);
  if (had) hunter.playground.notify('info', t.replaced, { label: t.undo, run: back });
  revealPane('script');
}
