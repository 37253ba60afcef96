/** The texts of the tree's parts that are loaded when they are first wanted. */
import { treesEn, type TreesDictionary } from '../../i18n/trees.en.ts';
import { treesZhCN } from '../../i18n/trees.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, TreesDictionary>> = {
  en: treesEn,
  'zh-CN': treesZhCN,
};

export function treesTexts(name: LocaleName): TreesDictionary {
  return dictionaries[name];
}
