/**
 * The bodies of requests as bytes, one table for the client's port and for the REQUEST packets of
 * learners. Every record stands here as zookeeper.jute has it.
 *
 * Where ZooKeeper takes a null for what it is not, the answer is the same as for an empty text, and
 * `ustringOrEmpty` reads it so; elsewhere it fails over it, and `ustring` does not take it.
 *
 * Source: module org.apache.zookeeper.proto of zookeeper.jute, MultiOperationRecord (3.8, 3.9).
 */
import {
  bool,
  buffer,
  constant,
  int,
  long,
  mapped,
  millisInt,
  nullableUstring,
  record,
  strictVector,
  ustring,
  ustringOrEmpty,
  vector,
  zxid,
  type Codec,
} from './codec.ts';
import type { Acl } from './data.ts';
import { JuteError, type InputArchive } from './input-archive.ts';
import type { OutputArchive } from './output-archive.ts';
import { CreateMode, OpCode } from './proto.ts';
import type {
  CreateRequest,
  MultiOp,
  MultiReadRequest,
  MultiRequest,
  OpName,
  PlainRequest,
  ReadRequest,
  Request,
  SetWatchesRequest,
  WatchesRequest,
} from './proto.ts';

/** Answers as this release does, where releases differ. */
export type Release = '3.8.0' | '3.9';

/** A request that has a body of its own. */
export type ReadableRequest = Exclude<Request, { readonly op: 'unknown' | 'unreadable' }>;
type ReadableOp = ReadableRequest['op'];

/** The request that `Op` names, also where one type stands for several names. */
type RequestOf<Op, R = ReadableRequest> = R extends { readonly op: infer Ops }
  ? Op extends Ops
    ? R
    : never
  : never;
type Bodies = { readonly [Op in ReadableOp]: Codec<RequestOf<Op>> };

const opNames = new Map(Object.entries(OpCode).map(([name, code]) => [code, name as OpName]));

/** @returns null for a number that no request has. */
export function opNameOf(type: number): OpName | null {
  return opNames.get(type as (typeof OpCode)[OpName]) ?? null;
}

export const multiHeader = record({ type: int, done: bool, err: int });

/** After the last operation, and after the last result. */
export const MULTI_END = { type: -1, done: true, err: -1 } as const;

/** A time to live, in 64 bits: one that is beyond 2^53 is refused, exact or not. */
const ttl: Codec<number> = mapped(
  long,
  (value) => Number(value),
  (value) => BigInt(value),
);

/** Lists that the server walks through: a null one is not a list to it. */
const paths = strictVector(ustring);

/** Some clients write null for the id of scheme `auth`, which has none. */
const requestAcl: Codec<readonly Acl[]> = vector(
  record({ perms: int, id: record({ scheme: ustringOrEmpty, id: ustringOrEmpty }) }),
);

const create = { path: ustring, data: buffer, acl: requestAcl, flags: int } as const;

function createBody(op: CreateRequest['op']): Codec<CreateRequest> {
  return record<CreateRequest>({ op: constant(op), ...create, ttl: constant(0) });
}

function readBody(op: ReadRequest['op']): Codec<ReadRequest> {
  return record<ReadRequest>({ op: constant(op), path: ustring, watch: bool });
}

function pathBody<Op extends string>(op: Op): Codec<{ readonly op: Op; readonly path: string }> {
  return record<{ readonly op: Op; readonly path: string }>({ op: constant(op), path: ustring });
}

function plainBody(op: PlainRequest['op']): Codec<PlainRequest> {
  return record<PlainRequest>({ op: constant(op) });
}

function watchesBody(op: WatchesRequest['op']): Codec<WatchesRequest> {
  return record<WatchesRequest>({ op: constant(op), path: ustringOrEmpty, type: int });
}

function setWatchesBody(
  op: SetWatchesRequest['op'],
  persistent: Codec<readonly string[]>,
): Codec<SetWatchesRequest> {
  return record<SetWatchesRequest>({
    op: constant(op),
    relativeZxid: zxid,
    dataWatches: paths,
    existWatches: paths,
    childWatches: paths,
    persistentWatches: persistent,
    persistentRecursiveWatches: persistent,
  });
}

/** ZooKeeper takes the whole body for a path, as it is: 3.8 knows no record for it. */
const wholeBodyAsPath: Codec<string> = {
  read: (input) => new TextDecoder().decode(input.readRest()),
  write: (output, path) => {
    output.writeBytes(new TextEncoder().encode(path));
  },
};

const bodies: Bodies = {
  create: createBody('create'),
  create2: createBody('create2'),
  createContainer: createBody('createContainer'),
  createTTL: record<CreateRequest>({ op: constant('createTTL'), ...create, ttl }),
  delete: record({ op: constant('delete'), path: ustring, version: int }),
  exists: readBody('exists'),
  getData: readBody('getData'),
  setData: record({ op: constant('setData'), path: ustringOrEmpty, data: buffer, version: int }),
  getACL: pathBody('getACL'),
  setACL: record({ op: constant('setACL'), path: ustringOrEmpty, acl: requestAcl, version: int }),
  getChildren: readBody('getChildren'),
  sync: record({ op: constant('sync'), path: ustringOrEmpty }),
  ping: plainBody('ping'),
  getChildren2: readBody('getChildren2'),
  check: record({ op: constant('check'), path: ustringOrEmpty, version: int }),
  multi: {
    read: (input) => readMulti(input, '3.9'),
    write: writeMulti,
  },
  reconfig: record({
    op: constant('reconfig'),
    joiningServers: nullableUstring,
    leavingServers: nullableUstring,
    newMembers: nullableUstring,
    curConfigId: long,
  }),
  checkWatches: watchesBody('checkWatches'),
  removeWatches: watchesBody('removeWatches'),
  deleteContainer: pathBody('deleteContainer'),
  multiRead: { read: readMultiRead, write: writeMulti },
  auth: record({ op: constant('auth'), type: int, scheme: ustring, auth: buffer }),
  setWatches: setWatchesBody('setWatches', constant([])),
  sasl: record({ op: constant('sasl'), token: buffer }),
  getEphemerals: record({ op: constant('getEphemerals'), prefixPath: ustringOrEmpty }),
  getAllChildrenNumber: pathBody('getAllChildrenNumber'),
  setWatches2: setWatchesBody('setWatches2', paths),
  addWatch: record({ op: constant('addWatch'), path: ustringOrEmpty, mode: int }),
  whoAmI: plainBody('whoAmI'),
  createSession: record({ op: constant('createSession'), timeOut: millisInt }),
  closeSession: plainBody('closeSession'),
};

const bodiesOf380: Bodies = {
  ...bodies,
  multi: {
    read: (input) => readMulti(input, '3.8.0'),
    write: writeMulti,
  },
  deleteContainer: record({ op: constant('deleteContainer'), path: wholeBodyAsPath }),
};

/** @throws JuteError where the body does not hold what its type needs. */
export function readBodyOf(input: InputArchive, op: ReadableOp, release: Release): ReadableRequest {
  return (release === '3.9' ? bodies : bodiesOf380)[op].read(input);
}

export function writeBodyOf(output: OutputArchive, request: ReadableRequest): void {
  // The table has for each name the codec of its own request, which the union of both hides.
  const codec = bodies[request.op] as Codec<ReadableRequest>;
  codec.write(output, request);
}

function readMulti(input: InputArchive, release: Release): MultiRequest {
  const ops: MultiOp[] = [];
  for (;;) {
    const header = input.readField('MultiHeader', multiHeader.read);
    if (header.done) return { op: 'multi', ops };
    const read = (from: InputArchive): MultiOp => readMultiOp(from, header.type, release);
    ops.push(input.readField(opNameOf(header.type) ?? '?', read));
  }
}

/** An operation that cannot be read, or that does not belong in a multi, spoils the request. */
function readMultiOp(input: InputArchive, type: number, release: Release): MultiOp {
  switch (type) {
    case OpCode.create:
      return byFlags(bodies.create.read(input), release);
    case OpCode.create2:
      return byFlags(bodies.create2.read(input), release);
    case OpCode.createContainer:
      return byFlags(bodies.createContainer.read(input), release);
    case OpCode.createTTL:
      return ttlByFlags(bodies.createTTL.read(input));
    case OpCode.delete:
      return bodies.delete.read(input);
    case OpCode.setData:
      return bodies.setData.read(input);
    case OpCode.check:
      return bodies.check.read(input);
    default:
      throw new JuteError(`Invalid type of op ${String(type)}`);
  }
}

/**
 * In a multi the flags decide which create it is. 3.8.0 knows no create2 there, and leaves flags
 * that nobody knows to the operation itself; later releases refuse the whole request for them.
 *
 * Source: Op.Create.getOpcode, MultiOperationRecord.deserialize, ZOOKEEPER-4026.
 */
function byFlags(request: CreateRequest, release: Release): MultiOp {
  const { flags } = request;
  if (isTtl(flags)) throw new JuteError(`flags ${String(flags)} in a create without a ttl`);
  if (flags === CreateMode.CONTAINER) return { ...request, op: 'createContainer' };
  if (release === '3.8.0') return { ...request, op: 'create' };
  if (flags < CreateMode.PERSISTENT || flags > CreateMode.CONTAINER) {
    throw new JuteError(`invalid flag ${String(flags)} for create mode`);
  }
  return request;
}

function ttlByFlags(request: CreateRequest): MultiOp {
  if (isTtl(request.flags)) return request;
  const op = request.flags === CreateMode.CONTAINER ? 'createContainer' : 'create';
  return { ...request, op, ttl: 0 };
}

function isTtl(flags: number): boolean {
  return (
    flags === CreateMode.PERSISTENT_WITH_TTL || flags === CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL
  );
}

/** Reads in a multi set no watch, whatever their flag says. */
function readMultiRead(input: InputArchive): MultiReadRequest {
  const ops: ReadRequest[] = [];
  for (;;) {
    const header = input.readField('MultiHeader', multiHeader.read);
    if (header.done) return { op: 'multiRead', ops };
    const op = opNameOf(header.type);
    if (op !== 'getData' && op !== 'getChildren') {
      throw new JuteError(`Invalid type of readOp ${String(header.type)}`);
    }
    ops.push({ ...input.readField(op, bodies[op].read), watch: false });
  }
}

function writeMulti(output: OutputArchive, { ops }: MultiRequest | MultiReadRequest): void {
  for (const op of ops) {
    multiHeader.write(output, { type: OpCode[op.op], done: false, err: -1 });
    writeBodyOf(output, op);
  }
  multiHeader.write(output, MULTI_END);
}
