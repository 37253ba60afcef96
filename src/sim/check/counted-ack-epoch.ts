/**
 * C.2: a promise to a leader is on disk before it is given, and is given to one leader per epoch. A
 * leader promises to itself by proposing its epoch.
 */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';

export const COUNTED_ACK_EPOCH: Property = {
  name: 'C.2',
  title: 'A server promises an epoch to one leader only, and only once it is on its disk',
};

/** A learner sends ACKEPOCH, not the one with -1 that does not count. */
export function checkCountedAckEpoch(ghosts: Ghosts, m: MemberGhost): void {
  const epoch = m.offeredEpoch;
  const self = `Server ${String(m.sid)}`;
  if (m.acceptedEpoch < epoch) {
    const why = `${self} promised epoch ${String(epoch)} with ACKEPOCH, but its acceptedEpoch file says ${String(m.acceptedEpoch)}.`;
    report(ghosts, COUNTED_ACK_EPOCH, why);
  }
  if (m.countedEpoch === epoch && m.countedLeader !== m.leader) {
    const why = `${self} promised epoch ${String(epoch)} to server ${String(m.countedLeader)}, and then to server ${String(m.leader)}.`;
    report(ghosts, COUNTED_ACK_EPOCH, why);
  }
  m.countedEpoch = epoch;
  m.countedLeader = m.leader;
}

/** A leader sends LEADERINFO, which proposes an epoch. */
export function checkOfferedEpoch(ghosts: Ghosts, m: MemberGhost, epoch: number): void {
  if (m.acceptedEpoch >= epoch) return;
  const why = `Server ${String(m.sid)} proposed epoch ${String(epoch)} with LEADERINFO, but its own acceptedEpoch file says ${String(m.acceptedEpoch)}.`;
  report(ghosts, COUNTED_ACK_EPOCH, why);
}
