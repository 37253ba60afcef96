/** A minority is cut off with the leader in it. */
import type { Locator } from '@playwright/test';
import {
  arrive,
  ask,
  clickServer,
  consolePane,
  ensemble,
  expectAllSafe,
  leader,
  messages,
  openSession,
  printed,
  server,
  serversIn,
  session,
  setSpeed,
  showSession,
  SPEED,
  tool,
  type,
} from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

test('its leader steps down, its clients wait, the majority serves, Heal mends it', async ({
  page,
}) => {
  // Real time for a lost quorum, an election and a return; twice that on a busy machine.
  test.setTimeout(120_000);
  await arrive(page);
  const first = await leader(page);
  const mate = first.sid === 1 ? 2 : 1;
  const [other = 0] = [1, 2, 3, 4, 5].filter((sid) => sid !== first.sid && sid !== mate);
  await openSession(page, 'B', [first.sid], 40);
  await ask(page, 'create /before value', /^Created/);
  await openSession(page, 'C', [other], 40);
  // From the cut to the mending B may miss at most its 40 virtual seconds, on a busy machine too.
  await setSpeed(page, SPEED.real);

  await test.step('Shift and a click choose the group, Partition cuts it off', async () => {
    await clickServer(page, first.sid, true);
    await clickServer(page, mate, true);
    await expect(page.getByText(/^Group: servers \d, \d/)).toBeVisible();
    await tool(page, /^Partition/).click();
    await expect(messages(page)).toContainText(/Parted from the rest: servers \d, \d\./);
  });

  await test.step('the minority looks for a leader and serves nobody', async () => {
    await expect(server(page, first.sid)).toHaveAccessibleName(/ looking · /);
    await expect(server(page, mate)).toHaveAccessibleName(/ looking · /);
    await expect(session(page, 'B', 'not connected')).toBeVisible();
    await showSession(page, 'B');
    await type(page, 'get /before');
    await expect(async () => {
      expect((await printed(page)).join('\n')).toMatch(/watch event: .*state:Disconnected/);
    }).toPass(PATIENCE);
    await expect(consolePane(page).getByText(/looking for a server/)).toBeVisible();
  });

  await test.step('the majority has a leader of its own, and writes', async () => {
    const second = await leader(page, [first.sid, mate]);
    expect(second.epoch).toBeGreaterThan(first.epoch);
    await expect(serversIn(page, 'following')).toHaveCount(2);
    await showSession(page, 'C');
    await ask(page, 'create /during value', /(^|\n)Created \/during$/);
  });

  await test.step('Heal brings the minority back, with what it missed', async () => {
    await tool(page, /^Heal/).click();
    await expect(messages(page)).toContainText('Every link is whole again.');
    await expect(session(page, 'B', 'connected')).toBeVisible();
    await expect(serversIn(page, 'following')).toHaveCount(4);
    await showSession(page, 'B');
    await ask(page, 'ls /', /^\[before, during, zookeeper\]$/);
  });
  await expectAllSafe(page);
});

test('a session goes with its server into the group, and stays connected to it', async ({
  page,
}) => {
  await arrive(page);
  const { sid } = await leader(page);
  const [away = 0, with_ = 0] = [1, 2, 3, 4, 5].filter((one) => one !== sid);
  await openSession(page, 'B', [away], 40);
  const docked = session(page, 'B', `connected to server ${String(away)}`);
  await clickServer(page, away, true);
  await clickServer(page, with_, true);
  await docked.focus();
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByText(/^Group: servers \d, \d, session B/)).toBeVisible();
  await setSpeed(page, SPEED.real);
  await tool(page, /^Partition/).click();
  await expect(messages(page)).toContainText(/Parted from the rest: servers \d, \d, session B\./);
  await ensemble(page).getByRole('button', { name: 'List', exact: true }).click();
  const cut = (from: number): Locator =>
    ensemble(page).getByRole('row', { name: `server ${String(from)} → session B` });
  await expect(cut(sid)).toBeVisible();
  await expect(cut(away)).toHaveCount(0);
  await ensemble(page).getByRole('button', { name: 'Ring', exact: true }).click();
  await tool(page, /^Heal/).click();
  await expect(docked).toBeVisible(PATIENCE);
  await expectAllSafe(page);
});
