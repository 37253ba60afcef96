/**
 * Small choices that must be known before the first paint, hence localStorage and not IndexedDB.
 * A browser that refuses storage just forgets them.
 */
export type PreferenceName =
  'locale' | 'theme' | 'contrast' | 'columns' | 'rows' | 'seen' | 'ring' | 'layout' | 'tour';

const PREFIX = 'zookeeper-playground.';

export function readPreference(name: PreferenceName): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function writePreference(name: PreferenceName, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Private windows and full quotas: the choice then holds until the page is left.
  }
}
