/**
 * JSON as the admin server writes it: indented, a space on each side of a colon, and numbers of
 * any length.
 *
 * Source: server.admin.JsonOutputter (3.9), with the pretty printer of its library.
 */

/** A number as Java prints it, where it is no plain integer of ours: `0.0`. */
export interface JsonNumber {
  readonly number: string;
}

export type Json =
  null | boolean | number | bigint | string | JsonNumber | readonly Json[] | JsonObject;

/** In the order of its entries; names may be anything, numbers among them. */
export type JsonObject = ReadonlyMap<string, Json>;

/** The fields of an object, in their order. */
export type Entries = readonly (readonly [string, Json])[];

export function jsonObject(entries: Entries): JsonObject {
  return new Map(entries);
}

export function jsonText(value: Json, indent = ''): string {
  if (value === null || typeof value !== 'object') {
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  }
  if (value instanceof Map) return objectText(value, indent);
  if ('number' in value) return value.number;
  const items = [...(value as readonly Json[])].map((item) => jsonText(item, indent));
  return items.length === 0 ? '[ ]' : `[ ${items.join(', ')} ]`;
}

function objectText(object: ReadonlyMap<string, Json>, indent: string): string {
  if (object.size === 0) return '{ }';
  const inner = `${indent}  `;
  const lines = [...object].map(([name, value]) => {
    return `${inner}${JSON.stringify(name)} : ${jsonText(value, inner)}`;
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
