/** The texts of the hunt, which come with it: most visits never need them. */
import { huntEn, type HuntDictionary } from '../../i18n/hunt.en.ts';
import { huntZhCN } from '../../i18n/hunt.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, HuntDictionary>> = {
  en: huntEn,
  'zh-CN': huntZhCN,
};

export function huntTexts(name: LocaleName): HuntDictionary {
  return dictionaries[name];
}
