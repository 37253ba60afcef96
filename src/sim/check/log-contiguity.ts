/** C.6: a log has no holes: inside an epoch each record is the successor of the one before. */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { idInHistory, type RecoveredNote } from './history.ts';
import { epochOfKey, formatKey, keyOf, KEY_NOTHING, type ZxidKey } from './zxid-key.ts';

export const LOG_CONTIGUITY: Property = {
  name: 'C.6',
  title: 'Every log is complete and in order',
};

/** A record is about to follow `lastLogged`. */
export function checkLogged(ghosts: Ghosts, m: MemberGhost, zxid: ZxidKey, id: number): void {
  const last = m.lastLogged;
  if (zxid === last + 1 || isEpochLater(zxid, last)) return;
  if (m.keeping === 'snapshot' || zxid <= m.base) return;
  const self = `Server ${String(m.sid)} logged ${formatKey(zxid)}`;
  if (zxid > last) {
    report(ghosts, LOG_CONTIGUITY, `${self} right after ${formatKey(last)}: its log has a hole.`);
    return;
  }
  const held = idInHistory(ghosts, m, zxid);
  if (held === id || held === 'unknown') return;
  report(ghosts, LOG_CONTIGUITY, `${self} after ${formatKey(last)}, which is the later one.`);
}

/** A server has read its disk: the log behind the snapshot is complete. */
export function checkRecoveredLog(ghosts: Ghosts, m: MemberGhost, note: RecoveredNote): void {
  let last = keyOf(note.base);
  for (const [zxid] of note.history) {
    const next = keyOf(zxid);
    if (next !== last + 1 && !isEpochLater(next, last)) {
      const why = `Server ${String(m.sid)} found ${formatKey(next)} right after ${formatKey(last)} on its disk: its log has a hole.`;
      report(ghosts, LOG_CONTIGUITY, why);
      return;
    }
    last = next;
  }
}

function isEpochLater(zxid: ZxidKey, last: ZxidKey): boolean {
  return last <= KEY_NOTHING || epochOfKey(zxid) > epochOfKey(last);
}
