/** The texts of the palette and the tour, which come with them. */
import { shellEn, type ShellDictionary } from '../../i18n/shell.en.ts';
import { shellZhCN } from '../../i18n/shell.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, ShellDictionary>> = {
  en: shellEn,
  'zh-CN': shellZhCN,
};

export function shellTexts(name: LocaleName): ShellDictionary {
  return dictionaries[name];
}
