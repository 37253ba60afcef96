/**
 * Snapshots as values: the sessions and the znodes, in pre-order.
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

/** `zxid` is the tree's lastProcessedZxid when the snapshot began; it may hold later changes. */
export interface Snapshot {
  readonly zxid: Zxid;
  readonly sessions: readonly (readonly [SessionId, Millis])[];
  readonly nodes: readonly SnapshotNode[];
}
