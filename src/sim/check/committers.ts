/** Whom to name, and how to name what they committed. */
import type { Sid } from '../../core/units.ts';
import { describe } from './describe.ts';
import type { Ghosts } from './ghosts.ts';
import { byAt, type Entry, type Sequence } from './sequence.ts';

/**
 * Somebody who committed what stands at `position` of the committed log: rather not `besides`, and
 * rather the first one.
 */
export function committerOf(ghosts: Ghosts, position: number, besides: Sid): Sid {
  const first = byAt(ghosts.committedLog, position);
  if (first !== besides) return first;
  for (const m of ghosts.members.values()) {
    if (m.sid !== besides && m.delivered > position) return m.sid;
  }
  return first;
}

/** A transaction in words. */
export function say(ghosts: Ghosts, entry: Entry): string {
  return describe(ghosts.descriptions, entry);
}

/** Of a sequence that may be out of order. */
export function contains(s: Sequence, entry: Entry): boolean {
  const from = s.head;
  for (let i = from; i < from + s.end - s.first; i += 1) {
    if (s.zxids[i] === entry.zxid && s.ids[i] === entry.id) return true;
  }
  return false;
}
