import { afterEach, expect, inject, test } from 'vitest';
import type { Micros, Sid } from '../../src/core/units.ts';
import { momentOf } from '../../src/sim/chronicle/model.ts';
import type { Frame } from '../../src/sim/frame.ts';
import type { Chronicle } from '../../src/worker/chronicle-api.ts';
import { connectChronicle } from '../../src/worker/connect-chronicle.ts';
import { openPage, type Page } from '../support/browser-page.ts';
import { script, scriptedWorld, scriptEnd } from '../support/scripted-run.ts';

const FOCUS = 1 as Sid;
let chronicle: Chronicle | null = null;

afterEach(() => {
  chronicle?.dispose();
});

/**
 * Without what only the driver of the present knows, and without the moment up to which properties
 * hold, which it does not tell again while they do.
 */
function pictured(frame: Frame): Partial<Frame> {
  const properties = frame.properties.map((one) => ({ ...one, lastTrueAt: 0 as Micros }));
  return { ...frame, properties, running: false, speed: 1, replayed: null, monkey: null };
}

/** The frame of the present, at rest, with the tree in it. */
async function present(page: Page, at: Micros): Promise<Frame> {
  await page.client.runTo(at);
  await page.client.pause();
  await expect.poll(() => page.frame().now).toBe(at);
  await page.client.focus(FOCUS);
  await expect.poll(() => page.frame().running).toBe(false);
  return page.frame();
}

const TIMEOUT = 90_000;

test(
  'the worker shows what the members in their workers showed',
  { timeout: TIMEOUT },
  async () => {
    const page = await openPage({ world: scriptedWorld });
    chronicle = connectChronicle();
    const first = await chronicle.begin(await page.client.checkpoint());
    const frames: Frame[] = [];
    for (const { at, action } of script) {
      await page.client.runTo(at);
      if (frames.length < 4 && at > (frames.length + 1) * 4e6) {
        await page.client.pause();
        await expect.poll(() => page.frame().now).toBe(at);
        frames.push(page.frame());
      }
      expect(await page.client.act(action)).toEqual({ ok: true });
    }
    const last = await present(page, scriptEnd);
    expect(last.traceHash).toBe(inject('nodeHash'));

    const { id } = first;
    const actions = await page.client.actionsFrom(first.end.actions);
    const following = chronicle.follow(id, first.end.actions, actions, momentOf(last));
    // Questions are answered while it goes on.
    expect((await chronicle.branches()).map((branch) => branch.id)).toEqual([id]);
    const { end } = await following;
    expect(end).toEqual(momentOf(last));

    const again = await chronicle.frame({ branch: id, moment: end }, FOCUS);
    expect(pictured(again)).toEqual(pictured({ ...last, tree: again.tree }));
    expect(again.traceHash).toBe(inject('nodeHash'));
    expect(frames.length).toBe(4);
    for (const frame of frames) {
      const past = await chronicle.frame({ branch: id, moment: momentOf(frame) }, FOCUS);
      expect(past.traceHash).toBe(frame.traceHash);
      expect(past.members).toEqual(frame.members);
      expect(past.packets).toEqual(frame.packets);
    }
    const columns = await chronicle.events(id, 0, 1e6);
    expect(columns.count).toBe(last.events - first.fork.events);
    expect(columns.at).toBeInstanceOf(Float64Array);
    const { why } = await chronicle.account(id, last.events - 1);
    expect(why.length).toBeGreaterThan(0);
    await expect(chronicle.account(id, 1e9)).rejects.toThrow('there is no event');
    await page.client.close(true);
    page.client.dispose();
  },
);

test('a chronicle that is closed says so', async () => {
  const closed = connectChronicle();
  closed.dispose();
  await expect(closed.branches()).rejects.toThrow('closed');
});
