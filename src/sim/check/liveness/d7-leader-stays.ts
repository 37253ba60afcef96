import type { Server } from '../../../core/server-context.ts';
import type { Sid } from '../../../core/units.ts';
import type { LocalRun } from '../../local.ts';
import type { Property } from '../ghosts.ts';
import { establishedLeader, seconds, serverOf } from './members.ts';

export const LEADER_STAYS: Property = {
  name: 'D.7',
  title: 'A leader whose followers are well does not give up',
};

/** Who leads, and which epoch. */
export interface Reign {
  readonly sid: Sid;
  readonly epoch: number;
  /** When it was seen to lead. */
  readonly at: number;
}

export function reignOf(run: LocalRun): Reign | null {
  const leader = establishedLeader(run);
  if (leader?.role.name !== 'leading') return null;
  return { sid: leader.settings.sid, epoch: leader.acceptedEpoch, at: run.world.now };
}

/** @returns what became of it; null while it goes on. */
export function reignEnded(run: LocalRun, reign: Reign): string | null {
  const server = serverOf(run, reign.sid);
  if (server !== null && isReigning(server, reign)) return null;
  const now = server === null ? 'down' : `${server.state} in epoch ${String(server.acceptedEpoch)}`;
  return `Server ${String(reign.sid)} led epoch ${String(reign.epoch)} with everybody behind it and no fault about, and ${seconds(run.world.now - reign.at)} later it is ${now}.`;
}

function isReigning(server: Server, reign: Reign): boolean {
  return server.role.name === 'leading' && server.acceptedEpoch === reign.epoch;
}
