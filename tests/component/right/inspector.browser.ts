import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import InspectorPane from '../../../src/ui/inspector/InspectorPane.svelte';
import { serverTab } from '../../../src/ui/inspector/server-tab.svelte.ts';
import { makeZxid } from '../../../src/core/zxid.ts';
import { cannedFrame, cannedProperties, proc, sid } from '../canned-frames.ts';
import { stage } from './stage.ts';

beforeEach(() => {
  serverTab.now = 'state';
});

const button = (name: RegExp | string) => page.getByRole('button', { name });
const tab = (name: RegExp) => page.getByRole('tab', { name });

test('with nothing selected: the invariants, the broken one first, with its reason', async () => {
  await stage(InspectorPane, {
    frame: { ...cannedFrame(), properties: cannedProperties('TotalOrder') },
  });
  await expect.element(page.getByText('11 of 12 hold')).toBeVisible();
  await expect.element(page.getByRole('listitem').first()).toHaveTextContent(/^✗ TotalOrder/);
  await expect.element(page.getByText(/Server 2 delivered/)).toBeVisible();
});

test('a leader: its proposals count the acks of voters, its learners their lag', async () => {
  const { playground } = await stage(InspectorPane);
  playground.select({ kind: 'server', sid: sid(4) });
  await expect.element(page.getByText('1 of 3 needed')).toBeVisible();
  const learners = page.getByRole('table', { name: 'Learners' });
  expect(learners.getByRole('row').elements().length).toBe(4);
  await expect.element(learners.getByText('1 behind').first()).toBeVisible();
});

test('a looking server: the votes that it holds', async () => {
  const { playground } = await stage(InspectorPane);
  playground.select({ kind: 'server', sid: sid(5) });
  const votes = page.getByRole('table', { name: 'Votes received in this round' });
  await expect.element(votes).toBeVisible();
  expect(votes.getByRole('row').elements().length).toBe(4);
});

test('crash, power off, pause and restart do what they say', async () => {
  const { fake, playground } = await stage(InspectorPane);
  playground.select({ kind: 'server', sid: sid(2) });
  await button(/^Pause/).click();
  await button(/^Resume/).click();
  await button(/^Power off/).click();
  await expect.element(page.getByText('Server 2 is down')).toBeVisible();
  await button(/^Restart/).click();
  await button(/^Crash/).click();
  await expect.element(page.getByText('Server 2 is down')).toBeVisible();
  expect(fake.actions).toEqual([
    { kind: 'pause', process: 2 },
    { kind: 'resume', process: 2 },
    { kind: 'crash', sid: 2, tail: 'chance', silent: true },
    { kind: 'restart', sid: 2 },
    { kind: 'crash', sid: 2, tail: 'chance', silent: false },
  ]);
});

test('the tabs are chosen with the arrows, and stay as one goes from server to server', async () => {
  const { playground } = await stage(InspectorPane);
  playground.select({ kind: 'server', sid: sid(4) });
  await tab(/^State/).click();
  (tab(/^State/).element() as HTMLElement).dispatchEvent(
    new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }),
  );
  await expect.element(tab(/^Queues/)).toHaveAttribute('aria-selected', 'true');
  await expect.element(tab(/^Queues/)).toHaveFocus();
  playground.select({ kind: 'server', sid: sid(1) });
  await expect.element(page.getByRole('heading', { name: 'server 1' })).toBeVisible();
  await expect.element(tab(/^Queues/)).toHaveAttribute('aria-selected', 'true');
});

test('the disk: what only the page cache has, and faults to switch on', async () => {
  const base = cannedFrame();
  const members = base.members.map((member) =>
    member.sid === 1 ? { ...member, disk: { ...member.disk, unsynced: 3 } } : member,
  );
  const { fake, playground } = await stage(InspectorPane, { frame: { ...base, members } });
  playground.select({ kind: 'server', sid: sid(1) });
  await tab(/^Disk/).click();
  await expect.element(page.getByText('3 records only in the page cache')).toBeVisible();
  await page.getByRole('checkbox', { name: /^Lies/ }).click();
  await page.getByRole('combobox', { name: 'Speed' }).selectOptions('20 × slower');
  await button('tear the last record').click();
  await button('Wipe the disk').click();
  await button('Really wipe?').click();
  expect(fake.actions).toEqual([
    { kind: 'disk', sid: 1, faults: { slowness: 1, lying: true, full: false } },
    { kind: 'disk', sid: 1, faults: { slowness: 20, lying: true, full: false } },
    { kind: 'crash', sid: 1, tail: 'torn', silent: false },
    { kind: 'wipe', sid: 1 },
  ]);
});

test('the sessions: the leader says when each expires, and a mark leads to its client', async () => {
  const { playground } = await stage(InspectorPane);
  playground.select({ kind: 'server', sid: sid(4) });
  await tab(/^Sessions/).click();
  await expect.element(page.getByText('in 1.22 s')).toBeVisible();
  await button('session C').click();
  expect(playground.selection).toEqual({ kind: 'client', process: 1003 });
});

test('the log: filtered, and of the right server only', async () => {
  const { playground } = await stage(InspectorPane);
  playground.select({ kind: 'server', sid: sid(4) });
  await tab(/^Log/).click();
  await page.getByRole('searchbox', { name: 'Filter' }).fill('warn');
  const lines = page.getByRole('log', { name: 'Log lines' });
  await expect.element(lines).toHaveTextContent(/Sending DIFF/);
  await expect.element(lines).not.toHaveTextContent(/LEADING/);
  playground.focus(sid(1));
  await button('Show those of server 4').click();
  expect(playground.focusSid).toBe(4);
});

test('a client: its state, its silence, its watches', async () => {
  const { fake, playground } = await stage(InspectorPane);
  playground.select({ kind: 'client', process: proc(1001) });
  await expect
    .element(page.getByRole('listitem').filter({ hasText: /^CONNECTED$/ }))
    .toHaveAttribute('aria-current', 'step');
  await expect.element(page.getByText('in 7.52 s, if the leader hears nothing')).toBeVisible();
  await button('Kill').click();
  expect(fake.actions).toEqual([{ kind: 'killClient', process: 1001 }]);
  await button('/app/config').click();
  expect(playground.selection).toEqual({ kind: 'znode', path: '/app/config' });
});

test('the bytes of a packet: a field lights its own, a byte lights its field', async () => {
  const { fake, playground } = await stage(InspectorPane);
  const [packet] = fake.frame().packets;
  if (packet === undefined) throw new Error('the canned frame has packets');
  const { conn, from, index } = packet;
  playground.select({ kind: 'packet', conn, from, index });
  const grid = page.getByRole('grid', { name: 'On the wire' });
  const fields = page.getByRole('table', { name: 'Fields' });
  const lit = (): string =>
    [...grid.element().querySelectorAll('.lit')].map((cell) => cell.textContent).join('');
  await expect.element(grid).toBeVisible();

  await fields.getByRole('button', { name: 'path' }).hover();
  expect(lit()).toBe('0000000b2f6170702f636f6e666967');
  expect(fields.element().querySelector('tr.lit')?.textContent).toContain('"/app/config"');

  const first = grid.element().querySelector<HTMLElement>('[tabindex="0"]');
  first?.focus();
  await expect.poll(lit).toBe('00000002');
  await expect.element(grid.getByRole('gridcell', { name: 'byte 0: 00, type' })).toHaveFocus();
  const press = (key: string): void => {
    const init = { key, bubbles: true, cancelable: true };
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init));
  };
  press('ArrowDown');
  await expect.poll(lit).toBe('0100001da2fa0000');
  await expect.element(grid.getByRole('gridcell', { name: 'byte 16: 01, clientId' })).toHaveFocus();

  (fields.getByRole('button', { name: 'QuorumPacket' }).element() as HTMLElement).focus();
  press('ArrowDown');
  await expect.element(fields.getByRole('button', { name: 'type' }).first()).toHaveFocus();
  await expect.poll(lit).toBe('00000002');
});

test('a packet can be held back; one that has arrived says so', async () => {
  const { fake, playground } = await stage(InspectorPane);
  const [packet] = fake.frame().packets;
  if (packet === undefined) throw new Error('the canned frame has packets');
  const { conn, from, index } = packet;
  playground.select({ kind: 'packet', conn, from, index });
  await page.getByRole('button', { name: 'Hold', exact: true }).click();
  expect(fake.actions).toEqual([{ kind: 'hold', conn, from, index }]);
  fake.show({ ...fake.frame(), packets: [] });
  await expect.element(page.getByText(/It has arrived/)).toBeVisible();
});

test('a transaction is followed over the members', async () => {
  const { playground } = await stage(InspectorPane);
  playground.select({ kind: 'zxid', zxid: makeZxid(3, 5), sid: null });
  const table = page.getByRole('table', { name: 'Where it is' });
  await expect.element(table.getByText('only in the page cache')).toBeVisible();
  await expect.element(table.getByText('on the platter, not committed')).toBeVisible();
});

test('a znode: its Stat explained, its data in hex, its commands in the console', async () => {
  const { playground } = await stage(InspectorPane);
  playground.select({ kind: 'znode', path: '/app/config' });
  await button(/Explain/).click();
  await expect.element(page.getByText('The transaction that created it.')).toBeVisible();
  await button('Hex').click();
  await expect.element(page.getByText(/70 6f 6f 6c/)).toBeVisible();
  await button('Set').click();
  const form = page.getByRole('form', { name: 'Set the data of /app/config' });
  await form.getByRole('textbox', { name: 'Data' }).fill('two words');
  await expect
    .element(form.getByLabelText('Command'))
    .toHaveTextContent(/set -v 7 \/app\/config "two words"/);
  await form.getByRole('button', { name: 'To the console' }).click();
  expect(playground.consoleDraft).toBe('set -v 7 /app/config "two words"');
  expect(playground.notices.at(-1)?.text).toMatch(/no console/);
});

test('Chinese has the same', async () => {
  const { playground } = await stage(InspectorPane, { language: 'zh-CN' });
  playground.select({ kind: 'server', sid: sid(3) });
  await expect.element(page.getByText('服务器 3 已停止', { exact: true })).toBeVisible();
});
