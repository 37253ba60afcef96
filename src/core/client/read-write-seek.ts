/**
 * A client that is attached to a read-only server asks the others, one at a time, whether they
 * take writes.
 *
 *   attached read-only ──▶ pause ──▶ dial ──▶ ConnectRequest ──▶ answered: that is the server
 *                            ▲        │             │
 *                            └────────┴─────────────┘  refused or closed: the next server
 *
 * Source: ClientCnxn.SendThread.pingRwServer (3.9). Differs: there the question is `isro`, on a
 * connection for that alone, and the found server is dialled again. Here it is the handshake of a
 * client that is content with no less than writes, which a read-only server refuses by closing;
 * the connection on which it is answered is kept.
 */
import type { ClientEvent } from './client-io.ts';
import { handshake, log } from './client-requests.ts';
import { hostName, SEEK_PAUSE_MIN } from './client-state.ts';
import type { ClientIo, ZooKeeperClient } from './client-state.ts';
import { nextHost } from './host-provider.ts';
import type { ConnectResponse } from '../jute/proto.ts';
import { makeConnId } from '../units.ts';
import type { ConnId, Micros, ProcessId, Sid } from '../units.ts';

/** Ends the pause before the next server is asked. */
export const SEEK_TIMER = 'client.seek';

const SEEK_PAUSE_MAX = 60_000_000;

export interface FoundServer {
  readonly conn: ConnId;
  readonly target: Sid;
  readonly response: ConnectResponse;
}

/** Attached to a read-only server: the search begins where an earlier one left off. */
export function startSeek(client: ZooKeeperClient, io: ClientIo): void {
  const at = Math.max(io.now, client.seek.lastAt + client.seek.pause);
  io.out.push({ kind: 'setTimer', name: SEEK_TIMER, after: (at - io.now) as Micros });
}

export function stopSeek(client: ZooKeeperClient, io: ClientIo): void {
  if (client.state === 'CONNECTEDREADONLY') io.out.push({ kind: 'clearTimer', name: SEEK_TIMER });
  dropSeek(client, io);
}

/** The pause is over. A server that has not answered in it is given up. */
export function seekNext(client: ZooKeeperClient, io: ClientIo): void {
  const { seek } = client;
  dropSeek(client, io);
  seek.lastAt = io.now;
  seek.pause = Math.min(2 * seek.pause, SEEK_PAUSE_MAX) as Micros;
  const { sid } = nextHost(client.hosts);
  if (sid !== client.target) {
    log(io, 'INFO', `Checking server ${hostName(sid)} for being r/w. Timeout ${seek.pause / 1000}`);
    seek.conn = makeConnId(client.process, 0, client.dials++);
    seek.target = sid;
    const to: number = sid;
    io.out.push({ kind: 'connect', conn: seek.conn, to: to as ProcessId, port: 'client' });
  }
  startSeek(client, io);
}

/** An event on the connection of the search. @returns The server, once it has answered. */
export function stepSeek(
  client: ZooKeeperClient,
  event: ClientEvent,
  io: ClientIo,
): FoundServer | null {
  const { seek } = client;
  const { conn, target } = seek;
  if (conn === null || target === null) return null;
  switch (event.kind) {
    case 'opened':
      io.out.push({ kind: 'send', conn, message: handshake(client, false) });
      return null;
    case 'packet': {
      const { message } = event;
      const answered = 'kind' in message && message.kind === 'connectResponse';
      if (!answered || message.readOnly || client.closing) {
        dropSeek(client, io);
        return null;
      }
      seek.conn = null;
      seek.target = null;
      seek.pause = SEEK_PAUSE_MIN;
      return { conn, target, response: message };
    }
    default:
      seek.conn = null;
      seek.target = null;
      return null;
  }
}

function dropSeek(client: ZooKeeperClient, io: ClientIo): void {
  const { seek } = client;
  if (seek.conn !== null) io.out.push({ kind: 'close', conn: seek.conn });
  seek.conn = null;
  seek.target = null;
}
