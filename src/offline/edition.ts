/** One edition of the page as the service worker keeps it, and where its files are kept. */

/** The page itself, beside its files: hosts differ in what they do with `index.html`. */
export const PAGE = './';

export interface Edition {
  /** Differs where any file does. */
  readonly version: string;
  /** The hash of each file, by its path below the page. */
  readonly files: Readonly<Record<string, string>>;
}

const PREFIX = 'zookeeper-playground';

/** One origin may have the page in several folders: each keeps its own. */
export const cacheName = (scope: string, version: string): string =>
  `${PREFIX} ${new URL(scope).pathname} ${version}`;

/** Of another edition of the page in the same folder. */
export function isOutdated(name: string, scope: string, version: string): boolean {
  return name.startsWith(cacheName(scope, '')) && name !== cacheName(scope, version);
}

/**
 * The file that a request is for, or null where it is none of the page's: then nobody stands
 * between the page and the network.
 *
 * @param navigates a person goes there: what the address asks for behind `?` is the page's affair.
 */
export function fileFor(
  { files }: Edition,
  scope: string,
  address: string,
  navigates: boolean,
): string | null {
  const url = new URL(address);
  if (url.search !== '' && !navigates) return null;
  const base = new URL(scope);
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return null;
  const path = url.pathname.slice(base.pathname.length);
  if (path === '' || path === 'index.html') return PAGE;
  return Object.hasOwn(files, path) ? path : null;
}

/** Their names hold a hash of what they are: one of the same name is the same. */
export const isNamedByHash = (path: string): boolean => path.startsWith('assets/');
