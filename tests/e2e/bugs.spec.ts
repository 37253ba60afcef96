/** The hunt for bugs as a person goes on it: the gallery, the monkey, links, and the way back. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator, Page } from '@playwright/test';
import { arrive, ask, ensemble, events, settle } from './support/person.ts';
import { expect, test } from './support/playground.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A bug that two actions show. */
const BUG = { name: /currentEpoch is written too late/, breaks: 'C.3' } as const;

/** Workers of the lab load, and run whole ensembles. */
const SLOW = { timeout: 45_000 };

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Hunt bugs' });
const banner = (page: Page): Locator => page.getByRole('region', { name: 'Run' });
const alert = (page: Page, name: string): Locator =>
  page.getByRole('alert').filter({ hasText: `${name} broke at` });

async function openGallery(page: Page): Promise<void> {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Hunt bugs/ })
    .click();
  await expect(dialog(page)).toBeVisible();
}

async function chooseBug(page: Page, name: RegExp): Promise<void> {
  await openGallery(page);
  await dialog(page).getByRole('button', { name }).click();
  await expect(dialog(page).getByRole('heading', { name })).toBeVisible();
}

async function seeScript(page: Page): Promise<void> {
  await dialog(page).getByRole('button', { name: 'See the shortest script' }).click();
  await expect(dialog(page).getByRole('button', { name: 'Watch it break' })).toBeVisible(SLOW);
}

async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
  });
}

test('a bug: its shortest script breaks its property, the fixed code does not', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await arrive(page);
  await ask(page, 'create /mine kept', /^Created/);
  await chooseBug(page, BUG.name);
  await seeScript(page);
  await expect(dialog(page).getByRole('list', { name: 'Steps' })).toContainText(
    'server 1 is killed',
  );
  await expect(dialog(page)).toContainText('Breaks C.3');
  await dialog(page).getByRole('button', { name: 'Watch it break' }).click();

  await test.step('it replays, stops where the property breaks, and the lamp shows it', async () => {
    await expect(banner(page)).toContainText('Bug on: currentEpoch is written too late');
    await expect(alert(page, BUG.breaks)).toContainText('acknowledged NEWLEADER', SLOW);
    await expect(page.getByRole('contentinfo')).toContainText('Violated: C.3');
    await expect(page.getByRole('banner').getByRole('button', { name: /^Play\b/ })).toBeVisible();
  });
  await test.step('Show leads to the event, and marks the server', async () => {
    await alert(page, BUG.breaks).getByRole('button', { name: 'Show' }).click();
    await expect(events(page).locator('[aria-current=true]')).toContainText('C.3');
    await expect(ensemble(page).locator('.halo.accused')).toHaveCount(1);
  });
  await test.step('the same on the fixed code is clean to its end', async () => {
    await banner(page).getByRole('button', { name: 'On the fixed code' }).click();
    await expect(banner(page)).toContainText('Correct code', SLOW);
    await expect(banner(page)).toContainText(/all 2 actions done/, SLOW);
    await expect(page.getByRole('contentinfo')).not.toContainText('Violated');
  });
  await test.step('the own ensemble is there as it was', async () => {
    await banner(page).getByRole('button', { name: 'Back to my ensemble' }).click();
    await expect(banner(page)).toBeHidden();
    await settle(page);
    await ask(page, 'get /mine', /^kept$/);
  });
});

test('the monkey finds a bug, stops, and the run becomes a short link', async ({
  page,
  context,
}) => {
  test.setTimeout(150_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await arrive(page);
  await chooseBug(page, BUG.name);
  await dialog(page)
    .getByRole('slider', { name: /Intensity/ })
    .fill('9');
  await dialog(page).getByRole('button', { name: 'Send the monkey' }).click();
  const broke = page.getByRole('alert').filter({ hasText: 'broke at' });
  await expect(broke).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText('The monkey plays.', { exact: true })).toBeHidden();
  await broke.getByRole('button', { name: 'Minimise' }).click();
  await expect(broke).toContainText(/became|as short as can be/, SLOW);
  await broke.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText(/The link is copied/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('#run=');

  const other = await context.newPage();
  await other.goto(link);
  await expect(banner(other)).toContainText('A run from a link', SLOW);
  await expect(other.getByRole('alert').filter({ hasText: 'broke at' })).toBeVisible(SLOW);
  await other.close();
});

test('from this moment: the correct code does not end badly, and Stop stops', async ({ page }) => {
  test.setTimeout(90_000);
  await arrive(page);
  await openGallery(page);
  await dialog(page).getByRole('tab', { name: 'From this moment' }).click();
  await dialog(page)
    .getByRole('slider', { name: /^States/ })
    .fill('0');
  await dialog(page)
    .getByRole('slider', { name: /^Packets/ })
    .fill('10');
  await dialog(page).getByRole('button', { name: 'Explore from here' }).click();
  await expect(dialog(page)).toContainText(/Not found within these limits|nothing breaks/i, SLOW);
  await dialog(page)
    .getByRole('slider', { name: /^States/ })
    .fill('4');
  await dialog(page)
    .getByRole('slider', { name: /^Packets/ })
    .fill('100');
  await dialog(page).getByRole('button', { name: 'Explore from here' }).click();
  await expect(dialog(page)).toContainText(/\d+ states · /, SLOW);
  await dialog(page).getByRole('button', { name: 'Stop' }).click();
  await expect(dialog(page)).toContainText('Stopped.');
});

test('a damaged link says what to do, and the own ensemble opens', async ({ page }) => {
  await page.goto('./#run=bm90IGEgcnVu');
  await expect(page.getByRole('alert')).toContainText('The link to a run is damaged');
  await expect(page.getByRole('alert')).toContainText('Ask for it again');
  await settle(page);
});

test('by keyboard alone, in Chinese', async ({ page }) => {
  test.setTimeout(120_000);
  await page.addInitScript(() => localStorage.setItem('zookeeper-playground.locale', 'zh-CN'));
  await page.goto('./');
  await expect(page.getByRole('tab', { name: /^A\b/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  const hunt = page.getByRole('dialog', { name: '捉虫' });
  await expect(hunt).toBeVisible();
  const focused = page.locator(':focus');
  for (let n = 0; n < 8 && (await focused.getAttribute('data-bug')) === null; n += 1) {
    await page.keyboard.press('Tab');
  }
  for (let n = 0; n < 9; n += 1) await page.keyboard.press('ArrowDown');
  await expect(focused).toHaveAttribute('data-bug', 'leader-accepts-late');
  await page.keyboard.press('ArrowUp');
  await expect(hunt.getByRole('heading', { name: 'currentEpoch 写得太晚' })).toBeVisible();
  const show = hunt.getByRole('button', { name: '看最短的脚本' });
  for (let n = 0; n < 12 && !(await show.evaluate((e) => e === document.activeElement)); n += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  const watch = hunt.getByRole('button', { name: '看它如何违反' });
  await expect(watch).toBeVisible(SLOW);
  await watch.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: '被违反' })).toContainText('C.3', SLOW);
});

for (const theme of ['light', 'dark'] as const) {
  test(`no barrier in the hunt, in the ${theme} theme`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme: theme });
    await arrive(page);
    await chooseBug(page, BUG.name);
    await seeScript(page);
    expect(await barriers(page), 'the gallery').toEqual([]);
    await dialog(page).getByRole('tab', { name: 'From this moment' }).click();
    expect(await barriers(page), 'from this moment').toEqual([]);
    await dialog(page)
      .getByRole('tab', { name: /Bug gallery/ })
      .click();
    // What was seen of the bug is still there.
    await dialog(page).getByRole('button', { name: 'Watch it break' }).click();
    await expect(alert(page, BUG.breaks)).toBeVisible(SLOW);
    await banner(page).getByRole('button', { name: 'Steps' }).click();
    expect(await barriers(page), 'a run that broke').toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await barriers(page), 'the same, narrow').toEqual([]);
  });
}
