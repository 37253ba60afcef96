/**
 * Packets in a stream of bytes: each behind its length in four bytes. Chunks come as the network
 * cuts them; a frame that lies within one chunk is handed out as a view of it, and one that spans
 * several is put together once.
 *
 * Source: NIOServerCnxn.readLength, NIOServerCnxn.readPayload (3.9).
 */
import type { OutputArchive } from './output-archive.ts';

const LENGTH = 4;

/** State of one direction of one connection. Plain data; `pushChunk` and `nextFrame` change it. */
export interface Framer {
  /** Bytes; a frame may be as long as this, and no longer. */
  readonly maxLength: number;
  /** What has come and is not yet handed out, in order. */
  readonly chunks: Uint8Array[];
  /** Where in the first chunk the rest begins. */
  offset: number;
  /** Bytes in `chunks` from `offset` on. */
  available: number;
  /** Of the frame under way, once its four bytes have come. */
  length: number | null;
}

/**
 * `frame`: a view that is good as long as the chunk that it came in. `more`: not enough has come.
 * `bad`: a length that cannot be; the connection is to be closed.
 */
export type Framed =
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  | { readonly kind: 'more' }
  | { readonly kind: 'bad'; readonly length: number };

const MORE: Framed = { kind: 'more' };

/** @param maxLength jute.maxbuffer: bytes. */
export function newFramer(maxLength: number): Framer {
  return { maxLength, chunks: [], offset: 0, available: 0, length: null };
}

/** The chunk is kept, not copied: it must not change until all of it has been handed out. */
export function pushChunk(framer: Framer, chunk: Uint8Array): void {
  if (chunk.length === 0) return;
  framer.chunks.push(chunk);
  framer.available += chunk.length;
}

/** The next whole frame, without its length. To be called until it says `more` or `bad`. */
export function nextFrame(framer: Framer): Framed {
  if (framer.length === null) {
    if (framer.available < LENGTH) return MORE;
    framer.length = takeInt(framer);
  }
  const { length, maxLength } = framer;
  if (length < 0 || length > maxLength) return { kind: 'bad', length };
  if (framer.available < length) return MORE;
  framer.length = null;
  return { kind: 'frame', bytes: take(framer, length) };
}

/** A payload behind its length. */
export function frame(payload: Uint8Array): Uint8Array {
  const framed = new Uint8Array(LENGTH + payload.length);
  new DataView(framed.buffer).setInt32(0, payload.length);
  framed.set(payload, LENGTH);
  return framed;
}

/** Appends what `write` writes behind its length, in the space of `output`: nothing is copied. */
export function writeFrame(output: OutputArchive, write: (output: OutputArchive) => void): void {
  const start = output.length;
  output.writeInt(0);
  write(output);
  output.patchInt(start, output.length - start - LENGTH);
}

/** The first four bytes, signed, as `ruok` and its like are read too. */
function takeInt(framer: Framer): number {
  const bytes = take(framer, LENGTH);
  return new DataView(bytes.buffer, bytes.byteOffset, LENGTH).getInt32(0);
}

function take(framer: Framer, count: number): Uint8Array {
  framer.available -= count;
  const first = framer.chunks[0];
  if (first === undefined) return new Uint8Array(0);
  const end = framer.offset + count;
  if (end <= first.length) {
    const bytes = first.subarray(framer.offset, end);
    framer.offset = end;
    if (end === first.length) {
      framer.chunks.shift();
      framer.offset = 0;
    }
    return bytes;
  }
  return gather(framer, count);
}

/** A run of bytes that spans chunks. They are there: `available` has been asked. */
function gather(framer: Framer, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  let { offset } = framer;
  let at = 0;
  let used = 0;
  for (const chunk of framer.chunks) {
    const part = chunk.subarray(offset, offset + count - at);
    bytes.set(part, at);
    at += part.length;
    offset += part.length;
    if (offset < chunk.length) break;
    used++;
    offset = 0;
    if (at === count) break;
  }
  framer.chunks.splice(0, used);
  framer.offset = offset;
  return bytes;
}
