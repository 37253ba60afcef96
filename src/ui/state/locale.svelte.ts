/** The language of the page. Protocol terms stay in English in both. */
import { getContext, setContext } from 'svelte';
import { en, type Dictionary } from '../../i18n/en.ts';
import { zhCN } from '../../i18n/zh-CN.ts';
import { readPreference, writePreference } from './preferences.ts';

export type LocaleName = 'en' | 'zh-CN';

const dictionaries: Readonly<Record<LocaleName, Dictionary>> = { en, 'zh-CN': zhCN };

export class Locale {
  name: LocaleName = $state(initialLocale());
  /** Everything that the page says. */
  readonly t: Dictionary = $derived(dictionaries[this.name]);

  set(name: LocaleName): void {
    this.name = name;
    writePreference('locale', name);
  }

  toggle(): void {
    this.set(this.name === 'en' ? 'zh-CN' : 'en');
  }
}

function initialLocale(): LocaleName {
  const stored = readPreference('locale');
  if (stored === 'en' || stored === 'zh-CN') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

const key = Symbol('locale');
export const setLocale = (locale: Locale): Locale => setContext(key, locale);
export const getLocale = (): Locale => getContext<Locale>(key);
