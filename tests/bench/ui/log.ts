/**
 * What the log grid costs: a frame of the page while writes run at a thousand packets a second with
 * the log in sight, and a frame of scrolling through logs of 100,000 records. Measured is the work
 * of the main thread from one animation frame to the next.
 */
import type { Browser, Page } from '@playwright/test';
import { print } from '../print.ts';
import {
  animationFrames,
  openSeven,
  spreadOf,
  startWriting,
  stopWriting,
  workPerFrame,
  type Spread,
} from './ensemble.ts';
import { openPage } from './open-page.ts';

export interface LogFigures {
  readonly writing: Spread;
  readonly scrolling: Spread;
}

const RECORDS = 100_000;
const SECONDS = 6;

/** The milliseconds that a frame has at 60 in a second. */
const AIM = '≤ 16.7 ms';

/** @param baseURL of the built page. */
export async function benchLog(browser: Browser, baseURL: string): Promise<LogFigures> {
  const page = await openPage(browser, baseURL);
  try {
    await plantRecords(page);
    await openSeven(page);
    await grid(page).waitFor();
    await page.waitForTimeout(1000);
    await page.evaluate(() => window.zk?.pause());
    const scrolling = await measured(browser, page, () => scrollThrough(page, SECONDS));
    await page.evaluate(() => window.zk?.play());
    await startWriting(page);
    const writing = await measured(browser, page, () => animationFrames(page, SECONDS));
    await stopWriting(page);
    const ms = ({ p50, p95 }: Spread): string => `${p50.toFixed(1)} / ${p95.toFixed(1)} ms`;
    print('log in sight, writes at 1,000 packets/s, a frame, p50 / p95', ms(writing), AIM);
    print(`  scrolling through ${RECORDS.toLocaleString('en')} records`, ms(scrolling), AIM);
    return { writing, scrolling };
  } finally {
    await page.close();
  }
}

const grid = (page: Page) => page.getByRole('grid', { name: /^Transaction logs/ });

export async function measured(
  browser: Browser,
  page: Page,
  work: () => Promise<unknown>,
): Promise<Spread> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'toplevel'] });
  await work();
  return spreadOf(workPerFrame((await browser.stopTracing()).toString()));
}

/**
 * From the next ensemble on, every log is as if there had been so many records before it: writing
 * them takes minutes, and would measure other things.
 */
async function plantRecords(page: Page): Promise<void> {
  await page.evaluate((records) => {
    const { zk } = window;
    if (zk === undefined) throw new Error('the page has its ensemble in window.zk');
    const open = zk.open.bind(zk);
    const by = BigInt(records);
    zk.open = (options, onFrame) =>
      open(options, (frame) => {
        const members = frame.members.map((member) => {
          const { server, disk, log } = member;
          if (log.length === 0) return member;
          const server2 =
            server === null ? null : { ...server, lastCommitted: server.lastCommitted + by };
          return {
            ...member,
            server: server2,
            disk: { ...disk, records: disk.records + records },
            log: log.map((cell) => ({ ...cell, zxid: cell.zxid + by })),
          };
        });
        onFrame({ ...frame, members } as typeof frame);
      });
    zk.logParts = (from, to) =>
      Promise.resolve(
        [1, 2, 3, 4, 5, 6, 7].map((sid) => {
          const count = Math.min(200, Number(to - from) + 1);
          const cells = Array.from({ length: count }, (_, i) => {
            const zxid = from + BigInt(i);
            return { zxid, what: `setData /n${String(zxid)}`, synced: true, committed: true };
          });
          const first = (from >> 32n) * 0x1_0000_0000n + 1n;
          return { sid, runs: [{ first, count: records }], cells, record: null } as never;
        }),
      );
  }, RECORDS);
}

/** Steadily for a while, and then from one end to the other in leaps. */
async function scrollThrough(page: Page, seconds: number): Promise<void> {
  const { columns, moved } = await grid(page).evaluate(
    (element, wanted) =>
      new Promise<{ columns: number; moved: number }>((resolve) => {
        const box = element.parentElement;
        if (box === null) throw new Error('the grid is in nothing that scrolls');
        const begin = performance.now();
        const width = box.scrollWidth;
        let moved = 0;
        const next = (): void => {
          const share = (performance.now() - begin) / (wanted * 1000);
          if (share >= 1) {
            resolve({ columns: Number(element.getAttribute('aria-colcount')), moved });
            return;
          }
          const before = box.scrollLeft;
          if (share < 0.5) box.scrollLeft -= 90;
          else box.scrollLeft = ((moved * 0.618034) % 1) * width;
          if (box.scrollLeft !== before) moved += 1;
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    seconds,
  );
  if (columns < RECORDS || moved === 0) {
    throw new Error(`${String(columns)} columns, scrolled ${String(moved)} times`);
  }
}
