/**
 * Reading a log file without its padding: a file of 64 MB often holds a few kilobytes.
 *
 *   16 bytes of header, then: checksum (8) ‖ length (4) ‖ payload ‖ 'B' …, then zeros
 */
import { open } from 'node:fs/promises';
import type { Zxid } from '../core/zxid.ts';

const HEADER_BYTES = 16;

/** Checksum and length. */
const FRAME_START = 12;

/** In the payload: the session (8 bytes) and the cxid (4) stand before the zxid. */
const ZXID_AT = FRAME_START + 12;

const PIECE = 1024 * 1024;

/**
 * The file up to the first record of no length, and that with it; all of it where there is none,
 * or where its lengths make no sense.
 */
export async function readLogBytes(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    let bytes = new Uint8Array(Math.min(size, PIECE));
    let have = 0;
    let at = HEADER_BYTES;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, have, bytes.length - have, have);
      have += bytesRead;
      at = skipRecords(bytes.subarray(0, have), at);
      if (endsAt(bytes.subarray(0, have), at)) return bytes.slice(0, at + FRAME_START);
      if (bytesRead === 0 || have >= size) return bytes.slice(0, have);
      const larger = new Uint8Array(Math.min(size, bytes.length * 2));
      larger.set(bytes.subarray(0, have));
      bytes = larger;
    }
  } finally {
    await handle.close();
  }
}

/** @returns where the first record begins that is not whole. */
function skipRecords(bytes: Uint8Array, start: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  while (at + FRAME_START <= bytes.length) {
    const length = view.getInt32(at + 8);
    const end = at + FRAME_START + length + 1;
    if (length <= 0 || end > bytes.length) return at;
    at = end;
  }
  return at;
}

function endsAt(bytes: Uint8Array, at: number): boolean {
  if (at + FRAME_START > bytes.length) return false;
  for (let i = at; i < at + FRAME_START; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** The offset behind the last record whose zxid is at most `zxid`. */
export function recordEnd(bytes: Uint8Array, zxid: Zxid): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = HEADER_BYTES;
  while (at + ZXID_AT + 8 <= bytes.length) {
    const length = view.getInt32(at + 8);
    const end = at + FRAME_START + length + 1;
    if (length <= 0 || end > bytes.length) break;
    if (view.getBigInt64(at + ZXID_AT) > zxid) break;
    at = end;
  }
  return Math.min(at, bytes.length);
}
