/** The language of the page. Protocol terms stay in English in both. */
import { getContext, setContext } from 'svelte';
import { en, type Dictionary } from '../../i18n/en.ts';
import { readPreference, writePreference } from './preferences.ts';

export type LocaleName = 'en' | 'zh-CN';

/** English comes with the page, for it is what is left when another does not come. */
const loaded: Partial<Record<LocaleName, Dictionary>> & { readonly en: Dictionary } = { en };

/** Before the first paint in a language, so that no other one is seen first. */
export async function loadLanguage(name: LocaleName): Promise<void> {
  if (name === 'zh-CN') loaded[name] ??= (await import('../../i18n/zh-CN.ts')).zhCN;
}

export class Locale {
  name: LocaleName = $state('en');
  /** Everything that the page says. */
  readonly t: Dictionary = $derived(loaded[this.name] ?? en);
  /** The one that was asked for last; it is seen as soon as its texts are here. */
  #wanted: LocaleName = 'en';

  constructor() {
    this.#show(initialLocale());
  }

  set(name: LocaleName): void {
    writePreference('locale', name);
    this.#show(name);
  }

  toggle(): void {
    this.set(this.#wanted === 'en' ? 'zh-CN' : 'en');
  }

  #show(name: LocaleName): void {
    this.#wanted = name;
    if (loaded[name] !== undefined) {
      this.name = name;
      return;
    }
    const show = (): void => {
      if (this.#wanted === name) this.name = name;
    };
    // Where they do not come, the page goes on in the language that it speaks.
    loadLanguage(name).then(show, () => (this.#wanted = this.name));
  }
}

export function initialLocale(): LocaleName {
  const stored = readPreference('locale');
  if (stored === 'en' || stored === 'zh-CN') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

const key = Symbol('locale');
export const setLocale = (locale: Locale): Locale => setContext(key, locale);
export const getLocale = (): Locale => getContext<Locale>(key);
