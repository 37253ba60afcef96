/** A drawing shows so many znodes; where siblings are many, only the first of them, and a count. */
import { parentOf, type TreeRow } from './tree-model.ts';

export interface LimitedRows {
  readonly rows: readonly TreeRow[];
  /** By path: how many children are left out. */
  readonly more: ReadonlyMap<string, number>;
}

const NOTHING: ReadonlyMap<string, number> = new Map();

/** How many siblings are tried, the most first. */
const SHARES = [100, 60, 40, 25, 16, 10, 6, 4, 2];

/** @param keep is shown whatever its place. Null where no share brings it below `max`. */
export function limitRows(rows: readonly TreeRow[], max: number, keep: string): LimitedRows | null {
  if (rows.length <= max) return { rows, more: NOTHING };
  for (const share of SHARES) {
    const limited = withShare(rows, share, keep);
    if (limited.rows.length <= max) return limited;
  }
  return null;
}

function withShare(rows: readonly TreeRow[], share: number, keep: string): LimitedRows {
  const kept: TreeRow[] = [];
  const shown = new Set<string>();
  const more = new Map<string, number>();
  for (const row of rows) {
    const { path } = row.node;
    const parent = parentOf(path);
    if (parent !== null && !shown.has(parent)) continue;
    if (row.position <= share || path === keep || keep.startsWith(`${path}/`)) {
      kept.push(row);
      shown.add(path);
    } else if (parent !== null) {
      more.set(parent, (more.get(parent) ?? 0) + 1);
    }
  }
  return { rows: kept, more };
}
