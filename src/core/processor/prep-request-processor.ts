/**
 * PrepRequestProcessor: turns a write into a transaction. It gets a zxid, is checked against the
 * tree as it will be, and becomes either what is to be applied or an error transaction: a write
 * that fails takes a zxid all the same. What each kind of write is checked for is in
 * prep-writes.ts.
 *
 * Source: server.PrepRequestProcessor (3.9).
 */
import { CONFIG_PATH, parentOf } from '../data-tree/path.ts';
import { ephemeralsOf } from '../data-tree/data-tree.ts';
import { ErrorCode } from '../error-code.ts';
import { Perms } from '../jute/data.ts';
import { becomesTxn, OpCode, type MultiRequest, type ReconfigRequest } from '../jute/proto.ts';
import type { Request } from '../jute/proto.ts';
import type { Txn, TxnHeader } from '../jute/txn.ts';
import { checkSession, setSessionClosing, trackSession } from '../session/session-tracker.ts';
import { configOf, isMutant, type Server, type ServerRequest } from '../server-context.ts';
import { elapsedMillis, wallMillis, type ZooKeeperServer } from '../zookeeper-server.ts';
import { nextZxid } from '../zxid.ts';
import { pendingNode, rollBack, startChanges } from './outstanding-changes.ts';
import type { ChangeRecord, ChangesBefore } from './outstanding-changes.ts';
import { reconfigTxn } from './prep-reconfig.ts';
import { change, deleteContainerTxn, opInMulti, opTxn, requireNode } from './prep-writes.ts';
import { requirePermitted, requireSession, sessionError, setAclTxn } from './prep-writes.ts';
import type { Preparation } from './prep-writes.ts';
import { RequestError } from './request-error.ts';

/** Sets `record` for a write, `error` for a read of a session that may not read. */
export function prepareRequest(server: Server, zks: ZooKeeperServer, r: ServerRequest): void {
  const { request } = r;
  if (r.isLocal) return;
  if (isWrite(request)) prepareTxn(server, zks, r);
  else r.error = request.op === 'check' ? ErrorCode.UNIMPLEMENTED : sessionError(zks, r);
}

/**
 * Whether a request goes through the leader and takes a zxid: a write does even where what it asks
 * cannot be read.
 */
export function isWrite(request: Request): boolean {
  if (request.op === 'unreadable') return UNREADABLE_WRITES.has(request.type);
  return becomesTxn(request.op);
}

/** The writes that have a body; a reconfiguration is read before it is given a zxid. */
const UNREADABLE_WRITES: ReadonlySet<number> = new Set([
  OpCode.create,
  OpCode.create2,
  OpCode.createContainer,
  OpCode.createTTL,
  OpCode.delete,
  OpCode.deleteContainer,
  OpCode.setData,
  OpCode.setACL,
  OpCode.multi,
]);

function prepareTxn(server: Server, zks: ZooKeeperServer, r: ServerRequest): void {
  zks.lastZxid = nextZxid(zks.lastZxid);
  const header: TxnHeader = {
    clientId: r.sessionId,
    cxid: r.cxid,
    zxid: zks.lastZxid,
    time: wallMillis(server),
  };
  const { changes } = zks;
  startChanges(server.db.tree, changes);
  const txn = txnFor({ server, zks, r, header });
  const hasDigest = configOf(server).digestEnabled && txn.type !== 'error';
  const digest = (BigInt(changes.digestHigh) << 32n) | BigInt(changes.digestLow);
  r.record = { header, txn, digest: hasDigest ? digest : null };
}

function txnFor(p: Preparation): Txn {
  try {
    return p.r.request.op === 'multi' ? multiTxn(p, p.r.request) : oneTxn(p);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { type: 'error', err: error.code };
  }
}

function oneTxn(p: Preparation): Txn {
  const { server, zks, r } = p;
  const { request } = r;
  switch (request.op) {
    case 'createSession':
      if (zks.sessions !== null) {
        trackSession(zks.sessions, r.sessionId, request.timeOut, elapsedMillis(server));
        checkSession(zks.sessions, r.sessionId, r.owner);
      }
      return { type: 'createSession', timeOut: request.timeOut };
    case 'closeSession':
      return closeSessionTxn(p);
    case 'setACL':
      return setAclTxn(p, request);
    case 'deleteContainer':
      return deleteContainerTxn(p, request.path);
    case 'reconfig':
      return configTxn(p, request);
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
    case 'delete':
    case 'setData':
    case 'check':
      return opTxn(p, request);
    case 'unreadable':
      throw new RequestError(ErrorCode.MARSHALLINGERROR);
    default:
      throw new RequestError(ErrorCode.UNIMPLEMENTED);
  }
}

/** All of its operations, or none: each is judged with those before it done. */
function multiTxn(p: Preparation, multi: MultiRequest): Txn {
  const { changes } = p.zks;
  const { zxid } = p.header;
  const before = changesBefore(p, multi);
  const txns: Txn[] = [];
  let failed = false;
  for (const op of multi.ops) {
    if (failed) {
      txns.push({ type: 'error', err: ErrorCode.RUNTIMEINCONSISTENCY });
      continue;
    }
    try {
      txns.push(opTxn(p, opInMulti(op, configOf(p.server).release)));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      rollBack(changes, zxid, before);
      // Not the operation but the request cannot be understood.
      if (error.code === ErrorCode.MARSHALLINGERROR) throw error;
      failed = true;
      for (let i = 0; i < txns.length; i++) txns[i] = { type: 'error', err: ErrorCode.OK };
      txns.push({ type: 'error', err: error.code });
    }
  }
  return { type: 'multi', txns };
}

/** PrepRequestProcessor.getPendingChanges: the paths that a multi touches, and their parents. */
function changesBefore({ zks }: Preparation, multi: MultiRequest): ChangesBefore {
  const { digestHigh, digestLow } = zks.changes;
  const byPath = new Map<string, ChangeRecord | undefined>();
  for (const { path } of multi.ops) {
    byPath.set(path, zks.changes.byPath.get(path));
    if (path.lastIndexOf('/') < 0) continue;
    const parent = parentOf(path);
    byPath.set(parent, zks.changes.byPath.get(parent));
  }
  return { byPath, digestHigh, digestLow };
}

/** What is wrong with the new configuration is prep-reconfig's to say; permission comes last. */
function configTxn(p: Preparation, request: ReconfigRequest): Txn {
  const { server, zks, r, header } = p;
  if (!configOf(server).reconfigEnabled) throw new RequestError(ErrorCode.RECONFIGDISABLED);
  requireSession(p);
  const txn = reconfigTxn(server, zks, r, request, header.zxid);
  const node = requireNode(p, CONFIG_PATH);
  requirePermitted(p, node.acl, Perms.WRITE);
  if (txn.type === 'reconfig') {
    const { data, version } = txn;
    const after = { ...node, data, version, mtime: header.time, mzxid: header.zxid };
    change(p, CONFIG_PATH, node, after);
  }
  return txn;
}

/**
 * The ephemerals of the tree, with those of pending creates and without those being deleted. A
 * parent's pending count of children stays as it was, as in ZooKeeper: a delete of the parent that
 * follows at once fails with NOTEMPTY.
 */
function closeSessionTxn(p: Preparation): Txn {
  const { server, zks, header } = p;
  const { clientId: session, zxid } = header;
  const paths = new Set(ephemeralsOf(server.db.tree, session));
  for (const pending of zks.changes.records) {
    if (pending.node === null) paths.delete(pending.path);
    else if (pending.node.ephemeralOwner === session) paths.add(pending.path);
  }
  for (const path of paths) {
    const parentPath = parentOf(path);
    const parent = pendingNode(server.db.tree, zks.changes, parentPath);
    if (parent !== undefined) change(p, parentPath, parent, { ...parent, pzxid: zxid });
    change(p, path, pendingNode(server.db.tree, zks.changes, path), null);
  }
  if (zks.sessions !== null) setSessionClosing(zks.sessions, session);
  // ZOOKEEPER-3145: each server deleted what it found, and nobody knew what there had been.
  if (isMutant(server, 'close-without-paths')) return { type: 'closeSession', paths: [] };
  return { type: 'closeSession', paths: [...paths] };
}
