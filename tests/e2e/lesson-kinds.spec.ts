/** A lesson, a bug hunt and a boss level, each gone through by keyboard, in both languages. */
import type { Locator, Page } from '@playwright/test';
import { SPEED } from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const LANGUAGES = ['en', 'zh-CN'] as const;

const goals = (page: Page): Locator => page.getByRole('region', { name: /^(Goals|目标)$/ });
const goal = (page: Page, words: RegExp): Locator =>
  goals(page).locator('summary').filter({ hasText: words });
const MET = /met|已达成/;
const done = (page: Page): Locator => page.getByRole('region', { name: /^(Done|完成)$/ });
const commandLine = (page: Page): Locator => page.locator('#console-input');
const article = (page: Page): Locator => page.getByRole('article');

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`./#lesson=${id}`);
  await expect(page.getByText(/Time stands still\.|时间静止。/)).toBeVisible(PATIENCE);
  await page.getByRole('slider', { name: /^(Speed|速度)$/ }).fill(String(SPEED.ten));
}

const playButton = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: /^(Play|播放)/ });

/** Time runs from here on. */
async function play(page: Page): Promise<void> {
  const button = playButton(page);
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(button).toHaveCount(0);
}

async function predict(page: Page, option: RegExp): Promise<void> {
  const radio = page.getByRole('radio', { name: option });
  await expect(radio).toBeEnabled();
  await expect(async () => {
    await radio.focus();
    await page.keyboard.press('Space');
    await expect(radio).toBeChecked({ timeout: 1000 });
  }).toPass(PATIENCE);
}

async function type(page: Page, line: string): Promise<void> {
  await commandLine(page).focus();
  await page.keyboard.type(line);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(commandLine(page)).toHaveValue('');
}

/** Selects a server by its number, and presses a key for it. */
async function press(page: Page, sid: number, key: string): Promise<void> {
  await article(page).focus();
  await page.keyboard.press(String(sid));
  await page.keyboard.press(key);
}

for (const locale of LANGUAGES) {
  test.describe(locale, () => {
    test.use({ locale });

    test('a lesson', async ({ page }) => {
      await open(page, 'election/leader-dies');
      await predict(page, /^(Server|服务器) 3/);
      await press(page, 5, 'c');
      await expect(goal(page, /Crash the leader|让 leader 崩溃/)).toContainText(MET, PATIENCE);
      await page.keyboard.press('.');
      await expect(goal(page, /Another server leads|另一台服务器/)).toContainText(MET, PATIENCE);
      await type(page, 'set /app two');
      await expect(done(page)).toBeVisible(PATIENCE);
    });

    test('a bug hunt', async ({ page }) => {
      await open(page, 'bug-hunt/roll-over');
      await predict(page, /runs over|溢出/);
      await play(page);
      await type(page, 'create /n 0');
      for (let n = 1; n <= 7; n++) await type(page, `set /n ${String(n)}`);
      await expect(goal(page, /C\.1/)).toContainText(MET, PATIENCE);
      // Time stands still wherever something breaks; what was predicted takes eight seconds.
      await expect(async () => {
        const goOn = playButton(page);
        if (await goOn.isVisible()) await goOn.press('Enter');
        await expect(done(page)).toBeVisible({ timeout: 1000 });
      }).toPass(PATIENCE);
    });

    test('a boss level', async ({ page }) => {
      await open(page, 'boss/blackout');
      await play(page);
      const leading = page.getByRole('button', { name: /(server|服务器) \d.*leading/ });
      for (const sid of [3, 4, 1]) await press(page, sid, 'r');
      await expect(leading.first()).toBeVisible(PATIENCE);
      for (const sid of [2, 5]) await press(page, sid, 'r');
      await expect(goal(page, /all five serve|五台都提供服务/)).toContainText(MET, PATIENCE);
      await expect(done(page)).toBeVisible(PATIENCE);
    });
  });
}
