/** What the page remembers of its last run, beside the disks: a port, and the browser's own. */
import { clear, get, set } from 'idb-keyval';
import type { Micros } from '../core/units.ts';
import type { WorldConfig } from '../sim/actions.ts';
import { typed } from './idb-errors.ts';
import { DATABASE_PREFIX, openUseStore } from './idb-use-store.ts';

export interface SavedRun {
  readonly version: 1;
  readonly world: WorldConfig;
  /**
   * A virtual time that the run has not reached. The next one starts there, so that no clock ever
   * goes back: session ids and the times of znodes come from it.
   */
  readonly clock: Micros;
  /** The highest of any server: the next lives count from above it. */
  readonly incarnation: number;
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
    loadRun: async () => parseRun(await typed(get<unknown>(RUN_KEY, use))),
    saveRun: (run) => typed(set(RUN_KEY, run, use)),
    clear: () => typed(clear(use)),
    close,
  };
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
  const run = fields(value);
  const world = fields(run['world']);
  if (run['version'] !== 1 || typeof run['clock'] !== 'number') return null;
  if (typeof run['incarnation'] !== 'number') return null;
  if (!Array.isArray(fields(world['ensemble'])['servers'])) return null;
  return value as SavedRun;
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
