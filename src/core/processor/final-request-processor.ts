/**
 * FinalRequestProcessor: applies what is committed, tells the watchers, and answers the client if
 * it is ours. The watchers are told before any answer that could show the change.
 *
 * Source: server.FinalRequestProcessor (3.9).
 */
import { ErrorCode } from '../error-code.ts';
import { statOf } from '../data-tree/data-node.ts';
import { getNode, type TxnResult } from '../data-tree/data-tree.ts';
import { addWatch, setWatches, type FiredWatch } from '../data-tree/watch-manager.ts';
import {
  KeeperState,
  NO_BODY,
  Xid,
  type ReadRequest,
  type ReplyBody,
  type Request,
} from '../jute/proto.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { applied } from '../quorum/leader.ts';
import { forget, touch } from '../session/learner-session-tracker.ts';
import { removeSession, trackSession } from '../session/session-tracker.ts';
import { log, send, type Server, type ServerRequest } from '../server-context.ts';
import { applyTxn } from '../txn-log/zk-database.ts';
import { formatSessionId, type ConnId } from '../units.ts';
import { closeClient, closeClientOfSession, finishSessionInit } from '../client-connections.ts';
import { elapsedMillis, type ZooKeeperServer } from '../zookeeper-server.ts';
import type { Zxid } from '../zxid.ts';
import { dropChanges } from './outstanding-changes.ts';

/** @param request null for another server's write. @param record null for a read. */
export function finalProcess(
  server: Server,
  zks: ZooKeeperServer,
  request: ServerRequest | null,
  record: TxnRecord | null,
): void {
  const result = record === null ? null : apply(server, zks, record);
  const conn = request?.conn ?? null;
  if (request === null || conn === null) {
    if (record?.txn.type === 'closeSession') {
      closeClientOfSession(server, zks, record.header.clientId);
    }
    return;
  }
  answer(server, zks, request, conn, record, result);
}

function apply(server: Server, zks: ZooKeeperServer, record: TxnRecord): TxnResult {
  const fired: FiredWatch[] = [];
  const result = applyTxn(server, record, fired);
  const { header, txn } = record;
  dropChanges(zks.changes, header.zxid);
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
  for (const watch of fired) notify(server, watch, header.zxid);
  return result;
}

function notify(server: Server, watch: FiredWatch, zxid: Zxid): void {
  send(server, watch.conn, {
    kind: 'notification',
    zxid,
    type: watch.type,
    state: KeeperState.SyncConnected,
    path: watch.path,
  });
}

function answer(
  server: Server,
  zks: ZooKeeperServer,
  r: ServerRequest,
  conn: ConnId,
  record: TxnRecord | null,
  result: TxnResult | null,
): void {
  const { request } = r;
  if (request.op === 'createSession') {
    finishSessionInit(server, zks, conn, true);
    return;
  }
  const err = errorOf(r, record, result);
  if (err === ErrorCode.SESSIONMOVED) {
    closeClient(server, zks, conn, 'the session has moved to another server');
    return;
  }
  switch (request.op) {
    case 'ping':
      reply(server, conn, 'ping', Xid.PING, err, NO_BODY);
      return;
    case 'closeSession':
      reply(server, conn, request.op, r.cxid, err, NO_BODY);
      log(server, 'INFO', 'NIOServerCnxn', `Closed session ${formatSessionId(r.sessionId)}`);
      closeClient(server, zks, conn, null);
      return;
    case 'setWatches': {
      const missed = setWatches(server.db.tree, server.db.watches, request, conn);
      server.db.version++;
      for (const watch of missed) notify(server, watch, server.db.tree.lastProcessedZxid);
      reply(server, conn, request.op, r.cxid, err, NO_BODY);
      return;
    }
    case 'sync':
      reply(server, conn, request.op, r.cxid, err, { ...NO_BODY, path: request.path });
      return;
    case 'exists':
    case 'getData':
    case 'getChildren':
    case 'getChildren2':
      if (err === ErrorCode.OK) read(server, conn, r.cxid, request);
      else reply(server, conn, request.op, r.cxid, err, NO_BODY);
      return;
    default:
      reply(server, conn, request.op, r.cxid, err, err === ErrorCode.OK ? bodyOf(result) : NO_BODY);
  }
}

/** A failed multi answers OK in its header; which of its operations failed is in the body. */
function errorOf(r: ServerRequest, record: TxnRecord | null, result: TxnResult | null): ErrorCode {
  if (record === null) return r.error as ErrorCode;
  if (record.txn.type === 'multi') return ErrorCode.OK;
  return result?.err ?? ErrorCode.OK;
}

function bodyOf(result: TxnResult | null): ReplyBody {
  if (result === null) return NO_BODY;
  const { path, stat, results } = result;
  return { ...NO_BODY, path, stat, results };
}

/** exists registers its watch on a missing node too; the others only where they answer. */
function read(server: Server, conn: ConnId, xid: number, request: ReadRequest): void {
  const { tree, watches } = server.db;
  const node = getNode(tree, request.path);
  const watchable = node !== undefined || request.op === 'exists';
  if (request.watch && watchable) {
    const isChildWatch = request.op === 'getChildren' || request.op === 'getChildren2';
    addWatch(isChildWatch ? watches.child : watches.data, request.path, conn);
    server.db.version++;
  }
  if (node === undefined) {
    reply(server, conn, request.op, xid, ErrorCode.NONODE, NO_BODY);
    return;
  }
  const stat = request.op === 'getChildren' ? null : statOf(node);
  const data = request.op === 'getData' ? node.data : null;
  const isList = request.op === 'getChildren' || request.op === 'getChildren2';
  const children = isList ? [...node.children] : null;
  reply(server, conn, request.op, xid, ErrorCode.OK, { ...NO_BODY, stat, data, children });
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
