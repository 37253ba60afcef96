/**
 * Plain values as bytes, for the hot path between the bus and its members. Structured cloning
 * writes the name of every field of every object, each time; here the names of a kind of object
 * cross once, and a number stands for them after that. The same for short texts.
 *
 * A packer and the unpacker at the other end learn together, so what is packed must be unpacked,
 * all of it and in order.
 */
import { AssertionError } from '../core/assert.ts';

export const Tag = {
  null: 0,
  undefined: 1,
  true: 2,
  false: 3,
  int32: 4,
  float64: 5,
  bigint64: 6,
  bigintText: 7,
  knownText: 8,
  newText: 9,
  text: 10,
  bytes: 11,
  array: 12,
  map: 13,
  set: 14,
  knownShape: 15,
  newShape: 16,
  again: 17,
  /** And above: the numbers from 0 to 127. */
  small: 128,
} as const;

/** Longer texts are not remembered: they are paths and values, which seldom come again. */
const KNOWN_TEXT_LENGTH = 40;
const KNOWN_TEXTS_MAX = 4096;

/** Fields whose value is often the very same object in many places, as a broadcast message is. */
export const SHARED_FIELDS: ReadonlySet<string> = new Set(['message', 'record']);

/** The kind of object that has these fields, in this order. */
export interface Shape {
  readonly id: number;
  readonly keys: readonly string[];
  readonly shared: readonly boolean[];
}

/** A tree of field names: the path to a node is the fields of a shape. */
interface ShapeNode {
  readonly next: Map<string, ShapeNode>;
  shape: Shape | null;
}

export interface Packer {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView;
  at: number;
  readonly texts: Map<string, number>;
  readonly root: ShapeNode;
  shapes: number;
  /** Shared objects of the value that is being packed. */
  readonly seen: Map<object, number>;
}

export function createPacker(): Packer {
  const bytes = new Uint8Array(1 << 16);
  return {
    bytes,
    view: new DataView(bytes.buffer),
    at: 0,
    texts: new Map(),
    root: { next: new Map(), shape: null },
    shapes: 0,
    seen: new Map(),
  };
}

/** @returns bytes of their own, to be transferred. */
export function pack(packer: Packer, value: unknown): Uint8Array<ArrayBuffer> {
  packer.at = 0;
  packer.seen.clear();
  packValue(packer, value);
  return packer.bytes.slice(0, packer.at);
}

function reserve(packer: Packer, count: number): void {
  const needed = packer.at + count;
  if (needed <= packer.bytes.length) return;
  const bytes = new Uint8Array(Math.max(needed, packer.bytes.length * 2));
  bytes.set(packer.bytes);
  packer.bytes = bytes;
  packer.view = new DataView(bytes.buffer);
}

function packValue(packer: Packer, value: unknown): void {
  reserve(packer, 16);
  switch (typeof value) {
    case 'number':
      return packNumber(packer, value);
    case 'string':
      return packText(packer, value);
    case 'bigint':
      return packBigint(packer, value);
    case 'boolean':
      return packTag(packer, value ? Tag.true : Tag.false);
    case 'undefined':
      return packTag(packer, Tag.undefined);
    case 'object':
      if (value === null) return packTag(packer, Tag.null);
      return packObject(packer, value);
    default:
      throw new AssertionError(`a ${typeof value} does not cross`);
  }
}

function packTag(packer: Packer, tag: number): void {
  packer.bytes[packer.at++] = tag;
}

function packNumber(packer: Packer, value: number): void {
  if ((value | 0) !== value || Object.is(value, -0)) {
    packTag(packer, Tag.float64);
    packer.view.setFloat64(packer.at, value);
    packer.at += 8;
  } else if (value >= 0 && value < 128) {
    packTag(packer, Tag.small + value);
  } else {
    packTag(packer, Tag.int32);
    packer.view.setInt32(packer.at, value);
    packer.at += 4;
  }
}

function packBigint(packer: Packer, value: bigint): void {
  if (BigInt.asIntN(64, value) !== value) {
    packTag(packer, Tag.bigintText);
    return packText(packer, value.toString());
  }
  packTag(packer, Tag.bigint64);
  packer.view.setBigInt64(packer.at, value);
  packer.at += 8;
}

function packText(packer: Packer, text: string): void {
  const known = packer.texts.get(text);
  if (known !== undefined) {
    packTag(packer, Tag.knownText);
    packer.view.setUint16(packer.at, known);
    packer.at += 2;
    return;
  }
  const learn = text.length <= KNOWN_TEXT_LENGTH && packer.texts.size < KNOWN_TEXTS_MAX;
  if (learn) packer.texts.set(text, packer.texts.size);
  packTag(packer, learn ? Tag.newText : Tag.text);
  packChars(packer, text);
}

function packChars(packer: Packer, text: string): void {
  reserve(packer, 4 + 2 * text.length + 16);
  packCount(packer, text.length);
  const { view } = packer;
  let { at } = packer;
  for (let i = 0; i < text.length; i++, at += 2) view.setUint16(at, text.charCodeAt(i));
  packer.at = at;
}

function packCount(packer: Packer, count: number): void {
  packer.view.setUint32(packer.at, count);
  packer.at += 4;
}

function packObject(packer: Packer, value: object): void {
  if (Array.isArray(value)) {
    packTag(packer, Tag.array);
    packCount(packer, value.length);
    for (const item of value as unknown[]) packValue(packer, item);
  } else if (value instanceof Uint8Array) {
    packTag(packer, Tag.bytes);
    packCount(packer, value.length);
    reserve(packer, value.length);
    packer.bytes.set(value, packer.at);
    packer.at += value.length;
  } else if (value instanceof Map) {
    packTag(packer, Tag.map);
    packCount(packer, value.size);
    for (const [key, item] of value as Map<unknown, unknown>) {
      packValue(packer, key);
      packValue(packer, item);
    }
  } else if (value instanceof Set) {
    packTag(packer, Tag.set);
    packCount(packer, value.size);
    for (const item of value as Set<unknown>) packValue(packer, item);
  } else {
    packFields(packer, value as Readonly<Record<string, unknown>>);
  }
}

function packFields(packer: Packer, value: Readonly<Record<string, unknown>>): void {
  const shape = packShape(packer, value);
  let index = 0;
  for (const key of shape.keys) {
    const field = value[key];
    if (shape.shared[index++] === true && typeof field === 'object' && field !== null) {
      packShared(packer, field);
    } else {
      packValue(packer, field);
    }
  }
}

function packShared(packer: Packer, value: object): void {
  const known = packer.seen.get(value);
  if (known === undefined) {
    packer.seen.set(value, packer.seen.size);
    return packValue(packer, value);
  }
  reserve(packer, 16);
  packTag(packer, Tag.again);
  packCount(packer, known);
}

function packShape(packer: Packer, value: object): Shape {
  let node = packer.root;
  for (const key in value) {
    let next = node.next.get(key);
    if (next === undefined) {
      next = { next: new Map(), shape: null };
      node.next.set(key, next);
    }
    node = next;
  }
  if (node.shape !== null) {
    packTag(packer, Tag.knownShape);
    packer.view.setUint16(packer.at, node.shape.id);
    packer.at += 2;
    return node.shape;
  }
  const keys = Object.keys(value);
  const shape: Shape = {
    id: packer.shapes++,
    keys,
    shared: keys.map((key) => SHARED_FIELDS.has(key)),
  };
  node.shape = shape;
  packTag(packer, Tag.newShape);
  packCount(packer, keys.length);
  for (const key of keys) packChars(packer, key);
  return shape;
}
