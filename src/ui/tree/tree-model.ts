/** The znode tree as rows: what is visible under which fold, and where the arrow keys lead. */
import type { TreeNodeView, TreeView } from '../../core/view.ts';

/** A znode that the list shows, with what a screen reader says of its place. */
export interface TreeRow {
  readonly node: TreeNodeView;
  /** 0 for the root. */
  readonly depth: number;
  /** Its place among its siblings that are shown, from 1. */
  readonly position: number;
  readonly siblings: number;
  /** Null without children. */
  readonly expanded: boolean | null;
  /** The search found the znode itself, not only something beneath it. */
  readonly matches: boolean;
}

/** A search shows the hits with the paths that lead to them, whatever is folded. */
export interface RowOptions {
  readonly collapsed: ReadonlySet<string>;
  readonly query: string;
}

export function parentOf(path: string): string | null {
  if (path === '/') return null;
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function depthOf(path: string): number {
  return path === '/' ? 0 : path.split('/').length - 1;
}

/** A sequential znode ends in the ten digits that ZooKeeper appends. */
export function isSequential(name: string): boolean {
  return /\d{10}$/.test(name);
}

/** The rows to show, in pre-order. */
export function visibleRows(tree: TreeView, options: RowOptions): readonly TreeRow[] {
  const query = options.query.trim().toLowerCase();
  const shown = query === '' ? null : matchesAndAncestors(tree, query);
  const nodes = tree.nodes.filter(
    (node) =>
      (shown === null || shown.has(node.path)) &&
      (shown !== null || !hasCollapsedAncestor(node.path, options.collapsed)),
  );
  const siblings = countBy(nodes, (node) => parentOf(node.path));
  const parents = new Set(tree.nodes.map((node) => parentOf(node.path)));
  const positions = new Map<string | null, number>();
  return nodes.map((node) => {
    const parent = parentOf(node.path);
    const position = (positions.get(parent) ?? 0) + 1;
    positions.set(parent, position);
    return {
      node,
      depth: depthOf(node.path),
      position,
      siblings: siblings.get(parent) ?? 1,
      expanded: parents.has(node.path) ? shown !== null || !options.collapsed.has(node.path) : null,
      matches: query !== '' && isMatch(node, query),
    };
  });
}

/** What a key does in the tree: move to a path, fold or unfold one. */
export type TreeMove =
  | { readonly kind: 'focus'; readonly path: string }
  | { readonly kind: 'expand'; readonly path: string }
  | { readonly kind: 'collapse'; readonly path: string }
  | { readonly kind: 'none' };

/** The keys of a tree as the ARIA authoring practices give them. @param page rows per page. */
export function moveByKey(
  rows: readonly TreeRow[],
  current: string,
  key: string,
  page: number,
): TreeMove {
  const at = Math.max(
    0,
    rows.findIndex((row) => row.node.path === current),
  );
  const row = rows[at];
  if (row === undefined) return { kind: 'none' };
  const to = (index: number): TreeMove => {
    const target = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    return target === undefined ? { kind: 'none' } : { kind: 'focus', path: target.node.path };
  };
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      if (row.expanded === null) return { kind: 'none' };
      return row.expanded ? to(at + 1) : { kind: 'expand', path: row.node.path };
    case 'ArrowLeft': {
      if (row.expanded === true) return { kind: 'collapse', path: row.node.path };
      const parent = parentOf(row.node.path);
      return parent === null ? { kind: 'none' } : { kind: 'focus', path: parent };
    }
    default:
      return { kind: 'none' };
  }
}

/** Which rows a scrolled window shows: `from` inclusive, `to` exclusive, all in rows. */
export function windowOf(
  rows: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
  overscan = 6,
): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan);
  const to = Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + overscan);
  return { from: Math.min(from, rows), to: Math.max(to, Math.min(from, rows)) };
}

function matchesAndAncestors(tree: TreeView, query: string): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const node of tree.nodes) {
    if (!isMatch(node, query)) continue;
    for (let path: string | null = node.path; path !== null; path = parentOf(path)) shown.add(path);
  }
  return shown;
}

function isMatch(node: TreeNodeView, query: string): boolean {
  return query.startsWith('/')
    ? node.path.toLowerCase().startsWith(query)
    : node.name.toLowerCase().includes(query) || (node.text ?? '').toLowerCase().includes(query);
}

function hasCollapsedAncestor(path: string, collapsed: ReadonlySet<string>): boolean {
  if (collapsed.size === 0) return false;
  for (let up = parentOf(path); up !== null; up = parentOf(up)) if (collapsed.has(up)) return true;
  return false;
}

function countBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
