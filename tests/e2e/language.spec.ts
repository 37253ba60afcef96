/** The language of the page: chosen by the browser, seen from the first paint on, changed at once. */
import { expect, test } from './support/playground.ts';

test.use({ locale: 'zh-CN' });

test('who reads Chinese sees no English first, and switches without a reload', async ({ page }) => {
  await page.addInitScript(() => {
    const seen = new Set<string>();
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('.pane h2, header.bar .btn')) {
        seen.add(textContent.trim());
      }
    }).observe(document, { childList: true, subtree: true, characterData: true });
    Object.assign(window, { seen });
  });
  await page.goto('./');
  const pause = page.getByRole('banner').getByRole('button', { name: /暂停|播放/ });
  await expect(pause).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  const seenSoFar = (): Promise<string[]> =>
    page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
  // What it saw first is told a moment later.
  await expect.poll(async () => (await seenSoFar()).join(' ')).toMatch(/暂停|播放/);
  const seen = await seenSoFar();
  expect(seen.filter((text) => /\b(?:Pause|Play|Event|Log|Events|Ensemble)\b/.test(text))).toEqual(
    [],
  );
  await page.getByRole('banner').getByRole('button', { name: 'EN', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Ensemble' })).toBeVisible();
  await page.getByRole('banner').getByRole('button', { name: '中文' }).click();
  await expect(pause).toBeVisible();
});
