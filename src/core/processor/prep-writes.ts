/**
 * What each kind of write is checked for, in ZooKeeper's order: the first check that fails is what
 * the client is told. A write that passes leaves its changes among those on their way.
 *
 * Source: PrepRequestProcessor.pRequest2Txn, pRequest2TxnCreate, validateCreateRequest, Op (3.9).
 * Differs: a create whose flags and type say different things leaves pending what will be applied;
 * ZooKeeper leaves what the flags say, and so gives the transaction a wrong digest.
 */
import { count as countUp } from '../admin/metrics.ts';
import type { EnsembleConfig } from '../config.ts';
import { fixupAcl, isPermitted } from '../data-tree/acl.ts';
import { CONTAINER_OWNER, TTL_MAX, ttlOwner } from '../data-tree/data-node.ts';
import { isSpecialPath, parentOf } from '../data-tree/path.ts';
import { validatePath, validatePathLoosely } from '../data-tree/path.ts';
import { checkQuota } from '../data-tree/quota.ts';
import { pathRegister } from '../data-tree/tree-digest.ts';
import { ErrorCode } from '../error-code.ts';
import { Perms, type Acl } from '../jute/data.ts';
import { CreateMode, type CreateRequest, type DeleteRequest } from '../jute/proto.ts';
import type { CheckVersionRequest, MultiOp, SetAclRequest } from '../jute/proto.ts';
import type { SetDataRequest } from '../jute/proto.ts';
import type { Txn, TxnHeader } from '../jute/txn.ts';
import { configOf, log, type Server, type ServerRequest } from '../server-context.ts';
import { checkGlobalSession, checkSessionOf } from '../session/server-sessions.ts';
import { NO_SESSION, type SessionId } from '../units.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import { changeNode, pendingNode, type PendingNode } from './outstanding-changes.ts';
import { RequestError } from './request-error.ts';

/** A write on its way to becoming a transaction. */
export interface Preparation {
  readonly server: Server;
  readonly zks: ZooKeeperServer;
  readonly r: ServerRequest;
  readonly header: TxnHeader;
}

/** The writes that may stand in a multi. @throws RequestError, as everything here. */
export function opTxn(p: Preparation, op: MultiOp): Txn {
  switch (op.op) {
    case 'delete':
      return deleteTxn(p, op);
    case 'setData':
      return setDataTxn(p, op);
    case 'check':
      return checkTxn(p, op);
    default:
      return createTxn(p, op);
  }
}

/**
 * In a multi the flags of a create decide what kind it is, where they name one; else it is what the
 * client called it. Before 3.9 it is then a `create` always, which is answered without a Stat.
 *
 * Source: Op.Create.getOpcode, ZOOKEEPER-4026.
 */
export function opInMulti(op: MultiOp, release: EnsembleConfig['release']): MultiOp {
  if (!('flags' in op)) return op;
  if (isTtl(op.flags)) {
    if (op.op !== 'createTTL') throw new RequestError(ErrorCode.MARSHALLINGERROR);
    return op;
  }
  const plain = release === '3.8.0' || op.op === 'createTTL' ? 'create' : op.op;
  return { ...op, op: op.flags === CreateMode.CONTAINER ? 'createContainer' : plain, ttl: 0 };
}

function createTxn(p: Preparation, op: CreateRequest): Txn {
  const mode = createModeOf(p.server, op);
  // LeaderRequestProcessor could not make a session of the ensemble out of a local one.
  if (mode.ephemeral && p.r.error !== 0) throw new RequestError(p.r.error as ErrorCode);
  requireSession(p, mode.ephemeral);
  if (validatePathLoosely(op.path) !== null) throw new RequestError(ErrorCode.BADARGUMENTS);
  const acl = requireAcl(p, op.acl);
  const parentPath = parentOf(op.path);
  const parent = requireNode(p, parentPath);
  requirePermitted(p, parent.acl, Perms.CREATE);
  const path = mode.sequential ? op.path + sequenceSuffix(parent.cversion) : op.path;
  requireValid(path);
  if (pendingNode(p.server.db.tree, p.zks.changes, path) !== undefined) {
    throw new RequestError(ErrorCode.NODEEXISTS);
  }
  if (isEphemeralOwner(parent.ephemeralOwner)) {
    throw new RequestError(ErrorCode.NOCHILDRENFOREPHEMERALS);
  }
  requireQuota(p, path, 1, op.data?.length ?? 0);
  const { zxid } = p.header;
  const parentCVersion = (parent.cversion + 1) | 0;
  const childCount = parent.childCount + 1;
  change(p, parentPath, parent, { ...parent, childCount, cversion: parentCVersion, pzxid: zxid });
  change(p, path, undefined, nodeToBe(p, op, mode, path, acl));
  return txnOfCreate(op, path, acl, mode.ephemeral, parentCVersion);
}

function txnOfCreate(
  op: CreateRequest,
  path: string,
  acl: readonly Acl[],
  ephemeral: boolean,
  parentCVersion: number,
): Txn {
  const { data } = op;
  if (op.op === 'createContainer') {
    return { type: 'createContainer', path, data, acl, parentCVersion };
  }
  if (op.op === 'createTTL') {
    return { type: 'createTTL', path, data, acl, parentCVersion, ttl: op.ttl };
  }
  return { type: op.op, path, data, acl, ephemeral, parentCVersion };
}

function nodeToBe(
  { header }: Preparation,
  op: CreateRequest,
  mode: Mode,
  path: string,
  acl: readonly Acl[],
): PendingNode {
  let ephemeralOwner = mode.ephemeral ? header.clientId : NO_SESSION;
  if (op.op === 'createContainer') ephemeralOwner = CONTAINER_OWNER;
  else if (op.op === 'createTTL') ephemeralOwner = ttlOwner(op.ttl);
  return {
    data: op.data,
    acl,
    czxid: header.zxid,
    mzxid: header.zxid,
    pzxid: header.zxid,
    ctime: header.time,
    mtime: header.time,
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner,
    pathCrc: pathRegister(path),
    childCount: 0,
    digest: 0,
  };
}

interface Mode {
  readonly ephemeral: boolean;
  readonly sequential: boolean;
}

function isTtl(flags: number): boolean {
  return (
    flags === CreateMode.PERSISTENT_WITH_TTL || flags === CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL
  );
}

function createModeOf(server: Server, op: CreateRequest): Mode {
  const ttl = isTtl(op.flags);
  const known =
    op.flags >= CreateMode.PERSISTENT && op.flags <= CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL;
  if (!known) throw new RequestError(ErrorCode.BADARGUMENTS);
  if (ttl && !configOf(server).extendedTypesEnabled) {
    throw new RequestError(ErrorCode.UNIMPLEMENTED);
  }
  const hasTtl = op.op === 'createTTL';
  if (ttl && (op.ttl < 1 || op.ttl > TTL_MAX)) throw new RequestError(ErrorCode.BADARGUMENTS);
  if (ttl !== hasTtl) throw new RequestError(ErrorCode.BADARGUMENTS);
  return {
    ephemeral: op.flags === CreateMode.EPHEMERAL || op.flags === CreateMode.EPHEMERAL_SEQUENTIAL,
    sequential:
      op.flags === CreateMode.PERSISTENT_SEQUENTIAL ||
      op.flags === CreateMode.EPHEMERAL_SEQUENTIAL ||
      op.flags === CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL,
  };
}

/** Ten digits of the parent's stored cversion; beyond 2^31-1 it goes on below zero. */
function sequenceSuffix(cversion: number): string {
  const n = cversion | 0;
  return n < 0 ? `-${String(-n).padStart(9, '0')}` : String(n).padStart(10, '0');
}

/** EphemeralType.NORMAL: neither a container's mark nor a TTL's. */
function isEphemeralOwner(owner: SessionId): boolean {
  if (owner === NO_SESSION) return false;
  const top = BigInt.asUintN(64, owner) >> 56n;
  return owner !== CONTAINER_OWNER && top !== 0xffn;
}

function deleteTxn(p: Preparation, { path, version }: DeleteRequest): Txn {
  requireSession(p);
  requireDeletable(path);
  const parent = requireNode(p, parentOf(path));
  requirePermitted(p, parent.acl, Perms.DELETE);
  const node = requireNode(p, path);
  nextVersion(node.version, version);
  if (node.childCount > 0) throw new RequestError(ErrorCode.NOTEMPTY);
  remove(p, path, parent, node);
  return { type: 'delete', path };
}

/**
 * ContainerManager's request, and nobody is asked for permission. In 3.8.0 a path came without
 * its length, so that what a client sent was never a path.
 */
export function deleteContainerTxn(p: Preparation, path: string): Txn {
  const isClients = p.header.clientId !== NO_SESSION;
  if (isClients && configOf(p.server).release === '3.8.0') {
    throw new RequestError(ErrorCode.BADARGUMENTS);
  }
  requireDeletable(path);
  const node = requireNode(p, path);
  if (node.childCount > 0) throw new RequestError(ErrorCode.NOTEMPTY);
  if (isEphemeralOwner(node.ephemeralOwner)) throw new RequestError(ErrorCode.BADVERSION);
  remove(p, path, requireNode(p, parentOf(path)), node);
  return { type: 'deleteContainer', path };
}

function requireDeletable(path: string): void {
  if (path.lastIndexOf('/') < 0 || path.includes('\0') || isSpecialPath(path)) {
    throw new RequestError(ErrorCode.BADARGUMENTS);
  }
}

function remove(p: Preparation, path: string, parent: PendingNode, node: PendingNode): void {
  const { zxid } = p.header;
  const childCount = parent.childCount - 1;
  change(p, parentOf(path), parent, { ...parent, childCount, pzxid: zxid });
  change(p, path, node, null);
}

function setDataTxn(p: Preparation, op: SetDataRequest): Txn {
  const { path, data } = op;
  requireSession(p);
  requireValid(path);
  const node = requireNode(p, path);
  requirePermitted(p, node.acl, Perms.WRITE);
  requireQuota(p, path, 0, (data?.length ?? 0) - (node.data?.length ?? 0));
  const version = nextVersion(node.version, op.version);
  const { zxid: mzxid, time: mtime } = p.header;
  change(p, path, node, { ...node, data, version, mtime, mzxid });
  return { type: 'setData', path, data, version };
}

/** The pending node keeps its old list: what follows at once is still judged by that. */
export function setAclTxn(p: Preparation, op: SetAclRequest): Txn {
  const { path } = op;
  requireSession(p);
  requireValid(path);
  const acl = requireAcl(p, op.acl);
  const node = requireNode(p, path);
  requirePermitted(p, node.acl, Perms.ADMIN);
  const version = nextVersion(node.aversion, op.version);
  change(p, path, node, { ...node, aversion: version });
  return { type: 'setACL', path, acl, version };
}

function checkTxn(p: Preparation, { path, version: expected }: CheckVersionRequest): Txn {
  requireSession(p);
  requireValid(path);
  const node = requireNode(p, path);
  requirePermitted(p, node.acl, Perms.READ);
  return { type: 'check', path, version: nextVersion(node.version, expected) };
}

/** @param before undefined for a node that is created, `after` null for one that is deleted. */
export function change(
  { server, zks, header }: Preparation,
  path: string,
  before: PendingNode | undefined,
  after: PendingNode | null,
): void {
  changeNode(zks.changes, header.zxid, path, before, after, configOf(server).digestEnabled);
}

export function requireSession({ zks, r }: Preparation, mustBeGlobal = false): void {
  const code = sessionError(zks, r, mustBeGlobal);
  if (code !== ErrorCode.OK) throw new RequestError(code);
}

/** SessionTrackerImpl.checkSession, as the client is to see it. */
export function sessionError(
  zks: ZooKeeperServer,
  r: ServerRequest,
  mustBeGlobal = false,
): ErrorCode {
  const check = mustBeGlobal ? checkGlobalSession : checkSessionOf;
  const verdict = check(zks, r.sessionId, r.owner);
  if (verdict === 'ok') return ErrorCode.OK;
  return verdict === 'moved' ? ErrorCode.SESSIONMOVED : ErrorCode.SESSIONEXPIRED;
}

export function requireNode({ server, zks }: Preparation, path: string): PendingNode {
  const node = pendingNode(server.db.tree, zks.changes, path);
  if (node === undefined) throw new RequestError(ErrorCode.NONODE);
  return node;
}

export function requirePermitted(p: Preparation, acl: readonly Acl[], perm: number): void {
  if (!isPermitted(acl, perm, p.r.authInfo)) throw new RequestError(ErrorCode.NOAUTH);
}

function requireAcl(p: Preparation, asked: readonly Acl[]): readonly Acl[] {
  const acl = fixupAcl(asked, p.r.authInfo, configOf(p.server).release);
  if (acl === null) throw new RequestError(ErrorCode.INVALIDACL);
  return acl;
}

function requireValid(path: string): void {
  if (validatePath(path) !== null) throw new RequestError(ErrorCode.BADARGUMENTS);
}

/** A soft limit only warns, and that only where hard ones are enforced. */
function requireQuota({ server }: Preparation, path: string, count: number, bytes: number): void {
  if (!configOf(server).enforceQuota) return;
  const excesses = checkQuota(server.db.tree, path, count, bytes);
  if (excesses === null) throw new RequestError(ErrorCode.MARSHALLINGERROR);
  for (const { isHard, warning } of excesses) {
    log(server, 'WARN', 'ZooKeeperServer', `Message:${warning} Value:null`);
    if (!isHard) continue;
    countUp(server, 'quota_exceeded_error_count');
    throw new RequestError(ErrorCode.QUOTAEXCEEDED);
  }
}

/** @returns the version after the change. -1 asks for no check. */
function nextVersion(current: number, expected: number): number {
  if (expected !== -1 && expected !== current) throw new RequestError(ErrorCode.BADVERSION);
  return (current + 1) | 0;
}
