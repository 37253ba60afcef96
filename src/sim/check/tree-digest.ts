/**
 * C.11: trees that processed the same transactions are equal, shown by their digests.
 *
 * A snapshot is taken while transactions go on, so a tree that was read from one may hold more than
 * its zxid says, until it has processed all that the snapshot could have caught. Such a tree is
 * compared from then on.
 */
import {
  isBroken,
  report,
  DIGESTS,
  type Ghosts,
  type MemberGhost,
  type Property,
} from './ghosts.ts';
import type { RecoveredNote } from './history.ts';
import { knownPrint, lastTxnAt, rememberPrint, slotOf } from './known-trees.ts';
import { differenceOf } from './local/fingerprint.ts';
import type { Fingerprint } from './local/look.ts';
import { formatKey, KEY_NOTHING, keyOf, maxKey, type ZxidKey } from './zxid-key.ts';
import { text } from './text.ts';

export const TREE_DIGEST: Property = {
  name: 'C.11',
  title: 'Servers that processed the same transactions hold the same tree',
};

/** Of a 64-bit number in hexadecimal; the halves are unsigned. */
const HALF_DIGITS = 8;

/** A transaction reached the tree. */
export function recordApplied(
  ghosts: Ghosts,
  m: MemberGhost,
  zxid: ZxidKey,
  id: number,
  digestHigh: number,
  digestLow: number,
): void {
  m.lastApplied = zxid;
  m.lastAppliedId = id;
  m.digestHigh = digestHigh >>> 0;
  m.digestLow = digestLow >>> 0;
  if (zxid >= m.appliedMax) m.unsettled = false;
  if (zxid > m.appliedMax) m.appliedMax = zxid;
  if (zxid >= m.fuzzyUntil) compareTree(ghosts, m, zxid, id);
}

/** A tree was read from disk, or from a leader. */
export function recordRecovered(ghosts: Ghosts, m: MemberGhost, note: RecoveredNote): void {
  m.lastApplied = keyOf(note.lastProcessed);
  const last = note.history.at(-1);
  m.lastAppliedId = last?.[0] === note.lastProcessed ? last[1] : NaN;
  const digits = note.digest.replace(/^0x/, '').padStart(2 * HALF_DIGITS, '0');
  m.digestHigh = Number.parseInt(digits.slice(0, -HALF_DIGITS), 16) >>> 0;
  m.digestLow = Number.parseInt(digits.slice(-HALF_DIGITS), 16) >>> 0;
  // TRUNC leaves nothing later, snapshots included: what its tree holds beyond is a fault.
  if (note.cause === 'TRUNC') m.appliedMax = m.lastApplied;
  m.fuzzyUntil = note.cause === 'SNAP' ? Infinity : m.appliedMax;
  m.appliedMax = maxKey(m.appliedMax, m.lastApplied);
  if (m.lastApplied >= m.fuzzyUntil) compareRecovered(ghosts, m);
}

/** A learner has all that its leader sent: its tree holds no more than its zxid says. */
export function recordSynchronized(ghosts: Ghosts, m: MemberGhost): void {
  m.unsettled = false;
  if (m.fuzzyUntil !== Infinity) return;
  m.fuzzyUntil = KEY_NOTHING;
  compareRecovered(ghosts, m);
}

/**
 * A tree of which only the zxid may be known: the committed log says what it processed last. A
 * zxid that opens an epoch stands for the last transaction before it.
 */
function compareRecovered(ghosts: Ghosts, m: MemberGhost): void {
  const last = lastTxnAt(ghosts, m.lastApplied, m.lastAppliedId);
  if (last !== null) compareTree(ghosts, m, last.zxid, last.id);
}

/**
 * The same for what the digest leaves out, right after the transaction `zxid`. Differs from
 * ZooKeeper's own comparison, which cannot see it.
 */
export function recordPrint(
  ghosts: Ghosts,
  m: MemberGhost,
  zxid: ZxidKey,
  print: Fingerprint,
): void {
  if (zxid !== m.lastApplied || zxid < m.fuzzyUntil || m.unsettled) return;
  const id = m.lastAppliedId;
  const known = knownPrint(ghosts, zxid, id);
  if (known === null) {
    rememberPrint(ghosts, m.sid, zxid, id, print);
    return;
  }
  const parts = differenceOf(known.print, print);
  if (parts === null) return;
  const both =
    known.by === m.sid
      ? text`Server ${m.sid} processed everything up to ${formatKey(zxid)} twice, and yet it has`
      : text`Servers ${known.by} and ${m.sid} both processed everything up to
          ${formatKey(zxid)}, and yet they have`;
  report(ghosts, TREE_DIGEST, text`${both} different ${parts}.`);
}

function compareTree(ghosts: Ghosts, m: MemberGhost, zxid: ZxidKey, id: number): void {
  const { digests } = ghosts;
  const slot = slotOf(zxid, DIGESTS);
  const held = digests.zxids[slot] ?? KEY_NOTHING;
  if (held > zxid) return;
  if (held < zxid) {
    digests.zxids[slot] = zxid;
    digests.ids[slot] = id;
    digests.high[slot] = m.digestHigh;
    digests.low[slot] = m.digestLow;
    digests.by[slot] = m.sid;
    return;
  }
  if (digests.ids[slot] !== id || isBroken(ghosts, TREE_DIGEST)) return;
  const [high, low] = [digests.high[slot] ?? 0, digests.low[slot] ?? 0];
  if (high === m.digestHigh && low === m.digestLow) {
    digests.by[slot] = m.sid;
    return;
  }
  const other = String(digests.by[slot]);
  const both =
    other === String(m.sid)
      ? text`Server ${other} processed everything up to ${formatKey(zxid)} twice,
          and its trees differ`
      : text`Servers ${other} and ${m.sid} both processed everything up to
          ${formatKey(zxid)}, and yet their trees differ`;
  const [theirs, mine] = [formatDigest(high, low), formatDigest(m.digestHigh, m.digestLow)];
  report(ghosts, TREE_DIGEST, text`${both}: digest ${theirs} against ${mine}.`);
}

function formatDigest(high: number, low: number): string {
  const digits = low.toString(16);
  return high === 0 ? digits : high.toString(16) + digits.padStart(HALF_DIGITS, '0');
}
