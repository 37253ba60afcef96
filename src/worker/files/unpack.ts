/** From what a person gave to the bytes of ZooKeeper's files, within bounds. */
import { gunzipSync, unzipSync, type UnzipFileInfo } from 'fflate';
import { isEpochFile } from '../../core/txn-log/small-files.ts';
import { zxidInName } from '../../core/txn-log/file-names.ts';
import { LIMITS, type GivenFile, type Refusal } from './api.ts';

/** A file with its bytes: of a log without most of the zeros behind its last record. */
export interface ReadFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** As it lay there. */
  readonly size: number;
}

export interface Unpacked {
  readonly files: readonly ReadFile[];
  readonly refused: readonly Refusal[];
  readonly others: number;
}

interface Unpacking {
  readonly files: ReadFile[];
  readonly refused: Refusal[];
  others: number;
  /** Bytes read so far. */
  used: number;
}

export async function unpack(given: readonly GivenFile[]): Promise<Unpacked> {
  const to: Unpacking = { files: [], refused: [], others: 0, used: 0 };
  for (const { path, blob } of given) {
    if (isZooKeepers(path)) {
      if (blob.size > LIMITS.rawBytes) refuse(to, path, blob.size, 'raw');
      else await readBlob(to, path, blob);
    } else if (await isZip(path, blob)) {
      if (blob.size > LIMITS.rawBytes) refuse(to, path, blob.size, 'raw');
      else unzip(to, path, new Uint8Array(await blob.arrayBuffer()));
    } else {
      to.others += 1;
    }
  }
  return to;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A file that a data directory has, by its name. */
function isZooKeepers(path: string): boolean {
  const name = nameOf(path);
  if (name === 'myid' || name === 'initialize' || isEpochFile(name)) return true;
  return isLog(name) || zxidInName(name, 'snapshot') !== null;
}

function isLog(name: string): boolean {
  return zxidInName(name, 'log') !== null;
}

async function isZip(path: string, blob: Blob): Promise<boolean> {
  if (!path.toLowerCase().endsWith('.zip')) return false;
  const [p, k] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  return p === 0x50 && k === 0x4b;
}

function refuse(to: Unpacking, path: string, size: number, why: Refusal['why']): void {
  to.refused.push({ path, size, why });
}

/** A log may be 64 MiB of which a page is used, so it is read a piece at a time. */
const PIECE = 4 * 1024 * 1024;

async function readBlob(to: Unpacking, path: string, blob: Blob): Promise<void> {
  if (isLog(nameOf(path))) {
    const bytes = await readLog(blob);
    if (bytes === null) refuse(to, path, blob.size, 'bytes');
    else keep(to, path, bytes, blob.size);
  } else if (blob.size > LIMITS.bytes) {
    refuse(to, path, blob.size, 'bytes');
  } else {
    keep(to, path, new Uint8Array(await blob.arrayBuffer()), blob.size);
  }
}

/** Null where more than the limit is used of it. Pieces of zeros alone are not kept. */
async function readLog(blob: Blob): Promise<Uint8Array | null> {
  const pieces: { readonly at: number; readonly piece: Uint8Array }[] = [];
  let used = 0;
  for (let at = 0; at < blob.size; at += PIECE) {
    const piece = new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
    const end = usedBytes(piece);
    if (end === 0) continue;
    used = at + end;
    if (used > LIMITS.bytes) return null;
    pieces.push({ at, piece });
  }
  const bytes = new Uint8Array(Math.min(blob.size, used + ZEROS_KEPT));
  for (const { at, piece } of pieces) bytes.set(piece.subarray(0, bytes.length - at), at);
  return bytes;
}

/**
 * Zeros behind the last byte of a log that is not zero: as many as tell a reader that the rest of
 * the file was only made ahead, and whether its header was.
 */
const ZEROS_KEPT = 4096;

/** Up to the last byte that is not zero. */
function usedBytes(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return end;
}

function keep(to: Unpacking, path: string, bytes: Uint8Array, size: number): void {
  const content = isLog(nameOf(path)) ? usedBytes(bytes) : bytes.length;
  if (content > LIMITS.bytes || to.used + content > LIMITS.bytes) {
    refuse(to, path, size, content > LIMITS.bytes ? 'bytes' : 'together');
    return;
  }
  to.used += content;
  to.files.push({ path, bytes: bytes.subarray(0, content + ZEROS_KEPT), size });
}

/** One file of it at a time: what is not needed is not unpacked, nor what would be too much. */
function unzip(to: Unpacking, archive: string, bytes: Uint8Array): void {
  const wanted: UnzipFileInfo[] = [];
  try {
    unzipSync(bytes, {
      filter: (info) => {
        if (isZooKeepers(info.name)) wanted.push(info);
        else if (!info.name.endsWith('/')) to.others += 1;
        return false;
      },
    });
  } catch {
    refuse(to, archive, bytes.length, 'archive');
    return;
  }
  for (const { name, originalSize } of wanted) {
    if (originalSize > UNZIPPED_MAX) {
      refuse(to, name, originalSize, 'bytes');
      continue;
    }
    try {
      const file = unzipSync(bytes, { filter: (info) => info.name === name })[name];
      if (file !== undefined) keep(to, name, file, file.length);
    } catch {
      refuse(to, name, originalSize, 'archive');
    }
  }
}

/** With the zeros of a log of 64 MiB that is full. */
const UNZIPPED_MAX = 2 * LIMITS.bytes + 1024;

/** @throws where it is damaged, or unpacks to more than the limit. */
export function gunzip(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 18) throw new Error('Unexpected end of ZLIB input stream');
  // The last four bytes say how long it is unpacked.
  const size = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(
    0,
    true,
  );
  if (size > LIMITS.bytes) throw new Error(`it unpacks to ${String(size)} bytes`);
  return gunzipSync(bytes);
}
