/** C.9: after TRUNC nothing later is left, neither in the log nor in a snapshot nor in the tree. */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import type { RecoveredNote } from './history.ts';
import { formatKey, KEY_NOTHING, keyOf } from './zxid-key.ts';
import { text } from './text.ts';

export const TRUNCATION: Property = {
  name: 'C.9',
  title: 'TRUNC removes everything after its zxid',
};

export function checkTruncation(ghosts: Ghosts, m: MemberGhost, note: RecoveredNote): void {
  const target = m.truncateTo === KEY_NOTHING ? keyOf(note.lastProcessed) : m.truncateTo;
  const told = text`Server ${m.sid} was told to cut its log after ${formatKey(target)}, but`;
  const left = note.history.map(([zxid]) => keyOf(zxid)).find((zxid) => zxid > target);
  if (left !== undefined) {
    report(ghosts, TRUNCATION, text`${told} ${formatKey(left)} is still in it.`);
  } else if (keyOf(note.base) > target) {
    const base = formatKey(keyOf(note.base));
    report(ghosts, TRUNCATION, text`${told} its database rests on the later snapshot ${base}.`);
  } else if (keyOf(note.lastProcessed) > target) {
    const last = formatKey(keyOf(note.lastProcessed));
    report(ghosts, TRUNCATION, text`${told} its tree is at ${last}.`);
  }
}
