/**
 * What each member commits, against the committed log: the sequence of what was committed first at
 * each place. As long as every member's own sequence is a prefix of it, PrefixConsistency,
 * Agreement and TotalOrder hold for all pairs of members, and one comparison per commit shows it.
 * Where a member leaves it, the invariants are told what it did instead.
 */
import { checkAgreement } from './agreement.ts';
import { contains } from './committers.ts';
import { COMMITTED_MAX, type Ghosts, type MemberGhost } from './ghosts.ts';
import { checkGlobalPrimaryOrder } from './global-primary-order.ts';
import { advance, isInGap } from './history.ts';
import { checkIntegrity } from './integrity.ts';
import { checkLeadersHave } from './leader-log-completeness.ts';
import { checkLocalPrimaryOrder } from './local-primary-order.ts';
import { checkPrefixConsistency } from './prefix-consistency.ts';
import {
  clear,
  drop,
  entryAt,
  find,
  idAt,
  isEmpty,
  lastZxid,
  positionAfter,
  push,
  zxidAt,
  type Entry,
} from './sequence.ts';
import { checkTotalOrder, reportRepetition } from './total-order.ts';
import { KEY_NOTHING, maxKey, type ZxidKey } from './zxid-key.ts';

/** How much of what a member committed off the committed log is remembered. */
const BRANCH_MAX = 1024;

/**
 * A member enters BROADCAST: its history up to `upTo` is committed there, in one go. On a leader
 * that is its initial history, on a learner what its leader synchronised it with.
 */
export function commitHistory(ghosts: Ghosts, m: MemberGhost, upTo: ZxidKey): void {
  const { committedLog } = ghosts;
  const { tail } = m;
  clear(m.branch);
  m.deviates = false;
  if (m.base > ghosts.coveredTo) addGap(ghosts, m.base);
  advance(ghosts, m);
  while (!isEmpty(tail) && zxidAt(tail, tail.first) <= upTo && m.matched === committedLog.end) {
    append(ghosts, m, entryAt(tail, tail.first));
    advance(ghosts, m);
  }
  m.committed = Math.min(m.matched, positionAfter(committedLog, upTo));
  m.delivered = Math.max(m.delivered, m.committed);
  m.committedTo = maxKey(m.base, zxidAt(committedLog, m.committed - 1));
  const head = isEmpty(tail) ? KEY_NOTHING : zxidAt(tail, tail.first);
  const expected = zxidAt(committedLog, m.matched);
  if (head !== KEY_NOTHING && head <= upTo) leave(ghosts, m, entryAt(tail, tail.first));
  else if (expected !== KEY_NOTHING && expected <= upTo) leave(ghosts, m, null);
  if (m.deviates) {
    for (let p = tail.first + 1; p < tail.end && zxidAt(tail, p) <= upTo; p += 1) {
      addToBranch(m, zxidAt(tail, p), idAt(tail, p));
    }
  }
  m.committedTo = upTo;
  comparePairs(ghosts, m);
}

/** The next transaction is committed on a member that is in BROADCAST. */
export function commitNext(ghosts: Ghosts, m: MemberGhost, zxid: ZxidKey, id: number): void {
  const { committedLog } = ghosts;
  checkGlobalPrimaryOrder(ghosts, m, zxid);
  m.committed = Math.max(m.committed, committedLog.first);
  if (m.deviates) {
    commitAside(ghosts, m, { zxid, id });
  } else if (zxidAt(committedLog, m.committed) === zxid && idAt(committedLog, m.committed) === id) {
    m.committed += 1;
  } else if (isInGap(ghosts, m.committed, zxid)) {
    // Nobody can say whether it is right.
  } else if (m.committed < committedLog.end || zxid <= m.committedTo) {
    leave(ghosts, m, { zxid, id });
  } else {
    append(ghosts, m, { zxid, id });
    m.committed = committedLog.end;
  }
  m.delivered = Math.max(m.delivered, m.committed);
  m.committedTo = zxid;
  advance(ghosts, m);
  comparePairs(ghosts, m);
}

/** Only where members have parted are there pairs to look at. */
function comparePairs(ghosts: Ghosts, m: MemberGhost): void {
  if (ghosts.partedAt === Infinity) return;
  checkAgreement(ghosts, m);
  checkTotalOrder(ghosts, m);
}

/** The first to commit something decides what the committed log has there. */
function append(ghosts: Ghosts, m: MemberGhost, entry: Entry): void {
  const { committedLog } = ghosts;
  checkIntegrity(ghosts, m, entry);
  checkLocalPrimaryOrder(ghosts, m, maxKey(lastZxid(committedLog), gapEnd(ghosts)), entry.zxid);
  push(committedLog, entry.zxid, entry.id, m.sid);
  ghosts.coveredTo = maxKey(ghosts.coveredTo, entry.zxid);
  if (ghosts.proposals.get(entry.zxid) === entry.id) ghosts.proposals.delete(entry.zxid);
  if (committedLog.end - committedLog.first > COMMITTED_MAX) forgetOldest(ghosts);
  checkLeadersHave(ghosts, m, committedLog.end - 1);
}

/** Its sequence leaves the committed log: with `entry`, or by lacking what comes next there. */
function leave(ghosts: Ghosts, m: MemberGhost, entry: Entry | null): void {
  m.deviates = true;
  ghosts.partedAt = Math.min(ghosts.partedAt, m.committed);
  checkPrefixConsistency(ghosts, m, entry);
  if (entry !== null) commitAside(ghosts, m, entry);
}

function commitAside(ghosts: Ghosts, m: MemberGhost, entry: Entry): void {
  checkIntegrity(ghosts, m, entry);
  checkLocalPrimaryOrder(ghosts, m, m.committedTo, entry.zxid);
  const position = find(ghosts.committedLog, entry.zxid);
  const isKnown = position !== -1 && idAt(ghosts.committedLog, position) === entry.id;
  if ((isKnown && position < m.committed) || contains(m.branch, entry)) {
    reportRepetition(ghosts, m, entry);
  } else {
    addToBranch(m, entry.zxid, entry.id);
  }
}

function addToBranch(m: MemberGhost, zxid: ZxidKey, id: number): void {
  const { branch } = m;
  if (branch.end - branch.first === BRANCH_MAX) return;
  push(branch, zxid, id, m.sid);
}

/** Nobody can say what was committed up to `upTo` since the last known transaction. */
function addGap(ghosts: Ghosts, upTo: ZxidKey): void {
  ghosts.gaps.push({ at: ghosts.committedLog.end, upTo });
  ghosts.coveredTo = upTo;
}

function gapEnd(ghosts: Ghosts): ZxidKey {
  const last = ghosts.gaps.at(-1);
  return last?.at === ghosts.committedLog.end ? last.upTo : KEY_NOTHING;
}

/** What is forgotten becomes a gap before the rest. */
function forgetOldest(ghosts: Ghosts): void {
  const { committedLog, gaps } = ghosts;
  const position = committedLog.first + COMMITTED_MAX / 2;
  const upTo = zxidAt(committedLog, position - 1);
  drop(committedLog, COMMITTED_MAX / 2);
  const kept = gaps.filter((gap) => gap.at > position);
  gaps.splice(0, gaps.length, { at: position, upTo }, ...kept);
}
