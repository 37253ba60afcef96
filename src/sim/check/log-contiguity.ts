/** C.6: a log has no holes: inside an epoch each record is the successor of the one before. */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { idInHistory, type RecoveredNote } from './history.ts';
import {
  counterOfKey,
  epochOfKey,
  formatKey,
  keyOf,
  KEY_NOTHING,
  type ZxidKey,
} from './zxid-key.ts';
import { text } from './text.ts';

export const LOG_CONTIGUITY: Property = {
  name: 'C.6',
  title: 'Every log is complete and in order',
};

/** A record is about to follow `lastLogged`. */
export function checkLogged(ghosts: Ghosts, m: MemberGhost, zxid: ZxidKey, id: number): void {
  const last = m.lastLogged;
  if (zxid === last + 1 || beginsEpoch(zxid, last)) return;
  if (m.keeping === 'snapshot' || zxid <= m.base) return;
  const self = text`Server ${m.sid} logged ${formatKey(zxid)}`;
  if (zxid > last) {
    report(
      ghosts,
      LOG_CONTIGUITY,
      text`${self} right after ${formatKey(last)}: its log has a hole.`,
    );
    return;
  }
  const held = idInHistory(ghosts, m, zxid);
  if (held === id || held === 'unknown') return;
  report(ghosts, LOG_CONTIGUITY, text`${self} after ${formatKey(last)}, which is the later one.`);
}

/** A server has read its disk: the log behind the snapshot is complete. */
export function checkRecoveredLog(ghosts: Ghosts, m: MemberGhost, note: RecoveredNote): void {
  let last = keyOf(note.base);
  for (const [zxid] of note.history) {
    const next = keyOf(zxid);
    if (next !== last + 1 && !beginsEpoch(next, last)) {
      const why = text`Server ${m.sid} found ${formatKey(next)} right after
        ${formatKey(last)} on its disk: its log has a hole.`;
      report(ghosts, LOG_CONTIGUITY, why);
      return;
    }
    last = next;
  }
}

/** An epoch may begin with any counter, also after a snapshot at the zxid that opens it. */
function beginsEpoch(zxid: ZxidKey, last: ZxidKey): boolean {
  if (last === KEY_NOTHING || epochOfKey(zxid) > epochOfKey(last)) return true;
  return zxid > last && counterOfKey(last) === 0;
}
