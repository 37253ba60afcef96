/** The texts of the code pane, which come with it. */
import { codeEn, type CodeDictionary } from '../../i18n/code.en.ts';
import { codeZhCN } from '../../i18n/code.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, CodeDictionary>> = {
  en: codeEn,
  'zh-CN': codeZhCN,
};

export function codeTexts(name: LocaleName): CodeDictionary {
  return dictionaries[name];
}
