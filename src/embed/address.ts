/** The address of the playground in a frame: what it is asked for behind `?embed`. */

/** In the words of the address; the page itself judges them. */
export interface Wishes {
  /** Names of panes, with commas between them. */
  readonly panes: string | null;
  readonly theme: string | null;
  readonly lang: string | null;
  readonly speed: string | null;
  /** `none`: without the strip of controls. */
  readonly controls: string | null;
  /** Only this origin may talk to the frame. */
  readonly origin: string | null;
  /** Of a link to a run, from `#` on; or the link. */
  readonly run: string | null;
}

export const WISHES = ['panes', 'theme', 'lang', 'speed', 'controls', 'origin'] as const;

/** @param base where the playground is. */
export function addressOf(base: string, wishes: Partial<Wishes>): string {
  const url = new URL(base);
  url.search = '?embed';
  for (const name of WISHES) {
    const value = wishes[name] ?? '';
    // Commas are fine in an address, and to be read.
    if (value !== '') url.search += `&${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`;
  }
  const { run } = wishes;
  url.hash = run === null || run === undefined ? '' : run.slice(Math.max(run.indexOf('#'), 0));
  return url.href;
}
