/** Whom to name, and how to name what they committed. */
import type { Sid } from '../../core/units.ts';
import { describe } from './describe.ts';
import type { Ghosts, MemberGhost } from './ghosts.ts';
import { byAt, entryAt, type Entry, type Sequence } from './sequence.ts';

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

/**
 * What a member committed from the place on where the first one left the committed log: at most
 * HORIZON transactions, for whoever compares members pair by pair.
 */
export function committedSinceParting(ghosts: Ghosts, m: MemberGhost): readonly Entry[] {
  const { committedLog, partedAt } = ghosts;
  const entries: Entry[] = [];
  const until = m.deviates ? m.committed : m.delivered;
  for (let p = partedAt; p < until && entries.length < HORIZON; p += 1) {
    entries.push(entryAt(committedLog, p));
  }
  if (!m.deviates) return entries;
  for (let p = m.branch.first; p < m.branch.end && entries.length < HORIZON; p += 1) {
    entries.push(entryAt(m.branch, p));
  }
  return entries;
}

const HORIZON = 64;

export function isSame(a: Entry, b: Entry): boolean {
  return a.zxid === b.zxid && a.id === b.id;
}
