/**
 * The rules for paths, which a client checks before it sends anything.
 *
 * Source: org.apache.zookeeper.common.PathUtils.validatePath (3.9), with its wording.
 */

/** What is wrong with a path, or null. @param sequential A number will be put behind it. */
export function pathError(path: string, sequential: boolean): string | null {
  const whole = sequential ? `${path}1` : path;
  if (whole === '') return 'Path length must be > 0';
  if (!whole.startsWith('/')) return 'Path must start with / character';
  if (whole === '/') return null;
  if (whole.endsWith('/')) return 'Path must not end with / character';
  const reason = findFault(whole);
  return reason === null ? null : `Invalid path string "${whole}" caused by ${reason}`;
}

function findFault(path: string): string | null {
  for (let i = 1; i < path.length; i++) {
    const unit = path.charCodeAt(i);
    if (unit === 0) return `null character not allowed @${i}`;
    if (path[i] === '/' && path[i - 1] === '/') return `empty node name specified @${i}`;
    if (path[i] === '.' && endsDots(path, i)) return `relative paths not allowed @${i}`;
    if (isForbidden(unit)) return `invalid character @${i}`;
  }
  return null;
}

/** A name that is `.` or `..` ends at `i`. */
function endsDots(path: string, i: number): boolean {
  if (i + 1 < path.length && path[i + 1] !== '/') return false;
  if (path[i - 1] === '/') return true;
  return path[i - 1] === '.' && path[i - 2] === '/';
}

/** Control characters, surrogates and private use, and the end of the basic plane. */
function isForbidden(unit: number): boolean {
  return (
    unit <= 0x1f ||
    (unit >= 0x7f && unit <= 0x9f) ||
    (unit >= 0xd800 && unit <= 0xf8ff) ||
    unit >= 0xfff0
  );
}

/** `/a/b` is below `/a`, which is below `/`. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function childPath(parent: string, name: string): string {
  return parent === '/' ? `/${name}` : `${parent}/${name}`;
}
