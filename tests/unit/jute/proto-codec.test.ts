/**
 * Bytes on the client's port, written out by hand in the order of zookeeper.jute. How the real
 * server answers the damaged ones is in the names: see the conformance cases wire.*, multi.*.
 */
import { describe, expect, test } from 'vitest';
import { ErrorCode } from '../../../src/core/error-code.ts';
import { OPEN_ACL_UNSAFE, type Stat } from '../../../src/core/jute/data.ts';
import { JuteError } from '../../../src/core/jute/input-archive.ts';
import { OutputArchive } from '../../../src/core/jute/output-archive.ts';
import {
  decodeClientMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodeServerMessage,
  saysReadOnly,
  writeServerFrame,
} from '../../../src/core/jute/proto-codec.ts';
import { NO_BODY, OpCode } from '../../../src/core/jute/proto.ts';
import type { ClientReply, OpResult, Request } from '../../../src/core/jute/proto.ts';
import type { Millis, SessionId } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

function written(write: (output: OutputArchive) => void): Uint8Array {
  const output = new OutputArchive();
  write(output);
  return output.toBytes();
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** A request of a type with a body in hexadecimal. */
function decoded(type: number, hex: string, release: '3.8.0' | '3.9' = '3.9'): Request {
  const bytes = written((o) => {
    o.writeInt(5);
    o.writeInt(type);
    o.writeBytes(fromHex(hex));
  });
  const message = decodeClientMessage(bytes, false, release);
  if (message.kind !== 'request') throw new Error('not a request');
  expect(message.xid).toBe(5);
  return message.request;
}

const stat: Stat = {
  czxid: 1n as Zxid,
  mzxid: 2n as Zxid,
  ctime: 3 as Millis,
  mtime: 4 as Millis,
  version: 5,
  cversion: 6,
  aversion: -1,
  ephemeralOwner: 0x1000000000000007n as SessionId,
  dataLength: 8,
  numChildren: 9,
  pzxid: 10n as Zxid,
};

function writeStat(o: OutputArchive): void {
  for (const n of [1n, 2n, 3n, 4n]) o.writeLong(n);
  for (const n of [5, 6, -1]) o.writeInt(n);
  o.writeLong(0x1000000000000007n);
  o.writeInt(8);
  o.writeInt(9);
  o.writeLong(10n);
}

describe('the handshake', () => {
  const writeConnect = (o: OutputArchive): void => {
    o.writeInt(0);
    o.writeLong(0x100000002n);
    o.writeInt(30_000);
    o.writeLong(0x1122n);
    o.writeBuffer(new Uint8Array(16).fill(7));
  };
  const request = {
    kind: 'connectRequest',
    protocolVersion: 0,
    lastZxidSeen: 0x100000002n,
    timeOut: 30_000,
    sessionId: 0x1122n,
    passwd: new Uint8Array(16).fill(7),
  };

  test('an old client says nothing of read-only', () => {
    const old = written(writeConnect);
    expect(decodeClientMessage(old, true)).toEqual({ ...request, readOnly: false });
    expect(saysReadOnly(old)).toBe(false);
    const newer = written((o) => {
      writeConnect(o);
      o.writeBool(true);
    });
    expect(decodeClientMessage(newer, true)).toEqual({ ...request, readOnly: true });
    expect(saysReadOnly(newer)).toBe(true);
  });

  test('the answer leaves the byte out for it', () => {
    const response = {
      kind: 'connectResponse',
      protocolVersion: 0,
      timeOut: 10_000 as Millis,
      sessionId: 0x1122n as SessionId,
      passwd: new Uint8Array(16).fill(9),
      readOnly: false,
    } as const;
    const full = encodeServerMessage(response);
    expect(full).toHaveLength(4 + 4 + 8 + 4 + 16 + 1);
    expect(encodeServerMessage(response, false)).toEqual(full.slice(0, -1));
    expect(decodeServerMessage(full, () => null, true)).toEqual(response);
  });

  test('one that is cut short is no handshake', () => {
    expect(() => decodeClientMessage(new Uint8Array(8), true)).toThrow(JuteError);
  });
});

const named = '00000002' + '2f61';
const open = '00000001' + '0000001f' + '00000005' + '776f726c64' + '00000006' + '616e796f6e65';
const acl = OPEN_ACL_UNSAFE;
const z = 0x0102030405060708n as Zxid;

/** Type, body, and what it is. */
const requests: readonly (readonly [number, string, Request])[] = [
  [
    1,
    named + '00000001' + '78' + open + '00000003',
    { op: 'create', path: '/a', data: new Uint8Array([0x78]), acl, flags: 3, ttl: 0 },
  ],
  [
    21,
    named + 'ffffffff' + open + '00000005' + '00000000000003e8',
    { op: 'createTTL', path: '/a', data: null, acl, flags: 5, ttl: 1000 },
  ],
  [2, named + 'ffffffff', { op: 'delete', path: '/a', version: -1 }],
  [3, named + '01', { op: 'exists', path: '/a', watch: true }],
  [4, named + '00', { op: 'getData', path: '/a', watch: false }],
  [
    5,
    named + '00000000' + '00000007',
    { op: 'setData', path: '/a', data: new Uint8Array(0), version: 7 },
  ],
  [6, named, { op: 'getACL', path: '/a' }],
  [7, named + open + '00000002', { op: 'setACL', path: '/a', acl, version: 2 }],
  [8, named + '01', { op: 'getChildren', path: '/a', watch: true }],
  [9, named, { op: 'sync', path: '/a' }],
  [11, '', { op: 'ping' }],
  [12, named + '00', { op: 'getChildren2', path: '/a', watch: false }],
  [13, named + '00000004', { op: 'check', path: '/a', version: 4 }],
  [
    16,
    'ffffffff' + '00000001' + '33' + 'ffffffff' + 'ffffffffffffffff',
    {
      op: 'reconfig',
      joiningServers: null,
      leavingServers: '3',
      newMembers: null,
      curConfigId: -1n,
    },
  ],
  [17, named + '00000003', { op: 'checkWatches', path: '/a', type: 3 }],
  [18, named + '00000001', { op: 'removeWatches', path: '/a', type: 1 }],
  [20, named, { op: 'deleteContainer', path: '/a' }],
  [
    100,
    '00000000' + '00000006' + '646967657374' + '00000003' + '753a70',
    { op: 'auth', type: 0, scheme: 'digest', auth: new Uint8Array([0x75, 0x3a, 0x70]) },
  ],
  [
    101,
    '0102030405060708' + '00000001' + named + '00000000' + '00000000',
    {
      op: 'setWatches',
      relativeZxid: z,
      dataWatches: ['/a'],
      existWatches: [],
      childWatches: [],
      persistentWatches: [],
      persistentRecursiveWatches: [],
    },
  ],
  [
    105,
    '0102030405060708' + '00000000'.repeat(3) + '00000001' + named + '00000001' + named,
    {
      op: 'setWatches2',
      relativeZxid: z,
      dataWatches: [],
      existWatches: [],
      childWatches: [],
      persistentWatches: ['/a'],
      persistentRecursiveWatches: ['/a'],
    },
  ],
  [102, '00000000', { op: 'sasl', token: new Uint8Array(0) }],
  [103, named, { op: 'getEphemerals', prefixPath: '/a' }],
  [104, named, { op: 'getAllChildrenNumber', path: '/a' }],
  [106, named + '00000001', { op: 'addWatch', path: '/a', mode: 1 }],
  [107, '', { op: 'whoAmI' }],
  [-11, '', { op: 'closeSession' }],
  [
    14,
    '0000000d' + '00' + 'ffffffff' + named + '00000001' + 'ffffffff' + '01' + 'ffffffff',
    { op: 'multi', ops: [{ op: 'check', path: '/a', version: 1 }] },
  ],
  [
    22,
    '00000004' + '00' + 'ffffffff' + named + '00' + 'ffffffff' + '01' + 'ffffffff',
    { op: 'multiRead', ops: [{ op: 'getData', path: '/a', watch: false }] },
  ],
];

describe('requests', () => {
  test.each(requests)('type %i', (type, hex, request) => {
    expect(decoded(type, hex)).toEqual(request);
    const bytes = encodeClientMessage({ kind: 'request', xid: 5, request });
    expect(bytes.slice(8)).toEqual(fromHex(hex));
  });

  test('a header that is cut short is no request', () => {
    expect(() => decodeClientMessage(fromHex('00000001'), false)).toThrow(JuteError);
  });

  test.each([99, 10, 0, -1, -10, 2 ** 31 - 1])('nobody knows type %i', (type) => {
    expect(decoded(type, '00000005')).toEqual({ op: 'unknown', type });
  });

  test.each([
    ['a path longer than the body', 1, '0000000a2f61'],
    ['nothing at all', 4, ''],
    ['an ACL of 2147483647 entries', 1, named + '00000000' + '7fffffff' + '00000000'],
    ['a path below -1', 4, 'fffffffe' + '00'],
    ['a path beyond all measure', 4, '7fffffff' + '00'],
    ['a create of null', 1, 'ffffffff' + '00000000' + open + '00000000'],
    ['a list of watches cut short', 101, '0000'],
    ['a list of watches that is null', 101, '0000000000000000' + 'ffffffff' + '00000000'.repeat(2)],
  ])('%s cannot be read', (_, type, hex) => {
    expect(decoded(type, hex)).toEqual({ op: 'unreadable', type });
  });

  test('a null is as good as an empty text where ZooKeeper refuses both alike', () => {
    const request = decoded(5, 'ffffffff' + 'ffffffff' + '00000000');
    expect(request).toEqual({ op: 'setData', path: '', data: null, version: 0 });
    expect(decoded(103, 'ffffffff')).toEqual({ op: 'getEphemerals', prefixPath: '' });
  });

  test('the id of scheme auth may be a null: kazoo writes it so', () => {
    // /a, no data, one ACL (31, "auth", null), flags 0
    const body =
      '000000022f61' +
      'ffffffff' +
      '00000001' +
      '0000001f' +
      '0000000461757468' +
      'ffffffff' +
      '00000000';
    expect(decoded(OpCode.create, body)).toMatchObject({
      op: 'create',
      acl: [{ perms: 31, id: { scheme: 'auth', id: '' } }],
    });
  });

  test('what stands behind a body is not looked at', () => {
    expect(decoded(9, named + '00ff')).toEqual({ op: 'sync', path: '/a' });
  });

  test('3.8.0 takes the whole body of a deleteContainer for its path', () => {
    const expected = { op: 'deleteContainer', path: '\0\0\0\x02/a' };
    expect(decoded(20, named, '3.8.0')).toEqual(expected);
  });

  test('bytes that are no UTF-8 become replacement characters', () => {
    expect(decoded(9, '00000003' + '2fff61')).toEqual({ op: 'sync', path: '/\ufffda' });
  });
});

describe('a multi', () => {
  const end = 'ffffffff' + '01' + 'ffffffff';
  const member = (type: string, body: string): string => type + '00' + 'ffffffff' + body;
  const createOf = (flags: string): string => named + 'ffffffff' + open + flags;
  const ops = (hex: string, release: '3.8.0' | '3.9'): string => {
    const request = decoded(14, hex, release);
    return request.op === 'multi' ? request.ops.map((op) => op.op).join() : request.op;
  };

  test.each([
    ['create', '00000001', '00000000', 'create', 'create'],
    ['create2', '0000000f', '00000001', 'create', 'create2'],
    ['create of a container', '00000001', '00000004', 'createContainer', 'createContainer'],
    ['createContainer of a plain node', '00000013', '00000000', 'create', 'createContainer'],
    ['flags that nobody knows', '00000001', '00000009', 'create', 'unreadable'],
    ['flags of a TTL without one', '00000001', '00000005', 'unreadable', 'unreadable'],
  ])('%s: the flags decide', (_, type, flags, of38, of39) => {
    const hex = member(type, createOf(flags)) + end;
    expect(ops(hex, '3.8.0')).toBe(of38);
    expect(ops(hex, '3.9')).toBe(of39);
  });

  test('a createTTL is one by its flags only', () => {
    const ttl = (flags: string): string =>
      member('00000015', createOf(flags) + '00000000000003e8') + end;
    expect(ops(ttl('00000006'), '3.9')).toBe('createTTL');
    expect(ops(ttl('00000000'), '3.9')).toBe('create');
    expect(ops(ttl('00000009'), '3.9')).toBe('create');
  });

  test.each([
    ['a type that nobody knows', 14, member('00000063', '')],
    ['a read', 14, member('00000004', named + '00') + end],
    ['no end', 14, member('0000000d', named + '00000000')],
    ['a write among reads', 22, member('0000000d', named + '00000000') + end],
    ['an exists among reads', 22, member('00000003', named + '00') + end],
  ])('%s spoils all of it', (_, type, hex) => {
    expect(decoded(type, hex)).toEqual({ op: 'unreadable', type });
  });

  test('reads in it set no watch', () => {
    expect(decoded(22, member('00000008', named + '01') + end)).toEqual({
      op: 'multiRead',
      ops: [{ op: 'getChildren', path: '/a', watch: false }],
    });
  });
});

describe('replies', () => {
  const reply = (op: Request['op'], body: Partial<ClientReply['body']>): ClientReply => ({
    kind: 'reply',
    op,
    xid: 3,
    zxid: 0x200000001n as Zxid,
    err: ErrorCode.OK,
    body: { ...NO_BODY, ...body },
  });
  const header = '00000003' + '0000000200000001' + '00000000';

  test.each<[ClientReply, (o: OutputArchive) => void]>([
    [reply('create', { path: '/a' }), (o) => o.writeString('/a')],
    [
      reply('create2', { path: '/a', stat }),
      (o) => {
        o.writeString('/a');
        writeStat(o);
      },
    ],
    [reply('exists', { stat }), writeStat],
    [
      reply('getData', { data: null, stat }),
      (o) => {
        o.writeInt(-1);
        writeStat(o);
      },
    ],
    [
      reply('getACL', { acl, stat }),
      (o) => {
        o.writeBytes(fromHex(open));
        writeStat(o);
      },
    ],
    [
      reply('getChildren', { children: ['b', 'c'] }),
      (o) => o.writeBytes(fromHex('00000002' + '00000001' + '62' + '00000001' + '63')),
    ],
    [
      reply('getChildren2', { children: [], stat }),
      (o) => {
        o.writeInt(0);
        writeStat(o);
      },
    ],
    [reply('sync', { path: '/a' }), (o) => o.writeString('/a')],
    [reply('getAllChildrenNumber', { count: 7 }), (o) => o.writeInt(7)],
    [reply('addWatch', {}), (o) => o.writeInt(0)],
    [
      reply('whoAmI', { clientInfo: [{ authScheme: 'ip', user: '::1' }] }),
      (o) => {
        o.writeInt(1);
        o.writeString('ip');
        o.writeString('::1');
      },
    ],
    [reply('delete', {}), () => undefined],
    [reply('setWatches', {}), () => undefined],
    [reply('ping', {}), () => undefined],
  ])('of %o', (message, write) => {
    const bytes = written((o) => {
      o.writeBytes(fromHex(header));
      write(o);
    });
    expect(encodeServerMessage(message)).toEqual(bytes);
    expect(decodeServerMessage(bytes, () => message.op)).toEqual(message);
  });

  test('an error is told by the header alone', () => {
    const failed = { ...reply('getData', {}), err: ErrorCode.NONODE };
    const bytes = encodeServerMessage(failed);
    expect(bytes).toEqual(fromHex('00000003' + '0000000200000001' + 'ffffff9b'));
    expect(decodeServerMessage(bytes, () => 'getData')).toEqual(failed);
  });

  test('a multi that failed names the errors, under a header without one', () => {
    const none = { path: null, stat: null, data: null, children: null } as const;
    const results: readonly OpResult[] = [
      { op: 'error', err: 0, ...none },
      { op: 'error', err: ErrorCode.BADVERSION, ...none },
      { op: 'error', err: ErrorCode.RUNTIMEINCONSISTENCY, ...none },
    ];
    const bytes = encodeServerMessage(reply('multi', { results }));
    const error = (err: string): string => 'ffffffff' + '00' + err + err;
    expect(bytes).toEqual(
      fromHex(
        header +
          error('00000000') +
          error('ffffff99') +
          error('fffffffe') +
          'ffffffff' +
          '01' +
          'ffffffff',
      ),
    );
    expect(decodeServerMessage(bytes, () => 'multi')).toEqual(reply('multi', { results }));
  });

  test('a multi that succeeded: containers and TTL nodes are answered as a create2', () => {
    const none = { err: 0, path: null, stat: null, data: null, children: null } as const;
    const results: readonly OpResult[] = [
      { ...none, op: 'create', path: '/a' },
      { ...none, op: 'createTTL', path: '/t', stat },
      { ...none, op: 'setData', stat },
      { ...none, op: 'delete' },
      { ...none, op: 'check' },
    ];
    const bytes = encodeServerMessage(reply('multi', { results }));
    const back = results.map((r) => (r.op === 'createTTL' ? { ...r, op: 'create2' } : r));
    expect(decodeServerMessage(bytes, () => 'multi')).toMatchObject({ body: { results: back } });
    const types = [OpCode.create, OpCode.create2, OpCode.setData];
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const at = [16, 16 + 9 + 6, 16 + 9 + 6 + 9 + 6 + 68];
    expect(at.map((offset) => view.getInt32(offset))).toEqual(types);
  });

  test('a notification has the xid -1', () => {
    const event = {
      kind: 'notification',
      zxid: 0x200000001n as Zxid,
      type: 3,
      state: 3,
      path: '/a',
    } as const;
    const bytes = encodeServerMessage(event);
    const hex = 'ffffffff' + '0000000200000001' + '00000000' + '00000003' + '00000003' + named;
    expect(bytes).toEqual(fromHex(hex));
    expect(decodeServerMessage(bytes, () => null)).toEqual(event);
  });

  test('an answer to nothing that was asked is refused', () => {
    expect(() => decodeServerMessage(fromHex(header), () => null)).toThrow('Xid out of order');
  });

  test('frames go into one buffer, each behind its length', () => {
    const output = new OutputArchive();
    const one = reply('ping', {});
    writeServerFrame(output, one);
    writeServerFrame(output, one);
    const expected = fromHex(('00000010' + header).repeat(2));
    expect(output.toBytes()).toEqual(expected);
  });
});
