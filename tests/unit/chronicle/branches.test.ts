import { describe, expect, test } from 'vitest';
import type { Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { viewBranch } from '../../../src/sim/chronicle/branch.ts';
import {
  DivergenceError,
  eventsOf,
  forkBranch,
  momentAt,
  removeBranch,
  storyOf,
  viewBranches,
} from '../../../src/sim/chronicle/chronicle.ts';
import { firstDifference } from '../../../src/sim/chronicle/compare.ts';
import { copyRun } from '../../../src/sim/chronicle/copy-run.ts';
import { metricsOf } from '../../../src/sim/chronicle/metrics.ts';
import { momentOf, type BranchId } from '../../../src/sim/chronicle/model.ts';
import { historiesOf } from '../../../src/sim/chronicle/operations.ts';
import { seek } from '../../../src/sim/chronicle/seek.ts';
import { frameOf } from '../../../src/sim/local-frame.ts';
import { replay, recordOf, runUntil, type LocalRun } from '../../../src/sim/local.ts';
import { branchIn, catchUp, dice, FOCUS, followTo, mustAct, playScript } from './rig.ts';
import { script, startRig, type Rig } from './rig.ts';

const UNTIL = 4_500_000 as Micros;

function played(): Rig {
  const rig = startRig();
  playScript(rig.live, script, UNTIL, dice(21), 1e9);
  catchUp(rig);
  return rig;
}

/** What a person does instead, from a moment of the past on. */
function branchOff({ chronicle, branch }: Rig, at: number): { id: BranchId; run: LocalRun } {
  const moment = momentAt(branchIn(chronicle, branch), at as Micros);
  const view = forkBranch(chronicle, { branch, moment }, 'other');
  const run = copyRun(seek(chronicle, { branch: view.id, moment: view.fork }));
  expect(view).toMatchObject({ parent: branch, name: 'other', fork: moment, end: moment });
  mustAct(run, { kind: 'crash', sid: 2 as Sid, tail: 'lost', silent: false });
  runUntil(run, (at + 1_500_000) as Micros);
  const from = moment.actions;
  followTo(chronicle, view.id, from, run.world.actions.slice(from), momentOf(frameOf(run)), 400);
  return { id: view.id, run };
}

describe('a branch', () => {
  const rig = played();
  const { chronicle, branch, live } = rig;
  const { id, run } = branchOff(rig, 3_333_333);
  const parent = branchIn(chronicle, branch);
  const child = branchIn(chronicle, id);

  test('ends as the run that went on from the checkpoint does', () => {
    expect(frameOf(seek(chronicle, { branch: id, moment: child.end }), FOCUS)).toEqual(
      frameOf(run, FOCUS),
    );
    const again = replay(recordOf(run), { keepTrace: true });
    expect(frameOf(again).traceHash).toBe(frameOf(run).traceHash);
  });

  test('has its parent’s past, and does not keep it twice', () => {
    expect(child.columns.first).toBe(child.fork.events);
    expect(child.columns.count).toBe(run.world.events - child.fork.events);
    const whole = eventsOf(chronicle, child, 0, Infinity);
    expect(whole.count).toBe(run.world.events);
    const past = eventsOf(chronicle, parent, 0, child.fork.events);
    expect(whole.at.slice(0, past.count)).toEqual(past.at);
    expect(whole.cause.slice(0, past.count)).toEqual(past.cause);
    for (let n = 0; n < whole.count; n++) expect(whole.cause[n]).toBeLessThan(n);
  });

  test('both can be gone to, to and fro', () => {
    const roll = dice(9);
    for (let n = 0; n < 12; n++) {
      const at = roll(UNTIL) as Micros;
      const [one, other] = [momentAt(parent, at), momentAt(child, at)];
      const a = frameOf(seek(chronicle, { branch, moment: one }), FOCUS);
      const b = frameOf(seek(chronicle, { branch: id, moment: other }), FOCUS);
      if (at < child.fork.at) expect(b).toEqual(a);
      else if (at > child.fork.at + 1000) expect(b.traceHash).not.toBe(a.traceHash);
    }
  });

  test('its story, histories and metrics are those of its own run', () => {
    const alone = replay(recordOf(run), { keepTrace: true });
    const again = startRig();
    playScript(again.live, recordOf(run).actions, alone.world.now, dice(2), 1e9);
    catchUp(again);
    const straight = branchIn(again.chronicle, again.branch);
    expect(storyOf(child)).toEqual({ ...storyOf(straight), branch: id });
    expect(historiesOf(id, child.ledger)).toEqual(historiesOf(id, straight.ledger));
    expect(metricsOf(id, child.gauges)).toEqual(metricsOf(id, straight.gauges));
  });

  test('the first event that differs is behind the fork', () => {
    const { events } = child.fork;
    const first = firstDifference(parent, child, live.world.events, run.world.events);
    expect(first).toBeGreaterThanOrEqual(events);
    expect(first).toBeLessThan(events + 20);
    expect(firstDifference(parent, child, events, events)).toBeNull();
    expect(firstDifference(parent, parent, events, events - 5)).toBeNull();
  });
});

describe('removing', () => {
  test('a branch that others left from stays as far as they need it', () => {
    const rig = played();
    const { chronicle, branch } = rig;
    const { id, run } = branchOff(rig, 3_333_333);
    const before = frameOf(run, FOCUS);
    removeBranch(chronicle, branchIn(chronicle, branch));
    expect(viewBranches(chronicle).map((view) => [view.id, view.parent])).toEqual([[id, null]]);
    expect(() => branchIn(chronicle, branch)).toThrow(RangeError);
    const child = branchIn(chronicle, id);
    expect(viewBranch(child).fork.events).toBe(0);
    expect(child.parent?.columns.count).toBe(child.fork.events);
    expect(frameOf(seek(chronicle, { branch: id, moment: child.end }), FOCUS)).toEqual(before);
    const early = momentAt(child, 1_500_000 as Micros);
    expect(seek(chronicle, { branch: id, moment: early }).world.events).toBe(early.events);
    removeBranch(chronicle, child);
    expect(chronicle.branches.size).toBe(0);
  });
});

test('what does not come about again is said', () => {
  const rig = startRig();
  const { live, chronicle, branch } = rig;
  runUntil(live, 500_000 as Micros);
  const to = { ...momentOf(frameOf(live)), events: live.world.events - 3 };
  expect(() => {
    followTo(chronicle, branch, 0, [], to);
  }).toThrow(DivergenceError);
  const later = { ...to, actions: 1, at: 600_000 as Micros };
  const action = { kind: 'resume', process: 1 as ProcessId } as const;
  expect(() => {
    followTo(chronicle, branch, 0, [{ at: 550_000 as Micros, action }], later);
  }).toThrow(DivergenceError);
});
