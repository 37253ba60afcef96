/** Lessons: gone through by keyboard, shown, gone on with after a reload, failed and tried again. */
import type { Locator, Page } from '@playwright/test';
import {
  commandLine,
  consolePane,
  ensemble,
  inspector,
  messages,
  server,
  session,
  setSpeed,
  SPEED,
  tool,
  type,
  znodes,
} from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const LESSON = './#lesson=election/leader-dies';

const pane = (page: Page): Locator => page.getByRole('region', { name: 'Lesson', exact: true });
const article = (page: Page): Locator => pane(page).getByRole('article');
/** Its words, and the word of its state. */
const goal = (page: Page, words: string): Locator =>
  page
    .getByRole('region', { name: /^(Goals|目标)$/ })
    .locator('summary')
    .filter({ hasText: words });

/** The ensemble of the lesson stands still at its start. */
async function begin(page: Page): Promise<void> {
  await expect(pane(page).getByText('Time stands still.')).toBeVisible(PATIENCE);
  await setSpeed(page, SPEED.ten);
}

async function predict(page: Page, option: string): Promise<void> {
  const radio = pane(page).getByRole('radio', { name: option });
  await expect(radio).toBeEnabled();
  await radio.focus();
  await page.keyboard.press('Space');
  await expect(radio).toBeChecked();
}

/** Selects server 5 by its number, and crashes it by its key. */
async function crashFive(page: Page): Promise<void> {
  await article(page).focus();
  await page.keyboard.press('5');
  await page.keyboard.press('c');
  await expect(server(page, 5)).toHaveAccessibleName(/ down · /);
  await expect(goal(page, 'Crash the leader')).toContainText('met');
}

test('a whole lesson by keyboard, from the list to the debrief', async ({ page }) => {
  await page.goto('./');
  await expect(consolePane(page).getByRole('tab', { name: /^A\b/ })).toBeVisible();
  await page.keyboard.press('Shift+L');
  await pane(page).getByRole('searchbox', { name: 'Search lessons' }).focus();
  await page.keyboard.type('frozen leads next');
  const found = pane(page).getByRole('button', { name: /^not begun The leader dies/ });
  await found.focus();
  await page.keyboard.press('Enter');
  await begin(page);
  await predict(page, 'Server 3');
  await article(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(pane(page).getByRole('heading', { name: 'Crash the leader' })).toBeVisible();
  await crashFive(page);
  await page.keyboard.press('.');
  await expect(goal(page, 'Another server leads')).toContainText('met', PATIENCE);
  await expect(goal(page, 'You said who')).toContainText('met');
  await article(page).focus();
  await page.keyboard.press('ArrowRight');
  await pane(page).getByRole('button', { name: 'set /app two' }).focus();
  await page.keyboard.press('Enter');
  await expect(commandLine(page)).toHaveValue('set /app two');
  await expect(commandLine(page)).toBeFocused();
  await page.keyboard.press('Enter');
  const done = pane(page).getByRole('region', { name: 'Done' });
  await expect(done).toContainText('With 2 actions: nobody needs fewer.', PATIENCE);
  await expect(commandLine(page), 'success takes the focus from nobody').toBeFocused();
  await done.getByRole('button', { name: 'Why it worked' }).focus();
  await page.keyboard.press('Enter');
  await expect(pane(page).getByRole('heading', { name: 'Why it worked' })).toBeVisible();
  await pane(page).getByRole('button', { name: 'Leave the lesson' }).focus();
  await page.keyboard.press('Enter');
  await expect(pane(page).getByText(/^1 of \d+ done$/)).toBeVisible(PATIENCE);
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('the solution is played, and does not count', async ({ page }) => {
    await page.goto(`${LESSON}&seed=2`);
    const lesson = page.getByRole('region', { name: '课程', exact: true });
    await lesson.getByRole('button', { name: '演示给我看' }).click(PATIENCE);
    await lesson
      .getByRole('group', { name: '播放解法？' })
      .getByRole('button', { name: '播放' })
      .click();
    await expect(lesson.getByText('正在播放解法。')).toBeVisible();
    await page.getByRole('slider', { name: '速度' }).fill(String(SPEED.ten));
    const done = lesson.getByRole('region', { name: '完成' });
    await expect(done).toContainText('这就是解法', PATIENCE);
    await expect(goal(page, '/app 的值是 “two”')).toContainText('已达成');
    await lesson.getByRole('button', { name: '离开课程' }).click();
    await expect(lesson.getByText(/^已完成 0 \/ \d+$/)).toBeVisible(PATIENCE);
  });
});

test('after a reload a person goes on where they were', async ({ page }) => {
  await page.goto(LESSON);
  await begin(page);
  await predict(page, 'Server 3');
  await crashFive(page);
  await page.reload();
  await expect(goal(page, 'Crash the leader')).toContainText('met', PATIENCE);
  await expect(pane(page).getByRole('radio', { name: 'Server 3' })).toBeChecked();
  await expect(server(page, 5)).toHaveAccessibleName(/ down · /);
  await pane(page).getByRole('button', { name: 'Leave the lesson' }).click();
  await expect(pane(page).getByRole('button', { name: 'Continue: The leader dies' })).toBeVisible();
  await pane(page)
    .getByRole('button', { name: /^begun The leader dies/ })
    .click();
  await expect(pane(page).getByRole('button', { name: 'Resume mine' })).toBeVisible();
  await pane(page).getByRole('button', { name: 'Start fresh' }).click();
  await begin(page);
  await expect(goal(page, 'Crash the leader')).toContainText('open');
});

test('a wrong prediction fails, says why, and can be tried again', async ({ page }) => {
  await page.goto(LESSON);
  await begin(page);
  await predict(page, 'Server 1');
  await crashFive(page);
  await page.keyboard.press('.');
  await expect(goal(page, 'You said who')).toContainText('failed', PATIENCE);
  await expect(pane(page).getByText('It was otherwise: Server 3.')).toBeVisible();
  await expect(pane(page).getByText('This goal cannot be met any more')).toBeVisible();
  await pane(page).getByRole('button', { name: 'Retry' }).first().click();
  await begin(page);
  await expect(goal(page, 'You said who')).toContainText('open');
  await expect(goal(page, 'Crash the leader')).toContainText('open');
  await messages(page).getByRole('button', { name: 'Undo' }).click();
  await expect(goal(page, 'Crash the leader')).toContainText('met', PATIENCE);
});

test('one answers before it is due, is told of time that stands, and need not wait', async ({
  page,
}) => {
  await page.goto('./#lesson=znodes/kinds');
  const still = pane(page).getByText('Time stands still.');
  await expect(still).toBeVisible(PATIENCE);
  const chip = (line: string): Locator => pane(page).getByRole('button', { name: line });
  await chip('create /report done').click();
  await expect(commandLine(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(commandLine(page)).toHaveValue('');
  await expect(still, 'what was typed waits').toBeVisible();
  await pane(page).getByRole('button', { name: 'Play' }).click();
  await expect(still).toBeHidden();
  await chip('create -e /worker A').click();
  await page.keyboard.press('Enter');
  await expect(goal(page, 'belongs to A')).toContainText('met', PATIENCE);
  await expect(messages(page).getByRole('status')).toHaveCount(0);
  for (const heading of ['No children', 'The client is gone']) {
    await pane(page).getByRole('button', { name: 'Next' }).click();
    await expect(pane(page).getByRole('heading', { name: heading })).toBeVisible();
  }
  const skip = pane(page).getByRole('button', { name: 'Skip the wait' });
  await expect(skip, 'it would be over before one could answer').toBeDisabled();
  await predict(page, 'Only /report');
  await expect(skip).toBeEnabled();
  await expect(znodes(page), 'the tree is in front').toBeVisible();
  await session(page, 'A', 'connected to server 1').click();
  await inspector(page).getByRole('button', { name: 'Kill', exact: true }).click();
  // Six seconds of the ensemble: at a tenth of its speed a minute.
  await skip.click();
  await expect(goal(page, 'The leader expires')).toContainText('met', PATIENCE);
  await expect(pane(page).getByText('Right: Only /report.')).toBeVisible(PATIENCE);
  await expect(page.getByRole('slider', { name: 'Speed' })).toHaveValue(String(SPEED.tenth));
  await page.keyboard.press('Escape');
  await expect(znodes(page), 'the inspector was lent its place').toBeVisible();
});

test('the tree of a lesson is not compared with that of the ensemble before', async ({ page }) => {
  await page.goto('./#lesson=znodes/containers-and-ttl');
  await begin(page);
  await pane(page).getByRole('button', { name: 'Play' }).click();
  await type(page, 'create -c /locks');
  await expect(znodes(page).getByText('created', { exact: true })).toBeVisible(PATIENCE);
  await page.evaluate(() => (location.hash = '#lesson=znodes/stat'));
  await expect(pane(page).getByRole('heading', { name: 'Reading a Stat' })).toBeVisible(PATIENCE);
  await begin(page);
  await expect(znodes(page).getByText('No change yet.')).toBeVisible();
});

test('a program of the text is put where it runs', async ({ page }) => {
  await page.goto('./#lesson=znodes/multi');
  await begin(page);
  await predict(page, 'Nothing at all');
  await pane(page).getByRole('button', { name: 'Play' }).click();
  const put = pane(page).getByRole('button', { name: 'Put into Code' });
  await put.click();
  const code = page.getByRole('region', { name: 'Code', exact: true });
  await expect(code.getByText('All or nothing', { exact: true })).toHaveCount(1);
  await put.click();
  await expect(code.getByText('All or nothing', { exact: true }), 'it is there').toHaveCount(1);
  await code.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(goal(page, 'A multi fails at its check')).toContainText('met', PATIENCE);
  await expect(pane(page).getByText('Right: Nothing at all.')).toBeVisible();
});

test('a link is cut from its client as from its server', async ({ page }) => {
  await page.goto('./#lesson=sessions/expiry-or-disconnect');
  await begin(page);
  await pane(page).getByRole('button', { name: 'Play' }).click();
  await tool(page, /^Cut\b/).click();
  await session(page, 'A', 'connected to server 1').click();
  await expect(ensemble(page).getByText('Cut from session A: choose the other end.')).toBeVisible();
  await server(page, 1).click();
  await expect(messages(page)).toContainText('The link between session A and server 1 is cut.');
});

test('what a lesson is not meant for is not done, unless a person wants it all the same', async ({
  page,
}) => {
  await page.goto('./#lesson=first-contact/three-servers');
  await begin(page);
  await expect(pane(page).getByText('Meant for: console', { exact: true })).toBeVisible();
  const refused = messages(page).getByRole('alert').filter({
    hasText: 'Not a tool of this lesson: crash. It is meant for: console.',
  });
  const down = / down · /;
  await article(page).focus();
  await page.keyboard.press('2');
  await page.keyboard.press('c');
  await expect(refused).toBeVisible();
  await expect(server(page, 2)).not.toHaveAccessibleName(down);
  await refused.getByRole('button', { name: 'Use it all the same' }).click();
  await expect(server(page, 2)).toHaveAccessibleName(down);
  await tool(page, /^Restart\b/).click();
  await expect(server(page, 2)).not.toHaveAccessibleName(down);
  await expect(refused).toBeHidden();
  await pane(page).getByRole('button', { name: 'Retry' }).first().click();
  await begin(page);
  await server(page, 2).click();
  await tool(page, /^Crash\b/).click();
  await expect(refused).toBeVisible();
  await expect(server(page, 2)).not.toHaveAccessibleName(down);
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  const code = page.getByRole('region', { name: 'Code', exact: true });
  await code.getByRole('button', { name: /^Run / }).first().click();
  await expect(messages(page)).toContainText('Not a tool of this lesson: code.');
  await pane(page).getByRole('button', { name: 'Next' }).click();
  await expect(pane(page).getByText(/^Meant for/)).toHaveCount(0);
});

test('in Present there are notes, a poll that the run reveals, and a spotlight', async ({
  page,
}) => {
  await page.goto(LESSON);
  await begin(page);
  await page.getByRole('button', { name: /^View:/ }).click();
  await page.getByRole('menu').locator('[role^=menuitem]:visible', { hasText: 'Present' }).click();
  const notes = pane(page).locator('details.notes');
  await expect(notes.getByText('For who presents')).toBeVisible();
  const poll = pane(page).getByRole('group', { name: 'Ask the audience' }).first();
  const rows = poll.getByRole('button', { name: /^A vote for/ });
  await rows.first().focus();
  await page.keyboard.press('2');
  await page.keyboard.press('2');
  await page.keyboard.press('1');
  await expect(poll.getByText('3 votes')).toBeVisible();
  await expect(rows.nth(1)).toHaveAccessibleName(/2 so far/);
  await article(page).focus();
  await page.keyboard.press('z');
  const light = page.locator('.spotlight');
  await expect(light).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(light).toHaveCount(0);
});
