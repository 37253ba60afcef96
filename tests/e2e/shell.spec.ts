/** Panes and their places, the palette, the tour, and how the page looks. */
import type { Locator, Page } from '@playwright/test';
import { arrive, consolePane, ensemble, inspector, serversIn } from './support/person.ts';
import { expect, test } from './support/playground.ts';

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true });

const menuItem = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('menu').locator('[role^=menuitem]:visible', { hasText: name });

async function openView(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^View:/ }).click();
}

test('panes are tabs, are moved and hidden by keys, and stay where they were put', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 1100 });
  await arrive(page);
  await tab(page, 'Space-time').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'Histories')).toHaveAttribute('aria-selected', 'true');
  await expect(tab(page, 'Histories')).toBeFocused();
  await expect(page.getByRole('region', { name: 'Space-time', exact: true })).toHaveCount(0);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Move or hide Events' }).press('Enter');
  await menuItem(page, 'Move to: right, top').press('Enter');
  await expect(tab(page, 'Events')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('button', { name: 'Move or hide Inspector' })).toHaveCount(0);

  await openView(page);
  await menuItem(page, /^✓?Log$/).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Log', exact: true })).toHaveCount(0);

  await page.reload();
  await expect(tab(page, 'Events')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: 'Log', exact: true })).toHaveCount(0);
  await openView(page);
  await menuItem(page, 'Back to the preset').click();
  await expect(page.getByRole('region', { name: 'Log', exact: true })).toBeVisible();
  await expect(tab(page, 'Events')).toHaveCount(0);
});

test('the palette crashes the leader, and finds a server', async ({ page }) => {
  await arrive(page);
  // Also from within a line of text.
  await page.getByRole('combobox', { name: /command/i }).focus();
  await page.keyboard.press('Control+k');
  const line = page.getByRole('combobox', { name: 'Search or run anything' });
  await expect(line).toBeFocused();
  await line.fill('cra lea');
  const best = page.getByRole('listbox').getByRole('option', { selected: true });
  await expect(best).toContainText('Crash the leader');
  await page.keyboard.press('Enter');
  await expect(line).toHaveCount(0);
  await expect(serversIn(page, 'down')).toHaveCount(1);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Search everything/ }).click();
  await line.fill('server 2 ·');
  await page.keyboard.press('Enter');
  await expect(inspector(page)).toContainText('server 2');

  await page.getByRole('button', { name: /^Search everything/ }).click();
  await line.fill('qqqq');
  await expect(page.getByText('Nothing answers to that.').last()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(line).toHaveCount(0);
});

test('a first visit is shown around once, with the page in use under it', async ({ page }) => {
  await page.addInitScript(() => {
    if (sessionStorage.getItem('before') === null) {
      localStorage.removeItem('zookeeper-playground.tour');
    }
    sessionStorage.setItem('before', 'yes');
  });
  await page.goto('./');
  const card = page.getByRole('dialog', { name: /tour/ });
  await expect(card).toContainText('Crash the leader');
  // It has not taken the focus from whoever types.
  await expect(card.locator(':focus')).toHaveCount(0);
  await ensemble(page).getByRole('button', { name: 'Crash the leader' }).click();
  await expect(card).toContainText('2 of 5');
  await card.getByRole('button', { name: 'Skip the tour' }).click();
  await expect(card).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem('zookeeper-playground.tour'))).toBe('seen');

  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'Take the tour' }).click();
  await expect(card).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
});

test('Present is large, and a remote darkens it; high contrast is remembered', async ({ page }) => {
  await arrive(page);
  await openView(page);
  await menuItem(page, 'High contrast').click();
  await menuItem(page, 'Present').click();
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');
  await expect(page.locator('body')).toHaveCSS('font-size', '17px');
  await expect(consolePane(page)).toHaveCount(0);
  await page.keyboard.press('.');
  const lights = page.getByRole('button', { name: /screen is dark/ });
  await expect(lights).toBeVisible();
  await page.keyboard.press('.');
  await expect(lights).toHaveCount(0);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
});

/** What in the bar, or at the head of the ensemble, lies upon something else in it, in words. */
const collisions = async (page: Page): Promise<readonly string[]> => {
  const ensemble = page.getByRole('region', { name: /^(Ensemble|集群)$/ }).locator('.pane-head');
  const heads = [page.getByRole('banner'), ensemble];
  return (await Promise.all(heads.map(collisionsIn))).flat();
};

const collisionsIn = (head: Locator): Promise<readonly string[]> =>
  head.evaluate((bar) => {
    const parts = [...bar.querySelectorAll('button, [role=timer], [role=status], [role=slider]')];
    const seen = parts
      .map((part) => ({ part, box: part.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
    return seen.flatMap(({ part, box }, i) =>
      seen
        .slice(i + 1)
        .filter(({ box: other }) => {
          const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
          const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
          return across > 1.5 && down > 1.5;
        })
        .map(({ part: other }) => `${part.textContent.trim()} on ${other.textContent.trim()}`),
    );
  });

for (const locale of ['en', 'zh-CN'] as const) {
  test.describe(locale, () => {
    test.use({ locale });
    test('in the bar nothing lies upon anything, however wide the page is', async ({ page }) => {
      await page.goto('./');
      await expect(page.getByRole('timer')).toBeVisible();
      // The longest words are those about a server that is down.
      await page.getByRole('button', { name: /^(Crash the leader|让 leader 崩溃)$/ }).click();
      for (const width of [390, 800, 1000, 1200, 1280, 1400, 1440, 1600, 1800, 1920, 2000, 2400]) {
        await page.setViewportSize({ width, height: 900 });
        await expect.poll(() => collisions(page), `at ${String(width)} pixels`).toEqual([]);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.getByRole('button', { name: /^(View|视图)/ }).click();
      await menuItem(page, /^(Present|演示)/).click();
      await expect(page.locator('html')).toHaveAttribute('data-type', 'big');
      for (const width of [1280, 1440, 1600, 1800, 1920, 2000, 2400]) {
        await page.setViewportSize({ width, height: 900 });
        await expect.poll(() => collisions(page), `large, at ${String(width)}`).toEqual([]);
      }
    });
  });
}
