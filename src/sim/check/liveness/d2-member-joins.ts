import type { LocalRun } from '../../local.ts';
import type { Property } from '../ghosts.ts';
import { doing, establishedLeader, isWith, seconds, serverOf, sidsOf } from './members.ts';

export const MEMBER_JOINS: Property = {
  name: 'D.2',
  title: 'A server that is up and reaches the leader comes to follow it',
};

/** @returns who has not joined; null while all have. @param since when the faults ended. */
export function notJoined(run: LocalRun, since: number): string | null {
  const leader = establishedLeader(run);
  if (leader === null) return null;
  for (const sid of sidsOf(run)) {
    const server = serverOf(run, sid);
    // A server that has proposed an epoch to nobody may not follow a lower one: so in ZooKeeper.
    if (server === null || server.acceptedEpoch > leader.acceptedEpoch) continue;
    if (isWith(server, leader)) continue;
    const waited = seconds(run.world.now - since);
    const who = `server ${String(sid)} is ${doing(server)}`;
    return `No fault has been left for ${waited} and server ${String(leader.settings.sid)} leads epoch ${String(leader.acceptedEpoch)}, but ${who}.`;
  }
  return null;
}
