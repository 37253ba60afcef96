/** What the chronicle holds. */
import type { TimedAction } from '../actions.ts';
import type { LocalRun } from '../local.ts';
import type { Branch } from './branch.ts';
import type { Names } from './columns.ts';
import type { BranchId } from './model.ts';

/** A run at a moment that somebody looked at: going on from there is cheap. */
export interface Cursor {
  readonly branch: Branch;
  readonly run: LocalRun;
}

export interface Chronicle {
  readonly names: Names;
  readonly branches: Map<BranchId, Branch>;
  /** What took place before the first branch began. */
  readonly base: readonly TimedAction[];
  /** Events between two checkpoints, at least. */
  readonly rungEvents: number;
  nextId: number;
  /** Where somebody looked last; null at first. */
  cursor: Cursor | null;
}

export function branchOf({ branches }: Chronicle, id: BranchId): Branch {
  const branch = branches.get(id);
  if (branch === undefined || branch.removed) {
    throw new RangeError(`there is no branch ${String(id)}`);
  }
  return branch;
}
