/**
 * Small choices that must be known before the first paint, hence localStorage and not IndexedDB.
 * A browser that refuses storage just forgets them.
 */
export type PreferenceName =
  | 'locale'
  | 'theme'
  | 'contrast'
  | 'columns'
  | 'rows'
  | 'seen'
  | 'ring'
  | 'layout'
  | 'panes-before'
  | 'tour'
  | 'programs';

const PREFIX = 'zookeeper-playground.';

export type Preferences = Partial<Record<PreferenceName, string>>;

/** Those of a frame in another page: nobody's, and forgotten with it. */
let apart: Preferences | null = null;

/** From now on the person's own choices are neither read nor changed. */
export function keepApart(chosen: Preferences): void {
  apart = { ...chosen };
}

export function readPreference(name: PreferenceName): string | null {
  if (apart !== null) return apart[name] ?? null;
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function writePreference(name: PreferenceName, value: string): void {
  if (apart !== null) {
    apart[name] = value;
    return;
  }
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Private windows and full quotas: the choice then holds until the page is left.
  }
}
