/**
 * The chronicle: it lives a run once more, writes down what happens, and can be at any moment of it
 * again. A person's branches share what they have in common.
 *
 *   begin ──▶ first branch ── follow ──▶ … end
 *                    └── fork ──▶ branch ── follow ──▶ … end
 *
 * Everything is synchronous. Long work is done in pieces: see `followSome`.
 */
import { defined } from '../../core/assert.ts';
import type { Micros } from '../../core/units.ts';
import type { TimedAction } from '../actions.ts';
import { act, runNext, stepOne, type LocalRun, type Observer } from '../local.ts';
import { branchOf, type Chronicle } from './chronicle-state.ts';
import { chainOf, compareMoments, eventEnd, firstEvent, marksOf } from './branch.ts';
import { momentOfRun, viewBranch, type Branch } from './branch.ts';
import { createColumns, createNames, dropFrom, joinStretches } from './columns.ts';
import type { Stretch } from './columns.ts';
import { copyRun } from './copy-run.ts';
import { addRung, RUNG_EVENTS } from './ladder.ts';
import { createLife, lifeUntil, lookAround } from './life.ts';
import type { BranchId, BranchView, EventColumns, Moment, Place, Story } from './model.ts';
import { createGauges, gaugesUntil, sample } from './metrics.ts';
import { createLedger, ledgerUntil, lookAtClients } from './operations.ts';
import { asksOf, count, recordAction, recordTurn } from './recorder.ts';
import { seek, settle } from './seek.ts';

/** A new run begins at this state, which becomes the chronicle's own. @returns its first branch. */
export function beginChronicle(
  base: LocalRun,
  rungEvents = RUNG_EVENTS,
): { readonly chronicle: Chronicle; readonly first: BranchView } {
  const chronicle: Chronicle = {
    names: createNames(),
    branches: new Map(),
    base: [...base.world.actions],
    rungEvents,
    nextId: 1,
    cursor: null,
  };
  const plannedBefore = new Map([...base.hosts].map(([id, host]) => [id, host.agenda.nextSeq]));
  const branch: Branch = {
    ...emptyBranch(chronicle, '', null, momentOfRun(base)),
    life: createLife(),
    ledger: createLedger(),
    gauges: createGauges(base.world.now),
    plannedBefore,
  };
  lookAtClients(branch.ledger, base);
  takeHead(branch, base);
  chronicle.branches.set(branch.id, branch);
  return { chronicle, first: viewBranch(branch) };
}

/** A new future from there. */
export function forkBranch(chronicle: Chronicle, place: Place, name: string): BranchView {
  const run = seek(chronicle, place);
  const parent = branchOf(chronicle, place.branch);
  const fork = momentOfRun(run);
  const branch: Branch = {
    ...emptyBranch(chronicle, name, parent, fork),
    life: lifeUntil(parent.life, fork.at),
    ledger: ledgerUntil(parent.ledger, run, fork),
    gauges: gaugesUntil(parent.gauges, fork.at),
    lost: parent.lost.filter(({ at, cause }) => at <= fork.at && cause < fork.events),
    violations: parent.violations.filter(({ event }) => event < fork.events),
    firstEvents: new Map([...parent.firstEvents].filter(([, event]) => event < fork.events)),
    plannedBefore: parent.plannedBefore,
  };
  takeHead(branch, copyRun(run));
  chronicle.branches.set(branch.id, branch);
  return viewBranch(branch);
}

function emptyBranch(
  chronicle: Chronicle,
  name: string,
  parent: Branch | null,
  fork: Moment,
): Omit<Branch, 'life' | 'ledger' | 'gauges' | 'plannedBefore'> {
  return {
    id: chronicle.nextId++ as BranchId,
    name,
    parent,
    fork,
    end: fork,
    removed: false,
    head: null,
    columns: createColumns(fork.events),
    byProcess: new Map(),
    marks: [],
    ladder: [],
    counted: { interesting: 0, phases: 0, violations: 0 },
    firstEvents: new Map(),
    lost: [],
    violations: [],
    asks: new Map(),
  };
}

function takeHead(branch: Branch, head: LocalRun): void {
  branch.head = head;
  head.world.lost = [];
  addRung(branch.ladder, head);
  for (const [id, asks] of asksOf(head)) branch.asks.set(id, asks);
  lookAround(branch.life, head);
  count(branch, head.world);
}

/** What came of the run that is shown differs from what comes of its actions here. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
}

/**
 * Goes on with a branch: `actions` are those from number `from` on. Stops after about `budget`
 * events. @returns true once the branch is at `to`.
 */
export function followSome(
  chronicle: Chronicle,
  branch: Branch,
  { from, actions, to }: { from: number; actions: readonly TimedAction[]; to: Moment },
  budget: number,
): boolean {
  const head = headOf(chronicle, branch);
  const { world } = head;
  const observe: Observer = (seen) => {
    recordTurn(chronicle.names, branch, world, seen);
  };
  const bound = world.events + budget;
  for (;;) {
    branch.end = momentOfRun(head);
    const { end } = branch;
    if (end.events > to.events && end.at <= to.at && !world.partial) diverge(end, to);
    if (compareMoments(end, to) >= 0) return true;
    if (world.events >= bound) return false;
    const index = world.actions.length;
    const next = index < to.actions ? actions[index - from] : undefined;
    if (index < to.actions && next === undefined) {
      throw new RangeError(`action ${String(index)} is missing`);
    }
    const until = next?.at ?? to.at;
    const { gauges } = branch;
    if (runNext(head, Math.min(until, gauges.due) as Micros, observe))
      climb(chronicle, branch, head);
    else if (gauges.due <= until) sample(gauges, head);
    else if (next !== undefined) repeat(branch, head, next, observe);
    else if (world.events < to.events) {
      if (!stepOne(head, observe) || world.now > to.at) diverge(momentOfRun(head), to);
    }
  }
}

/** A branch of which only the past was looked at has no head. */
function headOf(chronicle: Chronicle, branch: Branch): LocalRun {
  if (branch.head === null) {
    const { id, end } = branch;
    branch.head = copyRun(seek(chronicle, { branch: id, moment: end }));
    branch.head.world.lost = [];
  }
  return branch.head;
}

function climb({ rungEvents }: Chronicle, branch: Branch, head: LocalRun): void {
  const last = defined(branch.ladder.at(-1), 'the first rung of a ladder').moment.events;
  if (head.world.events - last >= rungEvents && !head.world.partial) addRung(branch.ladder, head);
}

function repeat(branch: Branch, head: LocalRun, { at, action }: TimedAction, see: Observer): void {
  const outcome = act(head, action, see);
  if (!outcome.ok || head.world.now !== at) {
    const why = outcome.ok ? `took place at ${String(head.world.now)}` : outcome.reason;
    throw new DivergenceError(`the action ${action.kind} at ${String(at)}: ${why}`);
  }
  recordAction(branch, head);
}

function diverge(end: Moment, to: Moment): never {
  const text = ({ events, at }: Moment): string => `${String(events)} events at ${String(at)} µs`;
  throw new DivergenceError(`it came to ${text(end)}, not to ${text(to)}`);
}

/** It is shown no more. Its parts stay as far as other branches need them. */
export function removeBranch(chronicle: Chronicle, branch: Branch): void {
  branch.removed = true;
  branch.head = null;
  const { branches } = chronicle;
  for (let b: Branch | null = branch; b?.removed === true; b = b.parent) {
    const owner: Branch = b;
    const children = [...branches.values()].filter(({ parent }) => parent === owner);
    if (children.length === 0) {
      branches.delete(owner.id);
      continue;
    }
    const last = children
      .map(({ fork }) => fork)
      .reduce((x, y) => (compareMoments(x, y) > 0 ? x : y));
    cutBehind(owner, last);
  }
  const { cursor } = chronicle;
  if (cursor !== null && !branches.has(cursor.branch.id)) chronicle.cursor = null;
}

function cutBehind(branch: Branch, last: Moment): void {
  if (compareMoments(branch.end, last) <= 0) return;
  dropFrom(branch.columns, last.events);
  const { ladder } = branch;
  while (ladder.length > 1) {
    const rung = ladder.at(-1);
    if (rung === undefined || compareMoments(rung.moment, last) <= 0) break;
    ladder.pop();
  }
}

export function viewBranches({ branches }: Chronicle): readonly BranchView[] {
  return [...branches.values()].filter(({ removed }) => !removed).map(viewBranch);
}

/** Events from number `from` on, at most `max`. */
export function eventsOf(
  { names }: Chronicle,
  branch: Branch,
  from: number,
  max: number,
): EventColumns {
  const start = Math.max(Math.floor(from), firstEvent(branch));
  const end = Math.min(eventEnd(branch), start + Math.max(0, Math.floor(max)));
  const stretches: Stretch[] = [];
  for (const owner of chainOf(branch).reverse()) {
    const behind = owner === branch ? eventEnd(branch) : childInChain(branch, owner).fork.events;
    const first = Math.max(start, owner.columns.first);
    const last = Math.min(end, behind, eventEnd(owner));
    if (first < last) stretches.push({ columns: owner.columns, from: first, to: last });
  }
  return joinStretches(Math.min(start, eventEnd(branch)), stretches, names);
}

/** The one in the chain of `branch` that left `owner`. */
function childInChain(branch: Branch, owner: Branch): Branch {
  let child = branch;
  while (child.parent !== owner && child.parent !== null) child = child.parent;
  return child;
}

export function storyOf(branch: Branch): Story {
  const { id, life, lost, violations } = branch;
  const { spans, faults } = life;
  return { branch: id, spans, faults, actions: marksOf(branch), lost, violations };
}

/**
 * The last moment at which everything up to `at` has happened, and nothing later. Of what happens at
 * `at` itself all has happened, too.
 */
export function momentAt(branch: Branch, at: Micros): Moment {
  const { end } = branch;
  if (at >= end.at) return end;
  return settle(branch, { events: Infinity, actions: Infinity, at: Math.floor(at) as Micros });
}
