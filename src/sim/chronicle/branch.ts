/**
 * Branches. Each keeps what happened behind its fork; what came before is its parent's. So a
 * question about a branch climbs its chain of parents until somebody has the answer.
 */
import type { Micros, ProcessId } from '../../core/units.ts';
import type { TimedAction } from '../actions.ts';
import type { DiskAsk, LocalRun } from '../local.ts';
import { createIntList, lowerBound, pushInt } from './columns.ts';
import type { Columns, IntList } from './columns.ts';
import type { Rung } from './ladder.ts';
import type { Life } from './life.ts';
import type { Gauges } from './metrics.ts';
import type { ActionMark, BranchId, BranchView, LostPacket, Moment } from './model.ts';
import type { ViolationMark } from './model.ts';
import type { Ledger } from './operations.ts';

/** What the world counts. */
export interface Counted {
  interesting: number;
  phases: number;
  violations: number;
}

export interface Branch {
  readonly id: BranchId;
  name: string;
  readonly parent: Branch | null;
  readonly fork: Moment;
  end: Moment;
  /** A person removed it; others still need its part before their forks. */
  removed: boolean;
  /** The run at `end`; null until the branch is gone on with. */
  head: LocalRun | null;

  readonly columns: Columns;
  /** The numbers of each process's events. */
  readonly byProcess: Map<ProcessId, IntList>;
  /** Its own, from number `fork.actions` on. */
  readonly marks: ActionMark[];
  readonly ladder: Rung[];
  /** How much of what the world counts was seen. */
  readonly counted: Counted;
  // From here on: all of the branch, with what its parent had before the fork.
  /** The first event that each action brought about, by `causeOfAction`. */
  readonly firstEvents: Map<number, number>;
  readonly life: Life;
  readonly ledger: Ledger;
  readonly gauges: Gauges;
  readonly lost: LostPacket[];
  readonly violations: ViolationMark[];
  /** Disk operations under way at the end, by process and number of the operation. */
  readonly asks: Map<ProcessId, Map<number, DiskAsk>>;
  /** Of processes as the first branch found them: what they had planned before is from nowhere. */
  readonly plannedBefore: ReadonlyMap<ProcessId, number>;
}

export function viewBranch(branch: Branch): BranchView {
  const { id, name, end } = branch;
  let { parent, fork } = branch;
  while (parent?.removed === true) {
    fork = earlier(fork, parent.fork);
    parent = parent.parent;
  }
  return { id, name, parent: parent?.id ?? null, fork, end };
}

function earlier(a: Moment, b: Moment): Moment {
  return compareMoments(a, b) <= 0 ? a : b;
}

/** By events, then actions, then time. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.events - b.events || a.actions - b.actions || a.at - b.at;
}

export function momentOfRun({ world }: LocalRun): Moment {
  return { events: world.events, actions: world.actions.length, at: world.now };
}

/** The branch itself, its parent, and so on up to the first. */
export function chainOf(branch: Branch): Branch[] {
  const chain: Branch[] = [];
  for (let b: Branch | null = branch; b !== null; b = b.parent) chain.push(b);
  return chain;
}

export function rootOf(branch: Branch): Branch {
  return branch.parent === null ? branch : rootOf(branch.parent);
}

/** Whose columns hold this event of the branch. */
export function ownerOfEvent(branch: Branch, event: number): Branch {
  let owner = branch;
  while (event < owner.fork.events && owner.parent !== null) owner = owner.parent;
  return owner;
}

/** The first event that is still in the columns. */
export function firstEvent(branch: Branch): number {
  const chain = chainOf(branch);
  const forgetful = chain.find(({ columns, fork }) => columns.first > fork.events);
  return (forgetful ?? rootOf(branch)).columns.first;
}

export function eventEnd(branch: Branch): number {
  return branch.columns.first + branch.columns.count;
}

/** NaN for an event that is not in the columns. */
export function timeOf(branch: Branch, event: number): number {
  const { columns } = ownerOfEvent(branch, event);
  return columns.at[event - columns.first] ?? NaN;
}

/** Number of the first event later than `at`; behind the last where there is none. */
export function eventsUpTo(branch: Branch, at: number): number {
  let owner = branch;
  let end = eventEnd(branch);
  for (;;) {
    const { columns, parent, fork } = owner;
    const count = Math.max(0, Math.min(end, eventEnd(owner)) - columns.first);
    const later = lowerBound(count, (index) => (columns.at[index] ?? 0) > at);
    if (later > 0 || parent === null) return columns.first + later;
    end = fork.events;
    owner = parent;
  }
}

/** Undefined for one that is not of this branch, or took place before the first branch began. */
export function markOf(branch: Branch, index: number): ActionMark | undefined {
  let owner = branch;
  while (index < owner.fork.actions && owner.parent !== null) owner = owner.parent;
  return owner.marks[index - owner.fork.actions];
}

/**
 * How many actions can have taken place behind so many events, at `at`: those that later events
 * came after must have, those at a later time cannot.
 */
export function actionsAround(
  branch: Branch,
  events: number,
  at: Micros,
): { readonly least: number; readonly most: number } {
  const first = rootOf(branch).fork.actions;
  const total = branch.fork.actions + branch.marks.length - first;
  const mark = (index: number): ActionMark | undefined => markOf(branch, first + index);
  const least = lowerBound(total, (i) => (mark(i)?.events ?? Infinity) >= events);
  const most = lowerBound(total, (i) => {
    const found = mark(i);
    return found === undefined || found.events > events || found.timed.at > at;
  });
  return { least: first + least, most: first + Math.max(least, most) };
}

/** All actions of the branch since the first branch began. */
export function marksOf(branch: Branch): ActionMark[] {
  const marks: ActionMark[] = [];
  for (let index = rootOf(branch).fork.actions; ; index++) {
    const mark = markOf(branch, index);
    if (mark === undefined) return marks;
    marks.push(mark);
  }
}

/** @param base those from before the first branch began. */
export function actionsOf(
  branch: Branch,
  base: readonly TimedAction[],
  count: number,
): TimedAction[] {
  const actions = base.slice(0, count);
  for (let index = actions.length; index < count; index++) {
    const mark = markOf(branch, index);
    if (mark !== undefined) actions.push(mark.timed);
  }
  return actions;
}

export function noteEventOf(branch: Branch, process: ProcessId, event: number): void {
  let list = branch.byProcess.get(process);
  if (list === undefined) {
    list = createIntList();
    branch.byProcess.set(process, list);
  }
  pushInt(list, event);
}

/** The event of this process before the event with this number; -1 for none that is known. */
export function eventBefore(branch: Branch, process: ProcessId, event: number): number {
  let end = event;
  for (let b: Branch | null = branch; b !== null; b = b.parent) {
    const list = b.byProcess.get(process);
    if (list !== undefined) {
      const { items } = list;
      const bound = end;
      const index = lowerBound(list.count, (i) => (items[i] ?? 0) >= bound);
      const found = items[index - 1];
      if (found !== undefined && found >= b.columns.first) return found;
    }
    end = Math.min(end, b.fork.events);
  }
  return -1;
}

/**
 * The event in which a process planned what it does by itself under this number: the first behind
 * which it plans with greater ones. -1 where that was before the first branch began.
 */
export function planningEvent(branch: Branch, process: ProcessId, seq: number): number {
  let candidate = -1;
  let end = Infinity;
  for (let b: Branch | null = branch; b !== null; b = b.parent) {
    const list = b.byProcess.get(process);
    if (list !== undefined) {
      const { items } = list;
      const { columns } = b;
      const bound = end;
      const count = lowerBound(list.count, (i) => (items[i] ?? 0) >= bound);
      const plannedAt = (i: number): number =>
        columns.planned[(items[i] ?? 0) - columns.first] ?? 0;
      const index = lowerBound(count, (i) => plannedAt(i) > seq);
      if (index < count) candidate = items[index] ?? -1;
      if (index > 0) return candidate;
    }
    end = Math.min(end, b.fork.events);
  }
  return seq < (branch.plannedBefore.get(process) ?? 0) ? -1 : candidate;
}

/** The first moment that can be gone to. */
export function beginningOf(branch: Branch): Moment {
  const { fork } = rootOf(branch);
  const first = firstEvent(branch);
  if (first <= fork.events) return fork;
  const at = timeOf(branch, first) as Micros;
  return { events: first, actions: actionsAround(branch, first, at).most, at };
}
