/**
 * idb-keyval over a database whose durability can be chosen, which its own `createStore` does not
 * offer: `relaxed` loses nothing but at a power failure of the real machine, and is twice as fast.
 */
import { promisifyRequest, type UseStore } from 'idb-keyval';

export type Durability = 'relaxed' | 'strict';

export interface OpenedStore {
  readonly use: UseStore;
  close(): void;
}

export const OBJECT_STORE = 'keyval';

export function openUseStore(database: string, durability: Durability): OpenedStore {
  let opening: Promise<IDBDatabase> | null = null;
  const open = (): Promise<IDBDatabase> => {
    const request = indexedDB.open(database);
    request.onupgradeneeded = () => request.result.createObjectStore(OBJECT_STORE);
    const opened = promisifyRequest(request);
    opened.then(
      (db) => {
        db.onclose = () => (opening = null);
        db.onversionchange = () => {
          db.close();
          opening = null;
        };
      },
      () => (opening = null),
    );
    return opened;
  };
  return {
    use: async (mode, callback) => {
      opening ??= open();
      const db = await opening;
      return callback(db.transaction(OBJECT_STORE, mode, { durability }).objectStore(OBJECT_STORE));
    },
    close: () => {
      void opening?.then((db) => db.close());
      opening = null;
    },
  };
}

/** The prefix of every database of this program, so that nothing else on the origin is touched. */
export const DATABASE_PREFIX = 'zookeeper-playground';
