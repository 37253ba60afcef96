/** A lesson's run, as the page names it while it stands in the place of the own ensemble. */
import type { OpenedRun } from '../bugs/hunter.svelte.ts';
import { operatorTexts } from '../operator/texts.ts';
import type { LocaleName } from '../state/locale.svelte.ts';
import { loadTexts } from './catalogue.ts';
import type { OpenLesson } from './model.ts';
import { lessonTexts } from './texts.ts';

export async function openedLesson(lesson: OpenLesson): Promise<OpenedRun> {
  return {
    source: 'lesson',
    record: null,
    exhibit: null,
    found: null,
    settles: false,
    unsettled: null,
    titles: { en: await titleIn('en', lesson), 'zh-CN': await titleIn('zh-CN', lesson) },
  };
}

async function titleIn(name: LocaleName, { id, texts, incident }: OpenLesson): Promise<string> {
  if (incident !== undefined) return operatorTexts(name).incident.title;
  const text = texts?.[name] ?? (await loadTexts(name)).get(id);
  return lessonTexts(name).banner(text?.title ?? id);
}
