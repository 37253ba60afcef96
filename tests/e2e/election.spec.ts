/** The first ten seconds: the page opens on an ensemble that elects a leader and serves. */
import {
  arrive,
  ask,
  ensemble,
  expectAllSafe,
  leader,
  printed,
  serversIn,
  session,
  SPEED,
} from './support/person.ts';
import { expect, test } from './support/playground.ts';

test('on load five servers elect a leader and serve a first session', async ({ page }) => {
  await page.goto('./');
  const ring = ensemble(page).getByRole('group', { name: /^Ring of 5 servers/ });
  await expect(ring.getByRole('button', { name: /^server \d, / })).toHaveCount(5);
  const first = await leader(page);
  expect(first.epoch).toBe(1);
  await expect(serversIn(page, 'following')).toHaveCount(4);

  await test.step('a sentence says what to try, with the button that does it', async () => {
    await expect(ensemble(page).getByText(/leads epoch 1\..*Crash the leader/)).toBeVisible();
    await expect(ensemble(page).getByRole('button', { name: 'Crash the leader' })).toBeEnabled();
  });
  await test.step('session A is connected', async () => {
    await arrive(page, SPEED.ten);
    await expect(session(page, 'A', 'connected to server \\d')).toBeVisible();
    expect((await printed(page)).join('\n')).toMatch(/state:SyncConnected type:None/);
    await ask(page, 'ls /', /^\[zookeeper\]$/);
  });
  await expectAllSafe(page);
});

test('virtual time goes on by itself', async ({ page }) => {
  await arrive(page);
  const clock = page.getByRole('timer', { name: 'Virtual time' });
  const before = await clock.innerText();
  await expect(clock).not.toHaveText(before);
});
