/** Packets in one line. */
import { describe, expect, test } from 'vitest';
import { ErrorCode } from '../../../src/core/error-code.ts';
import { NO_BODY, type Request } from '../../../src/core/jute/proto.ts';
import type { Message } from '../../../src/core/quorum/peer-io.ts';
import type { Millis, SessionId, Sid } from '../../../src/core/units.ts';
import { makeZxid, ZXID_NONE, ZXID_ZERO } from '../../../src/core/zxid.ts';
import { describeMessage } from '../../../src/sim/packet-view.ts';

const zxid = makeZxid(2, 5);
const sessionId = 0x1_0000_0abcn as SessionId;
const passwd = new Uint8Array(16);
const header = { clientId: sessionId, cxid: 1, zxid, time: 0 as Millis };
const record = { header, txn: { type: 'delete', path: '/app' }, digest: null } as const;
const request: Request = { op: 'getData', path: '/app', watch: false };
const timeOut = 4000 as Millis;

/** `family code type[ reply][ @epoch]: summary`. */
const rows: readonly (readonly [Message, string])[] = [
  [{ kind: 'hello', sid: 3 as Sid, address: '' }, 'election HE HELLO: server 3 says who it is'],
  [
    {
      kind: 'notification',
      sid: 1 as Sid,
      state: 'LOOKING',
      leader: 3 as Sid,
      zxid,
      electionEpoch: 4,
      peerEpoch: 2,
      config: '',
    },
    'election NO NOTIFICATION @2: 1 is LOOKING, votes for 3 (zxid 0x200000005, epoch 2, round 4)',
  ],
  [
    {
      kind: 'notification',
      sid: 1 as Sid,
      state: 'FOLLOWING',
      leader: 3 as Sid,
      zxid: ZXID_NONE,
      electionEpoch: 4,
      peerEpoch: 2,
      config: '',
    },
    'election NO NOTIFICATION reply @2: 1 is FOLLOWING, votes for 3 ' +
      '(zxid 0xffffffffffffffff, epoch 2, round 4)',
  ],
  [
    { type: 'FOLLOWERINFO', zxid: makeZxid(2, 0), sid: 1 as Sid, configVersion: ZXID_ZERO },
    'sync FI FOLLOWERINFO @2: FOLLOWERINFO of server 1, accepted epoch 2',
  ],
  [{ type: 'LEADERINFO', zxid: makeZxid(3, 0) }, 'sync LI LEADERINFO @3: LEADERINFO new epoch 3'],
  [
    { type: 'ACKEPOCH', zxid, currentEpoch: 1 },
    'sync AE ACKEPOCH reply @2: ACKEPOCH last zxid 0x200000005, current epoch 1',
  ],
  [{ type: 'TRUNC', zxid }, 'sync TR TRUNC @2: TRUNC 0x200000005'],
  [
    { type: 'SNAPSHOT', sessions: [], nodes: [], signature: true },
    'sync SS SNAPSHOT: SNAPSHOT 0 znodes, complete',
  ],
  [{ type: 'UPTODATE' }, 'sync UP UPTODATE: UPTODATE'],
  [
    { type: 'PROPOSAL', zxid, record },
    'broadcast PR PROPOSAL @2: PROPOSAL 0x200000005 delete /app',
  ],
  [{ type: 'ACK', zxid }, 'broadcast AC ACK reply @2: ACK 0x200000005'],
  [{ type: 'COMMIT', zxid }, 'broadcast CO COMMIT @2: COMMIT 0x200000005'],
  [
    { type: 'REQUEST', sessionId, cxid: 1, request, authInfo: [] },
    'broadcast RQ REQUEST: REQUEST getData /app of session 0x100000abc',
  ],
  [{ type: 'PING', zxid, touched: null }, 'session PI PING @2: PING'],
  [
    { type: 'PING', zxid, touched: [[sessionId, timeOut]] },
    'session PI PING reply @2: PING, 1 session touched',
  ],
  [
    { type: 'REVALIDATE', sessionId, timeOut, valid: null },
    'session RV REVALIDATE: REVALIDATE session 0x100000abc?',
  ],
  [
    { type: 'REVALIDATE', sessionId, timeOut, valid: false },
    'session RV REVALIDATE reply: REVALIDATE session 0x100000abc: expired',
  ],
  [
    {
      kind: 'connectRequest',
      protocolVersion: 0,
      lastZxidSeen: zxid,
      timeOut,
      sessionId: 0n as SessionId,
      passwd,
      readOnly: false,
    },
    'session CN connect: asks for a new session, 4000 ms',
  ],
  [
    {
      kind: 'connectResponse',
      protocolVersion: 0,
      timeOut: 0 as Millis,
      sessionId,
      passwd,
      readOnly: false,
    },
    'session CN connected reply: session 0x100000abc has expired',
  ],
  [{ kind: 'request', xid: 7, request }, 'client GD getData: getData /app (xid 7)'],
  [{ kind: 'request', xid: -2, request: { op: 'ping' } }, 'session PI ping: ping'],
  [
    { kind: 'reply', op: 'getData', xid: 7, zxid, err: ErrorCode.NONODE, body: NO_BODY },
    'client RE reply reply @2: answer to xid 7: NONODE, zxid 0x200000005',
  ],
  [
    { kind: 'notification', zxid, type: 3, state: 3, path: '/app' },
    'client WA notification reply @2: watch: NodeDataChanged /app (SyncConnected)',
  ],
];

describe('describeMessage', () => {
  test.each(rows.map(([message, text]) => [text, message] as const))('%s', (text, message) => {
    const { family, code, type, reply, epoch, summary } = describeMessage(message);
    const marks = (reply ? ' reply' : '') + (epoch === null ? '' : ` @${String(epoch)}`);
    expect(`${family} ${code} ${type}${marks}: ${summary}`).toBe(text);
  });

  test('every glyph has two letters', () => {
    for (const [message] of rows) expect(describeMessage(message).code).toMatch(/^[A-Z]{2}$/);
  });
});
