/** The texts of the diagram, which come with it. */
import { spacetimeEn, type SpacetimeDictionary } from '../../i18n/spacetime.en.ts';
import { spacetimeZhCN } from '../../i18n/spacetime.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, SpacetimeDictionary>> = {
  en: spacetimeEn,
  'zh-CN': spacetimeZhCN,
};

export function spacetimeTexts(name: LocaleName): SpacetimeDictionary {
  return dictionaries[name];
}
