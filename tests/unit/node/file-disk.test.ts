/** The files of a member: what is asked for is there, in ZooKeeper's own form. */
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DiskEffect, DiskOp, ServerEvent } from '../../../src/core/quorum/peer-io.ts';
import type { TxnRecord } from '../../../src/core/jute/txn.ts';
import type { DiskImage } from '../../../src/core/txn-log/disk-image.ts';
import type { Millis, SessionId } from '../../../src/core/units.ts';
import { makeZxid, type Zxid } from '../../../src/core/zxid.ts';
import { lockDirectory } from '../../../src/node/data-dir-lock.ts';
import type { DiskPlace } from '../../../src/node/disk-files.ts';
import { FileDisk, type FileDiskOptions } from '../../../src/node/file-disk.ts';
import { readDisk } from '../../../src/node/read-disk.ts';

let place: DiskPlace;
let disk: FileDisk;
let events: ServerEvent[];
let ops = 0;

beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'file-disk-'));
  place = { dataDir: directory, dataLogDir: directory };
  await open();
});

afterEach(async () => {
  await disk.close(true);
  await rm(place.dataDir, { recursive: true, force: true });
});

const PREALLOC = 8192;

/** @returns what a start finds. */
async function open(options: Partial<FileDiskOptions> = {}): Promise<DiskImage> {
  events = [];
  const image = await readDisk(place, { release: '3.9', maxBuffer: 0xfffff });
  disk = new FileDisk({
    place,
    preAllocSize: PREALLOC,
    release: '3.9',
    forceSync: true,
    snapRetainCount: 3,
    log: () => undefined,
    deliver: (event) => events.push(event),
    ...options,
  });
  return image;
}

async function reopen(options: Partial<FileDiskOptions> = {}): Promise<DiskImage> {
  await disk.close(false);
  return open(options);
}

function zxid(counter: number): Zxid {
  return makeZxid(1, counter);
}

function record(counter: number, size = 10): TxnRecord {
  return {
    header: { clientId: 5n as SessionId, cxid: 1, zxid: zxid(counter), time: 1000 as Millis },
    txn: { type: 'setData', path: '/a', data: new Uint8Array(size).fill(7), version: counter },
    digest: 12345n,
  };
}

type WithoutOp<T> = T extends unknown ? Omit<T, 'op'> : never;

/** Carries out what has an op, and waits for what comes of it. */
async function carryOut(
  effect: WithoutOp<Extract<DiskEffect, { op: DiskOp }>>,
): Promise<ServerEvent> {
  const op = ++ops as DiskOp;
  disk.apply({ ...effect, op });
  const isDone = (event: ServerEvent): boolean => 'op' in event && event.op === op;
  await expect.poll(() => events.some(isDone), { interval: 2 }).toBe(true);
  const event = events.find(isDone);
  if (event === undefined) throw new Error('it is there');
  return event;
}

function append(from: number, to: number, startsFile: boolean, size?: number): void {
  for (let n = from; n <= to; n++) {
    disk.apply({ kind: 'append', record: record(n, size), startsFile: startsFile && n === from });
  }
}

function zxids(image: DiskImage): string[] {
  return image.log.map((entry) =>
    entry.kind === 'record' ? entry.record.header.zxid.toString(16) : entry.kind,
  );
}

const version2 = (name = ''): string => join(place.dataDir, 'version-2', name);

describe('the log', () => {
  test('comes back as it was written, over two files and their padding', async () => {
    append(1, 3, true);
    expect(await carryOut({ kind: 'syncLog' })).toMatchObject({ kind: 'durable' });
    append(4, 4, false);
    await carryOut({ kind: 'syncLog' });
    append(5, 6, true);
    await carryOut({ kind: 'syncLog' });
    expect((await stat(version2('log.100000001'))).size).toBe(PREALLOC);
    const image = await reopen();
    expect(zxids(image)).toEqual(['1', '2', '3', '4', '5', '6'].map((n) => `10000000${n}`));
    expect(image.log.map((e) => e.kind === 'record' && e.startsFile)).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => n === 1 || n === 5),
    );
    expect(image.log[0]).toMatchObject({ record: record(1) });
  });

  test('grows by preAllocSize, and ends in zeros', async () => {
    append(1, 4, true, 5000);
    await carryOut({ kind: 'syncLog' });
    append(5, 8, false, 5000);
    await carryOut({ kind: 'syncLog' });
    const { size } = await stat(version2('log.100000001'));
    expect(size % PREALLOC).toBe(0);
    expect(size).toBeGreaterThan(8 * 5000 + 4096);
    const bytes = await readFile(version2('log.100000001'));
    expect(bytes.subarray(-4096).every((byte) => byte === 0)).toBe(true);
    expect(zxids(await reopen()).length).toBe(8);
  });

  test('what was not asked to be synced is written at an orderly end, not at a kill', async () => {
    append(1, 1, true);
    await carryOut({ kind: 'syncLog' });
    append(2, 2, false);
    await disk.close(true);
    expect(zxids(await open())).toEqual(['100000001']);
    append(2, 2, true);
    expect(zxids(await reopen())).toEqual(['100000001', '100000002']);
  });

  test('is cut in the middle of a file, and the files after it go', async () => {
    append(1, 3, true);
    append(4, 5, true);
    await carryOut({ kind: 'syncLog' });
    expect(await carryOut({ kind: 'truncate', zxid: zxid(2) })).toMatchObject({ kind: 'durable' });
    append(3, 3, true);
    await carryOut({ kind: 'syncLog' });
    expect(zxids(await reopen())).toEqual(['100000001', '100000002', '100000003']);
    expect(await readdir(version2())).toEqual(['log.100000001', 'log.100000003']);
  });

  test('a torn end is an end', async () => {
    append(1, 2, true);
    await carryOut({ kind: 'syncLog' });
    await disk.close(true);
    await truncate(version2('log.100000001'), 16 + 100);
    expect(zxids(await open())).toEqual(['100000001', 'torn']);
  });

  test('a file that cannot be opened is a disk that failed, and says why', async () => {
    await rm(version2(), { recursive: true });
    append(1, 1, true);
    expect(await carryOut({ kind: 'syncLog' })).toMatchObject({
      kind: 'diskFailed',
      reason: expect.stringContaining('the file is gone (ENOENT: ') as string,
    });
  });

  test('without forceSync it is written all the same', async () => {
    await reopen({ forceSync: false, preAllocSize: 0 });
    append(1, 2, true);
    await carryOut({ kind: 'syncLog' });
    expect(zxids(await reopen())).toEqual(['100000001', '100000002']);
  });

  test('lies in a directory of its own where one is given', async () => {
    await disk.close(true);
    place = { ...place, dataLogDir: join(place.dataDir, 'log') };
    await open();
    append(1, 1, true);
    await carryOut({ kind: 'syncLog' });
    expect(await readdir(join(place.dataDir, 'log', 'version-2'))).toEqual(['log.100000001']);
    expect(zxids(await reopen())).toEqual(['100000001']);
  });
});

describe('the other files', () => {
  test('epochs are decimal text, and replaced as a whole', async () => {
    await carryOut({ kind: 'writeEpoch', file: 'acceptedEpoch', epoch: 11 });
    await carryOut({ kind: 'writeEpoch', file: 'currentEpoch', epoch: 10 });
    await carryOut({ kind: 'writeEpoch', file: 'currentEpoch', epoch: 11 });
    expect(await readFile(version2('currentEpoch'), 'utf8')).toBe('11');
    expect(await readdir(version2())).toEqual(['acceptedEpoch', 'currentEpoch']);
    expect(await reopen()).toMatchObject({ acceptedEpoch: 11, currentEpoch: 11 });
  });

  test('the dynamic configuration stands beside version-2, and goes', async () => {
    const text = 'server.1=h:1:2:participant;3\nversion=100000001';
    await carryOut({ kind: 'writeConfig', file: 'dynamic', text });
    await carryOut({ kind: 'writeConfig', file: 'next', text });
    expect(await reopen()).toMatchObject({ dynamicConfig: text, nextConfig: text });
    await carryOut({ kind: 'writeConfig', file: 'next', text: null });
    expect(await reopen()).toMatchObject({ dynamicConfig: text, nextConfig: null });
  });

  test('snapshots: the newest three stay, with the logs that they need', async () => {
    for (const n of [10, 20, 30, 40]) {
      append(n - 9, n, true);
      await carryOut({ kind: 'syncLog' });
      await carryOut({
        kind: 'saveSnapshot',
        snapshot: { zxid: zxid(n), sessions: [], nodes: ROOT },
      });
    }
    disk.apply({ kind: 'purge', snapshot: zxid(20) });
    await disk.close(false);
    expect(await readdir(version2())).toEqual([
      'log.10000000b',
      'log.100000015',
      'log.10000001f',
      'snapshot.100000014',
      'snapshot.10000001e',
      'snapshot.100000028',
    ]);
    const image = await open();
    expect(image.snapshots.map(({ kind }) => kind)).toEqual(['snapshot', 'snapshot', 'snapshot']);
  });

  test('with autopurge off nothing goes', async () => {
    await reopen({ snapRetainCount: null });
    for (const n of [1, 2, 3, 4, 5]) {
      const snapshot = { zxid: zxid(n), sessions: [], nodes: ROOT };
      await carryOut({ kind: 'saveSnapshot', snapshot });
    }
    disk.apply({ kind: 'purge', snapshot: zxid(3) });
    await disk.close(false);
    expect((await readdir(version2())).length).toBe(5);
    // What a start reads is bounded all the same.
    expect((await open()).snapshots.length).toBe(3);
  });

  test('where the newest snapshots are damaged an older one is read', async () => {
    await reopen({ snapRetainCount: null });
    for (const n of [1, 2, 3, 4]) {
      const snapshot = { zxid: zxid(n), sessions: [], nodes: ROOT };
      await carryOut({ kind: 'saveSnapshot', snapshot });
    }
    for (const n of [2, 3, 4]) await truncate(version2(`snapshot.10000000${String(n)}`), 40);
    const image = await reopen();
    expect(image.snapshots.map(({ kind }) => kind)).toEqual([
      'snapshot',
      'damaged',
      'damaged',
      'damaged',
    ]);
  });
});

describe('whose directory it is', () => {
  const file = (): string => join(place.dataDir, 'zookeeper-playground.pid');

  test('that of a process which runs, until it gives it back', async () => {
    await writeFile(file(), `${String(process.ppid)}\n`);
    await expect(lockDirectory(place.dataDir)).rejects.toThrow(
      `is in use by the process ${String(process.ppid)}`,
    );
    await rm(file());
    const unlock = await lockDirectory(place.dataDir);
    expect(await readFile(file(), 'utf8')).toBe(`${String(process.pid)}\n`);
    await unlock();
    expect(await readdir(place.dataDir)).toEqual(['version-2']);
  });

  test.each(['999999999\n', 'nobody', ''])('%j is nobody that runs', async (owner) => {
    await writeFile(file(), owner);
    const unlock = await lockDirectory(place.dataDir);
    await unlock();
  });
});

const ROOT = [
  {
    path: '',
    data: null,
    acl: [{ perms: 31, id: { scheme: 'world', id: 'anyone' } }],
    czxid: 0n as Zxid,
    mzxid: 0n as Zxid,
    ctime: 0 as Millis,
    mtime: 0 as Millis,
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner: 0n as SessionId,
    pzxid: 0n as Zxid,
  },
];
