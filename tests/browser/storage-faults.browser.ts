import { cdp } from 'vitest/browser';
import { afterEach, expect, it } from 'vitest';
import { CreateMode } from '../../src/core/jute/proto.ts';
import { OPEN_ACL_UNSAFE } from '../../src/core/jute/data.ts';
import type { Sid } from '../../src/core/units.ts';
import { diskDatabase, openIdbDiskStore } from '../../src/store/idb-disk-store.ts';
import { OBJECT_STORE, openUseStore } from '../../src/store/idb-use-store.ts';
import { CONSOLE, openConsole, openPage, type Page } from '../support/browser-page.ts';

/**
 * The browser looks at its quota when a database is first written, and lets small writes pass for
 * a while after: so it is set before, and the write that fails is larger than what is left.
 */
async function setQuota(quotaSize: number | null): Promise<void> {
  const { origin } = location;
  const parameters = quotaSize === null ? { origin } : { origin, quotaSize };
  await cdp().send('Storage.overrideQuotaForOrigin', parameters);
}

afterEach(() => setQuota(null));

/** So many large znodes fill whatever the browser gives back meanwhile. */
const LARGE_MAX = 100;

async function createLarge(page: Page, name: string): Promise<void> {
  const data = new Uint8Array(900_000);
  const path = `/${name}`;
  const flags = CreateMode.PERSISTENT;
  const request = { op: 'create', path, data, acl: OPEN_ACL_UNSAFE, flags, ttl: 0 } as const;
  await page.client.act({ kind: 'submit', process: CONSOLE, tag: 1, request });
  await page.run(1);
}

it('a spent quota ends servers as a full disk does, and loses nothing acknowledged', async () => {
  const { usage = 0 } = await navigator.storage.estimate();
  await setQuota(usage + 600_000);
  const page = await openPage();
  await page.run(1);
  await openConsole(page);
  expect(await page.type('create /before value')).toContain('Created /before');
  // Stores of earlier tests may be cleared away only now, which leaves more than was measured.
  const downNow = (): ReturnType<typeof page.frame>['members'] =>
    page.frame().members.filter((m) => m.status === 'down');
  for (let i = 0; i < LARGE_MAX && downNow().length < 2; i += 1) {
    await createLarge(page, `large-${String(i)}`);
  }
  const down = downNow();
  expect(down.length).toBeGreaterThan(1);
  for (const member of down) expect(member.reason).toContain('No space left on device');
  expect(page.frame().failure).toBeNull();
  page.client.dispose();

  await setQuota(null);
  const after = await openPage({ resume: true });
  expect(after.opened).toEqual({ kind: 'open', recovered: true });
  await after.run(2);
  expect(after.frame().members.every((m) => m.server?.serving === true)).toBe(true);
  await openConsole(after);
  expect(await after.type('get /before')).toContain('value');
  await after.client.close(true);
});

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
