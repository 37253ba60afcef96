/**
 * A port: what a member needs of the place that outlives its worker. `disk-layout.ts` says what is
 * stored under which key; `idb-disk-store.ts` and `memory-disk-store.ts` keep it.
 */
import type { DiskImage, LogEntry } from '../core/txn-log/disk-image.ts';
import type { Snapshot } from '../core/txn-log/snapshot.ts';
import type { Zxid } from '../core/zxid.ts';

/** One operation on the platter; what is in the page cache only never gets here. */
export type StoreWrite =
  /** The entries of one sync. */
  | { readonly kind: 'append'; readonly entries: readonly LogEntry[] }
  /** Cuts the log after `zxid` and removes the snapshots that are newer, unless it keeps them. */
  | { readonly kind: 'truncate'; readonly zxid: Zxid; readonly keepsSnapshots?: boolean }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | {
      readonly kind: 'epoch';
      readonly file: 'acceptedEpoch' | 'currentEpoch';
      readonly epoch: number;
    }
  | {
      readonly kind: 'config';
      readonly file: 'dynamic' | 'next';
      readonly text: string | null;
    }
  /** Removes the snapshots older than `snapshot`, and the log files that end before it. */
  | { readonly kind: 'purge'; readonly snapshot: Zxid };

export interface DiskStore {
  /** @throws DamagedStoreError where the damage is not one that ZooKeeper's recovery handles. */
  load(): Promise<DiskImage>;
  /**
   * All or nothing, after every write asked for before. Resolves when the browser has committed
   * it. @throws StoreFullError or StoreError; then every later write fails too, until a `load`.
   */
  write(writes: readonly StoreWrite[]): Promise<void>;
  /** Makes the store hold exactly `image`: what survives a crash. */
  replace(image: DiskImage): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

/** The storage failed; the member ends itself as ZooKeeper does on a disk error. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
}

/** The browser's quota for this site is spent. */
export class StoreFullError extends StoreError {
  override readonly name = 'StoreFullError';
}

/** What is stored cannot be read as a disk at all: another version, or a damaged epoch file. */
export class DamagedStoreError extends StoreError {
  override readonly name = 'DamagedStoreError';
}
