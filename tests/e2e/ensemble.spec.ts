/** The ring as a thing to touch: servers and packets are dragged, and the list says it in text. */
import type { Locator, Page } from '@playwright/test';
import {
  arrive,
  clickServer,
  consolePane,
  ensemble,
  expectAllSafe,
  messages,
  pauseButton,
  server,
  settle,
  tool,
} from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('it is not in sight');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const shape = (page: Page, sid: number): Locator => server(page, sid).locator('.shape');

async function drag(page: Page, from: { x: number; y: number }, by: [number, number]) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by[0], from.y + by[1], { steps: 5 });
  await page.mouse.up();
}

/** Time stands, and packets are in sight. */
async function stopWithPackets(page: Page): Promise<Locator> {
  await pauseButton(page).click();
  const packets = ensemble(page).getByRole('button', { name: / from server \d to server \d/ });
  await expect(async () => {
    if ((await packets.count()) === 0) await page.keyboard.press('Shift+ArrowRight');
    await expect(packets).not.toHaveCount(0, { timeout: 300 });
  }).toPass(PATIENCE);
  return packets;
}

test('servers stay where they are put, and a lasso gathers a group', async ({ page }) => {
  await arrive(page);
  await pauseButton(page).click();
  const before = await middleOf(shape(page, 3));
  await drag(page, before, [-60, -30]);
  const after = await middleOf(shape(page, 3));
  expect(after.x).toBeLessThan(before.x - 40);
  await expect(server(page, 3)).toHaveAttribute('aria-pressed', 'false');

  await server(page, 3).focus();
  await page.keyboard.press('Alt+Shift+ArrowLeft');
  await expect.poll(async () => (await middleOf(shape(page, 3))).x).toBeLessThan(after.x - 20);
  await page.reload();
  await settle(page);
  expect((await middleOf(shape(page, 3))).x).toBeLessThan(after.x - 20);
  await ensemble(page).getByRole('button', { name: 'Reset layout' }).click();
  await expect.poll(async () => (await middleOf(shape(page, 3))).x).toBeGreaterThan(before.x - 5);

  await tool(page, /^Partition/).click();
  const one = await middleOf(shape(page, 1));
  await page.mouse.move(one.x - 45, one.y - 45);
  await page.mouse.down();
  for (const [dx, dy] of [
    [45, -45],
    [45, 45],
    [-45, 45],
  ] as const) {
    await page.mouse.move(one.x + dx, one.y + dy, { steps: 3 });
  }
  await page.mouse.up();
  await expect(server(page, 1)).toHaveAttribute('aria-pressed', 'true');
  await expect(ensemble(page).getByText('Group: server 1')).toBeVisible();
});

test('packets go into the tray by hand and out of it; the experiment is marked', async ({
  page,
}) => {
  // In a low window packets, servers and tray lie close together, and a hand takes the wrong one.
  await page.setViewportSize({ width: 1440, height: 1000 });
  await arrive(page);
  const packets = await stopWithPackets(page);
  const tray = page.getByRole('region', { name: 'Hold tray' });
  const drop = page.locator('[data-drop=tray]');

  await test.step('dragged to the tray, it is held', async () => {
    // The picture may be a few frames behind the moment at which time was stopped.
    await expect(async () => {
      await page.mouse.up();
      const at = await middleOf(packets.first());
      await page.mouse.move(at.x, at.y);
      await page.mouse.down();
      await page.mouse.move(at.x + 20, at.y + 20, { steps: 4 });
      await expect(drop).toBeVisible({ timeout: 500 });
    }).toPass(PATIENCE);
    const place = await middleOf(drop);
    await page.mouse.move(place.x, place.y, { steps: 4 });
    await page.mouse.up();
    await expect(tray.getByRole('button', { name: 'Release' })).toHaveCount(1);
  });
  await test.step('let go by its key, and held again', async () => {
    await page.keyboard.press('o');
    await expect(tray).toBeHidden();
    await page.keyboard.press('o');
    await expect(tray).toBeVisible();
  });
  await test.step('without the experiment a lost packet is a broken connection', async () => {
    await page.keyboard.press('j');
    await expect(messages(page)).toContainText(/TCP keeps the order/);
    await expect(ensemble(page).getByText(/^Experiment: outside/)).toBeHidden();
    await tray.getByRole('button', { name: 'Drop' }).click();
    await expect(tray).toBeHidden();
    await expect(page.getByText('a connection is broken').first()).toBeVisible();
  });
  await test.step('with it the packet alone vanishes, and the page says so', async () => {
    await tool(page, /^More tools/).click();
    const menu = page.getByRole('dialog', { name: 'More ways to break it' });
    await menu.getByRole('switch', { name: /^Experiment/ }).check();
    await page.keyboard.press('Escape');
    await stopWithPacketsAgain(page, packets);
    await packets.first().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Delete');
    await expect(ensemble(page).getByText(/^Experiment: outside/)).toBeVisible();
  });
});

async function stopWithPacketsAgain(page: Page, packets: Locator): Promise<void> {
  await expect(async () => {
    if ((await packets.count()) === 0) await page.keyboard.press('Shift+ArrowRight');
    await expect(packets).not.toHaveCount(0, { timeout: 300 });
  }).toPass(PATIENCE);
}

test('the list says in text what the ring shows, and does the same', async ({ page }) => {
  await arrive(page);
  await clickServer(page, 2);
  await page.keyboard.press('l');
  await page.getByRole('dialog').getByRole('button', { name: '20 ms', exact: true }).click();
  await expect(messages(page)).toContainText('The links of server 2 take 20 ms one way.');
  await page.keyboard.press('Escape');
  await ensemble(page).getByRole('button', { name: 'List' }).click();
  const row = ensemble(page).getByRole('row', { name: /^server 2 following/ });
  await expect(row.getByRole('button')).toHaveAttribute('aria-pressed', 'true');
  const slow = ensemble(page).getByRole('row', { name: /^server 2 → server 1/ });
  await slow.getByRole('button', { name: 'As before' }).click();
  await expect(slow).toBeHidden();
  await expect(ensemble(page).getByRole('row', { name: /^A CONNECTED server \d/ })).toBeVisible();
  await expectAllSafe(page);
});

test('a session is ended as an operator does, and its client finds it expired', async ({
  page,
}) => {
  await arrive(page);
  await tool(page, /^More tools/).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Expire it at once' }).click();
  await page.keyboard.press('Escape');
  await consolePane(page)
    .getByRole('tab', { name: /^A\b(?!′)/ })
    .click();
  await expect(consolePane(page).getByRole('log')).toContainText(/Expired/);
  await expectAllSafe(page);
});
