/** The driver itself: what it draws, and that its records replay. */
import { describe, expect, test } from 'vitest';
import { votersOf } from '../../src/core/config.ts';
import type { Action } from '../../src/sim/actions.ts';
import { PROFILE_NAMES } from '../../src/sim/explore/profiles.ts';
import { runSwarm } from '../../src/sim/explore/swarm.ts';
import { recordOf, replay, traceHash } from '../../src/sim/local.ts';

describe.each(PROFILE_NAMES)('profile %s', (profile) => {
  const result = runSwarm(5, { profile });

  test('does the same from the same seed', () => {
    expect(runSwarm(5, { profile }).hash).toBe(result.hash);
  });

  test('leaves a record that replays, without the driver', () => {
    const record = structuredClone(recordOf(result.run));
    expect(traceHash(replay(record))).toBe(result.hash);
  });

  test('does not depend on whether anybody checks or watches', () => {
    const unwatched = runSwarm(5, { profile, check: false, keepTrace: true });
    expect(result.violation).toBeNull();
    expect(unwatched.hash).toBe(result.hash);
  });
});

test('seeds draw ensembles of many sizes, and what is given stands', () => {
  const runs = Array.from({ length: 40 }, (_, seed) => {
    return runSwarm(seed, { profile: 'elections', duration: 1 as never, liveness: false });
  });
  const sizes = new Set(runs.map(({ run }) => votersOf(run.world.config.ensemble).length));
  expect([...sizes].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  const { run } = runSwarm(1, { voters: 5, observers: 2, liveness: false });
  expect(run.world.config.ensemble.servers.length).toBe(7);
});

test('all kinds of action take place', () => {
  const kinds = new Set<Action['kind']>();
  for (const profile of PROFILE_NAMES) {
    for (let seed = 0; seed < 6; seed++) {
      const { run } = runSwarm(seed, { profile, liveness: false, check: false });
      for (const { action } of run.world.actions) kinds.add(action.kind);
    }
  }
  const persons: readonly Action['kind'][] = ['line'];
  const all: readonly Action['kind'][] = [
    ...(['crash', 'restart', 'pause', 'resume', 'cut', 'heal', 'partition', 'healAll'] as const),
    ...(['latency', 'disk', 'wipe', 'damage', 'skew', 'addClient', 'killClient'] as const),
    ...(['submit', 'hold', 'release', 'delay', 'breakConnection'] as const),
  ];
  expect(all.filter((kind) => !kinds.has(kind))).toEqual([]);
  expect(persons.filter((kind) => kinds.has(kind))).toEqual([]);
});
