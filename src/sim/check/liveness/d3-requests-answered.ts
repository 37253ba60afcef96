import type { ProcessId } from '../../../core/units.ts';
import { viewClientHost } from '../../client-host.ts';
import type { LocalRun } from '../../local.ts';
import type { Property } from '../ghosts.ts';
import { establishedLeader } from './members.ts';

export const REQUESTS_ANSWERED: Property = {
  name: 'D.3',
  title: 'Every request of a connected client is answered in the end',
};

/** @returns whose requests are still under way; null when nobody's are. */
export function notAnswered(run: LocalRun): string | null {
  for (const [id, host] of run.hosts) {
    if (host.kind !== 'client' || host.ended) continue;
    const { pending, state } = viewClientHost(host);
    if (pending === 0) continue;
    const name = run.world.byId.get(id)?.name ?? String(id);
    return `The ensemble serves, but ${String(pending)} requests of client ${name}, which is ${state}, have no answer.`;
  }
  return null;
}

/** @param path what a client that is new created, and was answered. */
export function notWritten(run: LocalRun, process: ProcessId, path: string): string | null {
  const leader = establishedLeader(run);
  if (leader === null || leader.db.tree.nodes.has(path)) return null;
  const name = run.world.byId.get(process)?.name ?? String(process);
  return `All requests of client ${name} have an answer, but server ${String(leader.settings.sid)}, which leads, has no ${path}, which it asked for.`;
}
