/** What each byte of a message means. */
import { describe, expect, test } from 'vitest';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import { BYTES_SHOWN, bytesOfMessage } from '../../../src/core/message-bytes.ts';
import { NO_BODY } from '../../../src/core/jute/proto.ts';
import type { Message } from '../../../src/core/quorum/peer-io.ts';
import type { SnapshotNode } from '../../../src/core/txn-log/snapshot.ts';
import type { Millis, SessionId, Sid } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

const zxid = 0x100000002n as Zxid;

/** `from-to name: type value`, deeper fields farther in. */
function lines(message: Message): string[] {
  return bytesOfMessage(message).fields.map(({ name, type, value, from, to, depth }) =>
    `${'  '.repeat(depth)}${name} ${String(from)}-${String(to)} ${type} ${value}`.trimEnd(),
  );
}

describe('the fields of', () => {
  test('a multi, behind its length', () => {
    const request = {
      op: 'multi',
      ops: [
        { op: 'create', path: '/a', data: null, acl: OPEN_ACL_UNSAFE, flags: 1, ttl: 0 },
        { op: 'check', path: '/a', version: 1 },
      ],
    } as const;
    expect(lines({ kind: 'request', xid: 3, request })).toEqual([
      'length 0-4 int 86',
      'RequestHeader 4-12 record',
      '  xid 4-8 int 3',
      '  type 8-12 int 14 multi',
      'multi 12-90 record',
      '  MultiHeader 12-21 record',
      '    type 12-16 int 1 create',
      '    done 16-17 boolean false',
      '    err 17-21 int -1',
      '  create 21-62 record',
      '    path 21-27 ustring "/a"',
      '    data 27-31 buffer null',
      '    acl 31-58 vector × 1',
      '      [0] 35-58 record',
      '        perms 35-39 int 31 cdrwa',
      '        id 39-58 record',
      '          scheme 39-48 ustring "world"',
      '          id 48-58 ustring "anyone"',
      '    flags 58-62 int 1 EPHEMERAL',
      '  MultiHeader 62-71 record',
      '    type 62-66 int 13 check',
      '    done 66-67 boolean false',
      '    err 67-71 int -1',
      '  check 71-81 record',
      '    path 71-77 ustring "/a"',
      '    version 77-81 int 1',
      '  MultiHeader 81-90 record',
      '    type 81-85 int -1',
      '    done 85-86 boolean true',
      '    err 86-90 int -1',
    ]);
  });

  test('an answer that is an error, and a notification', () => {
    const reply = { kind: 'reply', op: 'getData', xid: 3, zxid, err: -101, body: NO_BODY } as const;
    expect(lines(reply)).toEqual([
      'length 0-4 int 16',
      'ReplyHeader 4-20 record',
      '  xid 4-8 int 3',
      '  zxid 8-16 long 0x100000002',
      '  err 16-20 int -101 NONODE',
    ]);
    const event = { kind: 'notification', zxid, type: 3, state: 3, path: '/a' } as const;
    expect(lines(event).slice(5)).toEqual([
      'WatcherEvent 20-34 record',
      '  type 20-24 int 3 NodeDataChanged',
      '  state 24-28 int 3 SyncConnected',
      '  path 28-34 ustring "/a"',
    ]);
  });

  test('a proposal of a multi: records within buffers', () => {
    const record = {
      header: { clientId: 0x77n as SessionId, cxid: 1, zxid, time: 1000 as Millis },
      txn: { type: 'multi', txns: [{ type: 'setData', path: '/a', data: null, version: 2 }] },
      digest: 5n,
    } as const;
    expect(lines({ type: 'PROPOSAL', zxid, record })).toEqual([
      'QuorumPacket 0-90 record',
      '  type 0-4 int 2 PROPOSAL',
      '  zxid 4-12 long 0x100000002',
      '  data 12-86 buffer 70 B',
      '    TxnHeader 16-44 record',
      '      clientId 16-24 long 0x77',
      '      cxid 24-28 int 1',
      '      zxid 28-36 long 0x100000002',
      '      time 36-44 long 1000',
      '    type 44-48 int 14 multi',
      '    txn 48-74 vector × 1',
      '      [0] 52-74 record',
      '        type 52-56 int 5 setData',
      '        data 56-74 buffer 14 B',
      '          path 60-66 ustring "/a"',
      '          data 66-70 buffer null',
      '          version 70-74 int 2',
      '    TxnDigest 74-86 record',
      '      version 74-78 int 2',
      '      treeDigest 78-86 long 5',
      '  authinfo 86-90 vector × 0',
    ]);
  });

  test('a vote and the words before it', () => {
    const vote = {
      kind: 'notification',
      sid: 1 as Sid,
      state: 'LOOKING',
      leader: 2 as Sid,
      zxid,
      electionEpoch: 1,
      peerEpoch: 2,
      config: 'version=0',
    } as const;
    expect(lines(vote)).toEqual([
      'length 0-4 int 53',
      'Notification 4-57 record',
      '  state 4-8 int 0 LOOKING',
      '  leader 8-16 long 2',
      '  zxid 16-24 long 0x100000002',
      '  electionEpoch 24-32 long 1',
      '  peerEpoch 32-40 long 2',
      '  version 40-44 int 2',
      '  configLength 44-48 int 9',
      '  config 48-57 bytes "version=0"',
    ]);
    expect(lines({ kind: 'hello', sid: 1 as Sid, address: 'host:3888' })).toEqual([
      'InitialMessage 0-29 record',
      '  protocolVersion 0-8 long -65536',
      '  sid 8-16 long 1',
      '  length 16-20 int 9',
      '  address 20-29 bytes "host:3888"',
    ]);
  });
});

test('what no reader would take is shown without its fields', () => {
  const told = bytesOfMessage({ kind: 'hello', sid: 1 as Sid, address: '' });
  expect(told.length).toBe(20);
  expect(told.fields).toEqual([]);
});

describe('much of it', () => {
  test('is shown from its beginning', () => {
    const children = Array.from({ length: 2000 }, (_, i) => `child-${String(i)}`);
    const shown = bytesOfMessage({
      kind: 'reply',
      op: 'getChildren',
      xid: 1,
      zxid,
      err: 0,
      body: { ...NO_BODY, children },
    });
    expect(shown.bytes).toHaveLength(BYTES_SHOWN);
    expect(shown.length).toBeGreaterThan(25_000);
    expect(shown.fields.every((field) => field.from < BYTES_SHOWN)).toBe(true);
    expect(shown.fields.at(-1)?.name).toMatch(/^\[\d+\]$/);
  });

  test('a piece of a snapshot is read as far as it is shown', () => {
    const node = (path: string): SnapshotNode => ({
      path,
      data: new Uint8Array(3000).fill(0x61),
      acl: OPEN_ACL_UNSAFE,
      czxid: zxid,
      mzxid: zxid,
      ctime: 0 as Millis,
      mtime: 0 as Millis,
      version: 0,
      cversion: 0,
      aversion: 0,
      ephemeralOwner: 0n as SessionId,
      pzxid: zxid,
    });
    const nodes = [node(''), node('/a'), node('/b'), node('/c')];
    const sessions = [[5n as SessionId, 6000 as Millis]] as const;
    const piece = lines({ type: 'SNAPSHOT', sessions, nodes, signature: true });
    expect(piece.slice(0, 5)).toEqual([
      'sessions 0-16 vector × 1',
      '  [0] 4-16 record',
      '    sessionId 4-12 long 0x5',
      '    timeOut 12-16 int 6000',
      'acls 16-20 vector × 0',
    ]);
    expect(piece).toContain(`    data 24-3028 buffer "${'a'.repeat(32)}"…`.slice(2));
    expect(piece.join()).not.toContain('/b');
  });
});
