/**
 * LeaderLogCompleteness (A.12): an established leader has everything that was ever committed. It
 * breaks as soon as a bad leader is made, before that leader has done any harm.
 */
import { byAt, entryAt, zxidAt } from './sequence.ts';
import { say } from './committers.ts';
import { isBroken, report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { advance } from './history.ts';
import { KEY_NOTHING } from './zxid-key.ts';
import { text } from './text.ts';

export const LEADER_LOG_COMPLETENESS: Property = {
  name: 'LeaderLogCompleteness',
  title: 'Every new leader has all committed transactions',
};

/**
 * A leader has its quorum of ACKEPOCH. One that was overtaken before it noticed is none: a leader
 * of a later epoch serves, and may have committed more.
 */
export function checkNewLeader(ghosts: Ghosts, leader: MemberGhost): void {
  if (isBroken(ghosts, LEADER_LOG_COMPLETENESS) || leader.epoch < ghosts.newestEpoch) return;
  advance(ghosts, leader);
  reportMissing(ghosts, leader);
}

/** `committer` commits what stands at `position`: leaders of later epochs must have it by now. */
export function checkLeadersHave(ghosts: Ghosts, committer: MemberGhost, position: number): void {
  for (const leader of ghosts.members.values()) {
    if (!leader.established || leader.epoch <= committer.epoch) continue;
    if (leader.state !== 'LEADING' || leader === committer) continue;
    advance(ghosts, leader);
    if (leader.matched <= position) reportMissing(ghosts, leader);
  }
}

function reportMissing(ghosts: Ghosts, leader: MemberGhost): void {
  const { committedLog } = ghosts;
  if (zxidAt(committedLog, leader.matched) === KEY_NOTHING) return;
  const missing = say(ghosts, entryAt(committedLog, leader.matched));
  const committer = byAt(committedLog, leader.matched);
  const whose =
    committer === leader.sid ? 'it had committed itself' : text`server ${committer} had committed`;
  const why = text`Server ${leader.sid} became the leader of epoch ${leader.epoch}
    without ${missing}, which ${whose}.`;
  report(ghosts, LEADER_LOG_COMPLETENESS, why);
}
