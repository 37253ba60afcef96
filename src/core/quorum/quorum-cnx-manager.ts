/**
 * QuorumCnxManager: the connections over which votes travel. Of two servers the one with the
 * larger sid dials; the other's attempt is answered by dialling back.
 *
 *   no connection ──toSend──▶ dialling ──opened──▶ HELLO ─┬─ we are larger ──▶ connected
 *        ▲                       │                        └─ we are smaller ─▶ hang up, wait
 *        └──── refused, 5 s ─────┘
 *
 * A queue to a peer holds one message: a newer vote replaces an unsent one. On a new connection
 * with nothing to send, the last message goes out again, so that no vote is lost with a
 * connection.
 *
 * Source: quorum.QuorumCnxManager (3.9).
 */
import { clearTimer, configOf, dial, hangUp, log, send } from '../server-context.ts';
import { mark, setTimer, sidOf } from '../server-context.ts';
import type { Server } from '../server-context.ts';
import type { ConnId, Sid } from '../units.ts';
import { initialVerifier } from './config-text.ts';
import type { ElectionMessage } from './packet.ts';
import { memberOf } from './quorum-verifier.ts';
import type { Notification } from './vote.ts';
import { receiveNotification } from './fast-leader-election.ts';

const LOGGER = 'QuorumCnxManager';

/** cnxTimeout, in milliseconds. */
const CNX_TIMEOUT = 5000;

export interface ElectionPeer {
  /** The living connection. */
  conn: ConnId | null;
  /** Our dial that has not been answered. */
  dialling: ConnId | null;
  /** The send queue: at most one message. */
  unsent: Notification | null;
  lastSent: Notification | null;
}

export interface QuorumCnxManager {
  readonly peers: Map<Sid, ElectionPeer>;
}

export function newCnxManager(): QuorumCnxManager {
  return { peers: new Map() };
}

/** QuorumCnxManager.toSend. A peer never sends to itself through here. */
export function toSend(server: Server, sid: Sid, message: Notification): void {
  const peer = peerOf(server, sid);
  peer.unsent = message;
  if (peer.conn !== null) flush(server, peer);
  else connectOne(server, sid);
}

/** QuorumCnxManager.haveDelivered: at least one queue has nothing left to send. */
export function haveDelivered(server: Server): boolean {
  for (const peer of server.cnx.peers.values()) if (peer.unsent === null) return true;
  return false;
}

/** QuorumCnxManager.connectAll. */
export function connectAll(server: Server): void {
  for (const sid of server.cnx.peers.keys()) connectOne(server, sid);
}

export function onElectionOpened(server: Server, conn: ConnId): void {
  const sid = peerSid(server, conn);
  const peer = peerOf(server, sid);
  if (peer.dialling === conn) {
    peer.dialling = null;
    clearTimer(server, dialTimer(sid));
  }
  send(server, conn, { kind: 'hello', sid: sidOf(server), address: ownElectionAddress(server) });
  if (sid > sidOf(server)) {
    log(
      server,
      'INFO',
      LOGGER,
      `Have smaller server identifier, so dropping the connection: (myId:${String(sidOf(server))} --> sid:${String(sid)})`,
    );
    hangUp(server, conn);
    return;
  }
  adopt(server, sid, conn);
}

export function onElectionPacket(server: Server, conn: ConnId, message: ElectionMessage): void {
  if (message.kind === 'hello') {
    onHello(server, conn, message.sid);
    return;
  }
  receiveNotification(server, message);
}

/** The connection is gone, or our dial was refused or gave up. */
export function onElectionClosed(server: Server, conn: ConnId): void {
  for (const [sid, peer] of server.cnx.peers) {
    if (peer.conn === conn) peer.conn = null;
    if (peer.dialling === conn) {
      peer.dialling = null;
      clearTimer(server, dialTimer(sid));
    }
  }
}

/** The peer did not answer our dial within cnxTimeout. */
export function onDialTimeout(server: Server, sid: Sid): void {
  const peer = peerOf(server, sid);
  if (peer.dialling === null) return;
  mark(server, 'votes.dial-timeout');
  log(server, 'WARN', LOGGER, `Cannot open channel to ${String(sid)}: connect timed out`);
  hangUp(server, peer.dialling);
  peer.dialling = null;
}

export function dialTimer(sid: Sid): string {
  return `cnx/${String(sid)}`;
}

function onHello(server: Server, conn: ConnId, sid: Sid): void {
  const self = sidOf(server);
  if (sid === self) {
    log(server, 'WARN', LOGGER, `We got a connection request from a server with our own ID`);
    return;
  }
  if (sid > self) {
    adopt(server, sid, conn);
    return;
  }
  const peer = peerOf(server, sid);
  if (peer.conn !== null) {
    hangUp(server, peer.conn);
    peer.conn = null;
  }
  mark(server, 'votes.dials-back');
  hangUp(server, conn);
  connectOne(server, sid);
}

/** A connection that stays: it replaces an older one. */
function adopt(server: Server, sid: Sid, conn: ConnId): void {
  const peer = peerOf(server, sid);
  if (peer.conn !== null && peer.conn !== conn) {
    mark(server, 'votes.connection-replaced');
    hangUp(server, peer.conn);
  }
  peer.conn = conn;
  if (peer.unsent === null && peer.lastSent !== null) mark(server, 'votes.last-one-again');
  peer.unsent ??= peer.lastSent;
  flush(server, peer);
}

/** Where the peer is to dial back. Who is in no configuration has the address of its zoo.cfg. */
function ownElectionAddress(server: Server): string {
  const self = sidOf(server);
  const inForce = memberOf(server.quorumVerifier, self);
  const member = inForce ?? memberOf(initialVerifier(configOf(server), self), self);
  return member === undefined ? '' : `${member.host}:${String(member.electionPort)}`;
}

function flush(server: Server, peer: ElectionPeer): void {
  if (peer.conn === null || peer.unsent === null) return;
  send(server, peer.conn, peer.unsent);
  peer.lastSent = peer.unsent;
  peer.unsent = null;
}

/** QuorumCnxManager.connectOne. */
export function connectOne(server: Server, sid: Sid): void {
  const peer = peerOf(server, sid);
  if (peer.conn !== null || peer.dialling !== null) return;
  peer.dialling = dial(server, sid, 'election');
  setTimer(server, dialTimer(sid), CNX_TIMEOUT);
}

function peerSid(server: Server, conn: ConnId): Sid {
  return (server.conns.get(conn)?.peer ?? 0) as number as Sid;
}

function peerOf(server: Server, sid: Sid): ElectionPeer {
  let peer = server.cnx.peers.get(sid);
  if (peer === undefined) {
    peer = { conn: null, dialling: null, unsent: null, lastSent: null };
    server.cnx.peers.set(sid, peer);
  }
  return peer;
}
