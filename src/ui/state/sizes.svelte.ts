/** How large the panes are: by the page's own measure until a person drags a gutter. */
import { getContext, setContext } from 'svelte';
import { readPreference, writePreference } from './preferences.ts';

export const SIZE_NAMES = [
  'left',
  'right',
  'left-bottom',
  'middle',
  'bottom',
  'right-bottom',
] as const;
export type SizeName = (typeof SIZE_NAMES)[number];

export class Sizes {
  /** By preset and name: `explore/left`. */
  #chosen: Readonly<Record<string, number>> = $state.raw(stored());

  /** @param otherwise what the page would choose, in pixels. */
  get(preset: string, name: SizeName, otherwise: number): number {
    return this.#chosen[`${preset}/${name}`] ?? otherwise;
  }

  set(preset: string, name: SizeName, size: number): void {
    this.#keep({ ...this.#chosen, [`${preset}/${name}`]: size });
  }

  reset(preset: string, name: SizeName): void {
    this.#keepBut((key) => key === `${preset}/${name}`);
  }

  resetAll(preset: string): void {
    this.#keepBut((key) => key.startsWith(`${preset}/`));
  }

  #keepBut(gone: (key: string) => boolean): void {
    this.#keep(Object.fromEntries(Object.entries(this.#chosen).filter(([key]) => !gone(key))));
  }

  #keep(chosen: Readonly<Record<string, number>>): void {
    this.#chosen = chosen;
    writePreference('columns', JSON.stringify(chosen));
  }
}

/** Whatever is not a size in pixels is not taken over. */
function stored(): Record<string, number> {
  const text = readPreference('columns');
  if (text === null) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return {};
    const found = Object.entries(parsed).filter(
      ([key, size]: [string, unknown]) =>
        SIZE_NAMES.some((name) => key.endsWith(`/${name}`)) &&
        typeof size === 'number' &&
        size > 0 &&
        size < 4000,
    );
    return Object.fromEntries(found);
  } catch {
    return {};
  }
}

const key = Symbol('sizes');
export const setSizes = (sizes: Sizes): Sizes => setContext(key, sizes);
export const getSizes = (): Sizes => getContext<Sizes>(key);
