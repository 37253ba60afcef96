/** The texts about new builds, which come with what watches for them. */
import { offlineEn, type OfflineDictionary } from '../../i18n/offline.en.ts';
import { offlineZhCN } from '../../i18n/offline.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, OfflineDictionary>> = {
  en: offlineEn,
  'zh-CN': offlineZhCN,
};

export const offlineTexts = (name: LocaleName): OfflineDictionary => dictionaries[name];
