/** The store's twin in memory: for tests, and for a tab that may not write. */
import { createKeyedDiskStore } from './keyed-disk-store.ts';
import type { DiskStore } from './disk-store.ts';

/** What outlives a store over it, as a database outlives a worker. */
export interface MemoryMedium {
  readonly values: Map<string, unknown>;
  /** The next transactions fail with it; null = none does. */
  failWith: Error | null;
  /** Transactions that were applied. */
  transactions: number;
}

export function createMedium(): MemoryMedium {
  return { values: new Map(), failWith: null, transactions: 0 };
}

export function openMemoryDiskStore(medium: MemoryMedium): DiskStore {
  return createKeyedDiskStore({
    readAll: () => Promise.resolve([...medium.values].sort(([a], [b]) => (a < b ? -1 : 1))),
    apply: async (changes) => {
      await Promise.resolve();
      if (medium.failWith !== null) throw medium.failWith;
      medium.transactions += 1;
      for (const change of changes) {
        if (change.kind === 'put') {
          medium.values.set(change.key, structuredClone(change.value));
          continue;
        }
        for (const key of [...medium.values.keys()]) {
          if (key >= change.from && key <= change.to) medium.values.delete(key);
        }
      }
    },
    clear: () => {
      medium.values.clear();
      return Promise.resolve();
    },
    close: () => undefined,
  });
}
