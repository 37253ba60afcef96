/**
 * CommittedLogDurability (A.13): no server loses one to a TRUNC or SNAP. What the leader commits
 * only after it has sent that follows it on the same connection, and is not lost.
 */
import type { Sid } from '../../core/units.ts';
import type { ZxidKey } from './zxid-key.ts';
import { byAt, entryAt } from './sequence.ts';
import { say } from './committers.ts';
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { text } from './text.ts';

export const COMMITTED_LOG_DURABILITY: Property = {
  name: 'CommittedLogDurability',
  title: 'TRUNC and SNAP never remove a committed transaction',
};

/** So many of the latest TRUNC and SNAP are remembered. */
const SENT_MAX = 256;

/** A leader sends TRUNC or SNAP: it is answerable for what is committed by now. */
export function recordCut(ghosts: Ghosts, leader: MemberGhost, zxid: ZxidKey): void {
  const { cutsSent } = ghosts;
  const name = cutName(leader.sid, zxid);
  cutsSent.delete(name);
  cutsSent.set(name, ghosts.committedLog.end);
  if (cutsSent.size <= SENT_MAX) return;
  for (const oldest of cutsSent.keys()) {
    cutsSent.delete(oldest);
    return;
  }
}

function cutName(leader: Sid | null, zxid: ZxidKey): string {
  return `${String(leader)}/${String(zxid)}`;
}

/** @param before `matched` as it was before TRUNC or SNAP replaced the history. */
export function checkCommittedLogDurability(
  ghosts: Ghosts,
  m: MemberGhost,
  cause: 'TRUNC' | 'SNAP',
  before: number,
): void {
  const whenSent = ghosts.cutsSent.get(cutName(m.leader, m.lastApplied));
  if (m.matched >= Math.min(before, whenSent ?? before)) return;
  const removed = say(ghosts, entryAt(ghosts.committedLog, m.matched));
  const by = byAt(ghosts.committedLog, m.matched);
  const why = text`Server ${by} committed ${removed},
    but ${cause} removed it from the history of server ${m.sid}.`;
  report(ghosts, COMMITTED_LOG_DURABILITY, why);
}
