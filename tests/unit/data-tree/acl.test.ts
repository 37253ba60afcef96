import { expect, test } from 'vitest';
import { fixupAcl, isPermitted } from '../../../src/core/data-tree/acl.ts';
import { Perms, type Acl, type Id } from '../../../src/core/jute/data.ts';

const ALICE: Id = { scheme: 'digest', id: 'alice:hash' };
const BOB: Id = { scheme: 'digest', id: 'bob:hash' };
const HERE: Id = { scheme: 'ip', id: '127.0.0.1' };
const SUPER: Id = { scheme: 'super', id: '' };

/** `31 world:anyone`. */
function acl(...entries: readonly string[]): Acl[] {
  return entries.map((entry) => {
    const [, perms = '', scheme = '', id = ''] = /^(\d+) ([^:]*):(.*)$/s.exec(entry) ?? [];
    return { perms: Number(perms), id: { scheme, id } };
  });
}

test.each<[string, Acl[], number, Id[], boolean]>([
  ['an empty list allows', [], Perms.ADMIN, [], true],
  ['the world, for what it may', acl('1 world:anyone'), Perms.READ, [], true],
  ['the world, for what it may not', acl('1 world:anyone'), Perms.WRITE, [HERE], false],
  ['another id of world', acl('31 world:alice'), Perms.READ, [HERE], false],
  ['a digest that is the same', acl('31 digest:alice:hash'), Perms.READ, [HERE, ALICE], true],
  ['a digest that is another', acl('31 digest:alice:hash'), Perms.READ, [HERE, BOB], false],
  ['the second entry', acl('1 digest:alice:hash', '2 digest:bob:hash'), Perms.WRITE, [BOB], true],
  ['the second id', acl('2 digest:bob:hash'), Perms.WRITE, [ALICE, BOB], true],
  ['super, whatever the list says', acl('1 digest:bob:hash'), Perms.ADMIN, [SUPER], true],
  ['an entry that names super', acl('31 super:'), Perms.READ, [HERE], false],
  ['an entry without permissions', acl('0 world:anyone'), Perms.READ, [], false],
  ['auth is not kept in a list', acl('31 auth:'), Perms.READ, [ALICE], false],
  ['an address', acl('31 ip:127.0.0.1'), Perms.READ, [HERE], true],
  ['another address', acl('31 ip:127.0.0.2'), Perms.READ, [HERE], false],
  ['a net', acl('31 ip:127.0.0.2/30'), Perms.READ, [HERE], true],
  ['a net that ends before', acl('31 ip:127.0.0.2/31'), Perms.READ, [HERE], false],
  ['every address', acl('31 ip:9.9.9.9/0'), Perms.READ, [HERE], true],
  ['seventeen bits', acl('31 ip:127.0.127.9/17'), Perms.READ, [HERE], true],
  ['seventeen bits, the last another', acl('31 ip:127.0.128.9/17'), Perms.READ, [HERE], false],
  ['an IPv6 net', acl('31 ip:fe80::/10'), Perms.READ, [{ scheme: 'ip', id: 'fe80::1' }], true],
  [
    'IPv6 written out',
    acl('31 ip:::1'),
    Perms.READ,
    [{ scheme: 'ip', id: '0:0:0:0:0:0:0:1' }],
    true,
  ],
  ['IPv4 against IPv6', acl('31 ip:::/0'), Perms.READ, [HERE], false],
  [
    'a digest that looks like an address',
    acl('31 ip:127.0.0.1'),
    Perms.READ,
    [{ ...HERE, scheme: 'digest' }],
    false,
  ],
])('%s', (_name, list, perm, ids, expected) => {
  expect(isPermitted(list, perm, ids)).toBe(expected);
});

test.each<[string, Acl[], Id[], Acl[] | null]>([
  ['empty', [], [HERE], null],
  ['world', acl('31 world:anyone'), [HERE], acl('31 world:anyone')],
  ['world with another id', acl('31 world:me'), [HERE], null],
  ['duplicates', acl('1 world:anyone', '1 world:anyone'), [HERE], acl('1 world:anyone')],
  [
    'not quite duplicates',
    acl('1 world:anyone', '2 world:anyone'),
    [],
    acl('1 world:anyone', '2 world:anyone'),
  ],
  ['auth', acl('7 auth:'), [HERE, ALICE, BOB], acl('7 digest:alice:hash', '7 digest:bob:hash')],
  ['auth with an id', acl('7 auth:ignored'), [ALICE], acl('7 digest:alice:hash')],
  ['auth of nobody', acl('7 auth:'), [HERE], null],
  ['auth of super is its digest', acl('7 auth:'), [SUPER, ALICE], acl('7 digest:alice:hash')],
  [
    'auth that is there already',
    acl('7 auth:', '7 digest:alice:hash'),
    [ALICE],
    acl('7 digest:alice:hash', '7 digest:alice:hash'),
  ],
  ['a digest', acl('31 digest:alice:hash'), [], acl('31 digest:alice:hash')],
  ['a digest without a hash', acl('31 digest:alice'), [], null],
  ['a digest with an empty hash', acl('31 digest:alice:'), [], null],
  ['a digest of three parts', acl('31 digest:a:b:c'), [], null],
  ['a digest of two parts and colons', acl('31 digest:a:b::'), [], acl('31 digest:a:b::')],
  ['a digest without a user', acl('31 digest::b'), [], acl('31 digest::b')],
  ['an unknown scheme', acl('31 sasl:me'), [], null],
  ['super', acl('31 super:x:y'), [SUPER], null],
  ['one bad entry spoils the list', acl('31 world:anyone', '31 foo:bar'), [], null],
  ['no permissions at all', acl('0 world:anyone'), [], acl('0 world:anyone')],
])('fixup: %s', (_name, list, ids, expected) => {
  expect(fixupAcl(list, ids)).toEqual(expected);
});

test.each<[string, boolean]>([
  ['1.2.3.4', true],
  ['1.2.3.4/0', true],
  ['1.2.3.4/32', true],
  ['1.2.3.4/33', false],
  ['1.2.3.4/-1', false],
  ['1.2.3.4/', false],
  ['1.2.3.4/8/8', false],
  ['1.2.3', false],
  ['1.2.3.4.5', false],
  ['1.2.3.256', false],
  ['1.2.3.', false],
  ['1.2.3.+4', true],
  ['localhost', false],
  ['', false],
  ['::', true],
  ['::1', true],
  ['1::', true],
  ['1:2:3:4:5:6:7:8', true],
  ['1:2:3:4:5:6:7', false],
  ['1:2:3:4:5:6:7:8:9', false],
  ['1:2:3:4::5:6:7', true],
  ['1:2:3:4::5:6:7:8', false],
  ['1::2::3', false],
  [':::', false],
  ['12345::', false],
  ['g::', false],
  ['::1.2.3.4', false],
  ['2001:db8::/128', true],
  ['2001:db8::/129', false],
])('fixup: ip:%s', (id, isValid) => {
  const list = [{ perms: 1, id: { scheme: 'ip', id } }];
  expect(fixupAcl(list, [])).toEqual(isValid ? list : null);
  const old = isValid && !id.includes(':');
  expect(fixupAcl(list, [], '3.8.0')).toEqual(old ? list : null);
});
