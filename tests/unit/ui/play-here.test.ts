/** An action script in the run that is open, over a real run and a real chronicle. */
import { afterEach, expect, it } from 'vitest';
import type { Micros, Sid } from '../../../src/core/units.ts';
import { playHere } from '../../../src/ui/script/play-here.ts';
import { threeServersWorld } from '../../support/three-servers.ts';
import { openStage, type TimeStage } from '../../support/time-stage.ts';

const stages: TimeStage[] = [];

afterEach(() => {
  for (const { client, timeline } of stages.splice(0)) {
    timeline.dispose();
    client.dispose();
  }
});

/** Its past comes when `tell` says so. */
async function serving(): Promise<{ stage: TimeStage; tell: () => void }> {
  let tell = (): void => undefined;
  const pastAfter = new Promise<void>((resolve) => (tell = resolve));
  const stage = await openStage(threeServersWorld, { pastAfter });
  stages.push(stage);
  await expect.poll(() => stage.playground.leader).not.toBeNull();
  return { stage, tell };
}

function crashIn(stage: TimeStage, micros: number, sid = 1) {
  const at = (stage.frame().now + micros) as Micros;
  const action = { kind: 'crash', sid: sid as Sid, tail: 'kept', silent: false } as const;
  return { at, action, line: 1 };
}

it('goes on when the past of a run that has just begun comes', async () => {
  const { stage, tell } = await serving();
  const { playground, timeline } = stage;
  const crash = crashIn(stage, 100_000);
  const played = playHere(playground, timeline, [crash], () => false);
  expect(timeline.branch).toBeNull();
  tell();
  await expect.poll(() => timeline.branch).not.toBeNull();
  expect(stage.frame().now).toBeLessThan(crash.at);
  await playground.setSpeed(10);
  expect(await played).toEqual({ kind: 'done' });
  await expect.poll(() => playground.member(1 as Sid)?.status).toBe('down');
});

it('ends where another run takes the place of this one', async () => {
  const { stage } = await serving();
  const { playground, timeline } = stage;
  const played = playHere(playground, timeline, [crashIn(stage, 60_000_000)], () => false);
  await playground.reopen(threeServersWorld, true);
  expect(await played).toEqual({ kind: 'left' });
  expect(playground.member(1 as Sid)?.status).not.toBe('down');
});
