/** The texts of the script pane, which come with it. */
import { scriptEn, type ScriptDictionary } from '../../i18n/script.en.ts';
import { scriptZhCN } from '../../i18n/script.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, ScriptDictionary>> = {
  en: scriptEn,
  'zh-CN': scriptZhCN,
};

export function scriptTexts(name: LocaleName): ScriptDictionary {
  return dictionaries[name];
}
