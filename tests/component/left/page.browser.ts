import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import App from '../../../src/App.svelte';
import '../../../src/ui/theme.css';
import { cannedFrame, cannedProperties, crowdedFrame, electingFrame } from '../canned-frames.ts';
import { createFakePlayground, type FakeOptions, type FakePlayground } from '../fake-playground.ts';

beforeEach(async () => {
  localStorage.clear();
  localStorage.setItem('zookeeper-playground.locale', 'en');
  localStorage.setItem('zookeeper-playground.theme', 'light');
  // Who comes for the first time is shown around, and the card of that lies over the picture.
  localStorage.setItem('zookeeper-playground.tour', 'seen');
  await page.viewport(1440, 900);
});

afterEach(() => localStorage.clear());

/** The page on canned frames, standing still. */
async function open(options: FakeOptions = {}): Promise<FakePlayground> {
  const fake = createFakePlayground(options);
  await render(App, { client: fake });
  if (options.result?.kind !== 'locked') {
    await expect.element(page.getByRole('group', { name: /^Ring of/ })).toBeVisible();
    await expect.poll(() => fake.calls).toContain('set off 0.1');
    await fake.pause();
    fake.calls.length = 0;
  }
  return fake;
}

const server = (sid: number) =>
  page.getByRole('button', { name: new RegExp(`^server ${String(sid)}, `) });
const key = (keys: string): Promise<void> => userEvent.keyboard(keys);

test('the page opens the default ensemble with its disks, and lets it run', async () => {
  const fake = createFakePlayground({ frame: electingFrame(5) });
  await render(App, { client: fake });
  await expect.poll(() => fake.calls.slice(0, 2)).toEqual(['open durable 42', 'set off 0.1']);
  await expect.element(page.getByText('5 of 5 servers are looking for a leader')).toBeVisible();
});

test('the first leader gives the page a session', async () => {
  const frame = { ...cannedFrame(), clients: [] };
  const fake = createFakePlayground({ frame: electingFrame(5) });
  await render(App, { client: fake });
  await expect.poll(() => fake.calls).toContain('set off 0.1');
  fake.show({ ...frame, running: true });
  await expect.poll(() => fake.actions.map((a) => a.kind)).toEqual(['addClient']);
});

test('a second tab is told, and may start one in memory', async () => {
  const fake = await open({ result: { kind: 'locked' } });
  await expect.element(page.getByRole('alertdialog')).toHaveTextContent('open in another tab');
  await page.getByRole('button', { name: 'Start a fresh one in memory' }).click();
  await expect.element(page.getByRole('group', { name: /^Ring of/ })).toBeVisible();
  expect(fake.calls).toContain('open memory 42');
  await expect.element(page.getByText('disks in memory only')).toBeVisible();
});

test('each server says in words all that it shows', async () => {
  await open();
  await expect.element(server(4)).toHaveAccessibleName(/leading · epoch 3, 0x300000005/);
  await expect.element(server(3)).toHaveAccessibleName(/down · 400 ms ago, 0x200000007, crashed/);
  await expect
    .element(server(5))
    .toHaveAccessibleName(/looking · epoch 2.*votes for 4, server 1 votes for 4/);
  await expect
    .element(
      page.getByRole('button', {
        name: 'Session C, connected to server 1, expires in 2 s if unheard',
      }),
    )
    .toBeVisible();
});

test('space plays and pauses, arrows and letters step', async () => {
  const fake = await open();
  await key(' ');
  await key(' ');
  await key('{ArrowRight}');
  await key('{Shift>}{ArrowRight}{/Shift}');
  await key('n');
  await key('{Shift>}N{/Shift}');
  expect(fake.calls).toEqual([
    ...['play', 'pause'],
    ...['step event', 'step packet', 'step interesting', 'step phase'],
  ]);
});

test('a number selects a server, and its keys break and mend it', async () => {
  const fake = await open();
  await key('4');
  await expect.element(server(4)).toHaveAttribute('aria-pressed', 'true');
  await key('c');
  expect(fake.actions).toEqual([{ kind: 'crash', sid: 4, tail: 'chance', silent: false }]);
  await expect.element(page.getByText('Server 4 crashed.')).toBeVisible();
  await key('r');
  expect(fake.actions.at(-1)).toEqual({ kind: 'restart', sid: 4 });
  await key('p');
  expect(fake.actions.at(-1)).toEqual({ kind: 'pause', process: 4 });
  await expect.element(server(4)).toHaveAccessibleName(/paused/);
});

test('a fault key without a selection says what to do first', async () => {
  const fake = await open();
  await key('c');
  expect(fake.actions).toEqual([]);
  await expect.element(page.getByRole('status').getByText('Select a server first')).toBeVisible();
});

test('the notice of a crash offers the way back', async () => {
  const fake = await open();
  await key('4');
  await key('c');
  await page.getByRole('button', { name: 'Restart it' }).click();
  expect(fake.actions.at(-1)).toEqual({ kind: 'restart', sid: 4 });
});

test('a refusal shows its reason', async () => {
  const fake = await open();
  fake.refuse('server 4 is down already');
  await key('4');
  await key('c');
  await expect.element(page.getByRole('alert')).toHaveTextContent('server 4 is down already');
});

test('X and another end cut a link, both ways or one', async () => {
  const fake = await open();
  await key('4');
  await key('x');
  await expect.element(page.getByText('Cut from server 4: choose the other end.')).toBeVisible();
  await server(2).click();
  expect(fake.actions.at(-1)).toEqual({ kind: 'cut', from: 4, to: 2, bothWays: true });
  await key('x');
  await page.getByRole('button', { name: 'one way' }).click();
  await server(6).click();
  expect(fake.actions.at(-1)).toEqual({ kind: 'cut', from: 4, to: 6, bothWays: false });
  await expect
    .element(page.getByRole('button', { name: 'Nothing gets from server 4 to server 6. Heal it' }))
    .toBeVisible();
});

test('shift and Enter gather a group, which is then parted from the rest', async () => {
  const fake = await open();
  server(1)
    .element()
    .dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', shiftKey: true, bubbles: true }));
  await server(2).click({ modifiers: ['Shift'] });
  await expect.element(page.getByText('Group: servers 1, 2')).toBeVisible();
  await key('g');
  expect(fake.actions).toEqual([{ kind: 'partition', group: [1, 2] }]);
  await key('h');
  expect(fake.actions.at(-1)).toEqual({ kind: 'healAll' });
});

test('without a group, G asks for one: then clicks alone gather it', async () => {
  const fake = await open();
  await key('g');
  await expect
    .element(page.getByText('Choose the servers and sessions to part from the rest.'))
    .toBeVisible();
  await server(5).click();
  await server(6).click();
  await server(6).click();
  await server(1).click();
  await page
    .getByRole('button', { name: /^Partition/ })
    .last()
    .click();
  expect(fake.actions).toEqual([{ kind: 'partition', group: [1, 5] }]);
  await expect.element(page.getByText('Parted from the rest: servers 1, 5.')).toBeVisible();
});

test('the disk menu turns faults on and off, and guards what needs a server that is down', async () => {
  const fake = await open();
  await key('2');
  await key('d');
  const slow = page.getByRole('menuitemcheckbox', { name: /^Slow/ });
  await expect.element(slow).toHaveFocus();
  await slow.click();
  expect(fake.actions.at(-1)).toEqual({
    kind: 'disk',
    sid: 2,
    faults: { slowness: 20, lying: false, full: false },
  });
  await expect.element(slow).toHaveAttribute('aria-checked', 'true');
  await expect
    .element(page.getByRole('menuitem', { name: 'Wipe the data directory' }))
    .toBeDisabled();
  await key('{Escape}');
  expect(page.getByRole('menu').query()).toBeNull();
  await expect.element(server(2)).toHaveAccessibleName(/slow disk/);
});

test('a new ensemble is chosen with voters, observers and seed', async () => {
  const fake = await open();
  await page.getByRole('button', { name: '5 voters + 1' }).click();
  await page.getByRole('radio', { name: '7' }).click({ force: true });
  await expect.element(page.getByText('A quorum is 4 of 7')).toBeVisible();
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('1234');
  await page.getByRole('button', { name: 'Start this ensemble' }).click();
  await expect.poll(() => fake.calls.slice(0, 2)).toEqual(['close wipe', 'open durable 1234']);
});

test('starting over is asked for twice', async () => {
  const fake = await open();
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(fake.calls).toEqual([]);
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
  await expect.poll(() => fake.calls).toContain('close wipe');
});

test('a cell of the log says what it is and how safe', async () => {
  await open();
  const cell = page.getByRole('gridcell', {
    name: /^0x300000005 .*page cache only, lost by a crash/,
  });
  await cell.click();
  await expect.element(cell).toHaveAttribute('aria-selected', 'true');
});

test('while time stands still every packet and timer is a button', async () => {
  const fake = await open();
  const events = page.getByRole('region', { name: 'Events' });
  await events.getByRole('button', { name: 'Next' }).click();
  await expect
    .element(events.getByRole('button', { name: /^PROPOSAL: server 4 → server 1/ }))
    .toBeVisible();
  await expect.element(events.getByRole('button', { name: /^tick of server 4/ })).toBeVisible();
  await events.getByRole('button', { name: 'Hold' }).first().click();
  expect(fake.actions.map((a) => a.kind)).toEqual(['hold']);
  await fake.play();
  await expect.element(events.getByText('Pause to list every packet')).toBeVisible();
});

test('a violation is named at the foot, with the contradiction behind it', async () => {
  await open({ frame: { ...cannedFrame(), properties: cannedProperties('TotalOrder') } });
  await page.getByRole('button', { name: 'Violated: TotalOrder' }).click();
  await expect
    .element(
      page
        .getByRole('group', { name: 'Safety properties' })
        .or(page.getByLabelText('Safety properties', { exact: true }))
        .first(),
    )
    .toHaveTextContent('Server 2 delivered 0x300000005 third');
});

test('the speed has named stops, and its keys move between them', async () => {
  const fake = await open();
  await key(']');
  await key('[[');
  expect(fake.calls).toEqual(['setSpeed 0.2', 'setSpeed 0.1']);
  await expect
    .element(page.getByRole('slider', { name: 'Speed' }))
    .toHaveAttribute('aria-valuetext', '1/10×');
});

test('a hidden tab stops time, and says so when it is seen again', async () => {
  const fake = await open();
  await fake.play();
  fake.calls.length = 0;
  const show = (state: DocumentVisibilityState): void => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  show('hidden');
  await expect.poll(() => fake.calls).toEqual(['pause']);
  show('visible');
  await expect.element(page.getByText('Time stopped while the tab was hidden.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  expect(fake.calls).toEqual(['pause', 'play']);
  Reflect.deleteProperty(document, 'visibilityState');
});

test('language and theme change at once and are remembered', async () => {
  await open();
  await page.getByRole('button', { name: '中文' }).click();
  await expect.element(page.getByRole('button', { name: /播放/ })).toBeVisible();
  expect(document.documentElement.lang).toBe('zh-CN');
  await key('t');
  expect(document.documentElement.dataset['theme']).toBe('dark');
  expect(localStorage.getItem('zookeeper-playground.locale')).toBe('zh-CN');
});

test('keys typed into a field stay there', async () => {
  const fake = await open();
  await key('/');
  await key('c ');
  expect(fake.calls).toEqual([]);
  expect(fake.actions).toEqual([]);
});

const sizes = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;
const scenes = [
  ['a rich moment', cannedFrame()],
  ['a crowd', crowdedFrame()],
  ['an election', electingFrame(7)],
] as const;

test.each(sizes.flatMap(([w, h]) => scenes.map(([name, frame]) => [w, h, name, frame] as const)))(
  'at %i × %i %s does not stick out, and no type is below 12 px',
  async (width, height, _name, frame) => {
    await page.viewport(width, height);
    await open({ frame });
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(height);
    expect(tooSmall()).toEqual([]);
    expect(outside(width, height)).toEqual([]);
  },
);

/** Texts of this side of the page that are set in less than 12 pixels. */
function tooSmall(): string[] {
  return texts('.bar, .status, .stage, .hint, [aria-label=Log], [aria-label=Events]')
    .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 12)
    .map((element) => element.outerHTML);
}

/** Controls of the bar, the tools and the ring that are cut off by the window. */
function outside(width: number, height: number): string[] {
  return [...document.querySelectorAll('.bar button, .belt button, .stage .label text, .session')]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0)
    .filter(
      ({ box }) =>
        box.left < -1 || box.top < -1 || box.right > width + 1 || box.bottom > height + 1,
    )
    .map(({ element }) => element.outerHTML.slice(0, 120));
}

function texts(within: string): Element[] {
  return [...document.querySelectorAll(within)].flatMap((part) =>
    [...part.querySelectorAll('*')].filter((element) =>
      [...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent?.trim()),
    ),
  );
}
