/** Requests of clients in the text of a run. What no client sends is no request here either. */
import type { Acl } from '../../core/jute/data.ts';
import type {
  AddWatchRequest,
  AuthRequest,
  BadRequest,
  CheckVersionRequest,
  CreateRequest,
  DeleteContainerRequest,
  DeleteRequest,
  GetAclRequest,
  GetAllChildrenNumberRequest,
  GetEphemeralsRequest,
  MultiOp,
  MultiReadRequest,
  MultiRequest,
  PlainRequest,
  ReadRequest,
  ReconfigRequest,
  Request,
  SaslRequest,
  SetAclRequest,
  SetDataRequest,
  SetWatchesRequest,
  SyncRequest,
  WatchesRequest,
} from '../../core/jute/proto.ts';
import {
  bytes,
  flag,
  list,
  long,
  nullOr,
  object,
  refuse,
  variant,
  whole,
  words,
  type Reader,
} from './readers.ts';

/** Characters of one text, and bytes of one value: what a server takes at most, and some more. */
export const TEXT_MAX = 1 << 20;
const OPS_MAX = 1000;
const PATHS_MAX = 10_000;
const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

const path = words(TEXT_MAX);
const int = whole(INT_MIN, INT_MAX);
const data = nullOr(bytes(TEXT_MAX));
const paths = list(path, PATHS_MAX);

const acl = list(
  object<Acl>({
    perms: int,
    id: object<Acl['id']>({ scheme: words(TEXT_MAX), id: words(TEXT_MAX) }),
  }),
  OPS_MAX,
);

/** The op as it stands: `variant` has found the reader by it. */
function op<T extends Request['op']>(): Reader<T> {
  return (value) => value as T;
}

const create = object<CreateRequest>({
  op: op(),
  path,
  data,
  acl,
  flags: int,
  ttl: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
});
const remove = object<DeleteRequest>({ op: op(), path, version: int });
const setData = object<SetDataRequest>({ op: op(), path, data, version: int });
const check = object<CheckVersionRequest>({ op: op(), path, version: int });
const read = object<ReadRequest>({ op: op(), path, watch: flag });
const plain = object<PlainRequest>({ op: op() });
const bad = object<BadRequest>({ op: op(), type: int });
const watches = object<WatchesRequest>({ op: op(), path, type: int });
const setWatches = object<SetWatchesRequest>({
  op: op(),
  relativeZxid: long(),
  dataWatches: paths,
  existWatches: paths,
  childWatches: paths,
  persistentWatches: paths,
  persistentRecursiveWatches: paths,
});

const multiOp = variant<MultiOp>('op', {
  create,
  create2: create,
  createContainer: create,
  createTTL: create,
  delete: remove,
  setData,
  check,
});
const multiRead = variant<ReadRequest>('op', {
  exists: read,
  getData: read,
  getChildren: read,
  getChildren2: read,
});

const nobody: Reader<never> = (_, where) => refuse(where, 'is a request that no client sends');

const table: Readonly<Record<Request['op'], Reader<Request>>> = {
  create,
  create2: create,
  createContainer: create,
  createTTL: create,
  delete: remove,
  setData,
  check,
  exists: read,
  getData: read,
  getChildren: read,
  getChildren2: read,
  sync: object<SyncRequest>({ op: op(), path }),
  multi: object<MultiRequest>({ op: op(), ops: list(multiOp, OPS_MAX) }),
  multiRead: object<MultiReadRequest>({ op: op(), ops: list(multiRead, OPS_MAX) }),
  getACL: object<GetAclRequest>({ op: op(), path }),
  setACL: object<SetAclRequest>({ op: op(), path, acl, version: int }),
  setWatches,
  setWatches2: setWatches,
  addWatch: object<AddWatchRequest>({ op: op(), path, mode: int }),
  checkWatches: watches,
  removeWatches: watches,
  getEphemerals: object<GetEphemeralsRequest>({ op: op(), prefixPath: path }),
  getAllChildrenNumber: object<GetAllChildrenNumberRequest>({ op: op(), path }),
  auth: object<AuthRequest>({
    op: op(),
    type: int,
    scheme: words(TEXT_MAX),
    auth: data,
  }),
  sasl: object<SaslRequest>({ op: op(), token: data }),
  reconfig: object<ReconfigRequest>({
    op: op(),
    joiningServers: nullOr(words(TEXT_MAX)),
    leavingServers: nullOr(words(TEXT_MAX)),
    newMembers: nullOr(words(TEXT_MAX)),
    curConfigId: long(),
  }),
  ping: plain,
  closeSession: plain,
  whoAmI: plain,
  deleteContainer: object<DeleteContainerRequest>({ op: op(), path }),
  unknown: bad,
  unreadable: bad,
  createSession: nobody,
};

export const readRequest: Reader<Request> = variant<Request>('op', table);
