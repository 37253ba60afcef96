/** One run of an ensemble: opened from stored disks or afresh, and closed. */
import type { DiskImage } from '../core/txn-log/disk-image.ts';
import type { Micros, Sid } from '../core/units.ts';
import type { RunRecord, WorldConfig } from '../sim/actions.ts';
import { bootOrders, createWorld, type World } from '../sim/world.ts';
import { StoreFullError } from '../store/disk-store.ts';
import type { SavedRun, SettingsStore } from '../store/settings-store.ts';
import type { OpenOptions } from './api.ts';
import type { FrameSink } from './bus-api.ts';
import {
  carryOut,
  closeEnsemble,
  createEnsemble,
  seatOf,
  type Ensemble,
  type Ground,
} from './ensemble.ts';
import { imagesOf, storeImages } from './member-files.ts';
import { createDuties, type Duties } from './duties.ts';
import { createPace, type Pace } from './pace.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import type { RunLock } from './run-lock.ts';

/** What a run stands on: workers, stores, the lock, the wall's clock. Tests bring their own. */
export interface RunGround extends Ground {
  databaseOf(sid: Sid): string;
  openSettings(): SettingsStore;
  takeLock(): Promise<RunLock | null>;
  /** Milliseconds, as `performance.now()`. */
  wall(): number;
}

export interface Run {
  readonly ground: RunGround;
  readonly world: World;
  readonly ensemble: Ensemble;
  readonly publisher: Publisher;
  /** Null where nothing is stored. */
  readonly keeper: Keeper | null;
  running: boolean;
  pace: Pace;
  focus: Sid | null;
  /** What takes place by itself besides: a record that is replayed, a monkey that plays. */
  readonly duties: Duties;
  /** A bug of ours, or a browser that failed: the world stands still from then on. */
  failure: string | null;
}

/** Holds the stores of a run, and remembers what the next one must know. */
interface Keeper {
  readonly lock: RunLock;
  readonly settings: SettingsStore;
  saved: SavedRun;
}

/** Virtual time is reserved ahead by so many microseconds, at speed 1. */
const RESERVE = 10_000_000;

/** A run as fast as possible reserves as one at this speed. */
const RESERVE_SPEED_MAX = 100;

/** Null when another tab holds the stores. */
export async function openRun(
  ground: RunGround,
  options: OpenOptions,
  onFrame: FrameSink,
): Promise<Run | null> {
  const images = imagesOf(options.disks ?? [], options.world.ensemble.release);
  const { record } = options;
  if (!options.durable) {
    const start = record === undefined ? { images } : { images, record };
    return startRun(ground, options.world, null, onFrame, start);
  }
  const lock = await ground.takeLock();
  if (lock === null) return null;
  const settings = ground.openSettings();
  try {
    const last = await settings.loadRun();
    if (last === null || !options.resume) {
      await wipeDisks(ground, [last?.world, options.world]);
      await settings.clear();
      await storeImages(images, (sid) => ground.openDisk(ground.databaseOf(sid)));
    }
    const saved: SavedRun =
      last !== null && options.resume
        ? { ...last, incarnation: last.incarnation + 1 }
        : { version: 1, world: options.world, clock: 0 as Micros, incarnation: 0 };
    return await startRun(ground, saved.world, { lock, settings, saved }, onFrame);
  } catch (reason) {
    settings.close();
    lock.release();
    throw reason;
  }
}

interface Volatile {
  /** What members begin with where nothing is stored. */
  readonly images: ReadonlyMap<Sid, DiskImage>;
}

async function startRun(
  ground: RunGround,
  config: WorldConfig,
  keeper: Keeper | null,
  onFrame: FrameSink,
  { images, record }: Pick<OpenOptions, 'record'> & Volatile = { images: new Map() },
): Promise<Run> {
  const start = keeper?.saved.clock ?? (0 as Micros);
  const incarnation = keeper?.saved.incarnation ?? 0;
  const world = createWorld(config, { keepTrace: true, start, incarnation });
  const databaseOf = keeper === null ? null : (sid: Sid) => ground.databaseOf(sid);
  const run: Run = {
    ground,
    world,
    ensemble: createEnsemble(config, ground, databaseOf),
    publisher: createPublisher(onFrame),
    keeper,
    running: false,
    pace: createPace(1, ground.wall(), world.now),
    focus: config.ensemble.servers[0]?.sid ?? null,
    duties: createDuties(record ?? null),
    failure: null,
  };
  for (const [sid, image] of images) seatOf(run.ensemble, sid).place = { kind: 'volatile', image };
  await reserve(run, world.now);
  try {
    await carryOut(run.ensemble, bootOrders(world));
  } catch (reason) {
    closeEnsemble(run.ensemble);
    throw reason;
  }
  return run;
}

/**
 * Call before virtual time reaches `until`, or a server starts. Should the page be gone without a
 * word, the next run begins behind everything that this one can have done.
 */
export async function reserve(run: Run, until: Micros): Promise<void> {
  const { keeper, world, pace } = run;
  if (keeper === null) return;
  const incarnation = Math.max(...world.processes.map((process) => process.incarnation));
  const { saved } = keeper;
  if (until < saved.clock && incarnation <= saved.incarnation) return;
  const ahead = RESERVE * Math.max(1, Math.min(pace.speed, RESERVE_SPEED_MAX));
  await save(keeper, (Math.max(until, world.now) + ahead) as Micros, incarnation);
}

/** A run that stands still needs no reserve: the next one goes on right from here. */
export async function settle(run: Run): Promise<void> {
  const { keeper, world } = run;
  if (keeper === null) return;
  await save(keeper, (world.now + 1) as Micros, keeper.saved.incarnation);
}

async function save(keeper: Keeper, clock: Micros, incarnation: number): Promise<void> {
  keeper.saved = { ...keeper.saved, clock, incarnation };
  try {
    await keeper.settings.saveRun(keeper.saved);
  } catch (reason) {
    // Where there is no room for this, there is none for a transaction either: no member stores
    // anything later than what is saved already.
    if (!(reason instanceof StoreFullError)) throw reason;
  }
}

async function wipeDisks(
  ground: RunGround,
  worlds: readonly (WorldConfig | undefined)[],
): Promise<void> {
  const sids = new Set(worlds.flatMap((w) => w?.ensemble.servers.map((s) => s.sid) ?? []));
  await Promise.all(
    [...sids].map(async (sid) => {
      const store = ground.openDisk(ground.databaseOf(sid));
      await store.clear();
      store.close();
    }),
  );
}

export async function closeRun(run: Run, wipe: boolean): Promise<void> {
  run.running = false;
  closeEnsemble(run.ensemble);
  const { keeper } = run;
  if (keeper === null) return;
  try {
    if (wipe) {
      await wipeDisks(run.ground, [run.world.config]);
      await keeper.settings.clear();
    }
  } finally {
    keeper.settings.close();
    keeper.lock.release();
  }
}

export function recordOf(run: Run): RunRecord {
  const { config, actions, now } = run.world;
  return { version: 1, world: config, actions: [...actions], until: now };
}
