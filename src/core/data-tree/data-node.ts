/**
 * One znode, mutable, and what its stored owner says about its kind.
 *
 * Source: server.DataNode, server.EphemeralType (3.9).
 * Differs: a top byte 0xff means a TTL node whether or not extended types are switched on; no
 * session id looks so, because sids end at 254.
 */
import type { Acl, Stat } from '../jute/data.ts';
import type { SnapshotNode } from '../txn-log/snapshot.ts';
import { NO_SESSION, type Millis, type SessionId } from '../units.ts';
import type { Zxid } from '../zxid.ts';
import { OUTSIDE_DIGEST, pathRegister } from './tree-digest.ts';

export interface DataNode {
  data: Uint8Array | null;
  acl: readonly Acl[];
  readonly czxid: Zxid;
  mzxid: Zxid;
  pzxid: Zxid;
  readonly ctime: Millis;
  mtime: Millis;
  version: number;
  /** As stored: creations of children, ever. */
  cversion: number;
  aversion: number;
  /** As stored: see `ownerKind`. */
  readonly ephemeralOwner: SessionId;
  /** Names, in the order of creation. */
  readonly children: Set<string>;
  /** The CRC register after the path, or OUTSIDE_DIGEST. */
  readonly pathCrc: number;
  /** What this node contributes to the tree's digest: a uint32. */
  digest: number;
}

/** The stored owner of a container node: Java's Long.MIN_VALUE. */
export const CONTAINER_OWNER = -0x8000_0000_0000_0000n as SessionId;

/** Milliseconds: the largest TTL, 40 bits. */
export const TTL_MAX = 0xff_ffff_ffff;

const TTL_MARK = 0xff00_0000_0000_0000n;

/** The stored owner of a TTL node. @param ttl milliseconds, 1..TTL_MAX. */
export function ttlOwner(ttl: number): SessionId {
  return BigInt.asIntN(64, TTL_MARK | BigInt(ttl)) as SessionId;
}

/** Milliseconds. @param owner of kind `ttl`. */
export function ttlOf(owner: SessionId): number {
  return Number(owner & 0xff_ffff_ffffn);
}

export type OwnerKind = 'persistent' | 'ephemeral' | 'container' | 'ttl';

export function ownerKind(owner: SessionId): OwnerKind {
  if (owner === NO_SESSION) return 'persistent';
  if (owner === CONTAINER_OWNER) return 'container';
  return BigInt.asUintN(64, owner) >= TTL_MARK ? 'ttl' : 'ephemeral';
}

/** A node as a create makes it. */
export function newNode(
  path: string,
  data: Uint8Array | null,
  acl: readonly Acl[],
  owner: SessionId,
  zxid: Zxid,
  time: Millis,
): DataNode {
  return {
    data,
    acl,
    czxid: zxid,
    mzxid: zxid,
    pzxid: zxid,
    ctime: time,
    mtime: time,
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner: owner,
    children: new Set(),
    pathCrc: pathRegister(path),
    digest: 0,
  };
}

/** A node as a snapshot holds it, still without children. */
export function nodeOf(stored: SnapshotNode): DataNode {
  return {
    data: stored.data,
    acl: stored.acl,
    czxid: stored.czxid,
    mzxid: stored.mzxid,
    pzxid: stored.pzxid,
    ctime: stored.ctime,
    mtime: stored.mtime,
    version: stored.version,
    cversion: stored.cversion,
    aversion: stored.aversion,
    ephemeralOwner: stored.ephemeralOwner,
    children: new Set(),
    pathCrc: pathRegister(stored.path),
    digest: 0,
  };
}

/** The copy that a snapshot takes. @param path "" for the root. */
export function storedNode(path: string, node: DataNode): SnapshotNode {
  return {
    path,
    data: node.data,
    acl: node.acl,
    czxid: node.czxid,
    mzxid: node.mzxid,
    ctime: node.ctime,
    mtime: node.mtime,
    version: node.version,
    cversion: node.cversion,
    aversion: node.aversion,
    ephemeralOwner: node.ephemeralOwner,
    pzxid: node.pzxid,
  };
}

/**
 * What clients see. The cversion shown counts creations and deletions of children, worked out
 * from the creations stored: each child that is gone again was deleted once.
 */
export function statOf(node: DataNode): Stat {
  const kind = ownerKind(node.ephemeralOwner);
  return {
    czxid: node.czxid,
    mzxid: node.mzxid,
    ctime: node.ctime,
    mtime: node.mtime,
    version: node.version,
    cversion: (node.cversion * 2 - node.children.size) | 0,
    aversion: node.aversion,
    ephemeralOwner: kind === 'ephemeral' ? node.ephemeralOwner : NO_SESSION,
    dataLength: node.data === null ? 0 : node.data.length,
    numChildren: node.children.size,
    pzxid: node.pzxid,
  };
}

/** False for a node below /zookeeper: servers may differ there. */
export function isDigested(node: DataNode): boolean {
  return node.pathCrc !== OUTSIDE_DIGEST;
}
