import { expect, it } from 'vitest';
import type { Sid } from '../../src/core/units.ts';
import { diskDatabase, openIdbDiskStore } from '../../src/store/idb-disk-store.ts';
import { OBJECT_STORE, openUseStore } from '../../src/store/idb-use-store.ts';
import { openConsole, openPage } from '../support/browser-page.ts';

it('a bit that flipped in a stored log stops that server at the next load, with the reason', async () => {
  const before = await openPage();
  await before.run(1);
  await openConsole(before);
  for (const name of ['a', 'b', 'c']) await before.type(`create /${name} value`);
  before.client.dispose();

  const database = diskDatabase('main', 1 as Sid);
  await flipBit(database);
  const after = await openPage({ resume: true });
  expect(after.opened).toEqual({ kind: 'open', recovered: true });
  await after.client.focus(1 as Sid);
  await after.run(2);
  expect(after.member(1).status).toBe('down');
  expect(after.member(1).reason).toContain('CRC check failed');
  expect(after.frame().logLines.some((l) => l.level === 'ERROR')).toBe(true);
  expect(after.member(2).server?.serving).toBe(true);
  await openConsole(after);
  expect(await after.type('get /c')).toContain('value');
  await after.client.close(true);
  after.client.dispose();
});

it('a worker that is ended leaves its store readable, with everything that was stored', async () => {
  const page = await openPage();
  await page.run(1);
  await openConsole(page);
  await page.type('create /kept value');
  page.client.dispose();
  const store = openIdbDiskStore(diskDatabase('main', 2 as Sid));
  const image = await store.load();
  store.close();
  const paths = image.log.map((entry) =>
    entry.kind === 'record' && 'path' in entry.record.txn ? entry.record.txn.path : entry.kind,
  );
  expect(paths).toContain('/kept');
});

/** In the middle of the first chunk of the log. */
async function flipBit(database: string): Promise<void> {
  const { use, close } = openUseStore(database, 'relaxed');
  await use(
    'readwrite',
    (store) =>
      new Promise<void>((resolve, reject) => {
        expect(store.name).toBe(OBJECT_STORE);
        const request = store.openCursor(IDBKeyRange.bound('log/', 'log/~'));
        request.onsuccess = () => {
          const cursor = request.result;
          if (cursor === null) {
            reject(new Error('there is no log'));
            return;
          }
          const chunk = cursor.value as { bytes: Uint8Array };
          chunk.bytes[20] = (chunk.bytes[20] ?? 0) ^ 1;
          cursor.update(chunk).onsuccess = () => resolve();
        };
      }),
  );
  close();
}
