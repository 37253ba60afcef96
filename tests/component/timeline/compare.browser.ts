import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import TimelinePane from '../../../src/ui/timeline/TimelinePane.svelte';
import { createFakeChronicle } from '../fake-chronicle.ts';
import { stage } from '../right/stage.ts';

test('a comparison that takes long says how far it is, and can be stopped', async () => {
  const chronicle = createFakeChronicle();
  const { playground } = await stage(TimelinePane, { chronicle });
  const open = page.getByRole('button', { name: 'Compare …' });
  await expect.element(open).toBeEnabled();
  await playground.pause();

  let answer = (): void => undefined;
  chronicle.wait = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await open.click();
  const dialog = page.getByRole('dialog', { name: 'Compare two moments' });
  const bar = dialog.getByRole('progressbar', { name: 'Comparing …' });
  await expect.element(bar).toBeVisible();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect.element(dialog.getByText(/^Stopped/)).toBeVisible();
  expect(bar.query()).toBeNull();

  // What comes now is of no use; asked again, it is there.
  const asked = chronicle.calls.filter((call) => call === 'compare').length;
  chronicle.wait = Promise.resolve();
  answer();
  await expect.element(dialog.getByText(/^Stopped/)).toBeVisible();
  expect(chronicle.calls.filter((call) => call === 'compare')).toHaveLength(asked);
  await dialog.getByRole('button', { name: 'Compare once more' }).click();
  await expect.element(dialog.getByRole('table')).toBeVisible();
});
