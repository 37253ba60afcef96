/** The runs that a person has kept in this browser, by name. */
import { clear, del, entries, set } from 'idb-keyval';
import type { Micros } from '../core/units.ts';
import { typed } from './idb-errors.ts';
import { DATABASE_PREFIX, openUseStore } from './idb-use-store.ts';

export interface KeptRun {
  readonly version: 1;
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
  readonly servers: number;
  readonly actions: number;
  readonly until: Micros;
  /** The run as a file holds it. */
  readonly text: string;
}

export interface RunsStore {
  /** The latest first. What another version has written is left alone. */
  list(): Promise<readonly KeptRun[]>;
  put(run: KeptRun): Promise<void>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

export function openRunsStore(): RunsStore {
  const { use, close } = openUseStore(`${DATABASE_PREFIX}/runs`, 'strict');
  return {
    list: async () => {
      const found = await typed(entries<string, unknown>(use));
      return found
        .flatMap(([, value]) => (isKeptRun(value) ? [value] : []))
        .sort((a, b) => b.keptAt - a.keptAt);
    },
    put: (run) => typed(set(run.id, run, use)),
    remove: (id) => typed(del(id, use)),
    clear: () => typed(clear(use)),
    close,
  };
}

function isKeptRun(value: unknown): value is KeptRun {
  if (typeof value !== 'object' || value === null) return false;
  const run: Partial<Record<keyof KeptRun, unknown>> = value;
  const numbers = [run.keptAt, run.servers, run.actions, run.until];
  const texts = [run.id, run.name, run.text];
  return (
    run.version === 1 &&
    numbers.every((one) => typeof one === 'number') &&
    texts.every((one) => typeof one === 'string')
  );
}
