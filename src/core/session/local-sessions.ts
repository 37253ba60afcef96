/**
 * Sessions that only one server knows: they cost no transaction, cannot move and own nothing. That
 * server expires them itself. One that is to own an ephemeral becomes a global session first.
 *
 * Source: quorum.LocalSessionTracker, quorum.UpgradeableSessionTracker (3.9).
 */
import type { Millis, SessionId, Sid } from '../units.ts';
import { isTracking, newSessionTracker, removeSession } from './session-tracker.ts';
import type { SessionTracker } from './session-tracker.ts';

export interface LocalSessions {
  /** Whose they are. */
  readonly sid: Sid;
  readonly tracker: SessionTracker;
  /** No longer local, and their createSession is not yet applied. */
  readonly upgrading: Set<SessionId>;
}

export function newLocalSessions(sid: Sid, tickTime: Millis): LocalSessions {
  return { sid, tracker: newSessionTracker(tickTime), upgrading: new Set() };
}

export function isLocal(local: LocalSessions | null, id: SessionId): boolean {
  return local !== null && isTracking(local.tracker, id);
}

/**
 * UpgradeableSessionTracker.upgradeSession.
 * @returns the timeout for its createSession; null where it is not a local session.
 */
export function upgradeSession(local: LocalSessions, id: SessionId): Millis | null {
  const session = local.tracker.sessionsById.get(id);
  if (session === undefined) return null;
  local.upgrading.add(id);
  removeSession(local.tracker, id);
  return session.timeout;
}

/** Another server upgraded it, and it is global at the leader before it is global here. */
export function knownToLeader(local: LocalSessions, id: SessionId): void {
  local.upgrading.add(id);
}

/** Its createSession or its closeSession is applied: it is global now, or gone. */
export function forgetLocal(local: LocalSessions, id: SessionId): void {
  removeSession(local.tracker, id);
  local.upgrading.delete(id);
}
