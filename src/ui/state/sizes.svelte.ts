/** How large the panes are: by the page's own measure until a person drags a gutter. */
import { readPreference, writePreference } from './preferences.ts';

export const SIZE_NAMES = ['left', 'right', 'log', 'events', 'console'] as const;
export type SizeName = (typeof SIZE_NAMES)[number];

export class Sizes {
  #chosen: Readonly<Partial<Record<SizeName, number>>> = $state.raw(stored());

  /** @param otherwise what the page would choose, in pixels. */
  get(name: SizeName, otherwise: number): number {
    return this.#chosen[name] ?? otherwise;
  }

  set(name: SizeName, size: number): void {
    this.#chosen = { ...this.#chosen, [name]: size };
    writePreference('columns', JSON.stringify(this.#chosen));
  }

  reset(name: SizeName): void {
    this.#chosen = Object.fromEntries(Object.entries(this.#chosen).filter(([n]) => n !== name));
    writePreference('columns', JSON.stringify(this.#chosen));
  }
}

/** Whatever is not a size in pixels is not taken over. */
function stored(): Partial<Record<SizeName, number>> {
  const text = readPreference('columns');
  if (text === null) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return {};
    const found = SIZE_NAMES.flatMap((name) => {
      const size: unknown = (parsed as Record<string, unknown>)[name];
      return typeof size === 'number' && size > 0 && size < 4000 ? [[name, size] as const] : [];
    });
    return Object.fromEntries(found);
  } catch {
    return {};
  }
}
