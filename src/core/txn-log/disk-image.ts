/** What a server finds on its disk when it starts: the only thing that outlives a crash. */
import type { TxnRecord } from '../jute/txn.ts';
import type { Zxid } from '../zxid.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * One entry of the log as read back. `torn`: the file ends inside it. `damaged`: its bytes do not
 * match its checksum; `reason` says what was found, in ZooKeeper's words.
 */
export type LogEntry =
  | {
      readonly kind: 'record';
      readonly record: TxnRecord;
      /** True on the first record of a log file, `log.<zxid>`. */
      readonly startsFile: boolean;
    }
  | { readonly kind: 'torn' }
  | { readonly kind: 'damaged'; readonly reason: string };

/** A snapshot as read back; a damaged one is skipped in favour of an older one. */
export type SnapshotEntry =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'damaged'; readonly zxid: Zxid; readonly reason: string };

export interface DiskImage {
  /** In the order of writing. */
  readonly log: readonly LogEntry[];
  /** Oldest first. */
  readonly snapshots: readonly SnapshotEntry[];
  /** Null where the file is missing. */
  readonly acceptedEpoch: number | null;
  readonly currentEpoch: number | null;
  /** zoo.cfg.dynamic and its `.next`: null where a reconfiguration has never written one. */
  readonly dynamicConfig: string | null;
  readonly nextConfig: string | null;
}

export const EMPTY_DISK: DiskImage = {
  log: [],
  snapshots: [],
  acceptedEpoch: null,
  currentEpoch: null,
  dynamicConfig: null,
  nextConfig: null,
};
