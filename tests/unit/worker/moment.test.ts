/** A run that goes on, in workers, from a moment that it was in. */
import { describe, expect, it } from 'vitest';
import type { Micros, Millis, ProcessId, Sid } from '../../../src/core/units.ts';
import { writesUnderWay } from '../../../src/sim/disk.ts';
import {
  act,
  checkpoint,
  createLocalRun,
  runUntil,
  stepOne,
  type LocalRun,
} from '../../../src/sim/local.ts';
import { durableImage, type MemberHost } from '../../../src/sim/member.ts';
import { openMemoryDiskStore } from '../../../src/store/memory-disk-store.ts';
import { scriptedHash } from '../../support/provide-node-hash.ts';
import { script, scriptedWorld, scriptEnd } from '../../support/scripted-run.ts';
import { createGround, openBus, openMoment, type TestGround } from '../../support/test-ground.ts';

/** Clients write, and server 3 is down. */
const IN_WRITES = 3_500_000 as Micros;

/** The scripted run up to a virtual time, with what was done by then. */
function livedUntil(until: Micros): { run: LocalRun; done: number } {
  const run = createLocalRun(scriptedWorld, { keepTrace: true });
  let done = 0;
  for (const { at, action } of script) {
    if (at > until) break;
    runUntil(run, at);
    act(run, action);
    done += 1;
  }
  runUntil(run, until);
  return { run, done };
}

function membersOf(run: LocalRun): MemberHost[] {
  return [...run.hosts.values()].flatMap((host) => (host.kind === 'member' ? [host] : []));
}

/** How many records are on their way to its disk. */
function recordsUnderWay({ disk }: MemberHost): number {
  return writesUnderWay(disk)
    .map((write) => (write.kind === 'append' ? write.entries.length : 0))
    .reduce((sum, count) => sum + count, 0);
}

/** Until so many records are on their way at the same time. */
function untilWriting(run: LocalRun, count: number): void {
  const writing = (): number =>
    membersOf(run).reduce((sum, member) => sum + recordsUnderWay(member), 0);
  for (let n = 0; n < 200_000 && writing() < count; n += 1) stepOne(run);
  expect(writing()).toBeGreaterThanOrEqual(count);
}

async function stored({ media }: TestGround, sid: Sid): Promise<unknown> {
  const medium = media.get(`disk-${String(sid)}`);
  if (medium === undefined) throw new Error(`nothing stored of server ${String(sid)}`);
  return openMemoryDiskStore(medium).load();
}

describe('a moment that goes on', () => {
  const moments = [0.01, 0.2, 0.45, 0.7, 0.95];
  it.each(moments)('gives the hash of the unbroken run, from %d of it', async (share) => {
    const { run, done } = livedUntil(Math.floor(scriptEnd * share) as Micros);
    const test = await openMoment(createGround(), checkpoint(run));
    for (const { at, action } of script.slice(done)) {
      await test.bus.runTo(at);
      expect(await test.bus.act(action)).toEqual({ ok: true });
    }
    await test.bus.runTo(scriptEnd);
    await expect.poll(() => test.frame().now).toBe(scriptEnd);
    expect(test.frame().failure).toBeNull();
    expect(test.frame().traceHash).toBe(scriptedHash());
    expect(test.frame().actions).toBe(script.length);
    await test.bus.close(false);
  });

  it('may be one that the workers were asked for, in the same workers', async () => {
    const ground = createGround();
    const test = await openBus(ground, scriptedWorld);
    const half = Math.floor(script.length / 2);
    let moment: LocalRun | null = null;
    for (const [index, { at, action }] of script.entries()) {
      await test.bus.runTo(at);
      if (index === half) moment = structuredClone(await test.bus.checkpoint());
      await test.bus.act(action);
    }
    if (moment === null) throw new Error('no moment');
    const again = await openMoment(ground, moment, { bus: test.bus });
    for (const { at, action } of script.slice(half)) {
      await again.bus.runTo(at);
      await again.bus.act(action);
    }
    await again.bus.runTo(scriptEnd);
    await expect.poll(() => again.frame().now).toBe(scriptEnd);
    expect(again.frame().traceHash).toBe(scriptedHash());
    await again.bus.close(false);
  });

  it('has stored what its disks hold, and nothing of another future', async () => {
    const ground = createGround();
    const other = await openBus(ground, scriptedWorld);
    for (const { at, action } of script) {
      await other.bus.runTo(at);
      await other.bus.act(action);
    }
    const { run } = livedUntil(IN_WRITES);
    untilWriting(run, 1);
    const moment = checkpoint(run);
    const test = await openMoment(ground, checkpoint(run), { bus: other.bus });
    // What is under way lands by itself; what it was before is its beginning.
    for (const member of membersOf(moment)) {
      const image = (await stored(ground, member.server.settings.sid)) as { log: unknown[] };
      const durable = durableImage(member);
      expect(image.log.slice(0, durable.log.length)).toEqual(durable.log);
      expect(image).toMatchObject({ snapshots: durable.snapshots });
    }
    for (const [sid, image] of moment.images) expect(await stored(ground, sid)).toEqual(image);
    await test.bus.close(false);
  });

  it('waits for the writes that were under way before it lets their completion out', async () => {
    const { run } = livedUntil(IN_WRITES);
    untilWriting(run, 2);
    const pending = membersOf(run).find((member) => recordsUnderWay(member) > 0);
    if (pending === undefined) throw new Error('nobody writes');
    const sid = pending.server.settings.sid;
    const ground = createGround();
    const test = await openMoment(ground, checkpoint(run));
    await test.bus.runTo((run.world.now + 200_000) as Micros);
    await test.bus.pause();
    const { hosts } = await test.bus.checkpoint();
    const member = hosts.get(sid as number as ProcessId);
    if (member?.kind !== 'member') throw new Error('the server is down');
    const image = (await stored(ground, sid)) as { log: unknown[] };
    expect(image.log.length).toBeGreaterThanOrEqual(member.disk.platter.log.length);
    expect(member.disk.platter.log.length).toBeGreaterThan(pending.disk.platter.log.length);
    await test.bus.close(false);
  });

  it('recovers after a reload: its own writes are there, those of the other future are not', async () => {
    const ground = createGround();
    const first = await openBus(ground, scriptedWorld);
    await first.bus.runTo(1_000_000 as Micros);
    const process = 1001 as ProcessId;
    await first.bus.act({
      kind: 'addClient',
      process,
      name: 'A',
      servers: [],
      sessionTimeout: 10_000 as Millis,
      console: true,
    });
    await first.bus.runTo(2_000_000 as Micros);
    const type = async (bus: typeof first.bus, line: string, until: number): Promise<void> => {
      await bus.act({ kind: 'line', process, line });
      await bus.runTo(until as Micros);
    };
    await type(first.bus, 'create /both x', 3_000_000);
    const moment = structuredClone(await first.bus.checkpoint());
    await type(first.bus, 'create /left x', 4_000_000);
    const second = await openMoment(ground, moment, { bus: first.bus });
    await type(second.bus, 'create /right x', 4_000_000);
    // The page is gone without a word.
    const third = await openBus(ground, scriptedWorld, true);
    expect(third.opened).toEqual({ kind: 'open', recovered: true });
    await third.bus.runTo(40_000_000 as Micros);
    await third.bus.pause();
    await third.bus.focus(1 as Sid);
    await expect.poll(() => third.frame().tree?.nodes.length ?? 0).toBeGreaterThan(0);
    const paths = third.frame().tree?.nodes.map(({ path }) => path) ?? [];
    expect(paths).toContain('/both');
    expect(paths).toContain('/right');
    expect(paths).not.toContain('/left');
    await third.bus.close(true);
  });
});
