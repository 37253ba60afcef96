/**
 * Everything that takes bytes from outside, each with bytes that it takes well, to be spoilt. A
 * decoder may refuse with a JuteError; what it gives must not be larger than what it got.
 */
import fc from 'fast-check';
import { JuteError } from '../../src/core/jute/input-archive.ts';
import {
  decodeClientMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodeServerMessage,
} from '../../src/core/jute/proto-codec.ts';
import { decodeTxn, encodeTxn } from '../../src/core/jute/txn-codec.ts';
import { newFramer, nextFrame, pushChunk } from '../../src/core/jute/framing.ts';
import type { ClientReply, Request, WatchNotification } from '../../src/core/jute/proto.ts';
import { decodePacket, encodePacket } from '../../src/core/quorum/packet-codec.ts';
import {
  encodeSnapshotStream,
  newPacketStream,
  pushQuorumBytes,
} from '../../src/core/quorum/packet-stream.ts';
import {
  decodeHello,
  decodeNotification,
  encodeHello,
  encodeNotification,
} from '../../src/core/quorum/vote-codec.ts';
import { decodeLog, encodeLogRecord } from '../../src/core/txn-log/log-format.ts';
import { decodeSnapshot, encodeSnapshot } from '../../src/core/txn-log/snapshot-format.ts';
import { decodeSnappyBlock } from '../../src/core/txn-log/snappy.ts';
import type { Sid } from '../../src/core/units.ts';
import type { Zxid } from '../../src/core/zxid.ts';
import * as any from '../support/wire-arbitraries.ts';

export interface Target {
  readonly name: string;
  /** What it makes of the bytes. */
  readonly decode: (bytes: Uint8Array) => unknown;
  /** Values that a byte may become, where that is more than usual. */
  readonly grows?: number;
  /** Bytes as they should be. */
  readonly sample: fc.Arbitrary<Uint8Array>;
}

const zxid = 1n as Zxid;
const snap = encodePacket({ type: 'SNAP', zxid });
const snapshot = fc.tuple(any.sessions, any.snapshotNodes);

/** Every kind of answer by turns: which one is asked for is the xid's to say. */
const OPS: readonly Request['op'][] = [
  'create',
  'create2',
  'exists',
  'getData',
  'getACL',
  'getChildren',
  'getChildren2',
  'sync',
  'multi',
  'reconfig',
  'whoAmI',
  'getAllChildrenNumber',
  'sasl',
  'delete',
  'addWatch',
];
const opOf = (xid: number): Request['op'] => OPS[Math.abs(xid) % OPS.length] ?? 'getData';

/** An answer under an xid from which `opOf` tells what was asked. */
function withXidOf(message: ClientReply | WatchNotification): ClientReply | WatchNotification {
  return message.kind === 'reply' ? { ...message, xid: OPS.indexOf(message.op) } : message;
}

export const TARGETS: readonly Target[] = [
  {
    name: 'a ConnectRequest',
    decode: (bytes) => decodeClientMessage(bytes, true),
    sample: any.connectRequest.map((message) => encodeClientMessage(message)),
  },
  ...(['3.8.0', '3.9'] as const).map((release) => ({
    name: `a request, ${release}`,
    decode: (bytes: Uint8Array) => decodeClientMessage(bytes, false, release),
    sample: any.clientRequest.map((message) => encodeClientMessage(message)),
  })),
  {
    name: 'a ConnectResponse',
    decode: (bytes) => decodeServerMessage(bytes, () => null, true),
    sample: any.connectResponse.map((message) => encodeServerMessage(message)),
  },
  {
    name: 'a reply or a notification',
    decode: (bytes) => decodeServerMessage(bytes, opOf),
    sample: fc
      .oneof(any.reply, any.notification)
      .map((message) => encodeServerMessage(withXidOf(message))),
  },
  {
    name: 'a quorum packet',
    decode: (bytes) => decodePacket(bytes),
    sample: any.packet.map(encodePacket),
  },
  {
    name: 'the stream behind a SNAP',
    decode: (bytes) => {
      const stream = newPacketStream();
      pushQuorumBytes(stream, snap);
      return pushQuorumBytes(stream, bytes);
    },
    sample: snapshot.map(([live, nodes]) => encodeSnapshotStream(live, nodes)),
  },
  {
    name: 'first words on the election port',
    decode: decodeHello,
    sample: any.hello.map(encodeHello),
  },
  {
    name: 'a vote',
    decode: (bytes) => decodeNotification(bytes, 1 as Sid),
    sample: any.vote.map(encodeNotification),
  },
  {
    name: 'frames',
    decode: (bytes) => {
      const framer = newFramer(1000);
      pushChunk(framer, bytes);
      for (;;) {
        const next = nextFrame(framer);
        if (next.kind !== 'frame') return next;
      }
    },
    sample: fc
      .uint8Array({ maxLength: 40 })
      .map((payload) => Uint8Array.from([0, 0, 0, 8, ...payload])),
  },
  {
    name: 'a transaction',
    decode: decodeTxn,
    sample: any.txnRecord.map(encodeTxn),
  },
  {
    name: 'a log',
    decode: decodeLog,
    sample: fc
      .array(any.txnRecord, { maxLength: 3 })
      .map((records) => joined(...records.map(encodeLogRecord))),
  },
  {
    name: 'a block of snappy',
    decode: decodeSnappyBlock,
    grows: 25,
    sample: fc
      .uint8Array({ minLength: 1, maxLength: 60 })
      .map((bytes) => Uint8Array.from([bytes.length, (bytes.length - 1) << 2, ...bytes])),
  },
  {
    name: 'a snapshot',
    decode: (bytes) => decodeSnapshot(bytes, zxid),
    sample: snapshot.map(([sessions, nodes]) => encodeSnapshot({ zxid, sessions, nodes })),
  },
];

/** Gives what the decoder gives, or null where it refused. Throws whatever else it threw. */
export function decodeOrRefuse(
  target: Target,
  bytes: Uint8Array,
): { readonly value: unknown } | null {
  let value: unknown;
  try {
    value = target.decode(bytes);
  } catch (error) {
    if (error instanceof JuteError) return null;
    throw error;
  }
  const size = sizeOf(value);
  const limit = (target.grows ?? SIZE_PER_BYTE) * bytes.length + SIZE_OF_NOTHING;
  if (size > limit) throw new Error(`${String(bytes.length)} bytes became ${String(size)} values`);
  return { value };
}

/** Values that a byte may become: a transaction of few bytes has fields that are not in it. */
const SIZE_PER_BYTE = 4;
const SIZE_OF_NOTHING = 200;

/** Values and bytes that something holds. */
function sizeOf(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  if (typeof value === 'string') return value.length;
  if (value === null || typeof value !== 'object') return 1;
  return Object.values(value).reduce<number>((sum, part) => sum + sizeOf(part), 1);
}

/** Numbers that length fields are wrong with. */
const BAD_LENGTHS: readonly number[] = [-1, -2, 0, 1, 0x7fffffff, -0x80000000, 0xfffff, 0x100000];

/** A change to some bytes. `at` and `n` are taken modulo whatever they must fit into. */
export interface Mutation {
  readonly kind: 'flip' | 'set' | 'cut' | 'repeat' | 'insert' | 'length' | 'end';
  readonly at: number;
  readonly n: number;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('flip', 'set', 'cut', 'repeat', 'insert', 'length', 'end'),
  at: fc.nat(),
  n: fc.nat(),
});

export function mutated(bytes: Uint8Array, { kind, at, n }: Mutation): Uint8Array {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  const out = Uint8Array.from(bytes);
  switch (kind) {
    case 'flip':
      if (place < out.length) out[place] = (out[place] ?? 0) ^ (1 << (n & 7));
      return out;
    case 'set':
      if (place < out.length) out[place] = n;
      return out;
    case 'cut':
      return joined(out.subarray(0, place), out.subarray(place + (n % 9)));
    case 'repeat':
      return joined(out.subarray(0, place + (n % 9)), out.subarray(place));
    case 'insert':
      return joined(out.subarray(0, place), new Uint8Array(n % 9).fill(n), out.subarray(place));
    case 'length':
      if (place + 4 > out.length) return out;
      new DataView(out.buffer).setInt32(place, BAD_LENGTHS[n % BAD_LENGTHS.length] ?? 0);
      return out;
    case 'end':
      return out.slice(0, place);
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
