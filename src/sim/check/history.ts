/**
 * A member's history: what it would recover, and, on a leader, what it has proposed besides. All
 * of it that equals the committed log is kept as one number, so that comparing histories costs
 * nothing as long as they agree.
 */
import type { Note } from '../../core/quorum/peer-io.ts';
import type { Sid } from '../../core/units.ts';
import { forgetSync, rivalName, type Ghosts, type MemberGhost } from './ghosts.ts';
import {
  clear,
  cutAfter,
  drop,
  find,
  holds,
  idAt,
  isEmpty,
  lastZxid,
  positionAfter,
  push,
  zxidAt,
} from './sequence.ts';
import { counterOfKey, KEY_NOTHING, keyOf, maxKey, type ZxidKey } from './zxid-key.ts';

export type RecoveredNote = Extract<Note, { readonly note: 'recovered' }>;

const NOBODY = 0 as Sid;

/**
 * Moves from the tail to `matched` whatever equals the committed log. Afterwards either the tail is
 * empty, or its head is beyond the committed log, or it contradicts it.
 */
export function advance(ghosts: Ghosts, m: MemberGhost): void {
  const { committedLog } = ghosts;
  const { tail } = m;
  m.matched = Math.max(m.matched, committedLog.first);
  for (;;) {
    const expected = zxidAt(committedLog, m.matched);
    if (expected !== KEY_NOTHING && expected <= m.base) {
      m.matched = positionAfter(committedLog, m.base);
      continue;
    }
    if (isEmpty(tail)) return;
    const head = zxidAt(tail, tail.first);
    if (head === expected && idAt(tail, tail.first) === idAt(committedLog, m.matched)) {
      m.matched += 1;
    } else if (!isInGap(ghosts, m.matched, head)) {
      return;
    }
    drop(tail, 1);
  }
}

/** Whether nobody can say what the committed log has at `zxid`. */
export function isInGap(ghosts: Ghosts, position: number, zxid: ZxidKey): boolean {
  for (const gap of ghosts.gaps) if (gap.at === position && zxid <= gap.upTo) return true;
  return false;
}

/** Its history ends with this transaction now, unless it has it already. */
export function extendHistory(m: MemberGhost, zxid: ZxidKey, id: number): void {
  if (zxid <= m.lastZxid) return;
  push(m.tail, zxid, id, NOBODY);
  m.lastZxid = zxid;
}

/**
 * What a member holds under `zxid`: the content's id, `absent`, or `unknown` where the transaction
 * lies in a snapshot, or too far back.
 */
export function idInHistory(
  ghosts: Ghosts,
  m: MemberGhost,
  zxid: ZxidKey,
): number | 'absent' | 'unknown' {
  const inTail = find(m.tail, zxid);
  if (inTail !== -1) return idAt(m.tail, inTail);
  const { committedLog } = ghosts;
  const position = find(committedLog, zxid);
  if (position !== -1 && position < m.matched) return idAt(committedLog, position);
  if (zxid <= m.base || zxid < zxidAt(committedLog, committedLog.first)) return 'unknown';
  if (ghosts.gaps.some((gap) => zxid <= gap.upTo && gap.at <= m.matched)) return 'unknown';
  return 'absent';
}

/** Up to where its tree stands: what opens an epoch is no transaction, and no start owes it. */
export function lastTransactionOf(ghosts: Ghosts, m: MemberGhost): ZxidKey {
  if (counterOfKey(m.lastApplied) !== 0) return m.lastApplied;
  return isEmpty(m.tail) ? zxidAt(ghosts.committedLog, m.matched - 1) : lastZxid(m.tail);
}

/** Boot, TRUNC and SNAP: the database rests on something else now. */
export function replaceHistory(ghosts: Ghosts, m: MemberGhost, note: RecoveredNote): void {
  clear(m.tail);
  m.base = keyOf(note.base);
  m.lastZxid = m.base;
  for (const [zxid, id] of note.history) extendHistory(m, keyOf(zxid), id);
  m.matched = ghosts.committedLog.first;
  m.lastLogged = m.lastZxid;
  m.lastSynced = m.lastZxid;
  m.committedTo = KEY_NOTHING;
  m.deviates = false;
  clear(m.branch);
  if (note.cause === 'boot') {
    m.established = false;
    forgetSync(m);
  }
  // What a member has when the run begins was proposed before it began.
  if (!m.known) for (const [zxid, id] of note.history) addProposal(ghosts, keyOf(zxid), id);
  m.known = true;
  advance(ghosts, m);
}

export function addProposal(ghosts: Ghosts, zxid: ZxidKey, id: number): void {
  const proposed = ghosts.proposals.get(zxid);
  if (proposed === id || holds(ghosts.committedLog, { zxid, id })) return;
  if (proposed === undefined) ghosts.proposals.set(zxid, id);
  else ghosts.rivalProposals.add(rivalName(zxid, id));
}

/** On leaving its role: a leader's proposals that never reached its log are gone. */
export function dropUnlogged(ghosts: Ghosts, m: MemberGhost): void {
  const kept = maxKey(m.base, maxKey(m.lastLogged, m.lastApplied));
  if (kept >= m.lastZxid) return;
  cutAfter(m.tail, kept);
  m.matched = Math.min(m.matched, positionAfter(ghosts.committedLog, kept));
  m.lastZxid = kept;
}
