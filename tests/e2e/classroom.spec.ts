/** The classroom: an exercise is made, solved, handed in and verified; an assignment is gone through. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import {
  arrive,
  ask,
  clickServer,
  leader,
  server,
  setSpeed,
  SPEED,
  tool,
  type,
} from './support/person.ts';
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
  await pane(page).getByRole('button', { name: 'Hand in …' }).click();
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

async function crash(page: Page, sid: number): Promise<void> {
  await clickServer(page, sid);
  await tool(page, /^Crash/).click();
  await expect(server(page, sid)).toHaveAccessibleName(/ down · .*crashed/);
}

test('a prediction is asked, and answered by who opens its link; goals have an order', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await arrive(page);
  const old = await leader(page);
  await crash(page, old.sid);
  const next = await leader(page, [old.sid]);
  const room = await openClassroom(page, 'make an exercise');
  const elected = room.getByRole('checkbox', { name: `Server ${String(next.sid)} is elected` });
  await expect(elected).toBeChecked(PATIENCE);
  await room.getByRole('textbox', { name: 'Title' }).fill('Who is next?');

  await room.getByRole('button', { name: 'Who will lead?' }).click();
  const question = room.getByRole('group', { name: 'Question 1' });
  await expect(question.getByRole('textbox', { name: 'What is asked' })).toBeFocused();
  await expect(question).toContainText('The checklist gives the answer away');
  await elected.uncheck();
  await expect(question).not.toContainText('The checklist gives the answer away');
  await room.getByRole('checkbox', { name: /^1? ?You do this: crash server/ }).check();
  await room.getByRole('checkbox', { name: /At the end a leader serves/ }).check();
  await room
    .getByRole('combobox', { name: 'When goal 2 counts' })
    .selectOption({ label: `only after goal 1: You do this: crash server ${String(old.sid)}` });
  await expect(room.getByText('Verified: your run solves it')).toBeVisible(PATIENCE);

  // Without the answer that came about, nothing answers the question.
  const place = await question
    .getByRole('textbox', { name: /^Answer \d/ })
    .evaluateAll(
      (inputs, sid) =>
        inputs.findIndex((input) => (input as HTMLInputElement).value === `Server ${String(sid)}`),
      next.sid,
    );
  await question.getByRole('button', { name: `Remove answer ${String(place + 1)}` }).click();
  await expect(room.getByText(/answers “Who will lead\?” with none of its answers/)).toBeVisible(
    PATIENCE,
  );
  await expect(room.getByRole('button', { name: 'Copy link' })).toBeDisabled();
  await room.getByRole('button', { name: 'Undo' }).click();
  await expect(room.getByText('Verified: your run solves it')).toBeVisible(PATIENCE);
  await room.getByRole('button', { name: 'Copy link' }).click();
  await expect(room.getByText(/The link is copied/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const hers = await browser.newContext();
  await hers.addInitScript(() => localStorage.setItem('zookeeper-playground.tour', 'seen'));
  const other = await hers.newPage();
  await other.goto(link);
  await expect(pane(other).getByText('Time stands still.')).toBeVisible(PATIENCE);
  const asked = pane(other).getByRole('radiogroup', { name: 'Who will lead?' });
  await asked.getByRole('radio', { name: `Server ${String(next.sid)}` }).check();
  await pane(other).getByRole('button', { name: 'Play' }).click();
  await setSpeed(other, SPEED.ten);
  await crash(other, old.sid);
  await expect(pane(other).getByRole('region', { name: 'Done' })).toBeVisible(PATIENCE);
  await expect(asked.getByRole('radio', { checked: true })).toBeDisabled();
  await hers.close();
});

test('an exercise of one’s own is deleted, and comes back', async ({ page }) => {
  const room = await make(page, 'Write it');
  await room.getByRole('button', { name: 'Add to the assignment' }).click();
  await room.getByRole('textbox', { name: 'Title' }).fill('Write it again');
  await room.getByRole('button', { name: 'Add to the assignment' }).click();
  await room.getByRole('tab', { name: /^Assignment/ }).click();
  const other = room.getByRole('button', { name: 'Delete “Write it”' });
  await room.getByRole('button', { name: 'Delete “Write it again”' }).press('Enter');
  await expect(other).toBeFocused();
  await other.press('Enter');
  await expect(room.getByRole('button', { name: /^Delete/ })).toHaveCount(0);
  await expect(room.getByRole('group', { name: 'To choose from' })).toBeFocused();
  await expect(room.getByText('“Write it” is deleted.')).toBeVisible();
  await room.getByRole('button', { name: 'Undo' }).click();
  await expect(other).toBeVisible();
  // What was not brought back is gone for good.
  await page.reload();
  await openClassroom(page, 'put an assignment');
  await expect(room.getByRole('button', { name: /^Delete/ })).toHaveCount(1);
  await expect(other).toBeVisible();
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
