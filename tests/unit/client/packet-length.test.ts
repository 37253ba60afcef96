import { describe, expect, it } from 'vitest';
import { replyLength, requestLength } from '../../../src/core/client/packet-length.ts';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import { NO_BODY } from '../../../src/core/jute/proto.ts';
import type { Request } from '../../../src/core/jute/proto.ts';
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
    // One, two and three bytes; half of a surrogate pair takes three, too.
    ['letters', { op: 'sync', path: '/a\u00e4\u20ac\ud83d\ude00' }, 8 + 4 + 2 + 2 + 3 + 6],
  ];
  it.each(cases)('%s', (_name, request, length) => {
    expect(requestLength(request)).toBe(length);
  });

  it('of answers', () => {
    expect(replyLength({ ...NO_BODY, data: new Uint8Array(5) })).toBe(16 + 9);
    expect(replyLength({ ...NO_BODY, children: ['a', 'bc'] })).toBe(16 + 4 + 5 + 6);
    expect(replyLength({ ...NO_BODY, path: '/a' })).toBe(16 + 6);
  });
});
