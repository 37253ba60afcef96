/** The logs side by side: how a server caught up, and what a record far back says. */
import type { Locator, Page } from '@playwright/test';
import {
  arrive,
  ask,
  clickServer,
  inspector,
  leader,
  pauseButton,
  serverOfSession,
  serversIn,
  tool,
} from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const log = (page: Page): Locator => page.getByRole('region', { name: 'Log', exact: true });
const rowHead = (page: Page, sid: number, more: RegExp): Locator =>
  log(page).getByRole('rowheader', { name: new RegExp(`^server ${String(sid)}${more.source}`) });

test('a follower that was down comes back by DIFF, over the records that it missed', async ({
  page,
}) => {
  await arrive(page);
  await ask(page, 'create /app 0', /^Created \/app$/);
  const { sid: leading } = await leader(page);
  const away = [leading, await serverOfSession(page, 'A')];
  const sid = [1, 2, 3, 4, 5].find((one) => !away.includes(one)) ?? 0;
  await clickServer(page, sid);
  await tool(page, /^Crash/).click();
  await expect(serversIn(page, 'down')).toHaveCount(1);
  for (const n of [1, 2, 3]) await ask(page, `set /app ${String(n)}`, /^$/);
  await clickServer(page, sid);
  await tool(page, /^Restart/).click();
  await expect(
    rowHead(page, sid, /: was brought up to date by DIFF, 3 sent after 0x\w+, up to/),
  ).toBeVisible();
  // At the leader, it is among those that acknowledged.
  await ask(page, 'set /app 4', /^$/);
  await expect(
    log(page)
      .getByRole('gridcell', { name: new RegExp(`last acknowledged by [\\d, ]*${String(sid)}`) })
      .first(),
  ).toBeAttached();
});

test('a record far back is found by keys, and decoded by a click', async ({ page }) => {
  await arrive(page);
  await ask(page, 'create /far words-from-long-ago', /^Created \/far$/);
  await page.evaluate(async () => {
    const data = new Uint8Array(8);
    const write = { op: 'setData', path: '/far', data, version: -1 };
    for (let n = 0; n < 150; n++) {
      const tag = 100 + n;
      await window.zk?.act({ kind: 'submit', process: 1001, tag, request: write } as never);
    }
  });
  const grid = log(page).getByRole('grid');
  await expect
    .poll(async () => Number(await grid.getAttribute('aria-colcount')), PATIENCE)
    .toBeGreaterThan(150);
  await pauseButton(page).click();

  // Only those in sight are there; the first one is not.
  const cell = grid.getByRole('gridcell', { name: /^0x\w+ create \/far: committed/ }).first();
  await expect(cell).toHaveCount(0);
  await grid.getByRole('gridcell').last().focus();
  await page.keyboard.press('Home');
  await expect(cell).toBeVisible();
  await expect(log(page).getByRole('button', { name: 'Newest' })).toBeVisible();
  await cell.click();
  await expect(cell).toHaveAttribute('aria-selected', 'true');
  await expect(
    inspector(page).getByRole('heading', { name: /^Record in the log of server \d$/ }),
  ).toBeVisible();
  await expect(inspector(page).getByText('words-from-long-ago')).toBeVisible();
  await expect(inspector(page).getByText('before the part of the log that is shown')).toHaveCount(
    0,
  );

  await log(page).getByRole('button', { name: 'Newest' }).click();
  await expect(cell).toHaveCount(0);
});

/** Starts a scenario by its title. */
async function startScenario(page: Page, title: string): Promise<void> {
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Scenarios' });
  await dialog.getByRole('searchbox').fill(title);
  await expect(dialog.getByRole('heading', { name: title })).toBeVisible();
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog).toBeHidden(PATIENCE);
}

test('SNAP and TRUNC are brackets, too: a whole tree, and what is cut off', async ({ page }) => {
  await arrive(page);
  await startScenario(page, 'A follower far behind, by SNAP');
  await expect(rowHead(page, 1, /: was brought up to date by SNAP/)).toBeVisible(PATIENCE);

  await startScenario(page, 'An uncommitted proposal is truncated');
  await expect(rowHead(page, 3, /: TRUNC has cut 1 after 0x\w+, up to 0x\w+/)).toBeVisible(
    PATIENCE,
  );
});
