/** A run is passed on: by a link to a moment, by a name in this browser, by a file. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { fragmentOf, runOfFragment } from '../../src/ui/bugs/link.ts';
import {
  arrive,
  clickServer,
  ensemble,
  leader,
  messages,
  pauseButton,
  playButton,
  server,
  tool,
} from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const dialog = (page: Page): Locator =>
  page.getByRole('dialog', { name: 'Share and keep this run' });

async function openShare(page: Page): Promise<Locator> {
  await page.keyboard.press('Shift+S');
  await expect(dialog(page).getByText(/^The link has/)).toBeVisible();
  return dialog(page);
}

/** What the run is, to the last event. */
const state = (page: Page): Promise<{ events: number; hash: string }> =>
  page.evaluate(async () => {
    const { world } = (await window.zk?.checkpoint()) ?? { world: null };
    if (world === null) throw new Error('the page has its ensemble in window.zk');
    return { events: world.events, hash: JSON.stringify(world.hash) };
  });

/** A leader dies, another one leads; then time stands. @returns who leads now. */
async function story(page: Page): Promise<number> {
  await arrive(page);
  const { sid } = await leader(page);
  await clickServer(page, sid);
  await tool(page, /^Crash/).click();
  const next = await leader(page, [sid]);
  await pauseButton(page).click();
  await expect(playButton(page)).toBeVisible();
  return next.sid;
}

test('a link shows another person the same moment, in the same panes', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const sid = await story(page);
  await page.getByRole('button', { name: /^View/ }).click();
  await page.getByRole('menuitemradio', { name: /^Present/ }).click();
  await page.keyboard.press('Escape');
  const share = await openShare(page);
  await share.getByRole('button', { name: 'Copy link' }).click();
  await expect(messages(page)).toContainText('The link is copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.startsWith(`${baseURL ?? ''}/#run=`)).toBe(true);

  // On a machine of her own: nothing of the first one's browser is known there.
  const hers = await browser.newContext();
  await hers.addInitScript(() => localStorage.setItem('zookeeper-playground.tour', 'seen'));
  const other = await hers.newPage();
  await other.goto(link);
  await expect(playButton(other)).toBeVisible();
  await expect(
    ensemble(other).getByRole('button', {
      name: new RegExp(`^server ${String(sid)}, leading`),
    }),
  ).toBeVisible();
  const was = await state(page);
  await expect(async () => expect(await state(other)).toEqual(was)).toPass(PATIENCE);
  await expect(other.getByRole('region', { name: 'Console' })).toBeHidden();
  // Nothing of it is remembered: the other person's own panes are as they were.
  await other.goto('about:blank');
  await other.goto(baseURL ?? '');
  await expect(other.getByRole('region', { name: 'Console' })).toBeVisible();
  await hers.close();
});

test('a damaged link says so, and how to get a whole one', async ({ page }) => {
  await page.goto('/#run=abc.defg');
  await expect(page.getByRole('alert')).toContainText(/damaged.*copy the whole of it/s);
  await expect(server(page, 1)).toBeVisible();
});

test('a run is kept by name, survives a reload, and goes through a file', async ({ page }) => {
  const sid = await story(page);
  const was = await state(page);
  const share = await openShare(page);
  await share.getByRole('textbox', { name: 'Name', exact: true }).fill('who leads next');
  await share.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(share.getByRole('textbox', { name: /who leads next/ })).toBeVisible();
  const saving = page.waitForEvent('download');
  await share.getByRole('button', { name: 'Save “who leads next” as a file' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('who-leads-next.zkrun.json');
  const text = await readFile(await file.path(), 'utf8');

  await page.reload();
  await expect(server(page, 1)).toBeVisible();
  await page.keyboard.press('Shift+S');
  // What goes on from stored disks is passed on with them.
  await expect(dialog(page).getByText(/^The link (has|would have)/)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Open “who leads next”' }).click();
  await expect(
    ensemble(page).getByRole('button', { name: new RegExp(`^server ${String(sid)}, leading`) }),
  ).toBeVisible();
  await expect(async () => expect(await state(page)).toEqual(was)).toPass(PATIENCE);

  const again = await openShare(page);
  await again.getByRole('button', { name: 'Delete “who leads next”' }).click();
  await expect(again.getByText('Nothing is kept yet.')).toBeVisible();
  const bring = again.getByLabel(/^Open a file of a run/);
  await bring.setInputFiles({
    name: 'notes.json',
    mimeType: 'application/json',
    buffer: Buffer.from('[]'),
  });
  await expect(messages(page)).toContainText('notes.json cannot be opened: it is JSON, but not');
  const third = await openShare(page);
  await third.getByLabel(/^Open a file of a run/).setInputFiles({
    name: 'run.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
  await expect(async () => expect(await state(page)).toEqual(was)).toPass(PATIENCE);
});

test('a run of another build is tried only when one says so', async ({ page, context, quiet }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const sid = await story(page);
  const share = await openShare(page);
  await share.getByRole('button', { name: 'Copy link' }).click();
  await expect(messages(page)).toContainText('The link is copied');
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  const run = runOfFragment(link.hash);
  if (run.sight === undefined) throw new Error('a link says how the run was seen');
  const hash = fragmentOf({ ...run, sight: { ...run.sight, build: 'deadbeef' } });

  const other = await context.newPage();
  await page.close();
  await other.goto(`/${hash}`);
  const ask = other.getByRole('dialog', { name: 'A run of another build' });
  await expect(ask).toContainText(/recorded by build deadbeef; this is [0-9a-f]{8}/);
  // Until then one's own ensemble is there, and nothing of the run.
  await expect(other.getByRole('region', { name: 'Run', exact: true })).toBeHidden();
  await ask.getByRole('button', { name: 'Try it anyway' }).click();
  await expect(ask).toBeHidden();
  await expect(
    ensemble(other).getByRole('button', { name: new RegExp(`^server ${String(sid)}, leading`) }),
  ).toBeVisible();
  // It is the same build in truth, so it comes to the same.
  await expect(messages(other)).toContainText(/It came to the same \d+ events here/);
  expect(quiet.list).toEqual([]);
});
