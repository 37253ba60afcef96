/**
 * module org.apache.zookeeper.proto of zookeeper.jute: what a client and a server say to each
 * other, as values. Their bytes come with the wire format.
 */
import type { ErrorCode } from '../error-code.ts';
import type { Millis, SessionId } from '../units.ts';
import type { Zxid } from '../zxid.ts';
import type { Acl, Stat } from './data.ts';
import type { Txn } from './txn.ts';

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
  reconfig: 16,
  checkWatches: 17,
  removeWatches: 18,
  createContainer: 19,
  deleteContainer: 20,
  createTTL: 21,
  multiRead: 22,
  auth: 100,
  setWatches: 101,
  sasl: 102,
  getEphemerals: 103,
  getAllChildrenNumber: 104,
  setWatches2: 105,
  addWatch: 106,
  whoAmI: 107,
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

export interface GetAclRequest {
  readonly op: 'getACL';
  readonly path: string;
}

export interface SetAclRequest {
  readonly op: 'setACL';
  readonly path: string;
  readonly acl: readonly Acl[];
  /** Held against aversion; -1 means any. */
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

/** Each read is answered or fails on its own. */
export interface MultiReadRequest {
  readonly op: 'multiRead';
  readonly ops: readonly ReadRequest[];
}

/** The last two lists are empty in a `setWatches`. */
export interface SetWatchesRequest {
  readonly op: 'setWatches' | 'setWatches2';
  readonly relativeZxid: Zxid;
  readonly dataWatches: readonly string[];
  readonly existWatches: readonly string[];
  readonly childWatches: readonly string[];
  readonly persistentWatches: readonly string[];
  readonly persistentRecursiveWatches: readonly string[];
}

/** AddWatchMode. */
export const AddWatchMode = { PERSISTENT: 0, PERSISTENT_RECURSIVE: 1 } as const;

export interface AddWatchRequest {
  readonly op: 'addWatch';
  readonly path: string;
  /** As it came: a number that is no AddWatchMode is the server's to refuse. */
  readonly mode: number;
}

/** Watcher.WatcherType. */
export const WatcherType = {
  Children: 1,
  Data: 2,
  Any: 3,
  Persistent: 4,
  PersistentRecursive: 5,
} as const;

export interface WatchesRequest {
  readonly op: 'checkWatches' | 'removeWatches';
  readonly path: string;
  /** As it came: a WatcherType, or anything. */
  readonly type: number;
}

/** The caller's own ephemerals whose path begins with `prefixPath`. */
export interface GetEphemeralsRequest {
  readonly op: 'getEphemerals';
  readonly prefixPath: string;
}

export interface GetAllChildrenNumberRequest {
  readonly op: 'getAllChildrenNumber';
  readonly path: string;
}

/** AuthPacket: sent with xid -4, answered by its header alone. */
export interface AuthRequest {
  readonly op: 'auth';
  readonly type: number;
  readonly scheme: string;
  readonly auth: Uint8Array | null;
}

export interface SaslRequest {
  readonly op: 'sasl';
  readonly token: Uint8Array | null;
}

/** Either `newMembers` (bulk), or `joiningServers` and `leavingServers` (incremental). */
export interface ReconfigRequest {
  readonly op: 'reconfig';
  readonly joiningServers: string | null;
  readonly leavingServers: string | null;
  readonly newMembers: string | null;
  /** The version of the configuration that is to be replaced; -1n for any. */
  readonly curConfigId: bigint;
}

export interface PlainRequest {
  readonly op: 'ping' | 'closeSession' | 'whoAmI';
}

/** ContainerManager's own request on the leader. A client may send one as well. */
export interface DeleteContainerRequest {
  readonly op: 'deleteContainer';
  readonly path: string;
}

/**
 * What a client sent that cannot be read. `unknown`: there is no such type; `unreadable`: the body
 * does not hold what its type needs. `type` is the number in the header.
 */
export interface BadRequest {
  readonly op: 'unknown' | 'unreadable';
  readonly type: number;
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
  | GetAclRequest
  | SetAclRequest
  | MultiReadRequest
  | SetWatchesRequest
  | AddWatchRequest
  | WatchesRequest
  | GetEphemeralsRequest
  | GetAllChildrenNumberRequest
  | AuthRequest
  | SaslRequest
  | ReconfigRequest
  | DeleteContainerRequest
  | PlainRequest
  | BadRequest
  | CreateSessionRequest;

/** Whether a request becomes a transaction: it is proposed, takes a zxid and waits for a commit. */
export function becomesTxn(op: Request['op']): boolean {
  switch (op) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
    case 'delete':
    case 'deleteContainer':
    case 'setData':
    case 'setACL':
    case 'reconfig':
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
  /** The operation; `error` for one that failed or was not done. */
  readonly op: Txn['type'] | ReadRequest['op'];
  readonly err: ErrorCode;
  readonly path: string | null;
  readonly stat: Stat | null;
  /** Of a multiRead. */
  readonly data: Uint8Array | null;
  readonly children: readonly string[] | null;
}

export interface ClientInfo {
  readonly authScheme: string;
  readonly user: string;
}

/** The body of a reply; every field that the operation does not answer is null. */
export interface ReplyBody {
  /** create*: the path made; sync: the path. */
  readonly path: string | null;
  readonly stat: Stat | null;
  readonly data: Uint8Array | null;
  /** Unordered; of getEphemerals whole paths. */
  readonly children: readonly string[] | null;
  readonly acl: readonly Acl[] | null;
  /** getAllChildrenNumber. */
  readonly count: number | null;
  /** whoAmI. */
  readonly clientInfo: readonly ClientInfo[] | null;
  readonly results: readonly OpResult[] | null;
}

export const NO_BODY: ReplyBody = {
  path: null,
  stat: null,
  data: null,
  children: null,
  acl: null,
  count: null,
  clientInfo: null,
  results: null,
};

/** ReplyHeader and body. `zxid` is the last one that the server had processed. */
export interface ClientReply {
  readonly kind: 'reply';
  /** What it answers: the body's shape on the wire follows from it. */
  readonly op: Request['op'];
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
  DataWatchRemoved: 5,
  ChildWatchRemoved: 6,
  PersistentWatchRemoved: 7,
} as const;
export type EventType = (typeof EventType)[keyof typeof EventType];

export const KeeperState = {
  Disconnected: 0,
  SyncConnected: 3,
  AuthFailed: 4,
  ConnectedReadOnly: 5,
  SaslAuthenticated: 6,
  Closed: 7,
  Expired: -112,
} as const;
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
