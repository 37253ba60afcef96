/** The texts of the lessons' pane, which come with it. */
import { lessonEn, type LessonDictionary } from '../../i18n/lesson.en.ts';
import { lessonZhCN } from '../../i18n/lesson.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, LessonDictionary>> = {
  en: lessonEn,
  'zh-CN': lessonZhCN,
};

export function lessonTexts(name: LocaleName): LessonDictionary {
  return dictionaries[name];
}
