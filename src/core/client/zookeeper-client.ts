/**
 * A ZooKeeper client: one session, over whichever server can be reached.
 *
 * Every request is answered exactly once: by the server, or, when the connection is lost, with
 * CONNECTIONLOSS, which says that nobody knows whether it was done; or, when the session is gone,
 * with SESSIONEXPIRED. Requests made while there is no connection wait for the attempt under way:
 * they are sent if it succeeds and fail with it if it fails.
 *
 * Source: org.apache.zookeeper.ClientCnxn, ClientCnxnSocketNIO (3.9). Differs: the state is
 * CONNECTING from the loss of the connection on, where Java says so only after its pause; no SASL,
 * no chroot.
 */
import { assert, unreachable } from '../assert.ts';
import { draw, Purpose } from '../chance.ts';
import { ErrorCode } from '../error-code.ts';
import { KeeperState, Xid } from '../jute/proto.ts';
import type { ClientReply, ConnectResponse, WatchNotification } from '../jute/proto.ts';
import type { Message } from '../quorum/peer-io.ts';
import { formatSessionId, makeConnId, microsToMillis, NO_SESSION } from '../units.ts';
import type { ConnId, Micros, ProcessId } from '../units.ts';
import type { ClientEvent } from './client-io.ts';
import {
  deliver,
  failAll,
  finishPacket,
  flush,
  handshake,
  log,
  nameOf,
  primeQueue,
  sessionEvent,
  setState,
  submitRequest,
} from './client-requests.ts';
import {
  connectTimeout,
  expirationTimeout,
  hostName,
  isAlive,
  readTimeout,
} from './client-state.ts';
import type { ClientIo, ClientPacket, ZooKeeperClient } from './client-state.ts';
import { clearWatches } from './client-watches.ts';
import { hostConnected, nextHost } from './host-provider.ts';
import { replyLength } from './packet-length.ts';
import { SEEK_TIMER, seekNext, startSeek, stepSeek, stopSeek } from './read-write-seek.ts';
import type { FoundServer } from './read-write-seek.ts';

/** Ends the pause before a dial. */
const DIAL_TIMER = 'client.dial';

/** Looks whether a timeout has passed or a ping is due. */
const CHECK_TIMER = 'client.check';

/** After a whole round of failures. */
const SPIN_DELAY = 1_000_000;

/** Before any dial after the first connection, at most so long: or all clients come at once. */
const RECONNECT_DELAY_MAX = 1_000_000;

/** A server hears from an idle client at least so often. */
const MAX_PING_INTERVAL = 10_000_000;

/** A ping is sent so much early by a client that is awake before it is due. */
const PING_SAFETY = 1_000_000;

export function startClient(client: ZooKeeperClient, io: ClientIo): void {
  assert(client.link === 'idle' && isAlive(client), 'a client is started once');
  client.lastHeard = io.now;
  client.lastSent = io.now;
  connectToNext(client, io);
}

/** Events of the network and of timers; others are not for this layer. */
export function stepClient(client: ZooKeeperClient, event: ClientEvent, io: ClientIo): void {
  if (event.kind === 'timer') return onTimer(client, event.name, io);
  if (!('conn' in event)) return;
  if (event.conn === client.seek.conn) {
    const found = stepSeek(client, event, io);
    if (found !== null) moveTo(client, found, io);
    return;
  }
  if (event.conn !== client.conn) return; // Of a connection that was given up.
  switch (event.kind) {
    case 'opened':
      return primeConnection(client, event.conn, io);
    case 'refused':
      return onRefused(client, io);
    case 'closed':
      return onClosed(client, io);
    case 'packet':
      return onPacket(client, event.message, io);
    default:
      return unreachable(event);
  }
}

function onTimer(client: ZooKeeperClient, name: string, io: ClientIo): void {
  if (name === DIAL_TIMER && client.link === 'waiting') dial(client, io);
  if (name === SEEK_TIMER && client.state === 'CONNECTEDREADONLY') seekNext(client, io);
  if (name === CHECK_TIMER) {
    client.checkAt = Infinity;
    checkTimeouts(client, io);
  }
}

/** Ends the session. With no connection it waits for the attempt under way, as any request. */
export function closeClient(client: ZooKeeperClient, io: ClientIo): void {
  submitRequest(client, 'session', 0, { op: 'closeSession' }, io);
}

// Connecting ------------------------------------------------------------------------------------

function connectToNext(client: ZooKeeperClient, io: ClientIo): void {
  const { sid, spin } = nextHost(client.hosts);
  client.target = sid;
  client.link = 'waiting';
  client.conn = null;
  setState(client, 'CONNECTING', io);
  const delay = (spin ? SPIN_DELAY : 0) + (client.firstConnect ? 0 : reconnectDelay(client));
  if (delay === 0) dial(client, io);
  else io.out.push({ kind: 'setTimer', name: DIAL_TIMER, after: delay as Micros });
}

function reconnectDelay(client: ZooKeeperClient): number {
  const bits = draw(client.seed, Purpose.reconnectDelay, client.process, client.waits);
  client.waits++;
  return bits % RECONNECT_DELAY_MAX;
}

function dial(client: ZooKeeperClient, io: ClientIo): void {
  const sid = client.target;
  assert(sid !== null, 'a server is chosen before it is dialled');
  client.conn = makeConnId(client.process, 0, client.dials++);
  client.link = 'dialling';
  client.lastSent = io.now;
  log(io, 'INFO', `Opening socket connection to server ${hostName(sid)}.`);
  const to: number = sid;
  io.out.push({ kind: 'connect', conn: client.conn, to: to as ProcessId, port: 'client' });
  checkTimeouts(client, io);
}

/** ClientCnxn.SendThread.primeConnection: the first packets of a new connection. */
function primeConnection(client: ZooKeeperClient, conn: ConnId, io: ClientIo): void {
  assert(client.link === 'dialling', 'a connection opens once');
  client.link = 'handshake';
  client.firstConnect = false;
  client.lastHeard = io.now;
  client.lastSent = io.now;
  log(io, 'INFO', `Socket connection established, initiating session, server: ${nameOf(client)}`);
  io.out.push({ kind: 'send', conn, message: handshake(client, client.readOnly) });
  primeQueue(client);
  checkTimeouts(client, io);
}

function onConnectResponse(client: ZooKeeperClient, response: ConnectResponse, io: ClientIo): void {
  if (response.timeOut <= 0) return onExpired(client, io);
  client.negotiatedTimeout = response.timeOut;
  client.sessionId = response.sessionId;
  client.passwd = response.passwd;
  client.link = 'attached';
  client.lastHeard = io.now;
  hostConnected(client.hosts);
  const { readOnly } = response;
  if (readOnly && !client.readOnly) {
    log(io, 'ERROR', 'Read/write client got connected to read-only server');
  }
  setState(client, readOnly ? 'CONNECTEDREADONLY' : 'CONNECTED', io);
  if (!readOnly) client.seenRwServer = true;
  log(
    io,
    'INFO',
    `Session establishment complete on server ${nameOf(client)}, session id = ` +
      `${formatSessionId(client.sessionId)}, negotiated timeout = ${response.timeOut}` +
      (readOnly ? ' (READ-ONLY mode)' : ''),
  );
  sessionEvent(client, readOnly ? KeeperState.ConnectedReadOnly : KeeperState.SyncConnected, io);
  flush(client, io);
  if (readOnly) startSeek(client, io);
  checkTimeouts(client, io);
}

/** A server that takes writes has answered: the read-only one is left for it. */
function moveTo(client: ZooKeeperClient, found: FoundServer, io: ClientIo): void {
  leaveConnection(client, `Majority server found at ${hostName(found.target)}`, io);
  client.conn = found.conn;
  client.target = found.target;
  client.link = 'handshake';
  setState(client, 'CONNECTING', io);
  primeQueue(client);
  onConnectResponse(client, found.response, io);
}

// Traffic ---------------------------------------------------------------------------------------

function onPacket(client: ZooKeeperClient, message: Message, io: ClientIo): void {
  if (client.link === 'handshake') {
    if ('kind' in message && message.kind === 'connectResponse') {
      return onConnectResponse(client, message, io);
    }
    // A server without a quorum refuses to make a session with a reply, where the answer to the
    // ConnectRequest should be. Java fails to read it as that.
    return loseConnection(client, 'The answer is no ConnectResponse', io);
  }
  assert(client.link === 'attached', 'packets come after the handshake');
  assert(
    'kind' in message && (message.kind === 'reply' || isWatchNotification(message)),
    'a server sends its clients replies and notifications',
  );
  client.lastHeard = io.now;
  if (message.kind === 'reply') onReply(client, message, io);
  else deliver(client, message, io);
  if (client.link === 'attached') pingIfDue(client, PING_SAFETY, io);
}

/** FastLeaderElection has notifications, too. */
function isWatchNotification(message: Message): message is WatchNotification {
  return 'kind' in message && message.kind === 'notification' && 'path' in message;
}

function onReply(client: ZooKeeperClient, reply: ClientReply, io: ClientIo): void {
  if (reply.xid === Xid.PING) return;
  if (reply.xid === Xid.AUTH) {
    if (reply.err === ErrorCode.AUTHFAILED) onAuthFailed(client, io);
    return;
  }
  const isLong = reply.body.data !== null || reply.body.children !== null;
  const length = isLong ? replyLength(reply) : 0;
  if (length > client.maxBuffer) {
    return loseConnection(client, `Packet len ${length} is out of range!`, io);
  }
  const packet = client.pending[0];
  if (packet?.xid !== reply.xid) return loseConnection(client, outOfOrder(reply, packet), io);
  client.pending.shift();
  if (reply.zxid > 0n) client.lastZxid = reply.zxid;
  const { err, zxid, body } = reply;
  finishPacket(client, packet, { err, zxid, body, oversize: 0, sent: true }, io);
  if (packet.request.op === 'closeSession') endSession(client, KeeperState.Closed, io);
}

/** Nobody knows what has become of the requests, so all that were asked fail with the connection. */
function outOfOrder(reply: ClientReply, expected: ClientPacket | undefined): string {
  const { xid, err } = reply;
  if (expected === undefined) return `Nothing in the queue, but got ${String(xid)}`;
  const got = `Got Xid ${String(xid)} with err ${String(err)}`;
  return `Xid out of order. ${got}, expected Xid ${String(expected.xid)}`;
}

// Time ------------------------------------------------------------------------------------------

/**
 * Gives up on silence, pings, and arms the timer for the next look. The timer is not moved with
 * every packet: it fires at the earliest moment that could matter and then looks again.
 */
function checkTimeouts(client: ZooKeeperClient, io: ClientIo): void {
  if (client.link === 'idle' || client.link === 'waiting') return;
  if (client.sessionId !== NO_SESSION && io.now >= client.lastHeard + expirationTimeout(client)) {
    log(io, 'WARN', `Client session timed out, ${silence(client, io.now)}`);
    return endSession(client, KeeperState.Expired, io);
  }
  const attached = client.link === 'attached';
  const giveUpAt = attached
    ? client.lastHeard + readTimeout(client)
    : client.lastSent + connectTimeout(client);
  if (io.now >= giveUpAt) {
    return loseConnection(client, `Client connection timed out, ${silence(client, io.now)}`, io);
  }
  if (!attached) return armCheck(client, giveUpAt, io);
  pingIfDue(client, 0, io);
  armCheck(client, Math.min(giveUpAt, client.lastSent + readTimeout(client) / 2), io);
}

function silence(client: ZooKeeperClient, now: Micros): string {
  const millis = microsToMillis((now - client.lastHeard) as Micros);
  const id = formatSessionId(client.sessionId);
  return `have not heard from server in ${millis}ms for session id ${id}`;
}

/** @param safety A ping is sent so much early, by one who is awake anyway: on a packet. */
function pingIfDue(client: ZooKeeperClient, safety: number, io: ClientIo): void {
  const idle = io.now - client.lastSent;
  const early = idle > PING_SAFETY ? safety : 0;
  if (idle + early < readTimeout(client) / 2 && idle <= MAX_PING_INTERVAL) return;
  const conn = client.conn;
  assert(conn !== null, 'an attached client has a connection');
  const message = { kind: 'request', xid: Xid.PING, request: { op: 'ping' } } as const;
  io.out.push({ kind: 'send', conn, message });
  client.lastSent = io.now;
}

function armCheck(client: ZooKeeperClient, at: number, io: ClientIo): void {
  if (client.checkAt <= at) return;
  client.checkAt = at;
  const after = Math.ceil(at - io.now) as Micros;
  io.out.push({ kind: 'setTimer', name: CHECK_TIMER, after });
}

// Losing and ending -----------------------------------------------------------------------------

function onRefused(client: ZooKeeperClient, io: ClientIo): void {
  client.conn = null;
  loseConnection(client, 'Connection refused', io);
}

function onClosed(client: ZooKeeperClient, io: ClientIo): void {
  const id = formatSessionId(client.sessionId);
  const ended = `Unable to read additional data from server sessionid ${id}`;
  const why =
    client.link === 'handshake'
      ? 'the server does not serve now, or has not yet seen what this client has'
      : 'likely server has closed socket';
  client.conn = null;
  loseConnection(client, `${ended}, ${why}`, io);
}

/** The connection is no more, and the next server's turn comes. */
function loseConnection(client: ZooKeeperClient, reason: string, io: ClientIo): void {
  leaveConnection(client, reason, io);
  if (client.closing) endSession(client, KeeperState.Closed, io);
  else connectToNext(client, io);
}

/** All that was asked on the connection fails with it. */
function leaveConnection(client: ZooKeeperClient, reason: string, io: ClientIo): void {
  const next = client.closing ? '' : ' Attempting reconnect.';
  log(
    io,
    'WARN',
    `Session ${formatSessionId(client.sessionId)} for server ${nameOf(client)}, Closing socket ` +
      `connection.${next} ${reason}`,
  );
  hangUp(client, io);
  client.link = 'waiting';
  failAll(client, io);
  sessionEvent(client, KeeperState.Disconnected, io);
}

/** The server does not believe the client who it is: the session cannot be used any more. */
function onAuthFailed(client: ZooKeeperClient, io: ClientIo): void {
  hangUp(client, io);
  client.link = 'idle';
  setState(client, 'AUTH_FAILED', io);
  sessionEvent(client, KeeperState.AuthFailed, io);
  failAll(client, io);
  clearWatches(client.watches);
  io.signals.push({ kind: 'over' });
}

/** The server says that the session is no more. */
function onExpired(client: ZooKeeperClient, io: ClientIo): void {
  const id = formatSessionId(client.sessionId);
  log(io, 'WARN', `Unable to reconnect to ZooKeeper service, session ${id} has expired`);
  endSession(client, client.closing ? KeeperState.Closed : KeeperState.Expired, io);
}

function endSession(client: ZooKeeperClient, state: KeeperState, io: ClientIo): void {
  hangUp(client, io);
  client.link = 'idle';
  setState(client, 'CLOSED', io);
  failAll(client, io);
  sessionEvent(client, state, io);
  clearWatches(client.watches);
  if (state === KeeperState.Closed) {
    log(io, 'INFO', `Session: ${formatSessionId(client.sessionId)} closed`);
  }
  io.signals.push({ kind: 'over' });
}

function hangUp(client: ZooKeeperClient, io: ClientIo): void {
  if (client.conn !== null) io.out.push({ kind: 'close', conn: client.conn });
  client.conn = null;
  stopSeek(client, io);
  if (client.checkAt !== Infinity) io.out.push({ kind: 'clearTimer', name: CHECK_TIMER });
  client.checkAt = Infinity;
}
