/**
 * DataTree.processTxn: how a transaction changes the tree, and which watches that fires.
 *
 * A transaction may be applied to a tree that already holds it or what came after it: a snapshot
 * is taken while writes go on, and the log is replayed over it. What makes that come out right:
 *  - a create of a node that exists renews its ACL; only `create` itself, and not its later kin,
 *    also raises the parent's cversion and pzxid;
 *  - a create whose parent has counted further leaves cversion and pzxid as they are;
 *  - a delete raises the parent's pzxid even where the child is gone already;
 *  - closing a session deletes the paths that the transaction lists, those still there;
 *  - lastProcessedZxid moves when the whole transaction is in, a multi included.
 *
 * Source: server.DataTree (3.9).
 */
import { unreachable } from '../assert.ts';
import { ErrorCode } from '../error-code.ts';
import type { Stat } from '../jute/data.ts';
import { EventType, type OpResult } from '../jute/proto.ts';
import type {
  CloseSessionTxn,
  CreateContainerTxn,
  CreateTtlTxn,
  CreateTxn,
  MultiTxn,
  SetAclTxn,
  SetDataTxn,
  Txn,
  TxnHeader,
  TxnRecord,
} from '../jute/txn.ts';
import { NO_SESSION, type SessionId } from '../units.ts';
import { CONTAINER_OWNER, newNode, statOf, ttlOwner, type DataNode } from './data-node.ts';
import { checkDigest } from './digest-check.ts';
import { nameOf, parentOf, QUOTA_PATH } from './path.ts';
import { addUsage, noteQuotaNode } from './quota.ts';
import { addNode, dropNode, getNode, refreshDigest, treeDigest } from './tree-nodes.ts';
import type { DataTree } from './tree-nodes.ts';
import { fireWatches, type FiredWatch, type WatchTables } from './watch-manager.ts';

export {
  approximateDataSize,
  createDataTree,
  digestHex,
  ephemeralsOf,
  getNode,
  nodeCount,
  treeDigest,
  type DataTree,
} from './tree-nodes.ts';
export { takeMismatch, type DigestMismatch } from './digest-check.ts';
export { countDescendants, setupQuotas } from './quota.ts';
export {
  addSnapshotNodes,
  deserializeTree,
  isSerialized,
  restoreSnapshot,
  serializeSome,
  serializeTree,
  startSerialization,
  type SerializationCursor,
} from './tree-serialization.ts';

/**
 * What became of a transaction. `err` of a multi is that of its first failed member; the reply's
 * header says OK all the same, and the body carries `results`.
 */
export interface TxnResult {
  readonly err: ErrorCode;
  /** Of what was created, deleted, set or checked. */
  readonly path: string | null;
  /** After a create or setData. */
  readonly stat: Stat | null;
  /** Of a multi, one for each member. */
  readonly results: OpResult[] | null;
}

/**
 * Applies one transaction and appends the watches that it fires to `fired`, in the order in which
 * they are to be delivered. Errors are results: a replay meets nodes that are there or gone
 * already, and ignores that. Sessions as such are the caller's.
 *
 * @param between called between the operations of a multi, where another thread may see the tree.
 */
export function processTxn(
  tree: DataTree,
  watches: WatchTables,
  record: TxnRecord,
  fired: FiredWatch[],
  between?: () => void,
): TxnResult {
  const { header, txn } = record;
  const result =
    txn.type === 'multi'
      ? applyMulti(tree, watches, header, txn, fired, between)
      : applyOne(tree, watches, header, txn, fired);
  if (header.zxid <= tree.lastProcessedZxid) return result; // The tree may be ahead of it.
  tree.lastProcessedZxid = header.zxid;
  const { digestCheck } = tree;
  if (record.digest !== null || digestCheck.settlesAt !== null) {
    checkDigest(digestCheck, header.zxid, record.digest, treeDigest(tree));
  }
  return result;
}

function applyMulti(
  tree: DataTree,
  watches: WatchTables,
  header: TxnHeader,
  multi: MultiTxn,
  fired: FiredWatch[],
  between: (() => void) | undefined,
): TxnResult {
  // One failed member undoes all: whatever else stands in there must not be applied.
  const failed = multi.txns.some((txn) => txn.type === 'error');
  let err: ErrorCode = ErrorCode.OK;
  let undone: ErrorCode = ErrorCode.OK;
  const results: OpResult[] = [];
  for (const txn of multi.txns) {
    if (results.length > 0) between?.();
    if (txn.type === 'error') undone = ErrorCode.RUNTIMEINCONSISTENCY;
    const result =
      failed && txn.type !== 'error'
        ? ended(undone, null)
        : applyOne(tree, watches, header, txn, fired);
    const { path, stat } = result;
    // ZooKeeper's own leader logs what stood before the failure as it was to be done.
    const op = failed ? 'error' : txn.type;
    results.push({ op, err: result.err, path, stat, data: null, children: null });
    if (err === ErrorCode.OK) err = result.err;
  }
  return { err, path: null, stat: null, results };
}

const DONE: TxnResult = { err: ErrorCode.OK, path: null, stat: null, results: null };

function applyOne(
  tree: DataTree,
  watches: WatchTables,
  header: TxnHeader,
  txn: Txn,
  fired: FiredWatch[],
): TxnResult {
  switch (txn.type) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      return createNode(tree, watches, header, txn, fired);
    case 'delete':
    case 'deleteContainer':
      return ended(deleteNode(tree, watches, header, txn.path, fired), txn.path);
    case 'setData':
    case 'reconfig':
      return setData(tree, watches, header, txn, fired);
    case 'setACL':
      return setAcl(tree, txn);
    case 'check':
      return ended(ErrorCode.OK, txn.path);
    case 'closeSession':
      killSession(tree, watches, header, txn, fired);
      return DONE;
    case 'createSession':
      return DONE;
    case 'error':
      return ended(txn.err, null);
    case 'multi':
      return ended(ErrorCode.MARSHALLINGERROR, null); // A multi does not hold another one.
    default:
      return unreachable(txn);
  }
}

/** Only aversion moves; nobody watches for it. */
function setAcl(tree: DataTree, txn: SetAclTxn): TxnResult {
  const node = getNode(tree, txn.path);
  if (node === undefined) return ended(ErrorCode.NONODE, txn.path);
  node.acl = txn.acl;
  node.aversion = txn.version;
  refreshDigest(tree, node);
  return { err: ErrorCode.OK, path: txn.path, stat: statOf(node), results: null };
}

function ended(err: ErrorCode, path: string | null): TxnResult {
  return { err, path, stat: null, results: null };
}

type AnyCreateTxn = CreateTxn | CreateContainerTxn | CreateTtlTxn;

function createNode(
  tree: DataTree,
  watches: WatchTables,
  header: TxnHeader,
  txn: AnyCreateTxn,
  fired: FiredWatch[],
): TxnResult {
  const path = txn.path;
  const parentPath = parentOf(path);
  const parent = tree.nodes.get(parentPath);
  if (parent === undefined) return ended(ErrorCode.NONODE, path);

  const name = nameOf(path);
  if (parent.children.has(name)) {
    replayCreate(tree, header, txn, parent);
    return ended(ErrorCode.NODEEXISTS, path);
  }
  const counted = txn.parentCVersion === -1 ? parent.cversion + 1 : txn.parentCVersion;
  if (counted > parent.cversion || tree.setsBack === true) {
    parent.cversion = counted;
    parent.pzxid = header.zxid;
    refreshDigest(tree, parent);
  }
  const node = newNode(path, txn.data, txn.acl, ownerOf(header, txn), header.zxid, header.time);
  parent.children.add(name);
  addNode(tree, path, node);
  if (path.startsWith(QUOTA_PATH)) noteQuotaNode(tree, path, true);
  addUsage(tree, path, 1, sizeOf(node.data));

  fireWatches(watches.data, path, EventType.NodeCreated, fired, txn.acl);
  fireWatches(watches.child, parentPath, EventType.NodeChildrenChanged, fired, parent.acl);
  return { err: ErrorCode.OK, path, stat: statOf(node), results: null };
}

/** The node came with a fuzzy snapshot; its parent may have been copied before it was made. */
function replayCreate(
  tree: DataTree,
  header: TxnHeader,
  txn: AnyCreateTxn,
  parent: DataNode,
): void {
  const node = tree.nodes.get(txn.path);
  if (node !== undefined) node.acl = txn.acl;
  if (txn.type !== 'create') return;
  const counted = txn.parentCVersion === -1 ? parent.cversion + 1 : txn.parentCVersion;
  if (counted <= parent.cversion) return;
  parent.cversion = counted;
  parent.pzxid = header.zxid;
  refreshDigest(tree, parent);
}

function ownerOf(header: TxnHeader, txn: AnyCreateTxn): SessionId {
  switch (txn.type) {
    case 'create':
    case 'create2':
      return txn.ephemeral ? header.clientId : NO_SESSION;
    case 'createContainer':
      return CONTAINER_OWNER;
    case 'createTTL':
      return ttlOwner(txn.ttl);
    default:
      return unreachable(txn);
  }
}

function deleteNode(
  tree: DataTree,
  watches: WatchTables,
  header: TxnHeader,
  path: string,
  fired: FiredWatch[],
): ErrorCode {
  const parentPath = parentOf(path);
  const parent = tree.nodes.get(parentPath);
  if (parent === undefined) return ErrorCode.NONODE;

  parent.children.delete(nameOf(path));
  if (header.zxid > parent.pzxid || tree.setsBack === true) {
    parent.pzxid = header.zxid;
    refreshDigest(tree, parent);
  }
  const node = tree.nodes.get(path);
  if (node === undefined) return ErrorCode.NONODE;
  dropNode(tree, path, node);
  if (path.startsWith(QUOTA_PATH)) noteQuotaNode(tree, path, false);
  addUsage(tree, path, -1, -sizeOf(node.data));

  // Who watches both the node's data and its children hears of the deletion once.
  const told = fireWatches(watches.data, path, EventType.NodeDeleted, fired, node.acl);
  fireWatches(watches.child, path, EventType.NodeDeleted, fired, node.acl, told);
  fireWatches(watches.child, parentPath, EventType.NodeChildrenChanged, fired, parent.acl);
  return ErrorCode.OK;
}

function setData(
  tree: DataTree,
  watches: WatchTables,
  header: TxnHeader,
  txn: SetDataTxn,
  fired: FiredWatch[],
): TxnResult {
  const node = getNode(tree, txn.path);
  if (node === undefined) return ended(ErrorCode.NONODE, txn.path);
  const growth = sizeOf(txn.data) - sizeOf(node.data);
  node.data = txn.data;
  node.mtime = header.time;
  node.mzxid = header.zxid;
  node.version = txn.version;
  refreshDigest(tree, node);
  addUsage(tree, txn.path, 0, growth);
  fireWatches(watches.data, txn.path, EventType.NodeDataChanged, fired, node.acl);
  return { err: ErrorCode.OK, path: txn.path, stat: statOf(node), results: null };
}

function sizeOf(data: Uint8Array | null): number {
  return data === null ? 0 : data.length;
}

/** The listed paths first, as they were when the close was proposed; then any that are left. */
function killSession(
  tree: DataTree,
  watches: WatchTables,
  header: TxnHeader,
  txn: CloseSessionTxn,
  fired: FiredWatch[],
): void {
  for (const path of txn.paths) deleteNode(tree, watches, header, path, fired);
  const left = tree.ephemerals.get(header.clientId);
  if (left === undefined) return;
  for (const path of [...left]) deleteNode(tree, watches, header, path, fired);
}
