/** What is written comes back, for any value; and no bytes at all make a reader throw. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ErrorCode } from '../../src/core/error-code.ts';
import type { Acl } from '../../src/core/jute/data.ts';
import { InputArchive, JuteError } from '../../src/core/jute/input-archive.ts';
import { OutputArchive } from '../../src/core/jute/output-archive.ts';
import { decodeTxn, encodeTxn } from '../../src/core/jute/txn-codec.ts';
import type { Txn, TxnRecord } from '../../src/core/jute/txn.ts';
import { decodeLog, encodeLogRecord } from '../../src/core/txn-log/log-format.ts';
import { decodeSnapshot, encodeSnapshot } from '../../src/core/txn-log/snapshot-format.ts';
import type { SnapshotNode } from '../../src/core/txn-log/snapshot.ts';
import type { Millis, SessionId } from '../../src/core/units.ts';
import type { Zxid } from '../../src/core/zxid.ts';

const int = fc.integer();
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const sessionId = long.map((n) => n as SessionId);
const zxid = long.map((n) => n as Zxid);
const millis = fc.nat().map((n) => (n * 1000) as Millis);
const data = fc.option(fc.uint8Array({ maxLength: 50 }));

/** Without surrogates: those do not come back, in ZooKeeper either. */
const text = fc
  .string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) })
  .map((s) => s.replace(/[\ud800-\udfff]/g, '_'));

const acl: fc.Arbitrary<readonly Acl[]> = fc.array(
  fc.record({ perms: int, id: fc.record({ scheme: text, id: text }) }),
  { maxLength: 3 },
);
const base = { path: text, data, acl, parentCVersion: int };
const err = fc.constantFrom(...Object.values(ErrorCode));

const single: fc.Arbitrary<Txn> = fc.oneof(
  fc.record({ type: fc.constantFrom('create', 'create2'), ...base, ephemeral: fc.boolean() }),
  fc.record({ type: fc.constant('createContainer' as const), ...base }),
  fc.record({ type: fc.constant('createTTL' as const), ...base, ttl: fc.maxSafeNat() }),
  fc.record({ type: fc.constantFrom('delete', 'deleteContainer'), path: text }),
  fc.record({ type: fc.constantFrom('setData', 'reconfig'), path: text, data, version: int }),
  fc.record({ type: fc.constant('setACL' as const), path: text, acl, version: int }),
  fc.record({ type: fc.constant('check' as const), path: text, version: int }),
  fc.record({
    type: fc.constant('createSession' as const),
    timeOut: int.map((n) => n as Millis),
  }),
  fc.record({ type: fc.constant('closeSession' as const), paths: fc.array(text) }),
  fc.record({ type: fc.constant('error' as const), err }),
);
const txn: fc.Arbitrary<Txn> = fc.oneof(
  { weight: 4, arbitrary: single },
  {
    weight: 1,
    arbitrary: fc.array(single, { maxLength: 4 }).map((txns): Txn => ({ type: 'multi', txns })),
  },
);
const record: fc.Arbitrary<TxnRecord> = fc.record({
  header: fc.record({ clientId: sessionId, cxid: int, zxid, time: millis }),
  txn,
  digest: fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
});

describe('what is written comes back', () => {
  test('values in an archive', () => {
    fc.assert(
      fc.property(int, long, fc.option(text), data, fc.boolean(), (i, l, s, b, flag) => {
        const output = new OutputArchive(1);
        output.writeInt(i);
        output.writeLong(l);
        output.writeString(s);
        output.writeBuffer(b);
        output.writeBool(flag);
        const input = new InputArchive(output.toBytes());
        expect(input.readInt()).toBe(i);
        expect(input.readLong()).toBe(l);
        expect(input.readString()).toBe(s);
        expect(input.readBuffer()).toEqual(b);
        expect(input.readBool()).toBe(flag);
        expect(input.remaining).toBe(0);
      }),
    );
  });

  test('a transaction', () => {
    fc.assert(
      fc.property(record, (one) => {
        expect(decodeTxn(encodeTxn(one))).toEqual(one);
      }),
    );
  });

  test('a log', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 5 }), (records) => {
        const bytes = new Uint8Array(records.flatMap((one) => [...encodeLogRecord(one)]));
        const expected = records.map((one) => ({ kind: 'record', record: one, startsFile: false }));
        expect(decodeLog(bytes)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

test('a log cut anywhere gives the whole records before the cut, and then says torn', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), fc.nat(), (records, n) => {
      const parts = records.map(encodeLogRecord);
      const bytes = new Uint8Array(parts.flatMap((part) => [...part]));
      const cut = n % bytes.length;
      let whole = 0;
      let end = 0;
      for (const part of parts) {
        if (end + part.length > cut) break;
        end += part.length;
        whole++;
      }
      const kinds = decodeLog(bytes.slice(0, cut)).map((entry) => entry.kind);
      const expected = [...Array<string>(whole).fill('record'), ...(cut === end ? [] : ['torn'])];
      expect(kinds).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

describe('any bytes', () => {
  test('make a transaction, or a JuteError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          expect(decodeTxn(bytes).header).toBeDefined();
        } catch (error) {
          expect(error).toBeInstanceOf(JuteError);
        }
      }),
    );
  });

  test('make log entries of which only the last may be bad', () => {
    fc.assert(
      fc.property(record, fc.uint8Array({ minLength: 1, maxLength: 40 }), (one, junk) => {
        const entries = decodeLog(new Uint8Array([...encodeLogRecord(one), ...junk]));
        expect(entries[0]).toMatchObject({ kind: 'record' });
        expect(entries.slice(0, -1).every((entry) => entry.kind === 'record')).toBe(true);
      }),
    );
  });
});

test('a snapshot comes back with its sessions and nodes', () => {
  const node: fc.Arbitrary<Omit<SnapshotNode, 'path'>> = fc.record({
    data,
    acl: acl.filter((list) => list.length > 0),
    czxid: zxid,
    mzxid: zxid,
    ctime: millis,
    mtime: millis,
    version: int,
    cversion: int,
    aversion: int,
    ephemeralOwner: sessionId,
    pzxid: zxid,
  });
  const sessions = fc.array(
    fc.tuple(
      sessionId,
      millis.map((n) => (n % 40_000) as Millis),
    ),
  );
  fc.assert(
    fc.property(zxid, sessions, fc.array(node, { maxLength: 8 }), (name, live, bodies) => {
      const nodes = bodies.map((body, i) => ({ path: '/n'.repeat(i), ...body }));
      const snapshot = { zxid: name, sessions: live, nodes };
      expect(decodeSnapshot(encodeSnapshot(snapshot), name)).toEqual({
        kind: 'snapshot',
        snapshot,
      });
    }),
    { numRuns: 50 },
  );
});
