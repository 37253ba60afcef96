/**
 * C.3: when a follower takes over currentEpoch, and when it acknowledges NEWLEADER, all that its
 * leader committed in this synchronisation is on its disk; at the acknowledgement, so is the epoch.
 */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { formatKey, type ZxidKey } from './zxid-key.ts';
import { text } from './text.ts';

export const NEW_LEADER_ACK_DURABLE: Property = {
  name: 'C.3',
  title: 'A follower acknowledges a new leader only with the synchronised history on its disk',
};

/** A follower in synchronisation has written currentEpoch. */
export function checkEpochAfterHistory(ghosts: Ghosts, m: MemberGhost, epoch: number): void {
  if (m.state !== 'FOLLOWING' || m.zabState !== 'synchronization') return;
  checkHistory(ghosts, m, text`wrote currentEpoch ${epoch}`);
}

/** A follower sends ACK of `epoch`.0. */
export function checkNewLeaderAck(ghosts: Ghosts, m: MemberGhost, epoch: number): void {
  if (m.state !== 'FOLLOWING') return;
  checkHistory(ghosts, m, text`acknowledged NEWLEADER of epoch ${epoch}`);
  if (m.currentEpoch >= epoch) return;
  const why = text`Server ${m.sid} acknowledged NEWLEADER of epoch ${epoch},
    but its currentEpoch file says ${m.currentEpoch}.`;
  report(ghosts, NEW_LEADER_ACK_DURABLE, why);
}

/** The same acknowledgement: what a start would have found on the disk at that moment. */
export function checkSynchronizedDisk(ghosts: Ghosts, m: MemberGhost, onDisk: ZxidKey): void {
  if (m.state !== 'FOLLOWING' || onDisk >= m.syncTarget) return;
  const why = text`Server ${m.sid} acknowledged NEWLEADER of epoch ${m.epoch}, but a loss of power
    would leave it at ${formatKey(onDisk)}, without ${formatKey(m.syncTarget)}, which its leader
    had committed by then.`;
  report(ghosts, NEW_LEADER_ACK_DURABLE, why);
}

/** After TRUNC and SNAP what was committed goes to disk in a snapshot of the tree. */
function checkHistory(ghosts: Ghosts, m: MemberGhost, did: string): void {
  const target = m.syncTarget;
  const reached = m.keeping === 'snapshot' ? m.lastApplied : m.lastSynced;
  if (reached >= target) return;
  const self = text`Server ${m.sid} ${did}`;
  const where =
    m.keeping === 'snapshot'
      ? 'is not in the tree of which it saved a snapshot'
      : m.lastLogged >= target
        ? 'is only in its page cache'
        : 'is not in its log';
  const why = text`${self}, but ${formatKey(target)},
    which its leader had committed by then, ${where}.`;
  report(ghosts, NEW_LEADER_ACK_DURABLE, why);
}
