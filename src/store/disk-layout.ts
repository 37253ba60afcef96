/**
 * How a disk is laid out over keys, as a plan: which keys a write puts and deletes. It touches no
 * database, so that the browser's store and its twin for tests cannot differ.
 *
 *   log/<16 hexadecimal digits>    the records of one flush, or of a segment of many, as bytes;
 *                                  named by the first zxid in it
 *   snap/<16 hexadecimal digits>   one snapshot, as bytes
 *   meta/acceptedEpoch, meta/currentEpoch, meta/version
 *
 * One key a flush, not a record: each key costs the browser as much as a hundred records in it.
 */
import { defined, unreachable } from '../core/assert.ts';
import type { LogEntry } from '../core/txn-log/disk-image.ts';
import type { Snapshot } from '../core/txn-log/snapshot.ts';
import type { Zxid } from '../core/zxid.ts';
import type { StoreWrite } from './disk-store.ts';
import { encodeChunk, encodeEpoch, encodeSnapshotValue } from './disk-values.ts';
import type { StoredValue } from './disk-values.ts';

/** Records in a segment, at most: what small chunks are merged to when a snapshot is taken. */
export const SEGMENT_MAX = 1000;

export const STORE_VERSION = '1';

export const VERSION_KEY = 'meta/version';
export const LOG_PREFIX = 'log/';
export const SNAPSHOT_PREFIX = 'snap/';

export type Change =
  | { readonly kind: 'put'; readonly key: string; readonly value: StoredValue }
  /** Deletes every key from `from` to `to`, both included. */
  | { readonly kind: 'delete'; readonly from: string; readonly to: string };

/** The entries under one key. A torn or damaged entry is always the last of its chunk. */
export interface Chunk {
  readonly key: string;
  readonly entries: readonly LogEntry[];
}

/** What is stored, as an index in memory; the records are those of the server, not copies. */
export interface Layout {
  /** False until the first write, which puts the version. */
  versioned: boolean;
  chunks: Chunk[];
  /** Ascending. */
  snapshots: Zxid[];
}

export function emptyLayout(): Layout {
  return { versioned: false, chunks: [], snapshots: [] };
}

export function hex16(zxid: Zxid): string {
  return BigInt.asUintN(64, zxid).toString(16).padStart(16, '0');
}

export function snapshotKey(zxid: Zxid): string {
  return SNAPSHOT_PREFIX + hex16(zxid);
}

/** Brings `layout` to after `writes`, and returns what has to change in the store for it. */
export function planWrites(layout: Layout, writes: readonly StoreWrite[]): Change[] {
  const changes: Change[] = [];
  planVersion(layout, changes);
  for (const write of writes) planWrite(layout, write, changes);
  return changes;
}

export function planVersion(layout: Layout, changes: Change[]): void {
  if (layout.versioned) return;
  changes.push({ kind: 'put', key: VERSION_KEY, value: STORE_VERSION });
  layout.versioned = true;
}

function planWrite(layout: Layout, write: StoreWrite, changes: Change[]): void {
  switch (write.kind) {
    case 'append':
      return planAppend(layout, write.entries, changes);
    case 'truncate':
      planTruncate(layout, write.zxid, changes);
      if (write.keepsSnapshots === true) return;
      return planSnapshotsKept(layout, (zxid) => zxid <= write.zxid, changes);
    case 'snapshot':
      return planSnapshot(layout, write.snapshot, changes);
    case 'epoch':
      changes.push({ kind: 'put', key: `meta/${write.file}`, value: encodeEpoch(write.epoch) });
      return;
    case 'config':
      changes.push(
        write.text === null
          ? { kind: 'delete', from: `meta/${write.file}`, to: `meta/${write.file}` }
          : { kind: 'put', key: `meta/${write.file}`, value: write.text },
      );
      return;
    case 'purge':
      planSnapshotsKept(layout, (zxid) => zxid >= write.snapshot, changes);
      return planPurge(layout, write.snapshot, changes);
    default:
      return unreachable(write);
  }
}

/** Appends `entries`, a new chunk at every SEGMENT_MAX and after every entry that is no record. */
export function planAppend(layout: Layout, entries: readonly LogEntry[], changes: Change[]): void {
  let from = 0;
  for (let i = 0; i < entries.length; i += 1) {
    const full = i - from + 1 === SEGMENT_MAX;
    const ends = full || i === entries.length - 1 || entries[i]?.kind !== 'record';
    if (!ends) continue;
    putChunk(layout, entries.slice(from, i + 1), changes);
    from = i + 1;
  }
}

function putChunk(layout: Layout, entries: readonly LogEntry[], changes: Change[]): void {
  const key = chunkKey(layout.chunks.at(-1)?.key ?? null, firstZxid(entries));
  layout.chunks.push({ key, entries });
  changes.push({ kind: 'put', key, value: encodeChunk(entries) });
}

/**
 * A key behind `last`, by name the chunk's first zxid. Zxids ascend in a healthy log; where one
 * does not, or there is none to name the chunk by, a counter keeps the order of writing.
 */
function chunkKey(last: string | null, first: Zxid | null): string {
  const wanted = first === null ? null : LOG_PREFIX + hex16(first);
  if (wanted !== null && (last === null || wanted > last)) return wanted;
  if (last === null) return LOG_PREFIX + hex16(0n as Zxid);
  const [stem, count] = last.split('.');
  const next = count === undefined ? 1 : parseInt(count, 16) + 1;
  return `${stem ?? last}.${next.toString(16).padStart(8, '0')}`;
}

function firstZxid(entries: readonly LogEntry[]): Zxid | null {
  const first = entries[0];
  return first?.kind === 'record' ? first.record.header.zxid : null;
}

/** Everything behind the last record that is not newer than `zxid` goes. */
function planTruncate(layout: Layout, zxid: Zxid, changes: Change[]): void {
  for (let c = layout.chunks.length - 1; c >= 0; c -= 1) {
    const { entries } = at(layout, c);
    const last = entries.findLastIndex(
      (entry) => entry.kind === 'record' && entry.record.header.zxid <= zxid,
    );
    if (last < 0) continue;
    const whole = last === entries.length - 1;
    planCut(layout, whole ? c + 1 : c, changes);
    if (!whole) putChunk(layout, entries.slice(0, last + 1), changes);
    return;
  }
  planCut(layout, 0, changes);
}

function at(layout: Layout, index: number): Chunk {
  return defined(layout.chunks[index], 'the chunk at an index');
}

/** Drops the chunks from index `at` on. */
export function planCut(layout: Layout, at: number, changes: Change[]): void {
  const from = layout.chunks[at];
  const to = layout.chunks.at(-1);
  if (from === undefined || to === undefined) return;
  changes.push({ kind: 'delete', from: from.key, to: to.key });
  layout.chunks.length = at;
}

/** Whole log files go: those behind which another begins at or before the snapshot. */
function planPurge(layout: Layout, snapshot: Zxid, changes: Change[]): void {
  const begins = (entry: LogEntry): boolean =>
    entry.kind === 'record' && entry.startsFile && entry.record.header.zxid <= snapshot;
  const c = layout.chunks.findLastIndex((chunk) => chunk.entries.some(begins));
  if (c < 0) return;
  const { key, entries } = at(layout, c);
  const first = entries.findLastIndex(begins);
  if (first > 0) {
    const kept = entries.slice(first);
    layout.chunks[c] = { key, entries: kept };
    changes.push({ kind: 'put', key, value: encodeChunk(kept) });
  }
  if (c === 0) return;
  changes.push({ kind: 'delete', from: at(layout, 0).key, to: at(layout, c - 1).key });
  layout.chunks.splice(0, c);
}

export function planSnapshotsKept(
  layout: Layout,
  keeps: (zxid: Zxid) => boolean,
  changes: Change[],
): void {
  for (const zxid of layout.snapshots) {
    const key = snapshotKey(zxid);
    if (!keeps(zxid)) changes.push({ kind: 'delete', from: key, to: key });
  }
  layout.snapshots = layout.snapshots.filter(keeps);
}

function planSnapshot(layout: Layout, snapshot: Snapshot, changes: Change[]): void {
  const { zxid } = snapshot;
  const value = encodeSnapshotValue(snapshot);
  changes.push({ kind: 'put', key: snapshotKey(zxid), value });
  layout.snapshots = [...layout.snapshots.filter((z) => z !== zxid), zxid].sort(ascending);
  planMerge(layout, changes);
}

function ascending(a: Zxid, b: Zxid): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Merges runs of small chunks to segments, so that a later load reads few keys. */
function planMerge(layout: Layout, changes: Change[]): void {
  const merged: Chunk[] = [];
  let run: Chunk[] = [];
  let records = 0;
  const endRun = (): void => {
    const first = run[0];
    const second = run[1];
    const last = run.at(-1);
    if (first !== undefined && second !== undefined && last !== undefined) {
      const entries = run.flatMap((chunk) => chunk.entries);
      changes.push({ kind: 'delete', from: second.key, to: last.key });
      changes.push({ kind: 'put', key: first.key, value: encodeChunk(entries) });
      merged.push({ key: first.key, entries });
    } else {
      merged.push(...run);
    }
    run = [];
    records = 0;
  };
  for (const chunk of layout.chunks) {
    if (records + chunk.entries.length > SEGMENT_MAX) endRun();
    run.push(chunk);
    records += chunk.entries.length;
    if (chunk.entries.at(-1)?.kind !== 'record') endRun();
  }
  endRun();
  layout.chunks = merged;
}
