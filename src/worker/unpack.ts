/** The other end of pack.ts: it learns names and texts as they come. */
import { AssertionError, defined } from '../core/assert.ts';
import { SHARED_FIELDS, Tag, type Shape } from './pack.ts';

interface KnownShape extends Pick<Shape, 'keys' | 'shared'> {
  /** With every field there already: a copy of it is an object of the right kind at once. */
  readonly template: Readonly<Record<string, unknown>>;
}

export interface Unpacker {
  bytes: Uint8Array;
  view: DataView;
  at: number;
  readonly texts: string[];
  readonly shapes: KnownShape[];
  readonly seen: unknown[];
}

export function createUnpacker(): Unpacker {
  const bytes = new Uint8Array(0);
  return { bytes, view: new DataView(bytes.buffer), at: 0, texts: [], shapes: [], seen: [] };
}

/** @returns what was packed; its byte arrays are copies. */
export function unpack(unpacker: Unpacker, bytes: Uint8Array): unknown {
  unpacker.bytes = bytes;
  unpacker.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  unpacker.at = 0;
  unpacker.seen.length = 0;
  return unpackValue(unpacker);
}

function unpackValue(unpacker: Unpacker): unknown {
  const tag = unpacker.bytes[unpacker.at++] ?? 0;
  if (tag >= Tag.small) return tag - Tag.small;
  switch (tag) {
    case Tag.null:
      return null;
    case Tag.undefined:
      return undefined;
    case Tag.true:
      return true;
    case Tag.false:
      return false;
    case Tag.int32:
      unpacker.at += 4;
      return unpacker.view.getInt32(unpacker.at - 4);
    case Tag.float64:
      unpacker.at += 8;
      return unpacker.view.getFloat64(unpacker.at - 8);
    case Tag.bigint64:
      unpacker.at += 8;
      return unpacker.view.getBigInt64(unpacker.at - 8);
    case Tag.bigintText:
      return BigInt(unpackValue(unpacker) as string);
    case Tag.knownText:
      return defined(unpacker.texts[unpackId(unpacker)], 'a text that was learnt');
    case Tag.newText: {
      const text = unpackChars(unpacker);
      unpacker.texts.push(text);
      return text;
    }
    case Tag.text:
      return unpackChars(unpacker);
    case Tag.again:
      return unpacker.seen[unpackCount(unpacker)];
    default:
      return unpackObject(unpacker, tag);
  }
}

function unpackId(unpacker: Unpacker): number {
  unpacker.at += 2;
  return unpacker.view.getUint16(unpacker.at - 2);
}

function unpackCount(unpacker: Unpacker): number {
  unpacker.at += 4;
  return unpacker.view.getUint32(unpacker.at - 4);
}

function unpackChars(unpacker: Unpacker): string {
  const { view } = unpacker;
  const length = unpackCount(unpacker);
  const end = unpacker.at + 2 * length;
  let text = '';
  for (let { at } = unpacker; at < end; at += 2) text += String.fromCharCode(view.getUint16(at));
  unpacker.at = end;
  return text;
}

function unpackObject(unpacker: Unpacker, tag: number): unknown {
  switch (tag) {
    case Tag.array: {
      const items: unknown[] = [];
      for (let left = unpackCount(unpacker); left > 0; left--) items.push(unpackValue(unpacker));
      return items;
    }
    case Tag.bytes: {
      const length = unpackCount(unpacker);
      unpacker.at += length;
      return unpacker.bytes.slice(unpacker.at - length, unpacker.at);
    }
    case Tag.map: {
      const map = new Map<unknown, unknown>();
      for (let left = unpackCount(unpacker); left > 0; left--) {
        const key = unpackValue(unpacker);
        map.set(key, unpackValue(unpacker));
      }
      return map;
    }
    case Tag.set: {
      const set = new Set<unknown>();
      for (let left = unpackCount(unpacker); left > 0; left--) set.add(unpackValue(unpacker));
      return set;
    }
    case Tag.knownShape:
      return unpackFields(
        unpacker,
        defined(unpacker.shapes[unpackId(unpacker)], 'a shape that was learnt'),
      );
    case Tag.newShape:
      return unpackFields(unpacker, learnShape(unpacker));
    default:
      throw new AssertionError(`bytes that were packed, not tag ${String(tag)}`);
  }
}

function learnShape(unpacker: Unpacker): KnownShape {
  const keys: string[] = [];
  for (let left = unpackCount(unpacker); left > 0; left--) keys.push(unpackChars(unpacker));
  const shape: KnownShape = {
    keys,
    shared: keys.map((key) => SHARED_FIELDS.has(key)),
    template: Object.fromEntries(keys.map((key) => [key, null])),
  };
  unpacker.shapes.push(shape);
  return shape;
}

function unpackFields(unpacker: Unpacker, shape: KnownShape): unknown {
  const { keys, shared, template } = shape;
  const value: Record<string, unknown> = { ...template };
  let index = 0;
  for (const key of keys) {
    const slot = shared[index++] === true ? claimSlot(unpacker) : -1;
    const field = unpackValue(unpacker);
    value[key] = field;
    if (slot >= 0) unpacker.seen[slot] = field;
  }
  return value;
}

/** Shared objects are numbered in the order in which they begin. */
function claimSlot(unpacker: Unpacker): number {
  const tag = unpacker.bytes[unpacker.at] ?? 0;
  const isNew = tag >= Tag.bytes && tag < Tag.again;
  return isNew ? unpacker.seen.push(undefined) - 1 : -1;
}
