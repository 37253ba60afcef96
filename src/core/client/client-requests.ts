/**
 * The requests of a client and the events for its watcher: what does not depend on how the
 * connection comes and goes.
 *
 * Source: org.apache.zookeeper.ClientCnxn (3.9): its queues and its EventThread. Differs: there is
 * no thread for events, so answers and events are told in the order in which they arrived.
 */
import { assert } from '../assert.ts';
import { ErrorCode } from '../error-code.ts';
import { EventType, NO_BODY } from '../jute/proto.ts';
import type { KeeperState, Request, WatchNotification } from '../jute/proto.ts';
import { ZXID_NONE } from '../zxid.ts';
import type { ClientState } from './client-io.ts';
import { hostName, isAlive } from './client-state.ts';
import type { ClientIo, ClientPacket, Requester, ZooKeeperClient } from './client-state.ts';
import { takeWatches } from './client-watches.ts';
import { requestLength } from './packet-length.ts';

const XID_MAX = 0x7fff_ffff;

/** Sends a request, or lets it wait for the connection. The answer comes as a signal. */
export function submitRequest(
  client: ZooKeeperClient,
  requester: Requester,
  tag: number,
  request: Request,
  io: ClientIo,
): void {
  const packet: ClientPacket = { requester, tag, request, xid: 0 };
  if (!isAlive(client) || client.closing) return failPacket(client, packet, io);
  const length = requestLength(request);
  if (length > client.maxBuffer) {
    const answer = { err: ErrorCode.MARSHALLINGERROR, zxid: ZXID_NONE, body: NO_BODY };
    io.signals.push({
      kind: 'answer',
      packet,
      answer: { ...answer, oversize: length, sent: false },
    });
    return;
  }
  if (request.op === 'closeSession') client.closing = true;
  client.outgoing.push(packet);
  if (client.link === 'attached') flush(client, io);
}

export function flush(client: ZooKeeperClient, io: ClientIo): void {
  const conn = client.conn;
  assert(conn !== null && client.link === 'attached', 'requests go out on a living connection');
  for (const packet of client.outgoing) {
    if (packet.xid === 0) packet.xid = takeXid(client);
    const message = { kind: 'request', xid: packet.xid, request: packet.request } as const;
    io.out.push({ kind: 'send', conn, message });
    client.pending.push(packet);
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
  const err = isAlive(client) ? ErrorCode.CONNECTIONLOSS : ErrorCode.SESSIONEXPIRED;
  const answer = { err, zxid: ZXID_NONE, body: NO_BODY, oversize: 0, sent: packet.xid !== 0 };
  io.signals.push({ kind: 'answer', packet, answer });
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
  const server = state === 'CONNECTED' ? client.target : null;
  io.out.push({ kind: 'session', state, sessionId: client.sessionId, server });
}

export function nameOf(client: ZooKeeperClient): string {
  return client.target === null ? 'none' : hostName(client.target);
}

export function log(io: ClientIo, level: 'INFO' | 'WARN', message: string): void {
  io.signals.push({ kind: 'log', level, message });
}
