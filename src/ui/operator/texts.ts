/** The texts of the operator's pane, which come with it. */
import { operatorEn, type OperatorDictionary } from '../../i18n/operator.en.ts';
import { operatorZhCN } from '../../i18n/operator.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, OperatorDictionary>> = {
  en: operatorEn,
  'zh-CN': operatorZhCN,
};

export function operatorTexts(name: LocaleName): OperatorDictionary {
  return dictionaries[name];
}
