/**
 * Snapshots as values: the sessions, the znodes in pre-order, and a digest.
 *
 * Source: persistence.FileSnap, SerializeUtils (3.9).
 */
import type { Acl } from '../jute/data.ts';
import type { Millis, SessionId } from '../units.ts';
import type { Zxid } from '../zxid.ts';

/** StatPersisted, with the data and the ACL: one znode as it stands on disk. Immutable. */
export interface SnapshotNode {
  /** "" for the root. */
  readonly path: string;
  readonly data: Uint8Array | null;
  readonly acl: readonly Acl[];
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly ctime: Millis;
  readonly mtime: Millis;
  readonly version: number;
  /** As stored: creations of children, ever. */
  readonly cversion: number;
  readonly aversion: number;
  /** As stored: a session, or the mark of a container or TTL node. */
  readonly ephemeralOwner: SessionId;
  readonly pzxid: Zxid;
}

/**
 * The digest of the tree when the last node had been copied, and the transaction before it: once a
 * replay has applied that one, the tree must have this digest.
 */
export interface SnapshotDigest {
  readonly zxid: Zxid;
  /** Unsigned, as in a TxnRecord. */
  readonly digest: bigint;
}

/** `zxid` is the tree's lastProcessedZxid when the snapshot began; it may hold later changes. */
export interface Snapshot {
  readonly zxid: Zxid;
  readonly sessions: readonly (readonly [SessionId, Millis])[];
  readonly nodes: readonly SnapshotNode[];
  /** Absent where no transaction had been applied yet, or where digests are switched off. */
  readonly digest?: SnapshotDigest;
}
