/** What the page remembers of its last run, beside the disks: a port, and the browser's own. */
import { clear, get, set } from 'idb-keyval';
import type { Micros } from '../core/units.ts';
import type { WorldConfig } from '../sim/actions.ts';
import { toStoreError } from './idb-disk-store.ts';
import { DATABASE_PREFIX, openUseStore } from './idb-use-store.ts';

export interface SavedRun {
  readonly version: 1;
  /** As it was opened: its `startTime` is that of virtual time 0. */
  readonly world: WorldConfig;
  /**
   * A virtual time that the run has not reached. The next one starts there, so that no clock ever
   * goes back: session ids and the times of znodes come from it.
   */
  readonly clock: Micros;
}

export interface SettingsStore {
  /** Null where there is none, or none that this version reads. */
  loadRun(): Promise<SavedRun | null>;
  saveRun(run: SavedRun): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

const RUN_KEY = 'run';

export function openIdbSettingsStore(ensemble: string): SettingsStore {
  const { use, close } = openUseStore(`${DATABASE_PREFIX}/${ensemble}/settings`, 'relaxed');
  return {
    loadRun: async () => parseRun(await get<unknown>(RUN_KEY, use).catch(failTyped)),
    saveRun: (run) => set(RUN_KEY, run, use).catch(failTyped),
    clear: () => clear(use).catch(failTyped),
    close,
  };
}

function failTyped(reason: unknown): never {
  throw toStoreError(reason);
}

/** A second tab's, and a test's. */
export function openMemorySettingsStore(): SettingsStore {
  let saved: SavedRun | null = null;
  return {
    loadRun: () => Promise.resolve(saved),
    saveRun: (run) => {
      saved = run;
      return Promise.resolve();
    },
    clear: () => {
      saved = null;
      return Promise.resolve();
    },
    close: () => undefined,
  };
}

/** What was written by another version is not guessed at: the page then starts afresh. */
export function parseRun(value: unknown): SavedRun | null {
  if (typeof value !== 'object' || value === null) return null;
  const run = value as Partial<SavedRun>;
  if (run.version !== 1 || typeof run.clock !== 'number') return null;
  if (typeof run.world !== 'object' || !Array.isArray(run.world.ensemble.servers)) return null;
  return { version: 1, world: run.world, clock: run.clock };
}
