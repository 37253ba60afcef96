/**
 * The page on a plain static host, in a folder of it: it asks that folder and nobody else, keeps to
 * its own policy, and opens without the host once it has been seen.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { PANES } from '../../src/ui/shell/layout-model.ts';
import { ask, leader, messages, pauseButton, settle } from './support/person.ts';
import { expect, test as base } from './support/playground.ts';
import { startStaticHost, type StaticHost } from './support/static-host.ts';

const DIST = process.env['E2E_DIST'] ?? 'dist';

/** `quiet` then fails on a request to anything outside of that folder. */
const test = base.extend<{ host: StaticHost }>({
  host: async ({ browserName }, use) => {
    expect(browserName).toBe('chromium');
    const host = await startStaticHost(DIST, '/some/folder/');
    await use(host);
    await host.close();
  },
  baseURL: async ({ host }, use) => use(host.address.replace(/\/$/, '')),
});

/** A frame has any panes that are asked for, as tabs. */
async function openPanes(page: Page, host: StaticHost, panes: readonly string[]): Promise<void> {
  await page.goto(`${host.address}?embed&speed=10&panes=${panes.join(',')}`);
  await leader(page);
}

async function bringForward(page: Page, pane: string): Promise<void> {
  const tab = page.locator(`[role=tab][data-pane=${pane}]`);
  if ((await tab.count()) > 0) await tab.click();
  const place = page.locator(`[data-pane-of=${pane}]`);
  await expect(place.locator('section.pane:not([aria-busy])').first()).toBeVisible();
  await expect(place.getByRole('alert')).toHaveCount(0);
}

test('every pane keeps to the policy of the page, and the policy holds', async ({
  page,
  host,
  quiet,
}) => {
  await openPanes(page, host, PANES);
  // What stands alone in its place has no tab, and is in sight.
  for (const tab of await page.locator('[role=tab][data-pane]').all()) {
    await bringForward(page, (await tab.getAttribute('data-pane')) ?? '');
  }
  await expect(page.locator('[data-pane-of]')).not.toHaveCount(0);
  const policy = page.locator('meta[http-equiv=Content-Security-Policy]').first();
  const rules = ((await policy.getAttribute('content')) ?? '').split('; ');
  expect(rules).toContain("default-src 'none'");
  expect(rules).toContain("connect-src 'self'");
  expect(rules.find((rule) => rule.startsWith('script-src '))).not.toMatch(/unsafe|https?:|\*/);
  expect(quiet.list).toEqual([]);
  // What it forbids does not happen.
  const stopped = await page.evaluate(async () => {
    const rules: string[] = [];
    addEventListener('securitypolicyviolation', (event) => rules.push(event.effectiveDirective));
    document.head.append(Object.assign(document.createElement('style'), { textContent: 'a{}' }));
    document.head.append(Object.assign(document.createElement('script'), { textContent: ';' }));
    await fetch('https://elsewhere.example/').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve));
    return rules;
  });
  expect(stopped.sort()).toEqual(['connect-src', 'script-src-elem', 'style-src-elem']);
  quiet.list.length = 0;
});

test('a part that does not come says why', async ({ page, host, quiet }) => {
  await openPanes(page, host, ['ensemble', 'log', 'metrics']);
  await page.route(/MetricsPane.*\.js$/, (route) => route.abort());
  await page.locator('[role=tab][data-pane=metrics]').click();
  await expect(messages(page)).toContainText(/host is out of reach/);
  host.instead.set('index.html', '<!doctype html><title>Another build</title>');
  await page.getByRole('button', { name: /again/i }).click();
  await expect(messages(page)).toContainText(/its host has a newer build/);
  await expect(messages(page).getByRole('button', { name: 'Reload' })).toBeVisible();
  quiet.list.length = 0;
});

test.describe('kept by the browser', () => {
  test.use({ serviceWorkers: 'allow' });

  async function isKept(page: Page): Promise<void> {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  test('it opens without its host, with parts that nobody had seen', async ({
    page,
    host,
    quiet,
  }) => {
    await page.goto(host.address);
    await isKept(page);
    await host.close();
    await page.reload();
    await settle(page);
    await bringForward(page, 'metrics');
    await ask(page, 'create /kept here', /Created \/kept/);
    // The browser asks in vain whether there is a newer one.
    quiet.list.splice(0, Infinity, ...quiet.list.filter((one) => !one.includes('sw.js')));
  });

  test('a newer build waits until a person wants it', async ({ page, host }) => {
    await page.goto(host.address);
    await isKept(page);
    await leader(page);
    // Browsers look for newer workers when they have nothing better to do.
    await pauseButton(page).click();
    const worker = await readFile(`${DIST}/sw.js`, 'utf8');
    host.instead.set('sw.js', worker.replace(/version:(.)\w+/, 'version:$1another'));
    await page.evaluate(async () => {
      document.title = 'not loaded again';
      await (await navigator.serviceWorker.ready).update();
    });
    const news = messages(page).getByRole('status').filter({ hasText: 'A new version' });
    await expect(news).toBeVisible();
    await expect(page).toHaveTitle('not loaded again');
    await news.getByRole('button', { name: 'Reload' }).click();
    await expect(page).toHaveTitle('ZooKeeper Playground');
    const names = await page.evaluate(() => caches.keys());
    expect(names).toEqual(['zookeeper-playground /some/folder/ another']);
  });
});
