/** Two trees, znode by znode, and where the trees of several members part. */
import type { Sid } from '../../core/units.ts';
import type { TreeNodeView, TreeView } from '../../core/view.ts';
import { parentOf } from './tree-model.ts';

export type NodeDifference = 'recreated' | 'kind' | 'data' | 'acl' | 'children';

export interface ComparedNode {
  readonly path: string;
  /** Null where that tree has no such znode. */
  readonly a: TreeNodeView | null;
  readonly b: TreeNodeView | null;
  /** What differs where both have it. Watches are each server's own, and no difference. */
  readonly differences: readonly NodeDifference[];
}

export function differs({ a, b, differences }: ComparedNode): boolean {
  return a === null || b === null || differences.length > 0;
}

/** A znode that is another one because its children are says only what they say. */
export function differsItself(node: ComparedNode): boolean {
  const { a, b, differences } = node;
  return a === null || b === null || differences.some((what) => what !== 'children');
}

export function differencesOf(a: TreeNodeView, b: TreeNodeView): readonly NodeDifference[] {
  const found: NodeDifference[] = [];
  if (a.czxid !== b.czxid) found.push('recreated');
  if (a.kind !== b.kind || a.ephemeralOwner !== b.ephemeralOwner) found.push('kind');
  if (a.mzxid !== b.mzxid || a.version !== b.version || a.text !== b.text) found.push('data');
  if (a.aversion !== b.aversion) found.push('acl');
  if (a.pzxid !== b.pzxid || a.cversion !== b.cversion || a.numChildren !== b.numChildren) {
    found.push('children');
  }
  return found;
}

/** The znodes of both, in pre-order. */
export function compareTwo(a: TreeView, b: TreeView): readonly ComparedNode[] {
  const found: ComparedNode[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const one = a.nodes[i] ?? null;
    const other = b.nodes[j] ?? null;
    if (one === null && other === null) return found;
    const order = orderOf(one, other);
    if (order <= 0) i++;
    if (order >= 0) j++;
    const left = order <= 0 ? one : null;
    const right = order >= 0 ? other : null;
    found.push({
      path: (left ?? right)?.path ?? '',
      a: left,
      b: right,
      differences: left === null || right === null ? [] : differencesOf(left, right),
    });
  }
}

function orderOf(a: TreeNodeView | null, b: TreeNodeView | null): number {
  if (a === null) return 1;
  if (b === null) return -1;
  if (a.path === b.path) return 0;
  return keyOf(a.path) < keyOf(b.path) ? -1 : 1;
}

/** Sorts as pre-order does: what is below a znode comes before its next sibling. */
const keyOf = (path: string): string => path.replaceAll('/', '\0');

/** Those that differ, and the way to them. */
export function withAncestors(nodes: readonly ComparedNode[]): readonly ComparedNode[] {
  const wanted = new Set<string>();
  for (const node of nodes) {
    if (!differs(node)) continue;
    for (let up: string | null = node.path; up !== null && !wanted.has(up); up = parentOf(up)) {
      wanted.add(up);
    }
  }
  return nodes.filter(({ path }) => wanted.has(path));
}

export interface Split {
  /** The members whose znode is another one. */
  readonly other: readonly Sid[];
  /** Those that have none. */
  readonly missing: readonly Sid[];
}

export interface Splits {
  /** By path, of znodes of one's own. */
  readonly at: ReadonlyMap<string, Split>;
  /** Paths that only others have, with who does. */
  readonly ghosts: ReadonlyMap<string, readonly Sid[]>;
}

export const NO_SPLITS: Splits = { at: new Map(), ghosts: new Map() };

/** Where the trees of others part from one's own. */
export function splitsOf(own: TreeView, others: readonly TreeView[]): Splits {
  const at = new Map<string, { other: Sid[]; missing: Sid[] }>();
  const ghosts = new Map<string, Sid[]>();
  for (const tree of others) {
    for (const node of compareTwo(own, tree)) {
      if (!differsItself(node)) continue;
      if (node.a === null) {
        ghosts.set(node.path, [...(ghosts.get(node.path) ?? []), tree.sid]);
        continue;
      }
      const split = at.get(node.path) ?? { other: [], missing: [] };
      (node.b === null ? split.missing : split.other).push(tree.sid);
      at.set(node.path, split);
    }
  }
  return { at, ghosts };
}
