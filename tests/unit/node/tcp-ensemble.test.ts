/** Servers that speak to each other over TCP, in ZooKeeper's bytes, as those of several processes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DEFAULT_CONFIG, type EnsembleConfig } from '../../../src/core/config.ts';
import type { Millis, Sid } from '../../../src/core/units.ts';
import { createConnNames } from '../../../src/node/conn-ids.ts';
import { stateOf } from '../../../src/node/ensemble-status.ts';
import { freePorts } from '../../../src/node/free-ports.ts';
import { quiet } from '../../../src/node/log-sink.ts';
import { RunQueue } from '../../../src/node/run-queue.ts';
import { startServer, type ServerProcess } from '../../../src/node/server-process.ts';
import { connectTcp } from '../../../src/node/tcp-network.ts';
import { RawClient } from './raw-client.ts';

const HOST = '127.0.0.1';

interface World {
  readonly dataDir: string;
  readonly config: EnsembleConfig;
  readonly ports: readonly number[];
  readonly servers: (ServerProcess | null)[];
}

let world: World | null = null;
let lives = 0;

afterEach(async () => {
  for (const server of world?.servers ?? []) await server?.stop();
  if (world !== null) await rm(world.dataDir, { recursive: true, force: true });
  world = null;
});

async function newWorld(): Promise<World> {
  const ports = await freePorts(HOST, 9);
  const config: EnsembleConfig = {
    ...DEFAULT_CONFIG,
    tickTime: 500 as Millis,
    preAllocSize: 64 * 1024,
    servers: [1, 2, 3].map((sid, i) => ({
      sid: sid as Sid,
      type: 'participant',
      address: [HOST, ports[i * 3], ports[i * 3 + 1]].join(':'),
    })),
  };
  const dataDir = await mkdtemp(join(tmpdir(), 'tcp-ensemble-'));
  return (world = { dataDir, config, ports, servers: [null, null, null] });
}

async function start({ dataDir, config, ports, servers }: World, sid: number): Promise<void> {
  const directory = join(dataDir, String(sid));
  const names = createConnNames();
  servers[sid - 1] = await startServer({
    sid: sid as Sid,
    config,
    seed: sid,
    incarnation: lives++,
    place: { dataDir: directory, dataLogDir: directory },
    forceSync: false,
    snapRetainCount: 3,
    clients: { host: HOST, port: ports[sid * 3 - 1] ?? 0 },
    names,
    queue: new RunQueue(),
    log: quiet,
    connectPeers: (from) => connectTcp({ ...from, sid: sid as Sid, names, config }),
    onExit: (_code, reason) => {
      throw new Error(reason);
    },
  });
}

function states({ servers }: World): string[] {
  return servers.map((server) => stateOf(server));
}

async function roles(of: World): Promise<string[]> {
  await expect.poll(() => states(of), { timeout: 20_000 }).not.toContain('looking');
  return states(of);
}

async function clientOf({ servers }: World, sid: number): Promise<RawClient> {
  const raw = new RawClient(servers[sid - 1]?.clientPort ?? 0);
  expect((await raw.open())?.timeOut).toBe(10_000);
  return raw;
}

test('three of them elect a leader, serve, lose it, and take it back with a DIFF or a SNAP', async () => {
  const three = await newWorld();
  await Promise.all([1, 2, 3].map((sid) => start(three, sid)));
  expect((await roles(three)).sort()).toEqual(['following', 'following', 'leading']);
  const leader = states(three).indexOf('leading') + 1;
  const others = [1, 2, 3].filter((sid) => sid !== leader);
  const writer = await clientOf(three, others[0] ?? 0);
  // Beyond what one packet of a stream holds, so that it is cut somewhere.
  const large = 'x'.repeat(200_000);
  expect((await writer.create('/large', large))?.err).toBe(0);

  await three.servers[leader - 1]?.kill();
  three.servers[leader - 1] = null;
  await writer.closed;
  await expect.poll(() => states(three), { timeout: 20_000 }).toContain('leading');
  const second = await clientOf(three, others[1] ?? 0);
  expect(await second.get('/large')).toBe(large);
  for (let i = 0; i < 700; i++) expect((await second.create(`/n${String(i)}`, 'n'))?.err).toBe(0);

  await start(three, leader);
  await expect.poll(() => states(three)[leader - 1], { timeout: 20_000 }).toBe('following');
  const third = await clientOf(three, leader);
  await third.call({ op: 'sync', path: '/' });
  expect(await third.get('/n699')).toBe('n');
  expect(await third.get('/large')).toBe(large);
  for (const client of [second, third]) client.destroy();
});

test('what strangers send to the ports of servers ends their own connection only', async () => {
  const three = await newWorld();
  await Promise.all([1, 2, 3].map((sid) => start(three, sid)));
  await roles(three);
  const before = states(three);
  const leader = before.indexOf('leading');
  const quorumPort = three.ports[leader * 3] ?? 0;
  const electionPort = three.ports[leader * 3 + 1] ?? 0;
  const noise = [
    new Uint8Array(64).fill(0xff),
    new Uint8Array(4096),
    new TextEncoder().encode('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(20)),
    // A greeting of protocol version -65536 whose address is 2^31-1 bytes long.
    new Uint8Array([
      ...[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9],
      ...[0x7f, 0xff, 0xff, 0xff],
    ]),
  ];
  for (const port of [quorumPort, electionPort]) {
    for (const bytes of noise) {
      const socket = connect({ port, host: HOST });
      socket.on('error', () => undefined);
      socket.write(bytes);
      await new Promise((resolve) => setTimeout(resolve, 30));
      socket.destroy();
    }
  }
  const writer = await clientOf(three, 1);
  expect((await writer.create('/still', 'here'))?.err).toBe(0);
  expect(states(three)).toEqual(before);
  writer.destroy();
});

test('an election port that is taken is an error with its number', async () => {
  const three = await newWorld();
  await start(three, 1);
  const { servers, ...rest } = three;
  const twin: World = { ...rest, dataDir: `${three.dataDir}-twin`, servers: [null, null, null] };
  await expect(start(twin, 1)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await rm(twin.dataDir, { recursive: true, force: true });
  expect(servers[0]?.member.running).toBe(true);
});
