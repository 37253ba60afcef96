/** Data directories that go from our server to a real one, and the other way. */
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Millis } from '../../src/core/units.ts';
import { freePorts } from '../../src/node/free-ports.ts';
import { startEnsemble, type Ensemble, type EnsembleOptions } from '../../src/node/index.ts';
import { pageArchiveToReal } from './page-archive.ts';
import { sideBySide } from './side-by-side.ts';
import { bootReal, dumpTree, fill, killReal, must, script, type TreeNode } from './real-server.ts';

const HOST = '127.0.0.1';

type Release = '3.8.0' | '3.9';

/** As the scripts start a real server; the super user's password is `secret`. */
function configOf(release: Release): NonNullable<EnsembleOptions['config']> {
  return {
    release,
    snapCount: 60,
    preAllocSize: 64 * 1024,
    extendedTypesEnabled: true,
    enforceQuota: true,
    maxSessionTimeout: 36_000_000 as Millis,
    containerCheckInterval: 3_600_000 as Millis,
    maxClientCnxns: 0,
    fourLetterWords: ['*'],
    superDigest: 'super:lK75jTNcA+U9vtVEw5vB51mj/w4=',
  };
}

/** What of a round trip is not as it should be; empty where all is well. */
export type Differences = readonly string[];

export interface RoundTrip {
  readonly name: string;
  readonly run: (directory: string) => Promise<Differences>;
}

export const roundTrips: readonly RoundTrip[] = [
  { name: 'ours alone, as 3.8.0, to real', run: (dir) => oursToReal(dir, 1, '3.8.0') },
  { name: 'ours alone, as 3.9, to real', run: (dir) => oursToReal(dir, 1, '3.9') },
  { name: 'ours of three, to real', run: (dir) => oursToReal(dir, 3, '3.8.0') },
  { name: 'the page’s archive, to real', run: pageArchiveToReal },
  { name: 'real alone, to ours', run: realToOurs },
  { name: 'real of three, to ours', run: realEnsembleToOurs },
  { name: 'conformance cases, side by side', run: sideBySide },
];

/** Runs one in a directory of its own. */
export async function runRoundTrip({ run }: RoundTrip): Promise<Differences> {
  const directory = await mkdtemp(join(tmpdir(), 'round-trip-'));
  try {
    return await run(directory);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function start(dataDir: string, servers: number, release: Release): Promise<Ensemble> {
  const config = configOf(release);
  const ensemble = await startEnsemble({ servers, dataDir, config, snapRetainCount: null });
  await ensemble.ready();
  return ensemble;
}

/** Each member's directory is given to a real server; then all of them to a real ensemble. */
async function oursToReal(
  directory: string,
  servers: number,
  release: Release,
): Promise<Differences> {
  const ensemble = await start(directory, servers, release);
  let ours: readonly TreeNode[];
  try {
    await fill(ensemble.connectString);
    ours = await dumpTree(ensemble.connectString);
    for (let sid = 1; sid <= servers; sid++) await ensemble.kill(sid);
  } finally {
    await ensemble.close();
  }
  const differences: string[] = [];
  for (let sid = 1; sid <= servers; sid++) {
    const dataDir = join(directory, String(sid));
    const [port = 0] = await freePorts(HOST, 1);
    const real = await bootReal(dataDir, port);
    const found = [...difference(ours, real.tree), ...real.says, ...(await tooFewFiles(dataDir))];
    differences.push(...found.map((what) => `server ${String(sid)}: ${what}`));
  }
  if (servers > 1) differences.push(...(await oursToRealEnsemble(directory, servers, ours)));
  return differences;
}

async function oursToRealEnsemble(
  directory: string,
  servers: number,
  ours: readonly TreeNode[],
): Promise<Differences> {
  const place = join(directory, 'real');
  for (let sid = 1; sid <= servers; sid++) {
    const dataDir = join(place, `s${String(sid)}`, 'data');
    await mkdir(dataDir, { recursive: true });
    await cp(join(directory, String(sid)), dataDir, { recursive: true });
  }
  const { env, hosts } = await ensembleSettings(servers);
  try {
    await must(script('real-ensemble.sh', ['start', place], env));
    return difference(ours, await dumpTree(hosts));
  } finally {
    await script('real-ensemble.sh', ['stop', place]);
  }
}

async function ensembleSettings(
  servers: number,
): Promise<{ env: Record<string, string>; hosts: string }> {
  const ports = await freePorts(HOST, servers);
  // The other ports are these and the server's id.
  const [base = 0] = await freePorts(HOST, 1);
  const env = {
    CLIENT_PORTS: ports.join(','),
    QUORUM_BASE: String((base % 30_000) + 1_100),
    ELECTION_BASE: String((base % 30_000) + 1_200),
    TICK: '500',
  };
  return { env, hosts: ports.map((port) => `${HOST}:${String(port)}`).join(',') };
}

/** A real server writes, dies, and what is left of it is started by itself and by us. */
async function realToOurs(directory: string): Promise<Differences> {
  const place = join(directory, 'real');
  const [port = 0] = await freePorts(HOST, 1);
  await must(script('real-one.sh', ['start', place], { PORT: String(port) }));
  try {
    await fill(`${HOST}:${String(port)}`);
  } finally {
    await killReal(place);
  }
  const real = await bootReal(join(place, 'data'), port);
  await cp(join(place, 'data'), join(directory, 'ours', '1'), { recursive: true });
  const ours = await treeOfOurs(join(directory, 'ours'), 1);
  return [...difference(real.tree, ours), ...(await tooFewFiles(join(place, 'data')))];
}

async function realEnsembleToOurs(directory: string): Promise<Differences> {
  const place = join(directory, 'real');
  const servers = [1, 2, 3];
  const { env, hosts } = await ensembleSettings(servers.length);
  let real: readonly TreeNode[];
  try {
    await must(script('real-ensemble.sh', ['start', place], env));
    await fill(hosts);
    real = await dumpTree(hosts);
  } finally {
    for (const sid of servers) await script('real-ensemble.sh', ['kill9', place, String(sid)]);
  }
  for (const sid of servers) {
    const from = join(place, `s${String(sid)}`, 'data');
    await cp(from, join(directory, 'ours', String(sid)), { recursive: true });
  }
  return difference(real, await treeOfOurs(join(directory, 'ours'), servers.length));
}

export async function treeOfOurs(dataDir: string, servers: number): Promise<readonly TreeNode[]> {
  const ensemble = await start(dataDir, servers, '3.8.0');
  try {
    return await dumpTree(ensemble.connectString);
  } finally {
    await ensemble.close();
  }
}

/** Each node that is not the same in both. The node of the configuration is each server's own. */
export function difference(
  expected: readonly TreeNode[],
  actual: readonly TreeNode[],
): Differences {
  const texts = (tree: readonly TreeNode[]): Map<string, string> =>
    new Map(
      tree
        .filter(({ path }) => path !== '/zookeeper/config')
        .map((node) => [node.path, JSON.stringify(node)]),
    );
  const before = texts(expected);
  const after = texts(actual);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${before.get(path) ?? 'nothing'} became ${after.get(path) ?? 'nothing'}`);
}

/** A round trip of one log and one snapshot would show little. */
async function tooFewFiles(dataDir: string): Promise<Differences> {
  const names = await readdir(join(dataDir, 'version-2'));
  const count = (prefix: string): number => names.filter((n) => n.startsWith(prefix)).length;
  if (count('log.') >= 3 && count('snapshot.') >= 3) return [];
  return [`too few files to show anything: ${names.join(' ')}`];
}
