import { expect, test } from 'vitest';
import {
  firstSessionId,
  isPasswordOf,
  nextSessionId,
  passwordOf,
  serverOfSession,
} from '../../../src/core/session/session-id.ts';
import { formatSessionId, type Millis, type SessionId, type Sid } from '../../../src/core/units.ts';

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

test.each<[id: bigint, password: string]>([
  [0x100001da2fa0000n, '547c84315199215f52d9b9ed827c9b3a'],
  [0x1n, '054cc74a37327db215e702e20c73f005'],
  [0x300001eb2ab0001n, 'ea84372ab8297fb1022f2343f500ca35'],
])('the password of a session is what a real server computes', (id, password) => {
  expect(hex(passwordOf(id as SessionId))).toBe(password);
});

test('only the right password of the right length is taken', () => {
  const id = 5n as SessionId;
  const password = passwordOf(id);
  expect(isPasswordOf(id, password)).toBe(true);
  expect(isPasswordOf(6n as SessionId, password)).toBe(false);
  expect(isPasswordOf(id, password.slice(0, 15))).toBe(false);
  expect(isPasswordOf(id, new Uint8Array(16))).toBe(false);
});

test('the first id holds the server and its clock, and counts up', () => {
  const id = firstSessionId(1 as Sid, 123456789 as Millis);
  expect(formatSessionId(id)).toBe('0x100075bcd150000');
  expect(formatSessionId(nextSessionId(id))).toBe('0x100075bcd150001');
});

test('ids of high servers are negative, as in Java, and still name their server', () => {
  const id = firstSessionId(254 as Sid, 0 as Millis);
  expect(id).toBeLessThan(0n);
  expect(formatSessionId(id)).toBe('0xfe00000000000000');
  expect(serverOfSession(id)).toBe(254);
});

test('no session gets the mark of a container', () => {
  expect(firstSessionId(128 as Sid, 0 as Millis)).toBe(-0x7fff_ffff_ffff_ffffn);
});
