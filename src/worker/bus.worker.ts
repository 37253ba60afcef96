/** The bus worker: the world, its clock, and the ports to its members. */
import { expose } from 'comlink';
import { diskDatabase, openIdbDiskStore } from '../store/idb-disk-store.ts';
import { openIdbSettingsStore } from '../store/settings-store.ts';
import { createBusHost } from './bus-host.ts';
import { createMemberPool, spawnMember } from './member-port.ts';
import { takeRunLock } from './run-lock.ts';

/** There is one saved ensemble in a browser. */
const ENSEMBLE = 'main';

/** Members that load while the page does: as many as the page opens with. */
const PRELOADED = 5;

expose(
  createBusHost({
    pool: createMemberPool(PRELOADED, spawnMember),
    openDisk: (database) => openIdbDiskStore(database),
    databaseOf: (sid) => diskDatabase(ENSEMBLE, sid),
    openSettings: () => openIdbSettingsStore(ENSEMBLE),
    takeLock: () => takeRunLock(`zookeeper-playground/${ENSEMBLE}`),
    wall: () => performance.now(),
  }),
);
