/** The texts of the reference, which come with it. */
import { referenceEn, type ReferenceDictionary } from '../../i18n/reference.en.ts';
import { referenceZhCN } from '../../i18n/reference.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, ReferenceDictionary>> = {
  en: referenceEn,
  'zh-CN': referenceZhCN,
};

export function referenceTexts(name: LocaleName): ReferenceDictionary {
  return dictionaries[name];
}
