/**
 * A message as the bytes that it takes on ZooKeeper's wire, and what each of them means. For
 * whoever looks: the simulated world itself passes messages as values.
 */
import { unreachable } from './assert.ts';
import { errorName } from './error-code.ts';
import { RecordingArchive, type ByteField, type Explain } from './jute/fields.ts';
import { frame } from './jute/framing.ts';
import { JuteError, type InputArchive } from './jute/input-archive.ts';
import { ustring } from './jute/codec.ts';
import { CreateMode, EventType, KeeperState, type ClientMessage } from './jute/proto.ts';
import {
  encodeClientMessage,
  encodeServerMessage,
  readClientRequest,
  readConnectRequest,
  readConnectResponse,
  readReply,
} from './jute/proto-codec.ts';
import { opNameOf } from './jute/request-codec.ts';
import { encodePacket, PacketType, readPacket } from './quorum/packet-codec.ts';
import { encodeSnapshotStream } from './quorum/packet-stream.ts';
import type { ElectionMessage, QuorumPacket } from './quorum/packet.ts';
import type { Message } from './quorum/peer-io.ts';
import {
  encodeHello,
  encodeNotification,
  readHello,
  readNotification,
  STATES,
} from './quorum/vote-codec.ts';
import { END, nodeBody, readAcl, readSession } from './txn-log/snapshot-format.ts';
import { formatZxid, type Zxid } from './zxid.ts';

export interface MessageBytes {
  /** From the first byte on: at most BYTES_SHOWN of them. */
  readonly bytes: Uint8Array;
  /** Bytes in all. */
  readonly length: number;
  /** Those that begin within `bytes`, in their order, each before what lies within it. */
  readonly fields: readonly ByteField[];
}

/** A page of bytes: more of them say nothing more. */
export const BYTES_SHOWN = 4096;

/** Of a snapshot no more than so much data is made into bytes. */
const SNAPSHOT_DATA = 1024 * 1024;

interface Described {
  readonly bytes: Uint8Array;
  readonly read: (input: InputArchive) => void;
}

export function bytesOfMessage(message: Message): MessageBytes {
  const { bytes, read } = describe(message);
  const archive = new RecordingArchive(bytes, BYTES_SHOWN, explain);
  try {
    read(archive);
  } catch (error) {
    // What a server may say and no server would take: its bytes are there to be seen all the same.
    if (!(error instanceof JuteError)) throw error;
  }
  return { bytes: bytes.slice(0, BYTES_SHOWN), length: bytes.length, fields: archive.fields };
}

function describe(message: Message): Described {
  if (!('kind' in message)) return describeQuorum(message);
  if (message.kind === 'hello' || (message.kind === 'notification' && 'sid' in message)) {
    return describeElection(message);
  }
  return describeClient(message);
}

/** Packets of the client's port stand behind their length. */
function describeClient(message: ClientMessage): Described {
  const behindLength = (
    payload: Uint8Array,
    name: string | null,
    read: Described['read'],
  ): Described => ({
    bytes: frame(payload),
    read: (input) => {
      input.readField('length', (from) => from.readInt());
      if (name === null) read(input);
      else input.readField(name, read);
    },
  });
  switch (message.kind) {
    case 'connectRequest':
      return behindLength(encodeClientMessage(message), 'ConnectRequest', readConnectRequest);
    case 'request':
      return behindLength(encodeClientMessage(message), null, (input) =>
        readClientRequest(input, '3.9'),
      );
    case 'connectResponse':
      return behindLength(encodeServerMessage(message), 'ConnectResponse', readConnectResponse);
    case 'reply':
      return behindLength(encodeServerMessage(message), null, (input) =>
        readReply(input, () => message.op),
      );
    case 'notification':
      return behindLength(encodeServerMessage(message), null, (input) =>
        readReply(input, () => null),
      );
    default:
      return unreachable(message);
  }
}

function describeElection(message: ElectionMessage): Described {
  if (message.kind === 'hello') {
    return {
      bytes: encodeHello(message),
      read: (input) => input.readField('InitialMessage', readHello),
    };
  }
  return {
    bytes: frame(encodeNotification(message)),
    read: (input) => {
      input.readField('length', (from) => from.readInt());
      input.readField('Notification', (from) => readNotification(from, message.sid));
    },
  };
}

function describeQuorum(packet: QuorumPacket): Described {
  if (packet.type === 'SNAPSHOT') {
    let data = 0;
    const nodes = packet.nodes.filter((node) => (data += node.data?.length ?? 0) <= SNAPSHOT_DATA);
    return { bytes: encodeSnapshotStream(packet.sessions, nodes), read: readSnapshot };
  }
  return {
    bytes: encodePacket(packet),
    read: (input) => input.readField('QuorumPacket', (from) => readPacket(from, '3.9')),
  };
}

/** The stream behind a SNAP; a piece of it is shown as a stream of its own. */
function readSnapshot(input: InputArchive): void {
  input.readField('sessions', (from) => from.readVector(readSession));
  input.readField('acls', (from) => from.readVector(readAcl));
  for (let path = ''; path !== END;) {
    if (input.position > BYTES_SHOWN) return;
    path = input.readField('path', ustring.read);
    if (path !== END) input.readField('node', nodeBody.read);
  }
  input.readField('signature', ustring.read);
}

/** Fields that people know in hexadecimal. */
const HEXADECIMAL: ReadonlySet<string> = new Set([
  'zxid',
  'czxid',
  'mzxid',
  'pzxid',
  'lastZxidSeen',
  'relativeZxid',
  'configVersion',
  'sessionId',
  'clientId',
  'ephemeralOwner',
]);

const explain: Explain = (parents, name, value) => {
  if (typeof value === 'bigint') return HEXADECIMAL.has(name) ? formatZxid(value as Zxid) : null;
  if (typeof value !== 'number') return null;
  const word = wordFor(parents, name, value);
  return word === null ? null : `${String(value)} ${word}`;
};

function wordFor(parents: readonly string[], name: string, value: number): string | null {
  const parent = parents.at(-1) ?? '';
  switch (name) {
    case 'type':
      if (parent === 'WatcherEvent') return keyOf(EventType, value);
      return parent === 'QuorumPacket' ? keyOf(PacketType, value) : operationOf(parent, value);
    case 'err':
      // The headers of a request have no error yet, and a -1 in its place.
      return parent === 'MultiHeader' && value === -1 ? null : errorName(value);
    case 'flags':
      return keyOf(CreateMode, value);
    case 'perms':
      return permsOf(value);
    case 'state':
      return parent === 'WatcherEvent' ? keyOf(KeeperState, value) : (STATES[value] ?? null);
    default:
      return null;
  }
}

/** Of a header, of a REQUEST or of a transaction; the `type` of another record is no operation. */
function operationOf(parent: string, type: number): string | null {
  const hasOperation = parent.endsWith('Header') || parent === 'data' || parent.startsWith('[');
  return hasOperation && type !== -1 ? opNameOf(type) : null;
}

function keyOf(table: Readonly<Record<string, number>>, value: number): string | null {
  return Object.keys(table).find((key) => table[key] === value) ?? null;
}

/** As zkCli's getAcl writes them. */
function permsOf(perms: number): string {
  const letters: readonly (readonly [number, string])[] = [
    [4, 'c'],
    [8, 'd'],
    [1, 'r'],
    [2, 'w'],
    [16, 'a'],
  ];
  return letters.map(([bit, letter]) => ((perms & bit) === 0 ? '' : letter)).join('');
}
