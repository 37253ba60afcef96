/** Time runs to a goal, and stops right there. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Micros, Millis, ProcessId, Sid } from '../../../src/core/units.ts';
import type { Action } from '../../../src/sim/actions.ts';
import type { Frame } from '../../../src/sim/frame.ts';
import { GOAL_SPAN_MAX, type Goal } from '../../../src/worker/api.ts';
import { scriptedWorld } from '../../support/scripted-run.ts';
import { createGround, openBus, type TestBus } from '../../support/test-ground.ts';

const A = 1001 as ProcessId;

function client(process: ProcessId): Action {
  return {
    kind: 'addClient',
    process,
    name: 'A',
    servers: [],
    sessionTimeout: 6000 as Millis,
    console: true,
  };
}

const open: TestBus[] = [];

afterEach(async () => {
  for (const test of open.splice(0)) await test.bus.close(true);
});

async function start(until = 0): Promise<TestBus> {
  const test = await openBus(createGround(), scriptedWorld, false, false);
  open.push(test);
  if (until > 0) await test.bus.runTo(until as Micros);
  return test;
}

/** Where it stopped, as the page sees it. */
async function reach(test: TestBus, goal: Goal): Promise<Frame> {
  expect(await test.bus.runUntil(goal)).toBe('reached');
  const { until: now } = await test.bus.record();
  await expect.poll(() => test.frame().now).toBe(now);
  expect(test.frame().running).toBe(false);
  return test.frame();
}

const leader = (frame: Frame): Sid | undefined =>
  frame.members.find((m) => m.server?.state === 'LEADING')?.sid;

describe('time runs until', () => {
  it('somebody serves, nobody leads, a server follows', async () => {
    const test = await start();
    let frame = await reach(test, { kind: 'serves' });
    expect(frame.members.some((m) => m.server?.serving === true)).toBe(true);
    const sid = leader(frame);
    if (sid === undefined) throw new Error('nobody leads');
    await test.bus.act({ kind: 'crash', sid, tail: 'kept', silent: false });
    frame = await reach(test, { kind: 'leaderless' });
    expect(leader(frame)).toBeUndefined();
    frame = await reach(test, { kind: 'serves' });
    expect(leader(frame)).not.toBe(sid);
    await test.bus.act({ kind: 'restart', sid });
    frame = await reach(test, { kind: 'role', sid, state: 'FOLLOWING' });
    expect(frame.members.find((m) => m.sid === sid)?.server?.state).toBe('FOLLOWING');
    const { events } = frame;
    frame = await reach(test, { kind: 'role', sid, state: 'FOLLOWING' });
    expect(frame.events).toBe(events);
  });

  it('a znode is there, and until it is gone', async () => {
    const test = await start(1_500_000);
    await test.bus.act(client(A));
    await test.bus.runTo(2_500_000 as Micros);
    await test.bus.act({ kind: 'line', process: A, line: 'create /here x' });
    const there = await reach(test, { kind: 'znode', path: '/here', exists: true });
    // A write takes a few milliseconds, not the whole of a slice.
    expect(there.now - 2_500_000).toBeLessThan(100_000);
    await test.bus.act({ kind: 'line', process: A, line: 'delete /here' });
    const gone = await reach(test, { kind: 'znode', path: '/here', exists: false });
    expect(gone.now - there.now).toBeLessThan(100_000);
    expect(gone.now).toBeGreaterThan(there.now);
  });

  it('a session expires: of a client that died', async () => {
    const test = await start(1_500_000);
    await test.bus.act(client(A));
    await test.bus.runTo(2_500_000 as Micros);
    await test.bus.act({ kind: 'killClient', process: A });
    const frame = await reach(test, { kind: 'expires', process: A });
    expect(frame.now).toBeGreaterThan(2_500_000 + 4_000_000);
    expect(frame.now).toBeLessThan(2_500_000 + 10_000_000);
    expect(frame.trace.slice(-12).some(({ text }) => text.endsWith('expires'))).toBe(true);
  });

  it('a packet arrives: not one event farther', async () => {
    const test = await start(1_500_000);
    await test.bus.act(client(A));
    await test.bus.runTo(2_500_000 as Micros);
    await test.bus.act({ kind: 'line', process: A, line: 'create /x y' });
    const types = ['PROPOSAL', 'ACK', 'COMMIT', 'reply', 'PING', 'ping'];
    let { now } = test.frame();
    for (const type of types) {
      const frame = await reach(test, { kind: 'packet', type });
      expect(frame.now).toBeGreaterThanOrEqual(now);
      ({ now } = frame);
      const last = frame.trace.findLast(({ kind }) => kind === 'packet');
      expect(last?.text.toLowerCase()).toContain(type === 'reply' ? 'answer' : type.toLowerCase());
      expect(last?.at).toBe(now);
    }
  });

  it('stops the very event that single steps find', async () => {
    const goal = { kind: 'packet', type: 'PROPOSAL' } as const;
    const hashes: string[] = [];
    for (const stepping of [false, true]) {
      const test = await start(1_500_000);
      await test.bus.act(client(A));
      for (let n = 0; n < 2; n += 1) {
        if (!stepping) await reach(test, goal);
        for (let i = 0; stepping && i < 5000; i += 1) {
          await test.bus.step('packet');
          const { until } = await test.bus.record();
          await expect.poll(() => test.frame().now, { interval: 1 }).toBe(until);
          const last = test.frame().trace.findLast(({ kind }) => kind === 'packet');
          if (last?.text.includes('PROPOSAL') === true) break;
        }
      }
      hashes.push(test.frame().traceHash);
    }
    expect(hashes[0]).toBe(hashes[1]);
  });

  it('a moment, or as far as it goes, or until it is stopped', async () => {
    const test = await start();
    expect((await reach(test, { kind: 'moment', at: 1_234_567 as Micros })).now).toBe(1_234_567);
    const never = { kind: 'znode', path: '/never', exists: true } as const;
    const stopped = test.bus.runUntil(never);
    await test.bus.pause();
    expect(await stopped).toBe('stopped');
    // With all servers down nothing is to come.
    for (const sid of [1, 2, 3, 4]) {
      await test.bus.act({ kind: 'crash', sid: sid as Sid, tail: 'kept', silent: true });
    }
    const { now } = (await test.bus.checkpoint()).world;
    expect(await test.bus.runUntil(never)).toBe('tooFar');
    expect((await test.bus.checkpoint()).world.now).toBe(now + GOAL_SPAN_MAX);
  });
});

describe('an operator asks', () => {
  it('any word, of a server that runs, and leaves no trace', async () => {
    const test = await start(3_000_000);
    const sid = leader(test.frame()) ?? (2 as Sid);
    const before = structuredClone((await test.bus.checkpoint()).hosts);
    expect(await test.bus.admin(sid, 'ruok')).toBe('imok');
    expect(await test.bus.admin(sid, 'srvr')).toContain('Mode: leader');
    expect(await test.bus.admin(sid, 'mntr')).toMatch(/^zk_synced_followers\t/m);
    expect(await test.bus.admin(sid, 'conf')).toContain('tickTime=2000');
    expect(await test.bus.admin(sid, 'envi')).toContain('zookeeper.version=3.9');
    expect(await test.bus.admin(sid, 'crst')).toContain('not executed');
    expect(await test.bus.admin(sid, 'what')).toBeNull();
    for (const word of ['stat', 'cons', 'dump', 'wchs', 'wchc', 'wchp', 'dirs', 'isro', 'hash']) {
      expect(await test.bus.admin(sid, word)).not.toBeNull();
    }
    expect((await test.bus.checkpoint()).hosts).toEqual(before);
    await test.bus.act({ kind: 'crash', sid, tail: 'kept', silent: false });
    expect(await test.bus.admin(sid, 'ruok')).toBeNull();
  });
});
