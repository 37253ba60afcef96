/**
 * module org.apache.zookeeper.proto of zookeeper.jute: what a client and a server say to each
 * other, as values. Their bytes come with the wire format.
 */
import type { ErrorCode } from '../error-code.ts';
import type { Millis, SessionId } from '../units.ts';
import type { Zxid } from '../zxid.ts';
import type { Acl, Stat } from './data.ts';

/** ZooDefs.OpCode, by the names that the pages and traces use. */
export const OpCode = {
  create: 1,
  delete: 2,
  exists: 3,
  getData: 4,
  setData: 5,
  getACL: 6,
  setACL: 7,
  getChildren: 8,
  sync: 9,
  ping: 11,
  getChildren2: 12,
  check: 13,
  multi: 14,
  create2: 15,
  setWatches: 101,
  createContainer: 19,
  createTTL: 21,
  createSession: -10,
  closeSession: -11,
  error: -1,
} as const;
export type OpName = keyof typeof OpCode;

/** CreateMode's flags: the seven kinds of znode. */
export const CreateMode = {
  PERSISTENT: 0,
  EPHEMERAL: 1,
  PERSISTENT_SEQUENTIAL: 2,
  EPHEMERAL_SEQUENTIAL: 3,
  CONTAINER: 4,
  PERSISTENT_WITH_TTL: 5,
  PERSISTENT_SEQUENTIAL_WITH_TTL: 6,
} as const;
export type CreateMode = (typeof CreateMode)[keyof typeof CreateMode];

export interface ConnectRequest {
  readonly kind: 'connectRequest';
  readonly protocolVersion: number;
  readonly lastZxidSeen: Zxid;
  /** Asked for; the server clamps it. */
  readonly timeOut: Millis;
  /** 0n for a new session. */
  readonly sessionId: SessionId;
  /** 16 bytes. */
  readonly passwd: Uint8Array;
  readonly readOnly: boolean;
}

/** `timeOut` 0 says that the session has expired (or that the password is wrong). */
export interface ConnectResponse {
  readonly kind: 'connectResponse';
  readonly protocolVersion: number;
  readonly timeOut: Millis;
  readonly sessionId: SessionId;
  readonly passwd: Uint8Array;
  readonly readOnly: boolean;
}

/** create, create2, createContainer and createTTL; `ttl` (ms) is 0 but for createTTL. */
export interface CreateRequest {
  readonly op: 'create' | 'create2' | 'createContainer' | 'createTTL';
  readonly path: string;
  readonly data: Uint8Array | null;
  readonly acl: readonly Acl[];
  readonly flags: number;
  readonly ttl: number;
}

export interface DeleteRequest {
  readonly op: 'delete';
  readonly path: string;
  /** -1 means any. */
  readonly version: number;
}

export interface SetDataRequest {
  readonly op: 'setData';
  readonly path: string;
  readonly data: Uint8Array | null;
  readonly version: number;
}

/** Only inside a multi. */
export interface CheckVersionRequest {
  readonly op: 'check';
  readonly path: string;
  readonly version: number;
}

export interface ReadRequest {
  readonly op: 'exists' | 'getData' | 'getChildren' | 'getChildren2';
  readonly path: string;
  readonly watch: boolean;
}

export interface SyncRequest {
  readonly op: 'sync';
  readonly path: string;
}

export type MultiOp = CreateRequest | DeleteRequest | SetDataRequest | CheckVersionRequest;

export interface MultiRequest {
  readonly op: 'multi';
  readonly ops: readonly MultiOp[];
}

export interface SetWatchesRequest {
  readonly op: 'setWatches';
  readonly relativeZxid: Zxid;
  readonly dataWatches: readonly string[];
  readonly existWatches: readonly string[];
  readonly childWatches: readonly string[];
}

export interface PlainRequest {
  readonly op: 'ping' | 'closeSession';
}

/** What ZooKeeperServer makes of a ConnectRequest for a new session. Never sent by a client. */
export interface CreateSessionRequest {
  readonly op: 'createSession';
  readonly timeOut: Millis;
}

/** The body of a request, told apart by `op`. */
export type Request =
  | CreateRequest
  | DeleteRequest
  | SetDataRequest
  | CheckVersionRequest
  | ReadRequest
  | SyncRequest
  | MultiRequest
  | SetWatchesRequest
  | PlainRequest
  | CreateSessionRequest;

/** Whether a request becomes a transaction: it is proposed, takes a zxid and waits for a commit. */
export function becomesTxn(op: Request['op']): boolean {
  switch (op) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
    case 'delete':
    case 'setData':
    case 'multi':
    case 'createSession':
    case 'closeSession':
      return true;
    default:
      return false;
  }
}

export const Xid = { NOTIFICATION: -1, PING: -2, AUTH: -4, SET_WATCHES: -8 } as const;

/** RequestHeader and body. */
export interface ClientRequest {
  readonly kind: 'request';
  readonly xid: number;
  readonly request: Request;
}

/** One result of a multi, in the order of its operations. */
export interface OpResult {
  readonly err: ErrorCode;
  readonly path: string | null;
  readonly stat: Stat | null;
}

/** The body of a reply; every field that the operation does not answer is null. */
export interface ReplyBody {
  /** create*: the path made; sync: the path. */
  readonly path: string | null;
  readonly stat: Stat | null;
  readonly data: Uint8Array | null;
  /** Unordered. */
  readonly children: readonly string[] | null;
  readonly results: readonly OpResult[] | null;
}

export const NO_BODY: ReplyBody = {
  path: null,
  stat: null,
  data: null,
  children: null,
  results: null,
};

/** ReplyHeader and body. `zxid` is the last one that the server had processed. */
export interface ClientReply {
  readonly kind: 'reply';
  readonly xid: number;
  readonly zxid: Zxid;
  readonly err: ErrorCode;
  readonly body: ReplyBody;
}

export const EventType = {
  None: -1,
  NodeCreated: 1,
  NodeDeleted: 2,
  NodeDataChanged: 3,
  NodeChildrenChanged: 4,
} as const;
export type EventType = (typeof EventType)[keyof typeof EventType];

export const KeeperState = { Disconnected: 0, SyncConnected: 3, Expired: -112, Closed: 7 } as const;
export type KeeperState = (typeof KeeperState)[keyof typeof KeeperState];

/** WatcherEvent behind a ReplyHeader of xid -1; `zxid` is the transaction's. */
export interface WatchNotification {
  readonly kind: 'notification';
  readonly zxid: Zxid;
  readonly type: EventType;
  readonly state: KeeperState;
  readonly path: string;
}

/** Everything on a client's connection, either way. */
export type ClientMessage =
  ConnectRequest | ConnectResponse | ClientRequest | ClientReply | WatchNotification;
