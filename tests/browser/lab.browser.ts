import { afterEach, describe, expect, test } from 'vitest';
import type { Micros, Sid } from '../../src/core/units.ts';
import { ask, client, crash, create, smallWorld } from '../../src/lessons/gallery/words.ts';
import type { RunRecord } from '../../src/sim/actions.ts';
import { judge } from '../../src/sim/explore/judge.ts';
import { runScript, type Script } from '../../src/sim/explore/script.ts';
import { addClient } from '../../src/sim/scenarios.ts';
import { connectLab, LabStopped } from '../../src/worker/connect-lab.ts';
import type { HuntProgress } from '../../src/worker/lab-api.ts';

const BUG = 'ack-before-fsync';
const lab = connectLab(2);

afterEach(() => {
  lab.stop();
});

/** Server 1 misses a transaction, and is down. */
const script = (mutants: readonly string[]): Script => ({
  world: smallWorld(3, { mutants }),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [2])] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [crash(1), ask(0, 1, create('/a'))] },
    { when: { cue: 'result', tag: 1 }, then: [] },
  ],
  afterwards: 0,
});

function failing(): RunRecord {
  const { record } = runScript(script([BUG]));
  const restart = { kind: 'restart', sid: 1 as Sid } as const;
  return {
    ...record,
    actions: [
      ...record.actions,
      { at: record.until, action: addClient(5) },
      { at: record.until, action: restart },
    ],
    until: (record.until + 5_000_000) as Micros,
  };
}

describe('the lab in its workers', () => {
  test('plays a script', async () => {
    const { record, found, failure } = await lab.script(script([BUG]), false);
    expect(failure).toBeNull();
    expect(found).toBeNull();
    expect(record).toEqual(runScript(script([BUG])).record);
  });

  test('shortens a record', async () => {
    const sizes: number[] = [];
    const aim = { name: 'C.3', settles: false };
    const { record, before, after } = await lab.minimise(failing(), aim, ({ now }) => {
      sizes.push(now);
    });
    expect(before).toBe(5);
    expect(after).toBeLessThan(5);
    expect(judge(record, false)?.name).toBe('C.3');
    expect(sizes.length).toBeGreaterThan(0);
  });

  test(
    'explores from the present moment of a run, on all workers',
    { timeout: 60_000 },
    async () => {
      const { run } = runScript(script([BUG]));
      const limits = { faults: 0, deliveries: 60, states: 4000 };
      const plan = { only: { moves: ['restart'] } } as const;
      const { found, record } = await lab.explore({ kind: 'run', run }, limits, plan);
      expect(found?.name).toBe('C.3');
      expect(record === null ? null : judge(record, false)?.name).toBe('C.3');
    },
  );

  test('explores from the end of a record, and finds nothing in the correct core', async () => {
    const { record } = runScript(script([]));
    const states: number[] = [];
    const result = await lab.explore(
      { kind: 'record', record },
      { faults: 0, deliveries: 30, states: 4000 },
      { only: { moves: ['restart'] } },
      (progress) => states.push(progress.states),
    );
    expect(result).toMatchObject({ found: null, complete: true });
    expect(result.states).toBeGreaterThan(20);
  });

  test('hunts, and gives the lowest seed that fails', { timeout: 60_000 }, async () => {
    const told: HuntProgress[] = [];
    const swarm = { profile: 'mixed', mutants: [BUG], liveness: false } as const;
    const { hunted, seeds } = await lab.hunt({ swarm, from: 0, seeds: 40 }, (progress) => {
      told.push(progress);
    });
    if (hunted === null) throw new RangeError('no seed fails');
    expect(seeds).toBeGreaterThanOrEqual(hunted.seed + 1);
    expect(told.at(-1)?.seeds).toBe(seeds);
    expect(judge(hunted.record, hunted.settles)?.name).toBe(hunted.found.name);
  });

  test('stops at once, and works again afterwards', async () => {
    const swarm = { profile: 'mixed' } as const;
    const endless = lab.hunt({ swarm, from: 0, seeds: Infinity });
    const ended = endless.then(
      () => null,
      (reason: unknown) => reason,
    );
    lab.stop();
    expect(await ended).toBeInstanceOf(LabStopped);
    expect((await lab.script(script([]), false)).failure).toBeNull();
  });
});

test('a lab that is closed says so', async () => {
  const closed = connectLab(1);
  closed.dispose();
  await expect(closed.script(script([]), false)).rejects.toBeInstanceOf(LabStopped);
});
