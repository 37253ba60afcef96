import { describe, expect, it } from 'vitest';
import type { Micros, Millis, ProcessId, Sid } from '../../../src/core/units.ts';
import type { Action } from '../../../src/sim/actions.ts';
import { StoreFullError } from '../../../src/store/disk-store.ts';
import { scriptedHash } from '../../support/provide-node-hash.ts';
import { script, scriptedWorld, scriptEnd } from '../../support/scripted-run.ts';
import { createGround, openBus, type TestBus } from '../../support/test-ground.ts';

const CONSOLE = 1001 as ProcessId;

const newConsole: Action = {
  kind: 'addClient',
  process: CONSOLE,
  name: 'A',
  servers: [],
  sessionTimeout: 10_000 as Millis,
  console: true,
};

function crash(sid: number): Action {
  return { kind: 'crash', sid: sid as Sid, tail: 'kept', silent: false };
}

function restart(sid: number): Action {
  return { kind: 'restart', sid: sid as Sid };
}

async function run({ bus, frame }: TestBus, seconds: number): Promise<void> {
  const until = frame().now + seconds * 1e6;
  await bus.runTo(until as Micros);
  await bus.pause();
  await shown({ frame }, (now) => now >= until);
}

/** A frame follows what was done; it does not wait for it. */
async function shown(
  { frame }: Pick<TestBus, 'frame'>,
  moment: (now: number) => boolean,
): Promise<void> {
  await expect.poll(() => moment(frame().now) && !frame().running, { interval: 2 }).toBe(true);
}

async function type(test: TestBus, line: string): Promise<string> {
  const before = test.frame().transcripts.get(CONSOLE)?.length ?? 0;
  expect(await test.bus.act({ kind: 'line', process: CONSOLE, line })).toEqual({ ok: true });
  await run(test, 0.5);
  const lines = test.frame().transcripts.get(CONSOLE) ?? [];
  return lines
    .slice(before)
    .map((l) => l.text)
    .join('\n');
}

describe('the bus loop', () => {
  it('does what the synchronous driver does, to the last bit', async () => {
    const test = await openBus(createGround(), scriptedWorld);
    expect(test.opened).toEqual({ kind: 'open', recovered: false });
    for (const { at, action } of script) {
      await test.bus.runTo(at);
      expect(await test.bus.act(action)).toEqual({ ok: true });
    }
    await test.bus.runTo(scriptEnd);
    await shown(test, (now) => now === scriptEnd);
    expect(test.frame().failure).toBeNull();
    expect(test.frame().traceHash).toBe(scriptedHash());
    await test.bus.close(false);
  });

  it('gives the same hash when it steps and pauses, and when nothing is stored', async () => {
    const test = await openBus(createGround(), scriptedWorld, false, false);
    for (const kind of ['event', 'packet', 'interesting', 'phase'] as const) {
      await test.bus.step(kind);
    }
    let last = 0;
    for (const { at, action } of script) {
      if (at - last > 1_800_000) {
        await test.bus.runTo((at - 1_500_000) as Micros);
        for (let n = 0; n < 3; n += 1) await test.bus.step('event');
        await shown(test, (now) => now > at - 1_500_000);
        expect(test.frame().now).toBeLessThan(at);
      }
      await test.bus.runTo(at);
      await test.bus.act(action);
      last = at;
    }
    await test.bus.runTo(scriptEnd);
    await shown(test, (now) => now === scriptEnd);
    expect(test.frame().traceHash).toBe(scriptedHash());
    await test.bus.close(false);
  });

  it('follows the wall when it plays', async () => {
    const ground = createGround();
    const test = await openBus(ground, scriptedWorld);
    await test.bus.setSpeed(2);
    await test.bus.play();
    await expect.poll(() => test.frame().now, { timeout: 5000 }).toBeGreaterThan(400_000);
    await test.bus.pause();
    await shown(test, () => true);
    expect(test.frame().speed).toBe(2);
    const { now } = test.frame();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(test.frame().now).toBe(now);
    await test.bus.close(false);
  });

  it('sets off by itself to the first leader that serves, and goes on at its speed', async () => {
    const test = await openBus(createGround(), scriptedWorld, false, true, { cruise: 0.001 });
    const { opened, frame } = test;
    expect(opened.kind === 'open' && opened.base?.world.events).toBe(0);
    const serves = (): boolean => frame().members.some(({ server }) => server?.serving === true);
    await expect.poll(serves, { timeout: 5000, interval: 2 }).toBe(true);
    expect(frame().running).toBe(true);
    expect(frame().speed).toBe(0.001);
    const { now } = frame();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(frame().now - now).toBeLessThan(1_000);
    await test.bus.close(false);
  });

  it('is paused on its way to the first leader', async () => {
    const test = await openBus(createGround(), scriptedWorld, false, true, { cruise: 1 });
    await test.bus.pause();
    await shown(test, () => true);
    const { now, members } = test.frame();
    expect(members.every(({ server }) => server?.serving !== true)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(test.frame().now).toBe(now);
    await test.bus.close(false);
  });

  it('ends a run to a moment when it is paused', async () => {
    const test = await openBus(createGround(), scriptedWorld);
    const reached = test.bus.runTo(3_600_000_000 as Micros);
    await test.bus.pause();
    await reached;
    expect(test.frame().now).toBeLessThan(3_600_000_000);
    await test.bus.close(false);
  });

  it('completes commands, and paths from the tree of the console’s server', async () => {
    const test = await openBus(createGround(), scriptedWorld);
    await test.bus.runTo(1_000_000 as Micros);
    await test.bus.act(newConsole);
    await run(test, 1);
    await type(test, 'create /application data');
    expect((await test.bus.complete(CONSOLE, 'get /app')).options.join()).toContain('application');
    expect((await test.bus.complete(CONSOLE, 'deletea')).options.join()).toContain('deleteall');
    await test.bus.close(false);
  });

  it('tells the bytes of a packet as long as it is in flight', async () => {
    const test = await openBus(createGround(), scriptedWorld);
    await test.bus.runTo(1_000_000 as Micros);
    for (let i = 0; i < 200; i++) {
      await test.bus.step('event');
      // What is in flight now, not what a frame showed on the way.
      const { until } = await test.bus.record();
      await expect.poll(() => test.frame().now).toBe(until);
      if (test.frame().packets.length > 0) break;
    }
    expect(test.frame().packets).not.toEqual([]);
    for (const { conn, from, index } of test.frame().packets) {
      const told = await test.bus.packetBytes({ conn, from, index });
      expect(told?.fields.at(0)?.from).toBe(0);
      expect(told?.fields.at(-1)?.to).toBe(told?.length);
      expect(await test.bus.packetBytes({ conn, from, index: index + 1000 })).toBeNull();
    }
    await test.bus.close(false);
  });

  it('opens another ensemble after it was closed, or in place of the one that is open', async () => {
    const test = await openBus(createGround(), scriptedWorld);
    await test.bus.runTo(1_000_000 as Micros);
    await test.bus.close(true);
    const seen: string[] = [];
    const again = { world: scriptedWorld, resume: false, durable: true };
    for (let i = 0; i < 2; i += 1) {
      await test.bus.open(again, (delta) => {
        seen.push(delta.traceHash ?? '');
      });
      await test.bus.runTo(1_000_000 as Micros);
      await test.bus.pause();
    }
    await expect.poll(() => seen.at(-1)).toBe(test.frame().traceHash);
    await test.bus.close(true);
  });

  it('says why an action is not possible', async () => {
    const test = await openBus(createGround(), scriptedWorld);
    expect(await test.bus.act(restart(1))).toMatchObject({ ok: false });
    expect(await test.bus.act(restart(9))).toMatchObject({ ok: false });
    await test.bus.close(false);
    await expect(test.bus.play()).rejects.toThrow('no ensemble is open');
  });
});

describe('stored disks', () => {
  it('recover after a loss of all workers, later in virtual time and in new lives', async () => {
    const ground = createGround();
    const first = await openBus(ground, scriptedWorld);
    await first.bus.runTo(1_000_000 as Micros);
    await first.bus.act(newConsole);
    await run(first, 1);
    expect(await type(first, 'create /kept value')).toContain('Created /kept');
    const { now } = first.frame();
    // The page is gone without a word; what it stored is there.
    const second = await openBus(ground, scriptedWorld, true);
    expect(second.opened).toEqual({ kind: 'open', recovered: true });
    await shown(second, (later) => later > now);
    await run(second, 2);
    await second.bus.act(newConsole);
    await run(second, 1);
    expect(await type(second, 'get /kept')).toContain('value');
    await second.bus.close(true);
    const third = await openBus(ground, scriptedWorld, true);
    expect(third.opened).toEqual({ kind: 'open', recovered: false });
    await third.bus.close(true);
  });

  it('a full one ends its server, which loses nothing that it acknowledged', async () => {
    const ground = createGround();
    const test = await openBus(ground, scriptedWorld);
    await test.bus.runTo(1_000_000 as Micros);
    await test.bus.act(newConsole);
    await run(test, 1);
    await type(test, 'create /before value');
    const medium = ground.media.get('disk-1');
    if (medium === undefined) throw new Error('server 1 has no disk');
    medium.failWith = new StoreFullError('No space left on device');
    await type(test, 'create /during value');
    expect(test.member(1)).toMatchObject({ status: 'down', reason: 'No space left on device' });
    medium.failWith = null;
    expect(await test.bus.act(restart(1))).toEqual({ ok: true });
    await run(test, 3);
    expect(test.member(1).server?.serving).toBe(true);
    expect(test.member(1).server?.digest).toBe(test.member(2).server?.digest);
    expect(await type(test, 'ls /')).toContain('before, during');
    await test.bus.close(false);
  });

  it.each([
    ['meta/version', '99', 'version 99'],
    ['meta/currentEpoch', '1 0000', 'currentEpoch'],
  ])('with a damaged %s ends its server with the reason', async (key, value, reason) => {
    const ground = createGround();
    const test = await openBus(ground, scriptedWorld);
    await test.bus.runTo(1_000_000 as Micros);
    await test.bus.act(crash(2));
    ground.media.get('disk-2')?.values.set(key, value);
    await test.bus.act(restart(2));
    await test.bus.focus(2 as Sid);
    await run(test, 1);
    expect(test.member(2).status).toBe('down');
    expect(test.member(2).reason).toContain(reason);
    expect(test.frame().logLines.at(-1)?.message).toContain(reason);
    expect(test.frame().failure).toBeNull();
    expect(await test.bus.act({ kind: 'wipe', sid: 2 as Sid })).toEqual({ ok: true });
    await test.bus.act(restart(2));
    await run(test, 2);
    expect(test.member(2).server?.serving).toBe(true);
    await test.bus.close(false);
  });

  it('with a flipped bit in the middle of the log ends its server, as ZooKeeper does', async () => {
    const test = await openBus(createGround(), scriptedWorld);
    await test.bus.runTo(1_000_000 as Micros);
    await test.bus.act(newConsole);
    await run(test, 1);
    for (let i = 0; i < 5; i += 1) await type(test, `create /node-${String(i)}`);
    await test.bus.act(crash(1));
    await test.bus.act({ kind: 'damage', sid: 1 as Sid, what: 'logMiddle' });
    await test.bus.act(restart(1));
    await run(test, 1);
    expect(test.member(1).status).toBe('down');
    expect(test.member(1).reason).toContain('CRC check failed');
    await test.bus.close(false);
  });
});
