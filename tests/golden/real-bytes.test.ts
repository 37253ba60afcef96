/**
 * Bytes of real servers of Apache ZooKeeper 3.8.0, on all three ports: read and written again they
 * are the same, but where the tables below say why not.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  decodeClientMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodeServerMessage,
  saysReadOnly,
} from '../../src/core/jute/proto-codec.ts';
import type { Request } from '../../src/core/jute/proto.ts';
import { encodePacket } from '../../src/core/quorum/packet-codec.ts';
import { newPacketStream, pushQuorumBytes } from '../../src/core/quorum/packet-stream.ts';
import type { QuorumPacket } from '../../src/core/quorum/packet.ts';
import {
  decodeHello,
  decodeNotification,
  encodeHello,
  encodeNotification,
} from '../../src/core/quorum/vote-codec.ts';
import type { Sid } from '../../src/core/units.ts';

interface Captured {
  readonly client: readonly {
    readonly op: string;
    readonly request: string | null;
    readonly reply: string;
  }[];
  readonly quorum: readonly { readonly name: string; readonly bytes: string }[];
  readonly election: readonly { readonly kind: string; readonly hex: string }[];
}

const captured = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/wire/real-bytes.json'), 'utf8'),
) as Captured;

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const answered = captured.client.map((row, i) => ({ ...row, name: `${String(i)} ${row.op}` }));

describe("the client's port", () => {
  it.each(answered)('$name', ({ op, request, reply }) => {
    const first = op === 'connect';
    const answer = decodeServerMessage(bytesOf(reply), () => op as Request['op'], first);
    const withReadOnly = !first || request === null || saysReadOnly(bytesOf(request));
    expect(hex(encodeServerMessage(answer, withReadOnly))).toBe(reply);
    if (request === null) {
      expect(answer.kind).toBe('notification');
      return;
    }
    const asked = decodeClientMessage(bytesOf(request), first);
    expect(hex(encodeClientMessage(asked, withReadOnly))).toBe(request);
    expect(asked.kind === 'request' ? asked.request.op : 'connect').toBe(op);
  });

  it('has seen every reply but those of features that were off', () => {
    const ops = new Set(answered.filter(({ request }) => request !== null).map(({ op }) => op));
    expect(ops).toContain('multiRead');
    expect(ops.size).toBeGreaterThan(20);
  });
});

/** Where our packet is not the one that came, and why. */
const REWRITTEN: Readonly<Record<string, string>> = {
  'PROPOSAL 0x100000009':
    'A multi that failed: applying it turned the types of the operations before the failing one ' +
    'to errors, but left their records, and the leader sends what it has.',
};

function nameOf(packet: QuorumPacket): string {
  const zxid = 'zxid' in packet ? ` 0x${BigInt.asUintN(64, packet.zxid).toString(16)}` : '';
  return `${packet.type}${zxid}`;
}

/** How each stream begins, and what it has to say after that. */
const BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  'from nothing': ['LEADERINFO', 'SNAP', 'SNAPSHOT', 'NEWLEADER', 'UPTODATE', 'PING'],
  'from 4': ['LEADERINFO', 'DIFF', 'PROPOSAL', 'COMMIT', 'PROPOSAL', 'COMMIT'],
  ahead: ['LEADERINFO', 'TRUNC', 'NEWLEADER', 'UPTODATE', 'PING'],
};

describe.each(captured.quorum)('the quorum port, to an observer: $name', ({ name, bytes }) => {
  const stream = newPacketStream('3.8.0');
  const packets = pushQuorumBytes(stream, bytesOf(bytes));

  it('is read to its end', () => {
    const beginning = BEGINNINGS[name] ?? [];
    const types = packets.map((packet) => packet.type);
    expect(types.slice(0, beginning.length)).toEqual(beginning);
    expect(types.at(-1)).toBe('PING');
    expect(stream.pending).toHaveLength(0);
  });

  it('is written as it came', () => {
    for (const packet of packets) {
      if (packet.type === 'SNAPSHOT' || nameOf(packet) in REWRITTEN) continue;
      expect(bytes, nameOf(packet)).toContain(hex(encodePacket(packet)));
    }
  });
});

it('the database behind a SNAP has every session and node', () => {
  const stream = captured.quorum.find(({ name }) => name === 'from nothing');
  const packets = pushQuorumBytes(newPacketStream('3.8.0'), bytesOf(stream?.bytes ?? ''));
  const piece = packets.find((packet) => packet.type === 'SNAPSHOT');
  expect(piece).toMatchObject({ signature: true });
  if (piece?.type !== 'SNAPSHOT') return;
  expect(piece.sessions).toHaveLength(1);
  expect(piece.nodes.map((node) => node.path)).toEqual(
    expect.arrayContaining(['', '/a', '/a/b', '/c', '/t', '/m', '/zookeeper/config']),
  );
  const owners = piece.nodes.filter((node) => node.ephemeralOwner !== 0n);
  expect(owners.map((node) => node.path).sort()).toEqual(['/a/b', '/c', '/m/t', '/t']);
});

describe('the election port', () => {
  it.each(captured.election)('$kind', ({ kind, hex: text }) => {
    const bytes = bytesOf(text);
    if (kind === 'dialled') {
      const words = decodeHello(bytes);
      expect(words?.length).toBe(bytes.length);
      expect(words && hex(encodeHello(words.hello))).toBe(text);
      return;
    }
    const vote = decodeNotification(bytes, 1 as Sid);
    expect(vote).toMatchObject({ state: 'FOLLOWING', leader: 2 });
    expect(vote && hex(encodeNotification(vote))).toBe(text);
  });
});
