import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import App from '../../../src/App.svelte';
import '../../../src/ui/theme.css';
import type { Frame } from '../../../src/sim/frame.ts';
import { cannedFrame, cannedProperties } from '../canned-frames.ts';
import { createFakePlayground, type FakePlayground } from '../fake-playground.ts';

beforeEach(async () => {
  localStorage.clear();
  localStorage.setItem('zookeeper-playground.tour', 'seen');
  localStorage.setItem('zookeeper-playground.locale', 'en');
  localStorage.setItem('zookeeper-playground.theme', 'light');
  await page.viewport(1440, 900);
});

afterEach(() => {
  localStorage.clear();
  history.replaceState(null, '', location.pathname + location.search);
});

async function open(frame = cannedFrame()): Promise<FakePlayground> {
  const fake = createFakePlayground({ frame });
  await render(App, { client: fake });
  await expect.element(page.getByRole('group', { name: /^Ring of/ })).toBeVisible();
  await expect.poll(() => fake.calls).toContain('set off 0.1');
  await fake.pause();
  fake.calls.length = 0;
  return fake;
}

/** The canned moment, in which TotalOrder breaks; a row of the events tells of it. */
function broken(): Frame {
  const frame = cannedFrame();
  const row = frame.trace.at(-1);
  if (row === undefined) throw new Error('there are no events');
  const index = row.index + 1;
  const said = { ...row, index, kind: 'violation' as const, text: 'TotalOrder', interesting: true };
  const properties = cannedProperties('TotalOrder').map((property) =>
    property.holds ? property : { ...property, event: index },
  );
  return { ...frame, properties, trace: [...frame.trace, said] };
}

const strip = () => page.getByRole('alert', { name: /TotalOrder broke at 3\.240 s/ });
const key = (keys: string): Promise<void> => userEvent.keyboard(keys);

test('a property that breaks is told once, and shown everywhere on demand', async () => {
  const fake = await open();
  fake.show(broken());
  await expect.element(strip()).toHaveTextContent('Server 2 delivered 0x300000005 third');
  await strip().getByRole('button', { name: 'Show' }).click();
  const row = page.getByRole('region', { name: 'Events' }).getByRole('button', {
    name: /TotalOrder/,
  });
  await expect.element(row).toHaveAttribute('aria-current', 'true');
  await expect.element(row).toHaveFocus();
  expect(document.querySelectorAll('.server .halo.accused')).toHaveLength(2);
  expect(document.querySelectorAll('.head.accused')).toHaveLength(2);
  await key('{Escape}');
  await expect.poll(() => document.querySelectorAll('.accused')).toHaveLength(0);
  await strip().getByRole('button', { name: 'Dismiss' }).click();
  await expect.element(strip()).not.toBeInTheDocument();
  fake.show({ ...broken() });
  await expect.element(strip()).not.toBeInTheDocument();
});

test('the lamps: what is broken comes first, the parts unfold to their meanings', async () => {
  await open(broken());
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const list = inspector.getByRole('list', { name: 'violated' });
  await expect.element(list).toHaveTextContent(/TotalOrder.*broken at 3\.240 s/);
  await expect.element(list).toHaveTextContent(/last true at 3\.200 s/);
  await inspector.getByText('Protocol', { exact: true }).click();
  await inspector.getByText('Integrity', { exact: true }).click();
  await expect.element(inspector.getByText(/Nothing comes from nowhere/)).toBeVisible();
  await expect.element(inspector.getByText('true now')).toBeVisible();
});

test('the monkey comes by its key, is as wild as its dial says, and goes', async () => {
  const fake = await open();
  await key('m');
  await expect.poll(() => fake.calls.join()).toBe('setMonkey 4,setSpeed 1,play');
  const dial = page.getByRole('slider', { name: /Intensity/ });
  await dial.fill('9');
  await expect.poll(() => fake.calls).toContain('setMonkey 9');
  await expect.element(dial).toHaveAttribute('aria-valuetext', '9 of 10');
  await page.getByRole('button', { name: 'Call it off' }).click();
  await expect.poll(() => fake.calls.at(-1)).toBe('setMonkey null');
  await expect.element(dial).not.toBeInTheDocument();
});

test('the gallery opens by its key, is gone through by arrows, and closes', async () => {
  await open();
  await key('b');
  const dialog = page.getByRole('dialog', { name: 'Hunt bugs' });
  await expect.element(dialog).toBeVisible();
  const first = dialog.getByRole('button', { name: 'Epochs are reused' });
  (first.element() as HTMLElement).focus();
  await key('{ArrowDown}');
  await expect
    .element(dialog.getByRole('heading', { name: 'Votes ignore the epoch' }))
    .toBeVisible();
  await expect
    .element(dialog.getByRole('button', { name: 'Votes ignore the epoch' }))
    .toHaveFocus();
  await expect
    .element(dialog.getByRole('link', { name: 'ZOOKEEPER-1082' }))
    .toHaveAttribute('href', 'https://issues.apache.org/jira/browse/ZOOKEEPER-1082');
  await key('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
});

test('a search goes on behind the closed dialog, and is there when it opens again', async () => {
  await open();
  await key('b');
  const dialog = page.getByRole('dialog', { name: 'Hunt bugs' });
  await dialog.getByRole('button', { name: 'Epochs are reused' }).click();
  await dialog.getByRole('button', { name: 'Start the swarm' }).click();
  const status = dialog.getByText(/^[\d,]+ runs? · /);
  await expect.element(status, { timeout: 20_000 }).toBeVisible();
  await key('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await key('b');
  await expect.element(status).toBeVisible();
  // Another bug has a search of its own, and the way back leads to the one before.
  await dialog.getByRole('button', { name: 'Votes ignore the epoch' }).click();
  await expect.element(status).not.toBeInTheDocument();
  await dialog.getByRole('button', { name: 'Epochs are reused' }).click();
  await expect.element(status).toBeVisible();
});

test('a bug by hand: an ensemble beside the own one, with a banner and ways back', async () => {
  const fake = await open();
  await key('b');
  const dialog = page.getByRole('dialog', { name: 'Hunt bugs' });
  await dialog.getByRole('button', { name: 'Epochs are reused' }).click();
  await dialog.getByRole('button', { name: 'Open the ensemble' }).click();
  await expect.poll(() => fake.calls).toContain('open memory 1');
  // What the own ensemble has stored is not wiped.
  expect(fake.calls).not.toContain('close wipe');
  const banner = page.getByRole('region', { name: 'Run' });
  await expect.element(banner).toHaveTextContent('An ensemble beside yours');
  await banner.getByRole('button', { name: 'Back to my ensemble' }).click();
  await expect.poll(() => fake.calls).toContain('open durable 42');
  await expect.element(banner).not.toBeInTheDocument();
});

test('a damaged link says what is wrong, and the own ensemble opens', async () => {
  history.replaceState(null, '', '#run=abcdef');
  const fake = createFakePlayground({ frame: cannedFrame() });
  await render(App, { client: fake });
  // What reads a link is loaded first.
  await expect.poll(() => fake.calls, { timeout: 10_000 }).toContain('open durable 42');
  const alert = page.getByRole('alert').filter({ hasText: 'The link to a run is damaged' });
  await expect.element(alert).toHaveTextContent('Ask for it again');
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect.element(alert).not.toBeInTheDocument();
});
