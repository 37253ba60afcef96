/**
 * The tree's digest: one CRC-32 per node, added up to a 64-bit sum, so that a change of one node
 * costs one checksum. Nodes below /zookeeper/ do not count; /zookeeper itself does. ACLs, sessions
 * and watches are not covered, but for an ACL's version.
 *
 * Source: server.DigestCalculator (version 2), server.util.AdHash (3.9).
 */
import type { Millis, SessionId } from '../units.ts';
import type { Zxid } from '../zxid.ts';
import { CRC_START, crcBytes, crcText, crcValue } from './crc32.ts';

/** In place of a CRC register, which is below 2^32: the node does not count. */
export const OUTSIDE_DIGEST = -1;

/** The fields that a node's digest is made of. */
export interface Digestible {
  readonly pathCrc: number;
  readonly data: Uint8Array | null;
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
  readonly ctime: Millis;
  readonly mtime: Millis;
  readonly version: number;
  readonly cversion: number;
  readonly aversion: number;
  readonly ephemeralOwner: SessionId;
}

/** The sum as two uint32, because a bigint would be allocated at every write. */
export interface DigestSum {
  digestHigh: number;
  digestLow: number;
}

/**
 * The CRC register after a node's path: the part of its digest that never changes. The root's path
 * counts as empty.
 */
export function pathRegister(path: string): number {
  if (path.startsWith('/zookeeper/')) return OUTSIDE_DIGEST;
  return crcText(CRC_START, path === '/' ? '' : path) >>> 0;
}

/** Reused by every call; nothing outlives one. */
const statBytes = new Uint8Array(60);
const stat = new DataView(statBytes.buffer);

/** A uint32. */
export function nodeDigest(node: Digestible): number {
  if (node.pathCrc === OUTSIDE_DIGEST) return 0;
  let crc = node.pathCrc | 0;
  if (node.data !== null) crc = crcBytes(crc, node.data);
  stat.setBigInt64(0, node.czxid);
  stat.setBigInt64(8, node.mzxid);
  stat.setBigInt64(16, node.pzxid);
  setMillis(24, node.ctime);
  setMillis(32, node.mtime);
  stat.setInt32(40, node.version);
  stat.setInt32(44, node.cversion);
  stat.setInt32(48, node.aversion);
  stat.setBigInt64(52, node.ephemeralOwner);
  return crcValue(crcBytes(crc, statBytes));
}

/** @param delta between two uint32. */
export function addToDigest(sum: DigestSum, delta: number): void {
  const low = sum.digestLow + delta;
  if (low < 0) {
    sum.digestLow = low + 2 ** 32;
    sum.digestHigh = (sum.digestHigh - 1) >>> 0;
  } else if (low >= 2 ** 32) {
    sum.digestLow = low - 2 ** 32;
    sum.digestHigh = (sum.digestHigh + 1) >>> 0;
  } else {
    sum.digestLow = low;
  }
}

function setMillis(offset: number, millis: Millis): void {
  stat.setInt32(offset, Math.floor(millis / 2 ** 32));
  stat.setInt32(offset + 4, millis | 0);
}
