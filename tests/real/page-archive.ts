/** The archive that the page gives out: unpacked, a real ensemble starts from it as it stands. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { DEFAULT_CONFIG, ensembleOf } from '../../src/core/config.ts';
import type { Micros, Millis, ProcessId, Sid } from '../../src/core/units.ts';
import { filesEn } from '../../src/i18n/files.en.ts';
import { freePorts } from '../../src/node/free-ports.ts';
import type { Action, WorldConfig } from '../../src/sim/actions.ts';
import { ARCHIVE_FOLDER, archiveFiles } from '../../src/ui/files/take-away.ts';
import { worldOf } from '../../src/ui/state/default-world.ts';
import { createFilesHost } from '../../src/worker/files/host.ts';
import { createGround, openBus } from '../support/test-ground.ts';
import { difference, treeOfOurs, type Differences } from './round-trips.ts';
import { dumpTree, type TreeNode } from './real-server.ts';

const HOST = '127.0.0.1';
const SERVERS = 3;

const JARS = ['zookeeper', 'slf4j-log4j12', 'log4j-1.2'].map((n) => `/usr/share/java/${n}.jar`);

/** A znode of each kind, and writes of each. The session is to outlive the start of a server. */
const LINES = [
  'create /p one',
  'create -s /p/seq- two',
  'create -e /mine here',
  'create -c /box',
  'create -t 3600000 /timed soon',
  'create /locked secret digest:bob:x1:cdrwa',
  'set /p three',
  'create /gone x',
  'delete /gone',
];

export async function pageArchiveToReal(directory: string): Promise<Differences> {
  const zip = await archive();
  const place = join(directory, 'unpacked');
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    const path = join(place, name);
    await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) await writeFile(path, bytes);
  }
  const root = join(place, ARCHIVE_FOLDER);
  for (let sid = 1; sid <= SERVERS; sid++) {
    const from = join(root, `server${String(sid)}`, 'data');
    await cp(from, join(directory, 'ours', String(sid)), { recursive: true });
  }
  const ours = await treeOfOurs(join(directory, 'ours'), SERVERS);
  const paths = ['/p', '/p/seq-0000000000', '/mine', '/box', '/timed', '/locked'];
  const missing = paths.filter((path) => !ours.some((node) => node.path === path));
  return [
    ...missing.map((path) => `${path} is not in the archive`),
    ...difference(ours, await treeOfReal(root)),
  ];
}

async function archive(): Promise<Uint8Array> {
  const world: WorldConfig = {
    ...worldOf(SERVERS, 0, 7),
    ensemble: {
      ...DEFAULT_CONFIG,
      servers: ensembleOf(SERVERS, 0),
      extendedTypesEnabled: true,
    },
  };
  const { bus } = await openBus(createGround(), world);
  const client = 1001 as ProcessId;
  let now = 3_000_000;
  const act = async (action: Action): Promise<void> => {
    await bus.runTo(now as Micros);
    const outcome = await bus.act(action);
    if (!outcome.ok) throw new Error(outcome.reason);
    now += 1_000_000;
  };
  const sessionTimeout = 40_000 as Millis;
  await act({
    kind: 'addClient',
    process: client,
    name: 'A',
    servers: [],
    sessionTimeout,
    console: true,
  });
  for (const line of LINES) await act({ kind: 'line', process: client, line });
  // One of them is down, and its disk goes along all the same.
  await act({ kind: 'crash', sid: 2 as Sid, tail: 'kept', silent: false });
  const members = await bus.dataDirs();
  await bus.close(true);
  return createFilesHost().pack(archiveFiles(world, members, filesEn.readme));
}

/** Started with the configuration that lies beside the data, on ports that are free here. */
async function treeOfReal(root: string): Promise<readonly TreeNode[]> {
  const ports = await freePorts(HOST, 3 * SERVERS);
  const servers: ChildProcess[] = [];
  try {
    for (let i = 0; i < SERVERS; i++) {
      const config = join(root, `server${String(i + 1)}`, 'local.cfg');
      let text = await readFile(config, 'utf8');
      for (let n = 0; n < SERVERS; n++) {
        [2181, 2888, 3888].forEach((base, k) => {
          text = text.replaceAll(`:${String(base + n)}`, `:${String(ports[3 * n + k])}`);
        });
      }
      await writeFile(config, text);
      servers.push(startReal(root, config));
    }
    const hosts = [0, 1, 2].map((n) => `${HOST}:${String(ports[3 * n])}`);
    return await whenServing(() => dumpTree(hosts.join(',')));
  } finally {
    for (const server of servers) server.kill('SIGKILL');
  }
}

/** The super user's password is `secret`, so that every znode can be read. */
function startReal(root: string, config: string): ChildProcess {
  const superDigest = 'super:lK75jTNcA+U9vtVEw5vB51mj/w4=';
  return spawn(
    '/usr/bin/java',
    [
      ...['-Xmx128m', '-XX:+UseSerialGC', '-Djava.net.preferIPv4Stack=true'],
      `-Dzookeeper.DigestAuthenticationProvider.superDigest=${superDigest}`,
      ...['-Dzookeeper.jmx.log4j.disable=true', '-cp', JARS.join(':')],
      ...['org.apache.zookeeper.server.quorum.QuorumPeerMain', config],
    ],
    { cwd: root, stdio: 'ignore' },
  );
}

/** Milliseconds that three servers may take. */
const START_MAX = 25_000;

async function whenServing<T>(ask: () => Promise<T>): Promise<T> {
  const end = Date.now() + START_MAX;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
