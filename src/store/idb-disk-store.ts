/** A member's disk in the browser: one IndexedDB database a member, through idb-keyval. */
import { clear, entries, promisifyRequest } from 'idb-keyval';
import type { Sid } from '../core/units.ts';
import type { Change } from './disk-layout.ts';
import type { DiskStore } from './disk-store.ts';
import { typed } from './idb-errors.ts';
import { DATABASE_PREFIX, openUseStore, type Durability } from './idb-use-store.ts';
import { createKeyedDiskStore } from './keyed-disk-store.ts';

export function diskDatabase(ensemble: string, sid: Sid): string {
  return `${DATABASE_PREFIX}/${ensemble}/${String(sid)}`;
}

export function openIdbDiskStore(database: string, durability: Durability = 'relaxed'): DiskStore {
  const { use, close } = openUseStore(database, durability);
  return createKeyedDiskStore({
    readAll: () => typed(entries<string, unknown>(use)),
    apply: (changes) => typed(use('readwrite', (store) => applyAll(store, changes))),
    clear: () => typed(clear(use)),
    close,
  });
}

function applyAll(store: IDBObjectStore, changes: readonly Change[]): Promise<undefined> {
  const { transaction } = store;
  try {
    for (const change of changes) applyChange(store, change);
  } catch (reason) {
    // Otherwise what was asked for so far would be committed.
    transaction.abort();
    throw reason;
  }
  // Without waiting for the requests: they are many, and one answer is enough.
  transaction.commit();
  return promisifyRequest(transaction);
}

function applyChange(store: IDBObjectStore, change: Change): void {
  if (change.kind === 'put') store.put(change.value, change.key);
  else store.delete(IDBKeyRange.bound(change.from, change.to));
}
