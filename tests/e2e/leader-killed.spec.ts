/** The leader dies: nothing that was acknowledged is lost, and the old leader finds its way back. */
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
  printed,
  serversIn,
  SPEED,
  setSpeed,
  showSession,
  tool,
  type,
  pauseButton,
  playButton,
} from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const WRITES = 24;

/** Paths that the console reported as created. */
async function acknowledged(page: Page): Promise<string[]> {
  const lines = await printed(page);
  return lines.flatMap((line) => /^Created \/(w-\d+)$/.exec(line)?.[1] ?? []);
}

test('killed under load, a new leader has every acknowledged write', async ({ page }) => {
  await arrive(page);
  const first = await leader(page);
  await pauseButton(page).click();
  for (let n = 1; n <= WRITES; n += 1) await type(page, `create /w-${String(n)} value`);
  await setSpeed(page, SPEED.fifth);
  await playButton(page).click();
  await expect(async () => {
    expect((await acknowledged(page)).length).toBeGreaterThan(2);
  }).toPass(PATIENCE);

  await ensemble(page).getByRole('button', { name: 'Crash the leader' }).click();
  await expect(messages(page)).toContainText(`Server ${String(first.sid)} crashed.`);
  expect((await acknowledged(page)).length, 'the writes still ran').toBeLessThan(WRITES);
  await setSpeed(page, SPEED.ten);
  const second = await leader(page, [first.sid]);
  expect(second.epoch).toBeGreaterThan(first.epoch);

  // The last line is answered only after all others.
  const [children = ''] = await ask(page, 'ls /', /^\[.*w-.*\]$/);
  const there = children.slice(1, -1).split(', ');
  const created = await acknowledged(page);
  expect(created.length).toBeGreaterThan(2);
  expect(there).toEqual(expect.arrayContaining(created));

  await test.step('the old leader restarts, synchronises and follows', async () => {
    await clickServer(page, first.sid);
    await tool(page, /^Restart/).click();
    await expect(serversIn(page, 'following')).toHaveCount(4);
    const log = await openLog(page, first.sid);
    await expect(log).toContainText(/\b(DIFF|TRUNC|SNAP)\b/i);
    await inspector(page)
      .getByRole('tab', { name: /^State/ })
      .click();
    await expect(inspector(page)).toContainText(/following/);
  });
  await ask(page, 'get /w-1', /^value$/);
  await expectAllSafe(page);
});

test('a write that only the old leader had is cut off its log: TRUNC', async ({ page }) => {
  await arrive(page);
  await ask(page, 'create /before value', /^Created/);
  const first = await leader(page);
  await openSession(page, 'B', [first.sid], 40);

  await test.step('with every link to its peers cut, it logs what no quorum will have', async () => {
    await pauseButton(page).click();
    for (const sid of [1, 2, 3, 4, 5].filter((sid) => sid !== first.sid)) {
      await cutLink(page, first.sid, sid);
    }
    await playButton(page).click();
    await setSpeed(page, SPEED.tenth);
    await type(page, 'create /lonely value');
    const grid = page.getByRole('region', { name: 'Log', exact: true });
    await expect(
      grid.getByRole('gridcell', { name: /create \/lonely: on the platter/ }),
    ).toBeVisible();
    await clickServer(page, first.sid);
    await tool(page, /^Crash/).click();
    await expect(messages(page)).toContainText(`Server ${String(first.sid)} crashed.`);
  });

  // The others elect among themselves first: a healed link would still deliver the proposal.
  await setSpeed(page, SPEED.ten);
  await leader(page, [first.sid]);

  await test.step('it returns before anything was written in the new epoch', async () => {
    await setSpeed(page, SPEED.real);
    await tool(page, /^Heal/).click();
    await clickServer(page, first.sid);
    await tool(page, /^Restart/).click();
    await expect(serversIn(page, 'following')).toHaveCount(4);
    await expect(await openLog(page, first.sid)).toContainText(/\bTRUNC\b|Truncating/i);
  });
  await setSpeed(page, SPEED.ten);
  await showSession(page, 'A');
  await ask(page, 'ls /', /^\[before, zookeeper\]$/);
  await expectAllSafe(page);
});
