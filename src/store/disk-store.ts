/**
 * A port: what a member needs of the place that outlives its worker. `disk-layout.ts` says what is
 * stored under which key; `idb-disk-store.ts` and `memory-disk-store.ts` keep it.
 */
import type { TxnRecord } from '../core/jute/txn.ts';
import type { DiskImage } from '../core/txn-log/disk-image.ts';
import type { Snapshot } from '../core/txn-log/snapshot.ts';
import type { Zxid } from '../core/zxid.ts';

export interface StoredRecord {
  readonly record: TxnRecord;
  /** True on the first record of a log file. */
  readonly startsFile: boolean;
}

/** One operation on the platter; what is in the page cache only never gets here. */
export type StoreWrite =
  /** The records of one sync, at least one. */
  | { readonly kind: 'append'; readonly records: readonly StoredRecord[] }
  /** Cuts the log after `zxid` and removes the snapshots that are newer. */
  | { readonly kind: 'truncate'; readonly zxid: Zxid }
  | { readonly kind: 'saveSnapshot'; readonly snapshot: Snapshot }
  | {
      readonly kind: 'writeEpoch';
      readonly file: 'acceptedEpoch' | 'currentEpoch';
      readonly epoch: number;
    }
  /**
   * Removes the snapshots older than `snapshot`, and the log up to and with `upTo`: the last
   * record that no kept snapshot needs; null when every record is needed.
   */
  | { readonly kind: 'purge'; readonly snapshot: Zxid; readonly upTo: Zxid | null };

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
