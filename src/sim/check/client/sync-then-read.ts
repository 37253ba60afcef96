/**
 * Sync, then read (C.23): after the answer to a sync the server shows every write that was
 * acknowledged to anybody before the sync was sent.
 *
 * It is the leader who answers a sync, and a leader that has been deposed without knowing it does
 * not know what its successor has committed: so only writes of its own epoch and of earlier ones
 * count. ZooKeeper promises no more.
 */
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { epochOfKey, type ZxidKey } from '../zxid-key.ts';
import { find, type AckedWrite, type ClientHistory, type Conn, type Invoked } from './history.ts';
import { asked, where, write, zxid as say } from './words.ts';

export const SYNC_THEN_READ: Property = {
  name: 'C.23',
  title: 'After a sync, a read shows every write that was acknowledged before the sync',
};

/** How many epochs back a leader may be that does not know yet of its successors. */
const EPOCHS_MAX = 8;

export function noteAcked(history: ClientHistory, acked: AckedWrite): void {
  if (history.acked === null || history.acked.zxid < acked.zxid) history.acked = acked;
  const { ackedOf } = history;
  const epoch = epochOfKey(acked.zxid);
  const before = ackedOf.get(epoch);
  if (before !== undefined && before.zxid >= acked.zxid) return;
  ackedOf.set(epoch, acked);
  if (ackedOf.size > EPOCHS_MAX) ackedOf.delete(Math.min(...ackedOf.keys()));
}

/** The newest write acknowledged so far that a leader of `epoch` must know of. */
export function ackedUpTo(history: ClientHistory, epoch: number | null): AckedWrite | null {
  if (epoch === null) return null;
  let newest: AckedWrite | null = null;
  for (const [of, acked] of history.ackedOf) {
    if (of <= epoch && (newest === null || acked.zxid > newest.zxid)) newest = acked;
  }
  return newest;
}

/** A reply shows the state at `z`. @returns whether it shows what the last sync promised. */
export function checkSynced(
  history: ClientHistory,
  conn: Conn,
  invoked: Invoked,
  z: ZxidKey,
): boolean {
  const { synced } = conn;
  if (synced === null || z >= synced.zxid) return true;
  const why = text`The answer to ${asked(invoked)} of ${where(conn)} shows ${say(z)}, but before
    its sync was sent a write had been acknowledged: ${write(synced)}.`;
  find(history, SYNC_THEN_READ, why);
  return false;
}
