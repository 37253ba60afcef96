/** A monkey in an ensemble, driven in one thread: what the workers must do to the last bit. */
import { createMonkey, monkeyActions } from '../../src/sim/explore/monkey.ts';
import { act, createLocalRun, recordOf, runUntil, traceHash } from '../../src/sim/local.ts';
import type { Micros } from '../../src/core/units.ts';
import type { RunRecord, WorldConfig } from '../../src/sim/actions.ts';
import { scriptedWorld } from './scripted-run.ts';

export const MONKEY = {
  world: { ...scriptedWorld, seed: 7 } satisfies WorldConfig,
  from: 1_000_000 as Micros,
  until: 9_000_000 as Micros,
  intensity: 7,
};

export function monkeyInNode(): { readonly hash: string; readonly record: RunRecord } {
  const { world, from, until, intensity } = MONKEY;
  const run = createLocalRun(world);
  runUntil(run, from);
  const monkey = createMonkey(world.seed, intensity, run.world.now);
  while (monkey.nextAt <= until) {
    runUntil(run, monkey.nextAt);
    for (const action of monkeyActions(monkey, run.world)) act(run, action);
  }
  runUntil(run, until);
  return { hash: traceHash(run), record: recordOf(run) };
}
