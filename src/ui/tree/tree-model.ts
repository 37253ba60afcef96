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
  if (path === '/') return 0;
  let depth = 0;
  for (let at = 0; at >= 0; at = path.indexOf('/', at + 1)) depth += 1;
  return depth;
}

/** A sequential znode ends in the ten digits that ZooKeeper appends. */
export function isSequential(name: string): boolean {
  return /\d{10}$/.test(name);
}

/** The rows to show, in pre-order: one pass, because a tree may have ten thousand znodes. */
export function visibleRows(tree: TreeView, options: RowOptions): readonly TreeRow[] {
  const query = options.query.trim().toLowerCase();
  const found = query === '' ? null : matchesAndAncestors(tree, query);
  const { parents, depths } = shapeOf(tree);
  const places = new Int32Array(tree.nodes.length);
  const counts = new Int32Array(tree.nodes.length);
  const shown: number[] = [];
  /** All that is deeper is folded away. */
  let folded = Infinity;
  tree.nodes.forEach(({ path }, at) => {
    const depth = depths[at] ?? 0;
    if (depth > folded) return;
    folded = Infinity;
    if (found !== null && !found.has(path)) return;
    if (found === null && options.collapsed.has(path)) folded = depth;
    const parent = parents[at] ?? -1;
    if (parent >= 0) places[at] = counts[parent] = (counts[parent] ?? 0) + 1;
    shown.push(at);
  });
  return shown.flatMap((at) => {
    const node = tree.nodes[at];
    if (node === undefined) return [];
    const { path } = node;
    const parent = parents[at] ?? -1;
    // What is below a znode comes right behind it.
    const hasChildren = (parents[at + 1] ?? -1) === at;
    return {
      node,
      depth: depths[at] ?? 0,
      position: parent < 0 ? 1 : (places[at] ?? 1),
      siblings: parent < 0 ? 1 : (counts[parent] ?? 1),
      expanded: hasChildren ? found !== null || !options.collapsed.has(path) : null,
      matches: query !== '' && isMatch(node, query),
    };
  });
}

interface Shape {
  /** By place in pre-order: the place of the parent; -1 for the root. */
  readonly parents: Int32Array;
  readonly depths: Int32Array;
}

/** Folding and searching do not change it. */
const shapes = new WeakMap<TreeView, Shape>();

function shapeOf(tree: TreeView): Shape {
  const known = shapes.get(tree);
  if (known !== undefined) return known;
  const parents = new Int32Array(tree.nodes.length).fill(-1);
  const depths = new Int32Array(tree.nodes.length);
  const way: number[] = [];
  tree.nodes.forEach(({ path }, at) => {
    const depth = depthOf(path);
    depths[at] = depth;
    parents[at] = depth === 0 ? -1 : (way[depth - 1] ?? -1);
    way[depth] = at;
  });
  const shape = { parents, depths };
  shapes.set(tree, shape);
  return shape;
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
