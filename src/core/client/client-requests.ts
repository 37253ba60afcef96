/**
 * The requests of a client and the events for its watcher: what does not depend on how the
 * connection comes and goes.
 *
 * Source: org.apache.zookeeper.ClientCnxn (3.9): its queues and its EventThread. Differs: there is
 * no thread for events, so answers and events are told in the order in which they arrived.
 */
import { assert } from '../assert.ts';
import { ErrorCode } from '../error-code.ts';
import { EventType, KeeperState, NO_BODY, Xid } from '../jute/proto.ts';
import type { ConnectRequest, Request, WatchNotification } from '../jute/proto.ts';
import { NO_SESSION } from '../units.ts';
import { ZXID_NONE } from '../zxid.ts';
import type { ClientState } from './client-io.ts';
import { hostName, isAlive, isConnected } from './client-state.ts';
import type {
  Answer,
  AuthData,
  ClientIo,
  ClientPacket,
  Requester,
  ZooKeeperClient,
} from './client-state.ts';
import { registerWatch, removeWatches, setWatchesRequests, takeWatches } from './client-watches.ts';
import { requestLength } from './packet-length.ts';

const XID_MAX = 0x7fff_ffff;

/**
 * Sends a request, or lets it wait for the connection. The answer comes as a signal.
 *
 * @param local Of removeWatches: the watches are forgotten even if no server can be told.
 */
export function submitRequest(
  client: ZooKeeperClient,
  requester: Requester,
  tag: number,
  request: Request,
  io: ClientIo,
  local = false,
): void {
  const packet: ClientPacket = { requester, tag, request, local, xid: 0 };
  if (request.op === 'auth') {
    // As in Java, where addAuthInfo returns at once: only a refusal is heard of, as an event.
    addAuthInfo(client, { scheme: request.scheme, auth: request.auth }, io);
    return finishPacket(client, packet, { ...NO_ANSWER, err: ErrorCode.OK, sent: true }, io);
  }
  if (!isAlive(client) || client.closing) return failPacket(client, packet, io);
  const oversize = requestLength(request);
  if (oversize > client.maxBuffer) {
    const answer = { ...NO_ANSWER, err: ErrorCode.MARSHALLINGERROR, oversize };
    io.signals.push({ kind: 'answer', packet, answer });
    return;
  }
  if (request.op === 'closeSession') client.closing = true;
  client.outgoing.push(packet);
  if (client.link === 'attached') flush(client, io);
}

const NO_ANSWER = { zxid: ZXID_NONE, body: NO_BODY, oversize: 0, sent: false } as const;

/**
 * Remembers it for all connections to come, and says it on this one. What is said before the first
 * connection is said twice on it: once remembered, once as it waited to be sent. So it is in Java.
 */
export function addAuthInfo(client: ZooKeeperClient, data: AuthData, io: ClientIo): void {
  if (!isAlive(client)) return;
  client.authInfo.push(data);
  if (client.closing) return;
  client.outgoing.push(authPacket(data));
  if (client.link === 'attached') flush(client, io);
}

function authPacket({ scheme, auth }: AuthData): ClientPacket {
  return {
    requester: 'session',
    tag: 0,
    request: { op: 'auth', type: 0, scheme, auth },
    local: false,
    xid: Xid.AUTH,
  };
}

/** The first packet of a connection. A session of a read-only server is none elsewhere. */
export function handshake(client: ZooKeeperClient, readOnly: boolean): ConnectRequest {
  return {
    kind: 'connectRequest',
    protocolVersion: 0,
    lastZxidSeen: client.lastZxid,
    timeOut: client.sessionTimeout,
    sessionId: client.seenRwServer ? client.sessionId : NO_SESSION,
    passwd: client.passwd,
    readOnly,
  };
}

/**
 * What a new connection begins with, before all that waits: who the client is, the one added last
 * first, then its watches.
 */
export function primeQueue(client: ZooKeeperClient): void {
  const auths = client.authInfo.map(authPacket).reverse();
  const watches = setWatchesRequests(client.watches, client.lastZxid).map(
    (request): ClientPacket => ({ requester: 'session', tag: 0, request, local: false, xid: 0 }),
  );
  client.outgoing = [...auths, ...watches, ...client.outgoing];
}

export function flush(client: ZooKeeperClient, io: ClientIo): void {
  const conn = client.conn;
  assert(conn !== null && client.link === 'attached', 'requests go out on a living connection');
  for (const packet of client.outgoing) {
    if (packet.xid === 0) packet.xid = takeXid(client);
    const message = { kind: 'request', xid: packet.xid, request: packet.request } as const;
    io.out.push({ kind: 'send', conn, message });
    // The answer to an auth packet has an xid of its own, and no place in the row.
    if (packet.xid !== Xid.AUTH) client.pending.push(packet);
    client.lastSent = io.now;
  }
  client.outgoing.length = 0;
}

/** From 1 up; special xids are negative and never taken. */
function takeXid(client: ZooKeeperClient): number {
  if (client.nextXid === XID_MAX) client.nextXid = 1;
  return client.nextXid++;
}

export function failAll(client: ZooKeeperClient, io: ClientIo): void {
  const lost = [...client.pending, ...client.outgoing];
  client.pending = [];
  client.outgoing = [];
  for (const packet of lost) failPacket(client, packet, io);
}

/** ClientCnxn.conLossPacket. */
function failPacket(client: ZooKeeperClient, packet: ClientPacket, io: ClientIo): void {
  if (packet.xid === Xid.AUTH) return;
  let err: ErrorCode = ErrorCode.CONNECTIONLOSS;
  if (client.state === 'AUTH_FAILED') err = ErrorCode.AUTHFAILED;
  else if (client.state === 'CLOSED') err = ErrorCode.SESSIONEXPIRED;
  finishPacket(client, packet, { ...NO_ANSWER, err, sent: packet.xid !== 0 }, io);
}

/** ClientCnxn.finishPacket: the watches that the outcome sets or removes, then the answer. */
export function finishPacket(
  client: ZooKeeperClient,
  packet: ClientPacket,
  answer: Answer,
  io: ClientIo,
): void {
  const { request, local } = packet;
  let { err } = answer;
  if (request.op === 'removeWatches') {
    const removed = removeWatches(client.watches, request.path, request.type, local, err);
    for (const type of removed.events) watchRemoved(client, type, request.path, err, io);
    err = removed.err;
  } else {
    registerWatch(client.watches, request, err);
  }
  io.signals.push({ kind: 'answer', packet, answer: { ...answer, err } });
}

function watchRemoved(
  client: ZooKeeperClient,
  type: EventType,
  path: string,
  err: number,
  io: ClientIo,
): void {
  const away = err === ErrorCode.CONNECTIONLOSS || err === ErrorCode.SESSIONEXPIRED;
  const state = away ? KeeperState.Disconnected : KeeperState.SyncConnected;
  client.eventState = state;
  const event = { kind: 'notification', zxid: ZXID_NONE, type, state, path } as const;
  io.signals.push({ kind: 'event', event });
}

export function deliver(client: ZooKeeperClient, event: WatchNotification, io: ClientIo): void {
  client.eventState = event.state;
  if (takeWatches(client.watches, event.type, event.path))
    io.signals.push({ kind: 'event', event });
}

/** An event of the session itself, for every watcher. A state is told once. */
export function sessionEvent(client: ZooKeeperClient, state: KeeperState, io: ClientIo): void {
  if (client.eventState === state) return;
  deliver(
    client,
    { kind: 'notification', zxid: ZXID_NONE, type: EventType.None, state, path: '' },
    io,
  );
}

export function setState(client: ZooKeeperClient, state: ClientState, io: ClientIo): void {
  if (client.state === state) return;
  client.state = state;
  const server = isConnected(client) ? client.target : null;
  io.out.push({ kind: 'session', state, sessionId: client.sessionId, server });
}

export function nameOf(client: ZooKeeperClient): string {
  return client.target === null ? 'none' : hostName(client.target);
}

export function log(io: ClientIo, level: 'INFO' | 'WARN' | 'ERROR', message: string): void {
  io.signals.push({ kind: 'log', level, message });
}
