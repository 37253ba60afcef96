import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import type { TxnRecord } from '../../../src/core/jute/txn.ts';
import { EMPTY_DISK, type DiskImage, type LogEntry } from '../../../src/core/txn-log/disk-image.ts';
import type { Snapshot } from '../../../src/core/txn-log/snapshot.ts';
import type { Millis, SessionId } from '../../../src/core/units.ts';
import { makeZxid, type Zxid } from '../../../src/core/zxid.ts';
import type { DiskStore, StoreWrite } from '../../../src/store/disk-store.ts';
import { DamagedStoreError, StoreError, StoreFullError } from '../../../src/store/disk-store.ts';
import { openIdbDiskStore } from '../../../src/store/idb-disk-store.ts';
import { createMedium, openMemoryDiskStore } from '../../../src/store/memory-disk-store.ts';
import { SEGMENT_MAX } from '../../../src/store/disk-layout.ts';

const text = new TextEncoder();

function record(counter: number, epoch = 1): TxnRecord {
  return {
    header: {
      clientId: 0x100001234n as SessionId,
      cxid: counter,
      zxid: makeZxid(epoch, counter),
      time: (1_767_225_600_000 + counter) as Millis,
    },
    txn: {
      type: 'create',
      path: `/node-${String(counter)}`,
      data: text.encode(`value ${String(counter)}`),
      acl: OPEN_ACL_UNSAFE,
      ephemeral: counter % 2 === 0,
      parentCVersion: counter,
    },
    digest: null,
  };
}

function entry(counter: number, epoch = 1, startsFile = false): LogEntry {
  return { kind: 'record', record: record(counter, epoch), startsFile };
}

function append(from: number, to: number, epoch = 1): StoreWrite {
  const entries: LogEntry[] = [];
  for (let i = from; i <= to; i += 1) entries.push(entry(i, epoch, i === from));
  return { kind: 'append', entries };
}

function snapshot(zxid: Zxid): Snapshot {
  const root = {
    path: '',
    data: new Uint8Array(0),
    acl: OPEN_ACL_UNSAFE,
    czxid: 0n as Zxid,
    mzxid: 0n as Zxid,
    ctime: 0 as Millis,
    mtime: 0 as Millis,
    version: 0,
    cversion: 3,
    aversion: 0,
    ephemeralOwner: 0n as SessionId,
    pzxid: zxid,
  };
  return { zxid, sessions: [[7n as SessionId, 10_000 as Millis]], nodes: [root] };
}

function zxids(image: DiskImage): readonly string[] {
  return image.log.map((e) => (e.kind === 'record' ? e.record.header.zxid.toString(16) : e.kind));
}

/** Opens the same medium again at each call, as a new worker would. */
type Reopen = () => DiskStore;

let databases = 0;

const media: readonly [string, () => Reopen][] = [
  [
    'memory',
    () => {
      const medium = createMedium();
      return () => openMemoryDiskStore(medium);
    },
  ],
  [
    'IndexedDB',
    () => {
      databases += 1;
      const name = `test-${String(databases)}`;
      return () => openIdbDiskStore(name);
    },
  ],
];

describe.each(media)('a disk in %s', (_, create) => {
  let reopen: Reopen;
  let store: DiskStore;

  beforeEach(async () => {
    reopen = create();
    store = reopen();
    await store.load();
  });

  it('is empty at first, and does not become a store by being read', async () => {
    expect(await reopen().load()).toEqual(EMPTY_DISK);
    expect(await reopen().load()).toEqual(EMPTY_DISK);
  });

  it('gives back records, file starts, snapshots and epochs as they were', async () => {
    await store.write([
      { kind: 'epoch', file: 'acceptedEpoch', epoch: 0 },
      { kind: 'epoch', file: 'currentEpoch', epoch: 4294967295 },
    ]);
    await store.write([append(1, 3)]);
    await store.write([{ kind: 'snapshot', snapshot: snapshot(makeZxid(1, 3)) }]);
    await store.write([append(4, 4)]);
    expect(await reopen().load()).toEqual({
      log: [entry(1, 1, true), entry(2), entry(3), entry(4, 1, true)],
      snapshots: [{ kind: 'snapshot', snapshot: snapshot(makeZxid(1, 3)) }],
      acceptedEpoch: 0,
      currentEpoch: 4294967295,
      dynamicConfig: null,
      nextConfig: null,
    });
  });

  it('keeps writes in order when many are asked for at once', async () => {
    const writes = Array.from({ length: 20 }, (_, i) => store.write([append(i + 1, i + 1)]));
    await Promise.all(writes);
    const image = await reopen().load();
    expect(image.log).toEqual(Array.from({ length: 20 }, (_, i) => entry(i + 1, 1, true)));
  });

  it('truncates inside a chunk, between chunks, and goes on behind the cut', async () => {
    await store.write([append(1, 4)]);
    await store.write([append(5, 8)]);
    await store.write([{ kind: 'snapshot', snapshot: snapshot(makeZxid(1, 8)) }]);
    await store.write([append(9, 12)]);
    await store.write([{ kind: 'truncate', zxid: makeZxid(1, 6) }, append(1, 2, 2)]);
    const image = await reopen().load();
    expect(zxids(image)).toEqual(
      ['1', '2', '3', '4', '5', '6'].map((c) => `10000000${c}`).concat('200000001', '200000002'),
    );
    expect(image.snapshots).toEqual([]);
  });

  it('truncates to nothing', async () => {
    await store.write([append(1, 4)]);
    await store.write([{ kind: 'truncate', zxid: 0n as Zxid }]);
    expect((await reopen().load()).log).toEqual([]);
  });

  it('truncates a torn record away with what follows the cut', async () => {
    await store.write([append(1, 4)]);
    const before = await store.load();
    await store.replace({ ...before, log: [...before.log, { kind: 'torn' }] });
    await store.write([{ kind: 'truncate', zxid: makeZxid(1, 4) }, append(1, 1, 2)]);
    expect(zxids(await reopen().load()).slice(3)).toEqual(['100000004', '200000001']);
  });

  it('purges snapshots, and the log files that end before the one that is kept', async () => {
    await store.write([append(1, 4)]);
    await store.write([{ kind: 'snapshot', snapshot: snapshot(makeZxid(1, 4)) }]);
    await store.write([append(5, 8)]);
    await store.write([{ kind: 'snapshot', snapshot: snapshot(makeZxid(1, 8)) }]);
    await store.write([{ kind: 'purge', snapshot: makeZxid(1, 8) }, append(9, 9)]);
    const image = await reopen().load();
    expect(zxids(image)).toEqual(['100000005', '100000006', '100000007', '100000008', '100000009']);
    expect(image.snapshots.map((s) => s.kind === 'snapshot' && s.snapshot.zxid)).toEqual([
      makeZxid(1, 8),
    ]);
  });

  it('reads the same log after small chunks were merged to segments', async () => {
    const all: LogEntry[] = [];
    for (let i = 0; i < 30; i += 1) {
      await store.write([append(i * 50 + 1, i * 50 + 50)]);
      for (let c = 1; c <= 50; c += 1) all.push(entry(i * 50 + c, 1, c === 1));
    }
    await store.write([{ kind: 'snapshot', snapshot: snapshot(makeZxid(1, 1500)) }]);
    await store.write([append(1501, 1501)]);
    all.push(entry(1501, 1, true));
    expect((await reopen().load()).log).toEqual(all);
  });

  it('replaces its end by what a crash left', async () => {
    await store.write([append(1, 4)]);
    await store.write([append(5, 8)]);
    const before = await store.load();
    const survived: DiskImage = { ...before, log: [...before.log.slice(0, 6), { kind: 'torn' }] };
    await store.replace(survived);
    const second = reopen();
    expect(await second.load()).toEqual(survived);
    await second.write([append(7, 9)]);
    expect(zxids(await reopen().load()).slice(5)).toEqual([
      '100000006',
      'torn',
      '100000007',
      '100000008',
      '100000009',
    ]);
  });

  it('keeps damage in the middle of the log, and records behind it', async () => {
    await store.write([append(1, 4)]);
    const before = await store.load();
    const log: LogEntry[] = [...before.log];
    log[1] = { kind: 'damaged', reason: 'CRC check failed' };
    await store.replace({ ...before, log });
    expect((await reopen().load()).log).toEqual(log);
  });

  it('keeps what is known of damaged files, and of a damaged snapshot', async () => {
    const file = makeZxid(1, 2);
    const reason = 'Transaction log: log.1 has invalid magic number 0 != 1514884167';
    const log: LogEntry[] = [
      { kind: 'damaged', reason, file: makeZxid(1, 1) },
      { kind: 'torn', file },
      entry(2, 1, true),
    ];
    const damaged = { kind: 'damaged', zxid: file, reason: 'CRC corruption' } as const;
    await store.replace({ ...EMPTY_DISK, log, snapshots: [damaged] });
    const image = await reopen().load();
    expect(image.log).toEqual(log);
    expect(image.snapshots).toEqual([damaged]);
  });

  it('replaces by an image that has nothing in common with what was there', async () => {
    await store.write([append(1, 4), { kind: 'epoch', file: 'currentEpoch', epoch: 1 }]);
    await store.replace(EMPTY_DISK);
    expect(await reopen().load()).toEqual(EMPTY_DISK);
    await store.write([append(1, 1)]);
    expect(zxids(await reopen().load())).toEqual(['100000001']);
  });

  it('is empty after clear, and can be written again', async () => {
    await store.write([append(1, 4)]);
    await store.clear();
    expect(await reopen().load()).toEqual(EMPTY_DISK);
    await store.write([append(1, 1)]);
    expect(zxids(await reopen().load())).toEqual(['100000001']);
  });
});

describe('a disk whose browser has no room', () => {
  it('fails the write and every later one, and keeps what was acknowledged', async () => {
    const medium = createMedium();
    const store = openMemoryDiskStore(medium);
    await store.load();
    await store.write([append(1, 2)]);
    medium.failWith = new StoreFullError('no room');
    const failed = store.write([append(3, 4)]);
    const behind = store.write([append(5, 6)]);
    await expect(failed).rejects.toBeInstanceOf(StoreFullError);
    await expect(behind).rejects.toBeInstanceOf(StoreFullError);
    medium.failWith = null;
    await expect(store.write([append(7, 8)])).rejects.toBeInstanceOf(StoreFullError);
    expect(zxids(await openMemoryDiskStore(medium).load())).toEqual(['100000001', '100000002']);
  });

  it('works again after it was loaded again', async () => {
    const medium = createMedium();
    const store = openMemoryDiskStore(medium);
    await store.load();
    medium.failWith = new StoreFullError('no room');
    await expect(store.write([append(1, 2)])).rejects.toBeInstanceOf(StoreFullError);
    medium.failWith = null;
    await store.load();
    await store.write([append(1, 2)]);
    expect(zxids(await openMemoryDiskStore(medium).load())).toHaveLength(2);
  });
});

describe('an IndexedDB that fails', () => {
  const { put } = IDBObjectStore.prototype;

  afterEach(() => {
    IDBObjectStore.prototype.put = put;
  });

  it.each([
    ['QuotaExceededError', StoreFullError, 'No space left on device'],
    ['UnknownError', StoreError, 'UnknownError: the disk is gone'],
  ])('by %s rejects the write with an error of ours', async (name, type, message) => {
    databases += 1;
    const database = `test-${String(databases)}`;
    const store = openIdbDiskStore(database);
    await store.load();
    await store.write([append(1, 2)]);
    let puts = 0;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...rest) {
      puts += 1;
      if (puts === 2) throw new DOMException('the disk is gone', name);
      return put.apply(this, rest);
    };
    const failed = store.write([append(3, 4), { kind: 'epoch', file: 'currentEpoch', epoch: 9 }]);
    await expect(failed).rejects.toBeInstanceOf(type);
    await expect(failed).rejects.toThrow(message);
    IDBObjectStore.prototype.put = put;
    const image = await openIdbDiskStore(database).load();
    expect(zxids(image)).toEqual(['100000001', '100000002']);
    expect(image.currentEpoch).toBeNull();
  });
});

describe('a disk whose bytes were changed', () => {
  async function written(): Promise<ReturnType<typeof createMedium>> {
    const medium = createMedium();
    const store = openMemoryDiskStore(medium);
    await store.load();
    await store.write([
      append(1, 3),
      { kind: 'snapshot', snapshot: snapshot(makeZxid(1, 3)) },
      { kind: 'epoch', file: 'currentEpoch', epoch: 12 },
    ]);
    return medium;
  }

  it('gives a damaged entry for a record with a flipped bit', async () => {
    const medium = await written();
    const chunk = medium.values.get('log/0000000100000001') as { bytes: Uint8Array };
    chunk.bytes[40] = (chunk.bytes[40] ?? 0) ^ 1;
    const image = await openMemoryDiskStore(medium).load();
    expect(image.log[0]).toEqual({ kind: 'damaged', reason: 'CRC check failed' });
  });

  it('gives a torn entry for a record that is cut off', async () => {
    const medium = await written();
    const chunk = medium.values.get('log/0000000100000001') as { bytes: Uint8Array };
    const bytes = chunk.bytes.slice(0, chunk.bytes.length - 5);
    medium.values.set('log/0000000100000001', { ...chunk, bytes });
    const image = await openMemoryDiskStore(medium).load();
    expect(zxids(image)).toEqual(['100000001', '100000002', 'torn']);
  });

  it('gives a damaged snapshot', async () => {
    const medium = await written();
    const bytes = medium.values.get('snap/0000000100000003') as Uint8Array;
    bytes[30] = (bytes[30] ?? 0) ^ 1;
    const image = await openMemoryDiskStore(medium).load();
    expect(image.snapshots[0]).toMatchObject({ kind: 'damaged', zxid: makeZxid(1, 3) });
  });

  it('gives a damaged entry for a chunk that is something else', async () => {
    const medium = await written();
    medium.values.set('log/0000000100000001', 'gone');
    const image = await openMemoryDiskStore(medium).load();
    expect(image.log[0]?.kind).toBe('damaged');
  });

  it('refuses an epoch whose digits changed', async () => {
    const medium = await written();
    const value = medium.values.get('meta/currentEpoch') as string;
    medium.values.set('meta/currentEpoch', value.replace('12', '13'));
    await expect(openMemoryDiskStore(medium).load()).rejects.toThrow(DamagedStoreError);
  });

  it('refuses a store of another version', async () => {
    const medium = await written();
    medium.values.set('meta/version', '2');
    await expect(openMemoryDiskStore(medium).load()).rejects.toThrow('version 2');
  });
});

describe('keys', () => {
  it('are one a flush, and one a segment after a snapshot', async () => {
    const medium = createMedium();
    const store = openMemoryDiskStore(medium);
    await store.load();
    const count = SEGMENT_MAX + 10;
    for (let i = 1; i <= count; i += 1) await store.write([append(i, i)]);
    const logKeys = (): number =>
      [...medium.values.keys()].filter((key) => key.startsWith('log/')).length;
    expect(logKeys()).toBe(count);
    await store.write([{ kind: 'snapshot', snapshot: snapshot(makeZxid(1, count)) }]);
    expect(logKeys()).toBe(2);
  });

  it('of writes in the same turn are one transaction', async () => {
    const medium = createMedium();
    const store = openMemoryDiskStore(medium);
    await store.load();
    await Promise.all([store.write([append(1, 1)]), store.write([append(2, 2)])]);
    expect(medium.transactions).toBe(1);
  });

  it('stay in order when a log holds the same zxid twice', async () => {
    const medium = createMedium();
    const store = openMemoryDiskStore(medium);
    await store.load();
    await store.write([append(1, 1)]);
    await store.write([append(1, 1)]);
    await store.write([append(2, 2)]);
    expect(zxids(await openMemoryDiskStore(medium).load())).toEqual([
      '100000001',
      '100000001',
      '100000002',
    ]);
  });
});
