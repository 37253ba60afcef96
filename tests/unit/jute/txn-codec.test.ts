import { describe, expect, test } from 'vitest';
import { READ_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import { EndOfInputError } from '../../../src/core/jute/input-archive.ts';
import { OutputArchive } from '../../../src/core/jute/output-archive.ts';
import { decodeTxn, encodeTxn } from '../../../src/core/jute/txn-codec.ts';
import type { Txn, TxnRecord } from '../../../src/core/jute/txn.ts';
import type { Millis, SessionId } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

const header = {
  clientId: 0x1122n as SessionId,
  cxid: 3,
  zxid: 0x100000002n as Zxid,
  time: 1_700_000_000_000 as Millis,
};

/** Header, type, and then whatever `write` puts there. */
function payload(type: number, write: (output: OutputArchive) => void): Uint8Array {
  const output = new OutputArchive();
  output.writeLong(header.clientId);
  output.writeInt(header.cxid);
  output.writeLong(header.zxid);
  output.writeLong(BigInt(header.time));
  output.writeInt(type);
  write(output);
  return output.toBytes();
}

function writeAcl(output: OutputArchive): void {
  output.writeInt(1);
  output.writeInt(1);
  output.writeString('world');
  output.writeString('anyone');
}

const create = { path: '/a', data: new Uint8Array([7]), acl: READ_ACL_UNSAFE, parentCVersion: 4 };

/** Each written out by hand, in the order of zookeeper.jute. */
const rows: readonly (readonly [Txn, number, (output: OutputArchive) => void])[] = [
  [
    { type: 'create', ...create, ephemeral: true },
    1,
    (o) => {
      o.writeString('/a');
      o.writeBuffer(create.data);
      writeAcl(o);
      o.writeBool(true);
      o.writeInt(4);
    },
  ],
  [
    { type: 'createContainer', ...create, data: null },
    19,
    (o) => {
      o.writeString('/a');
      o.writeInt(-1);
      writeAcl(o);
      o.writeInt(4);
    },
  ],
  [
    { type: 'createTTL', ...create, ttl: 0xff_ffff_ffff },
    21,
    (o) => {
      o.writeString('/a');
      o.writeBuffer(create.data);
      writeAcl(o);
      o.writeInt(4);
      o.writeLong(0xff_ffff_ffffn);
    },
  ],
  [{ type: 'delete', path: '/a' }, 2, (o) => o.writeString('/a')],
  [
    { type: 'setData', path: '/a', data: create.data, version: 9 },
    5,
    (o) => {
      o.writeString('/a');
      o.writeBuffer(create.data);
      o.writeInt(9);
    },
  ],
  [
    { type: 'check', path: '/a', version: 9 },
    13,
    (o) => {
      o.writeString('/a');
      o.writeInt(9);
    },
  ],
  [{ type: 'createSession', timeOut: 5000 as Millis }, -10, (o) => o.writeInt(5000)],
  [
    { type: 'closeSession', paths: ['/a', '/b'] },
    -11,
    (o) => {
      o.writeInt(2);
      o.writeString('/a');
      o.writeString('/b');
    },
  ],
  [{ type: 'error', err: -101 }, -1, (o) => o.writeInt(-101)],
  [
    {
      type: 'multi',
      txns: [
        { type: 'delete', path: '/a' },
        { type: 'error', err: 0 },
      ],
    },
    14,
    (o) => {
      o.writeInt(2);
      o.writeInt(2);
      o.writeBuffer(new Uint8Array([0, 0, 0, 2, 0x2f, 0x61]));
      o.writeInt(-1);
      o.writeBuffer(new Uint8Array(4));
    },
  ],
];

describe.each(rows)('$type', (txn, code, write) => {
  const record: TxnRecord = { header, txn, digest: null };

  test('has the bytes of zookeeper.jute', () => {
    expect(encodeTxn(record)).toEqual(payload(code, write));
  });

  test('comes back, alone and with the digest of the tree behind it', () => {
    expect(decodeTxn(encodeTxn(record))).toEqual(record);
    const digested = { ...record, digest: 0xfedc_ba98_7654_3210n };
    const bytes = payload(code, (o) => {
      write(o);
      o.writeInt(2);
      o.writeLong(-0x0123_4567_89ab_cdf0n);
    });
    expect(encodeTxn(digested)).toEqual(bytes);
    expect(decodeTxn(bytes)).toEqual(digested);
  });

  test('a digest of another version is left aside', () => {
    const bytes = payload(code, (o) => {
      write(o);
      o.writeInt(3);
      o.writeLong(1n);
    });
    expect(decodeTxn(bytes)).toEqual(record);
  });

  test('cut anywhere, is never taken for a whole one of its own', () => {
    const bytes = encodeTxn(record);
    for (let end = 0; end < bytes.length; end++) {
      const cut = bytes.slice(0, end);
      const lenient = txn.type === 'create' || txn.type === 'closeSession';
      if (lenient && end === bytes.length - (txn.type === 'create' ? 4 : 16)) continue;
      expect(() => decodeTxn(cut), `cut at ${String(end)}`).toThrow(EndOfInputError);
    }
  });
});

describe('what ZooKeeper also writes', () => {
  test.each([
    [15, rows[0]?.[2], 'create2'],
    [20, rows[3]?.[2], 'deleteContainer'],
    [16, rows[4]?.[2], 'reconfig'],
  ])('type %i', (code, write, type) => {
    const bytes = payload(code, write ?? (() => undefined));
    const decoded = decodeTxn(bytes);
    expect(decoded.txn.type).toBe(type);
    expect(encodeTxn(decoded)).toEqual(bytes);
  });

  test('a create without parentCVersion, and a closeSession without paths, from old servers', () => {
    const old = payload(1, (o) => {
      o.writeString('/a');
      o.writeInt(-1);
      writeAcl(o);
      o.writeBool(false);
    });
    expect(decodeTxn(old).txn).toMatchObject({ ephemeral: false, parentCVersion: -1 });
    expect(decodeTxn(payload(-11, () => undefined)).txn).toEqual({
      type: 'closeSession',
      paths: [],
    });
  });

  test('a type that we do not know is refused by its number', () => {
    expect(() => decodeTxn(payload(99, () => undefined))).toThrow('Unsupported Txn with type=99');
  });
});
