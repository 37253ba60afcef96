/**
 * Snapshots as bytes: a header, the sessions, the ACLs by number, the nodes in pre-order; then the
 * digest, and from 3.9 on lastProcessedZxid. Behind the nodes and behind each later section stands
 * a seal: the Adler-32 of everything before it says that it is whole.
 *
 * Source: persistence.FileSnap, persistence.SnapStream, server.util.SerializeUtils,
 * server.ReferenceCountedACLCache (3.9).
 * Differs: ACLs are numbered anew in each snapshot, in the order of the nodes that use them, and
 * the open ACL is always the one without a number; ZooKeeper keeps numbers for the life of a tree,
 * and gives the open ACL one where a client asked for it. Both read the same.
 */
import {
  buffer,
  int,
  long,
  millisInt,
  millisLong,
  record,
  sessionId,
  ustring,
  zxid,
} from '../jute/codec.ts';
import { OPEN_ACL_UNSAFE, type Acl } from '../jute/data.ts';
import { InputArchive, JuteError, MAX_BUFFER } from '../jute/input-archive.ts';
import { OutputArchive } from '../jute/output-archive.ts';
import { aclList } from '../jute/txn-codec.ts';
import type { Millis, SessionId } from '../units.ts';
import type { Zxid } from '../zxid.ts';
import { adler32 } from './adler32.ts';
import type { EnsembleConfig } from '../config.ts';
import type { SnapshotEntry } from './disk-image.ts';
import type { Snapshot, SnapshotDigest, SnapshotNode } from './snapshot.ts';

/** "ZKSN". */
const MAGIC = 0x5a4b534e;
const VERSION = 2;
const NO_DATABASE_ID = -1n;
const DIGEST_VERSION = 2;

/** In place of a number: the ACL that gives everything to everyone, which is never listed. */
export const OPEN_ACL_NUMBER = -1n;

/** Ends the list of nodes, and each seal. */
export const END = '/';

/** As a node stands in the file, behind its path. */
export const nodeBody = record({
  data: buffer,
  acl: long,
  czxid: zxid,
  mzxid: zxid,
  ctime: millisLong,
  mtime: millisLong,
  version: int,
  cversion: int,
  aversion: int,
  ephemeralOwner: sessionId,
  pzxid: zxid,
});

/** @param release 3.9 adds a last section, which earlier ones pass over. */
export function encodeSnapshot(
  snapshot: Snapshot,
  release: EnsembleConfig['release'] = '3.8.0',
): Uint8Array {
  const output = new OutputArchive(4096);
  output.writeInt(MAGIC);
  output.writeInt(VERSION);
  output.writeLong(NO_DATABASE_ID);
  writeSnapshotBody(output, snapshot.sessions, snapshot.nodes);
  writeSeal(output);

  const { digest } = snapshot;
  output.writeLong(digest?.zxid ?? 0n);
  output.writeInt(DIGEST_VERSION);
  output.writeLong(BigInt.asIntN(64, digest?.digest ?? 0n));
  writeSeal(output);

  if (release === '3.9') {
    output.writeLong(digest?.zxid ?? snapshot.zxid);
    writeSeal(output);
  }
  return output.toBytes();
}

/** The part between header and seal, which also travels behind a SNAP. */
export function writeSnapshotBody(
  output: OutputArchive,
  sessions: Snapshot['sessions'],
  nodes: readonly SnapshotNode[],
): void {
  output.writeVector(sessions, writeSession);
  const numbers = numberAcls(nodes);
  const lists = [...numbers.values()].filter(({ number }) => number !== OPEN_ACL_NUMBER);
  output.writeVector(lists, (out, { number, acl }) => {
    out.writeLong(number);
    aclList.write(out, acl);
  });
  for (const node of nodes) {
    const number = numbers.get(aclKey(node.acl))?.number ?? OPEN_ACL_NUMBER;
    output.writeString(node.path);
    nodeBody.write(output, { ...node, acl: number });
  }
  output.writeString(END);
}

/** Never throws: what cannot be read comes back as damaged, with the reason. */
export function decodeSnapshot(
  bytes: Uint8Array,
  snapshotZxid: Zxid,
  maxBuffer = MAX_BUFFER,
): SnapshotEntry {
  if (!endsAsSnapshot(bytes)) {
    const reason = 'the file does not end as a snapshot';
    return { kind: 'damaged', zxid: snapshotZxid, reason, incomplete: true };
  }
  try {
    const input = new InputArchive(bytes, 0, maxBuffer);
    const magic = input.readInt();
    if (magic !== MAGIC) {
      throw new JuteError(`mismatching magic headers ${String(magic)} != ${String(MAGIC)}`);
    }
    input.readInt();
    input.readLong();
    const sessions = input.readVector(readSession) ?? [];
    const acls = new Map(input.readVector(readAcl) ?? []);
    acls.set(OPEN_ACL_NUMBER, OPEN_ACL_UNSAFE);
    const nodes = readNodes(input, acls);
    checkSeal(input, bytes);
    const digest = readDigestSection(input, bytes);
    readLastZxidSection(input, bytes);
    const snapshot = { zxid: snapshotZxid, sessions, nodes };
    return { kind: 'snapshot', snapshot: digest === null ? snapshot : { ...snapshot, digest } };
  } catch (error) {
    if (!(error instanceof JuteError)) throw error;
    return { kind: 'damaged', zxid: snapshotZxid, reason: error.message };
  }
}

/** ZooKeeper's cheap test: the last five bytes are the end of a seal. */
function endsAsSnapshot(bytes: Uint8Array): boolean {
  if (bytes.length < 10) return false;
  return [0, 0, 0, 1, 0x2f].every((byte, i) => bytes[bytes.length - 5 + i] === byte);
}

function writeSession(output: OutputArchive, [id, timeout]: readonly [SessionId, Millis]): void {
  output.writeLong(id);
  output.writeInt(timeout);
}

export function readSession(input: InputArchive): readonly [SessionId, Millis] {
  const id = input.readField('sessionId', sessionId.read);
  return [id, input.readField('timeOut', millisInt.read)];
}

export function readAcl(input: InputArchive): readonly [bigint, readonly Acl[]] {
  const number = input.readField('index', long.read);
  return [number, input.readField('acl', aclList.read)];
}

interface NumberedAcl {
  readonly number: bigint;
  readonly acl: readonly Acl[];
}

/** Numbers from 1 in the order of first use. An empty list is as open as no list. */
function numberAcls(nodes: readonly SnapshotNode[]): ReadonlyMap<string, NumberedAcl> {
  const open: NumberedAcl = { number: OPEN_ACL_NUMBER, acl: OPEN_ACL_UNSAFE };
  const numbers = new Map([
    [aclKey([]), open],
    [aclKey(OPEN_ACL_UNSAFE), open],
  ]);
  let next = 1n;
  for (const { acl } of nodes) {
    const key = aclKey(acl);
    if (!numbers.has(key)) numbers.set(key, { number: next++, acl });
  }
  return numbers;
}

function aclKey(acl: readonly Acl[]): string {
  return JSON.stringify(acl.map(({ perms, id }) => [perms, id.scheme, id.id]));
}

/** In pre-order, each after its parent, up to the path "/". */
function readNodes(
  input: InputArchive,
  acls: ReadonlyMap<bigint, readonly Acl[]>,
): readonly SnapshotNode[] {
  const nodes: SnapshotNode[] = [];
  const paths = new Set<string>();
  for (let path = ustring.read(input); path !== END; path = ustring.read(input)) {
    const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    if (path !== '' && !paths.has(parent)) {
      throw new JuteError(`Invalid Datatree, unable to find parent ${parent} of path ${path}`);
    }
    if (paths.has(path)) throw new JuteError(`the node ${path} stands there twice`);
    paths.add(path);
    const body = nodeBody.read(input);
    const acl = acls.get(body.acl);
    if (acl === undefined) throw new JuteError(`Failed to fetch acls for ${String(body.acl)}`);
    nodes.push({ path, ...body, acl });
  }
  return nodes;
}

function writeSeal(output: OutputArchive): void {
  output.writeLong(BigInt(adler32(output.peek())));
  output.writeString(END);
}

function checkSeal(input: InputArchive, bytes: Uint8Array): void {
  const actual = adler32(bytes.subarray(0, input.position));
  if (input.readLong() !== BigInt(actual)) throw new JuteError('CRC corruption');
  ustring.read(input);
}

/** Servers before 3.6 did not write one; zxid 0 and other versions stand for none. */
function readDigestSection(input: InputArchive, bytes: Uint8Array): SnapshotDigest | null {
  if (input.remaining === 0) return null;
  const digestZxid = zxid.read(input);
  const version = input.readInt();
  const digest = BigInt.asUintN(64, input.readLong());
  checkSeal(input, bytes);
  return digestZxid > 0n && version === DIGEST_VERSION ? { zxid: digestZxid, digest } : null;
}

/** The number itself is of no use here: recovery goes by the snapshot's name. */
function readLastZxidSection(input: InputArchive, bytes: Uint8Array): void {
  if (input.remaining === 0) return;
  zxid.read(input);
  checkSeal(input, bytes);
}
