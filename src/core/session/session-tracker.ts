/**
 * The leader's view of sessions: which live, when they expire, and where their clients are. Only
 * the leader (or a standalone server) expires sessions.
 *
 * Source: server.SessionTrackerImpl, quorum.LeaderSessionTracker (3.9), for global sessions.
 * Differs: there is no expirer thread; `takeExpired` is called at the end of each interval.
 */
import type { ConnId, Millis, SessionId } from '../units.ts';
import {
  newExpiryQueue,
  pollExpired,
  removeExpiry,
  updateExpiry,
  type ExpiryQueue,
} from './expiry-queue.ts';

/**
 * Where a session's requests come from: `me` for a client of the leader itself, else the connection
 * of the LearnerHandler that they came through.
 */
export type SessionOwner = 'me' | ConnId;

export interface TrackedSession {
  /** As negotiated. */
  readonly timeout: Millis;
  /** Expired or being closed: nothing revives it. */
  isClosing: boolean;
  /** Null until the first request that is checked. */
  owner: SessionOwner | null;
}

export interface SessionTracker {
  readonly sessionsById: Map<SessionId, TrackedSession>;
  readonly expiry: ExpiryQueue<SessionId>;
}

export type SessionCheck = 'ok' | 'expired' | 'moved';

/** @param tickTime the interval of the expiry queue. */
export function newSessionTracker(tickTime: Millis): SessionTracker {
  return { sessionsById: new Map(), expiry: newExpiryQueue(tickTime) };
}

/** Gives the session its full timeout from now. @returns whether it was not tracked before. */
export function trackSession(
  tracker: SessionTracker,
  id: SessionId,
  timeout: Millis,
  now: Millis,
): boolean {
  const isNew = !tracker.sessionsById.has(id);
  if (isNew) tracker.sessionsById.set(id, { timeout, isClosing: false, owner: null });
  updateExpiry(tracker.expiry, id, timeout, now);
  return isNew;
}

/** The session was heard of. @returns false where it is unknown or closing. */
export function touchSession(
  tracker: SessionTracker,
  id: SessionId,
  timeout: Millis,
  now: Millis,
): boolean {
  const session = tracker.sessionsById.get(id);
  if (session === undefined || session.isClosing) return false;
  updateExpiry(tracker.expiry, id, timeout, now);
  return true;
}

/** The sessions that are due, each marked as closing: a closeSession is to be submitted for it. */
export function takeExpired(tracker: SessionTracker, now: Millis): SessionId[] {
  const expired = pollExpired(tracker.expiry, now);
  for (const id of expired) setSessionClosing(tracker, id);
  return expired;
}

/** When this session expires unless it is touched; null where it is not queued. */
export function expiryOf(tracker: SessionTracker, id: SessionId): Millis | null {
  return tracker.expiry.deadlines.get(id) ?? null;
}

export function setSessionClosing(tracker: SessionTracker, id: SessionId): void {
  const session = tracker.sessionsById.get(id);
  if (session !== undefined) session.isClosing = true;
}

/** Its closeSession has been applied. */
export function removeSession(tracker: SessionTracker, id: SessionId): void {
  tracker.sessionsById.delete(id);
  removeExpiry(tracker.expiry, id);
}

/**
 * May a request of this session, come from `owner`, go on? The first one that is checked makes its
 * origin the owner; later a request from elsewhere is a delayed one of a client that has moved.
 */
export function checkSession(
  tracker: SessionTracker,
  id: SessionId,
  owner: SessionOwner,
): SessionCheck {
  const session = tracker.sessionsById.get(id);
  if (session === undefined || session.isClosing) return 'expired';
  session.owner ??= owner;
  return session.owner === owner ? 'ok' : 'moved';
}

export function isTracking(tracker: SessionTracker, id: SessionId): boolean {
  return tracker.sessionsById.has(id);
}

/** The session's client has come back, here or elsewhere. @returns false where it has expired. */
export function setOwner(tracker: SessionTracker, id: SessionId, owner: SessionOwner): boolean {
  const session = tracker.sessionsById.get(id);
  if (session === undefined || session.isClosing) return false;
  session.owner = owner;
  return true;
}
