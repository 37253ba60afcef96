/** One run of an ensemble: opened from stored disks or afresh, and closed. */
import type { Micros, Sid } from '../core/units.ts';
import type { RunRecord, WorldConfig } from '../sim/actions.ts';
import { imagesOf, type MemberFiles } from '../sim/beginning.ts';
import { bootOrders, createWorld, type World } from '../sim/world.ts';
import { StoreFullError } from '../store/disk-store.ts';
import type { SavedRun, SettingsStore } from '../store/settings-store.ts';
import type { OpenOptions } from './api.ts';
import type { FrameSink } from './bus-api.ts';
import {
  carryOut,
  closeEnsemble,
  createEnsemble,
  resumeEnsemble,
  retireEnsemble,
  seatOf,
  type Ensemble,
  type Ground,
} from './ensemble.ts';
import { storeImages } from './member-files.ts';
import { createDuties, hasBroken, type Duties } from './duties.ts';
import { createPace, type Pace } from './pace.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import type { SeatedProgram } from './programs.ts';
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
  /** Of a person, in the order in which they began. */
  readonly programs: SeatedProgram[];
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
  if (!options.durable) return startRun(ground, options, onFrame, null);
  const lock = await ground.takeLock();
  if (lock === null) return null;
  const settings = ground.openSettings();
  try {
    const saved = await prepareStores(ground, options, settings);
    return await startRun(ground, options, onFrame, { lock, settings, saved });
  } catch (reason) {
    settings.close();
    lock.release();
    throw reason;
  }
}

/** Brings the stores to where the run begins. @returns what it has to go on from. */
async function prepareStores(
  ground: RunGround,
  options: OpenOptions,
  settings: SettingsStore,
): Promise<SavedRun> {
  const { world, resume, moment } = options;
  const last = await settings.loadRun();
  if (moment !== undefined) {
    // Members rewrite their stores. A page that is gone before all have begins afresh, because
    // disks of two futures are none of one ensemble.
    await settings.clear();
    const others = last?.world.ensemble.servers.filter(({ sid }) => !hasServer(world, sid)) ?? [];
    await wipeDisks(
      ground,
      others.map(({ sid }) => sid),
    );
    const incarnation = Math.max(...moment.world.processes.map((p) => p.incarnation));
    return { version: 1, world, clock: 0 as Micros, incarnation };
  }
  if (last !== null && resume) return { ...last, incarnation: last.incarnation + 1 };
  await wipeDisks(ground, [...sidsOf(last?.world), ...sidsOf(world)]);
  await settings.clear();
  const { disks, ...begin } = groundOf(options);
  const images = imagesOf(disks, world.ensemble.release);
  await storeImages(images, (sid) => ground.openDisk(ground.databaseOf(sid)));
  return { version: 1, world, ...begin };
}

function sidsOf(world: WorldConfig | undefined): readonly Sid[] {
  return world?.ensemble.servers.map(({ sid }) => sid) ?? [];
}

function hasServer(world: WorldConfig, sid: Sid): boolean {
  return sidsOf(world).includes(sid);
}

async function startRun(
  ground: RunGround,
  options: OpenOptions,
  onFrame: FrameSink,
  keeper: Keeper | null,
): Promise<Run> {
  const { moment, record = null } = options;
  const world = moment?.world ?? newWorld(options, keeper);
  const databaseOf = keeper === null ? null : (sid: Sid) => ground.databaseOf(sid);
  const run: Run = {
    ground,
    world,
    ensemble: createEnsemble(world.config, ground, databaseOf),
    publisher: createPublisher(onFrame),
    keeper,
    running: false,
    pace: createPace(1, ground.wall(), world.now),
    focus: world.config.ensemble.servers[0]?.sid ?? null,
    duties: createDuties(record),
    programs: [],
    failure: null,
  };
  // What was broken at that moment stops nobody again.
  hasBroken(run.duties, world);
  try {
    await populate(run, options);
  } catch (reason) {
    closeEnsemble(run.ensemble);
    throw reason;
  }
  return run;
}

function newWorld(options: OpenOptions, keeper: Keeper | null): World {
  const begin = keeper?.saved ?? { world: options.world, ...groundOf(options) };
  const { world, clock: start, incarnation } = begin;
  return createWorld(world, { keepTrace: true, start, incarnation });
}

/** What a run that goes on from nothing stored begins with. */
function groundOf({ record, disks = [] }: OpenOptions): {
  readonly clock: Micros;
  readonly incarnation: number;
  readonly disks: readonly MemberFiles[];
} {
  return record?.beginning ?? { clock: 0 as Micros, incarnation: 0, disks };
}

/** Its processes: as they were at a moment, or about to boot. */
async function populate(run: Run, options: OpenOptions): Promise<void> {
  const { moment } = options;
  const { ensemble, keeper, world } = run;
  if (moment !== undefined) {
    await resumeEnsemble(ensemble, moment);
    // Not before all of it is stored.
    await reserve(run, world.now);
    return;
  }
  if (keeper === null) {
    const { disks } = groundOf(options);
    for (const [sid, image] of imagesOf(disks, world.config.ensemble.release)) {
      seatOf(ensemble, sid).place = { kind: 'volatile', image };
    }
  }
  await reserve(run, world.now);
  await carryOut(ensemble, bootOrders(world));
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

async function wipeDisks(ground: RunGround, sids: readonly Sid[]): Promise<void> {
  await Promise.all(
    [...new Set(sids)].map(async (sid) => {
      const store = ground.openDisk(ground.databaseOf(sid));
      await store.clear();
      store.close();
    }),
  );
}

/** @param workersStay another run is about to take them: its workers need not load. */
export async function closeRun(run: Run, wipe: boolean, workersStay = false): Promise<void> {
  run.running = false;
  if (workersStay && run.failure === null) await retireEnsemble(run.ensemble);
  else closeEnsemble(run.ensemble);
  const { keeper } = run;
  if (keeper === null) return;
  try {
    if (wipe) {
      await wipeDisks(run.ground, sidsOf(run.world.config));
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
