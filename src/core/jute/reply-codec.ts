/**
 * The bodies of replies as bytes. Which record follows a ReplyHeader only the request tells, so
 * that both ends have to know what was asked.
 *
 * Source: module org.apache.zookeeper.proto of zookeeper.jute, MultiResponse (3.9).
 */
import { assert } from '../assert.ts';
import { ErrorCode } from '../error-code.ts';
import {
  buffer,
  int,
  mapped,
  millisLong,
  nullableUstring,
  record,
  sessionId,
  ustring,
  vector,
  zxid,
  type Codec,
} from './codec.ts';
import type { Stat } from './data.ts';
import { JuteError, type InputArchive } from './input-archive.ts';
import type { OutputArchive } from './output-archive.ts';
import { NO_BODY, OpCode } from './proto.ts';
import type { ClientInfo, OpResult, ReplyBody, Request } from './proto.ts';
import { MULTI_END, multiHeader } from './request-codec.ts';
import { aclList } from './txn-codec.ts';

export const errorCode: Codec<ErrorCode> = mapped(
  int,
  (value) => value as ErrorCode,
  (value) => value,
);

export const stat: Codec<Stat> = record({
  czxid: zxid,
  mzxid: zxid,
  ctime: millisLong,
  mtime: millisLong,
  version: int,
  cversion: int,
  aversion: int,
  ephemeralOwner: sessionId,
  dataLength: int,
  numChildren: int,
  pzxid: zxid,
});

/** A field that is null in a body of another kind, and always there in this one. */
function present<T>(codec: Codec<T>): Codec<T | null> {
  return {
    read: codec.read,
    write: (output, value) => {
      assert(value !== null, 'a reply has every field of its record');
      codec.write(output, value);
    },
  };
}

const clientInfo: Codec<readonly ClientInfo[]> = vector(
  record({ authScheme: ustring, user: ustring }),
);

const withPath = { path: nullableUstring } as const;
const withStat = { stat: present(stat) } as const;
const withChildren = { children: present(vector(ustring)) } as const;

/** What was made, and what became of it: the answer to every newer create. */
const created = record({ path: nullableUstring, stat: present(stat) });

/** ErrorResponse, whose error is always 0 where a reply has a body. */
const noError: Codec<object> = {
  read: (input) => {
    input.readField('err', int.read);
    return {};
  },
  write: (output) => {
    output.writeInt(0);
  },
};

/** Some of the fields of `T`, as a record. */
interface PartOf<T> {
  readonly read: (input: InputArchive) => Partial<T>;
  readonly write: (output: OutputArchive, value: T) => void;
}

const multiResponse: PartOf<ReplyBody> = {
  read: (input) => ({ results: readResults(input) }),
  write: (output, { results }) => {
    for (const result of results ?? []) writeResult(output, result);
    multiHeader.write(output, MULTI_END);
  },
};

/** An operation without an entry is answered by its header alone. */
const bodies: Readonly<Partial<Record<Request['op'], PartOf<ReplyBody>>>> = {
  create: record(withPath),
  create2: created,
  createContainer: created,
  createTTL: created,
  exists: record(withStat),
  getData: record({ data: buffer, ...withStat }),
  setData: record(withStat),
  getACL: record({ acl: present(aclList), ...withStat }),
  setACL: record(withStat),
  getChildren: record(withChildren),
  getChildren2: record({ ...withChildren, ...withStat }),
  sync: record(withPath),
  multi: multiResponse,
  multiRead: multiResponse,
  reconfig: record({ data: buffer, ...withStat }),
  sasl: record({ data: buffer }),
  getEphemerals: record(withChildren),
  getAllChildrenNumber: record({ count: present(int) }),
  addWatch: noError,
  whoAmI: record({ clientInfo: present(clientInfo) }),
};

export function writeReplyBody(output: OutputArchive, op: Request['op'], body: ReplyBody): void {
  bodies[op]?.write(output, body);
}

/** @throws JuteError where the bytes are not an answer to `op`. */
export function readReplyBody(input: InputArchive, op: Request['op']): ReplyBody {
  const codec = bodies[op];
  return codec === undefined ? NO_BODY : { ...NO_BODY, ...codec.read(input) };
}

const NO_RESULT = { path: null, stat: null, data: null, children: null } as const;

/** The operations that MultiResponse tells apart, by their numbers. */
const RESULT_OPS = [
  'create',
  'create2',
  'delete',
  'setData',
  'check',
  'getData',
  'getChildren',
] as const;

/** Container and TTL nodes are answered as a create2 is. */
function wireTypeOf(op: OpResult['op']): number {
  switch (op) {
    case 'createContainer':
    case 'createTTL':
      return OpCode.create2;
    case 'deleteContainer':
      return OpCode.delete;
    default:
      return OpCode[op];
  }
}

function writeResult(output: OutputArchive, result: OpResult): void {
  const type = wireTypeOf(result.op);
  multiHeader.write(output, { type, done: false, err: result.err });
  if (result.op === 'error') output.writeInt(result.err);
  else resultBodies[result.op]?.write(output, result);
}

/** delete and check have none. */
const resultBodies: Readonly<Partial<Record<OpResult['op'], PartOf<OpResult>>>> = {
  create: record(withPath),
  create2: created,
  createContainer: created,
  createTTL: created,
  setData: record(withStat),
  getData: record({ data: buffer, ...withStat }),
  getChildren: record(withChildren),
};

function readResults(input: InputArchive): readonly OpResult[] {
  const results: OpResult[] = [];
  for (;;) {
    const header = input.readField('MultiHeader', multiHeader.read);
    if (header.done) return results;
    results.push(readResult(input, header.type));
  }
}

function readResult(input: InputArchive, type: number): OpResult {
  if (type === OpCode.error) {
    return { op: 'error', err: input.readField('err', errorCode.read), ...NO_RESULT };
  }
  const op = RESULT_OPS.find((name) => OpCode[name] === type);
  if (op === undefined) throw new JuteError(`Invalid type ${String(type)} in MultiResponse`);
  const body = resultBodies[op];
  const part = body === undefined ? {} : input.readField(op, body.read);
  return { op, err: ErrorCode.OK, ...NO_RESULT, ...part };
}
