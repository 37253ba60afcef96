/**
 * Whether the tree is what the leader worked out that it would be: transactions carry the digest
 * that the tree must have after them, and every server compares as it applies them. A difference
 * stops nothing; it is counted and said in the log.
 *
 * Source: DataTree.compareDigest, compareSnapshotDigests, reportDigestMismatch (3.9).
 */
import type { SnapshotDigest } from '../txn-log/snapshot.ts';
import type { Zxid } from '../zxid.ts';

export interface DigestCheck {
  /** digest_mismatches_count. */
  mismatches: number;
  /** The last comparison failed: what fails after it is not said again. */
  failing: boolean;
  /** Not yet said in the log: where a series of mismatches began. */
  unreported: DigestMismatch | null;
  /**
   * The tree came from a snapshot that was taken while writes went on. Until a replay has passed
   * this transaction the tree is of no single moment, and nothing is compared.
   */
  settlesAt: SnapshotDigest | null;
  /** The tree's digest at every HISTORY_STEP-th zxid, the latest HISTORY_MAX of them: `hash`. */
  readonly history: SnapshotDigest[];
}

const HISTORY_STEP = 128n;
const HISTORY_MAX = 1024;

export interface DigestMismatch {
  readonly zxid: Zxid;
  readonly expected: bigint;
  readonly actual: bigint;
}

export function newDigestCheck(): DigestCheck {
  return { mismatches: 0, failing: false, unreported: null, settlesAt: null, history: [] };
}

/**
 * After the transaction has been applied.
 *
 * @param expected null where the transaction carries no digest.
 */
export function checkDigest(
  check: DigestCheck,
  zxid: Zxid,
  expected: bigint | null,
  actual: bigint,
): void {
  const { settlesAt, history } = check;
  if (zxid % HISTORY_STEP === 0n) {
    history.push({ zxid, digest: actual });
    if (history.length > HISTORY_MAX) history.shift();
  }
  if (settlesAt !== null) {
    if (zxid < settlesAt.zxid) return;
    check.settlesAt = null;
    if (zxid === settlesAt.zxid) compare(check, zxid, settlesAt.digest, actual);
  }
  if (expected !== null) compare(check, zxid, expected, actual);
}

function compare(check: DigestCheck, zxid: Zxid, expected: bigint, actual: bigint): void {
  if (expected === actual) {
    check.failing = false;
    return;
  }
  check.mismatches++;
  if (!check.failing) check.unreported ??= { zxid, expected, actual };
  check.failing = true;
}

/** What is to be said in the log, once. */
export function takeMismatch(check: DigestCheck): DigestMismatch | null {
  const mismatch = check.unreported;
  check.unreported = null;
  return mismatch;
}
