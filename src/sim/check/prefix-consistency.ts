/** PrefixConsistency (A.3): of two committed histories, one is a prefix of the other. */
import { committerOf, say } from './committers.ts';
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { entryAt, find, idAt, zxidAt, type Entry } from './sequence.ts';
import { formatKey, KEY_NOTHING, type ZxidKey } from './zxid-key.ts';
import { text } from './text.ts';

export const PREFIX_CONSISTENCY: Property = {
  name: 'PrefixConsistency',
  title: 'All servers commit the same transactions in the same places',
};

/**
 * A member's commits leave the committed log: with `entry`, or (null) because its history goes
 * past what comes next there, without it.
 */
export function checkPrefixConsistency(ghosts: Ghosts, m: MemberGhost, entry: Entry | null): void {
  const expected = entryAt(ghosts.committedLog, m.committed);
  if (expected.zxid === KEY_NOTHING) return;
  const other = text`Server ${committerOf(ghosts, m.committed, m.sid)} committed`;
  const self = text`server ${m.sid}`;
  const what = say(ghosts, expected);
  if (entry === null) {
    const why = text`${other} ${what}, but ${self} went on to later transactions without it.`;
    report(ghosts, PREFIX_CONSISTENCY, why);
    return;
  }
  if (entry.zxid === expected.zxid) {
    const why = text`${other} ${what} but ${self}
      committed another transaction under the same zxid.`;
    report(ghosts, PREFIX_CONSISTENCY, why);
    return;
  }
  const before = zxidAt(ghosts.committedLog, m.committed - 1);
  const place =
    before === KEY_NOTHING ? 'as the first transaction' : text`after ${formatKey(before)}`;
  const why = text`${other} ${what} ${place},
    but ${self} committed ${say(ghosts, entry)} in its place.`;
  report(ghosts, PREFIX_CONSISTENCY, why);
}

/** A leader's tree takes what the leader committed before, and takes all of it. */
export function checkAppliedByLeader(
  ghosts: Ghosts,
  m: MemberGhost,
  zxid: ZxidKey,
  id: number,
): void {
  const { committedLog } = ghosts;
  const position = find(committedLog, zxid);
  if (position === -1 || m.deviates) return;
  if (idAt(committedLog, position) !== id) {
    const what = say(ghosts, entryAt(committedLog, position));
    const why = text`What was committed is ${what},
      but server ${m.sid} applied another transaction under the same zxid.`;
    report(ghosts, PREFIX_CONSISTENCY, why);
  }
  const before = entryAt(committedLog, position - 1);
  if (before.zxid > m.lastApplied) {
    const why = text`${say(ghosts, before)} was committed before ${formatKey(zxid)},
      but server ${m.sid} applied the latter without the former.`;
    report(ghosts, PREFIX_CONSISTENCY, why);
  }
}
