import { describe, expect, test } from 'vitest';
import {
  newLearnerSessionTracker,
  takeTouched,
  touch,
} from '../../../src/core/session/learner-session-tracker.ts';
import {
  checkSession,
  expiryOf,
  newSessionTracker,
  removeSession,
  setOwner,
  setSessionClosing,
  takeExpired,
  touchSession,
  trackSession,
  type SessionTracker,
} from '../../../src/core/session/session-tracker.ts';
import type { ConnId, Millis, SessionId } from '../../../src/core/units.ts';

const TIMEOUT = 4000 as Millis;
const A = 1n as SessionId;
const B = 2n as SessionId;
const learner = 7 as ConnId;

function ms(n: number): Millis {
  return n as Millis;
}

/** Tracks A from 0 ms on: it expires at 6000. */
function trackerOfA(): SessionTracker {
  const tracker = newSessionTracker(2000 as Millis);
  trackSession(tracker, A, TIMEOUT, ms(0));
  return tracker;
}

describe('expiry', () => {
  test('an untouched session expires once, and is closing from then on', () => {
    const tracker = trackerOfA();
    expect(expiryOf(tracker, A)).toBe(6000);
    expect(takeExpired(tracker, ms(5999))).toEqual([]);
    expect(takeExpired(tracker, ms(6000))).toEqual([A]);
    expect(takeExpired(tracker, ms(60_000))).toEqual([]);
    expect(touchSession(tracker, A, TIMEOUT, ms(6001))).toBe(false);
    expect(checkSession(tracker, A, 'me')).toBe('expired');
    expect(tracker.sessionsById.has(A)).toBe(true);
  });

  test('a touch puts it off', () => {
    const tracker = trackerOfA();
    expect(touchSession(tracker, A, TIMEOUT, ms(3000))).toBe(true);
    expect(expiryOf(tracker, A)).toBe(8000);
    expect(takeExpired(tracker, ms(6000))).toEqual([]);
  });

  test('a new leader gives everyone a full timeout', () => {
    const tracker = newSessionTracker(2000 as Millis);
    expect(trackSession(tracker, A, TIMEOUT, ms(50_000))).toBe(true);
    expect(trackSession(tracker, A, TIMEOUT, ms(52_000))).toBe(false);
    expect(expiryOf(tracker, A)).toBe(58_000);
  });

  test('a session that is closed is forgotten', () => {
    const tracker = trackerOfA();
    setSessionClosing(tracker, A);
    expect(touchSession(tracker, A, TIMEOUT, ms(1))).toBe(false);
    removeSession(tracker, A);
    expect(expiryOf(tracker, A)).toBeNull();
    expect(checkSession(tracker, A, 'me')).toBe('expired');
  });
});

describe('owners', () => {
  test('the first to be checked owns the session; a request from elsewhere is late', () => {
    const tracker = trackerOfA();
    expect(checkSession(tracker, A, learner)).toBe('ok');
    expect(checkSession(tracker, A, learner)).toBe('ok');
    expect(checkSession(tracker, A, 'me')).toBe('moved');
  });

  test('a client that comes back elsewhere moves its session', () => {
    const tracker = trackerOfA();
    expect(checkSession(tracker, A, learner)).toBe('ok');
    expect(setOwner(tracker, A, 'me')).toBe(true);
    expect(checkSession(tracker, A, 'me')).toBe('ok');
    expect(checkSession(tracker, A, learner)).toBe('moved');
  });

  test('neither an unknown nor a closing session can be moved', () => {
    const tracker = trackerOfA();
    expect(setOwner(tracker, B, 'me')).toBe(false);
    setSessionClosing(tracker, A);
    expect(setOwner(tracker, A, 'me')).toBe(false);
  });
});

test('a learner tells the leader of each touched session once per ping', () => {
  const tracker = newLearnerSessionTracker();
  touch(tracker, A, TIMEOUT);
  touch(tracker, B, TIMEOUT);
  touch(tracker, A, TIMEOUT);
  expect(takeTouched(tracker)).toEqual([
    [A, TIMEOUT],
    [B, TIMEOUT],
  ]);
  expect(takeTouched(tracker)).toEqual([]);
});
