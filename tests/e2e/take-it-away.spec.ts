/** Data leave the page for real ZooKeeper, and come to it: as a person does both. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator, Page } from '@playwright/test';
import { arrive, ask, expectAllSafe, leader, messages, settle, znodes } from './support/person.ts';
import { expect, test } from './support/playground.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What would keep somebody out, as `rule: element`. */
async function barriers(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(where: string, o: RunOptions): Promise<AxeResults> };
    };
    const { violations } = await axe.run('dialog', { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
  });
}

const REAL = new URL('../fixtures/real/', import.meta.url);

interface Given {
  readonly name: string;
  readonly bytes: Buffer;
}

function real(path: string): Given {
  return { name: path.slice(path.lastIndexOf('/') + 1), bytes: readFileSync(new URL(path, REAL)) };
}

const standalone = ['snapshot.0', 'snapshot.48', 'log.1', 'log.49'].map((name) =>
  real(`standalone/${name}`),
);

const dialog = (page: Page): Locator => page.getByRole('dialog');
const takeButton = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: /^Take it to real ZooKeeper/ });
const bringButton = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: /^Bring it here/ });

/** Drops files anywhere on the page, as from a file manager. */
async function drop(page: Page, files: readonly Given[]): Promise<void> {
  const data = await page.evaluateHandle(
    (given) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      return transfer;
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })),
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
  await expect(page.getByText('Drop to look into it').first()).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect(dialog(page)).toBeVisible();
}

async function openIn(page: Page, voters: number): Promise<void> {
  await dialog(page)
    .getByRole('radio', { name: String(voters) })
    .check({ force: true });
  await dialog(page).getByRole('button', { name: 'Open as a new ensemble' }).click();
  await expect(dialog(page).getByRole('alertdialog')).toContainText(
    'Replace the present ensemble?',
  );
  await dialog(page).getByRole('button', { name: 'Replace it' }).click();
  await expect(dialog(page)).toBeHidden();
}

test('what is taken away comes back as the same tree', async ({ page, computer }) => {
  await arrive(page);
  await ask(page, 'create /p one', /^Created/);
  await ask(page, 'create -s /p/seq- two', /^Created/);
  await ask(page, 'create -c /box', /^Created/);
  await ask(page, 'create -e /mine here', /^Created/);
  await ask(page, 'create /locked secret digest:bob:x1:cdrwa', /^Created/);
  await ask(page, 'set /p three', /^$/);
  const before = await ask(page, 'ls -R /', /locked/);
  const stat = await ask(page, 'stat /p', /cZxid/);

  const downloading = page.waitForEvent('download');
  await takeButton(page).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('zookeeper-ensemble.zip');
  await expect(messages(page)).toContainText('is downloaded');
  const zip = { name: 'zookeeper-ensemble.zip', bytes: readFileSync(await download.path()) };

  const other = await computer.switchOn();
  await arrive(other);
  await drop(other, [zip]);
  await expect(dialog(other).getByRole('tab')).toHaveCount(5);
  await expect(dialog(other)).toContainText('Real ZooKeeper starts from this');
  await openIn(other, 3);
  await expect(messages(other)).toContainText('opened in an ensemble of 3');
  expect((await leader(other)).epoch).toBe(2);
  await settle(other);
  expect(await ask(other, 'ls -R /', /locked/)).toEqual(before);
  expect(await ask(other, 'stat /p', /cZxid/)).toEqual(stat);
  await expectAllSafe(other);
  // Like any other ensemble it is kept in this browser.
  await other.reload();
  await settle(other);
  expect(await ask(other, 'get /p', /^three$/)).toEqual(['three']);
});

test('data of a real server are looked into and opened, and the way back is there', async ({
  page,
}) => {
  await arrive(page);
  await ask(page, 'create /here before', /^Created/);
  await drop(page, standalone);
  const files = dialog(page).getByRole('table', { name: 'Files' });
  await expect(
    files.getByRole('row', { name: /^log\.1 .*72 transactions 0x1 … 0x48/ }),
  ).toBeVisible();
  await expect(dialog(page)).toContainText('66 znodes, last zxid 0x52, 1 open session.');

  await files.getByRole('button', { name: 'snapshot.48' }).click();
  const records = dialog(page).getByRole('region', { name: 'Records of snapshot.48' });
  await records.getByText('/container', { exact: true }).click();
  await expect(records.getByText('world:anyone:cdrwa').filter({ visible: true })).toHaveCount(1);

  await openIn(page, 3);
  await expect(znodes(page).getByText('66 znodes')).toBeVisible();
  // The list builds the rows in sight: what is sought comes into it.
  await znodes(page)
    .getByPlaceholder(/name, data/)
    .fill('after-snapshot');
  await expect(znodes(page).getByText('after-snapshot').first()).toBeVisible();
  await messages(page).getByRole('button', { name: 'Undo' }).click();
  await settle(page);
  await ask(page, 'get /here', /^before$/);
  await expectAllSafe(page);
});

test('damage is pointed out, and what refuses to start is not opened', async ({ page }) => {
  await arrive(page);
  const files = standalone.filter(({ name }) => name !== 'log.49');
  await drop(page, [...files, real('damaged/bitflip-mid-log/log.49')]);
  await expect(dialog(page)).toContainText('Real ZooKeeper refuses to start from this');
  await expect(dialog(page)).toContainText('CRC check failed after 0x4d');
  const records = dialog(page).getByRole('region', { name: 'Records of log.49' });
  await expect(records.getByRole('listitem').last()).toHaveText(
    /At byte 584: CRC check failed\s+The server does not start\./,
  );
  await expect(dialog(page).getByRole('button', { name: 'Open as a new ensemble' })).toBeDisabled();
});

test('a file over the limit is refused by its name', async ({ page }) => {
  await arrive(page);
  await bringButton(page).click();
  const chooser = page.waitForEvent('filechooser');
  await dialog(page).getByRole('button', { name: 'Choose files' }).click();
  const path = test.info().outputPath('snapshot.77');
  writeFileSync(path, Buffer.alloc(65 * 1024 * 1024, 1));
  await (await chooser).setFiles(path);
  await expect(dialog(page).getByRole('alert')).toHaveText(
    /snapshot\.77 is 65\.0 MiB; the limit is 64\.0 MiB\./,
  );
});

for (const theme of ['light', 'dark'] as const) {
  test(`no barrier in the dialog, in the ${theme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await arrive(page);
    await bringButton(page).click();
    await expect(dialog(page)).toBeVisible();
    await page.evaluate(readFileSync(AXE, 'utf8'));
    expect(await barriers(page), 'with nothing in it').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(bringButton(page)).toBeFocused();
    const files = standalone.filter(({ name }) => name !== 'log.49');
    await drop(page, [...files, real('damaged/bitflip-mid-log/log.49')]);
    await expect(dialog(page)).toContainText('CRC check failed after 0x4d');
    await dialog(page).getByText('0x4b').click();
    expect(await barriers(page), 'with a damaged log').toEqual([]);
    await dialog(page).getByRole('button', { name: 'Other files' }).click();
    await drop(page, standalone);
    await dialog(page).getByRole('button', { name: 'snapshot.48' }).click();
    await dialog(page).getByRole('button', { name: 'Open as a new ensemble' }).click();
    expect(await barriers(page), 'when it asks').toEqual([]);
  });
}
