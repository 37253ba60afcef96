import { describe, expect, test } from 'vitest';
import { JuteError } from '../../../src/core/jute/input-archive.ts';
import {
  decodeHello,
  decodeNotification,
  encodeHello,
  encodeNotification,
} from '../../../src/core/quorum/vote-codec.ts';
import type { Notification } from '../../../src/core/quorum/vote.ts';
import type { Sid } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'hex');

describe('the first words', () => {
  const words = 'ffffffffffff0000' + '0000000000000003' + '00000008' + hex(Buffer.from('host:388'));

  test('a sid and one address', () => {
    const hello = { kind: 'hello', sid: 3 as Sid, address: 'host:388' } as const;
    expect(hex(encodeHello(hello))).toBe(words);
    const more = bytesOf(words + 'ff');
    expect(decodeHello(more)).toEqual({ hello, length: words.length / 2 });
  });

  test('several addresses are another version', () => {
    const hello = { kind: 'hello', sid: 3 as Sid, address: 'a:1|[::1]:2' } as const;
    const bytes = encodeHello(hello);
    expect(hex(bytes.slice(0, 8))).toBe('ffffffffffff0001');
    expect(decodeHello(bytes)?.hello).toEqual(hello);
  });

  test('cut anywhere, they are waited for', () => {
    const whole = bytesOf(words);
    for (let end = 0; end < whole.length; end++) {
      expect(decodeHello(whole.subarray(0, end))).toBeNull();
    }
  });

  test('of a server before 3.5: the sid alone', () => {
    expect(decodeHello(bytesOf('0000000000000003'))).toEqual({
      hello: { kind: 'hello', sid: 3, address: '' },
      length: 8,
    });
  });

  test.each([
    ['another version', 'fffffffffffffffe'],
    ['no address', 'ffffffffffff0000' + '0000000000000003' + '00000000'],
    ['an address of 2049 bytes', 'ffffffffffff0000' + '0000000000000003' + '00000801'],
    ['no port', 'ffffffffffff0000' + '0000000000000003' + '00000004' + '686f7374'],
  ])('%s is refused', (_, text) => {
    expect(() => decodeHello(bytesOf(text))).toThrow(JuteError);
  });
});

describe('a vote', () => {
  const head = '00000000' + '0000000000000002' + '0000000300000004' + '0000000000000001';
  const vote: Notification = {
    kind: 'notification',
    sid: 7 as Sid,
    state: 'LOOKING',
    leader: 2 as Sid,
    zxid: 0x300000004n as Zxid,
    electionEpoch: 1,
    peerEpoch: 5,
    config: 'version=0',
  };

  test('with the configuration behind it', () => {
    const text =
      head + '0000000000000005' + '00000002' + '00000009' + hex(Buffer.from('version=0'));
    expect(hex(encodeNotification(vote))).toBe(text);
    expect(decodeNotification(bytesOf(text), 7 as Sid)).toEqual(vote);
  });

  test.each(['LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING'] as const)('%s', (state) => {
    const bytes = encodeNotification({ ...vote, state });
    expect(decodeNotification(bytes, 7 as Sid)?.state).toBe(state);
  });

  test("an observer's epochs are the smallest long", () => {
    const least = -(2 ** 63);
    const back = decodeNotification(
      encodeNotification({ ...vote, peerEpoch: least, leader: least as Sid }),
      7 as Sid,
    );
    expect(back).toMatchObject({ peerEpoch: least, leader: least });
  });

  test('of old servers: without a version, and without an epoch', () => {
    const old = { ...vote, config: '' };
    const without = decodeNotification(bytesOf(head + '0000000000000005' + '00000000'), 7 as Sid);
    expect(without).toEqual(old);
    expect(decodeNotification(bytesOf(head), 7 as Sid)).toEqual({ ...old, peerEpoch: 3 });
  });

  test('too short, or of a state that nobody knows, it is dropped', () => {
    expect(decodeNotification(bytesOf(head.slice(2)), 7 as Sid)).toBeNull();
    const other = '00000004' + head.slice(8) + '0000000000000005' + '00000000';
    expect(decodeNotification(bytesOf(other), 7 as Sid)).toBeNull();
  });

  test('a configuration longer than the message is refused', () => {
    const text = head + '0000000000000005' + '00000002' + '00000009' + '00';
    expect(() => decodeNotification(bytesOf(text), 7 as Sid)).toThrow('Invalid configLength: 9');
  });
});
