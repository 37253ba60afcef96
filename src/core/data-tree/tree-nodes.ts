/**
 * The data tree as plain data, and the few primitives that keep its indexes and its digest in step
 * with its nodes. Every change of a node goes through `addNode`, `dropNode` or `refreshDigest`.
 *
 * Source: server.DataTree, server.NodeHashMapImpl (3.9).
 * Differs: the root has one key, "/"; ZooKeeper's second one, "", is an alias in `getNode`.
 */
import { defined } from '../assert.ts';
import { OPEN_ACL_UNSAFE, READ_ACL_UNSAFE, type Acl } from '../jute/data.ts';
import { NO_SESSION, type Millis, type SessionId } from '../units.ts';
import { ZXID_ZERO, type Zxid } from '../zxid.ts';
import { newNode, ownerKind, type DataNode } from './data-node.ts';
import { newDigestCheck, type DigestCheck } from './digest-check.ts';
import { CONFIG_PATH, nameOf, parentOf, QUOTA_PATH, ROOT, ZOOKEEPER_PATH } from './path.ts';
import { addToDigest, nodeDigest, type DigestSum } from './tree-digest.ts';

export interface DataTree extends DigestSum {
  /** By path; the root under "/". */
  readonly nodes: Map<string, DataNode>;
  /** Paths by the session that owns them; no set is empty. */
  readonly ephemerals: Map<SessionId, Set<string>>;
  readonly containers: Set<string>;
  readonly ttls: Set<string>;
  /** The paths that have a quota. */
  readonly quotas: Set<string>;
  /** The last transaction applied whole. */
  lastProcessedZxid: Zxid;
  readonly digestCheck: DigestCheck;
  /** With a bug switched on: a transaction from the past sets cversion and pzxid back. */
  setsBack?: boolean;
}

/** The reserved nodes only. They were never counted as creations: "/" shows cversion -1. */
export function createDataTree(): DataTree {
  const tree: DataTree = {
    nodes: new Map(),
    ephemerals: new Map(),
    containers: new Set(),
    ttls: new Set(),
    quotas: new Set(),
    lastProcessedZxid: ZXID_ZERO,
    digestCheck: newDigestCheck(),
    digestHigh: 0,
    digestLow: 0,
  };
  addReserved(tree, ROOT, OPEN_ACL_UNSAFE);
  addReserved(tree, ZOOKEEPER_PATH, OPEN_ACL_UNSAFE);
  // Only reconfiguration writes the configuration, so the world may read it and no more. Its ACL
  // was set with version -1, which is what aversion then shows.
  addReserved(tree, CONFIG_PATH, READ_ACL_UNSAFE).aversion = -1;
  addReserved(tree, QUOTA_PATH, OPEN_ACL_UNSAFE);
  return tree;
}

export function getNode(tree: DataTree, path: string): DataNode | undefined {
  return tree.nodes.get(path === '' ? ROOT : path);
}

/** As `srvr` prints it: ZooKeeper counts the root under both of its keys. */
export function nodeCount(tree: DataTree): number {
  return tree.nodes.size + 1;
}

/** DataTree.approximateDataSize: bytes of paths and data. */
export function approximateDataSize(tree: DataTree): number {
  let bytes = 0;
  for (const [path, { data }] of tree.nodes) {
    bytes += (path === ROOT ? 0 : path.length) + (data === null ? 0 : data.length);
  }
  return bytes;
}

/** The paths that a session's close deletes. */
export function ephemeralsOf(tree: DataTree, session: SessionId): readonly string[] {
  return [...(tree.ephemerals.get(session) ?? [])];
}

/**
 * Enters a node under its path, its kind's index and the digest; its parent is not touched. What
 * stood there goes: a replay over a fuzzy snapshot deletes a parent whose children came with the
 * snapshot, and meets them again when the log creates them.
 *
 * Source: NodeHashMapImpl.put, which takes the digest of the former node out, too.
 */
export function addNode(tree: DataTree, path: string, node: DataNode): void {
  const former = tree.nodes.get(path);
  if (former !== undefined) dropNode(tree, path, former);
  tree.nodes.set(path, node);
  const owner = node.ephemeralOwner;
  if (owner !== NO_SESSION) {
    const kind = ownerKind(owner);
    if (kind === 'container') tree.containers.add(path);
    else if (kind === 'ttl') tree.ttls.add(path);
    else addEphemeral(tree, owner, path);
  }
  refreshDigest(tree, node);
}

/** Takes a node out of everything that `addNode` entered it in. */
export function dropNode(tree: DataTree, path: string, node: DataNode): void {
  tree.nodes.delete(path);
  addToDigest(tree, -node.digest);
  const owner = node.ephemeralOwner;
  if (owner === NO_SESSION) return;
  tree.containers.delete(path);
  tree.ttls.delete(path);
  const owned = tree.ephemerals.get(owner);
  if (owned?.delete(path) === true && owned.size === 0) tree.ephemerals.delete(owner);
}

/** After any change of a node that is in the tree. */
export function refreshDigest(tree: DataTree, node: DataNode): void {
  const digest = nodeDigest(node);
  addToDigest(tree, digest - node.digest);
  node.digest = digest;
}

/** As a 64-bit unsigned number; ZooKeeper's `long` has the same bits. */
export function treeDigest(tree: DataTree): bigint {
  return (BigInt(tree.digestHigh) << 32n) | BigInt(tree.digestLow);
}

/** Unpadded lower-case hexadecimal. */
export function digestHex(tree: DataTree): string {
  if (tree.digestHigh === 0) return tree.digestLow.toString(16);
  return tree.digestHigh.toString(16) + tree.digestLow.toString(16).padStart(8, '0');
}

function addEphemeral(tree: DataTree, owner: SessionId, path: string): void {
  const owned = tree.ephemerals.get(owner);
  if (owned === undefined) tree.ephemerals.set(owner, new Set([path]));
  else owned.add(path);
}

function addReserved(tree: DataTree, path: string, acl: readonly Acl[]): DataNode {
  const node = newNode(path, EMPTY, acl, NO_SESSION, ZXID_ZERO, 0 as Millis);
  if (path !== ROOT) {
    defined(tree.nodes.get(parentOf(path)), 'the parent of a reserved node').children.add(
      nameOf(path),
    );
  }
  addNode(tree, path, node);
  return node;
}

const EMPTY = new Uint8Array(0);
