/**
 * What is done to the world by itself, each at its virtual time: the actions of a record that is
 * replayed, and what a monkey likes. When it is due depends on the run alone, never on the wall.
 */
import type { Micros } from '../core/units.ts';
import type { Action, RunRecord } from '../sim/actions.ts';
import { createMonkey, monkeyActions, type Monkey } from '../sim/explore/monkey.ts';
import type { World } from '../sim/world.ts';

export interface Duties {
  /** Null when nothing is replayed. */
  readonly record: RunRecord | null;
  /** Of the record's actions, how many took place. */
  replayed: number;
  /** The latest one; its clients live on while it rests. */
  monkey: Monkey | null;
  monkeyPlays: boolean;
  /** Properties that were seen to break: time stops for each of them once. */
  broken: number;
}

export function createDuties(record: RunRecord | null): Duties {
  return { record, replayed: 0, monkey: null, monkeyPlays: false, broken: 0 };
}

/** When the next one is due; Infinity for never. */
export function dutyAt({ record, replayed, monkey, monkeyPlays }: Duties): Micros {
  const action = record?.actions[replayed]?.at ?? Infinity;
  const game = monkeyPlays && monkey !== null ? monkey.nextAt : Infinity;
  return Math.min(action, game) as Micros;
}

/** What is due now, in order. To be carried out at once. */
export function takeDue(duties: Duties, world: World): readonly Action[] {
  const actions: Action[] = [];
  const due = duties.record?.actions ?? [];
  for (let next = due[duties.replayed]; next !== undefined && next.at <= world.now;) {
    actions.push(next.action);
    duties.replayed += 1;
    next = due[duties.replayed];
  }
  const { monkey } = duties;
  if (duties.monkeyPlays && monkey !== null && monkey.nextAt <= world.now) {
    actions.push(...monkeyActions(monkey, world));
  }
  return actions;
}

/** @param intensity null calls it off; it comes back as the same monkey. */
export function setMonkey(duties: Duties, world: World, intensity: number | null): void {
  duties.monkeyPlays = intensity !== null;
  if (intensity === null) return;
  const fresh = createMonkey(world.config.seed, intensity, world.now);
  const { monkey } = duties;
  duties.monkey =
    monkey === null
      ? fresh
      : { ...monkey, intensity: fresh.intensity, nextAt: fresh.nextAt, clients: monkey.clients };
}

/** True once for each property that breaks. The monkey has then done enough. */
export function hasBroken(duties: Duties, world: World): boolean {
  const broken = world.checker?.violations.size ?? 0;
  if (broken <= duties.broken) return false;
  duties.broken = broken;
  duties.monkeyPlays = false;
  return true;
}
