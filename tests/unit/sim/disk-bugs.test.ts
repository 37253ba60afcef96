/**
 * Where a bug makes the disk behave otherwise: what survives a loss of power is the same in the
 * simulation and in a browser's store, which is given what the simulated disk writes.
 */
import { expect, test } from 'vitest';
import type { DiskEffect, DiskOp } from '../../../src/core/quorum/peer-io.ts';
import { EMPTY_DISK, type DiskImage } from '../../../src/core/txn-log/disk-image.ts';
import type { Micros, Sid } from '../../../src/core/units.ts';
import { makeZxid, type Zxid } from '../../../src/core/zxid.ts';
import { createAgenda, firstOwn, takeOwn } from '../../../src/sim/agenda.ts';
import {
  applyDiskEffect,
  completeOperation,
  crashImage,
  createDisk,
  type Disk,
} from '../../../src/sim/disk.ts';
import { createMedium, openMemoryDiskStore } from '../../../src/store/memory-disk-store.ts';

function zxid(counter: number): Zxid {
  return makeZxid(1, counter);
}

function save(op: number, counter: number, unsynced: boolean): DiskEffect {
  const snapshot = { zxid: zxid(counter), sessions: [], nodes: [] };
  return { kind: 'saveSnapshot', op: op as DiskOp, snapshot, unsynced };
}

function cut(op: number, counter: number, keepsSnapshots: boolean): DiskEffect {
  return { kind: 'truncate', op: op as DiskOp, zxid: zxid(counter), keepsSnapshots };
}

function diskAfter(effects: readonly DiskEffect[]): Disk {
  const latency = { min: 10 as Micros, max: 10 as Micros };
  const disk = createDisk(1 as Sid, 7, 0, latency, EMPTY_DISK);
  const agenda = createAgenda(0);
  for (const effect of effects) applyDiskEffect(disk, agenda, 0 as Micros, effect);
  for (let own = firstOwn(agenda); own !== null; own = firstOwn(agenda)) {
    takeOwn(agenda, own);
    completeOperation(disk);
  }
  return disk;
}

function snapshotsOf(image: DiskImage): readonly Zxid[] {
  return image.snapshots.map((entry) =>
    entry.kind === 'snapshot' ? entry.snapshot.zxid : entry.zxid,
  );
}

async function storedBy(disk: Disk): Promise<readonly Zxid[]> {
  const store = openMemoryDiskStore(createMedium());
  await store.load();
  await store.write(disk.writes);
  return snapshotsOf(await store.load());
}

const rows = [
  ['a truncation takes the newer snapshots', [save(1, 3, false), cut(2, 1, false)], [], []],
  ['with a bug it keeps them', [save(1, 3, false), cut(2, 1, true)], [3], [3]],
  [
    'an older snapshot than those that are kept stands before them',
    [save(1, 3, false), cut(2, 1, true), save(3, 1, false)],
    [1, 3],
    [1, 3],
  ],
  ['a snapshot is safe', [save(1, 3, false)], [3], [3]],
  ['with a bug it is not', [save(1, 3, true)], [3], []],
  ['nor in the place of another one', [save(1, 2, false), save(2, 3, true)], [2, 3], [2]],
] as const;

test.each(rows)('%s', async (_, effects, written, safe) => {
  const disk = diskAfter(effects);
  expect(snapshotsOf(crashImage(disk, 'lost', true))).toEqual(written.map(zxid));
  expect(snapshotsOf(crashImage(disk, 'lost', false))).toEqual(safe.map(zxid));
  expect(await storedBy(disk)).toEqual(safe.map(zxid));
});
