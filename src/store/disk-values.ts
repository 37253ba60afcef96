/**
 * What stands under a key: ZooKeeper's own bytes for records and snapshots, each with its
 * checksum, and text with a checksum for the epochs.
 */
import type { LogEntry, SnapshotEntry } from '../core/txn-log/disk-image.ts';
import { decodeLog, encodeLogEntry } from '../core/txn-log/log-format.ts';
import { decodeSnapshot, encodeSnapshot } from '../core/txn-log/snapshot-format.ts';
import type { Snapshot } from '../core/txn-log/snapshot.ts';
import type { Zxid } from '../core/zxid.ts';
import { DamagedStoreError } from './disk-store.ts';

/** The bytes of some log records, end to end. */
export interface ChunkValue {
  readonly bytes: Uint8Array;
  /** Which of them begin a log file, counted from 0. */
  readonly fileStarts: readonly number[];
  /** The last of them where it is no record: the bytes alone do not say all that is known of it. */
  readonly end?: Exclude<LogEntry, { readonly kind: 'record' }>;
}

export type StoredValue = ChunkValue | Uint8Array | string;

export function encodeChunk(entries: readonly LogEntry[]): ChunkValue {
  const parts = entries.map(encodeLogEntry);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  const fileStarts: number[] = [];
  entries.forEach((entry, i) => {
    if (entry.kind === 'record' && entry.startsFile) fileStarts.push(i);
  });
  const last = entries.at(-1);
  if (last === undefined || last.kind === 'record') return { bytes, fileStarts };
  return { bytes, fileStarts, end: last };
}

/** Never throws: what cannot be read comes back as a damaged entry, for the core to judge. */
export function decodeChunk(value: unknown): readonly LogEntry[] {
  if (!isChunk(value)) return [{ kind: 'damaged', reason: 'CRC check failed' }];
  const starts = new Set(value.fileStarts);
  const entries = decodeLog(value.bytes).map((entry, i) =>
    entry.kind === 'record' ? { ...entry, startsFile: starts.has(i) } : entry,
  );
  const { end } = value;
  if (end !== undefined && entries.at(-1)?.kind === end.kind) entries[entries.length - 1] = end;
  return entries;
}

function isChunk(value: unknown): value is ChunkValue {
  if (typeof value !== 'object' || value === null) return false;
  if (!('bytes' in value) || !('fileStarts' in value)) return false;
  return value.bytes instanceof Uint8Array && Array.isArray(value.fileStarts);
}

export function encodeSnapshotValue(snapshot: Snapshot): Uint8Array {
  return encodeSnapshot(snapshot);
}

/** No bytes stand for a snapshot that was damaged before: it was there, and does not load. */
export function decodeSnapshotValue(value: unknown, zxid: Zxid): SnapshotEntry {
  if (!(value instanceof Uint8Array)) {
    return { kind: 'damaged', zxid, reason: 'not the bytes of a snapshot' };
  }
  if (value.length === 0) return { kind: 'damaged', zxid, reason: 'CRC corruption' };
  return decodeSnapshot(value, zxid);
}

/** `7 1f2e`: the number, and the Fletcher-16 checksum of its digits. */
export function encodeEpoch(epoch: number): string {
  const digits = String(epoch);
  return `${digits} ${fletcher16(digits)}`;
}

/** @throws DamagedStoreError when the text is not what `encodeEpoch` wrote. */
export function decodeEpoch(file: string, value: unknown): number | null {
  if (value === undefined) return null;
  const match = typeof value === 'string' ? /^(\d{1,10}) ([0-9a-f]{4})$/.exec(value) : null;
  const digits = match?.[1];
  if (digits === undefined || match?.[2] !== fletcher16(digits)) {
    throw new DamagedStoreError(`the file ${file} does not hold an epoch`);
  }
  return Number(digits);
}

function fletcher16(text: string): string {
  let low = 0;
  let high = 0;
  for (let i = 0; i < text.length; i += 1) {
    low = (low + text.charCodeAt(i)) % 255;
    high = (high + low) % 255;
  }
  return ((high << 8) | low).toString(16).padStart(4, '0');
}
