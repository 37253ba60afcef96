/** The texts of the histories, which come with them. */
import { historiesEn, type HistoriesDictionary } from '../../i18n/histories.en.ts';
import { historiesZhCN } from '../../i18n/histories.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, HistoriesDictionary>> = {
  en: historiesEn,
  'zh-CN': historiesZhCN,
};

export function historiesTexts(name: LocaleName): HistoriesDictionary {
  return dictionaries[name];
}
