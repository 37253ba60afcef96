/** Disks that leave a run as files, and come back as another one. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG, ensembleOf } from '../../../src/core/config.ts';
import { readDataDir } from '../../../src/core/txn-log/data-dir.ts';
import type { Micros, Millis, ProcessId, Sid } from '../../../src/core/units.ts';
import type { Action, WorldConfig } from '../../../src/sim/actions.ts';
import type { MemberFiles } from '../../../src/worker/api.ts';
import { scriptedWorld } from '../../support/scripted-run.ts';
import { createGround, openBus, type TestBus } from '../../support/test-ground.ts';
import { directory } from '../txn-log/real-files.ts';

const A = 1001 as ProcessId;

const world: WorldConfig = {
  ...scriptedWorld,
  ensemble: { ...DEFAULT_CONFIG, servers: ensembleOf(3, 0), extendedTypesEnabled: true },
};

/** The first frame comes by itself. */
function seen(frame: TestBus['frame']): boolean {
  try {
    return frame().now >= 0;
  } catch {
    return false;
  }
}

async function run({ bus, frame }: TestBus, seconds: number): Promise<void> {
  await expect.poll(() => seen(frame), { interval: 2 }).toBe(true);
  const until = frame().now + seconds * 1e6;
  await bus.runTo(until as Micros);
  await bus.pause();
  await expect.poll(() => frame().now >= until && !frame().running, { interval: 2 }).toBe(true);
}

async function act({ bus }: TestBus, action: Action): Promise<void> {
  expect(await bus.act(action)).toEqual({ ok: true });
}

const line = (text: string): Action => ({ kind: 'line', process: A, line: text });

async function openClient(test: TestBus): Promise<void> {
  await act(test, {
    kind: 'addClient',
    process: A,
    name: 'A',
    servers: [],
    sessionTimeout: 10_000 as Millis,
    console: true,
  });
  await run(test, 2);
}

/** An ensemble with znodes of every kind. */
async function filled(durable: boolean): Promise<TestBus> {
  const test = await openBus(createGround(), world, false, durable);
  await run(test, 3);
  await openClient(test);
  const lines = [
    'create /p one',
    'create -s /p/seq- two',
    'create -e /eph mine',
    'create -c /box',
    'create -t 60000 /timed soon',
    'create /locked secret digest:bob:x1:cdrwa',
    'set /p three',
  ];
  for (const text of lines) {
    await act(test, line(text));
    await run(test, 0.5);
  }
  return test;
}

async function pathsOf(test: TestBus, sid: number): Promise<string[]> {
  await test.bus.focus(sid as Sid);
  await run(test, 0.1);
  const { tree } = test.frame();
  const nodes = tree?.nodes ?? [];
  return nodes.map(
    (n) => `${n.path} ${n.kind} ${n.text ?? ''} ${String(n.mzxid)} ${String(n.mtime)}`,
  );
}

const onlyData = (lines: readonly string[]): string[] =>
  lines.filter((text) => !text.startsWith('/zookeeper/config'));

describe.each([
  ['stored', true],
  ['volatile', false],
])('disks that are %s', (_name, durable) => {
  it('go out as ZooKeeper’s files and come back as the same trees', async () => {
    const before = await filled(durable);
    const tree = await pathsOf(before, 2);
    expect(tree).toHaveLength(10);
    // The files of a server that is down are those on its disk.
    await act(before, { kind: 'crash', sid: 3 as Sid, tail: 'kept', silent: false });
    const disks = await before.bus.dataDirs();
    expect(disks.map(({ sid }) => sid)).toEqual([1, 2, 3]);
    for (const { files } of disks) {
      const names = files.map(({ name }) => name);
      expect(names).toEqual(['log.100000001', 'snapshot.0', 'acceptedEpoch', 'currentEpoch']);
      const report = readDataDir(files, { release: '3.9' });
      expect(report.image.acceptedEpoch).toBe(1);
      expect(report.image.currentEpoch).toBe(1);
      expect(report.files.every(({ damage }) => damage === null)).toBe(true);
    }
    await before.bus.close(true);

    const after = await openBus(createGround(), world, false, durable, {
      disks: structuredClone(disks),
    });
    expect(after.opened).toEqual({ kind: 'open', recovered: true });
    await run(after, 3);
    for (const sid of [1, 2, 3])
      expect(onlyData(await pathsOf(after, sid))).toEqual(onlyData(tree));
    expect(after.frame().properties.filter(({ holds }) => !holds)).toEqual([]);
    expect(after.member(1).server?.epoch).toBe(2);
    await after.bus.close(false);
  });
});

it('an ensemble begins with what real ZooKeeper wrote', async () => {
  const files = directory('ensemble-s1');
  const disks: MemberFiles[] = [1, 2, 3].map((sid) => ({
    sid: sid as Sid,
    files,
    dynamicConfig: null,
  }));
  const test = await openBus(createGround(), world, false, true, { disks });
  await run(test, 3);
  expect(test.frame().failure).toBeNull();
  expect(test.frame().properties.filter(({ holds }) => !holds)).toEqual([]);
  expect(test.member(2).server?.serving).toBe(true);
  expect(test.member(2).server?.epoch).toBe(3);
  await openClient(test);
  await act(test, line('ls /'));
  await run(test, 1);
  await test.bus.close(false);
});

it('a store that cannot be read is named', async () => {
  const ground = createGround();
  const test = await openBus(ground, world);
  await run(test, 3);
  await act(test, { kind: 'crash', sid: 2 as Sid, tail: 'kept', silent: false });
  ground.media.get('disk-2')?.values.set('meta/currentEpoch', 'no number');
  await expect(test.bus.dataDirs()).rejects.toThrow(/the disk of server 2 cannot be read: .*Epoch/);
  await test.bus.close(false);
});
