/** The panes that tell a run's story: space-time, histories, metrics. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator, Page } from '@playwright/test';
import { arrive, ask, pauseButton } from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

async function open(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name, exact: true }).click();
  return page.getByRole('region', { name, exact: true });
}

async function barriersIn(page: Page, pane: Locator): Promise<string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const name = await pane.getAttribute('aria-label');
  return page.evaluate(async (label) => {
    const { axe } = window as unknown as {
      axe: { run(of: string, o: RunOptions): Promise<AxeResults> };
    };
    const { violations } = await axe.run(`section[aria-label="${label ?? ''}"]`, {
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  }, name);
}

test('space-time: a pattern is found, its causes are told, the page goes there', async ({
  page,
}) => {
  await arrive(page);
  await ask(page, 'create /app one', /^Created \/app$/);
  await pauseButton(page).click();
  const pane = await open(page, 'Space-time');
  // While the past is still being written down, the pane may begin anew.
  await expect(async () => {
    await pane.getByLabel('Find', { exact: true }).selectOption({ label: 'a proposal' });
    await expect(pane.getByText(/^\d+ of \d+$/)).toBeVisible({ timeout: 2000 });
    await expect(pane.getByRole('heading', { name: /^Event \d+$/ })).toBeVisible({ timeout: 2000 });
  }).toPass(PATIENCE);

  await test.step('the event says why it happened', async () => {
    await expect(pane.getByText('Why did this happen?')).toBeVisible();
    await expect(
      pane
        .getByRole('complementary')
        .getByText(/create/)
        .first(),
    ).toBeVisible();
  });
  await test.step('the same as a table', async () => {
    await pane.getByRole('button', { name: 'List' }).click();
    await expect(pane.getByRole('cell', { name: /^PROPOSAL 0x/ }).first()).toBeVisible();
  });
  await test.step('a picture and a log are saved', async () => {
    for (const [choice, file] of [
      ['Picture (SVG)', 'space-time.svg'],
      ['Log with vector clocks (ShiViz)', 'space-time.shiviz.log'],
    ] as const) {
      const saved = page.waitForEvent('download');
      await pane.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: choice }).click();
      expect((await saved).suggestedFilename()).toBe(file);
    }
  });
  expect(await barriersIn(page, pane)).toEqual([]);
});

test('histories and metrics: a write has a box and a commit, mntr has lines', async ({ page }) => {
  await arrive(page);
  await ask(page, 'create /app one', /^Created \/app$/);
  await pauseButton(page).click();

  const histories = await open(page, 'Histories');
  const row = histories.getByRole('application');
  await row.focus();
  await page.keyboard.press('End');
  await expect(histories.getByText(/It took effect at .* as transaction 0x1/)).toBeVisible();
  expect(await barriersIn(page, histories)).toEqual([]);

  const metrics = await open(page, 'Metrics');
  const znodes = metrics.getByRole('img', { name: /^zk_znode_count/ });
  await expect(znodes).toHaveAccessibleName(/server 1 6, server 2 6/);
  expect(await barriersIn(page, metrics)).toEqual([]);
});
