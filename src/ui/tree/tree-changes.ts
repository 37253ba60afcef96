/** What became different between two pictures of one server's tree. */
import type { TreeNodeView, TreeView } from '../../core/view.ts';

export type ChangeKind = 'added' | 'data' | 'children' | 'watch';

export interface TreeChanges {
  /** By path, of znodes that are there now. */
  readonly changed: ReadonlyMap<string, ChangeKind>;
  /** Paths that are gone, in pre-order. */
  readonly removed: readonly string[];
}

export const NO_CHANGES: TreeChanges = { changed: new Map(), removed: [] };

/** Of two trees of one server; nothing where there is no earlier one to compare with. */
export function compareTrees(before: TreeView | null, after: TreeView | null): TreeChanges {
  if (after === null || before?.sid !== after.sid) return NO_CHANGES;
  const changed = new Map<string, ChangeKind>();
  const removed: string[] = [];
  // Both are in pre-order: most of the time the same znodes stand at the same places.
  let at = 0;
  let old: Map<string, TreeNodeView> | null = null;
  const seen = new Set<string>();
  for (const node of after.nodes) {
    const same = before.nodes[at];
    if (old === null && same?.path !== node.path) {
      old = new Map(before.nodes.slice(at).map((one) => [one.path, one]));
    }
    const kind = changeOf(old === null ? same : old.get(node.path), node);
    if (kind !== null) changed.set(node.path, kind);
    if (old === null) at += 1;
    else seen.add(node.path);
  }
  const rest = old === null ? before.nodes.slice(at).map(({ path }) => path) : [...old.keys()];
  for (const path of rest) if (!seen.has(path)) removed.push(path);
  return { changed, removed };
}

function changeOf(before: TreeNodeView | undefined, after: TreeNodeView): ChangeKind | null {
  if (before?.czxid !== after.czxid) return 'added';
  if (before.mzxid !== after.mzxid) return 'data';
  if (before.pzxid !== after.pzxid) return 'children';
  const [old, now] = [before.watchers, after.watchers];
  if (old.length !== now.length || old.some((id, n) => id !== now[n])) return 'watch';
  return null;
}

/**
 * Remembers the last tree. Frames come many times a second, most of them with the tree unchanged:
 * for those the same objects are given again, so that nothing drawn from them is drawn anew.
 */
export class TreeMemory {
  #before: TreeView | null = null;
  #seen: { readonly tree: TreeView | null; readonly changes: TreeChanges } = {
    tree: null,
    changes: NO_CHANGES,
  };

  /** What comes next is compared with nothing. */
  forget(): void {
    this.#before = null;
    this.#seen = { tree: null, changes: NO_CHANGES };
  }

  next(tree: TreeView | null): { readonly tree: TreeView | null; readonly changes: TreeChanges } {
    const last = this.#seen.tree;
    if (tree === last || (tree !== null && last !== null && isSame(tree, last))) return this.#seen;
    // A server that was down comes back with a new picture: compared with its last one.
    const before = last ?? this.#before;
    if (last !== null) this.#before = last;
    const changes = compareTrees(before, tree);
    // A transaction that failed, or only moved a session, leaves the last change in sight.
    const nothing = changes.changed.size === 0 && changes.removed.length === 0;
    const keep = nothing && before?.sid === tree?.sid;
    this.#seen = { tree, changes: keep ? this.#seen.changes : changes };
    return this.#seen;
  }
}

function isSame(a: TreeView, b: TreeView): boolean {
  return (
    a.sid === b.sid &&
    a.treeVersion === b.treeVersion &&
    a.nodes.length === b.nodes.length &&
    a.lastProcessed === b.lastProcessed
  );
}
