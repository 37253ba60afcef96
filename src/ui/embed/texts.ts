/** The texts of frames in other pages. */
import { embedEn, type EmbedDictionary } from '../../i18n/embedding.en.ts';
import { embedZhCN } from '../../i18n/embedding.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, EmbedDictionary>> = {
  en: embedEn,
  'zh-CN': embedZhCN,
};

export const embedTexts = (name: LocaleName): EmbedDictionary => dictionaries[name];
