/** A run that is lived twice: once straight on, as the page's, and once by a chronicle. */
import type { Micros, Sid } from '../../../src/core/units.ts';
import type { Action, TimedAction, WorldConfig } from '../../../src/sim/actions.ts';
import type { Branch } from '../../../src/sim/chronicle/branch.ts';
import { beginChronicle, followSome } from '../../../src/sim/chronicle/chronicle.ts';
import { branchOf, type Chronicle } from '../../../src/sim/chronicle/chronicle-state.ts';
import { momentOf, type BranchId, type Moment } from '../../../src/sim/chronicle/model.ts';
import type { Frame } from '../../../src/sim/frame.ts';
import { frameOf } from '../../../src/sim/local-frame.ts';
import {
  act,
  checkpoint,
  createLocalRun,
  runUntil,
  stepOne,
  type LocalOptions,
  type LocalRun,
} from '../../../src/sim/local.ts';
import { script, scriptedWorld } from '../../support/scripted-run.ts';

export const FOCUS = 1 as Sid;

export interface Rig {
  /** As the page's. */
  readonly live: LocalRun;
  readonly chronicle: Chronicle;
  readonly branch: BranchId;
}

export function startRig(world: WorldConfig = scriptedWorld, options: LocalOptions = {}): Rig {
  return rigOf(createLocalRun(world, { keepTrace: true, ...options }), 250);
}

export function rigOf(live: LocalRun, rungEvents?: number): Rig {
  const { chronicle, first } = beginChronicle(checkpoint(live), rungEvents);
  return { live, chronicle, branch: first.id };
}

/** The chronicle comes to where the run is; `budget` at a time. */
export function catchUp({ live, chronicle, branch }: Rig, budget = 1000): void {
  const known = branchIn(chronicle, branch);
  const from = known.end.actions;
  followTo(
    chronicle,
    branch,
    from,
    live.world.actions.slice(from),
    momentOf(frameOf(live)),
    budget,
  );
}

export function followTo(
  chronicle: Chronicle,
  branch: BranchId,
  from: number,
  actions: readonly TimedAction[],
  to: Moment,
  budget = 1000,
): void {
  while (!followSome(chronicle, branchIn(chronicle, branch), { from, actions, to }, budget));
}

export function branchIn(chronicle: Chronicle, id: BranchId): Branch {
  return branchOf(chronicle, id);
}

/** What the live run showed at moments of all kinds. */
export type Album = Map<Moment, Frame>;

/** A generator of numbers for tests: the same every time. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Plays the script up to `until` in uneven steps, some of single events; keeps some frames. */
export function playScript(
  run: LocalRun,
  actions: readonly TimedAction[],
  until: Micros,
  roll: (below: number) => number,
  chance = 30,
): Album {
  const album: Album = new Map();
  const take = (): void => {
    if (roll(chance) !== 0) return;
    const frame = frameOf(run, FOCUS);
    album.set(momentOf(frame), frame);
  };
  const goTo = (at: Micros): void => {
    while (run.world.now < at) {
      if (roll(3) > 0) {
        const next = Math.min(at, run.world.now + 1 + roll(400_000)) as Micros;
        runUntil(run, next);
        take();
      } else {
        for (let n = roll(12); n > 0 && run.world.now < at - 1; n--) {
          if (nextDue(run) >= at) break;
          stepOne(run);
          take();
        }
      }
    }
  };
  for (const { at, action } of actions) {
    if (at >= until) break;
    goTo(at);
    mustAct(run, action);
    take();
  }
  goTo(until);
  return album;
}

function nextDue(run: LocalRun): number {
  return Math.min(
    ...run.world.processes.map((process) => {
      if (process.status !== 'running') return Infinity;
      return Math.max(process.floor, Math.min(process.inbox[0]?.at ?? Infinity, process.nextDue));
    }),
  );
}

export function mustAct(run: LocalRun, action: Action): void {
  const outcome = act(run, action);
  if (!outcome.ok) throw new Error(outcome.reason);
}

export { script, scriptedWorld };
