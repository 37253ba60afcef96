/** Breaking things, by click and by key; what is refused, and why; time and the shape of the world. */
import type { Page } from '@playwright/test';
import {
  arrive,
  ask,
  clickServer,
  cutLink,
  ensemble,
  expectAllSafe,
  inspector,
  leader,
  messages,
  openLog,
  openSession,
  server,
  serversIn,
  settle,
  tool,
  type,
  znodes,
  pauseButton,
  playButton,
} from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const clock = async (page: Page): Promise<number> =>
  Number.parseFloat(await page.getByRole('timer', { name: 'Virtual time' }).innerText());

const eventCount = async (page: Page): Promise<number> => {
  const foot = await page.getByRole('contentinfo').innerText();
  return Number((/([\d,]+) events/.exec(foot)?.[1] ?? '').replaceAll(',', ''));
};

const follower = async (page: Page): Promise<number> => ((await leader(page)).sid === 1 ? 2 : 1);

test('crash and restart, freeze and go on, by click', async ({ page }) => {
  await arrive(page);
  const sid = await follower(page);
  await clickServer(page, sid);
  await tool(page, /^Crash/).click();
  await expect(server(page, sid)).toHaveAccessibleName(/ down · .*crashed/);
  await expect(ensemble(page).getByText(/without server \d\. Restart it/)).toBeVisible();
  await tool(page, /^Restart/).click();
  await expect(server(page, sid)).toHaveAccessibleName(/ following · /);

  await tool(page, /^(Pause|Freeze)/).click();
  await expect(server(page, sid)).toHaveAccessibleName(/ (paused|frozen)/);
  await tool(page, /^(Resume|Thaw)/).click();
  await expect(server(page, sid)).toHaveAccessibleName(/ following · /);
  await expectAllSafe(page);
});

test('the same by key, and a refusal gives its reason', async ({ page }) => {
  await arrive(page);
  const sid = await follower(page);
  const keys = page.keyboard;
  await keys.press('c');
  await expect(messages(page)).toContainText(/Select a server first/);
  await keys.press(String(sid));
  await expect(server(page, sid)).toHaveAttribute('aria-pressed', 'true');
  await keys.press('r');
  await expect(messages(page).getByRole('alert')).toContainText(/server ?\d is running/i);

  await keys.press('Shift+C');
  await expect(server(page, sid)).toHaveAccessibleName(/ down · /);
  await keys.press('c');
  await expect(messages(page).getByRole('alert').last()).toContainText(/is down already/);
  await keys.press('r');
  await expect(server(page, sid)).toHaveAccessibleName(/ following · /);
  await keys.press('p');
  await expect(server(page, sid)).toHaveAccessibleName(/ (paused|frozen)/);
  await keys.press('p');
  await expect(server(page, sid)).toHaveAccessibleName(/ following · /);
  await expectAllSafe(page);
});

test('a cut link shows its mark, and a press on the mark mends it', async ({ page }) => {
  await arrive(page);
  const { sid } = await leader(page);
  const other = sid === 1 ? 2 : 1;
  await cutLink(page, sid, other);
  await expect(ensemble(page).getByText(/Links are cut/)).toBeVisible();
  await expect(tool(page, /^Heal/)).toBeEnabled();
  const mark = ensemble(page).getByRole('button', { name: /is cut\. Heal it$/ });
  await mark.focus();
  await page.keyboard.press('Enter');
  await expect(mark).toBeHidden();
  await expect(tool(page, /^Heal/)).toBeDisabled();
});

test('on a full disk a server ends with a clear message, and recovers when there is room', async ({
  page,
}) => {
  await arrive(page);
  const sid = await follower(page);
  await clickServer(page, sid);
  await tool(page, /^Disk/).click();
  await page.getByRole('menuitemcheckbox', { name: /^Full/ }).click();
  await expect(server(page, sid)).toHaveAccessibleName(/full disk/);
  await page.keyboard.press('Escape');
  await ask(page, 'sync /', /^Sync is OK|^$/i);
  await openSession(page, 'B', [(await leader(page)).sid]);
  await ask(page, 'create /during value', /^Created/);
  await expect(server(page, sid)).toHaveAccessibleName(/ down · .*the disk could not be written/);
  await inspector(page)
    .getByRole('tab', { name: /^State/ })
    .click();
  await expect(inspector(page)).toContainText(/the disk could not be written: .*space/i);

  await tool(page, /^Disk/).click();
  await page.getByRole('menuitemcheckbox', { name: /^Full/ }).click();
  await page.keyboard.press('Escape');
  await tool(page, /^Restart/).click();
  await expect(server(page, sid)).toHaveAccessibleName(/ following · /);
  await ask(page, 'get /during', /^value$/);
  await expectAllSafe(page);
});

test('a damaged log stops the server at its start, and both page and log say why', async ({
  page,
}) => {
  await arrive(page);
  for (const n of [1, 2, 3]) await ask(page, `create /n${String(n)} value`, /^Created/);
  const sid = await follower(page);
  await clickServer(page, sid);
  await tool(page, /^Disk/).click();
  const flip = page.getByRole('menuitem', { name: /^Flip a bit in the log/ });
  await expect(flip).toBeDisabled();
  await page.keyboard.press('Escape');

  await tool(page, /^Crash/).click();
  await expect(server(page, sid)).toHaveAccessibleName(/ down · /);
  await tool(page, /^Disk/).click();
  await flip.click();
  await expect(messages(page)).toContainText(/The disk of server \d is damaged/);
  await tool(page, /^Restart/).click();
  await expect(server(page, sid)).toHaveAccessibleName(/ down · .*CRC check failed/);
  await inspector(page)
    .getByRole('tab', { name: /^State/ })
    .click();
  await expect(inspector(page)).toContainText(/CRC check failed/);
  await expect(await openLog(page, sid)).toContainText(/CRC check failed/);
  await ask(page, 'ls /', /^\[n1, n2, n3, zookeeper\]$/);

  await test.step('wiped, it comes back and learns everything from the leader', async () => {
    await tool(page, /^Disk/).click();
    await page.getByRole('menuitem', { name: /^Wipe/ }).click();
    await tool(page, /^Restart/).click();
    await expect(server(page, sid)).toHaveAccessibleName(/ following · /);
    await expect(server(page, sid)).toHaveAccessibleName(/0x100000004/);
  });
});

test('time stands still, goes step by step, and at any speed', async ({ page }) => {
  await arrive(page);
  await pauseButton(page).click();
  const play = playButton(page);
  await expect(play).toBeVisible();

  await test.step('a command waits, and the page says what for', async () => {
    await type(page, 'create /later');
    await expect(page.getByText(/Time stands still/)).toBeVisible();
  });
  await test.step('each step goes on, and stops', async () => {
    for (const step of ['Event', 'Packet', 'Notable', 'Phase']) {
      const before = await eventCount(page);
      await page.getByRole('button', { name: step, exact: true }).first().click();
      await expect.poll(() => eventCount(page), PATIENCE).toBeGreaterThan(before);
      await expect(play).toBeVisible();
    }
    await page.keyboard.press('ArrowRight');
    await expect(play).toBeVisible();
  });
  await test.step('the keys play, and change the speed', async () => {
    // The step's button has the focus, and Space would press it once more.
    await page.getByRole('heading', { name: 'Ensemble' }).click();
    const slider = page.getByRole('slider', { name: 'Speed' });
    const speed = await slider.getAttribute('aria-valuetext');
    await page.keyboard.press(']');
    await expect(slider).not.toHaveAttribute('aria-valuetext', speed ?? '');
    await page.keyboard.press('[');
    await expect(slider).toHaveAttribute('aria-valuetext', speed ?? '');
    await page.keyboard.press('Space');
    await expect(pauseButton(page)).toBeVisible();
  });
  await expect(znodes(page).getByRole('treeitem', { name: /^later, / })).toBeVisible();
});

test('start over empties the disks; a new ensemble has the servers that were chosen', async ({
  page,
}) => {
  await arrive(page);
  await ask(page, 'create /gone', /^Created/);
  await page.getByRole('button', { name: 'Start over' }).click();
  const before = await clock(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
  await expect.poll(() => clock(page).catch(() => before), PATIENCE).toBeLessThan(before);
  await settle(page);
  await ask(page, 'ls /', /^\[zookeeper\]$/);

  for (const [voters, observers] of [
    [3, 1],
    [7, 2],
  ] as const) {
    await page.getByRole('button', { name: /^\d voters?/ }).click();
    const dialog = page.getByRole('dialog', { name: 'New ensemble' });
    await choose(dialog, 'Voters', voters);
    await choose(dialog, 'Observers', observers);
    await dialog.getByRole('button', { name: 'Start this ensemble' }).click();
    await expect(ensemble(page).getByRole('button', { name: /^server \d, / })).toHaveCount(
      voters + observers,
    );
    await settle(page);
    await expect(serversIn(page, 'following')).toHaveCount(voters - 1);
    await expect(serversIn(page, 'observing')).toHaveCount(observers);
    await ask(page, 'create /here', /^Created/);
  }
  await expectAllSafe(page);
});

async function choose(
  dialog: ReturnType<Page['getByRole']>,
  group: string,
  count: number,
): Promise<void> {
  const options = dialog.getByRole('group', { name: group });
  await options.getByText(String(count), { exact: true }).click();
  await expect(options.getByRole('radio', { name: String(count) })).toBeChecked();
}
