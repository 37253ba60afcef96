/** Programs of clients: samples run, several at once, and what goes wrong is said plainly. */
import type { Locator, Page } from '@playwright/test';
import {
  arrive,
  ensemble,
  expectAllSafe,
  leader,
  serversIn,
  setSpeed,
  SPEED,
} from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const pane = (page: Page): Locator => page.getByRole('region', { name: 'Code', exact: true });
const output = (page: Page): Locator =>
  pane(page).getByRole('log', { name: 'What the programs said' });
const program = (page: Page, name: string, state: string | RegExp): Locator =>
  pane(page)
    .getByRole('list', { name: 'Programs' })
    .getByRole('listitem')
    .filter({ has: page.getByText(name, { exact: true }) })
    .filter({ hasText: state });

async function openCode(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  await expect(pane(page)).toBeVisible();
}

async function takeSample(page: Page, title: string): Promise<void> {
  await pane(page).getByRole('button', { name: 'Samples' }).click();
  const samples = page.getByRole('dialog', { name: 'Samples' });
  await samples.getByRole('button', { name: new RegExp(`^${title}\\b`) }).click();
  await expect(samples).toBeHidden();
}

async function writeNew(page: Page, text: string): Promise<void> {
  await pane(page).getByRole('button', { name: '+ New' }).click();
  await pane(page)
    .getByRole('textbox', { name: /^JavaScript of Program/ })
    .fill(text);
}

const run = (page: Page, name: string): Promise<void> =>
  pane(page)
    .getByRole('button', { name: `Run ${name}`, exact: true })
    .click();

test('a sample runs to its end, is seen in other panes, and its text is kept', async ({ page }) => {
  await arrive(page);
  await openCode(page);
  await takeSample(page, 'Barrier');
  await expect(program(page, 'Barrier', 'not run yet')).toBeVisible();
  await expect(pane(page).locator('summary')).toContainText('Nobody passes as long as');
  // At ten times the speed it may be over before anybody has looked.
  await setSpeed(page, SPEED.real);
  await run(page, 'Barrier');
  await expect(ensemble(page).getByRole('button', { name: /^Session B, / })).toBeVisible(PATIENCE);
  await expect(program(page, 'Barrier', 'finished')).toBeVisible(PATIENCE);
  for (const colour of ['red', 'green', 'blue']) {
    await expect(output(page)).toContainText(new RegExp(`\\d+\\.\\d{3}\\s*${colour} passes`));
  }
  await page.goto('./');
  await openCode(page);
  await expect(program(page, 'Barrier', 'not run yet')).toBeVisible();
});

test('two programs contend for a lock while the leader crashes', async ({ page }) => {
  await arrive(page);
  await openCode(page);
  await takeSample(page, 'Lock');
  for (const name of ['Lock', 'Lock 2']) {
    await pane(page)
      .getByRole('list', { name: 'Programs' })
      .getByText(name, { exact: true })
      .click();
    await pane(page).getByRole('tab', { name: 'Program' }).click();
    await pane(page).getByRole('spinbutton', { name: 'Started together' }).fill('1');
    await run(page, name);
  }
  await expect(output(page)).toContainText('has the lock', PATIENCE);
  await leader(page);
  await page.getByRole('button', { name: 'Crash the leader' }).click();
  await expect(serversIn(page, 'down')).toHaveCount(1);
  await expect(program(page, 'Lock', 'finished')).toBeVisible(PATIENCE);
  await expect(program(page, 'Lock 2', 'finished')).toBeVisible(PATIENCE);
  const lines = await output(page).locator('p').allInnerTexts();
  const deeds = lines.filter((line) => /has the lock|gives it back/.test(line));
  expect(deeds).toHaveLength(12);
  const who = (line: string): string => (line.includes('Lock 2') ? 'Lock 2' : 'Lock');
  for (let n = 0; n < deeds.length; n += 2) {
    expect(deeds[n]).toContain('has the lock');
    expect(deeds[n + 1]).toContain('gives it back');
    expect(who(deeds[n + 1] ?? '')).toBe(who(deeds[n] ?? ''));
  }
  await expectAllSafe(page);
});

test('an endless loop is stopped, a mistake has its line, and Stop stops', async ({ page }) => {
  await arrive(page);
  await openCode(page);
  await writeNew(page, "const zk = await connect();\nlog('there');\nfor (;;);");
  await run(page, 'Program 2');
  await expect(program(page, 'Program 2', 'stopped: limit reached')).toBeVisible(PATIENCE);
  await expect(pane(page)).toContainText('A loop without an await never lets go');
  await expect(output(page)).toContainText('there');

  await writeNew(page, "const zk = await connect();\nawait zk.create('/no/such/parent');");
  await run(page, 'Program 3');
  await expect(program(page, 'Program 3', 'failed in line 2')).toBeVisible(PATIENCE);
  await expect(pane(page)).toContainText('KeeperErrorCode = NoNode for /no/such/parent');
  await expect(pane(page)).toContainText('await zk.ensure(path)');
  await pane(page).getByRole('button', { name: 'Line 2', exact: true }).click();
  await expect(pane(page).locator('.cm-lintRange-error')).toHaveText(/zk\.create/);

  await writeNew(page, 'const = 1;');
  await run(page, 'Program 4');
  await expect(program(page, 'Program 4', 'failed in line 1')).toBeVisible(PATIENCE);

  await writeNew(page, 'for (;;) await sleep(100);');
  await run(page, 'Program 5');
  await expect(program(page, 'Program 5', 'waiting')).toBeVisible(PATIENCE);
  await pane(page).getByRole('button', { name: 'Stop Program 5' }).click();
  await expect(program(page, 'Program 5', /stopped$|stopped\s*$/)).toBeVisible();
});
