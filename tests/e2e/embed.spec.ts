/** The playground in pages of another origin: as an element, and as a frame that is written to. */
import type { Frame, Page } from '@playwright/test';
import type { EmbedAnswer, EmbedState } from '../../src/embed/protocol.ts';
import { expect, test as base } from './support/playground.ts';
import { startStaticHost, type StaticHost } from './support/static-host.ts';

/** A page elsewhere. Its frames ask the playground's host, which `quiet` knows. */
const test = base.extend<{ blog: StaticHost }>({
  blog: async ({ quiet }, use) => {
    const blog = await startStaticHost('public', '/');
    await use(blog);
    await blog.close();
    const own = (one: string): boolean =>
      one.startsWith(`request to another host: ${blog.address}`);
    quiet.list.splice(0, Infinity, ...quiet.list.filter((one) => !own(one)));
  },
});

/** What the tests use of the element. */
type Playground = HTMLElement & {
  readonly ready: Promise<void>;
  act(action: object): Promise<unknown>;
  runUntil(goal: object): Promise<unknown>;
  getState(): Promise<EmbedState>;
  pause(): Promise<unknown>;
};

async function openPost(page: Page, blog: StaticHost, body: string): Promise<void> {
  const head = '<!doctype html><link rel="icon" href="data:,"><title>A post</title>';
  blog.instead.set('post.html', head + body);
  await page.goto(`${blog.address}post.html`);
}

function frameAt(page: Page, index: number): Frame {
  const frame = page.frames()[index + 1];
  if (frame === undefined) throw new Error(`the page has no frame ${String(index)}`);
  return frame;
}

test('two ensembles on one page, each at the command of its element', async ({
  page,
  blog,
  baseURL,
}) => {
  const element = (more: string): string =>
    `<zookeeper-playground ${more} style="height: 300px"></zookeeper-playground>`;
  await openPost(
    page,
    blog,
    `<script src="${String(baseURL)}/embed.js"></script>` +
      element('panes="ensemble" theme="dark" speed="10"') +
      element('panes="ensemble,log" lang="zh-CN" controls="none" speed="10"'),
  );
  const ends = await page.evaluate(async () => {
    const both = [...document.querySelectorAll<Playground>('zookeeper-playground')];
    const [first, second] = both;
    if (first === undefined || second === undefined) throw new Error('there are two');
    const told: unknown[] = [];
    first.addEventListener('outcome', (event) => told.push((event as CustomEvent).detail));
    await Promise.all(both.map((one) => one.runUntil({ kind: 'serves' })));
    const sid = (await first.getState()).leader;
    const crash = { kind: 'crash', sid, tail: 'chance', silent: false };
    await first.act(crash);
    const again = await first.act(crash).catch((error: unknown) => error);
    await first.runUntil({ kind: 'leaderless' });
    const end = await first.runUntil({ kind: 'serves' });
    const states = await Promise.all(both.map((one) => one.getState()));
    await Promise.all(both.map((one) => one.pause()));
    return {
      sid,
      end,
      again: { ...(again as object), message: String(again) },
      leaders: states.map(({ leader }) => leader),
      downs: states.map(({ servers }) => servers.filter((s) => s.status === 'down').length),
      told,
    };
  });
  expect(ends.end).toBe('reached');
  expect(ends.again).toMatchObject({ code: 'refused' });
  expect(ends.again.message).toMatch(/server \d is down already/);
  expect(ends.downs).toEqual([1, 0]);
  expect(ends.leaders[0]).not.toBe(ends.sid);
  expect(ends.leaders[1]).not.toBeNull();
  expect(ends.told).toContainEqual(expect.objectContaining({ kind: 'goal', end: 'reached' }));

  const [first, second] = [frameAt(page, 0), frameAt(page, 1)];
  await expect(first.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(first.getByRole('button', { name: 'Play' })).toBeVisible();
  await expect(first.locator('[data-pane-of]')).toHaveCount(1);
  await expect(second.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(second.locator('header.strip')).toHaveCount(0);
  await expect(second.locator('[data-pane-of]')).toHaveCount(2);
  const kept = await first.evaluate(() => Object.keys(localStorage));
  expect(kept.filter((name) => name !== 'zookeeper-playground.tour')).toEqual([]);
  expect(await first.evaluate(() => indexedDB.databases())).toEqual([]);
  // Nor do they take the keys of the page.
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
});

test('whatever a frame is sent, it answers its page, and nobody else', async ({
  page,
  blog,
  baseURL,
}) => {
  await openPost(page, blog, `<iframe src="${String(baseURL)}/?embed&panes=log"></iframe>`);
  const answers = await page.evaluate(async () => {
    const { contentWindow } = document.querySelector('iframe') ?? {};
    const heard: EmbedAnswer[] = [];
    const ready = new Promise<void>((resolve) => {
      addEventListener('message', ({ data }: MessageEvent<Record<string, unknown>>) => {
        if (data['event'] === 'ready') resolve();
        if (data['kind'] === 'answer') heard.push(data as unknown as EmbedAnswer);
      });
    });
    await ready;
    const ours = { source: 'zookeeper-playground', version: 1, kind: 'request' };
    const asked: unknown[] = [
      null,
      'play',
      { source: 'somebody-else', id: 1 },
      { ...ours, version: 2, id: 2, method: 'play' },
      { ...ours, id: 3, method: 'format' },
      { ...ours, id: { deep: [] }, method: 'play' },
      { ...ours, id: 4, method: 'act', params: { action: { kind: 'crash', sid: '<b>' } } },
      { ...ours, id: 5, method: 'runUntil', params: { goal: { kind: 'znode', path: 'x' } } },
      { ...ours, id: 6, method: 'act', params: { action: { kind: 'restart', sid: 200 } } },
      { ...ours, id: 7, method: 'configure', params: { speed: -1 } },
      { ...ours, kind: 'event', event: 'ready', id: 8 },
      { ...ours, id: 'last', method: 'getState' },
    ];
    for (const one of asked) contentWindow?.postMessage(one, '*');
    // A frame within the page is not the page.
    const other = document.createElement('iframe');
    document.body.append(other);
    const script = other.contentDocument?.createElement('script');
    if (script !== undefined) {
      const message = JSON.stringify({ ...ours, id: 'intruder', method: 'pause' });
      script.textContent = `parent.frames[0].postMessage(${message}, '*')`;
      other.contentDocument?.body.append(script);
    }
    while (heard.length < 9) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    return heard.map((one) => [one.id, one.ok ? 'ok' : one.error.code]);
  });
  expect(new Map(answers as [unknown, string][])).toEqual(
    new Map<unknown, string>([
      [2, 'badVersion'],
      [3, 'unknownMethod'],
      [null, 'badMessage'],
      [4, 'badParams'],
      [5, 'badParams'],
      [6, 'refused'],
      [7, 'badParams'],
      [8, 'badMessage'],
      ['last', 'ok'],
    ]),
  );
  expect(answers).toHaveLength(9);
});
