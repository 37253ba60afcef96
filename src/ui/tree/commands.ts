/** Words of a command as zkCli reads them. */

/** zkCli splits at white space; quotes keep a path together. */
export function quoted(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}
