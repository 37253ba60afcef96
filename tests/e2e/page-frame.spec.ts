/** What index.html promises around the application: its theme, its icons, its closed doors. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/playground.ts';

/** Scripts of the application arrive empty, so what is seen is the frame alone. */
async function withoutApplication(page: Page): Promise<void> {
  await page.route('**/assets/*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: '' }),
  );
}

const PAPER = { light: 'rgb(241, 240, 236)', dark: 'rgb(14, 16, 18)' } as const;

for (const system of ['light', 'dark'] as const) {
  test.describe(`on a ${system} system`, () => {
    test.use({ colorScheme: system });

    test('the first paint has its paper, before any script of the application', async ({
      page,
    }) => {
      await withoutApplication(page);
      await page.goto('./');
      await expect(page.locator('html')).toHaveCSS('background-color', PAPER[system]);
    });

    test('a chosen theme wins over the system', async ({ page }) => {
      const chosen = system === 'light' ? 'dark' : 'light';
      await page.addInitScript((theme) => {
        localStorage.setItem('zookeeper-playground.theme', theme);
      }, chosen);
      await withoutApplication(page);
      await page.goto('./');
      await expect(page.locator('html')).toHaveCSS('background-color', PAPER[chosen]);
    });
  });
}

test('the manifest and every icon it names are served', async ({ page, request }) => {
  await page.goto('./');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const answer = await request.get(href ?? '');
  expect(answer.ok()).toBe(true);
  const manifest = (await answer.json()) as { icons: { src: string }[] };
  expect(manifest.icons.length).toBeGreaterThan(0);
  for (const { src } of manifest.icons) {
    expect((await request.get(src)).headers()['content-type'], src).toMatch(/^image\//);
  }
});

test('a link to the page has a picture, and its tab a mark', async ({ page, request }) => {
  await page.goto('./');
  const icon = await page.locator('link[rel=icon]').getAttribute('href');
  expect((await request.get(icon ?? '')).headers()['content-type']).toBe('image/svg+xml');
  const card = await page.locator('meta[property="og:image"]').getAttribute('content');
  const picture = await request.get(card ?? '');
  expect(picture.headers()['content-type']).toBe('image/png');
  // Width and height stand in the header of a PNG.
  const bytes = await picture.body();
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
});

test('the browser itself refuses a request to another host', async ({ page, quiet }) => {
  await page.goto('./');
  const outcome = await page.evaluate(() =>
    fetch('http://other.invalid/').then(
      () => 'answered',
      () => 'refused',
    ),
  );
  expect(outcome).toBe('refused');
  expect(quiet.list.some((line) => line.includes('Content Security Policy'))).toBe(true);
  quiet.list.length = 0;
});
