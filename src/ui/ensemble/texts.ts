/** The texts of what is opened beside the ring, which come with it. */
import { ensembleEn, type EnsembleDictionary } from '../../i18n/ensemble.en.ts';
import { ensembleZhCN } from '../../i18n/ensemble.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, EnsembleDictionary>> = {
  en: ensembleEn,
  'zh-CN': ensembleZhCN,
};

export function ensembleTexts(name: LocaleName): EnsembleDictionary {
  return dictionaries[name];
}
