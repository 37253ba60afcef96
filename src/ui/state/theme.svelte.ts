/** Dark or light, and how much they differ: the system's choice until a person makes another. */
import { getContext, setContext } from 'svelte';
import { readPreference, writePreference } from './preferences.ts';

export type ThemeName = 'light' | 'dark';

export class Theme {
  name: ThemeName = $state(initialTheme());
  /** High contrast: ink that is black, lines that are ink. */
  contrast: boolean = $state(initialContrast());

  constructor() {
    this.#apply();
  }

  toggle(): void {
    this.set(this.name === 'light' ? 'dark' : 'light');
  }

  set(name: ThemeName): void {
    this.name = name;
    writePreference('theme', name);
    this.#apply();
  }

  toggleContrast(): void {
    this.contrast = !this.contrast;
    writePreference('contrast', this.contrast ? 'more' : 'normal');
    this.#apply();
  }

  #apply(): void {
    const { dataset } = document.documentElement;
    dataset['theme'] = this.name;
    dataset['contrast'] = this.contrast ? 'more' : 'normal';
  }
}

function initialTheme(): ThemeName {
  const stored = readPreference('theme');
  if (stored === 'light' || stored === 'dark') return stored;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function initialContrast(): boolean {
  const stored = readPreference('contrast');
  if (stored === 'more' || stored === 'normal') return stored === 'more';
  return matchMedia('(prefers-contrast: more)').matches;
}

const key = Symbol('theme');
export const setTheme = (theme: Theme): Theme => setContext(key, theme);
export const getTheme = (): Theme => getContext<Theme>(key);
