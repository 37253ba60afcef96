/** C.15: a tree takes transactions in the order of their zxids, and each of them once. */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { text } from './text.ts';
import { formatKey, type ZxidKey } from './zxid-key.ts';

export const APPLY_ORDER: Property = {
  name: 'C.15',
  title: 'Every tree takes each transaction once, in the order of zxids',
};

/** A transaction reached the tree, which may have been read anew since the one before. */
export function checkApplyOrder(ghosts: Ghosts, m: MemberGhost, zxid: ZxidKey): void {
  const before = m.treeZxid;
  m.treeZxid = zxid;
  if (zxid > before) return;
  const again = zxid === before ? 'once more' : text`after ${formatKey(before)}`;
  const why = text`The tree of server ${m.sid} had processed everything up to
    ${formatKey(before)}, but it applied ${formatKey(zxid)} ${again}.`;
  report(ghosts, APPLY_ORDER, why);
}
