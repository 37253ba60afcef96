/**
 * Fingerprints of what the digest of a tree leaves out: ACLs, the lists of children, sessions with
 * their timeouts, the index of ephemerals. Sums over unordered parts, so equal contents have equal
 * fingerprints whatever the order in which they came.
 *
 * Differs from the digest of ZooKeeper in what it covers, and like it passes over /zookeeper, where
 * servers may differ.
 */
import { isDigested } from '../../../core/data-tree/data-node.ts';
import type { Acl } from '../../../core/jute/data.ts';
import type { ZkDatabase } from '../../../core/txn-log/zk-database.ts';
import type { SessionId } from '../../../core/units.ts';
import type { Fingerprint } from './look.ts';

/** ACLs are shared and never changed: each is read once. A cache, and nothing else. */
const aclHashes = new WeakMap<readonly Acl[], number>();

export function fingerprintOf(db: ZkDatabase): Fingerprint {
  const { tree } = db;
  let [acls, children, sessions, ephemerals] = [0, 0, 0, 0];
  for (const node of tree.nodes.values()) {
    if (!isDigested(node)) continue;
    const path = node.pathCrc;
    acls = (acls + mix(path, aclHash(node.acl))) >>> 0;
    children = (children + mix(path, node.children.size)) >>> 0;
  }
  for (const [id, timeOut] of db.sessions) {
    sessions = (sessions + mix(idHash(id), timeOut)) >>> 0;
  }
  for (const [owner, paths] of tree.ephemerals) {
    const own = idHash(owner);
    for (const path of paths) ephemerals = (ephemerals + mix(own, textHash(path))) >>> 0;
  }
  return { acls, children, sessions, ephemerals };
}

/** In words, the parts in which two databases differ; null where they are equal. */
export function differenceOf(a: Fingerprint, b: Fingerprint): string | null {
  const parts: string[] = [];
  if (a.acls !== b.acls) parts.push('ACLs');
  if (a.children !== b.children) parts.push('lists of children');
  if (a.sessions !== b.sessions) parts.push('sessions');
  if (a.ephemerals !== b.ephemerals) parts.push('ephemeral znodes of sessions');
  return parts.length === 0 ? null : parts.join(' and ');
}

function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function idHash(id: SessionId): number {
  return mix(Number(BigInt.asUintN(32, id)), Number(BigInt.asUintN(32, id >> 32n)));
}

function textHash(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash >>> 0;
}

function aclHash(acl: readonly Acl[]): number {
  const known = aclHashes.get(acl);
  if (known !== undefined) return known;
  let hash = acl.length;
  for (const { perms, id } of acl) {
    hash = mix(hash, perms);
    hash = mix(hash, textHash(`${id.scheme}:${id.id}`));
  }
  aclHashes.set(acl, hash);
  return hash;
}
