/**
 * A chronicle in few words: where its run began, and what was done on every branch. Because a run
 * comes of that alone, the whole chronicle can be lived again from it.
 */
import type { TimedAction, WorldConfig } from '../actions.ts';
import { createLocalRun } from '../local.ts';
import { beginningOf, startOf, type Beginning } from '../beginning.ts';
import { actionsOf, rootOf, viewBranch, type Branch } from './branch.ts';
import { beginChronicle, followSome, forkBranch } from './chronicle.ts';
import { branchOf, type Chronicle } from './chronicle-state.ts';
import { rungBefore } from './ladder.ts';
import type { BranchId, BranchView, Moment } from './model.ts';

export interface ToldBranch extends BranchView {
  /** Those behind its fork. */
  readonly actions: readonly TimedAction[];
}

export interface ToldRun {
  readonly world: WorldConfig;
  /** Null where the members found nothing. */
  readonly beginning: Beginning | null;
  /** Parents before their children. */
  readonly branches: readonly ToldBranch[];
}

export function tellBranches({ branches, base }: Chronicle): readonly ToldBranch[] {
  return [...branches.values()]
    .filter(({ removed }) => !removed)
    .map((branch) => {
      const view = viewBranch(branch);
      const actions = actionsOf(branch, base, view.end.actions).slice(view.fork.actions);
      return { ...view, actions };
    })
    .sort((a, b) => a.id - b.id);
}

/** How the run began that the first branch lives. */
export function beginningOfChronicle({ branches }: Chronicle): Beginning | null {
  const [any] = branches.values();
  if (any === undefined) throw new RangeError('there is no branch');
  const root = rootOf(any);
  const rung = rungBefore(root.ladder, root.fork);
  if (rung === null || rung.moment.events > 0 || rung.moment.actions > 0) {
    throw new RangeError('the beginning of this run is not known');
  }
  return beginningOf(rung.run);
}

/** What is still to be lived again of a chronicle that was told. */
export interface Rebuilding {
  readonly chronicle: Chronicle;
  /** The branches as they are called here, in the order in which they were told. */
  readonly ids: BranchId[];
  readonly told: ToldRun;
  /** The one that is being lived. */
  branch: Branch;
}

export function beginRebuilding(told: ToldRun): Rebuilding {
  const [first] = told.branches;
  if (first?.parent !== null) throw new RangeError('no branch is the first one');
  const { world, beginning } = told;
  const start = startOf(beginning ?? undefined, world.ensemble.release);
  const base = createLocalRun(world, { keepTrace: true, ...start });
  const { chronicle, first: view } = beginChronicle(base);
  const branch = branchOf(chronicle, view.id);
  branch.name = first.name;
  return { chronicle, ids: [view.id], told, branch };
}

/** Lives about so many events. @returns true once every branch is there. */
export function rebuildSome(rebuilding: Rebuilding, budget: number): boolean {
  const { chronicle, ids, told, branch } = rebuilding;
  const { branches } = told;
  const current = branches[ids.length - 1];
  if (current === undefined) return true;
  const { actions, fork, end } = current;
  if (!followSome(chronicle, branch, { from: fork.actions, actions, to: end }, budget))
    return false;
  const next = branches[ids.length];
  if (next === undefined) return true;
  const view = forkBranch(
    chronicle,
    { branch: idOf(rebuilding, next), moment: next.fork },
    next.name,
  );
  if (!isSame(view.fork, next.fork)) throw new RangeError('a branch left where there is no moment');
  ids.push(view.id);
  rebuilding.branch = branchOf(chronicle, view.id);
  return false;
}

function idOf({ told, ids }: Rebuilding, { parent }: ToldBranch): BranchId {
  const id = ids[told.branches.findIndex((one) => one.id === parent)];
  if (id === undefined) throw new RangeError('a branch left from one that comes later');
  return id;
}

function isSame(a: Moment, b: Moment): boolean {
  return a.events === b.events && a.actions === b.actions && a.at === b.at;
}
