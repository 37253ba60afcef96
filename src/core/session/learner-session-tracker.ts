/**
 * A learner's part in keeping sessions alive: it notes which sessions its clients touched, and
 * tells the leader with its answer to each ping.
 *
 * Source: quorum.LearnerSessionTracker (3.9), for global sessions.
 */
import type { Millis, SessionId } from '../units.ts';

export interface LearnerSessionTracker {
  /** Since the last ping: each session with its timeout. */
  readonly touchTable: Map<SessionId, Millis>;
}

export function newLearnerSessionTracker(): LearnerSessionTracker {
  return { touchTable: new Map() };
}

/** A request or a ping of a local client; of any session, its createSession being applied. */
export function touch(tracker: LearnerSessionTracker, id: SessionId, timeout: Millis): void {
  tracker.touchTable.set(id, timeout);
}

/** Its closeSession has been applied: there is nothing to keep alive. */
export function forget(tracker: LearnerSessionTracker, id: SessionId): void {
  tracker.touchTable.delete(id);
}

/** Empties the table. */
export function takeTouched(
  tracker: LearnerSessionTracker,
): readonly (readonly [SessionId, Millis])[] {
  const touched = [...tracker.touchTable];
  tracker.touchTable.clear();
  return touched;
}
