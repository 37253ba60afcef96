/** Words for servers that are known only at their moment: who leads, who came last. */
import type { ServerState } from '../../core/quorum/vote.ts';
import type { ProcessId, Sid } from '../../core/units.ts';
import { CLIENT_ID_MIN, type Action } from '../actions.ts';
import type { PacketMatch } from '../explore/script.ts';
import type { LocalRun } from '../local.ts';
import type { MemberHost } from '../member.ts';
import { WHO, whoIs, type Who } from './model.ts';

/** There is nobody whom a line calls so. */
export class Nobody extends Error {
  override readonly name = 'Nobody';
  readonly who: Who;

  constructor(who: Who) {
    super(who);
    this.who = who;
  }
}

export type Finder = (id: number) => number;

/** Servers that run, by sid. One that is paused does nothing that a line could mean. */
export function runningServers(run: LocalRun): readonly MemberHost[] {
  const found: MemberHost[] = [];
  for (const [id, host] of run.hosts) {
    if (host.kind !== 'member' || host.ended || run.world.byId.get(id)?.status !== 'running') {
      continue;
    }
    found.push(host);
  }
  return found.sort((a, b) => a.server.settings.sid - b.server.settings.sid);
}

/** @param last the server that a line named before; null where none did. */
export function finder(run: LocalRun, last: Sid | null): Finder {
  return (id) => {
    const who = whoIs(id);
    if (who === null) return id;
    const found = who === 'last' ? last : withRole(run, ROLES[who]);
    if (found === null) throw new Nobody(who);
    return found;
  };
}

const ROLES = { leader: 'LEADING', follower: 'FOLLOWING', observer: 'OBSERVING' } as const;

/** Rather one that serves than one that is only becoming it. */
function withRole(run: LocalRun, state: ServerState): Sid | null {
  const all = runningServers(run).filter(({ server }) => server.state === state);
  const host = all.find(({ server }) => server.zabState === 'broadcast') ?? all[0];
  return host?.server.settings.sid ?? null;
}

/** The action with everybody in it by number. @throws Nobody */
export function resolve(action: Action, find: Finder): Action {
  const whole: Record<string, unknown> = { ...action };
  for (const field of ['sid', 'process', 'from', 'to'] as const) {
    const id = whole[field];
    if (typeof id === 'number') whole[field] = find(id);
  }
  if (action.kind === 'partition') whole['group'] = action.group.map(find);
  if (action.kind === 'addClient') whole['servers'] = action.servers.map(find);
  return whole as unknown as Action;
}

export function resolveMatch(match: PacketMatch, find: Finder): PacketMatch {
  return { ...match, from: find(match.from), to: find(match.to) };
}

/** The server that `last` means behind this action; null where it names none. */
export function namedBy(action: Action): Sid | null {
  const id = 'sid' in action ? action.sid : 'process' in action ? action.process : null;
  if (id !== null) return id < CLIENT_ID_MIN ? (id as number as Sid) : null;
  if ('from' in action && action.from < CLIENT_ID_MIN) return action.from as number as Sid;
  return null;
}

export const isLeader = (id: number): boolean => id === WHO.leader;

export const asProcess = (id: number): ProcessId => id as ProcessId;
