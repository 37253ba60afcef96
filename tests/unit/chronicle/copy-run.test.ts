import { describe, expect, test } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import { copyRun, SHARED_ELEMENTS, SHARED_VALUES } from '../../../src/sim/chronicle/copy-run.ts';
import { frameOf } from '../../../src/sim/local-frame.ts';
import { checkpoint, createLocalRun, runUntil, type LocalRun } from '../../../src/sim/local.ts';
import { dice, FOCUS, mustAct, playScript, script, scriptedWorld } from './rig.ts';

const MIDDLE = 3_100_000 as Micros;
const END = 7_000_000 as Micros;

function startRun(): LocalRun {
  const run = createLocalRun(scriptedWorld, { keepTrace: true });
  playScript(run, script, MIDDLE, dice(1), 1e9);
  return run;
}

function goOn(run: LocalRun): void {
  const from = run.world.actions.length;
  for (const { at, action } of script.slice(from)) {
    if (at >= END) break;
    runUntil(run, at);
    mustAct(run, action);
  }
  runUntil(run, END);
}

/** All that a copy shares with its original. */
function* sharedIn(value: unknown, seen = new Set<unknown>()): Iterable<object> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return;
  if (value instanceof Map || value instanceof Set) {
    for (const item of value) yield* sharedIn(item, seen);
    return;
  }
  for (const [key, field] of Object.entries(value) as [string, unknown][]) {
    if (typeof field === 'object' && field !== null) {
      if (SHARED_VALUES.has(key)) yield field;
      if (SHARED_ELEMENTS.has(key) && Array.isArray(field)) yield* field as object[];
    }
    yield* sharedIn(field, seen);
  }
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  if (ArrayBuffer.isView(value)) return;
  Object.freeze(value);
  for (const field of Object.values(value)) freeze(field);
}

describe('a copy of a run', () => {
  test('goes on as a clone does, and leaves the original as it was', () => {
    const run = startRun();
    const before = frameOf(run, FOCUS);
    const [copy, clone] = [copyRun(run), checkpoint(run)];
    expect(copy).toEqual({ ...run, world: { ...run.world, lost: null } });
    goOn(copy);
    expect(frameOf(run, FOCUS)).toEqual(before);
    goOn(clone);
    expect(frameOf(copy, FOCUS)).toEqual(frameOf(clone, FOCUS));
    goOn(run);
    expect(frameOf(run, FOCUS)).toEqual(frameOf(clone, FOCUS));
  });

  test('what it shares is never changed', () => {
    const straight = startRun();
    goOn(straight);
    const run = startRun();
    let frozen = 0;
    const from = run.world.actions.length;
    for (const { at, action } of script.slice(from)) {
      if (at >= END) break;
      runUntil(run, at);
      for (const shared of sharedIn(run)) {
        if (Object.isFrozen(shared)) continue;
        freeze(shared);
        frozen++;
      }
      mustAct(run, action);
    }
    runUntil(run, END);
    expect(frozen).toBeGreaterThan(1000);
    expect(frameOf(run, FOCUS)).toEqual(frameOf(straight, FOCUS));
  });
});
