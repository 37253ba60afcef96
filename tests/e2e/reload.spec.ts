/** What was acknowledged is on this browser's disk: after a reload, and after closing it. */
import type { Page } from '@playwright/test';
import { arrive, ask, consolePane, expectAllSafe, leader, settle } from './support/person.ts';
import { expect, test } from './support/playground.ts';

/** The whole ensemble loses power; then every server recovers from its own store. */
async function expectRecovered(page: Page, children: string): Promise<void> {
  await settle(page);
  expect((await leader(page)).epoch).toBeGreaterThan(1);
  await ask(page, 'ls /', new RegExp(`^\\[${children}\\]$`));
  await expectAllSafe(page);
}

test('a reload, and a closed browser, lose no acknowledged write', async ({ computer }) => {
  const page = await computer.switchOn();
  await arrive(page);
  await ask(page, 'create /first one', /^Created/);
  await ask(page, 'create /second two', /^Created/);
  await ask(page, 'set /second three', /^$/);
  await ask(page, 'get /second', /^three$/);

  await page.reload();
  await expectRecovered(page, 'first, second, zookeeper');
  await ask(page, 'get /second', /^three$/);
  await ask(page, 'create /third four', /^Created/);

  await computer.switchOff();
  const again = await computer.switchOn();
  await again.goto('./');
  await expectRecovered(again, 'first, second, third, zookeeper');
  await ask(again, 'get /third', /^four$/);
});

test('a second tab says that the ensemble is open, and offers a fresh one', async ({ context }) => {
  const first = await context.newPage();
  await arrive(first);
  await ask(first, 'create /first one', /^Created/);

  const second = await context.newPage();
  await second.goto('./');
  const notice = second.getByRole('alertdialog');
  await expect(notice).toContainText(/open in another tab/);
  await expect(consolePane(second)).toBeHidden();

  await test.step('a fresh one lives in memory and touches nothing', async () => {
    await notice.getByRole('button', { name: /fresh/ }).click();
    await settle(second);
    await expect(second.getByRole('contentinfo')).toContainText('disks in memory only');
    await ask(second, 'ls /', /^\[zookeeper\]$/);
  });

  await test.step('with the first tab gone, the second takes what is stored', async () => {
    await first.close();
    await second.reload();
    await expectRecovered(second, 'first, zookeeper');
  });
});
