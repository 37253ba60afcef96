/** A run that went on from stored disks is passed on with them, and comes to the same hash. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { replay, traceHash } from '../../../src/sim/local.ts';
import { runFromFile, runToFile } from '../../../src/ui/share/run-file.ts';
import { threeServersWorld } from '../../support/three-servers.ts';
import { openStage, type TimeStage } from '../../support/time-stage.ts';

const A = 1001 as ProcessId;
const stages: TimeStage[] = [];

afterEach(() => {
  for (const { client, timeline } of stages.splice(0)) {
    timeline.dispose();
    client.dispose();
  }
});

async function serving(options: Parameters<typeof openStage>[1] = {}): Promise<TimeStage> {
  const stage = await openStage(threeServersWorld, options);
  stages.push(stage);
  const { playground, timeline } = stage;
  await expect.poll(() => playground.frame?.clients[0]?.state).toBe('CONNECTED');
  await playground.pause();
  await expect.poll(() => timeline.begun && !playground.running).toBe(true);
  return stage;
}

async function run(stage: TimeStage, micros: number): Promise<void> {
  const until = (stage.frame().now + micros) as Micros;
  await stage.playground.runTo(until);
  await stage.playground.pause();
  await expect.poll(() => stage.frame().now >= until && !stage.frame().running).toBe(true);
}

async function type(stage: TimeStage, text: string): Promise<void> {
  const outcome = await stage.playground.act({ kind: 'line', process: A, line: text });
  expect(outcome).toEqual({ ok: true });
  await run(stage, 400_000);
}

/** Written to, cut off by a reload, and written to once more. */
async function resumed(): Promise<TimeStage> {
  const before = await serving();
  for (const text of ['create /kept one', 'create -e /gone two', 'set /kept three']) {
    await type(before, text);
  }
  await before.client.close(false);
  const after = await serving({ resume: true, ground: before.ground });
  expect(after.playground.recovered).toBe(true);
  await after.playground.act({ kind: 'crash', sid: 1 as Sid, tail: 'chance', silent: false });
  await run(after, 3_000_000);
  await type(after, 'create /later four');
  return after;
}

describe('a run that went on from stored disks', () => {
  it('is written down with them, and comes to the same hash from the file alone', async () => {
    const here = await resumed();
    const { traceHash: hash, now } = here.frame();
    const record = await here.playground.record();
    expect(record.beginning?.clock).toBeGreaterThan(0);
    expect(record.beginning?.disks.map(({ files }) => files.length > 0)).toContain(true);
    const text = runToFile({ name: 'x', run: { record, breaks: null } });
    const { run: taken } = runFromFile(text);
    expect(taken.record).toEqual(record);

    // In one thread, and through the workers' host.
    expect(traceHash(replay(taken.record))).toBe(hash);
    const there = await openStage(threeServersWorld);
    stages.push(there);
    const options = { resume: false, durable: false, record: taken.record };
    await there.playground.switchTo(taken.record.world, options);
    await there.playground.runTo(now);
    await there.playground.pause();
    await expect.poll(() => there.frame().now >= now && !there.frame().running).toBe(true);
    expect(there.frame().traceHash).toBe(hash);
    expect(there.frame().actions).toBe(record.actions.length);
    // What is opened from a file can be passed on like any other.
    expect((await there.playground.record()).beginning).toEqual(record.beginning);

    // Without the disks it is another run.
    const { version, world, actions, until } = taken.record;
    expect(traceHash(replay({ version, world, actions, until }))).not.toBe(hash);
  });

  it('of which the file was changed by hand is refused by name', async () => {
    const here = await resumed();
    const record = await here.playground.record();
    const text = runToFile({ name: 'x', run: { record, breaks: null } });
    const bad = text.replace(/"name": "log\.[0-9a-f]+"/, '"name": "../../etc/passwd"');
    expect(bad).not.toBe(text);
    expect(() => runFromFile(bad)).toThrow(/files\[0\]\.name is no name of its kind/);
    const far = { ...record, until: (record.until + 9e10) as Micros };
    const late = runToFile({ name: 'x', run: { record: far, breaks: null } });
    expect(() => runFromFile(late)).toThrow(/more than a day behind its beginning/);
  });
});
