/** What the worker that reads and packs files is asked, and what it answers. */
import type { FileReport } from '../../core/txn-log/data-dir.ts';
import type { DamageOutcome, DataFile } from '../../core/txn-log/file-report.ts';
import type { Millis, SessionId } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';

/**
 * What a page in a tab can hold. Each member of the new ensemble keeps its own copy in memory and
 * in the browser's storage, so what is small for a server is large here.
 */
export const LIMITS = {
  /** In all, without the zeros that logs are made ahead with. */
  bytes: 64 * 1024 * 1024,
  /** Of one file as it lies there, zeros and all. */
  rawBytes: 512 * 1024 * 1024,
  znodes: 100_000,
  /** Transactions that a start reads, behind the snapshot. */
  records: 200_000,
} as const;

/** A file that a person gave, by its path from the folder or the archive. */
export interface GivenFile {
  readonly path: string;
  readonly blob: Blob;
}

/** A file that was not read: it, or all of them together, are over a limit. */
export interface Refusal {
  readonly path: string;
  readonly size: number;
  readonly why: 'bytes' | 'together' | 'raw' | 'archive';
}

/** What real ZooKeeper makes of a directory. */
export interface Verdict {
  readonly starts: boolean;
  /** With which it ends itself; null where it starts. */
  readonly reason: string | null;
  /** Warnings and errors in its log, in its words. */
  readonly says: readonly string[];
  /** Of the database as it is after the start. */
  readonly lastZxid: Zxid;
  readonly znodes: number;
  readonly sessions: number;
  readonly ephemerals: number;
  /** Znodes with a time to live, in the snapshot or created in the log. */
  readonly hasTtlNodes: boolean;
  readonly acceptedEpoch: number;
  readonly currentEpoch: number;
  /** Transactions that the start reads. */
  readonly records: number;
  /** The latest time that stands in it. */
  readonly latest: Millis;
}

/** A data directory among what was given. */
export interface DirReading {
  /** Where it was: `server1/data`; empty for files without a folder. */
  readonly path: string;
  readonly files: readonly FileReport[];
  readonly sid: number | null;
  readonly remove: readonly string[];
  readonly verdict: Verdict;
  /** One of its files was refused: what is said of the rest may not hold for all. */
  readonly partial: boolean;
}

export interface Reading {
  readonly dirs: readonly DirReading[];
  readonly refused: readonly Refusal[];
  /** Files that are none of ZooKeeper's. */
  readonly others: number;
}

/** A part of a transaction, or the whole of one that has no parts. */
export interface TxnView {
  readonly type: string;
  readonly path: string | null;
  /** Text where it is UTF-8, else bytes in hexadecimal; cut at PREVIEW_CHARS. Null: no data. */
  readonly data: string | null;
  readonly dataLength: number | null;
  /** What else it says: `version 3`, `timeout 10000`, `err -110`, its ACL … */
  readonly details: readonly string[];
}

export type LogRowView =
  | {
      readonly kind: 'record';
      readonly at: number;
      readonly size: number;
      readonly zxid: Zxid;
      readonly time: Millis;
      readonly session: SessionId;
      readonly cxid: number;
      readonly txn: TxnView;
      /** Of a multi. */
      readonly parts: readonly TxnView[];
      readonly digest: bigint | null;
    }
  | {
      readonly kind: 'damage';
      readonly at: number;
      readonly reason: string;
      readonly outcome: DamageOutcome | null;
    };

export type SnapshotRowView =
  | { readonly kind: 'session'; readonly session: SessionId; readonly timeout: Millis }
  | {
      readonly kind: 'node';
      readonly path: string;
      readonly owner: 'persistent' | 'ephemeral' | 'container' | 'ttl';
      readonly ephemeralOwner: SessionId;
      readonly data: string | null;
      readonly dataLength: number | null;
      readonly version: number;
      readonly cversion: number;
      readonly aversion: number;
      readonly czxid: Zxid;
      readonly mzxid: Zxid;
      readonly pzxid: Zxid;
      readonly ctime: Millis;
      readonly mtime: Millis;
      readonly acl: string;
    };

export type Rows =
  | { readonly kind: 'log'; readonly total: number; readonly rows: readonly LogRowView[] }
  | { readonly kind: 'snapshot'; readonly total: number; readonly rows: readonly SnapshotRowView[] }
  | { readonly kind: 'text'; readonly total: 1; readonly text: string }
  | { readonly kind: 'none'; readonly total: 0 };

/** A file of an archive to be made. */
export interface PackedFile {
  readonly path: string;
  /** No bytes: an empty folder, where the path ends in a slash. */
  readonly bytes: Uint8Array;
}

export interface FilesApi {
  /** Forgets what was read before. */
  read(files: readonly GivenFile[]): Promise<Reading>;
  /** A page of a file's records. @param dir its place in `Reading.dirs`. */
  rows(dir: number, file: string, from: number, count: number): Promise<Rows>;
  /** What a new member begins with: the snapshot that a start reads, and the log behind it. */
  diskOf(dir: number): Promise<readonly DataFile[]>;
  /** @returns a zip. */
  pack(files: readonly PackedFile[]): Promise<Uint8Array<ArrayBuffer>>;
}
