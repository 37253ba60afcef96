/**
 * C.1: on disk, acceptedEpoch ≥ currentEpoch ≥ the epoch of the last logged transaction, and
 * neither epoch ever goes back.
 *
 * Differs: a learner that joins a leader at work logs transactions of the new epoch just before it
 * writes currentEpoch, as ZooKeeper does; so the second comparison waits until it is in BROADCAST.
 */
import type { Note } from '../../core/quorum/peer-io.ts';
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import type { RecoveredNote } from './history.ts';
import { epochOfKey, formatKey, type ZxidKey } from './zxid-key.ts';
import { text } from './text.ts';

export const EPOCHS_ON_DISK: Property = {
  name: 'C.1',
  title: 'The epoch files never go back and cover what is in the log',
};

type EpochNote = Extract<Note, { readonly note: 'epoch' }>;

/** An epoch file has become durable. */
export function recordEpoch(ghosts: Ghosts, m: MemberGhost, note: EpochNote): void {
  const before = m[note.file];
  if (note.epoch < before) reportGoingBack(ghosts, m, note.file, before, note.epoch);
  m[note.file] = note.epoch;
  checkOrder(ghosts, m);
}

/** A server has read its disk. An empty one is new, or was replaced: that is no step back. */
export function recoverEpochs(ghosts: Ghosts, m: MemberGhost, note: RecoveredNote): void {
  const { acceptedEpoch, currentEpoch } = note;
  const isEmpty = note.history.length === 0 && note.base <= 0n;
  const isNew = !m.known || (isEmpty && acceptedEpoch <= 0 && currentEpoch <= 0);
  if (!isNew) {
    if (acceptedEpoch < m.acceptedEpoch) {
      reportGoingBack(ghosts, m, 'acceptedEpoch', m.acceptedEpoch, acceptedEpoch);
    } else if (currentEpoch < m.currentEpoch) {
      reportGoingBack(ghosts, m, 'currentEpoch', m.currentEpoch, currentEpoch);
    }
  }
  m.acceptedEpoch = acceptedEpoch;
  m.currentEpoch = currentEpoch;
  checkOrder(ghosts, m);
}

/** A record has entered the log. */
export function checkEpochOfLogged(ghosts: Ghosts, m: MemberGhost, zxid: ZxidKey): void {
  const epoch = epochOfKey(zxid);
  const file = epoch > m.acceptedEpoch ? 'acceptedEpoch' : 'currentEpoch';
  if (epoch <= m[file]) return;
  if (file === 'currentEpoch' && m.zabState !== 'broadcast') return;
  const why = text`Server ${m.sid} logged ${formatKey(zxid)} of epoch ${epoch},
    but its ${file} file says ${m[file]}.`;
  report(ghosts, EPOCHS_ON_DISK, why);
}

function checkOrder(ghosts: Ghosts, m: MemberGhost): void {
  if (m.acceptedEpoch >= m.currentEpoch) return;
  const why = text`On the disk of server ${m.sid} currentEpoch is ${m.currentEpoch},
    but acceptedEpoch only ${m.acceptedEpoch}.`;
  report(ghosts, EPOCHS_ON_DISK, why);
}

function reportGoingBack(
  ghosts: Ghosts,
  m: MemberGhost,
  file: 'acceptedEpoch' | 'currentEpoch',
  from: number,
  to: number,
): void {
  const why = text`The ${file} of server ${m.sid} was ${from} on its disk
    and went back to ${to}.`;
  report(ghosts, EPOCHS_ON_DISK, why);
}
