/**
 * The connections of clients to a server that serves: the handshake that opens or renews a session,
 * the requests that come in, and the end of a connection, which is not the end of a session.
 *
 * Source: server.ZooKeeperServer.processConnectRequest, processPacket, server.NIOServerCnxn (3.9).
 */
import { removeWatchesOf } from './data-tree/watch-manager.ts';
import type { ClientMessage, ConnectRequest, Request } from './jute/proto.ts';
import { submitRequest } from './processor/pipelines.ts';
import { configOf, hangUp, log, noteState, send } from './server-context.ts';
import type { Server } from './server-context.ts';
import { touch } from './session/learner-session-tracker.ts';
import { isPasswordOf, nextSessionId, passwordOf } from './session/session-id.ts';
import { setOwner, touchSession } from './session/session-tracker.ts';
import { formatSessionId, NO_SESSION, type ConnId } from './units.ts';
import type { Millis, SessionId } from './units.ts';
import { elapsedMillis, type Cnxn, type ZooKeeperServer } from './zookeeper-server.ts';
import { formatZxid } from './zxid.ts';

const LOGGER = 'ZooKeeperServer';

/** A message on a client's connection. */
export function onClientMessage(server: Server, conn: ConnId, message: ClientMessage): void {
  const { zks } = server;
  if (zks === null || server.role.name === 'leaving') {
    log(server, 'WARN', 'NIOServerCnxn', 'Close of session 0x0: ZooKeeperServer not running');
    hangUp(server, conn);
    return;
  }
  if (message.kind === 'connectRequest') {
    onConnectRequest(server, zks, conn, message);
    return;
  }
  const cnxn = zks.cnxns.get(conn);
  if (message.kind !== 'request' || cnxn?.established !== true) {
    hangUp(server, conn);
    return;
  }
  if (requestBytes(message.request) > configOf(server).maxBuffer) {
    const text = `Len error. A message from ${formatSessionId(cnxn.sessionId)} is too large to process`;
    closeClient(server, zks, conn, text);
    return;
  }
  submit(server, zks, cnxn, message.xid, message.request);
}

/** Every request proves that its session lives. */
function submit(
  server: Server,
  zks: ZooKeeperServer,
  cnxn: Cnxn,
  cxid: number,
  request: Request,
): void {
  const { conn, sessionId, timeOut } = cnxn;
  if (zks.touchTable !== null) touch(zks.touchTable, sessionId, timeOut);
  else if (zks.sessions !== null) {
    touchSession(zks.sessions, sessionId, timeOut, elapsedMillis(server));
  }
  submitRequest(server, zks, {
    sessionId,
    cxid,
    request,
    conn,
    owner: 'me',
    authInfo: cnxn.authInfo,
    record: null,
    error: 0,
  });
}

/** ZooKeeperServer.processConnectRequest. */
function onConnectRequest(
  server: Server,
  zks: ZooKeeperServer,
  conn: ConnId,
  request: ConnectRequest,
): void {
  const { lastProcessedZxid } = server.db.tree;
  if (request.lastZxidSeen > lastProcessedZxid) {
    log(
      server,
      'INFO',
      LOGGER,
      `Refusing session(0x${request.sessionId.toString(16)}) request for client as it has seen zxid ${formatZxid(request.lastZxidSeen)} our last zxid is ${formatZxid(lastProcessedZxid)} client must try another server`,
    );
    hangUp(server, conn);
    return;
  }
  const { minSessionTimeout, maxSessionTimeout } = configOf(server);
  const asked = Math.max(request.timeOut, minSessionTimeout);
  const timeOut = Math.min(asked, maxSessionTimeout) as Millis;
  const cnxn: Cnxn = {
    conn,
    sessionId: request.sessionId,
    timeOut,
    established: false,
    authInfo: [{ scheme: 'ip', id: server.conns.get(conn)?.address ?? '' }],
  };
  zks.cnxns.set(conn, cnxn);
  if (request.sessionId === NO_SESSION) createSession(server, zks, cnxn);
  else reopenSession(server, zks, cnxn, request.passwd);
}

function createSession(server: Server, zks: ZooKeeperServer, cnxn: Cnxn): void {
  cnxn.sessionId = zks.nextSessionId;
  zks.nextSessionId = nextSessionId(zks.nextSessionId);
  const { sessionId, timeOut, conn } = cnxn;
  zks.cnxnOf.set(sessionId, conn);
  submitRequest(server, zks, {
    sessionId,
    cxid: 0,
    request: { op: 'createSession', timeOut },
    conn,
    owner: 'me',
    authInfo: cnxn.authInfo,
    record: null,
    error: 0,
  });
}

function reopenSession(server: Server, zks: ZooKeeperServer, cnxn: Cnxn, passwd: Uint8Array): void {
  const { sessionId, conn, timeOut } = cnxn;
  closeClientOfSession(server, zks, sessionId);
  zks.cnxns.set(conn, cnxn);
  if (!isPasswordOf(sessionId, passwd)) {
    log(
      server,
      'WARN',
      LOGGER,
      `Incorrect password from client for session ${formatSessionId(sessionId)}`,
    );
    finishSessionInit(server, zks, conn, false);
    return;
  }
  zks.cnxnOf.set(sessionId, conn);
  const { role } = server;
  if (zks.sessions !== null) {
    const now = elapsedMillis(server);
    const valid =
      touchSession(zks.sessions, sessionId, timeOut, now) &&
      setOwner(zks.sessions, sessionId, 'me');
    finishSessionInit(server, zks, conn, valid);
  } else if (role.name === 'learning' && role.learner.conn !== null) {
    zks.pendingRevalidations.set(sessionId, conn);
    send(server, role.learner.conn, { type: 'REVALIDATE', sessionId, timeOut, valid: null });
  }
}

/** The leader's word on a session that came back to this learner. */
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
    readOnly: false,
  });
  const id = formatSessionId(cnxn.sessionId);
  if (!valid) {
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
}

/** The connection ends; the session lives on until it expires or is closed. */
export function closeClient(
  server: Server,
  zks: ZooKeeperServer,
  conn: ConnId,
  why: string | null,
): void {
  if (why !== null) log(server, 'WARN', 'NIOServerCnxn', why);
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

/** What a request takes on the wire, roughly: enough to hold it against jute.maxbuffer. */
function requestBytes(request: Request): number {
  if (request.op === 'multi') return request.ops.reduce((sum, op) => sum + requestBytes(op), 16);
  const data = 'data' in request ? (request.data?.length ?? 0) : 0;
  const path = 'path' in request ? request.path.length : 0;
  return data + path + 40;
}
