/**
 * Branches and bookmarks of runs, kept for the next time that the page is opened: what was done on
 * each of them, because all the rest comes of that again.
 */
import { delMany, get, getMany, keys, setMany } from 'idb-keyval';
import type { WorldConfig } from '../sim/actions.ts';
import type { Beginning } from '../sim/beginning.ts';
import type { BranchId, Place } from '../sim/chronicle/model.ts';
import type { ToldBranch } from '../sim/chronicle/told.ts';
import { typed } from './idb-errors.ts';
import { DATABASE_PREFIX, openUseStore } from './idb-use-store.ts';

export interface KeptBookmark {
  readonly id: number;
  readonly name: string;
  readonly place: Place;
}

export interface KeptPast {
  readonly version: 1;
  readonly id: string;
  /** Of the simulator: another one may play the same actions another way. */
  readonly build: string;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
  readonly world: WorldConfig;
  /** The members found disks: see `beginning`. */
  readonly begun: boolean;
  readonly branches: readonly ToldBranch[];
  /** The branch that was lived last. */
  readonly current: BranchId;
  readonly bookmarks: readonly KeptBookmark[];
}

export interface PastStore {
  /** The latest first. What another version has written is left alone. */
  list(): Promise<readonly KeptPast[]>;
  /** What a run began with, where it is `begun`. */
  beginning(id: string): Promise<Beginning | null>;
  /** @param beginning large, so it is written once: left out where it is there already. */
  put(past: KeptPast, beginning?: Beginning): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  close(): void;
}

const PAST = 'past/';
const BEGINNING = 'beginning/';

export function openIdbPastStore(): PastStore {
  const { use, close } = openUseStore(`${DATABASE_PREFIX}/pasts`, 'relaxed');
  return {
    list: async () => {
      const all = await typed(keys<string>(use));
      const found = await typed(
        getMany<unknown>(
          all.filter((key) => key.startsWith(PAST)),
          use,
        ),
      );
      return latestFirst(found.flatMap((value) => (isKeptPast(value) ? [value] : [])));
    },
    beginning: async (id) => (await typed(get<Beginning>(BEGINNING + id, use))) ?? null,
    put: (past, beginning) => {
      const begun: [string, unknown][] =
        beginning === undefined ? [] : [[BEGINNING + past.id, beginning]];
      return typed(setMany([[PAST + past.id, past], ...begun], use));
    },
    remove: (ids) =>
      typed(
        delMany(
          ids.flatMap((id) => [PAST + id, BEGINNING + id]),
          use,
        ),
      ),
    close,
  };
}

/** A test's. */
export function openMemoryPastStore(): PastStore {
  const pasts = new Map<string, KeptPast>();
  const beginnings = new Map<string, Beginning>();
  return {
    list: () => Promise.resolve(latestFirst([...pasts.values()])),
    beginning: (id) => Promise.resolve(beginnings.get(id) ?? null),
    put: (past, beginning) => {
      pasts.set(past.id, structuredClone(past));
      if (beginning !== undefined) beginnings.set(past.id, structuredClone(beginning));
      return Promise.resolve();
    },
    remove: (ids) => {
      for (const id of ids) {
        pasts.delete(id);
        beginnings.delete(id);
      }
      return Promise.resolve();
    },
    close: () => undefined,
  };
}

function latestFirst(pasts: readonly KeptPast[]): readonly KeptPast[] {
  return pasts.toSorted((a, b) => b.keptAt - a.keptAt);
}

function isKeptPast(value: unknown): value is KeptPast {
  if (typeof value !== 'object' || value === null) return false;
  const past: Partial<Record<keyof KeptPast, unknown>> = value;
  return (
    past.version === 1 &&
    typeof past.id === 'string' &&
    typeof past.keptAt === 'number' &&
    Array.isArray(past.branches) &&
    Array.isArray(past.bookmarks)
  );
}
