/** Bytes on the quorum port, written out by hand: type, zxid, data, authinfo. */
import { describe, expect, test } from 'vitest';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import { EndOfInputError, InputArchive, JuteError } from '../../../src/core/jute/input-archive.ts';
import { encodeTxn } from '../../../src/core/jute/txn-codec.ts';
import type { TxnRecord } from '../../../src/core/jute/txn.ts';
import { decodePacket, encodePacket, readPacket } from '../../../src/core/quorum/packet-codec.ts';
import type { WirePacket } from '../../../src/core/quorum/packet-codec.ts';
import type { Millis, SessionId, Sid } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

const zxid = 0x100000002n as Zxid;
const sessionId = 0x1122n as SessionId;
const none = 'ffffffff';
const at = '0000000100000002';
const nowhere = 'ffffffffffffffff';

const record: TxnRecord = {
  header: { clientId: sessionId, cxid: 3, zxid, time: 1_700_000_000_000 as Millis },
  txn: { type: 'setData', path: '/a', data: new Uint8Array([7]), version: 2 },
  digest: 0xffff_ffff_ffff_fff0n,
};
const txn = Buffer.from(encodeTxn(record)).toString('hex');

function int(n: number): string {
  return (n >>> 0).toString(16).padStart(8, '0');
}

function dataOf(hex: string): string {
  return int(hex.length / 2) + hex;
}

const long = (n: bigint): string => BigInt.asUintN(64, n).toString(16).padStart(16, '0');
const ip = int(1) + int(2) + '6970' + int(3) + '3a3a31';

const rows: readonly (readonly [WirePacket, string])[] = [
  [
    {
      type: 'REQUEST',
      sessionId,
      cxid: 9,
      request: { op: 'delete', path: '/a', version: -1 },
      authInfo: [{ scheme: 'ip', id: '::1' }],
    },
    int(1) + nowhere + dataOf(long(0x1122n) + int(9) + int(2) + int(2) + '2f61' + none) + ip,
  ],
  [
    {
      type: 'REQUEST',
      sessionId,
      cxid: 0,
      request: { op: 'createSession', timeOut: 10_000 as Millis },
      authInfo: [],
    },
    int(1) + nowhere + dataOf(long(0x1122n) + int(0) + int(-10) + int(10_000)) + int(0),
  ],
  [{ type: 'PROPOSAL', zxid, record }, int(2) + at + dataOf(txn) + none],
  [{ type: 'ACK', zxid }, int(3) + at + none + none],
  [{ type: 'COMMIT', zxid }, int(4) + at + none + none],
  [{ type: 'PING', zxid, touched: null }, int(5) + at + none + none],
  [{ type: 'PING', zxid, touched: [] }, int(5) + at + int(0) + none],
  [
    { type: 'PING', zxid, touched: [[sessionId, 6000 as Millis]] },
    int(5) + at + dataOf(long(0x1122n) + int(6000)) + none,
  ],
  [
    { type: 'REVALIDATE', sessionId, timeOut: 6000 as Millis, valid: null },
    int(6) + nowhere + dataOf(long(0x1122n) + int(6000)) + none,
  ],
  [
    { type: 'REVALIDATE', sessionId, timeOut: 0 as Millis, valid: true },
    int(6) + nowhere + dataOf(long(0x1122n) + '01') + none,
  ],
  [{ type: 'SYNC' }, int(7) + long(0n) + none + none],
  [{ type: 'INFORM', zxid, record }, int(8) + at + dataOf(txn) + none],
  [{ type: 'COMMITANDACTIVATE', zxid, leader: 3 as Sid }, int(9) + at + dataOf(long(3n)) + none],
  [
    { type: 'NEWLEADER', zxid, config: 'version=0' },
    int(10) + at + dataOf(Buffer.from('version=0').toString('hex')) + none,
  ],
  [
    { type: 'FOLLOWERINFO', zxid, sid: 2 as Sid, configVersion: 5n as Zxid },
    int(11) + at + dataOf(long(2n) + '00010000' + long(5n)) + none,
  ],
  [{ type: 'UPTODATE' }, int(12) + nowhere + none + none],
  [{ type: 'DIFF', zxid }, int(13) + at + none + none],
  [{ type: 'TRUNC', zxid }, int(14) + at + none + none],
  [{ type: 'SNAP', zxid }, int(15) + at + none + none],
  [
    { type: 'OBSERVERINFO', zxid, sid: 4 as Sid, configVersion: 0n as Zxid },
    int(16) + at + dataOf(long(4n) + '00010000' + long(0n)) + none,
  ],
  [{ type: 'LEADERINFO', zxid }, int(17) + at + dataOf('00010000') + none],
  [{ type: 'ACKEPOCH', zxid, currentEpoch: -1 }, int(18) + at + dataOf(none) + none],
  [
    { type: 'INFORMANDACTIVATE', zxid, leader: 3 as Sid, record },
    int(19) + at + dataOf(long(3n) + txn) + none,
  ],
];

describe('packets', () => {
  test.each(rows)('%o', (packet, hex) => {
    expect(Buffer.from(encodePacket(packet)).toString('hex')).toBe(hex);
    expect(decodePacket(Buffer.from(hex, 'hex'))).toEqual(packet);
  });

  test('every one but the last byte says that more is to come', () => {
    for (const [, hex] of rows) {
      const bytes = Buffer.from(hex, 'hex');
      for (let end = 0; end < bytes.length; end++) {
        const input = new InputArchive(bytes.subarray(0, end));
        expect(() => readPacket(input, '3.9')).toThrow(EndOfInputError);
      }
    }
  });
});

describe('what older servers send', () => {
  test('a LearnerInfo of the sid alone', () => {
    const packet = decodePacket(Buffer.from(int(11) + at + dataOf(long(2n)) + none, 'hex'));
    expect(packet).toEqual({ type: 'FOLLOWERINFO', zxid, sid: 2, configVersion: 0n });
  });

  test('a NEWLEADER without a configuration', () => {
    const packet = decodePacket(Buffer.from(int(10) + at + none + none, 'hex'));
    expect(packet).toEqual({ type: 'NEWLEADER', zxid, config: '' });
  });
});

describe('a request that a learner could not read', () => {
  test('goes on as its type alone', () => {
    const bytes = encodePacket({
      type: 'REQUEST',
      sessionId,
      cxid: 1,
      request: { op: 'unreadable', type: 1 },
      authInfo: [],
    });
    expect(decodePacket(bytes)).toMatchObject({ request: { op: 'unreadable', type: 1 } });
  });

  test('with an ACL it is whole', () => {
    const request = {
      op: 'create',
      path: '/a',
      data: null,
      acl: OPEN_ACL_UNSAFE,
      flags: 0,
      ttl: 0,
    } as const;
    const bytes = encodePacket({ type: 'REQUEST', sessionId, cxid: 1, request, authInfo: [] });
    expect(decodePacket(bytes)).toMatchObject({ request });
  });
});

describe('bytes that are no packet', () => {
  test.each([
    ['a type that nobody knows', int(20) + at + none + none, 'unexpected quorum packet, type: 20'],
    ['a proposal of nothing', int(2) + at + none + none, 'a PROPOSAL without data'],
    [
      'a transaction cut short',
      int(2) + at + dataOf(txn.slice(0, 60)) + none,
      'need 4 bytes at 44, have 2',
    ],
    ['data beyond all measure', int(3) + at + '7fffffff' + none, 'Unreasonable length'],
  ])('%s', (_, hex, message) => {
    const decode = (): unknown => decodePacket(Buffer.from(hex, 'hex'));
    expect(decode).toThrow(message);
    expect(decode).toThrow(JuteError);
    expect(decode).not.toThrow(EndOfInputError);
  });
});
