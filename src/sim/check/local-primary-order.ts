/**
 * LocalPrimaryOrder (A.7): who commits one of a leader's transactions has committed all that the
 * same leader proposed before it.
 *
 * Differs from Zab.tla, whose "there is a pair" is true of any transaction and itself: it is asked
 * of all pairs.
 */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { epochOfKey, formatKey, type ZxidKey } from './zxid-key.ts';
import { text } from './text.ts';

export const LOCAL_PRIMARY_ORDER: Property = {
  name: 'LocalPrimaryOrder',
  title: "A leader's transactions are committed in the order of its proposals, none left out",
};

/** @param previous What the member committed just before `zxid`. */
export function checkLocalPrimaryOrder(
  ghosts: Ghosts,
  m: MemberGhost,
  previous: ZxidKey,
  zxid: ZxidKey,
): void {
  const epoch = epochOfKey(zxid);
  const first = ghosts.firstProposed.get(epoch);
  if (first === undefined || epochOfKey(previous) > epoch) return;
  const expected = previous >= first && epochOfKey(previous) === epoch ? previous + 1 : first;
  if (zxid === expected) return;
  const leader = text`The leader of epoch ${epoch} proposed`;
  const self = text`server ${m.sid} committed`;
  if (zxid > expected) {
    const skipped = formatKey(expected as ZxidKey);
    const why = text`${leader} ${skipped} before ${formatKey(zxid)},
      but ${self} the latter without the former.`;
    report(ghosts, LOCAL_PRIMARY_ORDER, why);
  } else if (zxid >= first && zxid < previous) {
    const why = text`${leader} ${formatKey(zxid)} before ${formatKey(previous)},
      but ${self} it afterwards.`;
    report(ghosts, LOCAL_PRIMARY_ORDER, why);
  }
}
