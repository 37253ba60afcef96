/** What differs between two pictures of an ensemble. */
import type { TreeNodeView, TreeView } from '../../core/view.ts';
import { formatZxid } from '../../core/zxid.ts';
import type { Sid } from '../../core/units.ts';
import type { Frame, LogCellView, MemberView } from '../../sim/frame.ts';

export interface ServerPair {
  readonly sid: Sid;
  /** Null where it is not part of the ensemble. */
  readonly a: MemberView | null;
  readonly b: MemberView | null;
}

export function serverPairs(a: Frame, b: Frame): readonly ServerPair[] {
  const sids = new Set([...a.members, ...b.members].map(({ sid }) => sid));
  const find = (frame: Frame, sid: Sid): MemberView | null =>
    frame.members.find((member) => member.sid === sid) ?? null;
  return [...sids].sort((x, y) => x - y).map((sid) => ({ sid, a: find(a, sid), b: find(b, sid) }));
}

/** Of a log, as far as a frame shows it: the first entry that the other has not at that place. */
export interface LogDifference {
  readonly a: LogCellView | null;
  readonly b: LogCellView | null;
}

/** Null where one log's window into the other shows no difference. */
export function logDifference(
  a: readonly LogCellView[],
  b: readonly LogCellView[],
): LogDifference | null {
  // Frames carry the ends of logs: what lies before both windows is not compared.
  const from = [a[0]?.zxid, b[0]?.zxid].reduce<bigint>(
    (most, zxid) => (zxid !== undefined && zxid > most ? zxid : most),
    0n,
  );
  const inA = a.filter(({ zxid }) => zxid >= from);
  const inB = b.filter(({ zxid }) => zxid >= from);
  for (let at = 0; at < Math.max(inA.length, inB.length); at += 1) {
    const one = inA[at] ?? null;
    const other = inB[at] ?? null;
    if (one?.zxid !== other?.zxid || one?.what !== other?.what) return { a: one, b: other };
  }
  return null;
}

export interface TreeDifference {
  readonly path: string;
  readonly where: 'left' | 'right' | 'both';
}

const sameNode = (a: TreeNodeView, b: TreeNodeView): boolean =>
  a.czxid === b.czxid &&
  a.mzxid === b.mzxid &&
  a.version === b.version &&
  a.aversion === b.aversion &&
  a.text === b.text;

/** By path. */
export function treeDifferences(a: TreeView, b: TreeView): readonly TreeDifference[] {
  const inB = new Map(b.nodes.map((node) => [node.path, node]));
  const inA = new Set(a.nodes.map(({ path }) => path));
  const found: TreeDifference[] = [];
  for (const node of a.nodes) {
    const other = inB.get(node.path);
    if (other === undefined) found.push({ path: node.path, where: 'left' });
    else if (!sameNode(node, other)) found.push({ path: node.path, where: 'both' });
  }
  for (const { path } of b.nodes) if (!inA.has(path)) found.push({ path, where: 'right' });
  return found.sort((x, y) => (x.path < y.path ? -1 : 1));
}

/** `0x100000003 create /app`. */
export function cellText(cell: LogCellView | null, nothing: string): string {
  return cell === null ? nothing : `${formatZxid(cell.zxid)} ${cell.what}`;
}
