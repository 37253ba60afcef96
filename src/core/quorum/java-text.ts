/**
 * Java's library where a reconfiguration shows it: the order of a HashMap's keys is the order of
 * the lines of a configuration, and what `reconfig` is given is read as a Properties file.
 */

/**
 * The keys of a `HashMap<Long, …>` in the order in which Java walks over them.
 *
 * @param capacity its table before anything was added. It doubles whenever it is three quarters
 * full.
 */
export function javaMapOrder<Key extends number>(
  keys: readonly Key[],
  capacity = 16,
): readonly Key[] {
  let size = capacity;
  while (keys.length > size * 0.75) size *= 2;
  const sorted = [...keys].sort((a, b) => a - b);
  const slot = (key: number): number => spread(key) & (size - 1);
  return sorted.sort((a, b) => slot(a) - slot(b));
}

/** Long.hashCode, and what HashMap makes of it. */
function spread(key: number): number {
  const wide = BigInt.asUintN(64, BigInt(key));
  const hash = Number((wide ^ (wide >> 32n)) & 0xffff_ffffn);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The table of `new HashMap(other)`, where the other has so many entries. */
export function javaCopyCapacity(entries: number): number {
  const wanted = Math.floor(entries / 0.75 + 1);
  let capacity = 1;
  while (capacity < wanted) capacity *= 2;
  return capacity;
}

/** String.split for one character: empty parts at the end are dropped. */
export function splitAsJava(text: string, separator: string): string[] {
  const parts = text.split(separator);
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}

/** StringUtils.split: parts are trimmed, empty ones left out. */
export function splitTrimmed(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * Properties.load: `key=value`, `key: value` or `key value`, comments behind # or !, lines that go
 * on behind a backslash. Of a key that comes twice the last value counts.
 */
export function parseJavaProperties(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const [, key = '', value = ''] =
      /^((?:\\.|[^\\=:\s])*)[ \t\f]*[=:]?[ \t\f]*(.*)$/s.exec(line) ?? [];
    properties.set(unescape(key), unescape(value));
  }
  return properties;
}

function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let open: string | null = null;
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const line = raw.replace(/^[ \t\f]+/, '');
    if (open === null && (line === '' || /^[#!]/.test(line))) continue;
    const joined: string = (open ?? '') + line;
    const slashes = /\\*$/.exec(joined)?.[0].length ?? 0;
    if (slashes % 2 === 1) open = joined.slice(0, -1);
    else {
      lines.push(joined);
      open = null;
    }
  }
  if (open !== null) lines.push(open);
  return lines;
}

function unescape(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return { t: '\t', n: '\n', r: '\r', f: '\f' }[code] ?? code;
  });
}
