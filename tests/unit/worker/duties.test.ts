import { describe, expect, it } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import { explore } from '../../../src/sim/explore/explorer.ts';
import { exhibitOf } from '../../../src/lessons/gallery/gallery.ts';
import { withMutant } from '../../../src/lessons/gallery/words.ts';
import { runScript } from '../../../src/sim/explore/script.ts';
import { recordOf, replay, restore, runUntil, traceHash } from '../../../src/sim/local.ts';
import { createBusHost } from '../../../src/worker/bus-host.ts';
import { applyDelta } from '../../../src/worker/frame-delta.ts';
import type { RunRecord } from '../../../src/sim/actions.ts';
import type { Frame } from '../../../src/sim/frame.ts';
import type { BusApi } from '../../../src/worker/bus-api.ts';
import { MONKEY, monkeyInNode } from '../../support/monkey-run.ts';
import { scriptedWorld } from '../../support/scripted-run.ts';
import { createGround, openBus } from '../../support/test-ground.ts';

async function openRecord(record: RunRecord): Promise<{ bus: BusApi; frame: () => Frame | null }> {
  const bus = createBusHost(createGround().ground);
  let frame: Frame | null = null;
  await bus.open({ world: record.world, resume: false, durable: false, record }, (delta) => {
    frame = applyDelta(frame, delta);
  });
  return { bus, frame: () => frame };
}

function brokenRun(): RunRecord {
  const exhibit = exhibitOf('epoch-at-uptodate');
  if (exhibit === null) throw new Error('the gallery has lost an exhibit');
  return runScript(withMutant(exhibit.script, 'epoch-at-uptodate')).record;
}

describe('a monkey', () => {
  it('does in a bus what it does in one thread, whenever the wall lets it', async () => {
    const test = await openBus(createGround(), MONKEY.world);
    await test.bus.runTo(MONKEY.from);
    await test.bus.setMonkey(MONKEY.intensity);
    await test.bus.runTo(4_000_000 as Micros);
    await test.bus.step('event');
    await test.bus.runTo(MONKEY.until);
    await expect.poll(() => test.frame().now).toBe(MONKEY.until);
    const node = monkeyInNode();
    expect(node.record.actions.length).toBeGreaterThan(30);
    expect(test.frame().monkey).toBe(MONKEY.intensity);
    expect(await test.bus.record()).toEqual(node.record);
    expect(test.frame().traceHash).toBe(node.hash);
    await test.bus.close(false);
  });

  it('is called off, and comes back with the clients that it had', async () => {
    const test = await openBus(createGround(), MONKEY.world);
    await test.bus.setMonkey(5);
    await test.bus.runTo(5_000_000 as Micros);
    await test.bus.setMonkey(null);
    const { length } = (await test.bus.record()).actions;
    await test.bus.runTo(9_000_000 as Micros);
    expect((await test.bus.record()).actions).toHaveLength(length);
    await test.bus.setMonkey(2);
    await test.bus.runTo(12_000_000 as Micros);
    const { actions } = await test.bus.record();
    expect(actions.length).toBeGreaterThan(length);
    const added = actions.flatMap(({ action }) =>
      action.kind === 'addClient' ? [action.process] : [],
    );
    expect(new Set(added).size).toBe(added.length);
    await test.bus.close(false);
  });
});

describe('a record', () => {
  it('takes place again, action by action, also where a person steps', async () => {
    const { record, hash } = monkeyInNode();
    const { bus, frame } = await openRecord(record);
    expect((await bus.record()).actions).toEqual([]);
    for (const kind of ['interesting', 'event', 'packet', 'event'] as const) await bus.step(kind);
    await bus.runTo(record.until);
    await expect.poll(() => frame()?.now).toBe(record.until);
    expect(frame()?.replayed).toBe(record.actions.length);
    expect(frame()?.traceHash).toBe(hash);
    expect(await bus.record()).toEqual(record);
    await bus.close(false);
  });

  it('stops at the window in which a property breaks, and goes on when it is told to', async () => {
    const record = brokenRun();
    const { bus, frame } = await openRecord(record);
    await bus.setSpeed(Infinity);
    await bus.play();
    await expect.poll(() => frame()?.properties.find((p) => !p.holds)?.name).toBe('C.3');
    expect(frame()?.running).toBe(false);
    const { now } = frame() ?? { now: 0 };
    expect(now).toBeLessThan(record.until);
    await bus.runTo(record.until);
    await expect.poll(() => frame()?.now).toBeGreaterThan(now);
    await bus.close(false);
  });
});

describe('a checkpoint', () => {
  it('goes on in one thread exactly as the ensemble does', async () => {
    const test = await openBus(createGround(), scriptedWorld);
    await test.bus.runTo(1_500_000 as Micros);
    const saved = structuredClone(await test.bus.checkpoint());
    await test.bus.runTo(3_000_000 as Micros);
    await expect.poll(() => test.frame().now).toBe(3_000_000);
    const run = restore(saved);
    runUntil(run, 3_000_000 as Micros);
    expect(traceHash(run)).toBe(test.frame().traceHash);
    expect(traceHash(replay(recordOf(run)))).toBe(test.frame().traceHash);
    await test.bus.close(false);
  });

  it('can be explored', async () => {
    const test = await openBus(createGround(), scriptedWorld);
    await test.bus.runTo(1_500_000 as Micros);
    const saved = structuredClone(await test.bus.checkpoint());
    const limits = { faults: 1, deliveries: 10, states: 40 };
    const { found, states } = explore(saved, limits);
    expect(found).toBeNull();
    expect(states).toBeGreaterThan(5);
    await test.bus.close(false);
  });
});
