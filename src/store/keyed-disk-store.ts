/** A DiskStore over anything that keeps values under keys and changes many at once. */
import type { DiskImage, LogEntry, SnapshotEntry } from '../core/txn-log/disk-image.ts';
import type { Zxid } from '../core/zxid.ts';
import {
  emptyLayout,
  hex16,
  LOG_PREFIX,
  planAppend,
  planCut,
  planSnapshotsKept,
  planVersion,
  planWrites,
  SNAPSHOT_PREFIX,
  snapshotKey,
  STORE_VERSION,
  VERSION_KEY,
  type Change,
  type Layout,
} from './disk-layout.ts';
import { DamagedStoreError, StoreError, type DiskStore, type StoreWrite } from './disk-store.ts';
import {
  decodeChunk,
  decodeEpoch,
  decodeSnapshotValue,
  encodeEpoch,
  encodeSnapshotValue,
} from './disk-values.ts';

/** What the layout stands on. */
export interface KeyValueBackend {
  /** Every key with its value, in ascending order of the keys. */
  readAll(): Promise<readonly (readonly [string, unknown])[]>;
  /** All of them or none. @throws StoreError. */
  apply(changes: readonly Change[]): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

/** Writes wait here while one transaction is under way; the next one takes them all. */
interface Waiting {
  readonly writes: readonly StoreWrite[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

interface KeyedStore {
  readonly backend: KeyValueBackend;
  layout: Layout;
  waiting: Waiting[];
  /** The transaction under way, and those that follow it without a pause. */
  draining: Promise<void> | null;
  /** Once a write has failed nothing may land behind the gap. */
  failure: unknown;
}

export function createKeyedDiskStore(backend: KeyValueBackend): DiskStore {
  const store: KeyedStore = {
    backend,
    layout: emptyLayout(),
    waiting: [],
    draining: null,
    failure: null,
  };
  return {
    load: () => load(store),
    write: (writes) => enqueue(store, writes),
    replace: (image) => replace(store, image),
    clear: () => clear(store),
    close: () => backend.close(),
  };
}

async function load(store: KeyedStore): Promise<DiskImage> {
  await store.draining;
  const pairs = await store.backend.readAll();
  const values = new Map(pairs);
  const version = values.get(VERSION_KEY);
  if (pairs.length > 0 && version !== STORE_VERSION) {
    throw new DamagedStoreError(
      `the store has version ${String(version)}, this program reads ${STORE_VERSION}`,
    );
  }
  const layout: Layout = { ...emptyLayout(), versioned: pairs.length > 0 };
  const log: LogEntry[] = [];
  const snapshots: SnapshotEntry[] = [];
  for (const [key, value] of pairs) {
    if (key.startsWith(LOG_PREFIX)) {
      const entries = decodeChunk(value);
      layout.chunks.push({ key, entries });
      log.push(...entries);
    } else if (key.startsWith(SNAPSHOT_PREFIX)) {
      const zxid = BigInt(`0x${key.slice(SNAPSHOT_PREFIX.length)}`) as Zxid;
      layout.snapshots.push(zxid);
      snapshots.push(decodeSnapshotValue(value, zxid));
    }
  }
  store.layout = layout;
  store.failure = null;
  return {
    log,
    snapshots,
    acceptedEpoch: decodeEpoch('acceptedEpoch', values.get('meta/acceptedEpoch')),
    currentEpoch: decodeEpoch('currentEpoch', values.get('meta/currentEpoch')),
    dynamicConfig: textOf(values.get('meta/dynamic')),
    nextConfig: textOf(values.get('meta/next')),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function enqueue(store: KeyedStore, writes: readonly StoreWrite[]): Promise<void> {
  if (writes.length === 0) return store.draining ?? Promise.resolve();
  return new Promise((resolve, reject) => {
    store.waiting.push({ writes, resolve, reject });
    store.draining ??= drain(store);
  });
}

/** One transaction at a time: were two under way, the second could land without the first. */
async function drain(store: KeyedStore): Promise<void> {
  while (store.waiting.length > 0) {
    // What is asked for in the same turn goes into the same transaction.
    await Promise.resolve();
    const batch = store.waiting;
    store.waiting = [];
    try {
      if (store.failure !== null) throw asError(store.failure);
      await store.backend.apply(
        planWrites(
          store.layout,
          batch.flatMap((w) => w.writes),
        ),
      );
      for (const { resolve } of batch) resolve();
    } catch (reason) {
      store.failure = reason;
      for (const { reject } of batch) reject(reason);
    }
  }
  store.draining = null;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new StoreError(String(reason));
}

/** Writes only what differs: a crash mostly keeps all but the end of the log. */
async function replace(store: KeyedStore, image: DiskImage): Promise<void> {
  await store.draining;
  if (store.failure !== null) throw asError(store.failure);
  const changes: Change[] = [];
  planVersion(store.layout, changes);
  replaceLog(store.layout, image.log, changes);
  replaceSnapshots(store.layout, image.snapshots, changes);
  replaceEpoch('acceptedEpoch', image.acceptedEpoch, changes);
  replaceEpoch('currentEpoch', image.currentEpoch, changes);
  try {
    await store.backend.apply(changes);
  } catch (reason) {
    store.failure = reason;
    throw reason;
  }
}

function replaceLog(layout: Layout, log: readonly LogEntry[], changes: Change[]): void {
  let at = 0;
  let c = 0;
  for (; c < layout.chunks.length; c += 1) {
    const entries = layout.chunks[c]?.entries ?? [];
    const same = entries.every((entry, i) => isSame(entry, log[at + i]));
    if (!same) break;
    at += entries.length;
  }
  planCut(layout, c, changes);
  planAppend(layout, log.slice(at), changes);
}

/** Two records of one zxid in one log are the same record: zxids are never given out again. */
function isSame(a: LogEntry, b: LogEntry | undefined): boolean {
  if (a.kind !== 'record' || b?.kind !== 'record') return false;
  const sameRecord = a.record === b.record || a.record.header.zxid === b.record.header.zxid;
  return sameRecord && a.startsFile === b.startsFile;
}

function replaceSnapshots(
  layout: Layout,
  wanted: readonly SnapshotEntry[],
  changes: Change[],
): void {
  const zxids = new Set(wanted.map(zxidOf));
  planSnapshotsKept(layout, (zxid) => zxids.has(zxid), changes);
  for (const entry of wanted) {
    const known = layout.snapshots.includes(zxidOf(entry));
    if (entry.kind === 'damaged') {
      changes.push({ kind: 'put', key: snapshotKey(entry.zxid), value: new Uint8Array(0) });
    } else if (!known) {
      const value = encodeSnapshotValue(entry.snapshot);
      changes.push({ kind: 'put', key: snapshotKey(entry.snapshot.zxid), value });
    }
  }
  layout.snapshots = wanted.map(zxidOf).sort((a, b) => (hex16(a) < hex16(b) ? -1 : 1));
}

function zxidOf(entry: SnapshotEntry): Zxid {
  return entry.kind === 'snapshot' ? entry.snapshot.zxid : entry.zxid;
}

function replaceEpoch(
  file: 'acceptedEpoch' | 'currentEpoch',
  epoch: number | null,
  changes: Change[],
): void {
  const key = `meta/${file}`;
  if (epoch === null) changes.push({ kind: 'delete', from: key, to: key });
  else changes.push({ kind: 'put', key, value: encodeEpoch(epoch) });
}

async function clear(store: KeyedStore): Promise<void> {
  await store.draining;
  await store.backend.clear();
  store.layout = emptyLayout();
  store.failure = null;
}
