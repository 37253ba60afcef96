/**
 * Names for connections. A server names those that it dials by itself (see makeConnId); those that
 * come in over TCP get a name here, in ranges of their own, so that a name tells what it is.
 */
import { makeConnId, type ConnId, type ProcessId } from '../core/units.ts';

/** Servers have the process ids 1..254. */
const CLIENTS = 1000 as ProcessId;
const STRANGERS = 2000 as ProcessId;

const FIRST_CLIENT = makeConnId(CLIENTS, 0, 0);
const FIRST_STRANGER = makeConnId(STRANGERS, 0, 0);

/** Stands for all clients, whose number is not known before they speak. */
export const CLIENT_PROCESS = CLIENTS;

/** Stands for a peer that has not said yet who it is. */
export const UNKNOWN_PEER = 0 as ProcessId;

export function isClientConn(conn: ConnId): boolean {
  return conn >= FIRST_CLIENT && conn < FIRST_STRANGER;
}

export interface ConnNames {
  client(): ConnId;
  stranger(): ConnId;
}

/** One for a process: the names are never used twice. */
export function createConnNames(): ConnNames {
  let clients: number = FIRST_CLIENT;
  let strangers: number = FIRST_STRANGER;
  return {
    client: () => ++clients as ConnId,
    stranger: () => ++strangers as ConnId,
  };
}
