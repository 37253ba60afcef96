/** The texts of sharing, which come with it: most visits never need them. */
import { shareEn, type ShareDictionary } from '../../i18n/share.en.ts';
import { shareZhCN } from '../../i18n/share.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, ShareDictionary>> = {
  en: shareEn,
  'zh-CN': shareZhCN,
};

export function shareTexts(name: LocaleName): ShareDictionary {
  return dictionaries[name];
}
