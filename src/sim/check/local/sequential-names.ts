/**
 * C.14: the numbers of sequential znodes below one parent grow in the order of their creation. The
 * number is the parent's count of creations, so a count that goes back gives a number twice.
 */
import type { DataTree } from '../../../core/data-tree/data-tree.ts';
import { parentOf } from '../../../core/data-tree/path.ts';
import type { Txn } from '../../../core/jute/txn.ts';
import { formatZxid, type Zxid } from '../../../core/zxid.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { find, type Findings } from './findings.ts';

export const SEQUENTIAL_NAMES: Property = {
  name: 'C.14',
  title: 'Sequential znodes are numbered in the order of their creation',
};

/** The last numbered creation below a parent, of which `parent` is the czxid. */
export interface SequenceGhost {
  readonly parent: Zxid;
  readonly number: number;
  readonly path: string;
  readonly zxid: Zxid;
}

/** How many parents are remembered. */
const PARENTS_MAX = 256;

const DIGITS = 10;

/** A create was applied. */
export function checkSequence(
  findings: Findings,
  sequences: Map<string, SequenceGhost>,
  tree: DataTree,
  txn: Txn,
  zxid: Zxid,
): void {
  const number = numberOf(txn);
  if (number === null || !('path' in txn)) return;
  const { path } = txn;
  const above = parentOf(path);
  const parent = tree.nodes.get(above)?.czxid;
  if (parent === undefined) return;
  const last = sequences.get(above);
  if (last?.parent === parent && last.number >= number) {
    const before = text`${last.path} (${formatZxid(last.zxid)})`;
    const why = text`On server ${findings.sid} ${path} (${formatZxid(zxid)}) was created after
      ${before}, but does not have a larger number.`;
    find(findings, SEQUENTIAL_NAMES, why);
  }
  if (sequences.size >= PARENTS_MAX) sequences.clear();
  sequences.set(above, { parent, number, path, zxid });
}

/** Of a create whose name ends in its parent's count of creations: nobody types that by chance. */
function numberOf(txn: Txn): number | null {
  if (!('parentCVersion' in txn) || txn.parentCVersion < 1) return null;
  const number = txn.parentCVersion - 1;
  return txn.path.endsWith(String(number).padStart(DIGITS, '0')) ? number : null;
}
