import { describe, expect, it } from 'vitest';
import type { Sid } from '../../../src/core/units.ts';
import type { Frame } from '../../../src/sim/frame.ts';
import { act, createLocalRun, runUntil, traceHash } from '../../../src/sim/local.ts';
import {
  createMedium,
  openMemoryDiskStore,
  type MemoryMedium,
} from '../../../src/store/memory-disk-store.ts';
import { openMemorySettingsStore } from '../../../src/store/settings-store.ts';
import { createBusHost } from '../../../src/worker/bus-host.ts';
import { applyDelta } from '../../../src/worker/frame-delta.ts';
import type { MemberPort } from '../../../src/worker/member-api.ts';
import { createMemberNode } from '../../../src/worker/member-node.ts';
import { createMemberPool } from '../../../src/worker/member-port.ts';
import type { RunGround } from '../../../src/worker/run.ts';
import { script, scriptedWorld, scriptEnd } from '../../support/scripted-run.ts';

/** Members in this thread, behind clones as behind a worker's port; stores in memory. */
interface TestGround {
  readonly ground: RunGround;
  readonly media: Map<string, MemoryMedium>;
}

function createGround(): TestGround {
  const media = new Map<string, MemoryMedium>();
  const settings = openMemorySettingsStore();
  const mediumOf = (database: string): MemoryMedium => {
    const medium = media.get(database) ?? createMedium();
    media.set(database, medium);
    return medium;
  };
  const openDisk: RunGround['openDisk'] = (database) => openMemoryDiskStore(mediumOf(database));
  const spawn = (): MemberPort => {
    const node = createMemberNode(openDisk);
    return {
      boot: (boot) => node.boot(structuredClone(boot)),
      step: async (batch) => structuredClone(await node.step(structuredClone(batch))),
      picture: async () => structuredClone(await node.picture()),
      tree: () => node.tree(),
      children: (path) => node.children(path),
      crash: async (tail) => structuredClone(await node.crash(tail)),
      terminate: () => undefined,
    };
  };
  const ground: RunGround = {
    pool: createMemberPool(0, spawn),
    openDisk,
    databaseOf: (sid: Sid) => `disk-${String(sid)}`,
    openSettings: () => settings,
    takeLock: () => Promise.resolve({ release: () => undefined }),
    wall: () => performance.now(),
  };
  return { ground, media };
}

function localHash(): string {
  const run = createLocalRun(scriptedWorld);
  for (const { at, action } of script) {
    runUntil(run, at);
    expect(act(run, action)).toEqual({ ok: true });
  }
  runUntil(run, scriptEnd);
  return traceHash(run);
}

describe('the bus loop', () => {
  it('does what the synchronous driver does, to the last bit', async () => {
    const { ground } = createGround();
    const bus = createBusHost(ground);
    let frame: Frame | null = null;
    const opened = await bus.open(
      { world: scriptedWorld, resume: false, durable: true },
      (delta) => {
        frame = applyDelta(frame, delta);
      },
    );
    expect(opened).toEqual({ kind: 'open', recovered: false });
    for (const { at, action } of script) {
      await bus.runTo(at);
      expect(await bus.act(action)).toEqual({ ok: true });
    }
    await bus.runTo(scriptEnd);
    await bus.pause();
    await expect.poll(() => frame?.now).toBe(scriptEnd);
    const last = frame as Frame | null;
    expect(last?.failure).toBeNull();
    expect(last?.traceHash).toBe(localHash());
    await bus.close(false);
  });
});
