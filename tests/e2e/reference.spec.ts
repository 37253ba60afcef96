/** The reference: found by words, in both languages, and a command goes to the console. */
import { expect, test } from '@playwright/test';
import { arrive } from './support/person.ts';

test('a term, a packet and a state are found; a command is put into the console', async ({
  page,
}) => {
  await arrive(page);
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog', { name: 'Reference' });
  await expect(dialog.getByText('quorum', { exact: true }).first()).toBeVisible();
  await dialog.getByRole('searchbox').fill('ackepoch');
  await expect(dialog.getByText('follower → leader · observer → leader')).toBeVisible();
  await dialog.getByRole('searchbox').fill('');
  await dialog.getByRole('button', { name: 'States' }).click();
  await expect(dialog.getByRole('img', { name: 'Chart of a server’s states' })).toBeVisible();
  await dialog.getByRole('button', { name: 'zkCli' }).click();
  await dialog.getByRole('button', { name: 'getAllChildrenNumber' }).click();
  await expect(page.locator('#console-input')).toHaveValue('getAllChildrenNumber ');
});
