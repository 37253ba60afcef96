/**
 * Snapshots that a server wrote with `zookeeper.snapshot.compression.method=snappy`: blocks of
 * snappy, each behind its length, in the stream format of the snappy-java library.
 *
 * A block begins with the length of what it unpacks to, 7 bits a byte, the lowest first. Then
 * follow elements, told apart by the two low bits of their first byte: bytes as they are (0), or
 * a copy of bytes that came before, with an offset of 11, 16 or 32 bits (1, 2, 3).
 *
 * Source: org.xerial.snappy.SnappyInputStream; the format description of google/snappy.
 */
import { JuteError } from '../jute/input-archive.ts';

/** 0x82 "SNAPPY" 0. */
const MAGIC = [0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0];

/** The magic, the version, and the oldest version that can read it. */
const HEADER_BYTES = 16;

/** The best that a copy does: 64 bytes from 3. A block that promises more is not one. */
const MAX_RATIO = 22;

/** What ZooKeeper looks at before it takes the file for a snapshot. */
export function isSnappyStream(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/** @throws JuteError where the bytes are damaged. */
export function decodeSnappyStream(bytes: Uint8Array): Uint8Array {
  if (!isSnappyStream(bytes) || bytes.length < HEADER_BYTES) throw corrupt('no header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks: Uint8Array[] = [];
  for (let at = HEADER_BYTES; at < bytes.length;) {
    if (isSnappyStream(bytes.subarray(at))) {
      at += HEADER_BYTES; // Two streams, one behind the other, are one stream.
      continue;
    }
    if (at + 4 > bytes.length) throw corrupt('it ends inside a length');
    const length = view.getInt32(at);
    at += 4;
    if (length < 0 || length > bytes.length - at) throw corrupt('it ends inside a block');
    blocks.push(decodeSnappyBlock(bytes.subarray(at, at + length)));
    at += length;
  }
  return join(blocks);
}

/** Where a block is read and written. */
interface Block {
  readonly source: Uint8Array;
  readonly target: Uint8Array;
  from: number;
  to: number;
}

/** @throws JuteError where the bytes are damaged. */
export function decodeSnappyBlock(source: Uint8Array): Uint8Array {
  let length = 0;
  let from = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = source[from++];
    if (byte === undefined || shift > 28) throw corrupt('a block without a length');
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  if (length > source.length * MAX_RATIO) throw corrupt('a block promises too much');
  const block: Block = { source, target: new Uint8Array(length), from, to: 0 };
  while (block.from < source.length) readElement(block);
  if (block.to !== length) throw corrupt('a block holds less than it promises');
  return block.target;
}

function readElement(block: Block): void {
  const tag = readLittle(block, 1);
  const high = tag >>> 2;
  switch (tag & 3) {
    case 0:
      // Up to 60 bytes by the tag itself, else by the 1 to 4 bytes behind it.
      copyLiteral(block, (high < 60 ? high : readLittle(block, high - 59)) + 1);
      return;
    case 1:
      copyBack(block, ((tag >>> 5) << 8) + readLittle(block, 1), (high & 7) + 4);
      return;
    case 2:
      copyBack(block, readLittle(block, 2), high + 1);
      return;
    default:
      copyBack(block, readLittle(block, 4), high + 1);
  }
}

function readLittle(block: Block, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) {
    const byte = block.source[block.from++];
    if (byte === undefined) throw corrupt('a block ends inside an element');
    value += byte * 2 ** (8 * i);
  }
  return value;
}

function copyLiteral(block: Block, length: number): void {
  const { source, target, from, to } = block;
  if (length > source.length - from || length > target.length - to) {
    throw corrupt('bytes beyond the end of a block');
  }
  target.set(source.subarray(from, from + length), to);
  block.from += length;
  block.to += length;
}

/** Byte by byte: a copy may overlap what it writes, and repeats it then. */
function copyBack(block: Block, offset: number, length: number): void {
  const { target, to } = block;
  if (offset === 0 || offset > to || length > target.length - to) {
    throw corrupt('a copy from beyond a block');
  }
  for (let i = 0; i < length; i++) target[to + i] = target[to + i - offset] ?? 0;
  block.to += length;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function corrupt(what: string): JuteError {
  return new JuteError(`the snappy stream is damaged: ${what}`);
}
