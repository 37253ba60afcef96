/**
 * How smooth a tree of ten thousand znodes is: scrolling it, folding and unfolding half of it, and
 * a change of the tree twenty times a second while it is in sight. Measured is the work of the main
 * thread from one animation frame to the next.
 */
import type { Browser, Page } from '@playwright/test';
import { print } from '../print.ts';
import { animationFrames, type Spread } from './ensemble.ts';
import { measured } from './log.ts';
import { openPage } from './open-page.ts';

export interface TreeFigures {
  readonly scrolling: Spread;
  readonly folding: Spread;
  readonly changing: Spread;
}

/** With the root, /zookeeper and their parents a little less than ten thousand. */
const PARENTS = 98;
const CHILDREN = 100;
const SECONDS = 5;
const WRITES_PER_SECOND = 20;

/** The milliseconds that a frame has at 60 in a second. */
const AIM = '≤ 16.7 ms';

const tree = (page: Page) => page.getByRole('tree', { name: 'ZNodes' });

/** @param baseURL of the built page. */
export async function benchTree(browser: Browser, baseURL: string): Promise<TreeFigures> {
  const page = await openPage(browser, baseURL);
  try {
    await plant(page);
    await page.evaluate(() => window.zk?.pause());
    const scrolling = await measured(browser, page, () => scroll(page));
    const folding = await measured(browser, page, () =>
      Promise.all([animationFrames(page, 2), fold(page)]),
    );
    await page.evaluate(() => window.zk?.play());
    await page.evaluate(() => window.zk?.setSpeed(1));
    const timer = await write(page);
    const changing = await measured(browser, page, () => animationFrames(page, SECONDS));
    await page.evaluate((id) => {
      window.clearInterval(id);
    }, timer);
    const ms = ({ p50, p95 }: Spread): string => `${p50.toFixed(1)} / ${p95.toFixed(1)} ms`;
    print('10,000 znodes in sight: scrolling, a frame, p50 / p95', ms(scrolling), AIM);
    print('  folding and unfolding a hundred', ms(folding), AIM);
    print(`  ${String(WRITES_PER_SECOND)} changes of the tree a second`, ms(changing), AIM);
    return { scrolling, folding, changing };
  } finally {
    await page.close();
  }
}

/** The first session makes them, a hundred with a request, as fast as time can go. */
async function plant(page: Page): Promise<void> {
  await page.evaluate(
    ([parents, children]) => {
      const acl = [{ perms: 31, id: { scheme: 'world', id: 'anyone' } }];
      const data = new TextEncoder().encode('{"weight":1}');
      const create = (path: string): object => ({
        ...{ op: 'create', path, data, acl, flags: 0, ttl: 0 },
      });
      void window.zk?.setSpeed(Infinity);
      for (let n = 0; n < parents; n++) {
        const parent = `/p${String(n).padStart(3, '0')}`;
        const names = Array.from({ length: children }, (_, i) => `${parent}/c${String(i)}`);
        const ops = [parent, ...names].map(create);
        const request = { op: 'multi', ops };
        void window.zk?.act({ kind: 'submit', process: 1001, tag: n, request } as never);
      }
    },
    [PARENTS, CHILDREN] as const,
  );
  await page.waitForFunction(
    (wanted) => {
      const text = document.querySelector('section[aria-label="ZNodes"] footer')?.textContent;
      return Number(/(\d+) znodes/.exec(text ?? '')?.[1] ?? 0) >= wanted;
    },
    PARENTS * (CHILDREN + 1),
    { timeout: 120_000 },
  );
}

async function scroll(page: Page): Promise<void> {
  await tree(page).evaluate(
    (list, seconds) =>
      new Promise<void>((resolve) => {
        const begin = performance.now();
        const next = (): void => {
          const share = (performance.now() - begin) / (seconds * 1000);
          if (share > 1) {
            resolve();
            return;
          }
          list.scrollTop = share * (list.scrollHeight - list.clientHeight);
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    SECONDS,
  );
}

/** A branch after the other is folded, and unfolded again, with its key. */
async function fold(page: Page): Promise<void> {
  await tree(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press('ArrowLeft');
    await page.waitForTimeout(60);
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(60);
  }
}

function write(page: Page): Promise<number> {
  return page.evaluate((everyMs) => {
    let tag = 10_000;
    return window.setInterval(() => {
      tag += 1;
      const path = `/p${String(tag % 90).padStart(3, '0')}/c1`;
      const data = new TextEncoder().encode(String(tag));
      const request = { op: 'setData', path, data, version: -1 };
      void window.zk?.act({ kind: 'submit', process: 1001, tag, request } as never);
    }, everyMs);
  }, 1000 / WRITES_PER_SECOND);
}
