/** The texts of the inspector's parts that are loaded when they are first opened. */
import { inspectEn, type InspectDictionary } from '../../i18n/inspect.en.ts';
import { inspectZhCN } from '../../i18n/inspect.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, InspectDictionary>> = {
  en: inspectEn,
  'zh-CN': inspectZhCN,
};

export function inspectTexts(name: LocaleName): InspectDictionary {
  return dictionaries[name];
}
