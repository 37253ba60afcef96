/** How far a person is with each lesson, in this browser and under the lesson's id. */
import { clear, entries, set } from 'idb-keyval';
import { typed } from './idb-errors.ts';
import { DATABASE_PREFIX, openUseStore } from './idb-use-store.ts';

/** A run that a person can go on with. */
export interface KeptAttempt {
  readonly seed: number;
  /** The step whose text was in sight. */
  readonly step: number;
  /** What the person did, without the start. */
  readonly actions: number;
  /** The record, as `recordToText` writes it. */
  readonly run: string;
  /** What the person said, as JSON. */
  readonly sayings: string;
  /** Its solution was shown. */
  readonly shown: boolean;
}

export interface LessonProgress {
  readonly version: 1;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  /** Seeds that were solved without being shown how. */
  readonly solved: readonly number[];
  /** The fewest actions that it took; null while it is not solved. */
  readonly best: number | null;
  /** "Show me" was asked for, at any time. */
  readonly shown: boolean;
  /** Null where nothing was done, or it is over. */
  readonly attempt: KeptAttempt | null;
}

export interface ProgressStore {
  /** What another version has written is left alone. */
  list(): Promise<readonly LessonProgress[]>;
  put(progress: LessonProgress): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

export function openProgressStore(): ProgressStore {
  const { use, close } = openUseStore(`${DATABASE_PREFIX}/progress`, 'relaxed');
  return {
    list: async () => {
      const found = await typed(entries<string, unknown>(use));
      return found.flatMap(([, value]) => (isProgress(value) ? [value] : []));
    },
    put: (progress) => typed(set(progress.id, progress, use)),
    clear: () => typed(clear(use)),
    close,
  };
}

/** Also of what a file brings, which may have been written by anybody. */
export function isProgress(value: unknown): value is LessonProgress {
  const { version, id, changedAt, solved, best, shown, attempt } = fields(value);
  return (
    version === 1 &&
    typeof id === 'string' &&
    typeof changedAt === 'number' &&
    Array.isArray(solved) &&
    solved.every((seed) => Number.isInteger(seed)) &&
    (best === null || Number.isInteger(best)) &&
    typeof shown === 'boolean' &&
    (attempt === null || isAttempt(attempt))
  );
}

function isAttempt(value: unknown): value is KeptAttempt {
  const { seed, step, actions, run, sayings, shown } = fields(value);
  return (
    [seed, step, actions].every((one) => Number.isInteger(one)) &&
    typeof run === 'string' &&
    typeof sayings === 'string' &&
    typeof shown === 'boolean'
  );
}

function fields(value: unknown): Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
