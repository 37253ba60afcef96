/**
 * outstandingChanges: what the tree will look like once the transactions that are on their way
 * have been applied. PrepRequestProcessor judges a request against this, not against the tree, and
 * from it takes the digest that the tree will have after each of them.
 *
 * A running sum stands for the digest, so that a write costs the checksums of the nodes that it
 * touches, however many transactions are on their way.
 *
 * Source: server.ZooKeeperServer.ChangeRecord, PrepRequestProcessor.getRecordForPath,
 * precalculateDigest, getCurrentTreeDigest (3.9).
 * Differs: ZooKeeper keeps a pending change of the root under the name that the request used for
 * it, "" or "/", and so overlooks one of two that are on their way. Here it has one name.
 */
import type { Acl } from '../jute/data.ts';
import { getNode, type DataTree } from '../data-tree/data-tree.ts';
import { addToDigest, nodeDigest, type Digestible } from '../data-tree/tree-digest.ts';
import type { DigestSum } from '../data-tree/tree-digest.ts';
import type { Zxid } from '../zxid.ts';

export interface ChangeRecord {
  readonly zxid: Zxid;
  readonly path: string;
  /** Null: the node will be gone. */
  readonly node: PendingNode | null;
}

/** A node as it will be; its versions, cversion among them, as they are stored. */
export interface PendingNode extends Digestible {
  readonly acl: readonly Acl[];
  readonly childCount: number;
  /** What it contributes to the tree's digest; 0 where digests are switched off. */
  readonly digest: number;
}

/** The sum is the digest of the tree with all of the records applied, if there is any. */
export interface OutstandingChanges extends DigestSum {
  /** In the order of zxids. */
  readonly records: ChangeRecord[];
  readonly byPath: Map<string, ChangeRecord>;
}

export function newOutstandingChanges(): OutstandingChanges {
  return { records: [], byPath: new Map(), digestHigh: 0, digestLow: 0 };
}

/** Before the changes of a transaction: with nothing on its way, the tree's digest is the sum. */
export function startChanges(tree: DataTree, changes: OutstandingChanges): void {
  if (changes.records.length > 0) return;
  changes.digestHigh = tree.digestHigh;
  changes.digestLow = tree.digestLow;
}

/** What `path` will be, or undefined where there is and will be nothing. */
export function pendingNode(
  tree: DataTree,
  changes: OutstandingChanges,
  path: string,
): PendingNode | undefined {
  const change = changes.byPath.get(path);
  if (change !== undefined) return change.node ?? undefined;
  const node = getNode(tree, path);
  if (node === undefined) return undefined;
  return {
    data: node.data,
    acl: node.acl,
    czxid: node.czxid,
    mzxid: node.mzxid,
    pzxid: node.pzxid,
    ctime: node.ctime,
    mtime: node.mtime,
    version: node.version,
    cversion: node.cversion,
    aversion: node.aversion,
    ephemeralOwner: node.ephemeralOwner,
    pathCrc: node.pathCrc,
    childCount: node.children.size,
    digest: node.digest,
  };
}

/**
 * Records what a transaction does to one node.
 *
 * @param before what the node was until now; undefined for one that is created.
 * @param after null for one that is deleted; its `digest` is worked out here.
 */
export function changeNode(
  changes: OutstandingChanges,
  zxid: Zxid,
  path: string,
  before: PendingNode | undefined,
  after: PendingNode | null,
  withDigest: boolean,
): void {
  let node = after;
  if (withDigest) {
    const digest = after === null ? 0 : nodeDigest(after);
    addToDigest(changes, digest - (before?.digest ?? 0));
    if (after !== null) node = { ...after, digest };
  }
  const change = { zxid, path, node };
  changes.records.push(change);
  changes.byPath.set(path, change);
}

/** FinalRequestProcessor: the transactions up to `zxid` are in the tree. */
export function dropChanges(changes: OutstandingChanges, zxid: Zxid): void {
  let count = 0;
  for (const change of changes.records) {
    if (change.zxid > zxid) break;
    count++;
    if (changes.byPath.get(change.path) === change) changes.byPath.delete(change.path);
  }
  if (count > 0) changes.records.splice(0, count);
}

/** What a multi may have to put back. */
export interface ChangesBefore extends DigestSum {
  readonly byPath: ReadonlyMap<string, ChangeRecord | undefined>;
}

/** PrepRequestProcessor.rollbackPendingChanges: a multi has failed. */
export function rollBack(changes: OutstandingChanges, zxid: Zxid, before: ChangesBefore): void {
  while (changes.records.at(-1)?.zxid === zxid) {
    const change = changes.records.pop();
    if (change !== undefined) changes.byPath.delete(change.path);
  }
  for (const [path, change] of before.byPath) {
    if (change === undefined) changes.byPath.delete(path);
    else changes.byPath.set(path, change);
  }
  changes.digestHigh = before.digestHigh;
  changes.digestLow = before.digestLow;
}
