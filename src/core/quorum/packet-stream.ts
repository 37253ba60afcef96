/**
 * The quorum port as a stream: packets come as the network cuts them, and behind a SNAP comes the
 * whole database before the next packet. Nothing is held but the packet or znode under way.
 *
 * Source: LearnerHandler.run, Learner.syncWithLeader, SerializeUtils.serializeSnapshot (3.9).
 */
import { OPEN_ACL_UNSAFE, type Acl } from '../jute/data.ts';
import { EndOfInputError, InputArchive, JuteError, MAX_BUFFER } from '../jute/input-archive.ts';
import { ustring } from '../jute/codec.ts';
import { OutputArchive } from '../jute/output-archive.ts';
import type { Release } from '../jute/request-codec.ts';
import {
  END,
  OPEN_ACL_NUMBER,
  nodeBody,
  readAcl,
  readSession,
  writeSnapshotBody,
} from '../txn-log/snapshot-format.ts';
import type { SnapshotNode } from '../txn-log/snapshot.ts';
import type { Millis, SessionId } from '../units.ts';
import { readPacket } from './packet-codec.ts';
import type { QuorumPacket } from './packet.ts';

/** Ends the stream behind a SNAP. */
const SIGNATURE = 'BenWasHere';

type Sessions = readonly (readonly [SessionId, Millis])[];
type SnapshotPiece = Extract<QuorumPacket, { readonly type: 'SNAPSHOT' }>;

/** What comes behind a SNAP: sessions, ACLs, nodes, and the signature. */
export function encodeSnapshotStream(
  sessions: Sessions,
  nodes: readonly SnapshotNode[],
): Uint8Array {
  const output = new OutputArchive(4096);
  writeSnapshotBody(output, sessions, nodes);
  output.writeString(SIGNATURE);
  return output.toBytes();
}

/** Where in the stream behind a SNAP the reader stands. `left`: entries of the list under way. */
type Stage =
  | { readonly at: 'packets' }
  | { readonly at: 'sessions' | 'acls'; left: number | null }
  | { readonly at: 'nodes' | 'signature' };

/** One direction of one connection. `pushQuorumBytes` changes it. */
export interface PacketStream {
  readonly release: Release;
  /** Bytes: jute.maxbuffer. */
  readonly maxBuffer: number;
  /** What has come and is not yet used up. */
  pending: Uint8Array;
  stage: Stage;
  /** The ACLs of the snapshot that is being read, by number. */
  acls: Map<bigint, readonly Acl[]>;
  /** The nodes of it that have come: each has to come after its parent. */
  paths: Set<string>;
}

export function newPacketStream(release: Release = '3.9', maxBuffer = MAX_BUFFER): PacketStream {
  const stage: Stage = { at: 'packets' };
  const pending = new Uint8Array(0);
  return { release, maxBuffer, pending, stage, acls: new Map(), paths: new Set() };
}

/**
 * Takes the next bytes of the stream. A snapshot comes in pieces, as much as has arrived; the last
 * one has the signature.
 * @throws JuteError where the stream is broken: the connection is to be closed.
 */
export function pushQuorumBytes(stream: PacketStream, chunk: Uint8Array): readonly QuorumPacket[] {
  stream.pending = joined(stream.pending, chunk);
  const input = new InputArchive(stream.pending, 0, stream.maxBuffer);
  const out: QuorumPacket[] = [];
  const piece: Piece = { sessions: [], nodes: [] };
  let used = 0;
  try {
    for (;;) {
      readNext(stream, input, piece, out);
      used = input.position;
    }
  } catch (error) {
    if (!(error instanceof EndOfInputError)) throw error;
  }
  if (piece.sessions.length + piece.nodes.length > 0) out.push(pieceOf(piece, false));
  stream.pending = new Uint8Array(stream.pending.subarray(used));
  // Four buffers of the largest size: more than any packet takes that a server could make.
  if (stream.pending.length > 4 * 2 * stream.maxBuffer + 1024) {
    throw new JuteError(`a packet of more than ${String(stream.pending.length)} bytes`);
  }
  return out;
}

/** What has been read of a snapshot since the last piece was handed out. */
interface Piece {
  sessions: (readonly [SessionId, Millis])[];
  nodes: SnapshotNode[];
}

function pieceOf(piece: Piece, signature: boolean): SnapshotPiece {
  const { sessions, nodes } = piece;
  piece.sessions = [];
  piece.nodes = [];
  return { type: 'SNAPSHOT', sessions, nodes, signature };
}

/** One packet, or one entry of a snapshot. State changes only once it has been read as a whole. */
function readNext(
  stream: PacketStream,
  input: InputArchive,
  piece: Piece,
  out: QuorumPacket[],
): void {
  const { stage } = stream;
  switch (stage.at) {
    case 'packets': {
      const packet = readPacket(input, stream.release);
      out.push(packet);
      if (packet.type === 'SNAP') {
        stream.stage = { at: 'sessions', left: null };
        stream.acls = new Map([[OPEN_ACL_NUMBER, OPEN_ACL_UNSAFE]]);
      }
      return;
    }
    case 'sessions':
    case 'acls':
      readEntry(stream, stage, input, piece);
      return;
    case 'nodes':
      readNode(stream, input, piece);
      return;
    case 'signature': {
      const signature = ustring.read(input);
      if (signature !== SIGNATURE) {
        throw new JuteError(`Missing signature. Got ${signature}`);
      }
      out.push(pieceOf(piece, true));
      stream.stage = { at: 'packets' };
      stream.paths = new Set();
      stream.acls = new Map();
    }
  }
}

/** The count of a list, or one entry of it. */
function readEntry(
  stream: PacketStream,
  stage: Extract<Stage, { readonly left: number | null }>,
  input: InputArchive,
  piece: Piece,
): void {
  if (stage.left === null) {
    stage.left = input.readInt();
  } else if (stage.left > 0) {
    if (stage.at === 'sessions') piece.sessions.push(readSession(input));
    else stream.acls.set(...readAcl(input));
    stage.left--;
  }
  if (stage.left > 0) return;
  stream.stage = stage.at === 'sessions' ? { at: 'acls', left: null } : { at: 'nodes' };
}

function readNode(stream: PacketStream, input: InputArchive, piece: Piece): void {
  const path = ustring.read(input);
  if (path === END) {
    stream.stage = { at: 'signature' };
    return;
  }
  const body = nodeBody.read(input);
  const acl = stream.acls.get(body.acl);
  if (acl === undefined) throw new JuteError(`Failed to fetch acls for ${String(body.acl)}`);
  const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  if ((path !== '' && !stream.paths.has(parent)) || stream.paths.has(path)) {
    throw new JuteError(`Invalid Datatree, unable to find parent ${parent} of path ${path}`);
  }
  stream.paths.add(path);
  piece.nodes.push({ path, ...body, acl });
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
