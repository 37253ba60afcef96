import { describe, expect, test } from 'vitest';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import type { Txn, TxnRecord } from '../../../src/core/jute/txn.ts';
import { ADLER_START, adler32 } from '../../../src/core/txn-log/adler32.ts';
import {
  decodeLog,
  decodeLogFile,
  encodeLogHeader,
  encodeLogRecord,
  recordBytes,
} from '../../../src/core/txn-log/log-format.ts';
import type { Millis, SessionId } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

function record(zxid: number, txn: Txn): TxnRecord {
  const time = 1_700_000_000_000 as Millis;
  return {
    header: { clientId: 1n as SessionId, cxid: 2, zxid: BigInt(zxid) as Zxid, time },
    txn,
    digest: null,
  };
}

const base = { path: '/a', data: new Uint8Array(5), acl: OPEN_ACL_UNSAFE, parentCVersion: 1 };
const txns: readonly Txn[] = [
  { type: 'createSession', timeOut: 5000 as Millis },
  { type: 'create', ...base, ephemeral: false },
  { type: 'createContainer', ...base },
  { type: 'createTTL', ...base, data: null, ttl: 7 },
  { type: 'setData', path: '/a', data: new Uint8Array(300), version: 1 },
  { type: 'check', path: '/a', version: 1 },
  {
    type: 'multi',
    txns: [
      { type: 'delete', path: '/a' },
      { type: 'error', err: -101 },
    ],
  },
  { type: 'closeSession', paths: ['/a', '/b/c'] },
];
const records = txns.map((txn, i) => record(i + 1, txn));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

const log = joined(records.map(encodeLogRecord));

test('Adler-32 of "hello", at once and in two steps', () => {
  const text = new TextEncoder().encode('hello');
  expect(adler32(text)).toBe(103547413);
  expect(adler32(text.subarray(2), adler32(text.subarray(0, 2)))).toBe(103547413);
});

test('Adler-32 of many large bytes does not overflow', () => {
  const bytes = new Uint8Array(20_000).fill(0xff);
  let [a, b] = [1n, 0n];
  for (const byte of bytes) {
    a = (a + BigInt(byte)) % 65521n;
    b = (b + a) % 65521n;
  }
  expect(adler32(bytes, ADLER_START)).toBe(Number((b << 16n) | a));
});

test('a record is its checksum, its length, the payload and a B', () => {
  const bytes = encodeLogRecord(record(1, { type: 'createSession', timeOut: 5000 as Millis }));
  const view = new DataView(bytes.buffer);
  expect(view.getInt32(8)).toBe(32 + 4);
  expect(bytes).toHaveLength(8 + 4 + 36 + 1);
  expect(view.getBigInt64(0)).toBe(BigInt(adler32(bytes.subarray(12, 48))));
  expect(bytes.at(-1)).toBe(0x42);
});

test.each(records)('the size of a $txn.type is told without writing it', (one) => {
  expect(recordBytes(one)).toBe(encodeLogRecord(one).length);
});

test('records come back in their order', () => {
  const expected = records.map((one) => ({ kind: 'record', record: one, startsFile: false }));
  expect(decodeLog(log)).toEqual(expected);
  expect(decodeLog(new Uint8Array())).toEqual([]);
});

test('a file begins with its header; its first record starts it', () => {
  const header = encodeLogHeader();
  expect([...header]).toEqual([0x5a, 0x4b, 0x4c, 0x47, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
  const entries = decodeLogFile('log.1', joined([header, log]));
  expect(entries.map((e) => e.kind === 'record' && e.startsFile)).toEqual(
    records.map((_, i) => i === 0),
  );
});

describe('damage', () => {
  const last = encodeLogRecord(record(9, { type: 'delete', path: '/x' }));
  const start = log.length;

  /** How the log ends, with `bytes` behind eight whole records. */
  function endOf(bytes: Uint8Array): unknown {
    const entries = decodeLog(joined([log, bytes]));
    expect(entries.slice(0, records.length).every((e) => e.kind === 'record')).toBe(true);
    return entries.slice(records.length);
  }

  test('cut at any byte, the last record is torn and the others stand', () => {
    for (let end = 1; end < last.length; end++) {
      expect(endOf(last.slice(0, end)), `cut at ${String(end)}`).toEqual([{ kind: 'torn' }]);
    }
  });

  test('any bit turned in the payload or the checksum is found', () => {
    for (let bit = 0; bit < (last.length - 1) * 8; bit++) {
      if (bit >= 64 && bit < 96) continue; // The length: other rows.
      const bytes = last.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(endOf(bytes), `bit ${String(bit)}`).toEqual([
        { kind: 'damaged', reason: 'CRC check failed' },
      ]);
    }
  });

  test.each<[name: string, at: number, value: number, expected: unknown]>([
    ['an end byte that is none', last.length - 1, 0, { kind: 'torn' }],
    ['a length of zero', 11, 0, { kind: 'torn' }],
    ['a length beyond the end', 10, 1, { kind: 'torn' }],
    ['a length of 2 GiB', 8, 0x7f, { kind: 'damaged', reason: 'Unreasonable length = 2130706470' }],
    [
      'a negative length',
      8,
      0x80,
      { kind: 'damaged', reason: 'Unreasonable length = -2147483610' },
    ],
  ])('%s', (_, at, value, expected) => {
    const bytes = last.slice();
    bytes[at] = value;
    expect(endOf(bytes)).toEqual([expected]);
  });

  test('nothing is read behind it', () => {
    const bytes = last.slice();
    bytes[20] = 0xee;
    expect(decodeLog(joined([bytes, log]))).toHaveLength(1);
    expect(start).toBeGreaterThan(0);
  });

  test('zeros to the end are what a file was preallocated with', () => {
    expect(endOf(new Uint8Array(4096))).toEqual([]);
  });

  test('a checksum that is right over a transaction that is none', () => {
    const unknown = record(9, { type: 'delete', path: '/x' });
    const bytes = encodeLogRecord(unknown);
    bytes[12 + 31] = 99; // The type.
    const view = new DataView(bytes.buffer);
    view.setUint32(4, adler32(bytes.subarray(12, bytes.length - 1)));
    expect(endOf(bytes)).toEqual([{ kind: 'damaged', reason: 'Unsupported Txn with type=99' }]);
  });
});
