/**
 * outstandingChanges: what the tree will look like once the transactions that are on their way
 * have been applied. PrepRequestProcessor judges a request against this, not against the tree.
 *
 * Source: server.ZooKeeperServer.ChangeRecord, PrepRequestProcessor.getRecordForPath (3.9).
 */
import type { Acl } from '../jute/data.ts';
import { getNode, type DataTree } from '../data-tree/data-tree.ts';
import type { SessionId } from '../units.ts';
import type { Zxid } from '../zxid.ts';

export interface ChangeRecord {
  readonly zxid: Zxid;
  readonly path: string;
  /** Null: the node will be gone. */
  readonly node: PendingNode | null;
}

/** The part of a node that checks look at. */
export interface PendingNode {
  readonly acl: readonly Acl[];
  readonly version: number;
  /** As stored: creations of children. */
  readonly cversion: number;
  readonly aversion: number;
  readonly ephemeralOwner: SessionId;
  readonly childCount: number;
}

export interface OutstandingChanges {
  /** In the order of zxids. */
  readonly records: ChangeRecord[];
  readonly byPath: Map<string, ChangeRecord>;
}

export function newOutstandingChanges(): OutstandingChanges {
  return { records: [], byPath: new Map() };
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
  const { acl, version, cversion, aversion, ephemeralOwner } = node;
  return { acl, version, cversion, aversion, ephemeralOwner, childCount: node.children.size };
}

export function addChange(changes: OutstandingChanges, change: ChangeRecord): void {
  changes.records.push(change);
  changes.byPath.set(change.path, change);
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

/** PrepRequestProcessor.rollbackPendingChanges: a multi has failed. */
export function rollBack(
  changes: OutstandingChanges,
  zxid: Zxid,
  before: ReadonlyMap<string, ChangeRecord | undefined>,
): void {
  while (changes.records.at(-1)?.zxid === zxid) {
    const change = changes.records.pop();
    if (change !== undefined) changes.byPath.delete(change.path);
  }
  for (const [path, change] of before) {
    if (change === undefined) changes.byPath.delete(path);
    else changes.byPath.set(path, change);
  }
}
