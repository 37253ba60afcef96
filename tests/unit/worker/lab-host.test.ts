/** What a worker of the lab tells while it works, and what it says of the end of faults. */
import { describe, expect, test } from 'vitest';
import type { Micros, Sid } from '../../../src/core/units.ts';
import { ask, client, crash, create, smallWorld } from '../../../src/lessons/gallery/words.ts';
import type { Action, RunRecord } from '../../../src/sim/actions.ts';
import { judge } from '../../../src/sim/explore/judge.ts';
import type { MinimiseProgress } from '../../../src/sim/explore/minimise-io.ts';
import { createLabHost } from '../../../src/worker/lab-host.ts';
import { neverServing } from '../../support/never-serving.ts';

const lab = createLabHost(() => 0);

/** Server 3 acknowledges what it has not synced, among pauses that nothing needs. */
function failing(): RunRecord {
  const pause: Action = { kind: 'skew', process: 1 as never, skew: 1000 as Micros };
  const actions: readonly (readonly [number, Action])[] = [
    [2_000_000, client(0, [1, 2])],
    [2_500_000, pause],
    [3_000_000, crash(3)],
    [5_000_000, pause],
    [6_000_000, ask(0, 1, create('/a'))],
    [7_000_000, { kind: 'restart', sid: 3 as Sid }],
  ];
  return {
    version: 1,
    world: smallWorld(3, { mutants: ['ack-before-fsync'] }),
    actions: actions.map(([at, action]) => ({ at: at as Micros, action })),
    until: 12_000_000 as Micros,
  };
}

test('every shorter record is told, however soon it comes: its worker may be ended next', async () => {
  const told: MinimiseProgress[] = [];
  // The clock stands still, so what is only said now and then is said once.
  const { record, found } = await lab.minimise(
    failing(),
    { name: 'C.3', settles: false },
    (progress) => told.push(progress),
  );
  expect(told.at(-1)?.best).toEqual(record);
  expect(told.at(-1)?.found).toEqual(found);
  expect(new Set(told.map(({ best }) => best)).size).toBeGreaterThanOrEqual(told.length - 1);
});

describe('behind the end of the faults', () => {
  test('a settled record says what does not come about', async () => {
    const record = neverServing();
    const settled = await lab.settle(record);
    expect(settled.found).toEqual(judge(record, true));
    expect(settled.found?.name).toMatch(/^D\./);
    expect(settled.record.actions.slice(0, record.actions.length)).toEqual(record.actions);
    expect(settled.record.until).toBeGreaterThan(record.until);
  });

  test('a script says whether its property broke before or then', async () => {
    const { world, actions, until } = neverServing();
    const steps = actions.map(({ at, action }, i) => {
      const micros = at - (actions[i - 1]?.at ?? 0);
      return { when: { cue: 'after', micros } as const, then: [action] };
    });
    const script = { world, steps, afterwards: until - (actions.at(-1)?.at ?? 0) };
    expect(await lab.script(script, true)).toMatchObject({ settles: true, failure: null });
    expect(await lab.script(script, false)).toMatchObject({ settles: false, found: null });
  });
});
