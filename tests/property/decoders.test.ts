/**
 * Whatever comes in on a socket or from a disk: a decoder gives a value or refuses it, and never
 * fails otherwise, hangs, or makes much out of little. `npm run fuzz` does the same for longer.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeClientMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodeServerMessage,
} from '../../src/core/jute/proto-codec.ts';
import { bytesOfMessage } from '../../src/core/message-bytes.ts';
import { decodePacket, encodePacket } from '../../src/core/quorum/packet-codec.ts';
import {
  encodeSnapshotStream,
  newPacketStream,
  pushQuorumBytes,
} from '../../src/core/quorum/packet-stream.ts';
import type { Message } from '../../src/core/quorum/peer-io.ts';
import {
  decodeHello,
  decodeNotification,
  encodeHello,
  encodeNotification,
} from '../../src/core/quorum/vote-codec.ts';
import type { Zxid } from '../../src/core/zxid.ts';
import { decodeOrRefuse, mutated, mutation, TARGETS } from '../fuzz/targets.ts';
import * as any from '../support/wire-arbitraries.ts';

describe.each(TARGETS)('$name', (target) => {
  test('any bytes are taken or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        decodeOrRefuse(target, bytes);
      }),
      { numRuns: 200 },
    );
  });

  test('bytes that were right are, once spoilt, taken or refused', () => {
    fc.assert(
      fc.property(target.sample, fc.array(mutation, { maxLength: 4 }), (bytes, mutations) => {
        const spoilt = mutations.reduce(mutated, bytes);
        decodeOrRefuse(target, spoilt);
        if (mutations.length === 0) expect(decodeOrRefuse(target, bytes)).not.toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is written comes back', () => {
  const runs = { numRuns: 300 };

  test('a request', () => {
    fc.assert(
      fc.property(any.clientRequest, (message) => {
        expect(decodeClientMessage(encodeClientMessage(message), false)).toEqual(message);
      }),
      runs,
    );
  });

  test('a handshake, both ways', () => {
    fc.assert(
      fc.property(any.connectRequest, any.connectResponse, (asked, answered) => {
        expect(decodeClientMessage(encodeClientMessage(asked), true)).toEqual(asked);
        const bytes = encodeServerMessage(answered);
        expect(decodeServerMessage(bytes, () => null, true)).toEqual(answered);
      }),
      { numRuns: 50 },
    );
  });

  test('a reply, and a notification', () => {
    fc.assert(
      fc.property(any.reply, any.notification, (reply, notification) => {
        expect(decodeServerMessage(encodeServerMessage(reply), () => reply.op)).toEqual(reply);
        const bytes = encodeServerMessage(notification);
        expect(decodeServerMessage(bytes, () => null)).toEqual(notification);
      }),
      runs,
    );
  });

  test('a quorum packet', () => {
    fc.assert(
      fc.property(any.packet, (packet) => {
        expect(decodePacket(encodePacket(packet))).toEqual(packet);
      }),
      runs,
    );
  });

  test('first words, and a vote', () => {
    fc.assert(
      fc.property(any.hello, any.vote, (hello, vote) => {
        expect(decodeHello(encodeHello(hello))?.hello).toEqual(hello);
        expect(decodeNotification(encodeNotification(vote), vote.sid)).toEqual(vote);
      }),
      runs,
    );
  });

  test('a snapshot among packets, in chunks of any size', () => {
    const zxid = 5n as Zxid;
    const chunk = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(any.sessions, any.snapshotNodes, chunk, (sessions, nodes, size) => {
        const stream = newPacketStream();
        const bytes = Buffer.concat([
          encodePacket({ type: 'SNAP', zxid }),
          encodeSnapshotStream(sessions, nodes),
          encodePacket({ type: 'UPTODATE' }),
        ]);
        const packets = [];
        for (let at = 0; at < bytes.length; at += size) {
          packets.push(...pushQuorumBytes(stream, bytes.subarray(at, at + size)));
        }
        const pieces = packets.flatMap((one) => (one.type === 'SNAPSHOT' ? [one] : []));
        expect(pieces.flatMap((piece) => piece.sessions)).toEqual(sessions);
        expect(pieces.flatMap((piece) => piece.nodes)).toEqual(nodes);
        expect(pieces.map((piece) => piece.signature).lastIndexOf(true)).toBe(pieces.length - 1);
        expect(packets.at(-1)).toEqual({ type: 'UPTODATE' });
      }),
      { numRuns: 100 },
    );
  });
});

test('of every message each byte is told: fields lie within each other and leave no gap', () => {
  const message: fc.Arbitrary<Message> = fc.oneof(
    any.clientRequest,
    any.connectRequest,
    any.connectResponse,
    any.reply,
    any.notification,
    any.packet,
    any.hello,
    any.vote,
  );
  fc.assert(
    fc.property(message, (one) => {
      const { fields, length } = bytesOfMessage(one);
      const top = fields.filter((field) => field.depth === 0);
      expect(top[0]?.from).toBe(0);
      expect(top.at(-1)?.to).toBe(length);
      for (const [i, field] of top.entries()) {
        if (i > 0) expect(field.from).toBe(top[i - 1]?.to);
      }
      for (const [i, field] of fields.entries()) {
        const outer = fields.slice(0, i).findLast((other) => other.depth === field.depth - 1);
        if (outer === undefined) continue;
        expect(field.from).toBeGreaterThanOrEqual(outer.from);
        expect(field.to).toBeLessThanOrEqual(outer.to);
      }
    }),
    { numRuns: 300 },
  );
});
