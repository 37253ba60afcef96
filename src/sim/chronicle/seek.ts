/** Being at a moment again. */
import { assert, AssertionError, defined } from '../../core/assert.ts';
import type { Micros } from '../../core/units.ts';
import { act, runUntil, stepOne, type LocalRun, type Observer } from '../local.ts';
import { beginningOf, chainOf, compareMoments, eventsUpTo, firstEvent } from './branch.ts';
import { actionsAround, markOf, momentOfRun, timeOf, type Branch } from './branch.ts';
import { branchOf, type Chronicle, type Cursor } from './chronicle-state.ts';
import { copyRun } from './copy-run.ts';
import { leadsTo, rungBefore, type Rung } from './ladder.ts';
import type { Moment, Place } from './model.ts';

/** Restoring a checkpoint costs as much as living through so many events. */
const RESTORE_EVENTS = 1_000;

/**
 * The run at a moment of a branch. It stays the chronicle's: look at it, and copy what is to go on.
 */
export function seek(chronicle: Chronicle, place: Place): LocalRun {
  const branch = branchOf(chronicle, place.branch);
  const moment = settle(branch, place.moment);
  const { head } = branch;
  if (head !== null && isAt(head, moment)) return head;
  const cursor = startFor(chronicle, branch, moment);
  // Should this fail in the middle, nobody goes on from there.
  chronicle.cursor = null;
  goOn(cursor.run, branch, moment);
  chronicle.cursor = { branch, run: cursor.run };
  return cursor.run;
}

function isAt(run: LocalRun, moment: Moment): boolean {
  return compareMoments(momentOfRun(run), moment) === 0;
}

function startFor({ cursor }: Chronicle, branch: Branch, moment: Moment): Cursor {
  const rung = lastRung(branch, moment);
  if (cursor !== null) {
    const here = momentOfRun(cursor.run);
    const near = here.events + RESTORE_EVENTS >= rung.moment.events;
    if (near && leadsTo(here, moment) && isShared(cursor.branch, branch, here)) return cursor;
  }
  return { branch, run: copyRun(rung.run) };
}

/** The last checkpoint from which the moment can be reached, of the branch or of those before it. */
export function lastRung(branch: Branch, moment: Moment): Rung {
  for (let b: Branch | null = branch; b !== null; b = b.parent) {
    // A branch has one at its fork: where it has none, the moment is before that.
    const rung = rungBefore(b.ladder, moment);
    if (rung !== null) return rung;
  }
  throw new AssertionError('expected: a checkpoint before the moment');
}

/** Whether what is `here` on one branch is on the way of the other one, too. */
function isShared(one: Branch, other: Branch, here: Moment): boolean {
  const chain = chainOf(other);
  let owner = one;
  while (owner.parent !== null && isBefore(here, owner.fork)) owner = owner.parent;
  const place = chain.indexOf(owner);
  if (place < 0) return false;
  const child = chain[place - 1];
  return child === undefined || isBefore(here, child.fork);
}

function isBefore(here: Moment, fork: Moment): boolean {
  return here.events <= fork.events && here.actions <= fork.actions && here.at <= fork.at;
}

/** Lives on to the moment: actions where they took place, then to the number of the event. */
export function goOn(run: LocalRun, branch: Branch, to: Moment, observe?: Observer): void {
  const { world } = run;
  while (world.actions.length < to.actions) {
    const mark = defined(markOf(branch, world.actions.length), 'an action of the branch');
    runUntil(run, mark.timed.at, observe);
    const outcome = act(run, mark.timed.action, observe);
    assert(outcome.ok && world.events === mark.events, 'an action takes place where it did');
  }
  if (world.events < to.events) {
    const last = timeOf(branch, to.events - 1) as Micros;
    runUntil(run, last, observe);
    while (world.events < to.events) assert(stepOne(run, observe), 'an event comes about again');
  }
  if (world.now < to.at) runUntil(run, to.at, observe);
  assert(isAt(run, to), 'a moment of the branch is reached');
}

/** The nearest moment that there is. What was asked may lie outside of the branch. */
export function settle(branch: Branch, moment: Moment): Moment {
  const begin = beginningOf(branch);
  const { end } = branch;
  if (compareMoments(moment, end) >= 0 && moment.at >= end.at) return end;
  const byTime = Math.min(eventsUpTo(branch, moment.at), end.events);
  const events = clamp(Math.min(moment.events, byTime), begin.events, end.events);
  const { least, most } = actionsAround(branch, events, moment.at);
  const actions = clamp(moment.actions, least, most);
  const after = Math.max(
    begin.at,
    events > firstEvent(branch) ? timeOf(branch, events - 1) : 0,
    markOf(branch, actions - 1)?.timed.at ?? 0,
  );
  const before = Math.min(
    end.at,
    events < end.events ? timeOf(branch, events) : Infinity,
    actions < end.actions ? (markOf(branch, actions)?.timed.at ?? Infinity) : Infinity,
  );
  return { events, actions, at: clamp(moment.at, after, Math.max(after, before)) as Micros };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
