import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createDataTree, serializeTree } from '../../../src/core/data-tree/data-tree.ts';
import { OPEN_ACL_UNSAFE, READ_ACL_UNSAFE, type Acl } from '../../../src/core/jute/data.ts';
import { adler32 } from '../../../src/core/txn-log/adler32.ts';
import { decodeSnapshot, encodeSnapshot } from '../../../src/core/txn-log/snapshot-format.ts';
import type { Snapshot, SnapshotNode } from '../../../src/core/txn-log/snapshot.ts';
import type { Millis, SessionId } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

const zxid = 0x10000000an as Zxid;
const secret: readonly Acl[] = [{ perms: 31, id: { scheme: 'digest', id: 'u:x' } }];

function node(path: string, more: Partial<SnapshotNode> = {}): SnapshotNode {
  return {
    path,
    data: null,
    acl: OPEN_ACL_UNSAFE,
    czxid: 1n as Zxid,
    mzxid: 2n as Zxid,
    ctime: 3 as Millis,
    mtime: 4 as Millis,
    version: 5,
    cversion: 6,
    aversion: 7,
    ephemeralOwner: -8n as SessionId,
    pzxid: 9n as Zxid,
    ...more,
  };
}

const snapshot: Snapshot = {
  zxid,
  sessions: [
    [1n as SessionId, 4000 as Millis],
    [-2n as SessionId, 40_000 as Millis],
  ],
  nodes: [
    node(''),
    node('/a', { data: new Uint8Array([1, 2, 3]), acl: secret }),
    node('/a/b', { data: new Uint8Array(), acl: READ_ACL_UNSAFE }),
    node('/a/c', { acl: secret }),
    node('/ż'),
  ],
};

test('the snapshot of a fresh tree is byte for byte that of ZooKeeper 3.8.0', () => {
  const fresh = { zxid: 0n as Zxid, sessions: [], nodes: serializeTree(createDataTree()) };
  const bytes = encodeSnapshot(fresh);
  expect(bytes).toHaveLength(457);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(
    '240755bdddee8c31f316e091a3b1173a80c2233d29e801a8225410f861795b84',
  );
});

test.each(['3.8.0', '3.9'] as const)('sessions, nodes and ACLs come back, as of %s', (release) => {
  const bytes = encodeSnapshot(snapshot, release);
  expect(decodeSnapshot(bytes, zxid)).toEqual({ kind: 'snapshot', snapshot });
});

describe('what stands behind the nodes', () => {
  const digested = { ...snapshot, digest: { zxid: 0x10000000bn as Zxid, digest: 2n ** 64n - 2n } };

  test('the digest of the tree, and the transaction after which it has it', () => {
    const bytes = encodeSnapshot(digested);
    const view = new DataView(bytes.buffer, bytes.length - 33);
    expect(view.getBigInt64(0)).toBe(0x10000000bn);
    expect(view.getInt32(8)).toBe(2);
    expect(view.getBigInt64(12)).toBe(-2n);
    expect(decodeSnapshot(bytes, zxid)).toEqual({ kind: 'snapshot', snapshot: digested });
  });

  test('3.9 adds the last zxid, and a seal of its own; the rest is the same', () => {
    const [old, bytes] = [encodeSnapshot(digested), encodeSnapshot(digested, '3.9')];
    expect(bytes.slice(0, old.length)).toEqual(old);
    expect(bytes.length - old.length).toBe(8 + 13);
    expect(new DataView(bytes.buffer, old.length).getBigInt64(0)).toBe(0x10000000bn);
    expect(decodeSnapshot(bytes, zxid)).toEqual({ kind: 'snapshot', snapshot: digested });
    bytes[old.length + 7] = 0;
    expect(decodeSnapshot(bytes, zxid)).toMatchObject({ reason: 'CRC corruption' });
  });

  test('a digest of another version counts for none', () => {
    const turned = encodeSnapshot(digested);
    turned[turned.length - 33 + 11] = 1;
    const view = new DataView(turned.buffer);
    const seal = adler32(turned.subarray(0, turned.length - 13));
    view.setBigInt64(turned.length - 13, BigInt(seal));
    expect(decodeSnapshot(turned, zxid)).toEqual({ kind: 'snapshot', snapshot });
  });
});

test('an ACL is written once, and the open one not at all', () => {
  const text = Buffer.from(encodeSnapshot(snapshot)).toString('latin1');
  expect(text.split('digest')).toHaveLength(2);
  expect(text.split('world')).toHaveLength(2);
});

test('a node without any ACL is open', () => {
  const nodes = [node('', { acl: [] })];
  const entry = decodeSnapshot(encodeSnapshot({ ...snapshot, nodes }), zxid);
  expect(entry).toMatchObject({ snapshot: { nodes: [{ acl: OPEN_ACL_UNSAFE }] } });
});

describe('damage', () => {
  const bytes = encodeSnapshot(snapshot);

  test('cut at any byte, or with any bit turned, it is found', () => {
    for (let at = 0; at < bytes.length; at++) {
      // Up to the first seal it is what servers before 3.6 wrote: whole, without a digest.
      const kind = at === bytes.length - 33 ? 'snapshot' : 'damaged';
      const cut = decodeSnapshot(bytes.slice(0, at), zxid);
      expect(cut.kind, `cut at ${String(at)}`).toBe(kind);
      // The path "/" behind the nodes looks like the end of a seal.
      const looksWhole = kind === 'snapshot' || at === bytes.length - 33 - 13;
      const isIncomplete = cut.kind === 'damaged' && cut.incomplete === true;
      expect(isIncomplete, `cut at ${String(at)}`).toBe(!looksWhole);
      const turned = bytes.slice();
      turned[at] = (turned[at] ?? 0) ^ (1 << (at & 7));
      expect(decodeSnapshot(turned, zxid).kind, `bit at ${String(at)}`).toBe('damaged');
    }
  });

  test.each<[name: string, nodes: readonly SnapshotNode[], reason: string]>([
    [
      'a node without its parent',
      [node(''), node('/a/b')],
      'Invalid Datatree, unable to find parent /a of path /a/b',
    ],
    ['a node twice', [node(''), node('/a'), node('/a')], 'the node /a stands there twice'],
  ])('%s', (_, nodes, reason) => {
    const entry = decodeSnapshot(encodeSnapshot({ ...snapshot, nodes }), zxid);
    expect(entry).toEqual({ kind: 'damaged', zxid, reason });
  });

  test('the seal alone is wrong', () => {
    const turned = bytes.slice();
    const at = turned.length - 6;
    turned[at] = (turned[at] ?? 0) ^ 1;
    expect(decodeSnapshot(turned, zxid).kind).toBe('damaged');
    const data = bytes.slice();
    const inside = data.indexOf(3, 100);
    data[inside] = 4;
    expect(decodeSnapshot(data, zxid)).toEqual({ kind: 'damaged', zxid, reason: 'CRC corruption' });
  });
});
