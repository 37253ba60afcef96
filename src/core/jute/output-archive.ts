/**
 * Writes jute's binary encoding: the counterpart of InputArchive.
 *
 * Strings go out as Java writes them, each UTF-16 unit by itself: a character beyond U+FFFF
 * becomes two groups of three bytes, which no reader of UTF-8 takes back as that character.
 *
 * Source: org.apache.jute.BinaryOutputArchive (3.9).
 */
export class OutputArchive {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** A copy of what has been written, from `start` on. */
  toBytes(start = 0): Uint8Array {
    return this.#bytes.slice(start, this.#length);
  }

  /** What has been written from `start` on, as a view that the next write may leave behind. */
  peek(start = 0): Uint8Array {
    return this.#bytes.subarray(start, this.#length);
  }

  /** Forgets what has been written: the next record takes the same space. */
  clear(): void {
    this.#length = 0;
  }

  /** Writes over four bytes that are there. */
  patchInt(at: number, value: number): void {
    this.#view.setInt32(at, value);
  }

  writeByte(value: number): void {
    const at = this.#grow(1);
    this.#view.setInt8(at, value);
  }

  writeBool(value: boolean): void {
    this.writeByte(value ? 1 : 0);
  }

  writeInt(value: number): void {
    const at = this.#grow(4);
    this.#view.setInt32(at, value);
  }

  /** The low 64 bits. */
  writeLong(value: bigint): void {
    const at = this.#grow(8);
    this.#view.setBigInt64(at, value);
  }

  writeBuffer(value: Uint8Array | null): void {
    if (value === null) {
      this.writeInt(-1);
      return;
    }
    this.writeInt(value.length);
    this.writeBytes(value);
  }

  /** Bytes as they are, without a length. */
  writeBytes(value: Uint8Array): void {
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
  }

  writeString(value: string | null): void {
    if (value === null) {
      this.writeInt(-1);
      return;
    }
    const lengthAt = this.#grow(4);
    this.#grow(value.length * 3);
    let at = lengthAt + 4;
    for (let i = 0; i < value.length; i++) at = this.#writeUnit(at, value.charCodeAt(i));
    this.#length = at;
    this.#view.setInt32(lengthAt, at - lengthAt - 4);
  }

  writeVector<T>(
    items: readonly T[] | null,
    write: (output: OutputArchive, item: T) => void,
  ): void {
    this.writeInt(items === null ? -1 : items.length);
    for (const item of items ?? []) write(this, item);
  }

  /** One UTF-16 unit, into space that is there. @returns where the next one goes. */
  #writeUnit(start: number, unit: number): number {
    let at = start;
    if (unit < 0x80) {
      this.#bytes[at++] = unit;
      return at;
    }
    if (unit < 0x800) {
      this.#bytes[at++] = 0xc0 | (unit >> 6);
    } else {
      this.#bytes[at++] = 0xe0 | (unit >> 12);
      this.#bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
    }
    this.#bytes[at++] = 0x80 | (unit & 0x3f);
    return at;
  }

  /** Makes room for `count` bytes and claims them. @returns where they begin. */
  #grow(count: number): number {
    const start = this.#length;
    this.#length = start + count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, start));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }
}
