/** The texts about new builds, which come with what watches for them. */
import { buildsEn, type BuildsDictionary } from '../../i18n/builds.en.ts';
import { buildsZhCN } from '../../i18n/builds.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, BuildsDictionary>> = {
  en: buildsEn,
  'zh-CN': buildsZhCN,
};

export const buildsTexts = (name: LocaleName): BuildsDictionary => dictionaries[name];
