/** Time is a thing to hold: what was done is undone, and the past has more than one future. */
import type { Page } from '@playwright/test';
import {
  arrive,
  clickServer,
  ensemble,
  expectAllSafe,
  leader,
  messages,
  pauseButton,
  server,
  SPEED,
  settle,
  tool,
} from './support/person.ts';
import { expect, test } from './support/playground.ts';

const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' });

async function crash(page: Page, sid: number): Promise<void> {
  await clickServer(page, sid);
  await tool(page, /^Crash/).click();
  await expect(down(page, sid)).toBeVisible();
}

const down = (page: Page, sid: number) =>
  ensemble(page).getByRole('button', { name: new RegExp(`^server ${String(sid)}, down`) });

const leading = (page: Page, sid: number) =>
  ensemble(page).getByRole('button', { name: new RegExp(`^server ${String(sid)}, leading`) });

/** The branches that the timeline lists. */
async function branches(page: Page): Promise<number> {
  const text = await timeline(page)
    .getByRole('button', { name: /^\d+ branch/ })
    .innerText();
  return Number(/\d+/.exec(text)?.[0]);
}

test('a crash of the leader is undone, and done again', async ({ page }) => {
  await arrive(page);
  const first = await leader(page);
  await crash(page, first.sid);
  const second = await leader(page, [first.sid]);
  expect(second.epoch).toBeGreaterThan(first.epoch);

  await page.keyboard.press('Control+z');
  await expect(leading(page, first.sid)).toBeVisible();
  await expect(messages(page)).toContainText(`Undone: server ${String(first.sid)} is killed`);
  // It is the same ensemble, and it lives: nobody takes the lead from it.
  await expectAllSafe(page);
  await messages(page).getByRole('button', { name: 'Redo' }).click();
  await expect(down(page, first.sid)).toBeVisible();
  expect((await leader(page, [first.sid])).sid).toBe(second.sid);
});

test('what is done in the past is another future, and both are kept', async ({ page }) => {
  await arrive(page, SPEED.fifth);
  await pauseButton(page).click();
  const { sid } = await leader(page);
  const [one, other] = [1, 2, 3, 4, 5].filter((n) => n !== sid);
  if (one === undefined || other === undefined) throw new Error('there are five servers');
  await crash(page, one);
  await expect.poll(() => branches(page)).toBe(1);

  // Before the crash: the last event of any kind.
  await page.keyboard.press('ArrowLeft');
  await expect(timeline(page)).toContainText('in the past');
  await expect(down(page, one)).toBeHidden();
  await crash(page, other);
  await expect(down(page, one)).toBeHidden();
  await expect(timeline(page)).not.toContainText('in the past');
  await expect.poll(() => branches(page)).toBe(2);

  await timeline(page)
    .getByRole('button', { name: /^\d+ branch/ })
    .click();
  const list = page.getByRole('list', { name: 'Branches and bookmarks' });
  await list.getByRole('button', { name: 'First run', exact: true }).click();
  await expect(down(page, one)).toBeVisible();
  await expect(server(page, other)).toBeVisible();
  await expect(down(page, other)).toBeHidden();
  await list.getByRole('button', { name: /^Branch \d+$/ }).click();
  await expect(down(page, other)).toBeVisible();

  // A reload is a power failure: everybody starts again, on this future's disks.
  await page.reload();
  await settle(page);
  await leader(page);
  await expectAllSafe(page);
});
