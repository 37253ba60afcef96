/**
 * Takes a history in, event by event, and judges each answer as it comes. This is the pure part: a
 * history that was written down will do as well as one from the wire; see `wire.ts`.
 */
import { ErrorCode } from '../../../core/error-code.ts';
import { becomesTxn, Xid } from '../../../core/jute/proto.ts';
import type {
  ClientReply,
  ConnectRequest,
  ConnectResponse,
  Request,
  WatchNotification,
} from '../../../core/jute/proto.ts';
import type { TxnRecord } from '../../../core/jute/txn.ts';
import { millisToMicros, NO_SESSION } from '../../../core/units.ts';
import type { ConnId, Micros, ProcessId, SessionId, Sid } from '../../../core/units.ts';
import type { Zxid } from '../../../core/zxid.ts';
import { unreachable } from '../../../core/assert.ts';
import { counterOfKey, KEY_NOTHING, keyOf, type ZxidKey } from '../zxid-key.ts';
import { noteCommitted, noteUnknown } from './committed-txns.ts';
import { checkFailed, reportFalseOk } from './definite-outcome.ts';
import { createConn, createSessionHistory, SESSIONS_MAX } from './history.ts';
import type { ClientHistory, Conn, Invoked, SessionHistory } from './history.ts';
import { checkAcknowledged, reportUncommitted } from './linearizable-writes.ts';
import { checkMonotonic } from './monotonic-reads.ts';
import { checkRead } from './read-outcome.ts';
import { checkOwnWrites } from './read-your-writes.ts';
import { checkExpired, checkRefused, noteEnding, noteHeard, noteLeads } from './session-expiry.ts';
import { reportReplyOrder } from './session-order.ts';
import { ackedUpTo, checkSynced, noteAcked } from './sync-then-read.ts';
import { giveUp } from './watch-ledger.ts';
import {
  checkEvent,
  checkEventsBefore,
  checkSetAgain,
  noteWatches,
  rememberWatches,
} from './watch-order.ts';
import { asked, what, zxid as say } from './words.ts';

/** What can be seen of clients from outside, and what the ensemble did meanwhile. */
export type HistoryEvent =
  | {
      readonly kind: 'dial';
      readonly conn: ConnId;
      readonly client: ProcessId;
      readonly server: Sid;
    }
  | { readonly kind: 'connect'; readonly conn: ConnId; readonly request: ConnectRequest }
  | {
      readonly kind: 'connected';
      readonly conn: ConnId;
      readonly response: ConnectResponse;
      /** By the word of a leader that has a successor already, and does not know of it. */
      readonly deposed?: boolean;
    }
  | {
      readonly kind: 'invoke';
      readonly conn: ConnId;
      readonly xid: number;
      readonly request: Request;
      /** The epoch in which the server serves; null where it is not known. */
      readonly epoch: number | null;
    }
  | { readonly kind: 'return'; readonly conn: ConnId; readonly reply: ClientReply }
  | { readonly kind: 'watch'; readonly conn: ConnId; readonly event: WatchNotification }
  /** The connection is over, by whomever. */
  | { readonly kind: 'lost'; readonly conn: ConnId }
  /** The client's process is gone. */
  | { readonly kind: 'killed'; readonly client: ProcessId }
  /** In the order of zxids. */
  | { readonly kind: 'committed'; readonly record: TxnRecord }
  /** Nobody has seen what was committed up to here. */
  | { readonly kind: 'unknown'; readonly upTo: Zxid }
  | { readonly kind: 'leads'; readonly server: Sid }
  | { readonly kind: 'heard'; readonly server: Sid; readonly sessionId: SessionId }
  | { readonly kind: 'expired'; readonly server: Sid; readonly sessionId: SessionId };

export function observe(history: ClientHistory, at: Micros, event: HistoryEvent): void {
  history.now = at;
  switch (event.kind) {
    case 'dial':
      history.conns.set(event.conn, createConn(event.conn, event.client, event.server));
      return;
    case 'killed':
      for (const conn of [...history.conns.values()]) {
        if (conn.client === event.client) onLost(history, conn);
      }
      return;
    case 'committed':
      return noteCommitted(history, event.record);
    case 'unknown':
      return noteUnknown(history, keyOf(event.upTo));
    case 'leads':
      return noteLeads(history, event.server);
    case 'heard':
      return noteHeard(history, event.server, event.sessionId);
    case 'expired':
      return checkExpired(history, event.server, event.sessionId);
    default: {
      const conn = history.conns.get(event.conn);
      if (conn !== undefined) onConnection(history, conn, event);
    }
  }
}

function onConnection(
  history: ClientHistory,
  conn: Conn,
  event: Extract<
    HistoryEvent,
    { kind: 'connect' | 'connected' | 'invoke' | 'return' | 'watch' | 'lost' }
  >,
): void {
  switch (event.kind) {
    case 'connect':
      conn.asked = event.request.sessionId;
      return;
    case 'connected':
      return onConnected(history, conn, event.response, event.deposed === true);
    case 'invoke':
      return onInvoke(history, conn, event.xid, event.request, event.epoch);
    case 'return':
      return onReturn(history, conn, event.reply);
    case 'watch':
      return onWatch(history, conn, event.event);
    case 'lost':
      return onLost(history, conn);
    default:
      return unreachable(event);
  }
}

function onConnected(
  history: ClientHistory,
  conn: Conn,
  response: ConnectResponse,
  deposed: boolean,
): void {
  const { timeOut, sessionId, readOnly } = response;
  if (timeOut <= 0) {
    if (conn.asked !== NO_SESSION && !readOnly && !deposed) checkRefused(history, conn);
    return;
  }
  conn.readOnly = readOnly;
  if (readOnly) giveUp(conn.ledger);
  const timeout = millisToMicros(timeOut);
  const before = history.timeouts.get(sessionId) ?? Infinity;
  if (!history.closed.has(sessionId)) history.timeouts.set(sessionId, Math.min(timeout, before));
  let session = history.sessions.get(sessionId);
  if (session === undefined) {
    session = createSessionHistory(sessionId);
    session.global = !history.localSessions && !readOnly;
    history.sessions.set(sessionId, session);
    forgetSessions(history);
  }
  session.conns++;
  conn.session = session;
}

function onInvoke(
  history: ClientHistory,
  conn: Conn,
  xid: number,
  request: Request,
  epoch: number | null,
): void {
  const { session } = conn;
  if (session === null || xid === Xid.PING || xid === Xid.AUTH) return;
  if (session.wanted !== null) checkSetAgain(history, conn, request);
  if (request.op === 'closeSession') noteEnding(history, session.id);
  const invoked: Invoked = {
    seq: session.nextSeq++,
    xid,
    request,
    server: conn.server,
    floor: history.acked,
    syncFloor: request.op === 'sync' ? ackedUpTo(history, epoch) : null,
    start: history.model.applied,
    record: null,
    zxid: KEY_NOTHING,
    lost: false,
  };
  conn.pending.push(invoked);
  if (isWrite(request)) session.writes.set(xid, invoked);
}

/** It becomes a transaction, if only one that fails. */
function isWrite(request: Request): boolean {
  return becomesTxn(request.op) || request.op === 'unreadable';
}

function onReturn(history: ClientHistory, conn: Conn, reply: ClientReply): void {
  // A server without a quorum refuses a new session with a reply, for want of another answer.
  if (conn.session === null) return;
  const z = keyOf(reply.zxid);
  const isPlain = reply.xid !== Xid.PING && reply.xid !== Xid.AUTH;
  const invoked = isPlain ? takeInvoked(history, conn, reply) : null;
  if (z < 0) return;
  const shownBy =
    invoked === null ? `the answer to a ${reply.op}` : `the answer to ${asked(invoked)}`;
  if (reply.xid !== Xid.AUTH) {
    checkEventsBefore(history, conn, z, shownBy);
    const told = invoked === null || conn.readOnly || checkFreshness(history, conn, invoked, z);
    if (told) checkMonotonic(history, conn, z, shownBy, isPlain);
  }
  if (invoked === null) return;
  noteWatches(history, conn, invoked, reply);
  if (isWrite(invoked.request)) judgeWrite(history, conn, invoked, reply);
  else if (!conn.readOnly) judgeRead(history, conn, invoked, reply, z);
}

/** The first violation that a reply from the past amounts to. @returns whether there is none. */
function checkFreshness(history: ClientHistory, conn: Conn, invoked: Invoked, z: ZxidKey): boolean {
  const { syncFloor } = invoked;
  const newer = syncFloor !== null && (conn.synced === null || syncFloor.zxid > conn.synced.zxid);
  if (newer) conn.synced = syncFloor;
  return checkSynced(history, conn, invoked, z) && checkOwnWrites(history, conn, invoked, z);
}

function takeInvoked(history: ClientHistory, conn: Conn, reply: ClientReply): Invoked | null {
  const { pending } = conn;
  const index = pending[0]?.xid === reply.xid ? 0 : pending.findIndex((i) => i.xid === reply.xid);
  // What no server knows is refused at once, before what is under way.
  const outOfTurn = index > 0 && reply.err === ErrorCode.UNIMPLEMENTED;
  if (index !== 0 && !outOfTurn) reportReplyOrder(history, conn, reply);
  return index === -1 ? null : (pending.splice(index, 1)[0] ?? null);
}

function judgeRead(
  history: ClientHistory,
  conn: Conn,
  invoked: Invoked,
  reply: ClientReply,
  z: ZxidKey,
): void {
  const { model } = history;
  if (z > model.applied && counterOfKey(z) !== 0) {
    const fact = `the state at ${say(z)}, but nothing after ${say(model.applied)} is committed`;
    reportUncommitted(history, conn, fact);
    return;
  }
  checkRead(history, conn, invoked, reply);
}

function judgeWrite(
  history: ClientHistory,
  conn: Conn,
  invoked: Invoked,
  reply: ClientReply,
): void {
  const { session } = conn;
  const z = keyOf(reply.zxid);
  if (session === null) return;
  session.writes.delete(invoked.xid);
  if (invoked.request.op === 'unreadable') return;
  if (invoked.record !== null) remember(session, invoked, true);
  const isKnown = invoked.record !== null || z > history.model.unknownTo;
  const isLocal = invoked.request.op === 'closeSession' && !session.global;
  if (!isKnown || isLocal || conn.readOnly) return;
  if (reply.err !== ErrorCode.OK) return checkFailed(history, conn, invoked, reply);
  if (invoked.record?.txn.type === 'error') return reportFalseOk(history, conn, invoked);
  checkAcknowledged(history, conn, invoked, reply);
  if (invoked.zxid !== z) return;
  const acked = { zxid: z, session: session.id, what: what(invoked.request) };
  noteAcked(history, acked);
  if (session.lastWrite === null || session.lastWrite.zxid < z) session.lastWrite = acked;
}

/** How many of a session's writes are remembered when they are done. */
const DONE_MAX = 32;

function remember(session: SessionHistory, { xid, zxid }: Invoked, told: boolean): void {
  session.done.push({ xid, zxid, told });
  if (session.done.length > 2 * DONE_MAX) session.done.splice(0, DONE_MAX);
}

function onWatch(history: ClientHistory, conn: Conn, event: WatchNotification): void {
  checkEvent(history, conn, event);
  const z = keyOf(event.zxid);
  if (z < 0) return;
  checkMonotonic(history, conn, z, `an event for ${event.path}`, false);
}

function onLost(history: ClientHistory, conn: Conn): void {
  history.conns.delete(conn.id);
  const { session } = conn;
  if (session === null) return;
  rememberWatches(conn);
  for (const invoked of conn.pending) {
    invoked.lost = true;
    if (invoked.record === null || session.writes.get(invoked.xid) !== invoked) continue;
    session.writes.delete(invoked.xid);
    remember(session, invoked, false);
  }
  session.conns--;
  if (session.conns === 0 && history.closed.has(session.id)) history.sessions.delete(session.id);
}

/** Sessions whose clients went away and that nobody closes: local ones, mostly. */
function forgetSessions(history: ClientHistory): void {
  const { sessions } = history;
  if (sessions.size <= 2 * SESSIONS_MAX) return;
  for (const [id, session] of sessions) {
    if (session.conns === 0) sessions.delete(id);
    if (sessions.size <= SESSIONS_MAX) return;
  }
}
