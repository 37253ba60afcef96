/**
 * Sessions end (C.25) when their client asks for it, or when the leader has not heard of them for
 * as long as they may be silent, counted anew by each leader. Nothing is done for a session that
 * has ended.
 *
 * Where sessions may be local, a leader takes one that it does not know for a local session of
 * another server, also one that has just been closed: so in ZooKeeper. And a leader that has been
 * deposed and does not know it tells the truth as it was: it has never heard of a later session.
 */
import type { TxnRecord } from '../../../core/jute/txn.ts';
import type { Micros, SessionId, Sid } from '../../../core/units.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import type { ZxidKey } from '../zxid-key.ts';
import { find, forgetOldest, SESSIONS_MAX, type ClientHistory, type Conn } from './history.ts';
import { isWithoutEffect } from './linearizable-writes.ts';
import { session, zxid as say } from './words.ts';

export const SESSION_EXPIRY: Property = {
  name: 'C.25',
  title: 'A session ends only when its client closes it or stays silent for its whole timeout',
};

/** Times on the leader's clock are whole milliseconds. */
const ROUNDING = 1000;

/** A server begins to lead: all sessions have their full timeout before them. */
export function noteLeads(history: ClientHistory, leader: Sid): void {
  history.leaders.set(leader, { since: history.now, heard: new Map() });
}

/** A leader hears that a session lives. */
export function noteHeard(history: ClientHistory, leader: Sid, id: SessionId): void {
  history.leaders.get(leader)?.heard.set(id, history.now);
}

/** A leader takes a session for expired. */
export function checkExpired(history: ClientHistory, leader: Sid, id: SessionId): void {
  const hearing = history.leaders.get(leader);
  const timeout = history.timeouts.get(id);
  const { now } = history;
  // One that ends already is taken for expired once more, whoever speaks of it meanwhile.
  const isEnding = history.ending.has(id);
  noteEnding(history, id);
  if (isEnding || hearing === undefined || timeout === undefined) return;
  const last = Math.max(hearing.since, hearing.heard.get(id) ?? 0);
  const silent = now - last;
  if (silent + ROUNDING >= timeout) return;
  const since = hearing.heard.get(id) === last ? 'it was heard of' : 'this leader began to lead';
  const why = text`Leader ${leader} expires ${session(id)} ${inMillis(silent as Micros)} ms after
    ${since}, but it may be silent for ${inMillis(timeout as Micros)} ms.`;
  find(history, SESSION_EXPIRY, why);
}

function inMillis(micros: Micros): string {
  return String(Math.round(micros / 1000));
}

/** It may be closed from now on: somebody asked for that, or a leader expired it. */
export function noteEnding(history: ClientHistory, id: SessionId): void {
  history.ending.add(id);
  forgetOldest(history.ending, SESSIONS_MAX);
}

/** A closeSession is committed. */
export function noteClosed(history: ClientHistory, id: SessionId, at: ZxidKey): void {
  for (const { heard } of history.leaders.values()) heard.delete(id);
  history.timeouts.delete(id);
  history.ending.delete(id);
  if (history.closed.has(id)) return;
  history.closed.set(id, at);
  forgetOldest(history.closed, SESSIONS_MAX);
}

/** A closeSession is committed that nobody had a reason for. */
export function checkClosed(history: ClientHistory, id: SessionId, at: ZxidKey): void {
  if (history.ending.has(id) || history.closed.has(id)) return;
  const why = text`${session(id)} was closed at ${say(at)}, but neither had its client asked for
    that nor had a leader found it silent for too long.`;
  find(history, SESSION_EXPIRY, why.charAt(0).toUpperCase() + why.slice(1));
}

/** A transaction of this session is committed. */
export function checkAlive(history: ClientHistory, record: TxnRecord, at: ZxidKey): void {
  const { header, txn } = record;
  const closed = history.closed.get(header.clientId);
  if (closed === undefined || history.localSessions || isWithoutEffect(txn)) return;
  // ZooKeeper asks these for no session: they do nothing that a session could own.
  if (txn.type === 'closeSession' || txn.type === 'deleteContainer') return;
  if (txn.type === 'multi' && txn.txns.length === 0) return;
  const why = text`The ${txn.type} of ${session(header.clientId)} (xid ${header.cxid}) was done at
    ${say(at)}, but that session had been closed at ${say(closed)}.`;
  find(history, SESSION_EXPIRY, why);
}

/** A client that came back was told that its session is no more. */
export function checkRefused(history: ClientHistory, conn: Conn): void {
  const { asked: id, server } = conn;
  const known = history.sessions.get(id);
  if (known?.global !== true || history.ending.has(id) || history.closed.has(id)) return;
  const why = text`Server ${server} told the client of ${session(id)} that it has expired, but no
    leader has expired it and nobody has closed it.`;
  find(history, SESSION_EXPIRY, why);
}
