/**
 * module org.apache.zookeeper.txn of zookeeper.jute: transactions. They are state, not commands:
 * they carry resulting versions, so applying one twice changes nothing.
 */
import type { ErrorCode } from '../error-code.ts';
import type { Millis, SessionId } from '../units.ts';
import type { Zxid } from '../zxid.ts';
import type { Acl } from './data.ts';

/** `time` is milliseconds since 1970 on the leader's clock. `cxid` is the client's xid. */
export interface TxnHeader {
  readonly clientId: SessionId;
  readonly cxid: number;
  readonly zxid: Zxid;
  readonly time: Millis;
}

export interface CreateTxn {
  /** As the client asked: the two differ only in what it is answered, and in a replay. */
  readonly type: 'create' | 'create2';
  readonly path: string;
  readonly data: Uint8Array | null;
  readonly acl: readonly Acl[];
  readonly ephemeral: boolean;
  /** The parent's stored cversion after this create; -1 leaves it to be counted up. */
  readonly parentCVersion: number;
}

export interface CreateContainerTxn {
  readonly type: 'createContainer';
  readonly path: string;
  readonly data: Uint8Array | null;
  readonly acl: readonly Acl[];
  readonly parentCVersion: number;
}

export interface CreateTtlTxn {
  readonly type: 'createTTL';
  readonly path: string;
  readonly data: Uint8Array | null;
  readonly acl: readonly Acl[];
  readonly parentCVersion: number;
  /** Milliseconds, 1..2^40-1. */
  readonly ttl: number;
}

export interface DeleteTxn {
  readonly type: 'delete' | 'deleteContainer';
  readonly path: string;
}

export interface SetDataTxn {
  /** A reconfig sets the data of /zookeeper/config. */
  readonly type: 'setData' | 'reconfig';
  readonly path: string;
  readonly data: Uint8Array | null;
  /** The version after this change. */
  readonly version: number;
}

export interface SetAclTxn {
  readonly type: 'setACL';
  readonly path: string;
  readonly acl: readonly Acl[];
  /** The aversion after this change. */
  readonly version: number;
}

export interface CheckVersionTxn {
  readonly type: 'check';
  readonly path: string;
  readonly version: number;
}

export interface CreateSessionTxn {
  readonly type: 'createSession';
  readonly timeOut: Millis;
}

/** With the paths to delete, so that a replay over a fuzzy snapshot deletes the same ones. */
export interface CloseSessionTxn {
  readonly type: 'closeSession';
  readonly paths: readonly string[];
}

/** A write that failed: it takes a zxid all the same. */
export interface ErrorTxn {
  readonly type: 'error';
  readonly err: ErrorCode;
}

/** All or nothing. Of a failed multi every member is an error. */
export interface MultiTxn {
  readonly type: 'multi';
  readonly txns: readonly Txn[];
}

export type Txn =
  | CreateTxn
  | CreateContainerTxn
  | CreateTtlTxn
  | DeleteTxn
  | SetDataTxn
  | SetAclTxn
  | CheckVersionTxn
  | CreateSessionTxn
  | CloseSessionTxn
  | ErrorTxn
  | MultiTxn;

/** One entry of the transaction log, and what a PROPOSAL carries. Immutable, shared freely. */
export interface TxnRecord {
  readonly header: TxnHeader;
  readonly txn: Txn;
  /** TxnDigest, version 2: the digest of the tree after it, unsigned; null where none was made. */
  readonly digest: bigint | null;
}
