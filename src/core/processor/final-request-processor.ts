/**
 * FinalRequestProcessor: applies what is committed, tells the watchers, and answers the client if
 * it is ours. The watchers are told before any answer that could show the change.
 *
 * Source: server.FinalRequestProcessor (3.9).
 */
import { observe } from '../admin/metrics.ts';
import { ErrorCode } from '../error-code.ts';
import { isPermitted } from '../data-tree/acl.ts';
import type { TxnResult } from '../data-tree/data-tree.ts';
import type { FiredWatch } from '../data-tree/watch-manager.ts';
import { Perms } from '../jute/data.ts';
import { KeeperState, NO_BODY, Xid } from '../jute/proto.ts';
import type { OpResult, ReplyBody, Request } from '../jute/proto.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { applied } from '../quorum/leader.ts';
import { configBytes } from '../quorum/reconfig.ts';
import { finishRequest } from '../request-throttle.ts';
import { forget, touch } from '../session/learner-session-tracker.ts';
import { endLocalSession } from '../session/server-sessions.ts';
import { removeSession, trackSession } from '../session/session-tracker.ts';
import { configOf, log, send, type Server, type ServerRequest } from '../server-context.ts';
import { applyTxn } from '../txn-log/zk-database.ts';
import { formatSessionId, type ConnId, type SessionId } from '../units.ts';
import { closeClient, closeClientOfSession, finishSessionInit } from '../client-connections.ts';
import { elapsedMillis, wallMillis, type ZooKeeperServer } from '../zookeeper-server.ts';
import { ZXID_NONE, type Zxid } from '../zxid.ts';
import { dropChanges } from './outstanding-changes.ts';
import { answerRead, type Reader } from './read-requests.ts';

/** @param request null for another server's write. @param record null for a read. */
export function finalProcess(
  server: Server,
  zks: ZooKeeperServer,
  request: ServerRequest | null,
  record: TxnRecord | null,
): void {
  const result = record === null ? null : apply(server, zks, record);
  endLocalSession(zks, request, record);
  const conn = request?.conn ?? null;
  if (request === null || conn === null) {
    const closed = closedBy(request, record);
    if (closed !== null) closeClientOfSession(server, zks, closed);
    return;
  }
  finishRequest(server, zks, request, record);
  if (zks.cnxns.has(conn)) answer(server, zks, request, conn, record, result);
}

/** The session that nobody here asked to close: it has expired, or it ended at another server. */
function closedBy(request: ServerRequest | null, record: TxnRecord | null): SessionId | null {
  if (record !== null) return record.txn.type === 'closeSession' ? record.header.clientId : null;
  return request?.request.op === 'closeSession' ? request.sessionId : null;
}

function apply(server: Server, zks: ZooKeeperServer, record: TxnRecord): TxnResult {
  const fired: FiredWatch[] = [];
  const result = applyTxn(server, record, fired);
  const { header, txn } = record;
  dropChanges(zks.changes, header.zxid);
  observe(server, 'propagation_latency', wallMillis(server) - header.time);
  if (zks.sessions !== null) {
    if (txn.type === 'createSession') {
      trackSession(zks.sessions, header.clientId, txn.timeOut, elapsedMillis(server));
    } else if (txn.type === 'closeSession') removeSession(zks.sessions, header.clientId);
  }
  if (zks.touchTable !== null) {
    if (txn.type === 'createSession') touch(zks.touchTable, header.clientId, txn.timeOut);
    else if (txn.type === 'closeSession') forget(zks.touchTable, header.clientId);
  }
  if (server.role.name === 'leading') applied(server.role.leader, header.zxid);
  // Releases before 3.9 do not say which transaction an event came from.
  const told = configOf(server).release === '3.8.0' ? ZXID_NONE : header.zxid;
  for (const watch of fired) notify(server, zks, watch, told);
  return result;
}

/** An event about a node that the client may not read is lost, and its watch with it. */
export function notify(server: Server, zks: ZooKeeperServer, watch: FiredWatch, zxid: Zxid): void {
  const { conn, acl, type, path } = watch;
  if (!isPermitted(acl, Perms.READ, zks.cnxns.get(conn)?.authInfo ?? [])) return;
  const state = KeeperState.SyncConnected;
  send(server, conn, { kind: 'notification', zxid, type, state, path });
}

function answer(
  server: Server,
  zks: ZooKeeperServer,
  r: ServerRequest,
  conn: ConnId,
  record: TxnRecord | null,
  result: TxnResult | null,
): void {
  const { op } = r.request;
  if (op === 'createSession') {
    finishSessionInit(server, zks, conn, true);
    return;
  }
  const err = errorOf(r, record, result);
  if (err === ErrorCode.SESSIONMOVED || hasMoved(result)) {
    closeClient(server, zks, conn, 'the session has moved to another server');
  } else if (op === 'ping' && err === ErrorCode.OK) {
    reply(server, conn, op, Xid.PING, err, NO_BODY);
  } else if (op === 'closeSession') {
    reply(server, conn, op, r.cxid, err, NO_BODY);
    log(server, 'INFO', 'NIOServerCnxn', `Closed session ${formatSessionId(r.sessionId)}`);
    closeClient(server, zks, conn, null);
  } else if (err !== ErrorCode.OK) {
    reply(server, conn, op, r.cxid, err, NO_BODY);
  } else if (result !== null) {
    reply(server, conn, op, r.cxid, err, bodyOf(server, op, result));
  } else {
    read(server, zks, r, conn);
  }
}

function read(server: Server, zks: ZooKeeperServer, r: ServerRequest, conn: ConnId): void {
  const reader: Reader = { server, conn, r, missed: [] };
  const { err, body } = answerRead(reader, r.request);
  for (const watch of reader.missed) notify(server, zks, watch, ZXID_NONE);
  reply(server, conn, r.request.op, r.cxid, err, body);
}

/**
 * A failed multi answers OK in its header; which of its operations failed is in the body. What
 * this server found out about a request goes before what the leader made of it.
 */
function errorOf(r: ServerRequest, record: TxnRecord | null, result: TxnResult | null): ErrorCode {
  const own = r.error as ErrorCode;
  if (record === null || own === ErrorCode.SESSIONMOVED) return own;
  if (record.txn.type === 'multi') return ErrorCode.OK;
  return own === ErrorCode.OK ? (result?.err ?? ErrorCode.OK) : own;
}

function hasMoved(result: TxnResult | null): boolean {
  const results = result?.results ?? null;
  return results?.some(({ err }) => err === ErrorCode.SESSIONMOVED) === true;
}

/** What a write that succeeded shows of its outcome. */
function bodyOf(server: Server, op: Request['op'], result: TxnResult): ReplyBody {
  const { path, stat, results } = result;
  switch (op) {
    case 'create':
      return { ...NO_BODY, path };
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      return { ...NO_BODY, path, stat };
    case 'setData':
    case 'setACL':
      return { ...NO_BODY, stat };
    case 'multi':
      return { ...NO_BODY, results: results?.map(opResult) ?? [] };
    case 'reconfig':
      return { ...NO_BODY, data: configBytes(server), stat };
    default:
      return NO_BODY;
  }
}

/** One of a multi, with what the same write alone would show. */
function opResult(result: OpResult): OpResult {
  const { op } = result;
  const isStated = op === 'create2' || op === 'createContainer' || op === 'createTTL';
  const path = op === 'create' || isStated ? result.path : null;
  const stat = op === 'setData' || isStated ? result.stat : null;
  return { ...result, path, stat };
}

function reply(
  server: Server,
  conn: ConnId,
  op: Request['op'],
  xid: number,
  err: ErrorCode,
  body: ReplyBody,
): void {
  const zxid = server.db.tree.lastProcessedZxid;
  send(server, conn, { kind: 'reply', op, xid, zxid, err, body });
}
