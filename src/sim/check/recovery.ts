/**
 * C.8: what a start makes of a disk is what went onto it: everything that was durable, and, up to
 * its last transaction, the very tree that the servers had when they processed that one.
 */
import { report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { differenceOf } from './local/fingerprint.ts';
import type { Fingerprint, Look } from './local/look.ts';
import { knownDigest, knownPrint } from './known-trees.ts';
import { text } from './text.ts';
import { formatKey, KEY_NOTHING, keyOf, type ZxidKey } from './zxid-key.ts';

export const RECOVERY: Property = {
  name: 'C.8',
  title: 'A restart recovers exactly the history that its disk was given',
};

type RecoveryLook = Extract<Look, { readonly what: 'recovery' }>;

/** A server has read its disk: how far it came. */
export function checkRecoveredTo(ghosts: Ghosts, m: MemberGhost, zxid: ZxidKey): void {
  if (m.ruined) {
    m.durableTo = KEY_NOTHING;
    // What it promised to a leader went with it.
    m.countedEpoch = -1;
  }
  m.ruined = m.lying;
  checkReach(ghosts, m, zxid, 'started');
}

/** The same, with the whole tree. */
export function checkStarted(
  ghosts: Ghosts,
  m: MemberGhost,
  print: Fingerprint,
  fuzzy: boolean,
): void {
  if (fuzzy) m.unsettled = true;
  if (m.unsettled) return;
  const { lastApplied: zxid, lastAppliedId: id, digestHigh, digestLow } = m;
  checkTree(ghosts, m, { zxid, id, digestHigh, digestLow }, print, 'started');
}

/** What a start would find if the power failed now. */
export function checkTrialStart(ghosts: Ghosts, m: MemberGhost, look: RecoveryLook): void {
  const zxid = keyOf(look.zxid);
  if (!m.ruined) checkReach(ghosts, m, zxid, 'would');
  if (!look.fuzzy && !m.unsettled) {
    const { id, digestHigh, digestLow } = look;
    checkTree(ghosts, m, { zxid, id, digestHigh, digestLow }, look.print, 'would');
  }
}

/** A wiped or damaged disk, or one that lies, owes nothing. */
export function forgiveDisk(m: MemberGhost, lying: boolean): void {
  m.ruined = true;
  m.lying = lying;
}

function checkReach(ghosts: Ghosts, m: MemberGhost, zxid: ZxidKey, how: 'started' | 'would'): void {
  if (zxid >= m.durableTo) return;
  const why = text`Everything up to ${formatKey(m.durableTo)} was durable on the disk of server
    ${m.sid}, but ${how === 'would' ? 'a restart now would recover' : 'its restart recovered'}
    nothing after ${formatKey(zxid)}.`;
  report(ghosts, RECOVERY, why);
}

interface RecoveredTree {
  readonly zxid: ZxidKey;
  readonly id: number;
  readonly digestHigh: number;
  readonly digestLow: number;
}

function checkTree(
  ghosts: Ghosts,
  m: MemberGhost,
  tree: RecoveredTree,
  print: Fingerprint,
  how: 'started' | 'would',
): void {
  const digest = knownDigest(ghosts, tree.zxid, tree.id);
  const other = knownPrint(ghosts, tree.zxid, tree.id);
  const isSame =
    digest === null || (digest.high === tree.digestHigh && digest.low === tree.digestLow);
  const parts = other === null ? null : differenceOf(other.print, print);
  if (isSame && parts === null) return;
  const by = (isSame ? other?.by : digest?.by) ?? m.sid;
  const what = isSame ? text`other ${parts}` : 'another tree';
  const does = how === 'would' ? 'a restart now would find' : 'its restart found';
  const why = text`Server ${by} processed everything up to ${formatKey(tree.zxid)}, and so did
    what is on the disk of server ${m.sid}, but ${does} ${what}.`;
  report(ghosts, RECOVERY, why);
}
