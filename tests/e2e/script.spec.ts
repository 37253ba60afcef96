/** The action script: its mistakes are marked, it runs, and scenarios are scripts. */
import type { Page } from '@playwright/test';
import { arrive, serversIn } from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const pane = (page: Page) => page.getByRole('region', { name: 'Script', exact: true });
const editor = (page: Page) => page.getByRole('textbox', { name: 'Action script' });

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('tab', { name: 'Script', exact: true }).click();
  await editor(page).fill(text);
}

test('a mistake is marked, said in a sentence, and gone when it is mended', async ({ page }) => {
  await arrive(page);
  await write(page, 'when leader serves: crahs leader\nafter 2s restart last');
  await expect(pane(page).locator('.cm-lintRange-error')).toHaveText('crahs');
  await expect(pane(page).getByRole('status')).toContainText('Did you mean “crash”?');
  await pane(page).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(editor(page)).toBeFocused();
  await expect(page.getByRole('button', { name: 'Back to my ensemble' })).toBeHidden();

  await write(page, 'when leader serves: crash leader\nafter 2s restart last');
  await expect(pane(page).locator('.cm-lintRange-error')).toHaveCount(0);
  await expect(pane(page).getByRole('status')).toHaveText('');

  await test.step('Escape and then Tab leaves the editor', async () => {
    await editor(page).focus();
    // The first one closes the list of words, if there is one.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect(editor(page)).not.toBeFocused();
  });
});

test('from here: the crash takes place, its line is marked, and it is written down', async ({
  page,
}) => {
  await arrive(page);
  // Down for some seconds of a person's time: a shorter moment may pass between two looks.
  await write(page, '# who wins?\nafter 500ms crash leader\nafter 40s restart last');
  await pane(page).getByRole('button', { name: 'Run from here' }).click();
  await expect(serversIn(page, 'down')).toHaveCount(1, PATIENCE);
  await expect(serversIn(page, 'down')).toHaveCount(0, PATIENCE);
  await expect(pane(page).getByRole('status')).toContainText('Done: 2 actions', PATIENCE);
  await expect(pane(page).locator('.cm-progress')).toContainText('✓');
  await pane(page)
    .getByRole('tab', { name: /^Recorded/ })
    .click();
  const recorded = pane(page).getByRole('textbox', { name: /^What was done/ });
  await expect(recorded).toContainText(/at [\d.]+s crash 5.*at [\d.]+s restart 5/);

  await test.step('a line that cannot be done is told, and nothing happens', async () => {
    await pane(page).getByRole('tab', { name: 'Mine' }).click();
    await write(page, 'crash 1\ncrash 1');
    await pane(page).getByRole('button', { name: 'Run from here' }).click();
    await expect(pane(page).getByRole('status')).toContainText('server 1 is down already');
    await expect(serversIn(page, 'down')).toHaveCount(0);
  });
});

test('a scenario is found, seen, and left again for one’s own ensemble', async ({ page }) => {
  await arrive(page);
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Scenarios' });
  await dialog.getByRole('searchbox').fill('leader crashes');
  await expect(dialog.getByRole('heading', { name: 'The leader crashes' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog).toBeHidden(PATIENCE);
  const strip = page.getByRole('region', { name: 'Run', exact: true });
  await expect(strip).toContainText('The leader crashes');
  await expect(serversIn(page, 'down')).toHaveCount(1, PATIENCE);
  await page.getByRole('tab', { name: 'Script', exact: true }).click();
  await expect(editor(page)).toContainText('crash leader');
  await strip.getByRole('button', { name: 'Back to my ensemble' }).click();
  await expect(strip).toBeHidden(PATIENCE);
});
