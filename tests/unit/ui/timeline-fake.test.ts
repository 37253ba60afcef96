/** What the page's time does when the chronicle is slow, or fails. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnId, Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { Playground } from '../../../src/ui/state/playground.svelte.ts';
import { Timeline } from '../../../src/ui/state/timeline.svelte.ts';
import { cannedFrame } from '../../component/canned-frames.ts';
import { createFakeChronicle, type FakeChronicle } from '../../component/fake-chronicle.ts';
import { createFakePlayground, type FakePlayground } from '../../component/fake-playground.ts';

let fake: FakePlayground;
let chronicle: FakeChronicle;
let playground: Playground;
let timeline: Timeline;

const at = (micros: number): Micros => micros as Micros;

async function open(connect = () => Promise.resolve(chronicle)): Promise<void> {
  fake = createFakePlayground({ past: true });
  chronicle = createFakeChronicle();
  playground = new Playground(fake);
  timeline = new Timeline(playground, connect, () => 'zh-CN');
  await playground.open(cannedFrame().world, { resume: false, durable: false });
  await playground.pause();
}

beforeEach(async () => {
  await open();
  await expect.poll(() => timeline.begun).toBe(true);
});

afterEach(() => {
  timeline.dispose();
  vi.useRealTimers();
});

describe('a slow chronicle', () => {
  it('is told of after half a second, and draws only the latest moment', async () => {
    await timeline.ask(() => Promise.resolve(null));
    let go: () => void = () => undefined;
    chronicle.wait = new Promise<void>((resolve) => {
      go = resolve;
    });
    chronicle.calls.length = 0;
    const moves = [1000, 2000, 3000].map((time) =>
      timeline.goTo({ events: 0, actions: 0, at: at(time) }),
    );
    expect(timeline.view?.at).toBe(3000);
    expect(timeline.progress).toBeNull();
    await expect.poll(() => timeline.progress?.what, { timeout: 2000 }).toBe('looking');
    go();
    await Promise.all(moves);
    expect(timeline.progress).toBeNull();
    expect(playground.frame?.now).toBe(3000);
    expect(chronicle.calls.filter((call) => call.startsWith('frame'))).toEqual(['frame 3000']);
  });

  it('is asked for what is wanted meanwhile, although nothing happens any more', async () => {
    await timeline.ask(() => Promise.resolve(null));
    const asked = vi.spyOn(chronicle, 'events');
    let go: () => void = () => undefined;
    chronicle.wait = new Promise<void>((resolve) => {
      go = resolve;
    });
    chronicle.calls.length = 0;
    timeline.want('story');
    await expect.poll(() => chronicle.calls).toContain('story');
    timeline.want('events');
    expect(asked).not.toHaveBeenCalled();
    go();
    await expect.poll(() => asked.mock.calls.length).toBeGreaterThan(0);
  });

  it('draws nothing for somebody who went back to the present meanwhile', async () => {
    await timeline.ask(() => Promise.resolve(null));
    let go: () => void = () => undefined;
    chronicle.wait = new Promise<void>((resolve) => {
      go = resolve;
    });
    const move = timeline.goTo({ events: 0, actions: 0, at: at(1000) });
    await timeline.toPresent();
    go();
    await move;
    expect(timeline.inPast).toBe(false);
    expect(playground.frame).toEqual(fake.frame());
  });
});

describe('a chronicle that fails', () => {
  it('leaves the present in sight, and says why in the page’s language', async () => {
    chronicle.failWith = new Error('out of memory');
    await timeline.goTo({ events: 0, actions: 0, at: at(1000) });
    expect(timeline.inPast).toBe(false);
    expect(playground.frame).toEqual(fake.frame());
    await expect.poll(() => playground.notices.at(-1)?.text).toBe('无法显示过去：out of memory');
  });

  it('that cannot be begun takes nothing away from the present', async () => {
    await open(() => Promise.reject(new Error('no workers')));
    expect(await playground.act({ kind: 'healAll' })).toEqual({ ok: true });
    expect(timeline.begun).toBe(false);
    expect(timeline.canUndo).toBe(false);
    await timeline.goToTime(at(0));
    await timeline.stepBack('event');
    expect(timeline.inPast).toBe(false);
    await expect(timeline.ask(() => Promise.resolve(1))).rejects.toThrow('no workers');
  });
});

it('in the past, questions go to the chronicle, and deeds begin a branch', async () => {
  await timeline.goTo({ events: 0, actions: 0, at: at(1000) });
  expect(await playground.admin(1 as Sid, 'stat')).toBe('stat of server 1 then\n');
  const packet = { conn: 0 as ConnId, from: 1 as ProcessId, index: 0 };
  expect(await playground.packetBytes(packet)).not.toBeNull();
  await playground.act({ kind: 'healAll' });
  expect(fake.calls.slice(-6)).toContain('act healAll');
  expect(fake.calls.filter((call) => call.startsWith('open'))).toHaveLength(2);
  expect(chronicle.calls).toContain('fork');
  expect(timeline.branches).toHaveLength(2);
  expect(timeline.inPast).toBe(false);
});
