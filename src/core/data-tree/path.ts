/**
 * Paths of znodes: which are allowed, and how to take them apart.
 *
 * Source: common.PathUtils, PrepRequestProcessor.validatePathForCreate, DataTree.isSpecialPath
 * (3.9).
 */

/** These stand in every tree from the start, and nobody deletes them. */
export const ROOT = '/';
export const ZOOKEEPER_PATH = '/zookeeper';
export const QUOTA_PATH = '/zookeeper/quota';
export const CONFIG_PATH = '/zookeeper/config';

/**
 * The full rules for a path. @returns null where it is fine, else what ZooKeeper says about it.
 */
export function validatePath(path: string): string | null {
  if (path.length === 0) return 'Path length must be > 0';
  if (path.charCodeAt(0) !== SLASH) return 'Path must start with / character';
  if (path.length === 1) return null;
  if (path.charCodeAt(path.length - 1) === SLASH) return 'Path must not end with / character';
  const reason = findFault(path);
  return reason === null ? null : `Invalid path string "${path}" caused by ${reason}`;
}

/**
 * What the server asks of a path to create before it looks for the parent; the path with its
 * sequence number meets the full rules afterwards. @returns null where it is fine, else why not.
 */
export function validatePathLoosely(path: string): string | null {
  if (!path.includes('/')) return 'no / in the path';
  if (path.includes('\0')) return 'null character in the path';
  return null;
}

/** Reserved paths: they are there from the start and cannot be deleted. */
export function isSpecialPath(path: string): boolean {
  return path === ROOT || path === ZOOKEEPER_PATH || path === QUOTA_PATH || path === CONFIG_PATH;
}

/** `/` for a child of the root, and for the root itself. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? ROOT : path.slice(0, slash);
}

/** The last component; "" for the root. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function joinPath(parent: string, name: string): string {
  return parent === ROOT || parent === '' ? `/${name}` : `${parent}/${name}`;
}

const SLASH = 0x2f;
const DOT = 0x2e;

/** The first fault behind the leading slash, with its index. */
function findFault(path: string): string | null {
  let start = 1;
  for (let i = 1; i <= path.length; i++) {
    const unit = i < path.length ? path.charCodeAt(i) : SLASH;
    if (unit === SLASH) {
      if (i === start) return `empty node name specified @${String(i)}`;
      if (isRelative(path, start, i)) return `relative paths not allowed @${String(i - 1)}`;
      start = i + 1;
    } else if (unit === 0) {
      return `null character not allowed @${String(i)}`;
    } else if (isForbidden(unit)) {
      return `invalid character @${String(i)}`;
    }
  }
  return null;
}

/** `.` or `..` between `start` and `end`. */
function isRelative(path: string, start: number, end: number): boolean {
  if (end - start > 2 || path.charCodeAt(start) !== DOT) return false;
  return end - start === 1 || path.charCodeAt(start + 1) === DOT;
}

/** Control characters, surrogates, the private use area and the specials. */
function isForbidden(unit: number): boolean {
  if (unit < 0x7f) return unit <= 0x1f;
  return unit <= 0x9f || (unit >= 0xd800 && unit <= 0xf8ff) || unit >= 0xfff0;
}
