import { formatSessionId, type SessionId } from '../../../core/units.ts';
import { viewClientHost } from '../../client-host.ts';
import type { LocalRun } from '../../local.ts';
import type { Property } from '../ghosts.ts';
import { establishedLeader, seconds } from './members.ts';

export const DEAD_SESSIONS_END: Property = {
  name: 'D.5',
  title: 'The session of a client that is gone ends when its timeout is over',
};

/** Sessions that the leader keeps although no client that is alive has them. */
export function deadSessions(run: LocalRun): readonly SessionId[] {
  const alive = new Set<SessionId>();
  for (const host of run.hosts.values()) {
    if (host.kind === 'client' && !host.ended) alive.add(viewClientHost(host).sessionId);
  }
  const known = establishedLeader(run)?.db.sessions.keys() ?? [];
  return [...known].filter((id) => !alive.has(id));
}

export function notEnded(run: LocalRun, since: number): string | null {
  const [dead] = deadSessions(run);
  if (dead === undefined) return null;
  const leader = establishedLeader(run);
  const timeout = leader?.db.sessions.get(dead) ?? 0;
  return `Nobody has had session ${formatSessionId(dead)} for ${seconds(run.world.now - since)}, and its timeout is ${seconds(timeout * 1000)}, but server ${String(leader?.settings.sid)}, which leads, still keeps it.`;
}
