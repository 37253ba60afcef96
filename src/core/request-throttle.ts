/**
 * How much a server takes on: it reads no further from a connection that has requests under way
 * while more than globalOutstandingLimit are in process in all, and not during the handshake.
 *
 * What comes in on a connection that is not read waits here, in order, as it would in the socket.
 * The host is told with `recv` as soon as something waits, so no more than what was already on
 * its way piles up.
 *
 * Source: server.ServerCnxn.incrOutstandingAndCheckThrottle, decrOutstandingAndCheckThrottle,
 * ZooKeeperServer.shouldThrottle, LeaderZooKeeperServer.getGlobalOutstandingLimit,
 * FollowerZooKeeperServer.getGlobalOutstandingLimit (3.9).
 */
import { observe } from './admin/metrics.ts';
import { touchClient } from './client-expiry.ts';
import { countLatency, opLabel } from './cnxn-stats.ts';
import { ErrorCode } from './error-code.ts';
import type { ClientMessage } from './jute/proto.ts';
import type { TxnRecord } from './jute/txn.ts';
import type { Message } from './quorum/peer-io.ts';
import { configOf, type Server, type ServerRequest } from './server-context.ts';
import { microsToMillis, type ConnId } from './units.ts';
import type { Cnxn, ZooKeeperServer } from './zookeeper-server.ts';

/** A request has come in. Those with an xid of 0 and below are not counted. */
export function countRequest(server: Server, zks: ZooKeeperServer, cnxn: Cnxn, xid: number): void {
  if (xid <= 0) return;
  cnxn.outstanding++;
  if (shouldThrottle(server, zks, cnxn)) disableRecv(cnxn);
}

/** `send` tells of everything that goes out to a client. */
export function noteSent(server: Server, conn: ConnId, message: Message): void {
  const { zks } = server;
  const cnxn = zks?.cnxns.get(conn);
  if (zks === null || cnxn === undefined) return;
  zks.stats.sent++;
  cnxn.stats.sent++;
  touchClient(server, conn, cnxn.timeOut);
  if (!('kind' in message) || message.kind !== 'reply' || message.xid <= 0) return;
  cnxn.outstanding--;
  if (cnxn.established && !shouldThrottle(server, zks, cnxn)) enableRecv(zks, cnxn);
}

function shouldThrottle(server: Server, zks: ZooKeeperServer, cnxn: Cnxn): boolean {
  return cnxn.outstanding > 0 && zks.inProcess > outstandingLimit(server, zks);
}

/** A leader and its followers share the limit; an observer has all of it. */
export function outstandingLimit(server: Server, zks: ZooKeeperServer): number {
  const { globalOutstandingLimit } = configOf(server);
  if (globalOutstandingLimit === 0) return Infinity;
  if (zks.kind !== 'leader' && zks.kind !== 'follower') return globalOutstandingLimit;
  const quorumSize = server.quorumVerifier.voters.length;
  return Math.trunc(globalOutstandingLimit / (quorumSize > 2 ? quorumSize - 1 : 1));
}

export function disableRecv(cnxn: Cnxn): void {
  cnxn.paused = true;
}

/** What waits is read when the present step is done. */
export function enableRecv(zks: ZooKeeperServer, cnxn: Cnxn): void {
  if (!cnxn.paused) return;
  cnxn.paused = false;
  if (cnxn.inbox.length > 0) zks.readable.push(cnxn.conn);
}

/** A message on a connection that is not read. */
export function keepForLater(server: Server, cnxn: Cnxn, message: ClientMessage): void {
  cnxn.inbox.push(message);
  if (cnxn.hostPaused) return;
  cnxn.hostPaused = true;
  server.out.push({ kind: 'recv', conn: cnxn.conn, enabled: false });
}

/** Everything that waited is read: the host may go on. */
export function resumeHost(server: Server, cnxn: Cnxn): void {
  if (!cnxn.hostPaused || cnxn.paused || cnxn.inbox.length > 0) return;
  cnxn.hostPaused = false;
  server.out.push({ kind: 'recv', conn: cnxn.conn, enabled: true });
}

/**
 * FinalRequestProcessor is done with a client's request: it is no longer in process, and how long
 * it took is counted. To be called before its answer is sent.
 */
export function finishRequest(
  server: Server,
  zks: ZooKeeperServer,
  r: ServerRequest,
  record: TxnRecord | null,
): void {
  if (r.conn === null) return;
  zks.inProcess--;
  const err = failureOf(r, record);
  if (err === ErrorCode.SESSIONMOVED) return;
  const now = microsToMillis(server.now);
  const elapsed = now - microsToMillis(r.createdAt);
  countLatency(zks.stats.latency, elapsed);
  observe(server, record === null ? 'readlatency' : 'updatelatency', elapsed);
  const stats = zks.cnxns.get(r.conn)?.stats;
  if (stats === undefined) return;
  if (r.cxid >= 0) stats.lastCxid = r.cxid;
  stats.lastZxid = server.db.tree.lastProcessedZxid;
  stats.lastOp = err === ErrorCode.OK ? opLabel(r.request.op) : 'NA';
  stats.lastResponseTime = now;
  stats.lastLatency = elapsed;
  countLatency(stats.latency, elapsed);
}

/** What was found wrong before FinalRequestProcessor looked at the request itself. */
function failureOf(r: ServerRequest, record: TxnRecord | null): number {
  if (record?.txn.type === 'error') return record.txn.err;
  return r.request.op === 'multi' && r.error !== ErrorCode.SESSIONMOVED ? ErrorCode.OK : r.error;
}
