import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { authenticate, digestId } from '../../../src/core/auth/digest-auth.ts';
import { sha1 } from '../../../src/core/auth/sha1.ts';
import type { AuthRequest } from '../../../src/core/jute/proto.ts';

const SUPER = 'super:lK75jTNcA+U9vtVEw5vB51mj/w4=';

function auth(scheme: string, text: string | null): AuthRequest {
  return { op: 'auth', type: 0, scheme, auth: text === null ? null : Buffer.from(text) };
}

test('sha1 is that of node:crypto for every length around a block', () => {
  for (const length of [...Array(130).keys(), 1000, 4096]) {
    const message = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 0xff);
    const expected = createHash('sha1').update(message).digest();
    expect([...sha1(message)], String(length)).toEqual([...expected]);
  }
});

test('digest ids are those of ZooKeeper 3.8.0', () => {
  expect(digestId('u', 'p')).toBe('u:Jq7wMyA/w2Vd5WIDAKdu4OIIFEQ=');
  expect(digestId('super', 'secret')).toBe(SUPER);
});

test.each([
  ['a user', auth('digest', 'u:p'), [{ scheme: 'digest', id: digestId('u', 'p') }]],
  [
    'a password with colons',
    auth('digest', 'u:p:q'),
    [{ scheme: 'digest', id: digestId('u', 'p:q') }],
  ],
  ['no password', auth('digest', 'u'), [{ scheme: 'digest', id: `u:${hash('u')}` }]],
  ['no text', auth('digest', ''), [{ scheme: 'digest', id: `:${hash('')}` }]],
  [
    'the super user',
    auth('digest', 'super:secret'),
    [
      { scheme: 'super', id: '' },
      { scheme: 'digest', id: SUPER },
    ],
  ],
  [
    'a wrong super password',
    auth('digest', 'super:no'),
    [{ scheme: 'digest', id: digestId('super', 'no') }],
  ],
  ['null', auth('digest', null), null],
  ['an address', auth('ip', 'anything'), []],
  ['an unknown scheme', auth('sasl', 'u:p'), null],
  ['the world', auth('world', 'anyone'), null],
])('%s', (_name, request, ids) => {
  expect(authenticate({ superDigest: SUPER }, request)).toEqual(ids);
});

test('without a super digest nobody is super', () => {
  const ids = authenticate({ superDigest: null }, auth('digest', 'super:secret'));
  expect(ids).toEqual([{ scheme: 'digest', id: SUPER }]);
});

function hash(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}
