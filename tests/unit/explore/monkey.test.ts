import { describe, expect, test } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import type { Action } from '../../../src/sim/actions.ts';
import { FAULT_KINDS, faultAction, mendAll } from '../../../src/sim/explore/faults.ts';
import { createMonkey, monkeyActions } from '../../../src/sim/explore/monkey.ts';
import {
  act,
  recordOf,
  replay,
  runUntil,
  stepOne,
  traceHash,
  type LocalRun,
} from '../../../src/sim/local.ts';
import { addClient, clientId, quickStart, quietWorld } from '../../../src/sim/scenarios.ts';

const seconds = (n: number): Micros => (n * 1_000_000) as Micros;

/** The monkey plays for so many virtual seconds, beside a person's client. */
function play(
  seed: number,
  intensity: number,
  duration: number,
): { run: LocalRun; done: Action[] } {
  const run = quickStart(quietWorld(seed, 3, 1));
  act(run, addClient(0, [], true, 4_000));
  const until = run.world.now + seconds(duration);
  const monkey = createMonkey(seed, intensity, run.world.now);
  const done: Action[] = [];
  while (run.world.now < until) {
    runUntil(run, monkey.nextAt);
    for (const action of monkeyActions(monkey, run.world)) {
      if (act(run, action).ok) done.push(action);
    }
    expect(monkey.nextAt).toBeGreaterThan(run.world.now);
  }
  return { run, done };
}

describe.each([1, 5, 10])('a monkey of intensity %i', (intensity) => {
  const { run, done } = play(3, intensity, 60);

  test('does the same from the same seed, and its record replays', () => {
    expect(traceHash(play(3, intensity, 60).run)).toBe(traceHash(run));
    expect(traceHash(replay(recordOf(run)))).toBe(traceHash(run));
  });

  test('breaks things, mends them, and asks the ensemble for something', () => {
    const kinds = new Set(done.map(({ kind }) => kind));
    expect(kinds).toContain('submit');
    expect(kinds.size).toBeGreaterThan(4);
  });

  test('leaves the client of a person alone', () => {
    const person = clientId(0);
    const touched = done.filter((action) => 'process' in action && action.process === person);
    expect(touched).toEqual([]);
    const links = [...run.world.links.byKey.values()];
    const worse = links.filter(({ cut, latency }) => cut || latency !== null);
    expect(worse.filter(({ from, to }) => from === person || to === person)).toEqual([]);
  });
});

test('the more intense, the more it does', () => {
  const counts = [1, 5, 10].map((intensity) => play(4, intensity, 40).done.length);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts[2]).toBeGreaterThan(2 * (counts[0] ?? 0));
});

test.each(FAULT_KINDS)('%s can be done, and is mended', (kind) => {
  const run = quickStart(quietWorld(1, 3));
  act(run, addClient(0));
  let drawn = 0;
  const choose = { between: (min: number, max: number) => min + (drawn++ % (max - min + 1)) };
  let action: Action | null = null;
  // A packet to be held must be on its way.
  for (let i = 0; i < 500 && (action === null || !act(run, action).ok); i++) {
    stepOne(run);
    action = faultAction(run.world, choose, kind);
  }
  expect(recordOf(run).actions.at(-1)?.action).toEqual(action);
  for (const mend of mendAll(run.world)) expect(act(run, mend)).toEqual({ ok: true });
  expect(mendAll(run.world)).toEqual([]);
});
