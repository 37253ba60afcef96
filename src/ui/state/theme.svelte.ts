/** Dark or light: the system's choice until a person makes another. */
import { getContext, setContext } from 'svelte';
import { readPreference, writePreference } from './preferences.ts';

export type ThemeName = 'light' | 'dark';

export class Theme {
  name: ThemeName = $state(initialTheme());

  constructor() {
    this.#apply();
  }

  toggle(): void {
    this.name = this.name === 'light' ? 'dark' : 'light';
    writePreference('theme', this.name);
    this.#apply();
  }

  #apply(): void {
    document.documentElement.dataset['theme'] = this.name;
  }
}

function initialTheme(): ThemeName {
  const stored = readPreference('theme');
  if (stored === 'light' || stored === 'dark') return stored;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

const key = Symbol('theme');
export const setTheme = (theme: Theme): Theme => setContext(key, theme);
export const getTheme = (): Theme => getContext<Theme>(key);
