/** What a server finds on its disk when it starts: the only thing that outlives a crash. */
import type { TxnRecord } from '../jute/txn.ts';
import type { Zxid } from '../zxid.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * One entry of the log as read back. `torn`: the file ends inside it. `damaged`: its bytes do not
 * match its checksum; `reason` says what was found, in ZooKeeper's words. Nothing of the same file
 * follows either of them.
 *
 * `file` is there where no record of the log file could be read: the zxid in the file's name.
 */
export type LogEntry =
  | {
      readonly kind: 'record';
      readonly record: TxnRecord;
      /** True on the first record of a log file, `log.<zxid>`. */
      readonly startsFile: boolean;
    }
  | { readonly kind: 'torn'; readonly file?: Zxid }
  | { readonly kind: 'damaged'; readonly reason: string; readonly file?: Zxid };

/**
 * A snapshot as read back; a damaged one is skipped in favour of an older one. `incomplete`: it
 * does not even end as a snapshot does, and ZooKeeper treats it as if it were not there.
 */
export type SnapshotEntry =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | {
      readonly kind: 'damaged';
      readonly zxid: Zxid;
      readonly reason: string;
      readonly incomplete?: boolean;
    };

export interface DiskImage {
  /** In the order of the files' names, and within a file in the order of writing. */
  readonly log: readonly LogEntry[];
  /** Oldest first. */
  readonly snapshots: readonly SnapshotEntry[];
  /** Null where the file is missing. */
  readonly acceptedEpoch: number | null;
  readonly currentEpoch: number | null;
  /** currentEpoch.tmp: there where a crash came between writing the file and renaming it. */
  readonly currentEpochTmp?: number;
  /** An epoch file without a number in it, in ZooKeeper's words: the server does not start. */
  readonly epochProblem?: string;
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
