import { describe, expect, it } from 'vitest';
import { replyLength, requestLength } from '../../../src/core/client/packet-length.ts';
import { ErrorCode } from '../../../src/core/error-code.ts';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import type { Stat } from '../../../src/core/jute/data.ts';
import { encodeClientMessage, encodeServerMessage } from '../../../src/core/jute/proto-codec.ts';
import { NO_BODY } from '../../../src/core/jute/proto.ts';
import type { ReplyBody, Request } from '../../../src/core/jute/proto.ts';
import { ZXID_ZERO } from '../../../src/core/zxid.ts';

const create = {
  op: 'create',
  path: '/a',
  data: new Uint8Array(10),
  acl: OPEN_ACL_UNSAFE,
  flags: 0,
  ttl: 0,
} as const;

describe('the length of a packet on the wire', () => {
  // Header 8; a path of two letters 6; ten bytes 14; the open ACL 4 + 4 + 9 + 10 = 27.
  const cases: [string, Request, number][] = [
    ['getData', { op: 'getData', path: '/a', watch: true }, 8 + 6 + 1],
    ['create', create, 8 + 6 + 14 + 27 + 4],
    ['createTTL', { ...create, op: 'createTTL' }, 8 + 6 + 14 + 27 + 4 + 8],
    ['setData', { op: 'setData', path: '/a', data: null, version: 1 }, 8 + 6 + 4 + 4],
    ['delete', { op: 'delete', path: '/a', version: 1 }, 8 + 6 + 4],
    ['sync', { op: 'sync', path: '/a' }, 8 + 6],
    ['ping', { op: 'ping' }, 8],
    // Each operation behind a header of 9, and one more at the end.
    ['multi', { op: 'multi', ops: [{ op: 'delete', path: '/a', version: 1 }] }, 8 + 9 + 10 + 9],
    [
      'setWatches',
      {
        op: 'setWatches',
        relativeZxid: ZXID_ZERO,
        dataWatches: ['/a', '/b'],
        existWatches: [],
        childWatches: ['/c'],
        persistentWatches: [],
        persistentRecursiveWatches: [],
      },
      8 + 8 + (4 + 12) + 4 + (4 + 6),
    ],
    [
      'setWatches2',
      {
        op: 'setWatches2',
        relativeZxid: ZXID_ZERO,
        dataWatches: [],
        existWatches: ['/a'],
        childWatches: [],
        persistentWatches: ['/b'],
        persistentRecursiveWatches: ['/c', '/d'],
      },
      8 + 8 + 4 + (4 + 6) + 4 + (4 + 6) + (4 + 12),
    ],
    ['getACL', { op: 'getACL', path: '/a' }, 8 + 6],
    ['setACL', { op: 'setACL', path: '/a', acl: OPEN_ACL_UNSAFE, version: 1 }, 8 + 6 + 27 + 4],
    ['addWatch', { op: 'addWatch', path: '/a', mode: 1 }, 8 + 6 + 4],
    ['removeWatches', { op: 'removeWatches', path: '/a', type: 3 }, 8 + 6 + 4],
    ['getEphemerals', { op: 'getEphemerals', prefixPath: '/a' }, 8 + 6],
    ['getAllChildrenNumber', { op: 'getAllChildrenNumber', path: '/a' }, 8 + 6],
    ['auth', { op: 'auth', type: 0, scheme: 'digest', auth: new Uint8Array(3) }, 8 + 4 + 10 + 7],
    ['auth of nothing', { op: 'auth', type: 0, scheme: 'ip', auth: null }, 8 + 4 + 6 + 4],
    ['whoAmI', { op: 'whoAmI' }, 8],
    [
      'reconfig',
      {
        op: 'reconfig',
        joiningServers: null,
        leavingServers: '3',
        newMembers: null,
        curConfigId: -1n,
      },
      8 + 4 + 5 + 4 + 8,
    ],
    [
      'multiRead',
      { op: 'multiRead', ops: [{ op: 'getData', path: '/a', watch: false }] },
      8 + 9 + 7 + 9,
    ],
    // One, two and three bytes; half of a surrogate pair takes three, too.
    ['letters', { op: 'sync', path: '/a\u00e4\u20ac\ud83d\ude00' }, 8 + 4 + 2 + 2 + 3 + 6],
  ];
  it.each(cases)('%s', (_name, request, length) => {
    expect(requestLength(request)).toBe(length);
    expect(encodeClientMessage({ kind: 'request', xid: 1, request })).toHaveLength(length);
  });

  const open = { perms: 31, id: { scheme: 'world', id: 'anyone' } };
  const stat = {
    czxid: ZXID_ZERO,
    mzxid: ZXID_ZERO,
    ctime: 0,
    mtime: 0,
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner: 0n,
    dataLength: 0,
    numChildren: 0,
    pzxid: ZXID_ZERO,
  } as Stat;
  const result = { err: 0, path: null, stat: null, data: null, children: null } as const;
  // A header of 16; a Stat is 68.
  const answers: [Request['op'], Partial<ReplyBody>, number][] = [
    ['getData', { data: new Uint8Array(5), stat }, 16 + 9 + 68],
    ['getData', { data: null, stat }, 16 + 4 + 68],
    ['reconfig', { data: new Uint8Array(3), stat }, 16 + 7 + 68],
    ['getChildren', { children: ['a', 'bc'] }, 16 + 4 + 5 + 6],
    ['create', { path: '/a' }, 16 + 6],
    ['create2', { path: '/a', stat }, 16 + 6 + 68],
    ['setACL', { stat }, 16 + 68],
    ['getACL', { acl: [open], stat }, 16 + 27 + 68],
    ['getEphemerals', { children: ['/e'] }, 16 + 4 + 6],
    ['getAllChildrenNumber', { count: 3 }, 16 + 4],
    ['whoAmI', { clientInfo: [{ authScheme: 'ip', user: 'me' }] }, 16 + 4 + 6 + 6],
    ['addWatch', {}, 16 + 4],
    ['removeWatches', {}, 16],
    ['setWatches2', {}, 16],
    ['auth', {}, 16],
    [
      'multi',
      {
        results: [
          { ...result, op: 'create', path: '/a' },
          { ...result, op: 'setData', stat },
          { ...result, op: 'delete' },
        ],
      },
      16 + 9 + (9 + 6) + (9 + 68) + 9,
    ],
    ['multi', { results: [{ ...result, op: 'error', err: -101 }] }, 16 + 9 + 9 + 4],
    [
      'multiRead',
      {
        results: [
          { ...result, op: 'getData', data: new Uint8Array(2), stat },
          { ...result, op: 'getChildren', children: ['a'] },
        ],
      },
      16 + 9 + (9 + 6 + 68) + (9 + 4 + 5),
    ],
  ];
  it.each(answers)('of an answer to %s', (op, body, length) => {
    const reply = { op, err: ErrorCode.OK, body: { ...NO_BODY, ...body } } as const;
    expect(replyLength(reply)).toBe(length);
    const bytes = encodeServerMessage({ kind: 'reply', xid: 1, zxid: ZXID_ZERO, ...reply });
    expect(bytes).toHaveLength(length);
  });

  it('of a failure is its header alone', () => {
    const body = { ...NO_BODY, children: ['a'] };
    expect(replyLength({ op: 'getChildren', err: ErrorCode.NONODE, body })).toBe(16);
  });
});
