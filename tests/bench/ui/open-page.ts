/** The page as a bench wants it: without its tour, and with an ensemble that serves a session. */
import type { Browser, Page } from '@playwright/test';

/** @param baseURL of the built page. */
export async function openPage(browser: Browser, baseURL: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // The runner's compiler marks functions with their names, also those that go to the page.
  await page.addInitScript({ content: 'globalThis.__name = (f) => f;' });
  await page.addInitScript(() => {
    localStorage.setItem('zookeeper-playground.tour', 'seen');
  });
  await page.goto(baseURL);
  await page.locator('label[title*="CONNECTED"]').first().waitFor({ timeout: 60_000 });
  return page;
}
