/** What the address asks of a page in a frame: `?embed&panes=ensemble,log&theme=dark`. */
import { WISHES, type Wishes } from '../../embed/address.ts';
import { PANES, type PaneId } from '../shell/layout-model.ts';
import type { Preferences } from '../state/preferences.ts';

export interface EmbedSettings {
  readonly panes: readonly PaneId[];
  readonly theme: 'light' | 'dark' | null;
  readonly lang: 'en' | 'zh-CN' | null;
  /** Virtual seconds per second of the wall. */
  readonly speed: number | null;
  /** With the strip of controls. */
  readonly controls: boolean;
  /** Only a page of this origin is listened to; null: the page around, whichever it is. */
  readonly origin: string | null;
}

export const FIRST_PANES: readonly PaneId[] = ['ensemble', 'log'];

export const SPEED_MIN = 0.001;
export const SPEED_MAX = 1000;

/** Null where the page is no frame's. What cannot be understood is as if it had not been said. */
export function embedSettings(search: string): EmbedSettings | null {
  const query = new URLSearchParams(search);
  if (!query.has('embed')) return null;
  const said = Object.fromEntries(WISHES.map((name) => [name, query.get(name)])) as Record<
    (typeof WISHES)[number],
    Wishes['panes']
  >;
  const asked = (said.panes ?? '').split(',');
  const panes = PANES.filter((pane) => asked.includes(pane));
  return {
    // In the order in which they were asked for.
    panes:
      panes.length === 0 ? FIRST_PANES : panes.sort((a, b) => asked.indexOf(a) - asked.indexOf(b)),
    theme: said.theme === 'dark' || said.theme === 'light' ? said.theme : null,
    lang: said.lang === null ? null : languageOf(said.lang),
    speed: said.speed === null ? null : speedOf(said.speed),
    controls: said.controls !== 'none',
    origin: said.origin,
  };
}

export function languageOf(text: string): 'en' | 'zh-CN' | null {
  if (/^zh\b/i.test(text)) return 'zh-CN';
  return /^en\b/i.test(text) ? 'en' : null;
}

function speedOf(text: string): number | null {
  if (text === 'max') return Infinity;
  const speed = Number(text);
  return text !== '' && speed >= SPEED_MIN && speed <= SPEED_MAX ? speed : null;
}

/** The choices that a frame begins with, and keeps to itself. */
export function preferencesOf({ theme, lang }: EmbedSettings): Preferences {
  return {
    tour: 'seen',
    ...(theme === null ? {} : { theme }),
    ...(lang === null ? {} : { locale: lang }),
  };
}
