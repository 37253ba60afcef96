/** The ensemble in a few words, for the page around. */
import { formatZxid } from '../../core/zxid.ts';
import type { EmbedState } from '../../embed/protocol.ts';
import type { Frame, MemberView } from '../../sim/frame.ts';

export function stateOf(frame: Frame): EmbedState {
  const leads = ({ status, server }: MemberView): boolean =>
    status === 'running' && server?.state === 'LEADING' && server.serving;
  return {
    now: frame.now,
    running: frame.running,
    speed: Number.isFinite(frame.speed) ? frame.speed : null,
    events: frame.events,
    actions: frame.actions,
    traceHash: frame.traceHash,
    leader: frame.members.find(leads)?.sid ?? null,
    servers: frame.members.map(({ sid, status, server }) => ({
      sid,
      status,
      role: server?.state ?? null,
      epoch: server?.epoch ?? null,
      lastProcessed: server === null ? null : formatZxid(server.lastProcessed),
      serving: status === 'running' && server?.serving === true,
    })),
    clients: frame.clients.map(({ process, name, state, server }) => ({
      process,
      name,
      state,
      server,
    })),
    violated: frame.properties.filter(({ holds }) => !holds).map(({ name }) => name),
    failure: frame.failure,
  };
}

/** What a page around wants to know at once: all but how far time has gone. */
export function momentous(state: EmbedState): string {
  const { running, speed, leader, actions, servers, clients, violated, failure } = state;
  const roles = servers.map(({ sid, status, role, serving }) => [sid, status, role, serving]);
  const sessions = clients.map(({ process, state: at, server }) => [process, at, server]);
  return JSON.stringify([running, speed, leader, actions, roles, sessions, violated, failure]);
}
