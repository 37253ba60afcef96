/** What the liveness properties look at: the servers of a run, as their hosts have them. */
import type { Server } from '../../../core/server-context.ts';
import type { ProcessId, Sid } from '../../../core/units.ts';
import type { LocalRun } from '../../local.ts';

/** Null where the server is down. */
export function serverOf(run: LocalRun, sid: Sid): Server | null {
  const host = run.hosts.get(sid as number as ProcessId);
  return host?.kind === 'member' && !host.ended ? host.server : null;
}

export function sidsOf(run: LocalRun): readonly Sid[] {
  return run.world.config.ensemble.servers.map(({ sid }) => sid);
}

/** Who leads, and is established; of several the one of the latest epoch. */
export function establishedLeader(run: LocalRun): Server | null {
  let found: Server | null = null;
  for (const sid of sidsOf(run)) {
    const server = serverOf(run, sid);
    if (server === null || !leads(server)) continue;
    if (found === null || server.acceptedEpoch > found.acceptedEpoch) found = server;
  }
  return found;
}

function leads({ role, zabState }: Server): boolean {
  return role.name === 'standalone' || (role.name === 'leading' && zabState === 'broadcast');
}

/** A server whose role is over keeps its state until its disk has done what is under way. */
export function serves({ role, zabState }: Server): boolean {
  return role.name === 'standalone' || (zabState === 'broadcast' && role.name !== 'leaving');
}

/** Does it follow this leader, or lead itself, in BROADCAST? */
export function isWith(server: Server, leader: Server): boolean {
  const { sid } = leader.settings;
  return serves(server) && (server === leader || server.currentVote.leader === sid);
}

/** The servers that clients can count on. */
export function sidsWith(run: LocalRun, leader: Server): readonly Sid[] {
  return sidsOf(run).filter((sid) => {
    const server = serverOf(run, sid);
    return server !== null && isWith(server, leader);
  });
}

/** What a server is doing, in words: `LOOKING in election`. */
export function doing({ state, zabState, role }: Server): string {
  const leaves = role.name === 'leaving' ? ', which it is leaving' : '';
  return `${state} in ${zabState}${leaves}`;
}

/** Virtual time in words: `3.25 s`. */
export function seconds(micros: number): string {
  return `${String(Math.round(micros / 10_000) / 100)} s`;
}

/** `server 1 is LOOKING in election, server 2 is down`. */
export function describeServers(run: LocalRun): string {
  return sidsOf(run)
    .map((sid) => {
      const server = serverOf(run, sid);
      return `server ${String(sid)} is ${server === null ? 'down' : doing(server)}`;
    })
    .join(', ');
}
