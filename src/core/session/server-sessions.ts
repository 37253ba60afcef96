/**
 * The sessions of a server, whatever its role: a leader (and a standalone server) has the tracker
 * of all global sessions, a learner notes whom it heard of for the leader, and any server of an
 * ensemble may have local sessions beside them.
 *
 * Source: quorum.LeaderSessionTracker, LearnerSessionTracker (3.9).
 */
import type { TxnRecord } from '../jute/txn.ts';
import type { Server, ServerRequest } from '../server-context.ts';
import { microsToMillis, type Millis, type SessionId } from '../units.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import { touch } from './learner-session-tracker.ts';
import { forgetLocal, isLocal } from './local-sessions.ts';
import { nextSessionId } from './session-id.ts';
import {
  checkSession,
  isTracking,
  setOwner,
  touchSession,
  trackSession,
} from './session-tracker.ts';
import type { SessionCheck, SessionOwner } from './session-tracker.ts';

/** SessionTracker.createSession: the id of a new session, local where local sessions are on. */
export function createSessionId(server: Server, zks: ZooKeeperServer, timeOut: Millis): SessionId {
  const id = zks.nextSessionId;
  zks.nextSessionId = nextSessionId(id);
  const now = microsToMillis(server.now);
  if (zks.local !== null) trackSession(zks.local.tracker, id, timeOut, now);
  else if (zks.sessions !== null) trackSession(zks.sessions, id, timeOut, now);
  return id;
}

export function isGlobalSession(server: Server, zks: ZooKeeperServer, id: SessionId): boolean {
  return zks.sessions === null ? server.db.sessions.has(id) : isTracking(zks.sessions, id);
}

/**
 * SessionTracker.touchSession: the session was heard of.
 * @returns false where this server knows that it does not live.
 */
export function heardOf(
  server: Server,
  zks: ZooKeeperServer,
  id: SessionId,
  timeOut: Millis,
): boolean {
  const { local, sessions, touchTable } = zks;
  const now = microsToMillis(server.now);
  if (local !== null && touchSession(local.tracker, id, timeOut, now)) return true;
  if (sessions !== null) return touchSession(sessions, id, timeOut, now);
  // Without local sessions a learner takes every session for a global one: the leader knows.
  const known = local === null || local.upgrading.has(id) || isGlobalSession(server, zks, id);
  if (known && touchTable !== null) touch(touchTable, id, timeOut);
  return known;
}

/**
 * SessionTracker.checkSession, for PrepRequestProcessor. A leader lets a session pass that another
 * server may have as its local one.
 */
export function checkSessionOf(
  zks: ZooKeeperServer,
  id: SessionId,
  owner: SessionOwner,
): SessionCheck {
  const { local, sessions } = zks;
  if (sessions === null) return 'ok';
  if (local !== null && isTracking(local.tracker, id)) {
    const verdict = checkSession(local.tracker, id, owner);
    if (verdict !== 'ok' || !isTracking(sessions, id)) return verdict;
  }
  if (isTracking(sessions, id) || local === null) return checkSession(sessions, id, owner);
  return Number(id >> 56n) === local.sid ? 'expired' : 'ok';
}

/** SessionTracker.checkGlobalSession: who creates an ephemeral needs a global session. */
export function checkGlobalSession(
  zks: ZooKeeperServer,
  id: SessionId,
  owner: SessionOwner,
): SessionCheck {
  return zks.sessions === null ? 'ok' : checkSession(zks.sessions, id, owner);
}

/** A client of this server has come back with a session that lives: it is with us now. */
export function ownByUs(zks: ZooKeeperServer, id: SessionId): void {
  if (zks.local !== null && setOwner(zks.local.tracker, id, 'me')) return;
  if (zks.sessions !== null) setOwner(zks.sessions, id, 'me');
}

/**
 * SessionTracker.commitSession and removeSession, as far as local sessions go: what is done makes
 * a session global, or ends it.
 */
export function endLocalSession(
  zks: ZooKeeperServer,
  request: ServerRequest | null,
  record: TxnRecord | null,
): void {
  if (zks.local === null) return;
  if (record !== null) {
    const { type } = record.txn;
    const ends = type === 'createSession' || type === 'closeSession';
    if (ends) forgetLocal(zks.local, record.header.clientId);
  } else if (request?.isLocal === true && request.request.op === 'closeSession') {
    forgetLocal(zks.local, request.sessionId);
  }
}

/** ZooKeeperServer.setLocalSessionFlag. */
export function isLocalRequest(zks: ZooKeeperServer, op: string, id: SessionId): boolean {
  if (zks.local === null) return false;
  return op === 'createSession' || (op === 'closeSession' && isLocal(zks.local, id));
}
