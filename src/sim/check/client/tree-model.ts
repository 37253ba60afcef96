/**
 * The tree as the committed transactions make it, with a short past for each path: which state it
 * had at which zxid. A server that answers with zxid z must show what this model shows at z.
 *
 * What it does not know it says so: states older than the past that is kept, all that a snapshot
 * brought of which nobody has seen the transactions, and the nodes below /zookeeper, which servers
 * write without transactions. It is written anew rather than borrowed from the servers' tree, or a
 * mistake there would be a mistake here.
 *
 * Source: server.DataTree.processTxn (3.9), as far as clients see of it.
 */
import { parentOf, ROOT, ZOOKEEPER_PATH } from '../../../core/data-tree/path.ts';
import { isPermitted } from '../../../core/data-tree/acl.ts';
import { OPEN_ACL_UNSAFE, Perms, type Acl } from '../../../core/jute/data.ts';
import type { Txn, TxnHeader } from '../../../core/jute/txn.ts';
import { NO_SESSION, type Millis, type SessionId } from '../../../core/units.ts';
import { ZXID_ZERO } from '../../../core/zxid.ts';
import { maxKey, type ZxidKey } from '../zxid-key.ts';
import { createdNode, isEphemeral, type AnyCreateTxn, type NodeState } from './node-state.ts';

/** The state of a path from `zxid` on; null: it is not there. */
export interface Version {
  readonly zxid: ZxidKey;
  readonly node: NodeState | null;
}

interface Past {
  /** Oldest first. */
  readonly versions: Version[];
  /** There were versions before the first. */
  cut: boolean;
}

/** A change that somebody may watch for. */
export interface Change {
  readonly zxid: ZxidKey;
  readonly type: 'created' | 'deleted' | 'data';
  readonly path: string;
  /** Everybody may read the node, or its parent: nobody is left out for want of permission. */
  readonly open: boolean;
  readonly parentOpen: boolean;
}

export interface TreeModel {
  readonly paths: Map<string, Past>;
  /** Paths that are gone, and since when, the oldest first. */
  readonly graves: (readonly [string, ZxidKey])[];
  /** A path of which nothing is kept is absent from here on; before, nobody knows. */
  absentSince: ZxidKey;
  /** The last transaction that is in. */
  applied: ZxidKey;
  /** Nothing is known of what was committed up to here. */
  unknownTo: ZxidKey;
  readonly ephemerals: Map<SessionId, Set<string>>;
  /** The latest changes; `firstChange` counts those that were dropped before them. */
  readonly changes: Change[];
  firstChange: number;
}

const VERSIONS_MAX = 32;
const GRAVES_MAX = 4096;
const CHANGES_MAX = 8192;
/** A larger tree is forgotten: from then on only what is created later is known. */
const PATHS_MAX = 100_000;

const NOWHERE = Infinity as ZxidKey;

export function createTreeModel(): TreeModel {
  const zero = 0 as ZxidKey;
  const model: TreeModel = {
    paths: new Map(),
    graves: [],
    absentSince: zero,
    applied: zero,
    unknownTo: -1 as ZxidKey,
    ephemerals: new Map(),
    changes: [],
    firstChange: 0,
  };
  const root: NodeState = {
    data: new Uint8Array(0),
    acl: OPEN_ACL_UNSAFE,
    czxid: ZXID_ZERO,
    mzxid: ZXID_ZERO,
    pzxid: ZXID_ZERO,
    ctime: 0 as Millis,
    mtime: 0 as Millis,
    version: 0,
    cversion: 0,
    aversion: 0,
    owner: NO_SESSION,
    children: 1,
  };
  model.paths.set(ROOT, { versions: [{ zxid: zero, node: root }], cut: false });
  return model;
}

/** Nobody has seen what was committed up to `upTo`: all that the model knew may be wrong now. */
export function forgetTree(model: TreeModel, upTo: ZxidKey): void {
  model.paths.clear();
  model.graves.length = 0;
  model.ephemerals.clear();
  model.firstChange += model.changes.length;
  model.changes.length = 0;
  model.absentSince = NOWHERE;
  model.applied = maxKey(model.applied, upTo);
  model.unknownTo = model.applied;
}

function isReserved(path: string): boolean {
  return path.startsWith(ZOOKEEPER_PATH) && (path.length === 10 || path[10] === '/');
}

/** Undefined: not known. Null: the path is not there. */
export function stateAt(
  model: TreeModel,
  path: string,
  zxid: ZxidKey,
): NodeState | null | undefined {
  if (isReserved(path)) return undefined;
  const past = model.paths.get(path === '' ? ROOT : path);
  if (past === undefined) return zxid >= model.absentSince ? null : undefined;
  const { versions } = past;
  for (let i = versions.length - 1; i >= 0; i--) {
    const version = versions[i];
    if (version !== undefined && version.zxid <= zxid) return version.node;
  }
  return past.cut || zxid < model.absentSince ? undefined : null;
}

/** The state after everything that is in. */
export function latest(model: TreeModel, path: string): NodeState | null | undefined {
  return stateAt(model, path, Number.MAX_VALUE as ZxidKey);
}

export function versionsOf(model: TreeModel, path: string): readonly Version[] {
  return model.paths.get(path === '' ? ROOT : path)?.versions ?? [];
}

/** Applies one transaction, which is no multi, at its place in the order. */
export function applyTxn(model: TreeModel, header: TxnHeader, txn: Txn, at: ZxidKey): void {
  switch (txn.type) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      return createNode(model, header, txn, at);
    case 'delete':
    case 'deleteContainer':
      return deleteNode(model, header, txn.path, at);
    case 'setData':
    case 'reconfig':
      return setData(model, header, txn, at);
    case 'setACL': {
      const node = latest(model, txn.path);
      if (node === undefined || node === null) return;
      return put(model, txn.path, at, { ...node, acl: txn.acl, aversion: txn.version });
    }
    case 'closeSession': {
      const owned = new Set(txn.paths);
      for (const path of model.ephemerals.get(header.clientId) ?? []) owned.add(path);
      for (const path of owned) deleteNode(model, header, path, at);
      return;
    }
    default:
  }
}

function createNode(model: TreeModel, header: TxnHeader, txn: AnyCreateTxn, at: ZxidKey): void {
  const { path } = txn;
  const before = latest(model, path);
  const parentPath = parentOf(path);
  const parent = latest(model, parentPath);
  if (parent === null || (before !== undefined && before !== null)) return;
  const node = createdNode(header, txn);
  if (parent !== undefined) {
    const counted = txn.parentCVersion === -1 ? parent.cversion + 1 : txn.parentCVersion;
    const isNewer = counted > parent.cversion;
    put(model, parentPath, at, {
      ...parent,
      children: parent.children + 1,
      cversion: isNewer ? counted : parent.cversion,
      pzxid: isNewer ? header.zxid : parent.pzxid,
    });
  }
  addChange(model, at, 'created', path, isOpen(node.acl), isOpenTo(parent));
  if (isReserved(path)) return;
  put(model, path, at, node);
  if (!isEphemeral(node)) return;
  const owned = model.ephemerals.get(node.owner);
  if (owned === undefined) model.ephemerals.set(node.owner, new Set([path]));
  else owned.add(path);
}

function deleteNode(model: TreeModel, header: TxnHeader, path: string, at: ZxidKey): void {
  const parentPath = parentOf(path);
  const parent = latest(model, parentPath);
  const node = latest(model, path);
  if (parent === null) return;
  if (parent !== undefined) {
    const isNewer = header.zxid > parent.pzxid;
    const children = node === null ? parent.children : parent.children - 1;
    const pzxid = isNewer ? header.zxid : parent.pzxid;
    put(model, parentPath, at, { ...parent, children, pzxid });
  }
  if (node === null) return;
  addChange(model, at, 'deleted', path, isOpenTo(node), isOpenTo(parent));
  if (isReserved(path)) return;
  put(model, path, at, null);
  bury(model, path, at);
  if (node === undefined || !isEphemeral(node)) return;
  const owned = model.ephemerals.get(node.owner);
  if (owned?.delete(path) === true && owned.size === 0) model.ephemerals.delete(node.owner);
}

function setData(
  model: TreeModel,
  { zxid, time }: TxnHeader,
  txn: Extract<Txn, { type: 'setData' | 'reconfig' }>,
  at: ZxidKey,
): void {
  const { path, data, version } = txn;
  const node = latest(model, path);
  if (node === null) return;
  addChange(model, at, 'data', path, isOpenTo(node), true);
  if (node === undefined) return;
  put(model, path, at, { ...node, data, version, mzxid: zxid, mtime: time });
}

/** Within one transaction only its end can be seen. */
function put(model: TreeModel, path: string, zxid: ZxidKey, node: NodeState | null): void {
  const past = model.paths.get(path);
  if (past === undefined) {
    if (model.paths.size >= PATHS_MAX) forgetTree(model, zxid);
    const cut = model.absentSince === NOWHERE;
    model.paths.set(path, { versions: [{ zxid, node }], cut });
    return;
  }
  const { versions } = past;
  if (versions.at(-1)?.zxid === zxid) versions.pop();
  versions.push({ zxid, node });
  if (versions.length < 2 * VERSIONS_MAX) return;
  versions.splice(0, versions.length - VERSIONS_MAX);
  past.cut = true;
}

/** The path of a deleted node is remembered for a while: servers that lag may still show it. */
function bury(model: TreeModel, path: string, zxid: ZxidKey): void {
  const { graves, paths } = model;
  graves.push([path, zxid]);
  if (graves.length < 2 * GRAVES_MAX) return;
  for (const [old, since] of graves.splice(0, GRAVES_MAX)) {
    const last = paths.get(old)?.versions.at(-1);
    if (last?.node !== null || last.zxid !== since) continue;
    paths.delete(old);
    model.absentSince = maxKey(model.absentSince, since);
  }
}

function addChange(
  model: TreeModel,
  zxid: ZxidKey,
  type: Change['type'],
  path: string,
  open: boolean,
  parentOpen: boolean,
): void {
  const { changes } = model;
  changes.push({ zxid, type, path, open: open && !isReserved(path), parentOpen });
  if (changes.length < 2 * CHANGES_MAX) return;
  changes.splice(0, CHANGES_MAX);
  model.firstChange += CHANGES_MAX;
}

/** Anybody may read it. */
export function isOpen(acl: readonly Acl[]): boolean {
  return acl === OPEN_ACL_UNSAFE || isPermitted(acl, Perms.READ, []);
}

function isOpenTo(node: NodeState | null | undefined): boolean {
  return node !== undefined && node !== null && isOpen(node.acl);
}
