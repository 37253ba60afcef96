import { describe, expect, test } from 'vitest';
import { OPEN_ACL_UNSAFE, READ_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import { JuteError } from '../../../src/core/jute/input-archive.ts';
import { encodePacket, type WirePacket } from '../../../src/core/quorum/packet-codec.ts';
import {
  encodeSnapshotStream,
  newPacketStream,
  pushQuorumBytes,
} from '../../../src/core/quorum/packet-stream.ts';
import type { QuorumPacket } from '../../../src/core/quorum/packet.ts';
import type { SnapshotNode } from '../../../src/core/txn-log/snapshot.ts';
import type { Millis, SessionId } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

const zxid = 5n as Zxid;

function node(path: string, acl = OPEN_ACL_UNSAFE): SnapshotNode {
  return {
    path,
    data: path === '' ? null : new TextEncoder().encode(path),
    acl,
    czxid: 1n as Zxid,
    mzxid: 2n as Zxid,
    ctime: 3 as Millis,
    mtime: 4 as Millis,
    version: 5,
    cversion: 6,
    aversion: 7,
    ephemeralOwner: 0n as SessionId,
    pzxid: 1n as Zxid,
  };
}

const sessions = [[0x77n as SessionId, 6000 as Millis]] as const;
const nodes = [node(''), node('/a', READ_ACL_UNSAFE), node('/a/b')];
const before: readonly WirePacket[] = [
  { type: 'LEADERINFO', zxid },
  { type: 'SNAP', zxid },
];
const after: readonly WirePacket[] = [
  { type: 'NEWLEADER', zxid, config: '' },
  { type: 'UPTODATE' },
];
const stream = Buffer.concat([
  ...before.map(encodePacket),
  encodeSnapshotStream(sessions, nodes),
  ...after.map(encodePacket),
]);

/** The packets, with all pieces of the snapshot put together. */
function gathered(chunks: readonly Uint8Array[]): readonly QuorumPacket[] {
  const state = newPacketStream();
  const out: QuorumPacket[] = [];
  for (const chunk of chunks) {
    for (const packet of pushQuorumBytes(state, chunk)) {
      const last = out.at(-1);
      if (packet.type === 'SNAPSHOT' && last?.type === 'SNAPSHOT') {
        out[out.length - 1] = {
          ...packet,
          sessions: [...last.sessions, ...packet.sessions],
          nodes: [...last.nodes, ...packet.nodes],
        };
      } else out.push(packet);
    }
  }
  expect(state.pending).toHaveLength(0);
  return out;
}

describe('a stream of packets with a snapshot in it', () => {
  test.each([1, 2, 3, 7, 64, 10_000])('in chunks of %i bytes', (size) => {
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < stream.length; at += size) chunks.push(stream.subarray(at, at + size));
    expect(gathered(chunks)).toEqual([
      ...before,
      { type: 'SNAPSHOT', sessions, nodes, signature: true },
      ...after,
    ]);
  });

  test('an empty database is a signature only', () => {
    const bytes = Buffer.concat([
      encodePacket({ type: 'SNAP', zxid }),
      encodeSnapshotStream([], []),
    ]);
    expect(gathered([bytes])).toEqual([
      { type: 'SNAP', zxid },
      { type: 'SNAPSHOT', sessions: [], nodes: [], signature: true },
    ]);
  });
});

describe('a stream that is broken', () => {
  const push = (...parts: readonly Uint8Array[]): unknown =>
    pushQuorumBytes(newPacketStream(), Buffer.concat(parts));
  const snap = encodePacket({ type: 'SNAP', zxid });

  test('by another signature', () => {
    const bytes = Buffer.from(encodeSnapshotStream([], []));
    bytes[bytes.length - 1] = 0x21;
    expect(() => push(snap, bytes)).toThrow(new JuteError('Missing signature. Got BenWasHer!'));
  });

  test('by a node without its parent', () => {
    const bytes = encodeSnapshotStream([], [node(''), node('/a/b')]);
    expect(() => push(snap, bytes)).toThrow('unable to find parent /a of path /a/b');
  });

  test('by a node that comes twice', () => {
    const bytes = encodeSnapshotStream([], [node(''), node('')]);
    expect(() => push(snap, bytes)).toThrow(JuteError);
  });

  test('by a packet without an end', () => {
    const state = newPacketStream('3.9', 1000);
    const ids = Buffer.concat([
      encodePacket({ type: 'ACK', zxid }).subarray(0, -4),
      Buffer.from([0x7f, 0xff, 0xff, 0xff]),
      Buffer.alloc(8000),
    ]);
    expect(pushQuorumBytes(state, ids)).toEqual([]);
    expect(() => pushQuorumBytes(state, Buffer.alloc(2000))).toThrow(JuteError);
  });
});
