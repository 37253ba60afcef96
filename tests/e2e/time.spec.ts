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

test('branches, their names and bookmarks are there again after a reload', async ({ page }) => {
  await arrive(page, SPEED.fifth);
  await pauseButton(page).click();
  const { sid } = await leader(page);
  const [one, other] = [1, 2, 3, 4, 5].filter((n) => n !== sid);
  if (one === undefined || other === undefined) throw new Error('there are five servers');
  await crash(page, one);
  await expect.poll(() => branches(page)).toBe(1);
  await timeline(page).getByRole('button', { name: 'Bookmark this moment' }).click();
  await page.keyboard.press('ArrowLeft');
  await expect(timeline(page)).toContainText('in the past');
  await crash(page, other);
  await expect.poll(() => branches(page)).toBe(2);
  await timeline(page)
    .getByRole('button', { name: /^Rename Branch/ })
    .click();
  await timeline(page).getByRole('textbox', { name: 'Name' }).fill('the other one');
  await page.keyboard.press('Enter');
  await expect(
    timeline(page).getByRole('button', { name: 'the other one', exact: true }),
  ).toBeVisible();
  // It is in the store soon after the last change.
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const db = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open('zookeeper-playground/pasts');
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(new Error('no store'));
        });
        const all = await new Promise<unknown[]>((resolve) => {
          const request = db.transaction('keyval').objectStore('keyval').getAll();
          request.onsuccess = () => resolve(request.result);
        });
        db.close();
        return JSON.stringify(all, (_, value: unknown) =>
          typeof value === 'bigint' ? String(value) : value,
        );
      }),
    )
    .toContain('the other one');

  await page.reload();
  await expect(messages(page)).toContainText(
    'The run before the reload is kept: 2 branches, 1 bookmark.',
  );
  await messages(page).getByRole('button', { name: 'Bring back' }).click();
  await expect(page.getByRole('region', { name: 'Run', exact: true })).toContainText(
    'Branches of before',
  );
  await expect.poll(() => branches(page)).toBe(2);
  await expect(down(page, other)).toBeVisible();
  const unfold = timeline(page).getByRole('button', { name: /^\d+ branch/ });
  if ((await unfold.getAttribute('aria-expanded')) !== 'true') await unfold.click();
  await expect(
    timeline(page).getByRole('button', { name: 'the other one', exact: true }),
  ).toBeVisible();

  const marks = timeline(page).getByRole('list', { name: 'Bookmarks', exact: true });
  await marks.getByRole('button', { name: /^at / }).click();
  await expect(down(page, one)).toBeVisible();
  await expect(down(page, other)).toBeHidden();
  await marks.getByRole('button', { name: /^Delete at / }).click();
  await expect(marks).toBeHidden();
  await messages(page).getByRole('button', { name: 'Undo' }).click();
  await expect(marks.getByRole('button', { name: /^at / })).toBeVisible();
});

test('what stands on the strip is gone through by keys, and says its name', async ({ page }) => {
  await arrive(page, SPEED.fifth);
  const { sid } = await leader(page);
  const away = [1, 2, 3, 4, 5].find((n) => n !== sid) ?? 0;
  await crash(page, away);
  await tool(page, /^Restart/).click();
  await expect(down(page, away)).toBeHidden();
  await pauseButton(page).click();
  await expect(timeline(page).getByTitle(/starts again/)).toBeVisible();
  const said = timeline(page).locator('.at-mark');
  await timeline(page).getByRole('slider', { name: 'Moment in sight' }).focus();
  const seen: string[] = [];
  for (let n = 0; n < 3; n++) {
    await page.keyboard.press('Shift+ArrowLeft');
    await expect(said).not.toHaveText(seen.at(-1) ?? '');
    seen.push((await said.textContent())?.trim() ?? '');
  }
  expect(seen[0]).toMatch(new RegExp(`^server ${String(away)} starts again`));
  expect(seen.slice(1).join(' / ')).toMatch(new RegExp(`server ${String(away)} is killed`));
  expect(seen.slice(1).join(' / ')).toMatch(new RegExp(`Down: server ${String(away)}`));
  await expect(said).toHaveAttribute('role', 'status');
  await timeline(page).getByRole('button', { name: 'Next mark' }).click();
  await expect(said).toContainText(seen[1] ?? '');
});
