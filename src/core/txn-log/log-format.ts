/**
 * The transaction log as bytes. A file begins with 16 bytes, "ZKLG", the version and a database
 * id; then one record after another:
 *
 *   Adler-32 of the payload (8 bytes) ‖ its length (4) ‖ the payload ‖ 'B'
 *
 * Where a file ends inside a record, the last write was cut off by a crash, and the record was
 * never acknowledged: that is a plain end. A checksum that does not match is not: the disk changed
 * what was written, and ZooKeeper refuses to start.
 *
 * Source: persistence.FileTxnLog, persistence.Util.readTxnBytes (3.9).
 */
import { unreachable } from '../assert.ts';
import type { Acl } from '../jute/data.ts';
import { EndOfInputError, InputArchive, JuteError, MAX_BUFFER } from '../jute/input-archive.ts';
import { OutputArchive } from '../jute/output-archive.ts';
import { decodeTxn, writeTxnRecord } from '../jute/txn-codec.ts';
import type { Txn, TxnRecord } from '../jute/txn.ts';
import { adler32 } from './adler32.ts';
import type { LogEntry } from './disk-image.ts';

/** "ZKLG". */
const MAGIC = 0x5a4b4c47;
const VERSION = 2;
const HEADER_BYTES = 16;

const END_OF_RECORD = 0x42;

const PAYLOAD_AT = 8 + 4;

/** What a record takes beside its payload. */
const FRAME_BYTES = PAYLOAD_AT + 1;

export function encodeLogHeader(): Uint8Array {
  const output = new OutputArchive(HEADER_BYTES);
  output.writeInt(MAGIC);
  output.writeInt(VERSION);
  output.writeLong(0n);
  return output.toBytes();
}

/** Reused by every record; nothing of one is left in it. */
const scratch = new OutputArchive(4096);

export function encodeLogRecord(record: TxnRecord): Uint8Array {
  scratch.clear();
  scratch.writeLong(0n);
  scratch.writeInt(0);
  writeTxnRecord(scratch, record);
  const payload = scratch.peek(PAYLOAD_AT);
  scratch.patchInt(4, adler32(payload));
  scratch.patchInt(8, payload.length);
  scratch.writeByte(END_OF_RECORD);
  return scratch.toBytes();
}

/** The first bytes of a record that announces more than there is. */
const TORN_BYTES = encodeTorn();

/** A whole record whose checksum does not match its bytes. */
const DAMAGED_BYTES = encodeDamaged();

function encodeTorn(): Uint8Array {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setInt32(8, 64);
  return bytes;
}

function encodeDamaged(): Uint8Array {
  const bytes = new Uint8Array(PAYLOAD_AT + 16 + 1);
  const view = new DataView(bytes.buffer);
  view.setBigInt64(0, 1n);
  view.setInt32(8, 16);
  view.setUint8(bytes.length - 1, END_OF_RECORD);
  return bytes;
}

/** What is torn or damaged gets bytes that are read as such; which ones is of no matter. */
export function encodeLogEntry(entry: LogEntry): Uint8Array {
  switch (entry.kind) {
    case 'record':
      return encodeLogRecord(entry.record);
    case 'torn':
      return TORN_BYTES;
    case 'damaged':
      return DAMAGED_BYTES;
    default:
      return unreachable(entry);
  }
}

/** One entry, and where in the file its bytes are: from `at` up to `end`. */
export interface LogRow {
  readonly at: number;
  readonly end: number;
  readonly entry: LogEntry;
}

/**
 * Records end to end, without a file's header: `startsFile` is false on all. Never throws; nothing
 * follows a torn or a damaged entry.
 */
export function decodeLog(bytes: Uint8Array): LogEntry[] {
  return readRows(bytes, 0, MAX_BUFFER).map(({ entry }) => entry);
}

/** A whole file. @param name as it is to be called where the file is refused. */
export function decodeLogFile(name: string, bytes: Uint8Array): LogEntry[] {
  return logRows(name, bytes).map(({ entry }) => entry);
}

/**
 * A whole file, record by record. Bytes behind the last row are the zeros that the file was
 * preallocated with, or what nobody reads.
 *
 * @param maxBuffer jute.maxbuffer: a longer record is refused.
 */
export function logRows(name: string, bytes: Uint8Array, maxBuffer = MAX_BUFFER): LogRow[] {
  const refused = headerProblem(name, bytes);
  if (refused !== null) {
    return [{ at: 0, end: bytes.length, entry: { kind: 'damaged', reason: refused } }];
  }
  const rows = readRows(bytes, HEADER_BYTES, maxBuffer);
  const first = rows[0];
  if (first?.entry.kind === 'record') rows[0] = { ...first, entry: startOfFile(first.entry) };
  return rows;
}

function startOfFile(entry: Extract<LogEntry, { kind: 'record' }>): LogEntry {
  return { ...entry, startsFile: true };
}

/** The version is not looked at, nor does ZooKeeper. */
function headerProblem(name: string, bytes: Uint8Array): string | null {
  if (bytes.length < HEADER_BYTES) return `Transaction log: ${name} ends inside its header`;
  const magic = new InputArchive(bytes).readInt();
  if (magic === MAGIC) return null;
  const numbers = `${String(magic)} != ${String(MAGIC)}`;
  return `Transaction log: ${name} has invalid magic number ${numbers}`;
}

function readRows(bytes: Uint8Array, from: number, maxBuffer: number): LogRow[] {
  const input = new InputArchive(bytes, from, maxBuffer);
  const rows: LogRow[] = [];
  for (;;) {
    const at = input.position;
    const entry = readEntry(input, maxBuffer);
    if (entry === null) return rows;
    if (entry.kind !== 'record') {
      rows.push({ at, end: bytes.length, entry });
      return rows;
    }
    rows.push({ at, end: input.position, entry });
  }
}

const TORN: LogEntry = { kind: 'torn' };

/** @returns null at the end: no byte is left, or nothing but the zeros of a preallocated file. */
function readEntry(input: InputArchive, maxBuffer: number): LogEntry | null {
  if (input.remaining === 0) return null;
  try {
    const checksum = input.readLong();
    const payload = input.readView();
    if (payload === null) return { kind: 'damaged', reason: 'a record without bytes' };
    if (payload.length === 0) return checksum === 0n ? null : TORN;
    if (input.readByte() !== END_OF_RECORD) return TORN;
    if (checksum !== BigInt(adler32(payload))) {
      return { kind: 'damaged', reason: 'CRC check failed' };
    }
    return { kind: 'record', record: decodeTxn(payload, maxBuffer), startsFile: false };
  } catch (error) {
    if (error instanceof EndOfInputError) return TORN;
    if (error instanceof JuteError) return { kind: 'damaged', reason: error.message };
    throw error;
  }
}

/** What a record takes in the log, in bytes. Exact where its texts are ASCII. */
export function recordBytes(record: TxnRecord): number {
  return FRAME_BYTES + txnRecordBytes(record);
}

/** What it takes in a packet: header, transaction and digest. */
export function txnRecordBytes(record: TxnRecord): number {
  const digest = record.digest === null ? 0 : DIGEST_BYTES;
  return TXN_HEADER_BYTES + txnBytes(record.txn) + digest;
}

const TXN_HEADER_BYTES = 32;
const DIGEST_BYTES = 12;

function txnBytes(txn: Txn): number {
  switch (txn.type) {
    case 'create':
    case 'create2':
      return createBytes(txn) + 5;
    case 'createContainer':
      return createBytes(txn) + 4;
    case 'createTTL':
      return createBytes(txn) + 12;
    case 'delete':
    case 'deleteContainer':
      return 4 + txn.path.length;
    case 'setData':
    case 'reconfig':
      return 12 + txn.path.length + (txn.data?.length ?? 0);
    case 'setACL':
      return createBytes({ ...txn, data: null });
    case 'check':
      return 8 + txn.path.length;
    case 'createSession':
    case 'error':
      return 4;
    case 'closeSession':
      return txn.paths.reduce((sum, path) => sum + 4 + path.length, 4);
    case 'multi':
      return txn.txns.reduce((sum, member) => sum + 8 + txnBytes(member), 4);
    default:
      return unreachable(txn);
  }
}

interface Creation {
  readonly path: string;
  readonly data: Uint8Array | null;
  readonly acl: readonly Acl[];
}

function createBytes({ path, data, acl }: Creation): number {
  let bytes = 12 + path.length + (data?.length ?? 0);
  for (const { id } of acl) bytes += 12 + id.scheme.length + id.id.length;
  return bytes;
}
