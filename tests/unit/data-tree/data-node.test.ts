import { expect, test } from 'vitest';
import {
  CONTAINER_OWNER,
  newNode,
  ownerKind,
  statOf,
  TTL_MAX,
  ttlOf,
  ttlOwner,
} from '../../../src/core/data-tree/data-node.ts';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import { NO_SESSION, type Millis, type SessionId } from '../../../src/core/units.ts';
import { zxid } from './tree-world.ts';

test('the stored owner says which kind a node is of', () => {
  expect(ownerKind(NO_SESSION)).toBe('persistent');
  expect(ownerKind(CONTAINER_OWNER)).toBe('container');
  expect(ownerKind(ttlOwner(1))).toBe('ttl');
  expect(ownerKind(0x100001da2fa0000n as SessionId)).toBe('ephemeral');
  // Server 254: negative as a long, and below the mark of a TTL.
  expect(ownerKind(BigInt.asIntN(64, 0xfe00_0000_0000_0001n) as SessionId)).toBe('ephemeral');
});

test('a TTL comes back from its owner', () => {
  for (const ttl of [1, 60_000, TTL_MAX]) expect(ttlOf(ttlOwner(ttl))).toBe(ttl);
  expect(BigInt.asUintN(64, ttlOwner(1))).toBe(0xff00_0000_0000_0001n);
});

test('clients see 0 as the owner of container and TTL nodes', () => {
  const owners = [CONTAINER_OWNER, ttlOwner(5), 7n as SessionId];
  const shown = owners.map((owner) => {
    const node = newNode('/a', null, OPEN_ACL_UNSAFE, owner, zxid(1), 0 as Millis);
    return statOf(node).ephemeralOwner;
  });
  expect(shown).toEqual([0n, 0n, 7n]);
});

test('the cversion shown wraps as an int does', () => {
  const node = newNode('/a', null, OPEN_ACL_UNSAFE, NO_SESSION, zxid(1), 0 as Millis);
  node.cversion = 2 ** 30;
  expect(statOf(node).cversion).toBe(-(2 ** 31));
});
