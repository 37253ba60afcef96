import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Millis } from '../../../src/core/units.ts';
import { startEnsemble, type Ensemble, type EnsembleOptions } from '../../../src/node/index.ts';
import { RawClient } from './raw-client.ts';

const QUICK: NonNullable<EnsembleOptions['config']> = {
  tickTime: 500 as Millis,
  preAllocSize: 64 * 1024,
};

const opened: { close(): Promise<void> }[] = [];

async function ensemble(options: EnsembleOptions = {}): Promise<Ensemble> {
  const started = await startEnsemble({ config: QUICK, ...options });
  opened.push(started);
  await started.ready();
  return started;
}

function portOf(from: Ensemble, sid: number): number {
  return from.members.find((member) => member.sid === sid)?.clientPort ?? 0;
}

async function client(from: Ensemble, sid: number): Promise<RawClient> {
  const raw = new RawClient(portOf(from, sid));
  opened.push({
    close: () => {
      raw.destroy();
      return Promise.resolve();
    },
  });
  const session = await raw.open();
  expect(session?.timeOut).toBe(10_000);
  return raw;
}

async function temporary(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'node-test-'));
  opened.unshift({ close: () => rm(path, { recursive: true, force: true }) });
  return path;
}

afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

describe('an ensemble in this process', () => {
  test('serves on free ports, and keeps serving when its leader is killed', async () => {
    const three = await ensemble();
    expect(three.members.map(({ state }) => state).sort()).toEqual([
      'following',
      'following',
      'leading',
    ]);
    const leader = three.leader() ?? 0;
    const other = leader === 1 ? 2 : 1;
    const first = await client(three, other);
    expect((await first.create('/a', 'one'))?.err).toBe(0);
    expect(await first.get('/a')).toBe('one');

    await three.kill(leader);
    await first.closed;
    await three.ready();
    expect(three.leader()).not.toBe(leader);
    const second = await client(three, other);
    expect(await second.get('/a')).toBe('one');
    expect((await second.create('/b', 'two'))?.err).toBe(0);

    await three.restart(leader);
    await three.ready();
    const third = await client(three, leader);
    await third.call({ op: 'sync', path: '/' });
    expect(await third.get('/b')).toBe('two');
  });

  test('keeps a session across the kill of its server', async () => {
    const three = await ensemble();
    const follower = three.leader() === 1 ? 2 : 1;
    const raw = new RawClient(portOf(three, follower));
    const session = await raw.open();
    expect(session).not.toBeNull();
    await three.kill(follower);
    await raw.closed;
    const again = new RawClient(portOf(three, three.leader() ?? 0));
    const resumed = await again.open(session);
    expect(resumed?.sessionId).toBe(session?.sessionId);
    expect(resumed?.timeOut).toBe(10_000);
    again.destroy();
  });

  test('finds its data again after a close and a start', async () => {
    const dataDir = await temporary();
    const before = await ensemble({ dataDir });
    const writer = await client(before, 1);
    expect((await writer.create('/kept', 'through it all'))?.err).toBe(0);
    writer.destroy();
    await before.close();
    expect(await readdir(join(dataDir, '1'))).toEqual(['myid', 'version-2']);

    const after = await ensemble({ dataDir });
    for (const sid of [1, 2, 3]) {
      const reader = await client(after, sid);
      await reader.call({ op: 'sync', path: '/' });
      expect(await reader.get('/kept')).toBe('through it all');
    }
  });

  test('a data directory serves one ensemble at a time', async () => {
    const dataDir = await temporary();
    const first = await ensemble({ dataDir, servers: 1 });
    await expect(startEnsemble({ dataDir, servers: 1 })).rejects.toThrow(
      /the data directory .*1 is used by two servers at once/,
    );
    await first.close();
    await ensemble({ dataDir, servers: 1 });
  });

  test('a leader that is cut off is no leader for long, and follows when the cut heals', async () => {
    const three = await ensemble();
    const old = three.leader() ?? 0;
    const others = [1, 2, 3].filter((sid) => sid !== old);
    three.partition([[old], others]);
    await expect.poll(() => stateOf(three, old), { timeout: 20_000 }).toBe('looking');
    await expect
      .poll(() => others.map((sid) => stateOf(three, sid)).sort(), { timeout: 20_000 })
      .toEqual(['following', 'leading']);
    const writer = await client(three, others[0] ?? 0);
    expect((await writer.create('/during', 'the cut'))?.err).toBe(0);

    three.heal();
    await expect.poll(() => stateOf(three, old), { timeout: 20_000 }).toBe('following');
    const reader = await client(three, old);
    await reader.call({ op: 'sync', path: '/' });
    expect(await reader.get('/during')).toBe('the cut');
  });

  test('one server stands alone', async () => {
    const one = await ensemble({ servers: 1 });
    expect(one.members.map(({ state }) => state)).toEqual(['standalone']);
    const raw = await client(one, 1);
    expect((await raw.create('/alone', 'yes'))?.err).toBe(0);
    expect(await raw.get('/alone')).toBe('yes');
    await one.kill(1);
    await one.restart(1);
    await one.ready();
    const again = await client(one, 1);
    expect(await again.get('/alone')).toBe('yes');
  });

  test('an observer serves beside the voters', async () => {
    const four = await ensemble({ observers: 1 });
    expect(stateOf(four, 4)).toBe('observing');
    const raw = await client(four, 4);
    expect((await raw.create('/seen', 'by all'))?.err).toBe(0);
    expect(await raw.get('/seen')).toBe('by all');
  });

  test('a server whose disk is gone ends, and says so', async () => {
    const dataDir = await temporary();
    const ends: unknown[] = [];
    const one = await ensemble({
      dataDir,
      servers: 1,
      onExit: (...end) => {
        ends.push(end);
      },
    });
    await rm(join(dataDir, '1', 'version-2'), { recursive: true });
    const raw = new RawClient(portOf(one, 1));
    expect(await raw.open()).toBeNull();
    expect(ends).toEqual([[1, 1, expect.stringContaining('the disk could not be written')]]);
    expect(stateOf(one, 1)).toBe('down');
    await one.restart(1);
    await one.ready();
  });

  test('snapshots are taken, old files go, and a restart starts from what is left', async () => {
    const dataDir = await temporary();
    const one = await ensemble({ dataDir, servers: 1, config: { ...QUICK, snapCount: 20 } });
    const writer = await client(one, 1);
    for (let i = 0; i < 200; i++) await writer.create(`/n${String(i)}`, String(i));
    const names = (): Promise<string[]> => readdir(join(dataDir, '1', 'version-2'));
    const snapshots = async (): Promise<number> =>
      (await names()).filter((name) => name.startsWith('snapshot.')).length;
    await expect.poll(snapshots).toBe(3);
    expect(await names()).not.toContain('log.1');
    await one.kill(1);
    await one.restart(1);
    await one.ready();
    const reader = await client(one, 1);
    expect(await reader.get('/n0')).toBe('0');
    expect(await reader.get('/n199')).toBe('199');
  });

  test('a server that is not there, or is running, is named', async () => {
    const one = await ensemble({ servers: 1 });
    await expect(one.restart(1)).rejects.toThrow('server 1 is running');
    expect(() => one.kill(9)).toThrow('there is no server 9');
    await expect(startEnsemble({ servers: 0 })).rejects.toThrow(/1 to 254 servers/);
  });
});

function stateOf(from: Ensemble, sid: number): string {
  return from.members.find((member) => member.sid === sid)?.state ?? 'none';
}
