/** GlobalPrimaryOrder (A.8): transactions of an earlier epoch are committed before those of a later. */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { epochOfKey, formatKey, KEY_NOTHING, type ZxidKey } from './zxid-key.ts';

export const GLOBAL_PRIMARY_ORDER: Property = {
  name: 'GlobalPrimaryOrder',
  title: "An earlier leader's transactions are committed before a later leader's",
};

/** `zxid` is about to follow what the member committed last. */
export function checkGlobalPrimaryOrder(ghosts: Ghosts, m: MemberGhost, zxid: ZxidKey): void {
  const previous = m.committedTo;
  if (zxid > previous || previous === KEY_NOTHING) return;
  if (epochOfKey(zxid) >= epochOfKey(previous)) return;
  const why = `Server ${String(m.sid)} committed ${formatKey(zxid)} of epoch ${String(epochOfKey(zxid))} after ${formatKey(previous)} of the later epoch ${String(epochOfKey(previous))}.`;
  report(ghosts, GLOBAL_PRIMARY_ORDER, why);
}
