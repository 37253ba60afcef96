/** What the classroom keeps in this browser: solved work, and exercises that were made or opened. */
import { clear, del, entries, set } from 'idb-keyval';
import { typed } from './idb-errors.ts';
import { DATABASE_PREFIX, openUseStore } from './idb-use-store.ts';

/** A solved run. */
export interface KeptWork {
  readonly version: 1;
  readonly kind: 'work';
  /** The lesson's id, or `exercise/` and its. */
  readonly id: string;
  readonly seed: number;
  /** What the person did, without the start. */
  readonly actions: number;
  /** The record, as `recordToText` writes it. */
  readonly run: string;
  /** What the person said, as JSON. */
  readonly sayings: string;
  readonly shown: boolean;
  readonly hints: number;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

export interface KeptExercise {
  readonly version: 1;
  readonly kind: 'exercise';
  /** `exercise/` and its id. */
  readonly id: string;
  /** As its file holds it. */
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

export type KeptInClassroom = KeptWork | KeptExercise;

export interface ClassroomStore {
  /** What another version has written is left alone. */
  list(): Promise<readonly KeptInClassroom[]>;
  put(kept: KeptInClassroom): Promise<void>;
  /** @param key as `keyOfKept` makes it. */
  remove(key: string): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

/** Of two with the same key one is kept. */
export const keyOfKept = (kept: KeptInClassroom): string =>
  kept.kind === 'work' ? `work ${kept.id} ${String(kept.seed)}` : kept.id;

export function openClassroomStore(): ClassroomStore {
  const { use, close } = openUseStore(`${DATABASE_PREFIX}/classroom`, 'relaxed');
  return {
    list: async () => {
      const found = await typed(entries<string, unknown>(use));
      return found.flatMap(([, value]) => (isKept(value) ? [value] : []));
    },
    put: (kept) => typed(set(keyOfKept(kept), kept, use)),
    remove: (key) => typed(del(key, use)),
    clear: () => typed(clear(use)),
    close,
  };
}

function isKept(value: unknown): value is KeptInClassroom {
  const one: Partial<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : {};
  if (one['version'] !== 1 || typeof one['id'] !== 'string' || typeof one['madeAt'] !== 'number') {
    return false;
  }
  if (one['kind'] === 'exercise') return typeof one['text'] === 'string';
  return (
    one['kind'] === 'work' &&
    [one['seed'], one['actions'], one['hints']].every((field) => Number.isInteger(field)) &&
    typeof one['run'] === 'string' &&
    typeof one['sayings'] === 'string' &&
    typeof one['shown'] === 'boolean'
  );
}
