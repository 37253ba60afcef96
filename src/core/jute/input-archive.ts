/**
 * Reads jute's binary encoding: big-endian numbers; buffers, strings and vectors behind their
 * length, where -1 means null.
 *
 * Source: org.apache.jute.BinaryInputArchive (3.9).
 */

/** jute.maxbuffer: bytes. */
export const MAX_BUFFER = 0xfffff;

/** Bytes that are not what they should be. The message has ZooKeeper's words where it has any. */
export class JuteError extends Error {
  override readonly name: string = 'JuteError';
}

/** The bytes end too early: Java's EOFException. Several formats take that as a plain end. */
export class EndOfInputError extends JuteError {
  override readonly name = 'EndOfInputError';
}

/** UTF-8 with a replacement character for what is not; a leading U+FEFF is text like any other. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The same bytes without the ways of a subclass: `slice` of Node's Buffer does not copy. */
function plain(bytes: Uint8Array): Uint8Array {
  if (bytes.constructor === Uint8Array) return bytes;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export class InputArchive {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #limit: number;
  #position: number;
  #end: number;

  /** @param maxBuffer jute.maxbuffer: a buffer or string may be twice as long, but not longer. */
  constructor(bytes: Uint8Array, position = 0, maxBuffer = MAX_BUFFER) {
    this.#bytes = plain(bytes);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#position = position;
    this.#end = bytes.length;
    this.#limit = maxBuffer + Math.max(maxBuffer, 1024);
  }

  get position(): number {
    return this.#position;
  }

  get remaining(): number {
    return this.#end - this.#position;
  }

  /** Signed, as Java's byte. */
  readByte(): number {
    return this.#view.getInt8(this.#advance(1));
  }

  readBool(): boolean {
    return this.readByte() !== 0;
  }

  readInt(): number {
    return this.#view.getInt32(this.#advance(4));
  }

  /** Signed 64 bits. */
  readLong(): bigint {
    return this.#view.getBigInt64(this.#advance(8));
  }

  /** A copy: cloning a view would clone all that it is a view of. */
  readBuffer(): Uint8Array | null {
    return this.readView()?.slice() ?? null;
  }

  /** A buffer in place, for those who look at it and keep nothing. */
  readView(): Uint8Array | null {
    const length = this.#readLength();
    if (length === -1) return null;
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** A copy of all that is left, without a length before it. */
  readRest(): Uint8Array {
    return this.readRaw(this.remaining);
  }

  /** A copy of as many bytes, without a length before them. */
  readRaw(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.slice(start, start + length);
  }

  /**
   * A record within a buffer, read in place: to `read` the buffer's end is the end of all. Bytes
   * that it leaves are passed over.
   */
  readNested<T>(read: (input: InputArchive) => T): T | null {
    const length = this.#readLength();
    if (length === -1) return null;
    const start = this.#advance(length);
    const outer = this.#end;
    this.#position = start;
    this.#end = start + length;
    try {
      return read(this);
    } catch (error) {
      // The buffer is here as a whole: more bytes behind it would not help.
      if (error instanceof EndOfInputError) throw new JuteError(error.message);
      throw error;
    } finally {
      this.#position = start + length;
      this.#end = outer;
    }
  }

  readString(): string | null {
    const bytes = this.readView();
    return bytes === null ? null : decoder.decode(bytes);
  }

  /** One field of a record. An archive that keeps account of the bytes notes its name here. */
  readField<T>(_name: string, read: (input: InputArchive) => T): T {
    return read(this);
  }

  readVector<T>(read: (input: InputArchive) => T): T[] | null {
    const count = this.readInt();
    if (count === -1) return null;
    const items: T[] = [];
    for (let i = 0; i < count; i++) items.push(read(this));
    return items;
  }

  /** Of a buffer or string; -1 for null. */
  #readLength(): number {
    const length = this.readInt();
    if (length < -1 || length > this.#limit) {
      throw new JuteError(`Unreasonable length = ${String(length)}`);
    }
    return length;
  }

  #advance(count: number): number {
    const start = this.#position;
    if (count > this.#end - start) {
      throw new EndOfInputError(
        `need ${String(count)} bytes at ${String(start)}, have ${String(this.remaining)}`,
      );
    }
    this.#position = start + count;
    return start;
  }
}
