/** GlobalPrimaryOrder (A.8): earlier epochs are committed before later ones. */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { epochOfKey, formatKey, KEY_NOTHING, type ZxidKey } from './zxid-key.ts';
import { text } from './text.ts';

export const GLOBAL_PRIMARY_ORDER: Property = {
  name: 'GlobalPrimaryOrder',
  title: "An earlier leader's transactions are committed before a later leader's",
};

/** `zxid` is about to follow what the member committed last. */
export function checkGlobalPrimaryOrder(ghosts: Ghosts, m: MemberGhost, zxid: ZxidKey): void {
  const previous = m.committedTo;
  if (zxid > previous || previous === KEY_NOTHING) return;
  if (epochOfKey(zxid) >= epochOfKey(previous)) return;
  const why = text`Server ${m.sid} committed ${formatKey(zxid)} of epoch ${epochOfKey(zxid)}
    after ${formatKey(previous)} of the later
    epoch ${epochOfKey(previous)}.`;
  report(ghosts, GLOBAL_PRIMARY_ORDER, why);
}
