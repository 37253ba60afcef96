/** What the inspector says of a session, computed. */
import type { Micros, SessionId } from '../../core/units.ts';
import type { Frame } from '../../sim/frame.ts';

/**
 * A client gives its server up after two thirds of the timeout, so that a third is left to find
 * another one. Source: ClientCnxn.onConnected, readTimeout (3.9).
 */
export const READ_TIMEOUT_SHARE = 2 / 3;

/** When the leader lets the session expire; null where nobody leads, or knows it. */
export function sessionExpiry(frame: Frame, id: SessionId): Micros | null {
  for (const { status, server } of frame.members) {
    if (status === 'down' || server?.state !== 'LEADING') continue;
    const session = server.sessions.find(({ sessionId }) => sessionId === id);
    if (session !== undefined && session.expiresAt !== null) return session.expiresAt;
  }
  return null;
}
