/** The texts of the timeline, which come with it. */
import { timelineEn, type TimelineDictionary } from '../../i18n/timeline.en.ts';
import { timelineZhCN } from '../../i18n/timeline.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, TimelineDictionary>> = {
  en: timelineEn,
  'zh-CN': timelineZhCN,
};

export function timelineTexts(name: LocaleName): TimelineDictionary {
  return dictionaries[name];
}
