/** What a person brings: read, judged, shown record by record, and bounded. */
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { DataFile } from '../../../src/core/txn-log/file-report.ts';
import { obstacleOf } from '../../../src/ui/files/files-desk.svelte.ts';
import { LIMITS, type GivenFile, type Reading } from '../../../src/worker/files/api.ts';
import { createFilesHost } from '../../../src/worker/files/host.ts';
import { groupByDir } from '../../../src/worker/files/group.ts';
import { gunzip, unpack } from '../../../src/worker/files/unpack.ts';
import { directory } from '../txn-log/real-files.ts';

function given(files: readonly DataFile[], folder = ''): GivenFile[] {
  return files.map(({ name, bytes }) => ({
    path: folder + name,
    blob: new Blob([new Uint8Array(bytes)]),
  }));
}

const read = (files: readonly GivenFile[]): Promise<Reading> => createFilesHost().read(files);

function isListEntry(zip: Uint8Array, at: number): boolean {
  return [0x50, 0x4b, 1, 2].every((byte, i) => zip[at + i] === byte);
}

/** A file of any size that costs nothing: one byte, over and over, behind a beginning. */
function largeBlob(size: number, fill: number, head: Uint8Array = new Uint8Array()): Blob {
  const chunk = new Uint8Array(1024 * 1024).fill(fill);
  const parts: Uint8Array<ArrayBuffer>[] = [new Uint8Array(head)];
  let left = size - head.length;
  for (; left > chunk.length; left -= chunk.length) parts.push(chunk);
  parts.push(chunk.subarray(0, left));
  return new Blob(parts);
}

describe('a directory', () => {
  it('is judged, and each file is reported', async () => {
    const { dirs, refused, others } = await read([
      ...given(directory('standalone'), 'data/version-2/'),
      { path: 'data/notes.txt', blob: new Blob(['x']) },
    ]);
    expect(refused).toEqual([]);
    expect(others).toBe(1);
    const [dir] = dirs;
    expect(dir?.path).toBe('data');
    expect(dir?.verdict).toMatchObject({
      starts: true,
      znodes: 66,
      lastZxid: 0x52n,
      sessions: 1,
      hasTtlNodes: true,
      says: [],
    });
    expect(dir?.files.map(({ name }) => name)).toEqual([
      'log.1',
      'log.49',
      'snapshot.0',
      'snapshot.48',
    ]);
    expect(dir === undefined ? null : obstacleOf(dir)).toBeNull();
  });

  it('that ZooKeeper refuses is refused in its words, and cannot be opened', async () => {
    const { dirs } = await read(given(directory('damaged/bitflip-mid-log')));
    const [dir] = dirs;
    expect(dir?.verdict.starts).toBe(false);
    expect(dir?.verdict.reason).toContain('CRC check failed');
    expect(dir === undefined ? null : obstacleOf(dir)).toBe('refused');
    const damaged = dir?.files.filter(({ damage }) => damage !== null);
    expect(damaged).toMatchObject([
      { name: 'log.49', damage: { reason: 'CRC check failed', outcome: 'refused' } },
    ]);
  });

  it('with packed snapshots is unpacked', async () => {
    for (const name of ['snapshot-gz', 'snapshot-snappy']) {
      const { dirs } = await read(given(directory(name)));
      expect(dirs[0]?.verdict).toMatchObject({ starts: true, znodes: 66 });
    }
  });

  it('whose logs lie in a folder of their own is one', async () => {
    const files = directory('standalone');
    const logs = files.filter(({ name }) => name.startsWith('log.'));
    const snapshots = files.filter(({ name }) => !name.startsWith('log.'));
    const { dirs } = await read([
      ...given(logs, 'zk/datalog/version-2/'),
      ...given(snapshots, 'zk/data/version-2/'),
    ]);
    expect(dirs).toHaveLength(1);
    expect(dirs[0]?.verdict).toMatchObject({ starts: true, znodes: 66 });
  });

  it('of nothing is none', async () => {
    expect(await read([{ path: 'a.txt', blob: new Blob(['x']) }])).toEqual({
      dirs: [],
      refused: [],
      others: 1,
    });
    expect(groupByDir([])).toEqual([]);
  });
});

describe('records', () => {
  it('of a log are shown by pages, decoded', async () => {
    const host = createFilesHost();
    await host.read(given(directory('standalone')));
    const first = await host.rows(0, 'log.1', 0, 2);
    expect(first).toMatchObject({ kind: 'log', total: 72 });
    expect(first.kind === 'log' && first.rows).toMatchObject([
      { kind: 'record', at: 16, zxid: 1n, txn: { type: 'createSession', path: null } },
      {
        kind: 'record',
        zxid: 2n,
        txn: { type: 'create2', path: '/persistent', data: 'plain text data', dataLength: 15 },
      },
    ]);
    const rest = await host.rows(0, 'log.1', 70, 100);
    expect(rest.kind === 'log' && rest.rows.map((r) => r.kind === 'record' && r.zxid)).toEqual([
      0x47n,
      0x48n,
    ]);
  });

  it('of a log end with the damage, where it lies', async () => {
    const host = createFilesHost();
    const { dirs } = await host.read(given(directory('damaged/torn-last-txn')));
    const rows = await host.rows(0, 'log.49', 0, 100);
    const at = dirs[0]?.files.find(({ name }) => name === 'log.49')?.damage?.at;
    expect(rows.kind === 'log' && rows.rows.at(-1)).toEqual({
      kind: 'damage',
      at,
      reason: 'Last transaction was partial.',
      outcome: 'cutOff',
    });
  });

  it('of a snapshot are its sessions and its znodes', async () => {
    const host = createFilesHost();
    await host.read(given(directory('standalone')));
    const rows = await host.rows(0, 'snapshot.48', 0, 3);
    expect(rows).toMatchObject({ kind: 'snapshot', total: 61 });
    expect(rows.kind === 'snapshot' && rows.rows).toMatchObject([
      { kind: 'session', timeout: 3_600_000 },
      { kind: 'node', path: '/', acl: 'world:anyone:cdrwa' },
      { kind: 'node', path: '/container', owner: 'container', data: 'a container' },
    ]);
    const later = await host.rows(0, 'snapshot.48', 2, 1);
    expect(later.kind === 'snapshot' && later.rows).toMatchObject([{ path: '/container' }]);
  });

  it('that are text are shown as such, and of other files there are none', async () => {
    const host = createFilesHost();
    await host.read([
      ...given(directory('ensemble-s1'), 'd/version-2/'),
      { path: 'd/myid', blob: new Blob(['7\n']) },
    ]);
    expect(await host.rows(0, 'currentEpoch', 0, 10)).toEqual({
      kind: 'text',
      total: 1,
      text: '2',
    });
    expect(await host.rows(0, 'myid', 0, 10)).toMatchObject({ text: '7\n' });
    expect(await host.rows(0, 'nothing', 0, 10)).toEqual({ kind: 'none', total: 0 });
  });
});

describe('limits', () => {
  it('do not count the zeros that a log is made ahead with', async () => {
    const files = directory('standalone');
    const log = files.find(({ name }) => name === 'log.49');
    const others = files.filter(({ name }) => name !== 'log.49');
    const blob = largeBlob(LIMITS.bytes + 16, 0, log?.bytes);
    const { dirs, refused } = await read([...given(others), { path: 'log.49', blob }]);
    expect(refused).toEqual([]);
    expect(dirs[0]?.verdict).toMatchObject({ starts: true, lastZxid: 0x52n });
    expect(dirs[0]?.files.find(({ name }) => name === 'log.49')?.size).toBe(LIMITS.bytes + 16);
  });

  it('refuse by name what is too large, and say nothing of the whole', async () => {
    const size = LIMITS.bytes + 1;
    const { dirs, refused } = await read([
      ...given(directory('standalone'), 'd/'),
      { path: 'd/snapshot.99', blob: largeBlob(size, 1) },
      { path: 'd/log.99', blob: largeBlob(size, 1) },
    ]);
    expect(refused).toEqual([
      { path: 'd/snapshot.99', size, why: 'bytes' },
      { path: 'd/log.99', size, why: 'bytes' },
    ]);
    expect(dirs[0]?.partial).toBe(true);
    expect(dirs[0] === undefined ? null : obstacleOf(dirs[0])).toBe('partial');
  });

  it('hold for all files together', async () => {
    const half = LIMITS.bytes / 2 + 1;
    const { refused } = await unpack([
      { path: 'snapshot.1', blob: largeBlob(half, 1) },
      { path: 'snapshot.2', blob: largeBlob(half, 1) },
    ]);
    expect(refused).toEqual([{ path: 'snapshot.2', size: half, why: 'together' }]);
  });

  it('hold for what is packed', async () => {
    const bomb = zipSync({ 'd/snapshot.1': new Uint8Array(10) });
    // The archive's own list says how long the file is unpacked.
    const list = bomb.findLastIndex((_byte, i) => i > 3 && isListEntry(bomb, i));
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(list + 24, 3 * LIMITS.bytes, true);
    const { files, refused } = await unpack([{ path: 'a.zip', blob: new Blob([bomb]) }]);
    expect(files).toEqual([]);
    expect(refused).toMatchObject([{ path: 'd/snapshot.1', why: 'bytes' }]);
    const lie = new Uint8Array(40);
    new DataView(lie.buffer).setUint32(36, 0xffff_fff0, true);
    expect(() => gunzip(lie)).toThrow(/unpacks to 4294967280 bytes/);
    expect(() => gunzip(new Uint8Array(3))).toThrow();
  });

  it('leave an archive that is damaged out', async () => {
    const broken = new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]);
    const { refused } = await unpack([{ path: 'a.zip', blob: new Blob([broken]) }]);
    expect(refused).toMatchObject([{ path: 'a.zip', why: 'archive' }]);
  });

  it('of znodes and records are for opening', async () => {
    const { dirs } = await read(given(directory('standalone')));
    const [dir] = dirs;
    if (dir === undefined) throw new Error('no directory');
    const { verdict } = dir;
    const many = (more: object): string | null =>
      obstacleOf({ ...dir, verdict: { ...verdict, ...more } });
    expect(many({ znodes: LIMITS.znodes })).toBeNull();
    expect(many({ znodes: LIMITS.znodes + 1 })).toBe('znodes');
    expect(many({ records: LIMITS.records + 1 })).toBe('records');
    expect(many({ lastZxid: 0n, znodes: 4 })).toBe('empty');
  });
});
