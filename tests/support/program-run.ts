/** Programs that contend while the leader dies, in one thread: what real workers must do as well. */
import type { Micros, Sid } from '../../src/core/units.ts';
import type { Action, RunRecord } from '../../src/sim/actions.ts';
import { stage as stageOf } from '../../src/lessons/scenarios/world.ts';
import { createLocalRun, recordOf, runUntil, traceHash } from '../../src/sim/local.ts';
import { begin, createStage, perform, runStage, START_TIME } from './local-program.ts';

/** Each waits for whoever is ahead, sleeps by chance, and asks again where a reply was lost. */
const text = `const zk = await connect({ timeout: 6000 });
const name = Math.random().toString(36).slice(2);
await zk.retry(() => zk.ensure('/line'));
for (let round = 0; round < 4; round += 1) {
  const mine = \`/line/\${name}-\${round}\`;
  await zk.retry(() => zk.create(mine, String(me.number), { ephemeral: true }), ['NODEEXISTS']);
  const changed = watch();
  const others = await zk.retry(() => zk.children('/line', changed));
  log(others.length, Date.now());
  await sleep(Math.floor(Math.random() * 400));
  await zk.retry(() => zk.delete(mine), ['NONODE']);
}
await zk.close();`;

const sid = 3 as Sid;

export const PROGRAMS = {
  world: { ...stageOf(3), seed: 11 },
  text,
  of: 3,
  startTime: START_TIME,
  from: 3_000_000 as Micros,
  until: 14_000_000 as Micros,
  deeds: [
    {
      at: 3_900_000 as Micros,
      action: { kind: 'crash', sid, tail: 'chance', silent: false } satisfies Action,
    },
    { at: 6_000_000 as Micros, action: { kind: 'restart', sid } satisfies Action },
  ],
} as const;

export async function programsInNode(): Promise<{
  readonly hash: string;
  readonly record: RunRecord;
  readonly ends: readonly (string | null)[];
}> {
  const { world, of, from, until, deeds } = PROGRAMS;
  const run = createLocalRun(world);
  runUntil(run, from);
  const stage = createStage(run);
  begin(stage, PROGRAMS.text, of);
  for (const { at, action } of deeds) {
    await runStage(stage, at);
    await perform(stage, action);
  }
  await runStage(stage, until);
  const ends = stage.programs.map(({ end }) => end);
  return { hash: traceHash(run), record: recordOf(run), ends };
}
