/**
 * The connections of clients to a server that serves: the handshake that opens or renews a session,
 * the requests that come in, and the end of a connection, which is not the end of a session.
 *
 * Source: server.ZooKeeperServer.processConnectRequest, processPacket, server.NIOServerCnxn (3.9).
 */
import { count as countUp } from './admin/metrics.ts';
import { processAuth, processSasl } from './client-auth.ts';
import { touchClient } from './client-expiry.ts';
import { requestLength } from './client/packet-length.ts';
import { newCnxnStats } from './cnxn-stats.ts';
import { removeWatchesOf } from './data-tree/watch-manager.ts';
import { OpCode, type ClientMessage, type ConnectRequest, type Request } from './jute/proto.ts';
import { submitRequest } from './processor/pipelines.ts';
import { countRequest, disableRecv, enableRecv, keepForLater } from './request-throttle.ts';
import { resumeHost } from './request-throttle.ts';
import { configOf, hangUp, log, mark, newRequest, noteState, send } from './server-context.ts';
import type { Conn, Server } from './server-context.ts';
import { isLocal, knownToLeader } from './session/local-sessions.ts';
import { createSessionId, heardOf, isGlobalSession, ownByUs } from './session/server-sessions.ts';
import { isPasswordOf, passwordOf } from './session/session-id.ts';
import { formatSessionId, NO_SESSION, type ConnId } from './units.ts';
import type { Millis, SessionId } from './units.ts';
import { wallMillis, type Cnxn, type ZooKeeperServer } from './zookeeper-server.ts';
import { formatZxid } from './zxid.ts';

const LOGGER = 'ZooKeeperServer';
const CNXN_LOGGER = 'NIOServerCnxn';

/** A client has connected. Where nobody serves, its first message will find that out. */
export function onClientConnected(server: Server, { conn, address }: Conn): void {
  const { zks } = server;
  if (zks === null || server.role.name === 'leaving') return;
  zks.cnxns.set(conn, {
    conn,
    address,
    sessionId: NO_SESSION,
    timeOut: 0 as Millis,
    initialized: false,
    established: false,
    authInfo: [{ scheme: 'ip', id: address }],
    outstanding: 0,
    paused: false,
    hostPaused: false,
    inbox: [],
    stats: newCnxnStats(wallMillis(server)),
  });
}

/** A message on a client's connection. */
export function onClientMessage(server: Server, conn: ConnId, message: ClientMessage): void {
  const { zks } = server;
  const cnxn = zks?.cnxns.get(conn);
  if (zks === null || cnxn === undefined || server.role.name === 'leaving') {
    log(server, 'WARN', CNXN_LOGGER, 'Close of session 0x0: ZooKeeperServer not running');
    hangUp(server, conn);
    return;
  }
  if (cnxn.paused || cnxn.inbox.length > 0) keepForLater(server, cnxn, message);
  else readMessage(server, zks, cnxn, message);
}

/** The end of a step: connections that are read again have their messages read. */
export function readWaiting(server: Server): void {
  const { zks } = server;
  if (zks === null) return;
  for (;;) {
    const conn = zks.readable.shift();
    if (conn === undefined) return;
    const cnxn = zks.cnxns.get(conn);
    if (cnxn === undefined) continue;
    while (!cnxn.paused && server.zks === zks && zks.cnxns.has(conn)) {
      const message = cnxn.inbox.shift();
      if (message === undefined) break;
      readMessage(server, zks, cnxn, message);
    }
    if (server.zks !== zks || server.role.name === 'leaving') return;
    if (zks.cnxns.has(conn)) resumeHost(server, cnxn);
  }
}

/** NIOServerCnxn.readPayload: the first message is a ConnectRequest, all others are requests. */
function readMessage(
  server: Server,
  zks: ZooKeeperServer,
  cnxn: Cnxn,
  message: ClientMessage,
): void {
  zks.stats.received++;
  cnxn.stats.received++;
  touchClient(server, cnxn.conn, cnxn.timeOut);
  if (!cnxn.initialized && message.kind === 'connectRequest') {
    onConnectRequest(server, zks, cnxn, message);
  } else if (cnxn.initialized && message.kind === 'request') {
    onRequest(server, zks, cnxn, message.xid, message.request);
  } else if (cnxn.initialized && message.kind === 'connectRequest') {
    // Where a request is expected, its first fields are read as a header.
    const type = Number(message.lastZxidSeen >> 32n);
    onRequest(server, zks, cnxn, message.protocolVersion, { op: 'unknown', type });
  } else {
    closeClient(server, zks, cnxn.conn, `Close of session ${formatSessionId(cnxn.sessionId)}`);
  }
}

/** ZooKeeperServer.processPacket. */
function onRequest(
  server: Server,
  zks: ZooKeeperServer,
  cnxn: Cnxn,
  xid: number,
  request: Request,
): void {
  const { maxBuffer } = configOf(server);
  const length = requestLength(request);
  if (length > maxBuffer) {
    countUp(server, 'large_requests_rejected');
    const what = `A message from /${cnxn.address} with advertised length of ${String(length)}`;
    const text = `${what} is either a malformed message or too large to process (length is greater than jute.maxbuffer=${String(maxBuffer)})`;
    const session = formatSessionId(cnxn.sessionId);
    closeClient(server, zks, cnxn.conn, `Close of session ${session}: Len error. ${text}`);
    return;
  }
  countRequest(server, zks, cnxn, xid);
  if (breaksConnection(request)) {
    closeClient(server, zks, cnxn.conn, `Close of session ${formatSessionId(cnxn.sessionId)}`);
  } else if (request.op === 'auth') {
    if (!processAuth(server, cnxn, xid, request)) closeClient(server, zks, cnxn.conn, null);
  } else if (request.op === 'sasl') {
    processSasl(server, cnxn, xid);
  } else {
    const { conn, sessionId, authInfo } = cnxn;
    const from = { sessionId, cxid: xid, request, conn, owner: 'me', authInfo } as const;
    submitRequest(server, zks, newRequest(server, from));
  }
}

/** What is read before the processors see it, and cannot be: nothing is answered then. */
function breaksConnection(request: Request): boolean {
  if (request.op === 'sasl') return request.token === null;
  if (request.op !== 'unreadable') return false;
  return request.type === OpCode.auth || request.type === OpCode.sasl;
}

/** ZooKeeperServer.processConnectRequest. */
function onConnectRequest(
  server: Server,
  zks: ZooKeeperServer,
  cnxn: Cnxn,
  request: ConnectRequest,
): void {
  countUp(
    server,
    request.sessionId === NO_SESSION ? 'connection_request_count' : 'connection_revalidate_count',
  );
  const refusal = refusalOf(server, zks, cnxn, request);
  if (refusal !== null) {
    log(server, 'INFO', LOGGER, refusal);
    closeClient(server, zks, cnxn.conn, null);
    return;
  }
  const { minSessionTimeout, maxSessionTimeout } = configOf(server);
  const asked = Math.max(request.timeOut, minSessionTimeout);
  cnxn.timeOut = Math.min(asked, maxSessionTimeout) as Millis;
  cnxn.initialized = true;
  touchClient(server, cnxn.conn, cnxn.timeOut);
  disableRecv(cnxn);
  if (request.sessionId === NO_SESSION) {
    createSession(server, zks, cnxn);
    return;
  }
  closeClientOfSession(server, zks, request.sessionId);
  cnxn.sessionId = request.sessionId;
  zks.cnxnOf.set(cnxn.sessionId, cnxn.conn);
  reopenSession(server, zks, cnxn, request.passwd);
}

/** Why a connection is closed without an answer to its ConnectRequest; null where it is not. */
function refusalOf(
  server: Server,
  zks: ZooKeeperServer,
  cnxn: Cnxn,
  request: ConnectRequest,
): string | null {
  const { sessionId, lastZxidSeen } = request;
  const { lastProcessedZxid } = server.db.tree;
  if (zks.kind === 'readonly' && !request.readOnly) {
    mark(server, 'session.not-read-only');
    return `Refusing session request for not-read-only client /${cnxn.address}`;
  }
  if (lastZxidSeen > lastProcessedZxid) {
    mark(server, 'session.client-saw-more');
    return `Refusing session(${formatSessionId(sessionId)}) request for client /${cnxn.address} as it has seen zxid ${formatZxid(lastZxidSeen)} our last zxid is ${formatZxid(lastProcessedZxid)} client must try another server`;
  }
  if (zks.kind === 'readonly' && sessionId !== NO_SESSION) {
    // Its own ensemble could not be told that this session lives.
    const isGlobal = isGlobalSession(server, zks, sessionId);
    if (isGlobal) return `Refusing global session reconnection in RO mode /${cnxn.address}`;
  }
  return null;
}

function createSession(server: Server, zks: ZooKeeperServer, cnxn: Cnxn): void {
  const { timeOut, conn, authInfo } = cnxn;
  cnxn.sessionId = createSessionId(server, zks, timeOut);
  const { sessionId } = cnxn;
  zks.cnxnOf.set(sessionId, conn);
  const request = { op: 'createSession', timeOut } as const;
  const from = { sessionId, cxid: 0, request, conn, owner: 'me', authInfo } as const;
  submitRequest(server, zks, newRequest(server, from));
}

function reopenSession(server: Server, zks: ZooKeeperServer, cnxn: Cnxn, passwd: Uint8Array): void {
  const { sessionId, conn, timeOut, address } = cnxn;
  if (!isPasswordOf(sessionId, passwd)) {
    const session = formatSessionId(sessionId);
    log(server, 'WARN', LOGGER, `Incorrect password from /${address} for session ${session}`);
    finishSessionInit(server, zks, conn, false);
    return;
  }
  const { role } = server;
  const asksLeader = zks.kind === 'follower' || zks.kind === 'observer';
  if (!asksLeader || isLocal(zks.local, sessionId)) {
    const valid = heardOf(server, zks, sessionId, timeOut);
    if (valid) ownByUs(zks, sessionId);
    finishSessionInit(server, zks, conn, valid);
  } else if (role.name === 'learning' && role.learner.conn !== null) {
    log(server, 'INFO', 'Learner', `Revalidating client: ${formatSessionId(sessionId)}`);
    zks.pendingRevalidations.set(sessionId, conn);
    send(server, role.learner.conn, { type: 'REVALIDATE', sessionId, timeOut, valid: null });
  }
}

/**
 * The leader's word on a session that came back to this learner.
 *
 * Differs: ZooKeeper drops what a client asks for, without an answer, while the session that it
 * brought from another server has become a global one only at the leader.
 */
export function finishRevalidation(
  server: Server,
  zks: ZooKeeperServer,
  sessionId: SessionId,
  valid: boolean,
): void {
  const conn = zks.pendingRevalidations.get(sessionId);
  if (conn === undefined) {
    log(server, 'WARN', 'Learner', `Missing session ${formatSessionId(sessionId)} for validation`);
    return;
  }
  zks.pendingRevalidations.delete(sessionId);
  mark(server, 'session.revalidated');
  if (valid && zks.local !== null && !isGlobalSession(server, zks, sessionId)) {
    knownToLeader(zks.local, sessionId);
  }
  finishSessionInit(server, zks, conn, valid);
}

/** ZooKeeperServer.finishSessionInit: the answer to a ConnectRequest. */
export function finishSessionInit(
  server: Server,
  zks: ZooKeeperServer,
  conn: ConnId,
  valid: boolean,
): void {
  const cnxn = zks.cnxns.get(conn);
  if (cnxn === undefined) return;
  send(server, conn, {
    kind: 'connectResponse',
    protocolVersion: 0,
    timeOut: valid ? cnxn.timeOut : (0 as Millis),
    sessionId: valid ? cnxn.sessionId : NO_SESSION,
    passwd: valid ? passwordOf(cnxn.sessionId) : new Uint8Array(16),
    readOnly: zks.kind === 'readonly',
  });
  const id = formatSessionId(cnxn.sessionId);
  if (!valid) {
    mark(server, 'session.invalid');
    log(server, 'INFO', LOGGER, `Invalid session ${id} for client, probably expired`);
    closeClient(server, zks, conn, null);
    return;
  }
  cnxn.established = true;
  log(
    server,
    'INFO',
    LOGGER,
    `Established session ${id} with negotiated timeout ${String(cnxn.timeOut)}`,
  );
  noteState(server);
  enableRecv(zks, cnxn);
}

/** The connection ends; the session lives on until it expires or is closed. */
export function closeClient(
  server: Server,
  zks: ZooKeeperServer,
  conn: ConnId,
  why: string | null,
): void {
  if (why !== null) log(server, 'WARN', CNXN_LOGGER, why);
  forgetClient(server, zks, conn);
  hangUp(server, conn);
}

export function forgetClient(server: Server, zks: ZooKeeperServer, conn: ConnId): void {
  removeWatchesOf(server.db.watches, conn);
  server.db.version++;
  const cnxn = zks.cnxns.get(conn);
  if (cnxn === undefined) return;
  zks.cnxns.delete(conn);
  if (zks.cnxnOf.get(cnxn.sessionId) === conn) zks.cnxnOf.delete(cnxn.sessionId);
}

export function closeClientOfSession(
  server: Server,
  zks: ZooKeeperServer,
  session: SessionId,
): void {
  const conn = zks.cnxnOf.get(session);
  if (conn !== undefined) closeClient(server, zks, conn, null);
}
