/**
 * What the page weighs after a million events, with the past kept: what is alive in its main thread
 * and all its workers, at every fifth of the way, and the memory that the machine has given it. The
 * second is larger: with memory to spare an engine collects its garbage late.
 */
import { execFileSync } from 'node:child_process';
import type { Browser, Page } from '@playwright/test';
import { print } from '../print.ts';
import { isolatesOf, liveMegabytes, type Isolate } from './isolates.ts';
import { openPage } from './open-page.ts';

const EVENTS = 1_000_000;
const FIFTHS = 5;

/**
 * The bound, in megabytes: two million events in columns (`EVENTS_MAX`), 48 checkpoints that share
 * what they can (`RUNGS_MAX`), and what else the past keeps has a most as well.
 */
const ALIVE_MAX = 1_000;

/** Asked for at a time: the page must not be busy with asking. */
const WRITES = 200;

export async function benchMemory(browser: Browser, baseURL: string): Promise<void> {
  const page = await openPage(browser, baseURL);
  const isolates = await isolatesOf(page);
  const given: number[] = [];
  const alive: number[] = [];
  let last = new Map<string, number>();
  const start = Date.now();
  for (let fifth = 1; fifth <= FIFTHS; fifth++) {
    await writeUntil(page, (EVENTS * fifth) / FIFTHS);
    given.push(await residentMegabytes(browser));
    last = await liveByName(isolates);
    alive.push([...last.values()].reduce((a, b) => a + b, 0));
  }
  const seconds = (Date.now() - start) / 1000;
  const list = (values: readonly number[]): string => values.map((v) => v.toFixed(0)).join(' ');
  const parts = [...last].map(([name, size]) => `${name} ${size.toFixed(0)}`);
  print(`${EVENTS.toLocaleString('en')} events on the page`, `${seconds.toFixed(0)} s`, '–');
  print('  alive at each fifth, MB', list(alive), '–');
  print(
    '  alive at its end',
    `${(alive.at(-1) ?? NaN).toFixed(0)} MB`,
    `≤ ${String(ALIVE_MAX)} MB`,
  );
  console.log(`    of that: ${parts.join(', ')}`);
  print('  resident at each fifth, MB', list(given), '–');
}

async function liveByName(isolates: readonly Isolate[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const isolate of isolates) {
    const size = await liveMegabytes(isolate);
    sizes.set(isolate.name, (sizes.get(isolate.name) ?? 0) + size);
  }
  return sizes;
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
