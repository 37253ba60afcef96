/**
 * How many connections a server accepts, from one address and in all. One too many is accepted by
 * the operating system and closed by the server at once.
 *
 * Source: server.NIOServerCnxnFactory.AcceptThread.doAccept, ServerCnxnFactory, RateLogger (3.9).
 */
import { count } from './admin/metrics.ts';
import { newClientExpiry } from './client-expiry.ts';
import { configOf, log, type ClientCount, type Conn, type Server } from './server-context.ts';
import type { Micros } from './units.ts';

const LOGGER = 'NIOServerCnxnFactory';

/** The same complaint is logged so often at most, with how many there were. */
const LOG_INTERVAL = 100_000;

export function newClientCount(): ClientCount {
  return {
    total: 0,
    byAddress: new Map(),
    expiry: newClientExpiry(),
    complaint: '',
    complainedAt: 0 as Micros,
    silent: 0,
  };
}

/** Whether a client may stay. What is wrong with it is in the log. */
export function admitsClient(server: Server, { address }: Conn): boolean {
  const { maxClientCnxns, maxCnxns } = configOf(server);
  const { total, byAddress } = server.clients;
  if (maxCnxns > 0 && total >= maxCnxns) {
    complain(server, `Too many connections max allowed is ${String(maxCnxns)}`);
    return false;
  }
  if (maxClientCnxns > 0 && (byAddress.get(address) ?? 0) >= maxClientCnxns) {
    complain(server, `Too many connections from /${address} - max is ${String(maxClientCnxns)}`);
    return false;
  }
  return true;
}

function complain(server: Server, why: string): void {
  count(server, 'connection_rejected');
  const { clients } = server;
  const text = `Error accepting new connection: ${why}`;
  const isNew = text !== clients.complaint;
  clients.silent++;
  if (!isNew && server.now - clients.complainedAt < LOG_INTERVAL) return;
  const times = clients.silent > 1 && !isNew ? `[${String(clients.silent)} times] ` : '';
  log(server, 'WARN', LOGGER, `${times}Message:${text}`);
  clients.complaint = text;
  clients.complainedAt = server.now;
  clients.silent = 0;
}
