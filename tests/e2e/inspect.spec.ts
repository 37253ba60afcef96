/** Looking inside: what a server says of itself, and what differs between two that should agree. */
import type { Page } from '@playwright/test';
import {
  arrive,
  ask,
  clickServer,
  inspector,
  leader,
  messages,
  serverOfSession,
  serversIn,
  SPEED,
  tool,
  znodes,
} from './support/person.ts';
import { expect, test } from './support/playground.ts';

const form = (page: Page, name: string) => inspector(page).getByRole('form', { name });

test('mntr is read from a server, explained, and goes on as time does', async ({ page }) => {
  await arrive(page);
  await clickServer(page, (await leader(page)).sid);
  await inspector(page).getByRole('tab', { name: '4lw' }).click();
  const figure = (name: string) =>
    inspector(page).getByRole('row').filter({ hasText: name }).getByRole('cell');
  await expect(figure('zk_server_state')).toHaveText('leader');
  await expect(inspector(page).getByRole('table')).toContainText('Znodes in its tree.');
  const znodesBefore = Number(await figure('zk_znode_count').innerText());
  await ask(page, 'create /counted', /Created/);
  await expect(figure('zk_znode_count')).toHaveText(new RegExp(`${String(znodesBefore + 1)}$`));
});

test('what is pinned stays beside another server, and what differs is marked', async ({ page }) => {
  await arrive(page);
  const { sid } = await leader(page);
  const other = [1, 2, 3].find((n) => n !== sid) ?? 0;
  await clickServer(page, sid);
  await inspector(page).getByRole('button', { name: 'Pin', exact: true }).click();
  await clickServer(page, other);
  const row = inspector(page).getByRole('row').filter({ hasText: /state/ }).first();
  await expect(row).toContainText('differs:');
  await expect(row.getByRole('cell')).toHaveText(['LEADING', 'FOLLOWING']);
  const same = inspector(page).getByRole('row').filter({ hasText: 'currentEpoch' }).first();
  await expect(same).not.toContainText('differs:');
  await inspector(page).getByRole('button', { name: 'Unpin' }).click();
  await expect(inspector(page).getByRole('tab', { name: 'State' })).toBeVisible();
});

test('a znode is changed from the tree; the line that does it stands there first', async ({
  page,
}) => {
  await arrive(page);
  await ask(page, 'create /shop v1', /Created/);
  await znodes(page).getByRole('treeitem', { name: /^shop/ }).click();
  await inspector(page).getByRole('button', { name: 'Set', exact: true }).click();
  const setting = form(page, 'Set the data of /shop');
  await setting.getByRole('textbox', { name: 'Data' }).fill('open all day');
  await expect(setting.getByLabel('Command')).toContainText('set -v 0 /shop "open all day"');
  await setting.getByRole('button', { name: 'Run' }).click();
  await expect(setting.getByRole('status', { name: 'Answer' })).toContainText('Done.');
  await expect(znodes(page).getByRole('treeitem', { name: /^shop/ })).toContainText('open all day');

  await inspector(page).getByRole('button', { name: 'Delete', exact: true }).click();
  const deleting = form(page, 'Delete /shop');
  await deleting.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(znodes(page).getByRole('treeitem', { name: /^shop/ })).toBeHidden();
  await messages(page).getByRole('button', { name: 'Undo' }).last().click();
  await expect(znodes(page).getByRole('treeitem', { name: /^shop/ })).toContainText('open all day');
});

test('a server that is cut off holds another tree: marked, and laid beside', async ({ page }) => {
  await arrive(page, SPEED.real);
  await ask(page, 'create /config v1', /Created/);
  const { sid } = await leader(page);
  const mine = await serverOfSession(page, 'A');
  const lonely = [1, 2, 3, 4, 5].find((n) => n !== sid && n !== mine) ?? 0;
  await expect(serversIn(page, 'following')).toHaveCount(4);
  await clickServer(page, lonely, true);
  await tool(page, /^Partition/).click();
  await ask(page, 'set /config v2', /^$/);
  const pane = znodes(page);
  await pane.getByRole('combobox', { name: 'Tree of' }).selectOption(String(lonely));
  await expect(pane.getByRole('treeitem', { name: /^config.*another one at/ })).toBeVisible();
  await pane.getByRole('button', { name: 'Compare …' }).click();
  await pane.getByRole('combobox', { name: 'Compare with' }).selectOption(String(mine));
  await expect(pane).toContainText('1 znode differs.');
  await pane.getByRole('treeitem', { name: /^config differs: data/ }).click();
  const data = pane
    .getByRole('row')
    .filter({ hasText: /^≠ data/ })
    .first();
  await expect(data.getByRole('cell')).toHaveText(['v1', 'v2']);
});
