import { describe, expect, test } from 'vitest';
import { draw, drawInt, Purpose } from '../../../src/core/chance.ts';
import type { MutantName } from '../../../src/core/mutants.ts';
import type { Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { create, smallWorld } from '../../../src/lessons/gallery/words.ts';
import type { Action, RunRecord, TimedAction } from '../../../src/sim/actions.ts';
import { judge, judgeAll } from '../../../src/sim/explore/judge.ts';
import { minimise, type MinimiseProgress } from '../../../src/sim/explore/minimise.ts';
import { runSwarm } from '../../../src/sim/explore/swarm.ts';
import { recordOf } from '../../../src/sim/local.ts';
import { addClient, clientId } from '../../../src/sim/scenarios.ts';
import { neverServing } from '../../support/never-serving.ts';

function pick(what: number, index: number, max: number): number {
  return drawInt(draw(11, Purpose.scenario, what, index), 0, max);
}

/** Things that happen to everybody every day. */
function noise(index: number): Action {
  const sid = (1 + pick(1, index, 2)) as Sid;
  const from = sid as number as ProcessId;
  switch (pick(2, index, 3)) {
    case 0:
      return { kind: 'skew', process: from, skew: (pick(3, index, 500) * 1000) as Micros };
    case 1: {
      const latency = { min: 400 as Micros, max: (600 + pick(4, index, 2000)) as Micros };
      return { kind: 'latency', from, to: ((sid % 3) + 1) as ProcessId, latency };
    }
    case 2:
      return {
        kind: 'submit',
        process: clientId(0),
        tag: index,
        request: { op: 'exists', path: '/a', watch: true },
      };
    default:
      return { kind: 'disk', sid, faults: { slowness: 1, lying: false, full: false } };
  }
}

/** Server 3 is started again behind a write that it missed: what it acknowledges is not synced. */
const CULPRITS: readonly TimedAction[] = [
  [2_000_000, addClient(0)],
  [3_000_000, { kind: 'crash', sid: 3 as Sid, tail: 'lost', silent: false }],
  [6_000_000, { kind: 'submit', process: clientId(0), tag: 1, request: create('/a') }],
  [7_000_000, { kind: 'restart', sid: 3 as Sid }],
].map(([at, action]) => ({ at: at as Micros, action: action as Action }));

function planted(mutant: MutantName): RunRecord {
  const noises = Array.from({ length: 56 }, (_, index) => {
    return { at: (2_000_000 + 120_000 * index) as Micros, action: noise(index) };
  });
  return {
    version: 1,
    world: smallWorld(5, { mutants: [mutant], snapCount: 7 }, 1),
    actions: [...CULPRITS, ...noises].sort((a, b) => a.at - b.at),
    until: 12_000_000 as Micros,
  };
}

describe('a planted failure among sixty actions', () => {
  const record = planted('ack-before-fsync');
  const aim = { name: 'C.3', settles: false };
  const steps: MinimiseProgress[] = [];
  const result = minimise(record, aim, { onProgress: (step) => steps.push(step) });

  test('shrinks to the few that plant it', () => {
    expect(record.actions).toHaveLength(60);
    expect(result.before).toBe(60);
    expect(result.after).toBeLessThanOrEqual(CULPRITS.length);
    expect(result.record.actions).toHaveLength(result.after);
  });

  test('still fails, and is clean with the bug switched off', () => {
    expect(judge(result.record, false)?.name).toBe('C.3');
    const { world } = result.record;
    const cured = { ...world, ensemble: { ...world.ensemble, mutants: [] } };
    expect(judgeAll({ ...result.record, world: cured }, true)).toEqual([]);
  });

  test('in a smaller and plainer world', () => {
    const { ensemble } = result.record.world;
    expect(ensemble.servers).toHaveLength(3);
    expect(ensemble.snapCount).toBe(100_000);
    expect(result.record.until).toBeLessThan(record.until);
  });

  test('in moments that a person can read', () => {
    expect(result.record.actions.filter(({ at }) => at % 1000 !== 0)).toEqual([]);
  });

  test('step by step, and never longer again', () => {
    expect(steps).toHaveLength(result.tries - 1);
    const sizes = steps.map(({ now }) => now);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  test('and whoever stops it from outside has the shortest record, which fails too', () => {
    for (const { now, best, found } of steps) {
      expect(best.actions).toHaveLength(now);
      expect(found.name).toBe('C.3');
    }
    const halfway = steps.find(({ now }) => now < 20);
    expect(halfway === undefined ? null : judge(halfway.best, false)).toEqual(halfway?.found);
    expect(steps.at(-1)?.best).toEqual(result.record);
    expect(result.found).toEqual(judge(result.record, false));
  });

  test('is the same again', () => {
    expect(minimise(record, aim).record).toEqual(result.record);
  });

  test('stopped early, it is what was found so far, and fails too', () => {
    let tries = 0;
    const early = minimise(record, aim, { keepGoing: () => ++tries < 15 });
    expect(early.tries).toBeLessThanOrEqual(15);
    expect(early.tries).toBeLessThan(result.tries);
    expect(early.after).toBeLessThan(60);
    expect(judge(early.record, false)?.name).toBe('C.3');
  });
});

test('what does not fail cannot be shortened', () => {
  const { world, ...rest } = planted('ack-before-fsync');
  const cured = { ...world, ensemble: { ...world.ensemble, mutants: [] } };
  expect(() => minimise({ ...rest, world: cured }, { name: 'C.3', settles: false })).toThrow(
    /does not break C\.3/,
  );
});

test('a property of liveness stays broken when the faults have stopped', () => {
  const record = neverServing(Array.from({ length: 8 }, (_, i) => noise(i)));
  const name = judge(record, true)?.name ?? '';
  expect(name).toMatch(/^D\./);
  expect(judge(record, false)).toBeNull();
  const result = minimise(record, { name, settles: true });
  expect(judge(result.record, true)?.name).toBe(name);
  expect(result.after).toBeLessThanOrEqual(6);
});

describe.each([
  ['epoch-from-last-zxid', 'mixed'],
  ['ack-before-fsync', 'mixed'],
  ['vote-ignores-epoch', 'elections'],
] as const)('the swarm breaks %s', (mutant, profile) => {
  test('and twelve actions are enough to show it', { timeout: 120_000 }, () => {
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    const options = { profile, mutants: [mutant] };
    const failing = seeds.find((seed) => runSwarm(seed, options).violation !== null) ?? 0;
    const { run, violation } = runSwarm(failing, options);
    const record = recordOf(run);
    const name = violation?.name ?? 'none';
    const settles = judge(record, false) === null;
    const result = minimise(record, { name, settles });
    expect(result.after).toBeLessThanOrEqual(12);
    expect(judge(result.record, settles)?.name).toBe(name);
  });
});
