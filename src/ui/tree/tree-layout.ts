/** Where the znodes of a drawn tree stand: depth to the right, siblings downwards. */
import { stratify, tree } from 'd3';
import { parentOf, type TreeRow } from './tree-model.ts';

/** How many znodes a drawing takes before it is a carpet; more are shown as a list. */
export const DRAWN_MAX = 500;

export interface PlacedNode {
  readonly row: TreeRow;
  /** Pixels; the root is at 0, 0. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly path: string;
  /** An SVG path from the parent's mark to the child's. */
  readonly d: string;
}

export interface TreeLayout {
  /** In the order of the rows. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly bounds: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** Pixels between two leaves, and what a level takes beside its longest label. */
const ROW = 26;
const MARK = 22;
const GAP = 34;

const EMPTY: TreeLayout = { nodes: [], edges: [], bounds: { x: 0, y: 0, width: 0, height: 0 } };

/** @param widthOf the label beside a mark, in pixels: its level is as wide as its widest. */
export function layoutTree(
  rows: readonly TreeRow[],
  widthOf: (row: TreeRow) => number,
): TreeLayout {
  if (rows.length === 0) return EMPTY;
  const root = tree<TreeRow>()
    .nodeSize([ROW, 1])
    .separation((a, b) => (a.parent === b.parent ? 1 : 1.25))(
    stratify<TreeRow>()
      .id((row) => row.node.path)
      .parentId((row) => parentOf(row.node.path))([...rows]),
  );
  const columns = columnStarts(rows, widthOf);
  const placed = root.descendants().map((place) => ({
    row: place.data,
    x: columns[place.depth] ?? 0,
    y: place.x,
  }));
  const at = new Map(placed.map((node) => [node.row.node.path, node]));
  const nodes = rows.flatMap((row) => at.get(row.node.path) ?? []);
  const edges = root.links().flatMap(({ source, target }) => {
    const from = at.get(source.data.node.path);
    const to = at.get(target.data.node.path);
    if (from === undefined || to === undefined) return [];
    const start = from.x + MARK + widthOf(from.row);
    return [{ path: to.row.node.path, d: edgePath(start, from.y, to.x - MARK / 2 - 2, to.y) }];
  });
  return { nodes, edges, bounds: boundsOf(nodes, widthOf) };
}

/** Where each depth begins. */
function columnStarts(
  rows: readonly TreeRow[],
  widthOf: (row: TreeRow) => number,
): readonly number[] {
  const widest: number[] = [];
  for (const row of rows) {
    widest[row.depth] = Math.max(widest[row.depth] ?? 0, widthOf(row));
  }
  const starts: number[] = [];
  let x = 0;
  for (const width of widest) {
    starts.push(x);
    x += MARK + width + GAP;
  }
  return starts;
}

function edgePath(x1: number, y1: number, x2: number, y2: number): string {
  const middle = Math.max(x1, x2 - GAP / 2);
  const bend = (middle + x2) / 2;
  const fixed = (n: number): string => String(Math.round(n * 10) / 10);
  return (
    `M${fixed(x1)},${fixed(y1)}H${fixed(middle)}` +
    `C${fixed(bend)},${fixed(y1)} ${fixed(bend)},${fixed(y2)} ${fixed(x2)},${fixed(y2)}`
  );
}

function boundsOf(
  nodes: readonly PlacedNode[],
  widthOf: (row: TreeRow) => number,
): TreeLayout['bounds'] {
  let right = 0;
  let top = Infinity;
  let bottom = -Infinity;
  for (const node of nodes) {
    right = Math.max(right, node.x + MARK + widthOf(node.row));
    top = Math.min(top, node.y);
    bottom = Math.max(bottom, node.y);
  }
  const margin = 16;
  return {
    x: -margin,
    y: top - margin,
    width: right + 2 * margin,
    height: bottom - top + 2 * margin,
  };
}
