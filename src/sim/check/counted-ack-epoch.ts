/**
 * C.2: a promise to a leader is on disk before it is given, and is given to one leader per epoch. A
 * leader promises to itself by proposing its epoch.
 */
import type { Sid } from '../../core/units.ts';
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { text } from './text.ts';

export const COUNTED_ACK_EPOCH: Property = {
  name: 'C.2',
  title: 'A server promises an epoch to one leader only, and only once it is on its disk',
};

/** A learner sends ACKEPOCH, not the one with -1 that does not count. */
export function checkCountedAckEpoch(ghosts: Ghosts, m: MemberGhost): void {
  const epoch = m.offeredEpoch;
  if (m.acceptedEpoch < epoch) {
    const why = text`Server ${m.sid} promised epoch ${epoch} with ACKEPOCH,
      but its acceptedEpoch file says ${m.acceptedEpoch}.`;
    report(ghosts, COUNTED_ACK_EPOCH, why);
  }
  promise(ghosts, m, epoch, m.leader);
}

/** A leader sends LEADERINFO, which proposes an epoch. */
export function checkOfferedEpoch(ghosts: Ghosts, m: MemberGhost, epoch: number): void {
  promise(ghosts, m, epoch, m.sid);
  if (m.acceptedEpoch >= epoch) return;
  const why = text`Server ${m.sid} proposed epoch ${epoch} with LEADERINFO,
    but its own acceptedEpoch file says ${m.acceptedEpoch}.`;
  report(ghosts, COUNTED_ACK_EPOCH, why);
}

function promise(ghosts: Ghosts, m: MemberGhost, epoch: number, leader: Sid | null): void {
  if (m.countedEpoch === epoch && m.countedLeader !== leader) {
    const why = text`Server ${m.sid} promised epoch ${epoch} to server ${m.countedLeader},
      and then to server ${leader}.`;
    report(ghosts, COUNTED_ACK_EPOCH, why);
  }
  m.countedEpoch = epoch;
  m.countedLeader = leader;
}
