/**
 * Connections on which nothing has passed for as long as their session may be silent are closed,
 * and those without a session after ten seconds. The session is not touched by that.
 *
 * Source: server.NIOServerCnxnFactory.ConnectionExpirerThread, touchCnxn (3.9). Differs: a packet
 * counts when all of it is there, not each of its pieces.
 */
import { closeClient } from './client-connections.ts';
import { hangUp, setTimer, type Server } from './server-context.ts';
import { newExpiryQueue, pollExpired, roundToNextInterval } from './session/expiry-queue.ts';
import { updateExpiry, type ExpiryQueue } from './session/expiry-queue.ts';
import { microsToMillis, type ConnId, type Millis } from './units.ts';

/** zookeeper.nio.sessionlessCnxnTimeout, which is the interval of the queue as well. */
const SESSIONLESS_TIMEOUT = 10_000 as Millis;

const TIMER = 'cnxnExpiry';

export function newClientExpiry(): ExpiryQueue<ConnId> {
  return newExpiryQueue(SESSIONLESS_TIMEOUT);
}

/** Something has passed. @param timeOut that of its session; 0 while there is none. */
export function touchClient(server: Server, conn: ConnId, timeOut: Millis): void {
  const now = microsToMillis(server.now);
  const { expiry } = server.clients;
  updateExpiry(expiry, conn, timeOut === 0 ? SESSIONLESS_TIMEOUT : timeOut, now);
  if (!server.timers.has(TIMER)) armTimer(server, now);
}

function armTimer(server: Server, now: Millis): void {
  setTimer(server, TIMER, roundToNextInterval(SESSIONLESS_TIMEOUT, now) - now);
}

/** An interval has ended. */
export function onClientExpiry(server: Server): void {
  const { clients, zks } = server;
  const now = microsToMillis(server.now);
  for (const conn of pollExpired(clients.expiry, now)) {
    if (zks !== null) closeClient(server, zks, conn, null);
    else hangUp(server, conn);
  }
  if (clients.expiry.deadlines.size > 0) armTimer(server, now);
}
