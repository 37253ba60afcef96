/**
 * What a connection has proved, in the order in which ZooKeeper lists it. Clients see this order:
 * in the answer to whoAmI, and in the ACL that `auth` stands for.
 *
 * Source: ServerCnxn.authInfo, which is a concurrent hash set of Id (3.9): its buckets in turn.
 */
import type { Id } from '../jute/data.ts';

const FIRST_BUCKETS = 16;

/** The ids of both lists, none twice, in the order of the hash set. */
export function withIds(known: readonly Id[], more: readonly Id[]): readonly Id[] {
  const ids = [...known];
  for (const id of more) {
    if (!ids.some(({ scheme, id: name }) => scheme === id.scheme && name === id.id)) ids.push(id);
  }
  let buckets = FIRST_BUCKETS;
  while (ids.length >= buckets * 0.75) buckets *= 2;
  const placed = ids.map((id) => ({ id, bucket: spreadHash(id) & (buckets - 1) }));
  return placed.sort((a, b) => a.bucket - b.bucket).map(({ id }) => id);
}

/** The hash of the record, as jute generates it, with its high bits folded in. */
function spreadHash({ scheme, id }: Id): number {
  let hash = 17;
  hash = (Math.imul(37, hash) + stringHash(scheme)) | 0;
  hash = (Math.imul(37, hash) + stringHash(id)) | 0;
  return (hash ^ (hash >>> 16)) & 0x7fff_ffff;
}

/** String.hashCode of Java. */
function stringHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}
