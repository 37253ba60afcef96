/**
 * An archive that notes which bytes each field took, and what they say. The codecs read as ever:
 * a format is described by reading it, and nowhere written down a second time.
 */
import { InputArchive } from './input-archive.ts';

/** `buffer`: behind its length. `bytes`: without one. A record has no bytes of its own. */
export type FieldType =
  'boolean' | 'byte' | 'int' | 'long' | 'ustring' | 'buffer' | 'bytes' | 'vector' | 'record';

/** A run of bytes with a name. Plain data: it crosses to the page. */
export interface ByteField {
  /** As zookeeper.jute has it; of an item of a vector `[0]`, `[1]` … */
  readonly name: string;
  readonly type: FieldType;
  /** As a person reads it; empty for a record. */
  readonly value: string;
  /** Offsets: `from` is its first byte, `to` is behind its last. */
  readonly from: number;
  readonly to: number;
  /** How many fields it lies within. */
  readonly depth: number;
}

/** What a value says, in other words: `5 setData`, `0x100000002`; null for the value itself. */
export type Explain = (parents: readonly string[], name: string, value: unknown) => string | null;

/** Types that stay what they are when others lie within them. */
const HOLDERS: ReadonlySet<FieldType> = new Set(['vector', 'buffer']);

/** Bytes of a buffer that its value shows. */
const SHOWN = 32;

export class RecordingArchive extends InputArchive {
  /** In the order of the bytes, each before those that lie within it. */
  readonly fields: ByteField[] = [];
  readonly #limit: number;
  readonly #explain: Explain;
  readonly #parents: string[] = [];
  /** What the last value was read as. */
  #type: FieldType = 'record';

  /** @param limit fields that begin behind so many bytes are not noted. */
  constructor(bytes: Uint8Array, limit: number, explain: Explain) {
    super(bytes);
    this.#limit = limit;
    this.#explain = explain;
  }

  override readField<T>(name: string, read: (input: InputArchive) => T): T {
    const from = this.position;
    if (from >= this.#limit) return read(this);
    const at = this.fields.length;
    const depth = this.#parents.length;
    this.fields.push({ name, type: 'record', value: '', from, to: from, depth });
    this.#parents.push(name);
    this.#type = 'record';
    try {
      const value = read(this);
      this.#parents.pop();
      this.#note(at, value);
      return value;
    } catch (error) {
      this.#parents.length = depth;
      this.fields.length = at;
      throw error;
    }
  }

  override readByte(): number {
    const value = super.readByte();
    this.#type = 'byte';
    return value;
  }

  override readBool(): boolean {
    const value = super.readBool();
    this.#type = 'boolean';
    return value;
  }

  override readInt(): number {
    const value = super.readInt();
    this.#type = 'int';
    return value;
  }

  override readLong(): bigint {
    const value = super.readLong();
    this.#type = 'long';
    return value;
  }

  override readView(): Uint8Array | null {
    const value = super.readView();
    this.#type = 'buffer';
    return value;
  }

  override readRaw(length: number): Uint8Array {
    const value = super.readRaw(length);
    this.#type = 'bytes';
    return value;
  }

  override readNested<T>(read: (input: InputArchive) => T): T | null {
    const value = super.readNested(read);
    this.#type = 'buffer';
    return value;
  }

  override readString(): string | null {
    const value = super.readString();
    this.#type = 'ustring';
    return value;
  }

  override readVector<T>(read: (input: InputArchive) => T): T[] | null {
    let index = 0;
    const items = super.readVector(() => this.readField(`[${String(index++)}]`, read));
    this.#type = 'vector';
    return items;
  }

  /** Completes the field at `at`, now that its bytes have been read. */
  #note(at: number, value: unknown): void {
    const field = this.fields[at];
    if (field === undefined) return;
    const to = this.position;
    if (to === field.from) {
      // No bytes: it is there in our value only.
      this.fields.length = at;
      return;
    }
    const parts = this.fields.slice(at + 1).filter((part) => part.depth === field.depth + 1);
    const type = parts.length > 0 && !HOLDERS.has(this.#type) ? 'record' : this.#type;
    const text =
      parts.length > 0
        ? sizeOf(type, parts.length, to - field.from)
        : (this.#explain(this.#parents, field.name, value) ?? textOf(value));
    this.fields[at] = { ...field, type, value: text, to };
    // To the field around it this was one value of several.
    this.#type = 'record';
  }
}

/** Of a field that holds others: how many, or how long. */
function sizeOf(type: FieldType, parts: number, length: number): string {
  if (type === 'vector') return `× ${String(parts)}`;
  return type === 'buffer' ? `${String(length - 4)} B` : '';
}

function textOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return textOfBytes(value);
  if (Array.isArray(value)) return `× ${String(value.length)}`;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return String(value);
  }
  return '';
}

/** As text where it is plain ASCII, else in hexadecimal. */
function textOfBytes(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, SHOWN);
  const rest = bytes.length > SHOWN ? '…' : '';
  if (shown.every((byte) => byte >= 0x20 && byte < 0x7f)) {
    return JSON.stringify(String.fromCharCode(...shown)) + rest;
  }
  return `0x${Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join('')}${rest}`;
}
