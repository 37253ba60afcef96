/**
 * PrepRequestProcessor: turns a write into a transaction. It gets a zxid, is checked against the
 * tree as it will be, and becomes either what is to be applied or an error transaction: a write
 * that fails takes a zxid all the same.
 *
 * Source: server.PrepRequestProcessor (3.9), without ACL checks, quotas and reconfiguration.
 */
import { ErrorCode } from '../error-code.ts';
import { TTL_MAX } from '../data-tree/data-node.ts';
import { ephemeralsOf } from '../data-tree/data-tree.ts';
import { isSpecialPath, parentOf } from '../data-tree/path.ts';
import { validatePath, validatePathLoosely } from '../data-tree/path.ts';
import {
  becomesTxn,
  CreateMode,
  type CreateRequest,
  type MultiOp,
  type MultiRequest,
} from '../jute/proto.ts';
import type { Txn, TxnHeader } from '../jute/txn.ts';
import { checkSession, setSessionClosing, trackSession } from '../session/session-tracker.ts';
import { configOf, type Server, type ServerRequest } from '../server-context.ts';
import { elapsedMillis, wallMillis, type ZooKeeperServer } from '../zookeeper-server.ts';
import { NO_SESSION, type SessionId } from '../units.ts';
import { nextZxid, type Zxid } from '../zxid.ts';
import { addChange, pendingNode, rollBack } from './outstanding-changes.ts';
import type { ChangeRecord, PendingNode } from './outstanding-changes.ts';

/** What a check finds wrong. Thrown and caught within this file's processRequest. */
class RequestError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(String(code));
    this.code = code;
  }
}

/** Sets `record` for a write, `error` for a read of a session that may not read. */
export function prepareRequest(server: Server, zks: ZooKeeperServer, r: ServerRequest): void {
  const { op } = r.request;
  if (becomesTxn(op)) prepareTxn(server, zks, r);
  else r.error = op === 'check' ? ErrorCode.UNIMPLEMENTED : sessionError(zks, r);
}

function prepareTxn(server: Server, zks: ZooKeeperServer, r: ServerRequest): void {
  zks.lastZxid = nextZxid(zks.lastZxid);
  const header: TxnHeader = {
    clientId: r.sessionId,
    cxid: r.cxid,
    zxid: zks.lastZxid,
    time: wallMillis(server),
  };
  r.record = { header, txn: txnFor(server, zks, r, header), digest: null };
}

function txnFor(server: Server, zks: ZooKeeperServer, r: ServerRequest, header: TxnHeader): Txn {
  try {
    return r.request.op === 'multi'
      ? multiTxn(server, zks, r, r.request, header)
      : oneTxn(server, zks, r, header.zxid);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { type: 'error', err: error.code };
  }
}

function oneTxn(server: Server, zks: ZooKeeperServer, r: ServerRequest, zxid: Zxid): Txn {
  const { request } = r;
  switch (request.op) {
    case 'createSession':
      if (zks.sessions !== null) {
        trackSession(zks.sessions, r.sessionId, request.timeOut, elapsedMillis(server));
        checkSession(zks.sessions, r.sessionId, r.owner);
      }
      return { type: 'createSession', timeOut: request.timeOut };
    case 'closeSession':
      return closeSessionTxn(server, zks, r.sessionId, zxid);
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
    case 'delete':
    case 'setData':
    case 'check':
      return opTxn(server, zks, r, request, zxid);
    default:
      throw new RequestError(ErrorCode.UNIMPLEMENTED);
  }
}

/** All of its operations, or none: each is judged with those before it done. */
function multiTxn(
  server: Server,
  zks: ZooKeeperServer,
  r: ServerRequest,
  multi: MultiRequest,
  header: TxnHeader,
): Txn {
  const { zxid } = header;
  const before = changesBefore(zks, multi);
  const txns: Txn[] = [];
  let failed = false;
  for (const op of multi.ops) {
    if (failed) {
      txns.push({ type: 'error', err: ErrorCode.RUNTIMEINCONSISTENCY });
      continue;
    }
    try {
      txns.push(opTxn(server, zks, r, op, zxid));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      failed = true;
      for (let i = 0; i < txns.length; i++) txns[i] = { type: 'error', err: ErrorCode.OK };
      txns.push({ type: 'error', err: error.code });
      rollBack(zks.changes, zxid, before);
    }
  }
  return { type: 'multi', txns };
}

/** PrepRequestProcessor.getPendingChanges: the paths that a multi touches, and their parents. */
function changesBefore(
  zks: ZooKeeperServer,
  multi: MultiRequest,
): ReadonlyMap<string, ChangeRecord | undefined> {
  const before = new Map<string, ChangeRecord | undefined>();
  for (const { path } of multi.ops) {
    before.set(path, zks.changes.byPath.get(path));
    if (path.lastIndexOf('/') < 0) continue;
    const parent = parentOf(path);
    before.set(parent, zks.changes.byPath.get(parent));
  }
  return before;
}

/** The mode of a create is judged before the session, all else after it. */
function opTxn(
  server: Server,
  zks: ZooKeeperServer,
  r: ServerRequest,
  op: MultiOp,
  zxid: Zxid,
): Txn {
  const mode = 'flags' in op ? createModeOf(server, op) : null;
  requireSession(zks, r);
  switch (op.op) {
    case 'delete':
      return deleteTxn(server, zks, op.path, op.version, zxid);
    case 'setData': {
      requireValid(op.path);
      const node = requireNode(server, zks, op.path);
      const version = checkVersion(node.version, op.version);
      addChange(zks.changes, { zxid, path: op.path, node: { ...node, version } });
      return { type: 'setData', path: op.path, data: op.data, version };
    }
    case 'check': {
      requireValid(op.path);
      const node = requireNode(server, zks, op.path);
      const version = checkVersion(node.version, op.version);
      return { type: 'check', path: op.path, version };
    }
    default:
      return createTxn(server, zks, op, mode ?? createModeOf(server, op), r.sessionId, zxid);
  }
}

/** PrepRequestProcessor.pRequest2TxnCreate. */
function createTxn(
  server: Server,
  zks: ZooKeeperServer,
  op: CreateRequest,
  mode: Mode,
  session: SessionId,
  zxid: Zxid,
): Txn {
  if (validatePathLoosely(op.path) !== null) throw new RequestError(ErrorCode.BADARGUMENTS);
  if (op.acl.length === 0) throw new RequestError(ErrorCode.INVALIDACL);
  const parentPath = parentOf(op.path);
  const parent = requireNode(server, zks, parentPath);
  const path = mode.sequential ? op.path + sequenceSuffix(parent.cversion) : op.path;
  requireValid(path);
  if (pendingNode(server.db.tree, zks.changes, path) !== undefined) {
    throw new RequestError(ErrorCode.NODEEXISTS);
  }
  if (isEphemeralOwner(parent.ephemeralOwner)) {
    throw new RequestError(ErrorCode.NOCHILDRENFOREPHEMERALS);
  }
  const parentCVersion = (parent.cversion + 1) | 0;
  const { data, acl } = op;
  addChange(zks.changes, {
    zxid,
    path: parentPath,
    node: { ...parent, childCount: parent.childCount + 1, cversion: parentCVersion },
  });
  addChange(zks.changes, {
    zxid,
    path,
    node: {
      acl,
      version: 0,
      cversion: 0,
      aversion: 0,
      ephemeralOwner: mode.ephemeral ? session : NO_SESSION,
      childCount: 0,
    },
  });
  if (op.op === 'createContainer') {
    return { type: 'createContainer', path, data, acl, parentCVersion };
  }
  if (op.op === 'createTTL') {
    return { type: 'createTTL', path, data, acl, parentCVersion, ttl: op.ttl };
  }
  return { type: 'create', path, data, acl, ephemeral: mode.ephemeral, parentCVersion };
}

interface Mode {
  readonly ephemeral: boolean;
  readonly sequential: boolean;
}

function createModeOf(server: Server, op: CreateRequest): Mode {
  const ttl =
    op.flags === CreateMode.PERSISTENT_WITH_TTL ||
    op.flags === CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL;
  const known = op.flags >= CreateMode.PERSISTENT && op.flags <= 6;
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

function isEphemeralOwner(owner: SessionId): boolean {
  if (owner === NO_SESSION) return false;
  const top = BigInt.asUintN(64, owner) >> 56n;
  return BigInt.asUintN(64, owner) !== 1n << 63n && top !== 0xffn;
}

function deleteTxn(
  server: Server,
  zks: ZooKeeperServer,
  path: string,
  version: number,
  zxid: Zxid,
): Txn {
  if (path.lastIndexOf('/') < 0 || path.includes('\0') || isSpecialPath(path)) {
    throw new RequestError(ErrorCode.BADARGUMENTS);
  }
  const parentPath = parentOf(path);
  const parent = requireNode(server, zks, parentPath);
  const node = requireNode(server, zks, path);
  checkVersion(node.version, version);
  if (node.childCount > 0) throw new RequestError(ErrorCode.NOTEMPTY);
  addChange(zks.changes, {
    zxid,
    path: parentPath,
    node: { ...parent, childCount: parent.childCount - 1 },
  });
  addChange(zks.changes, { zxid, path, node: null });
  return { type: 'delete', path };
}

/** The ephemerals of the tree, with those of pending creates and without those being deleted. */
function closeSessionTxn(
  server: Server,
  zks: ZooKeeperServer,
  session: SessionId,
  zxid: Zxid,
): Txn {
  const paths = new Set(ephemeralsOf(server.db.tree, session));
  for (const change of zks.changes.records) {
    if (change.node === null) paths.delete(change.path);
    else if (change.node.ephemeralOwner === session) paths.add(change.path);
  }
  for (const path of paths) addChange(zks.changes, { zxid, path, node: null });
  if (zks.sessions !== null) setSessionClosing(zks.sessions, session);
  return { type: 'closeSession', paths: [...paths] };
}

function requireSession(zks: ZooKeeperServer, r: ServerRequest): void {
  const code = sessionError(zks, r);
  if (code !== ErrorCode.OK) throw new RequestError(code);
}

/** SessionTrackerImpl.checkSession, as the client is to see it. */
function sessionError(zks: ZooKeeperServer, r: ServerRequest): ErrorCode {
  if (zks.sessions === null) return ErrorCode.OK;
  const verdict = checkSession(zks.sessions, r.sessionId, r.owner);
  if (verdict === 'ok') return ErrorCode.OK;
  return verdict === 'moved' ? ErrorCode.SESSIONMOVED : ErrorCode.SESSIONEXPIRED;
}

function requireValid(path: string): void {
  if (validatePath(path) !== null) throw new RequestError(ErrorCode.BADARGUMENTS);
}

function requireNode(server: Server, zks: ZooKeeperServer, path: string): PendingNode {
  const node = pendingNode(server.db.tree, zks.changes, path);
  if (node === undefined) throw new RequestError(ErrorCode.NONODE);
  return node;
}

/** @returns the version after the change. -1 asks for no check. */
function checkVersion(current: number, expected: number): number {
  if (expected !== -1 && expected !== current) throw new RequestError(ErrorCode.BADVERSION);
  return (current + 1) | 0;
}
