/** What a bus stands on in tests: members in this thread, stores in memory. */
import type { Sid } from '../../src/core/units.ts';
import type { WorldConfig } from '../../src/sim/actions.ts';
import type { Frame, MemberView } from '../../src/sim/frame.ts';
import type { LocalRun } from '../../src/sim/local.ts';
import {
  createMedium,
  openMemoryDiskStore,
  type MemoryMedium,
} from '../../src/store/memory-disk-store.ts';
import { openMemorySettingsStore } from '../../src/store/settings-store.ts';
import type { OpenOptions, OpenResult } from '../../src/worker/api.ts';
import type { BusApi } from '../../src/worker/bus-api.ts';
import { createBusHost } from '../../src/worker/bus-host.ts';
import { applyDelta } from '../../src/worker/frame-delta.ts';
import type { MemberPort } from '../../src/worker/member-api.ts';
import { createMemberNode } from '../../src/worker/member-node.ts';
import { createMemberPool } from '../../src/worker/member-port.ts';
import type { RunGround } from '../../src/worker/run.ts';

/** Members in this thread, behind clones as behind a worker's port; stores in memory. */
export interface TestGround {
  readonly ground: RunGround;
  readonly media: Map<string, MemoryMedium>;
}

export function createGround(): TestGround {
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
      logPart: async (from, to) => structuredClone(await node.logPart(from, to)),
      disk: async () => structuredClone(await node.disk()),
      checkpoint: () => node.checkpoint(),
      admin: (word, now) => node.admin(word, now),
      retire: () => node.retire(),
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

export interface TestBus {
  readonly bus: BusApi;
  readonly opened: OpenResult;
  frame(): Frame;
  member(sid: number): MemberView;
}

export async function openBus(
  { ground }: TestGround,
  world: WorldConfig,
  resume = false,
  durable = true,
  more: Pick<OpenOptions, 'disks' | 'cruise'> = {},
): Promise<TestBus> {
  return openWith(createBusHost(ground), { world, resume, durable, ...more });
}

/** A run that goes on from a moment; with `bus`, in the place of what that one has open. */
export async function openMoment(
  { ground }: TestGround,
  moment: LocalRun,
  { bus = createBusHost(ground), durable = true }: { bus?: BusApi; durable?: boolean } = {},
): Promise<TestBus> {
  return openWith(bus, { world: moment.world.config, resume: false, durable, moment });
}

async function openWith(bus: BusApi, options: OpenOptions): Promise<TestBus> {
  let frame: Frame | null = null;
  const opened = await bus.open(options, (delta) => {
    frame = applyDelta(frame, delta);
  });
  const latest = (): Frame => {
    if (frame === null) throw new Error('no frame yet');
    return frame;
  };
  return {
    bus,
    opened,
    frame: latest,
    member: (sid) => {
      const member = latest().members.find((m) => m.sid === (sid as Sid));
      if (member === undefined) throw new Error(`no server ${String(sid)}`);
      return member;
    },
  };
}
