/**
 * Transactions as bytes: in the log, and in a PROPOSAL. A header that ends in the type, then the
 * fields of that type.
 *
 * Source: module org.apache.zookeeper.txn of zookeeper.jute, server.util.SerializeUtils (3.9).
 */
import { unreachable } from '../assert.ts';
import type { ErrorCode } from '../error-code.ts';
import {
  bool,
  buffer,
  int,
  long,
  mapped,
  millisInt,
  millisLong,
  record,
  sessionId,
  ustring,
  vector,
  zxid,
  type Codec,
} from './codec.ts';
import type { Acl } from './data.ts';
import { InputArchive, JuteError, MAX_BUFFER } from './input-archive.ts';
import { OutputArchive } from './output-archive.ts';
import type { Txn, TxnHeader, TxnRecord } from './txn.ts';

/** The types that stand in a header, by the names of our records. */
export const TxnCode = {
  create: 1,
  delete: 2,
  setData: 5,
  setACL: 7,
  check: 13,
  create2: 15,
  reconfig: 16,
  deleteContainer: 20,
  multi: 14,
  createContainer: 19,
  createTTL: 21,
  createSession: -10,
  closeSession: -11,
  error: -1,
} as const satisfies Record<Txn['type'], number>;

export const aclList: Codec<readonly Acl[]> = vector(
  record({ perms: int, id: record({ scheme: ustring, id: ustring }) }),
);

const header: Codec<TxnHeader> = record({
  clientId: sessionId,
  cxid: int,
  zxid,
  time: millisLong,
});

const ttl: Codec<number> = mapped(
  long,
  (value) => Number(value),
  (value) => BigInt(value),
);

const errorCode: Codec<ErrorCode> = mapped(
  int,
  (value) => value as ErrorCode,
  (value) => value,
);

/** -1 where the bytes end before it: servers before 3.4 did not write one. */
const parentCVersion: Codec<number> = {
  read: (input) => (input.remaining === 0 ? -1 : int.read(input)),
  write: int.write,
};

/** Empty where the bytes end before it: servers before 3.6 did not write any. */
const pathsToDelete: Codec<readonly string[]> = {
  read: (input) => (input.remaining === 0 ? [] : paths.read(input)),
  write: (output, value) => {
    paths.write(output, value);
  },
};
const paths = vector(ustring);

const bodies = {
  create: record({ path: ustring, data: buffer, acl: aclList, ephemeral: bool, parentCVersion }),
  createContainer: record({ path: ustring, data: buffer, acl: aclList, parentCVersion: int }),
  createTTL: record({ path: ustring, data: buffer, acl: aclList, parentCVersion: int, ttl }),
  delete: record({ path: ustring }),
  setData: record({ path: ustring, data: buffer, version: int }),
  setACL: record({ path: ustring, acl: aclList, version: int }),
  check: record({ path: ustring, version: int }),
  createSession: record({ timeOut: millisInt }),
  closeSession: record({ paths: pathsToDelete }),
  error: record({ err: errorCode }),
} as const;

/** A multi's members: each with its type, and its fields in a buffer. */
const members: Codec<readonly Txn[]> = vector({
  read: (input) => {
    const code = input.readField('type', int.read);
    const txn = input.readField('data', (from) => from.readNested((body) => readTxn(body, code)));
    if (txn === null) throw new JuteError('a member of a multi without bytes');
    return txn;
  },
  write: (output, txn) => {
    const body = new OutputArchive();
    writeTxn(body, txn);
    output.writeInt(TxnCode[txn.type]);
    output.writeBuffer(body.peek());
  },
});

export function encodeTxn(txnRecord: TxnRecord): Uint8Array {
  const output = new OutputArchive();
  writeTxnRecord(output, txnRecord);
  return output.toBytes();
}

/** @throws JuteError where the bytes are not a transaction that we know. */
export function decodeTxn(bytes: Uint8Array, maxBuffer = MAX_BUFFER): TxnRecord {
  return readTxnRecord(new InputArchive(bytes, 0, maxBuffer));
}

/** TxnDigest.version, as ZooKeeper has written it since 3.6. */
const DIGEST_VERSION = 2;

export function writeTxnRecord(output: OutputArchive, txnRecord: TxnRecord): void {
  const { header: head, txn, digest } = txnRecord;
  header.write(output, head);
  output.writeInt(TxnCode[txn.type]);
  writeTxn(output, txn);
  if (digest === null) return;
  output.writeInt(DIGEST_VERSION);
  output.writeLong(BigInt.asIntN(64, digest));
}

export function readTxnRecord(input: InputArchive): TxnRecord {
  const head = input.readField('TxnHeader', header.read);
  const code = input.readField('type', int.read);
  const txn = input.readField('txn', (from) => readTxn(from, code));
  return { header: head, txn, digest: input.readField('TxnDigest', readDigest) };
}

/** Servers before 3.6 wrote none, and another version counts otherwise. */
function readDigest(input: InputArchive): bigint | null {
  if (input.remaining < 12) return null;
  const version = input.readField('version', int.read);
  const digest = BigInt.asUintN(64, input.readField('treeDigest', long.read));
  return version === DIGEST_VERSION ? digest : null;
}

function writeTxn(output: OutputArchive, txn: Txn): void {
  switch (txn.type) {
    case 'create':
    case 'create2':
      bodies.create.write(output, txn);
      break;
    case 'createContainer':
      bodies.createContainer.write(output, txn);
      break;
    case 'createTTL':
      bodies.createTTL.write(output, txn);
      break;
    case 'delete':
    case 'deleteContainer':
      bodies.delete.write(output, txn);
      break;
    case 'setData':
    case 'reconfig':
      bodies.setData.write(output, txn);
      break;
    case 'setACL':
      bodies.setACL.write(output, txn);
      break;
    case 'check':
      bodies.check.write(output, txn);
      break;
    case 'createSession':
      bodies.createSession.write(output, txn);
      break;
    case 'closeSession':
      bodies.closeSession.write(output, txn);
      break;
    case 'error':
      bodies.error.write(output, txn);
      break;
    case 'multi':
      members.write(output, txn.txns);
      break;
    default:
      unreachable(txn);
  }
}

function readTxn(input: InputArchive, code: number): Txn {
  switch (code) {
    case TxnCode.create:
      return { type: 'create', ...bodies.create.read(input) };
    case TxnCode.create2:
      return { type: 'create2', ...bodies.create.read(input) };
    case TxnCode.createContainer:
      return { type: 'createContainer', ...bodies.createContainer.read(input) };
    case TxnCode.createTTL:
      return { type: 'createTTL', ...bodies.createTTL.read(input) };
    case TxnCode.delete:
      return { type: 'delete', ...bodies.delete.read(input) };
    case TxnCode.deleteContainer:
      return { type: 'deleteContainer', ...bodies.delete.read(input) };
    case TxnCode.setData:
      return { type: 'setData', ...bodies.setData.read(input) };
    case TxnCode.reconfig:
      return { type: 'reconfig', ...bodies.setData.read(input) };
    case TxnCode.setACL:
      return { type: 'setACL', ...bodies.setACL.read(input) };
    case TxnCode.check:
      return { type: 'check', ...bodies.check.read(input) };
    case TxnCode.createSession:
      return { type: 'createSession', ...bodies.createSession.read(input) };
    case TxnCode.closeSession:
      return { type: 'closeSession', ...bodies.closeSession.read(input) };
    case TxnCode.error:
      return { type: 'error', ...bodies.error.read(input) };
    case TxnCode.multi:
      return { type: 'multi', txns: members.read(input) };
    default:
      throw new JuteError(`Unsupported Txn with type=${String(code)}`);
  }
}
