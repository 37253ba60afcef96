import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import ConsolePane from '../../../src/ui/console/ConsolePane.svelte';
import { cannedFrame, client, micros, NOW, proc } from '../canned-frames.ts';
import { stage } from './stage.ts';

const line = () => page.getByRole('combobox', { name: 'ZooKeeper command' });
const lineText = (): string => (line().element() as HTMLInputElement).value;

test('the transcript says of each line what it is, beyond its colour', async () => {
  await stage(ConsolePane);
  const log = page.getByRole('log');
  await expect.element(log).toHaveTextContent(/error:\s*version No is not valid/);
  await expect.element(log).toHaveTextContent(/hint:\s*You said version 5/);
  await expect.element(log).toHaveTextContent(/watch event:\s*WATCHER::/);
});

test('Enter runs the line, clears it and keeps the cursor', async () => {
  const { fake } = await stage(ConsolePane);
  await line().fill('ls -R /app');
  await userEvent.keyboard('{Enter}');
  expect(fake.actions).toEqual([{ kind: 'line', process: 1001, line: 'ls -R /app' }]);
  await expect.element(page.getByRole('log')).toHaveTextContent(/did ls -R \/app/);
  expect(lineText()).toBe('');
  await expect.element(line()).toHaveFocus();
});

test('up and down walk through what was typed, and come back to what is being written', async () => {
  await stage(ConsolePane);
  await line().fill('half');
  await userEvent.keyboard('{ArrowUp}');
  await expect.poll(lineText).toBe('set -v 5 /app/config x');
  await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}');
  await expect.poll(lineText).toBe('ls /');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
  await expect.poll(lineText).toBe('half');
});

test('Tab completes, then offers, then goes round; an empty line lets it go', async () => {
  await stage(ConsolePane);
  await line().fill('cre');
  await userEvent.keyboard('{Tab}');
  await expect.poll(lineText).toBe('create ');
  await line().fill('get /app');
  await userEvent.keyboard('{Tab}');
  await expect.element(page.getByRole('option', { name: '/app/config' })).toBeVisible();
  await userEvent.keyboard('{Tab}{Tab}');
  await expect.poll(lineText).toBe('get /app/config');
  await expect
    .element(page.getByRole('option', { name: '/app/config' }))
    .toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Escape}');
  expect(page.getByRole('listbox').query()).toBeNull();
  await expect.element(line()).toHaveFocus();
  await userEvent.keyboard('{Tab}');
  await expect.element(line()).not.toHaveFocus();
});

test('a chip puts its command into the line, about the selected znode', async () => {
  const { fake, playground } = await stage(ConsolePane);
  playground.select({ kind: 'znode', path: '/app/config' });
  await page.getByRole('button', { name: 'get -w' }).click();
  await expect.poll(lineText).toBe('get -w /app/config');
  await expect.element(line()).toHaveFocus();
  expect(fake.actions).toEqual([]);
});

test('a path in the transcript selects its znode', async () => {
  const { playground } = await stage(ConsolePane);
  await page.getByRole('log').getByText('/app/config').first().click();
  expect(playground.selection).toEqual({ kind: 'znode', path: '/app/config' });
});

test('letters typed here reach no shortcut of the page', async () => {
  await stage(ConsolePane);
  const heard: string[] = [];
  const listener = (event: KeyboardEvent): number => heard.push(event.key);
  window.addEventListener('keydown', listener);
  (line().element() as HTMLElement).focus();
  await userEvent.keyboard('crash');
  window.removeEventListener('keydown', listener);
  expect(lineText()).toBe('crash');
  expect(heard).toEqual([]);
});

test('a tab for each session; the arrows go from one to the next', async () => {
  const { playground } = await stage(ConsolePane);
  await page.getByRole('tab', { name: /^A/ }).click();
  await userEvent.keyboard('{ArrowRight}');
  expect(playground.consoleProcess).toBe(1002);
  await expect.element(page.getByRole('tab', { name: /^B · server 2/ })).toHaveFocus();
});

test('a new session asks where to connect, and for how long it may be silent', async () => {
  const { fake, playground } = await stage(ConsolePane);
  await page.getByRole('button', { name: 'New session' }).click();
  await page.getByRole('checkbox', { name: '2' }).click();
  await page.getByRole('checkbox', { name: '5' }).click();
  await page.getByRole('spinbutton').fill('6');
  await page.getByRole('button', { name: 'Open' }).click();
  expect(fake.actions).toEqual([
    {
      kind: 'addClient',
      process: 1005,
      name: 'E',
      servers: [2, 5],
      sessionTimeout: 6000,
      console: true,
    },
  ]);
  expect(playground.consoleProcess).toBe(1005);
  await expect.element(line()).toHaveFocus();
});

test('without any session it explains what one is, and opens one', async () => {
  const { fake } = await stage(ConsolePane);
  fake.show({ ...cannedFrame(), clients: [] });
  await expect.element(page.getByText('No session yet.')).toBeVisible();
  await page.getByRole('button', { name: 'New session', exact: true }).click();
  expect(fake.actions.at(-1)?.kind).toBe('addClient');
  await expect.element(line()).toBeVisible();
});

test('it says why it waits: no leader, so no quorum', async () => {
  const base = cannedFrame();
  await stage(ConsolePane, {
    frame: {
      ...base,
      running: true,
      now: micros(NOW + 5_000_000),
      members: base.members.filter((member) => member.server?.state !== 'LEADING'),
      clients: [client(1, 2, { busy: true, pending: 1 })],
    },
  });
  await expect.element(page.getByText(/waiting for a quorum: there is no leader/)).toBeVisible();
});

test('a session that is over says so, and offers another', async () => {
  const base = cannedFrame();
  const { fake } = await stage(ConsolePane, {
    frame: { ...base, clients: [client(1, null, { state: 'CLOSED' }), client(2, 2)] },
  });
  await expect.element(page.getByText(/This session is over/)).toBeVisible();
  await expect.element(line()).toBeVisible();
  fake.show({ ...base, clients: [client(1, 4, { status: 'down' })] });
  await expect.element(page.getByText(/This client was killed/)).toBeVisible();
  expect(line().query()).toBeNull();
});

test('the newest line stays in sight until a person scrolls up', async () => {
  const base = cannedFrame();
  const many = Array.from({ length: 100 }, (_, n) => ({
    at: micros(n),
    kind: 'output' as const,
    text: `line ${String(n)}`,
  }));
  const { fake } = await stage(ConsolePane, {
    frame: { ...base, transcripts: new Map([[proc(1001), many]]) },
  });
  const log = page.getByRole('log').element();
  const fromEnd = (): number => Math.round(log.scrollHeight - log.scrollTop - log.clientHeight);
  await expect.poll(fromEnd).toBe(0);
  log.scrollTop = 100;
  await expect.element(page.getByRole('button', { name: /Newest/ })).toBeVisible();
  const more = [...many, { at: micros(200), kind: 'output' as const, text: 'one more' }];
  fake.show({ ...base, transcripts: new Map([[proc(1001), more]]) });
  await expect.element(page.getByText('one more')).toBeInTheDocument();
  expect(log.scrollTop).toBe(100);
  await page.getByRole('button', { name: /Newest/ }).click();
  await expect.poll(fromEnd).toBe(0);
});
