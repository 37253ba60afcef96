/** The page for those who use no mouse, no sight, a small window, or no motion. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from '@playwright/test';
import {
  arrive,
  clickServer,
  commandLine,
  ensemble,
  expectAllSafe,
  leader,
  server,
  serversIn,
  pauseButton,
} from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What would keep somebody out, as `rule: element`. */
async function barriers(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`),
    );
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`no barrier on the page, in the ${theme} theme, wide and narrow`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width: 1440, height: 900 });
    await arrive(page);
    // Nothing moves while it is looked at.
    await pauseButton(page).click();
    await page.evaluate(await readFile(AXE, 'utf8'));
    expect(await barriers(page), 'wide').toEqual([]);
    await clickServer(page, (await leader(page)).sid);
    expect(await barriers(page), 'wide, with a server in the inspector').toEqual([]);
    await page.keyboard.press('e');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await barriers(page), 'the dialog of a new ensemble').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
    expect(await barriers(page), 'the palette').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^View:/ }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    expect(await barriers(page), 'the menu of panes').toEqual([]);
    await page.keyboard.press('Escape');

    await page.setViewportSize({ width: 390, height: 844 });
    for (const pane of ['Console', 'Log', 'ZNodes', 'Inspector', 'Events']) {
      const tabs = page.getByRole('tablist', { name: /^Panes here/ });
      await tabs.getByRole('tab', { name: pane, exact: true }).click();
      expect(await barriers(page), `narrow, ${pane}`).toEqual([]);
    }
  });
}

/** Dialogs by the key that opens them. */
const DIALOGS = { 'Shift+S': 'Share and keep this run', s: 'Scenarios', b: 'Hunt bugs', '?': '' };

for (const theme of ['light', 'dark'] as const) {
  test(`no barrier in dialogs, panes and tabs, in the ${theme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width: 1440, height: 900 });
    await arrive(page);
    await pauseButton(page).click();
    await page.evaluate(await readFile(AXE, 'utf8'));
    for (const [key, name] of Object.entries(DIALOGS)) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog', name === '' ? {} : { name })).toBeVisible();
      expect(await barriers(page), `the dialog of ${key}`).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
    for (const pane of ['Script', 'Code', 'Space-time', 'Histories', 'Metrics']) {
      await page.getByRole('tab', { name: pane, exact: true }).click();
      await expect(page.getByRole('region', { name: pane, exact: true })).toBeVisible();
      expect(await barriers(page), pane).toEqual([]);
    }
    await clickServer(page, (await leader(page)).sid);
    const tabs = page.getByRole('region', { name: 'Inspector' }).getByRole('tab');
    for (const tab of await tabs.all()) {
      await tab.click();
      await expect(tab).toHaveAttribute('aria-selected', 'true');
      expect(await barriers(page), `inspector, ${await tab.innerText()}`).toEqual([]);
    }
    await page.keyboard.press('Shift+L');
    const lessons = page.getByRole('region', { name: 'Lesson', exact: true });
    const found = lessons.getByRole('button', { name: /^not begun The leader dies/ });
    await expect(found).toBeVisible();
    expect(await barriers(page), 'the list of lessons').toEqual([]);
    await found.click();
    await expect(lessons.getByText('Time stands still.')).toBeVisible(PATIENCE);
    expect(await barriers(page), 'a lesson').toEqual([]);
    await page.evaluate(() => (location.hash = '#lesson=drills/quorum-lost'));
    const operator = page.getByRole('region', { name: 'Operator', exact: true });
    for (const tab of ['All servers', 'zk1', 'Console output']) {
      await operator.getByRole('tab', { name: tab }).click(PATIENCE);
      expect(await barriers(page), `a drill, ${tab}`).toEqual([]);
    }
  });
}

test('the whole loop by keyboard alone', async ({ page }) => {
  await arrive(page);
  const keys = page.keyboard;
  await test.step('the console: in by /, out by Escape and Tab', async () => {
    await keys.press('/');
    await expect(commandLine(page)).toBeFocused();
    await keys.type('create /typed value');
    await keys.press('Enter');
    await expect(page.getByRole('log', { name: /console printed/i })).toContainText(/Created/);
    await keys.press('Escape');
    await keys.press('Tab');
    await expect(commandLine(page)).not.toBeFocused();
  });
  const first = await leader(page);
  await test.step('select the leader, crash it, see another, restart it', async () => {
    await keys.press(String(first.sid));
    await expect(server(page, first.sid)).toHaveAttribute('aria-pressed', 'true');
    await keys.press('c');
    await expect(server(page, first.sid)).toHaveAccessibleName(/ down · /);
    await leader(page, [first.sid]);
    await keys.press('r');
    await expect(serversIn(page, 'following')).toHaveCount(4);
  });
  await test.step('a group with Shift and Enter, a partition, and Heal', async () => {
    await keys.press('Escape');
    const minority = server(page, 1);
    await minority.focus();
    await keys.press('Shift+Enter');
    await expect(minority).toHaveAttribute('aria-pressed', 'true');
    await keys.press('g');
    await expect(ensemble(page).getByText(/Links are cut/)).toBeVisible();
    await keys.press('h');
    await expect(ensemble(page).getByText(/Links are cut/)).toBeHidden();
  });
  await test.step('the sheet of keys opens by ? and closes by Escape', async () => {
    await keys.press('?');
    await expect(page.getByRole('dialog', { name: /Keyboard shortcuts/ })).toBeVisible();
    await keys.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });
  await expectAllSafe(page);
});

test('Tab comes to every part of the page, and is never caught', async ({ page }) => {
  await arrive(page);
  await pauseButton(page).click();
  await page.locator('body').press('Escape');
  const parts = new Set<string>();
  for (let stop = 0; stop < 150 && !parts.has('Console'); stop += 1) {
    await page.keyboard.press('Tab');
    const part = await page.evaluate(() =>
      document.activeElement?.closest('header, footer, section')?.getAttribute('aria-label'),
    );
    if (typeof part === 'string') parts.add(part);
    if (part === 'Console') await page.keyboard.press('Escape');
  }
  expect([...parts]).toEqual(
    expect.arrayContaining(['ZNodes', 'Events', 'Ensemble', 'Log', 'Inspector', 'Console']),
  );
});

test('with reduced motion nothing moves by itself', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await arrive(page);
  await clickServer(page, (await leader(page)).sid);
  const moving = (): Promise<number> =>
    page.evaluate(
      () =>
        document.getAnimations().filter(({ effect, playState }) => {
          const { duration, iterations } = effect?.getComputedTiming() ?? {};
          const long = typeof duration === 'number' && duration > 20;
          return playState === 'running' && (long || iterations === Infinity);
        }).length,
    );
  await expect.poll(moving, PATIENCE).toBe(0);
});
