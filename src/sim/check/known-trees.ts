/**
 * What is known of the trees that servers had, by the transaction that they processed last. A zxid
 * that opens an epoch stands for the last transaction before it.
 */
import type { Sid } from '../../core/units.ts';
import { DIGESTS, PRINTS, type Ghosts } from './ghosts.ts';
import type { Fingerprint } from './local/look.ts';
import { idAt, positionAfter, zxidAt, type Entry } from './sequence.ts';
import { counterOfKey, epochOfKey, KEY_NOTHING, type ZxidKey } from './zxid-key.ts';

/** Where the digests, or `slots` prints, of a zxid stand. */
export function slotOf(zxid: ZxidKey, slots: number): number {
  return (counterOfKey(zxid) + epochOfKey(zxid) * 5419) % slots;
}

/** The transaction that a tree at `zxid` processed last; null where nobody can say. */
export function lastTxnAt(ghosts: Ghosts, zxid: ZxidKey, id: number): Entry | null {
  if (!Number.isNaN(id)) return { zxid, id };
  if (zxid === 0) return { zxid, id: 0 };
  if (zxid < 0 || zxid > ghosts.coveredTo) return null;
  const { committedLog } = ghosts;
  const position = positionAfter(committedLog, zxid) - 1;
  const found = zxidAt(committedLog, position);
  if (found === KEY_NOTHING || (found !== zxid && counterOfKey(zxid) !== 0)) return null;
  // What came last before the epoch may lie in a snapshot, and nobody can say what it was.
  if (found !== zxid && ghosts.gaps.some(({ at }) => at === position + 1)) return null;
  return { zxid: found, id: idAt(committedLog, position) };
}

export function knownDigest(
  ghosts: Ghosts,
  zxid: ZxidKey,
  id: number,
): { readonly high: number; readonly low: number; readonly by: Sid } | null {
  const last = lastTxnAt(ghosts, zxid, id);
  if (last === null) return null;
  const { digests } = ghosts;
  const slot = slotOf(last.zxid, DIGESTS);
  if (digests.zxids[slot] !== last.zxid || digests.ids[slot] !== last.id) return null;
  const [high = 0, low = 0] = [digests.high[slot], digests.low[slot]];
  return { high, low, by: (digests.by[slot] ?? 0) as Sid };
}

export function knownPrint(
  ghosts: Ghosts,
  zxid: ZxidKey,
  id: number,
): { readonly print: Fingerprint; readonly by: Sid } | null {
  const last = lastTxnAt(ghosts, zxid, id);
  if (last === null) return null;
  const { prints } = ghosts;
  const slot = slotOf(last.zxid, PRINTS);
  if (prints.zxids[slot] !== last.zxid || prints.ids[slot] !== last.id) return null;
  const [acls = 0, children = 0, sessions = 0, ephemerals = 0] = prints.parts.subarray(4 * slot);
  return { print: { acls, children, sessions, ephemerals }, by: (prints.by[slot] ?? 0) as Sid };
}

/** Remembers it, unless something later stands in its place. */
export function rememberPrint(
  ghosts: Ghosts,
  by: Sid,
  zxid: ZxidKey,
  id: number,
  print: Fingerprint,
): void {
  const { prints } = ghosts;
  const slot = slotOf(zxid, PRINTS);
  if ((prints.zxids[slot] ?? KEY_NOTHING) > zxid) return;
  prints.zxids[slot] = zxid;
  prints.ids[slot] = id;
  prints.by[slot] = by;
  const { acls, children, sessions, ephemerals } = print;
  prints.parts.set([acls, children, sessions, ephemerals], 4 * slot);
}
