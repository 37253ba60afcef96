/** Branches, their names and bookmarks outlive the page: they are lived again from what was done. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { openMemoryPastStore, type PastStore } from '../../../src/store/past-store.ts';
import { PastKeeper } from '../../../src/ui/state/past-keeper.svelte.ts';
import { threeServersWorld } from '../../support/three-servers.ts';
import { localChronicle, openStage, type TimeStage } from '../../support/time-stage.ts';

const A = 1001 as ProcessId;

interface Page extends TimeStage {
  readonly keeper: PastKeeper;
  readonly failures: string[];
}

const endings: (() => void)[] = [];

afterEach(() => {
  for (const end of endings.splice(0)) end();
});

async function open(
  store: PastStore,
  options: Parameters<typeof openStage>[1] = {},
): Promise<Page> {
  const stage = await openStage(threeServersWorld, options);
  const { playground, timeline, client } = stage;
  await expect.poll(() => playground.frame?.clients[0]?.state).toBe('CONNECTED');
  await playground.pause();
  await expect.poll(() => timeline.begun && !playground.running).toBe(true);
  const failures: string[] = [];
  const keeper = new PastKeeper({
    playground,
    timeline,
    store,
    build: 'this',
    now: () => performance.now(),
    connect: () => Promise.resolve(localChronicle()),
    open: (world, moment) => playground.switchTo(world, { resume: false, durable: false, moment }),
    fail: (why) => failures.push(why),
  });
  const end = keeper.begin();
  endings.push(() => {
    end();
    timeline.dispose();
    client.dispose();
  });
  return { ...stage, keeper, failures };
}

async function run({ playground, frame }: Page, micros: number): Promise<void> {
  const until = (frame().now + micros) as Micros;
  await playground.runTo(until);
  await playground.pause();
  await expect.poll(() => frame().now >= until && !frame().running).toBe(true);
}

async function type(page: Page, line: string): Promise<void> {
  expect(await page.playground.act({ kind: 'line', process: A, line })).toEqual({ ok: true });
  await run(page, 400_000);
}

/** Two futures, each with a name, and a bookmark on the first. @returns hashes of their ends. */
async function story(page: Page): Promise<{ first: string; second: string; marked: string }> {
  const { timeline, frame } = page;
  await type(page, 'create /a one');
  timeline.addBookmark('before the crash');
  const marked = frame().traceHash;
  await page.playground.act({ kind: 'crash', sid: 1 as Sid, tail: 'chance', silent: false });
  await run(page, 2_000_000);
  const first = frame().traceHash;
  const [mark] = timeline.bookmarks;
  await timeline.goToBookmark(mark?.id ?? 0);
  const began = await timeline.forkHere('without the crash');
  expect(began).not.toBeNull();
  await type(page, 'create /b two');
  const second = frame().traceHash;
  const [root] = timeline.branches;
  if (root === undefined) throw new Error('there is a first branch');
  await timeline.rename(root.id, 'the crash');
  await timeline.ask(() => Promise.resolve());
  await page.keeper.written();
  return { first, second, marked };
}

/** The page is gone without a word, and opened again on the same disks. */
async function reload(page: Page, store: PastStore): Promise<Page> {
  await page.client.close(false);
  return open(store, { resume: true, ground: page.ground });
}

async function expectWhole(page: Page, was: Awaited<ReturnType<typeof story>>): Promise<void> {
  const { timeline, frame } = page;
  expect(timeline.branches.map(({ name }) => name)).toEqual(['the crash', 'without the crash']);
  expect(timeline.bookmarks.map(({ name }) => name)).toEqual(['before the crash']);
  expect(timeline.branch?.name).toBe('without the crash');
  await expect.poll(() => frame().traceHash).toBe(was.second);
  await timeline.goToBookmark(timeline.bookmarks[0]?.id ?? 0);
  await expect.poll(() => frame().traceHash).toBe(was.marked);
  const [root] = timeline.branches;
  if (root === undefined) throw new Error('there is a first branch');
  await timeline.switchTo(root.id);
  await expect.poll(() => frame().traceHash).toBe(was.first);
}

describe('branches after a reload', () => {
  it('come back with their names and bookmarks, to the same hashes', async () => {
    const store = openMemoryPastStore();
    const before = await open(store);
    const was = await story(before);
    const after = await reload(before, store);
    expect(after.timeline.branches).toHaveLength(1);
    expect(after.timeline.bookmarks).toEqual([]);
    await after.keeper.read();
    const [past] = after.keeper.list;
    if (past === undefined) throw new Error('the run before is kept');
    expect(past.begun).toBe(false);
    await after.keeper.bringBack(past);
    expect(after.failures).toEqual([]);
    await expectWhole(after, was);
    // It is the run that is open now, so it is not offered again; and it is kept further on.
    await after.keeper.read();
    expect(after.keeper.list).toEqual([]);
    after.timeline.addBookmark('later');
    await after.keeper.written();
    const kept = await store.list();
    expect(kept.map(({ bookmarks }) => bookmarks.map(({ name }) => name))).toEqual([
      ['before the crash', 'later'],
    ]);
  });

  it('of a run that itself went on from disks come back, too', async () => {
    const store = openMemoryPastStore();
    const first = await open(store);
    await type(first, 'create /old zero');
    const second = await reload(first, store);
    const was = await story(second);
    const third = await reload(second, store);
    await third.keeper.read();
    const [past] = third.keeper.list;
    if (past === undefined) throw new Error('the run before is kept');
    expect(past.begun).toBe(true);
    await third.keeper.bringBack(past);
    expect(third.failures).toEqual([]);
    await expectWhole(third, was);
    expect((await third.playground.record()).beginning).toBeDefined();
  });

  it('are forgotten, and had again; what another simulator cannot repeat is refused', async () => {
    const store = openMemoryPastStore();
    const before = await open(store);
    const was = await story(before);
    const after = await reload(before, store);
    await after.keeper.read();
    const [past] = after.keeper.list;
    if (past === undefined) throw new Error('the run before is kept');
    const back = await after.keeper.forget(past);
    expect(after.keeper.list).toEqual([]);
    back();
    await after.keeper.read();
    expect(after.keeper.list.map(({ id }) => id)).toEqual([past.id]);

    const here = after.frame().traceHash;
    const branches = past.branches.map((one) => ({
      ...one,
      end: { ...one.end, events: one.end.events + 7 },
    }));
    await after.keeper.bringBack({ ...past, branches });
    expect(after.failures).toEqual([expect.stringMatching(/it came to \d+ events/)]);
    // Nothing of the run that is open was touched.
    expect(after.frame().traceHash).toBe(here);
    expect(after.timeline.begun).toBe(true);
    await after.keeper.bringBack(past);
    await expectWhole(after, was);
  });
});

describe('what is deleted', () => {
  it('comes back: a bookmark in its place, a branch with what was done on it', async () => {
    const page = await open(openMemoryPastStore());
    const { first } = await story(page);
    const { timeline } = page;
    const [mark] = timeline.bookmarks;
    const back = timeline.removeBookmark(mark?.id ?? 0);
    expect(timeline.bookmarks).toEqual([]);
    back();
    expect(timeline.bookmarks).toEqual([mark]);

    const again = await timeline.forkHere('a third one');
    expect(again).not.toBeNull();
    const child = timeline.branches.find(({ name }) => name === 'without the crash');
    if (child === undefined) throw new Error('it is there');
    const putBack = await timeline.remove(child.id);
    expect(timeline.branches.map(({ name }) => name)).not.toContain('without the crash');
    await putBack?.();
    const lived = timeline.branches.find(({ name }) => name === 'without the crash');
    expect(lived?.end).toEqual(child.end);
    await timeline.switchTo(timeline.branches[0]?.id ?? child.id);
    await expect.poll(() => page.frame().traceHash).toBe(first);
  });
});
