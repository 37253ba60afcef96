/**
 * What the page weighs after a million events, with the past kept: the processes of the browser as
 * the machine counts them (resident memory), at every fifth of the way.
 */
import { execFileSync } from 'node:child_process';
import type { Browser, Page } from '@playwright/test';
import { print } from '../print.ts';
import { openPage } from './open-page.ts';

const EVENTS = 1_000_000;
const FIFTHS = 5;

/** Asked for at a time: the page must not be busy with asking. */
const WRITES = 200;

export async function benchMemory(browser: Browser, baseURL: string): Promise<void> {
  const page = await openPage(browser, baseURL);
  const sizes: number[] = [];
  const heaps: number[] = [];
  const start = Date.now();
  for (let fifth = 1; fifth <= FIFTHS; fifth++) {
    await writeUntil(page, (EVENTS * fifth) / FIFTHS);
    sizes.push(await residentMegabytes(browser));
    heaps.push(await heapMegabytes(page));
  }
  const seconds = (Date.now() - start) / 1000;
  const list = (values: readonly number[]): string => values.map((v) => v.toFixed(0)).join(' ');
  print(`${EVENTS.toLocaleString('en')} events on the page`, `${seconds.toFixed(0)} s`, '–');
  print('  renderer at each fifth, MB', list(sizes), '–');
  print('  heap of the main thread, MB', list(heaps), '–');
  print('  renderer at its end', `${(sizes.at(-1) ?? NaN).toFixed(0)} MB`, '≤ 1,000 MB');
}

/** As fast as possible, with writes of the first session. */
async function writeUntil(page: Page, events: number): Promise<void> {
  await page.evaluate(
    async ([wanted, writes]) => {
      const { zk } = window;
      if (zk === undefined) throw new Error('the page has its ensemble in window.zk');
      const data = new Uint8Array(16);
      const acl = [{ perms: 31, id: { scheme: 'world', id: 'anyone' } }];
      const submit = (tag: number, request: object): Promise<unknown> =>
        zk.act({ kind: 'submit', process: 1001, tag, request } as never);
      await submit(1, { op: 'create', path: '/bench', data, acl, flags: 0, ttl: 0 });
      await zk.setSpeed(Infinity);
      for (let round = 0; ; round++) {
        const asked = Array.from({ length: writes }, (_, i) =>
          submit(2 + round * writes + i, { op: 'setData', path: '/bench', data, version: -1 }),
        );
        await Promise.all(asked);
        await new Promise((resolve) => setTimeout(resolve, 30));
        // A checkpoint tells how far it is; it costs too much to be asked for each time.
        if (round % 10 === 9 && (await zk.checkpoint()).world.events >= wanted) return;
      }
    },
    [events, WRITES] as const,
  );
}

async function heapMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}

/** Of the process in which the page and its workers live: the largest of the browser's. */
async function residentMegabytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => execFileSync('ps', ['-o', 'rss=', '-p', String(id)], { encoding: 'utf8' }));
  return Math.max(...sizes.map(Number)) / 1000;
}
