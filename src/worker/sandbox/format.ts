/** Values as a program's `log` shows them. */
const DEPTH_MAX = 4;
const ITEMS_MAX = 100;
const TEXT_MAX = 4_000;

export function formatValues(values: readonly unknown[]): string {
  const text = values
    .map((value) => (typeof value === 'string' ? value : formatValue(value, 0)))
    .join(' ');
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}

function formatValue(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
      // zxids and session ids, as ZooKeeper shows them.
      return `0x${BigInt.asUintN(64, value).toString(16)}`;
    case 'function':
      return `function ${value.name}`;
    case 'object':
      return value === null ? 'null' : formatObject(value, depth);
    default:
      return String(value);
  }
}

function formatObject(value: object, depth: number): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Promise) return 'Promise (did you forget await?)';
  if (value instanceof Uint8Array) return `${String(value.length)} bytes`;
  if (depth >= DEPTH_MAX) return '…';
  const inner = (item: unknown): string => formatValue(item, depth + 1);
  if (Array.isArray(value)) return `[${few(value.map(inner))}]`;
  if (value instanceof Set) return `Set {${few([...value].map(inner))}}`;
  if (value instanceof Map) {
    return `Map {${few([...value].map(([key, item]) => `${inner(key)} => ${inner(item)}`))}}`;
  }
  const fields = Object.entries(value).map(([key, item]) => `${key}: ${inner(item)}`);
  return fields.length === 0 ? '{}' : `{ ${few(fields)} }`;
}

function few(parts: readonly string[]): string {
  const more = parts.length - ITEMS_MAX;
  const shown = parts.slice(0, ITEMS_MAX).join(', ');
  return more > 0 ? `${shown}, … ${String(more)} more` : shown;
}
