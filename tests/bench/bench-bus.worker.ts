/**
 * A bus worker under a load, at full speed: members in workers, frames at 60 a second. Then the
 * batches of its last windows once more, through bare comlink calls that do nothing.
 */
import { expose, wrap, type Remote } from 'comlink';
import { defined } from '../../src/core/assert.ts';
import type { Millis, ProcessId, Sid } from '../../src/core/units.ts';
import type { WorldConfig } from '../../src/sim/actions.ts';
import type { Frame } from '../../src/sim/frame.ts';
import type { Batch, StepResult } from '../../src/sim/host.ts';
import type { LoadSpec } from '../../src/sim/load.ts';
import { diskDatabase, openIdbDiskStore } from '../../src/store/idb-disk-store.ts';
import { openMemorySettingsStore } from '../../src/store/settings-store.ts';
import { createBusHost } from '../../src/worker/bus-host.ts';
import type { BusApi } from '../../src/worker/bus-api.ts';
import { applyDelta } from '../../src/worker/frame-delta.ts';
import { worldOf } from '../../src/ui/state/default-world.ts';
import type { MemberPort } from '../../src/worker/member-api.ts';
import { createMemberPool, spawnMember } from '../../src/worker/member-port.ts';
import type { EchoApi } from './echo.worker.ts';

export interface BenchOptions {
  /** Requests under way at each of the clients. */
  readonly outstanding: number;
  /** Of the wall. */
  readonly seconds: number;
  readonly durable: boolean;
}

export interface BenchResult {
  readonly eventsPerSecond: number;
  readonly virtualPerWall: number;
  readonly frames: number;
  /** The time of bare comlink calls of the same batches, by the time of the run: 1 is the best. */
  readonly ratioToComlink: number;
  readonly windows: number;
  readonly eventsPerWindow: number;
  /** From the first call to a leader that serves, in milliseconds; workers were loaded. */
  readonly openToServing: number;
}

export interface BenchApi {
  measure(options: BenchOptions): Promise<BenchResult>;
}

const VOTERS = 5;
const CLIENTS = 5;

/** The network and the disks that the page opens on. */
const world: WorldConfig = worldOf(VOTERS, 0, 1);

/** One member's part of a window. */
interface Call {
  readonly member: number;
  readonly batch: Batch;
  result: StepResult | null;
}

interface Recorder {
  on: boolean;
  readonly windows: Call[][];
  /** Calls of one turn of the event loop are one window. */
  gathering: Call[] | null;
}

/** Windows that are repeated with bare calls: so many, or those of so many milliseconds. */
const RECORDED = 1000;
const RECORDED_WITHIN = 2000;

function recordingSpawn(recorder: Recorder, member: number): MemberPort {
  const port = spawnMember();
  return {
    ...port,
    step: async (batch) => {
      if (!recorder.on) return port.step(batch);
      const call: Call = { member, batch, result: null };
      if (recorder.gathering === null) {
        recorder.gathering = [];
        recorder.windows.push(recorder.gathering);
        queueMicrotask(() => {
          recorder.gathering = null;
        });
      }
      recorder.gathering.push(call);
      call.result = await port.step(batch);
      return call.result;
    },
  };
}

async function measure(options: BenchOptions): Promise<BenchResult> {
  const { outstanding, seconds, durable } = options;
  const recorder: Recorder = { on: false, windows: [], gathering: null };
  let spawned = 0;
  const pool = createMemberPool(VOTERS, () => recordingSpawn(recorder, spawned++));
  const spec: LoadSpec = { outstanding, writesPercent: 100, paths: 100, valueBytes: 100 };
  const clients = Array.from({ length: CLIENTS }, (_, i) => (1001 + i) as ProcessId);
  const bus = createBusHost({
    pool,
    openDisk: (database) => openIdbDiskStore(database),
    loads: new Map(clients.map((process) => [process, spec])),
    databaseOf: (sid) => diskDatabase('bench', sid),
    openSettings: openMemorySettingsStore,
    takeLock: () => Promise.resolve({ release: () => undefined }),
    wall: () => performance.now(),
  });
  const shown: { frame: Frame | null; count: number } = { frame: null, count: 0 };
  const latest = (): Frame => defined(shown.frame ?? undefined, 'a frame');
  await wait(500);
  const started = performance.now();
  await bus.open({ world, resume: false, durable }, (delta) => {
    shown.frame = applyDelta(shown.frame, delta);
    shown.count += 1;
  });
  await bus.setSpeed(Infinity);
  await bus.play();
  while (shown.frame?.members.some((m) => m.server?.serving) !== true) await wait(1);
  const openToServing = performance.now() - started;
  await addClients(bus, clients);
  await wait(1000);
  const before = latest();
  const framesBefore = shown.count;
  const from = performance.now();
  await wait(seconds * 1000);
  const after = latest();
  const wall = (performance.now() - from) / 1000;
  if (after.failure !== null) throw new Error(after.failure);
  const frames = shown.count - framesBefore;
  const ratio = await compare(recorder);
  await bus.close(true);
  return {
    eventsPerSecond: (after.events - before.events) / wall,
    virtualPerWall: (after.now - before.now) / 1e6 / wall,
    frames: frames / wall,
    openToServing,
    ...ratio,
  };
}

async function addClients(bus: BusApi, clients: readonly ProcessId[]): Promise<void> {
  for (const [i, process] of clients.entries()) {
    await bus.act({
      kind: 'addClient',
      process,
      name: String(i),
      servers: [(i + 1) as Sid],
      sessionTimeout: 30_000 as Millis,
      console: false,
    });
  }
}

async function compare(
  recorder: Recorder,
): Promise<Pick<BenchResult, 'ratioToComlink' | 'windows' | 'eventsPerWindow'>> {
  recorder.on = true;
  const from = performance.now();
  const recording = (): number => performance.now() - from;
  while (recorder.windows.length < RECORDED && recording() < RECORDED_WITHIN) await wait(1);
  recorder.on = false;
  const ours = recording();
  await wait(20);
  const windows = recorder.windows.filter((calls) => calls.every((call) => call.result !== null));
  const bare = await bareComlink(windows);
  const events = windows.flat().reduce((sum, call) => sum + (call.result?.turns.length ?? 0), 0);
  return {
    ratioToComlink: bare / ours,
    windows: windows.length,
    eventsPerWindow: events / windows.length,
  };
}

/** Milliseconds for the same batches and answers between the same number of workers. */
async function bareComlink(windows: readonly (readonly Call[])[]): Promise<number> {
  const workers = Array.from(
    { length: VOTERS },
    () => new Worker(new URL('./echo.worker.ts', import.meta.url), { type: 'module' }),
  );
  const echoes: Remote<EchoApi>[] = workers.map((worker) => wrap<EchoApi>(worker));
  const results = workers.map((): StepResult[] => []);
  const calls = windows.map((window) =>
    window.map(({ member, batch, result }) => {
      const list = results[member];
      if (list === undefined || result === null) throw new Error('a call of no member');
      return { member, batch, index: list.push(result) - 1 };
    }),
  );
  await Promise.all(echoes.map((echo, i) => echo.prepare(results[i] ?? [])));
  const from = performance.now();
  for (const window of calls) {
    await Promise.all(
      window.map(async ({ member, index, batch }) => {
        await echoes[member]?.step(index, batch);
      }),
    );
  }
  const took = performance.now() - from;
  for (const worker of workers) worker.terminate();
  return took;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

expose({ measure } satisfies BenchApi);
