/** The classroom: an exercise is made, solved, handed in and verified; an assignment is gone through. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { arrive, ask, setSpeed, SPEED, type } from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const classroom = (page: Page): Locator => page.getByRole('dialog', { name: 'Classroom' });
const pane = (page: Page): Locator => page.getByRole('region', { name: 'Lesson', exact: true });

async function openClassroom(page: Page, part: string): Promise<Locator> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog').getByRole('combobox');
  await palette.fill(`Classroom: ${part}`);
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(
    `Classroom: ${part}`,
  );
  await page.keyboard.press('Enter');
  await expect(classroom(page)).toBeVisible();
  return classroom(page);
}

async function saved(page: Page, button: Locator): Promise<string> {
  const coming = page.waitForEvent('download');
  await button.click();
  const download = await coming;
  return readFile(await download.path(), 'utf8');
}

const asFile = (name: string, text: string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});

/** Of two writes, with the first as its likely beginning. */
async function make(page: Page, title: string): Promise<Locator> {
  await arrive(page);
  await ask(page, 'create /app one', /Created \/app/);
  await type(page, 'set /app two');
  await ask(page, 'get /app', /two/);
  const room = await openClassroom(page, 'make an exercise');
  await expect(
    room.getByRole('checkbox', { name: /\/app is there with the data “two”/ }),
  ).toBeChecked(PATIENCE);
  await room.getByRole('textbox', { name: 'Title' }).fill(title);
  await expect(room.getByText('Verified: your run solves it')).toBeVisible(PATIENCE);
  return room;
}

async function solve(page: Page): Promise<void> {
  await expect(pane(page).getByText('Time stands still.')).toBeVisible(PATIENCE);
  await pane(page).getByRole('button', { name: 'Play' }).click();
  await setSpeed(page, SPEED.ten);
  await ask(page, 'create /app two', /Created \/app/);
  await expect(pane(page).getByRole('region', { name: 'Done' })).toBeVisible(PATIENCE);
}

test('an exercise is made, solved, handed in and verified; a changed answer is found out', async ({
  page,
}) => {
  const room = await make(page, 'Write it');
  await room.getByRole('textbox', { name: 'What is to be done' }).fill('Make `/app` **two**.');
  await room.getByRole('button', { name: 'Try it' }).click();
  await expect(pane(page).getByRole('heading', { name: 'Write it' })).toBeVisible(PATIENCE);
  await solve(page);
  await openClassroom(page, 'hand in');
  await expect(room.getByText('Nothing leaves this browser by itself.')).toBeVisible();
  await expect(room.getByRole('checkbox', { name: /^Write it.* solved 1 action/ })).toBeChecked();
  await room.getByRole('textbox', { name: 'Your name' }).fill('Ada');
  const text = await saved(page, room.getByRole('button', { name: 'Save answer file' }));
  await room.getByRole('tab', { name: 'Hand in' }).focus();
  await page.keyboard.press('ArrowRight');
  await room
    .getByLabel('Choose files')
    .and(page.locator('input'))
    .setInputFiles([
      asFile('ada.json', text),
      asFile('eve.json', text.replace('create /app two', 'create /app 222')),
    ]);
  const rows = room.getByRole('region', { name: 'Verdicts' }).getByRole('row');
  await expect(rows).toHaveCount(3, PATIENCE);
  await expect(rows.nth(1)).toContainText(/Ada\s*Write it\s*solved\s*2 \/ 2/);
  await expect(rows.nth(2)).toContainText('altered');
  const csv = await saved(page, room.getByRole('button', { name: 'Save as CSV' }));
  expect(csv.split('\r\n').map((line) => line.split(',')[3])).toEqual([
    'verdict',
    'solved',
    'altered',
    undefined,
  ]);
});

test('an assignment is put together by keyboard; its link opens, and goes on', async ({ page }) => {
  const room = await make(page, 'Write it');
  await room.getByRole('button', { name: 'Add to the assignment' }).click();
  await room.getByRole('tab', { name: /^Assignment/ }).click();
  await room.getByRole('searchbox').fill('leader dies');
  await room.getByRole('button', { name: 'Add The leader dies' }).click();
  await room.getByRole('textbox', { name: 'Title' }).fill('Week 3');
  const entries = room.getByRole('list', { name: 'Entries' }).getByRole('listitem');
  await entries.nth(1).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(entries.nth(0)).toContainText('The leader dies');
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Delete');
  await expect(entries).toHaveCount(1);
  await room.getByRole('button', { name: 'Undo' }).click();
  await expect(entries.nth(1)).toContainText('The leader dies');
  await room.getByRole('button', { name: 'Open it as a student does' }).click();
  await expect(page).toHaveURL(/#assignment=/);
  // As somebody to whom the link was sent.
  await page.reload();
  await expect(pane(page).getByText('0 of 2 done')).toBeVisible(PATIENCE);
  await pane(page)
    .getByRole('button', { name: /Write it/ })
    .click();
  await solve(page);
  await pane(page)
    .getByRole('button', { name: /The leader dies/ })
    .click();
  await expect(pane(page).getByRole('heading', { name: 'The leader dies' })).toBeVisible(PATIENCE);
  await expect(pane(page).getByText('Time stands still.')).toBeVisible(PATIENCE);
  await pane(page).getByRole('button', { name: 'Leave the lesson' }).click();
  await expect(pane(page).getByText('1 of 2 done')).toBeVisible(PATIENCE);
});
