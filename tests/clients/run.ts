/**
 * Real clients against our servers: ZooKeeper's own zkCli.sh, and kazoo's own test-suite, each of
 * whose tests is to end as it does against real ZooKeeper. Debian's packages zookeeper,
 * python3-kazoo and what kazoo's tests import are needed; what is missing is said, and fails.
 *
 *   tsx tests/clients/run.ts [zkCli|kazoo]
 *
 * The last line is `N passed, N failed, N skipped`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEnsemble, type Ensemble, type EnsembleOptions } from '../../src/node/index.ts';
import { checkZkCli } from './zk-cli.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const PYTHON = '/usr/bin/python3';
const NEEDED =
  'apt-get install zookeeper python3-kazoo python3-pytest python3-mock python3-objgraph python3-gevent python3-eventlet';

/** As kazoo's harness starts real ZooKeeper: its super user's password is `test`. */
const KAZOO_CONFIG: NonNullable<EnsembleOptions['config']> = {
  release: '3.8.0',
  reconfigEnabled: true,
  standaloneEnabled: false,
  readOnlyEnabled: true,
  extendedTypesEnabled: true,
  preAllocSize: 64 * 1024,
  maxClientCnxns: 0,
  superDigest: 'super:D/InIHSb7yEEbrWz8b9l71RjZJU=',
};

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const only = process.argv[2];
for (const check of [zkCli, kazoo]) {
  if (only !== undefined && only !== check.name) continue;
  const counts = await check();
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key];
}
console.log(
  `${String(total.passed)} passed, ${String(total.failed)} failed, ${String(total.skipped)} skipped`,
);
process.exit(total.failed === 0 ? 0 : 1);

async function zkCli(): Promise<Counts> {
  const script = '/usr/share/zookeeper/bin/zkCli.sh';
  if (!existsSync(script)) return missing('zkCli.sh');
  const ensemble = await startEnsemble({ config: KAZOO_CONFIG });
  await ensemble.ready();
  const differences = await checkZkCli(script, ensemble.connectString);
  await ensemble.close();
  for (const difference of differences) console.log(`zkCli.sh: ${difference}`);
  const failed = differences.length;
  return { passed: failed === 0 ? 1 : 0, failed, skipped: 0 };
}

async function kazoo(): Promise<Counts> {
  try {
    execFileSync(PYTHON, ['-c', 'import kazoo.tests, pytest, mock, objgraph']);
  } catch {
    return missing('kazoo');
  }
  const ensemble = await startEnsemble({ config: KAZOO_CONFIG });
  await ensemble.ready();
  const control = await controlPort(ensemble);
  const directory = mkdtempSync(join(tmpdir(), 'kazoo-'));
  const results = join(directory, 'results.json');
  await run(
    PYTHON,
    [
      ...['-B', '-m', 'pytest', '-q', '--tb=short', '-p', 'kazoo_plugin', '-p', 'no:cacheprovider'],
      ...['-W', 'ignore', '--pyargs', 'kazoo.tests'],
    ],
    {
      KAZOO_HOSTS: ensemble.connectString,
      KAZOO_CONTROL: `${process.execPath} ${here}control.mjs ${String(control.port)} {verb} {n}`,
      KAZOO_RESULTS: results,
      PYTHONPATH: here,
      ZOOKEEPER_VERSION: '3.8.0',
    },
  );
  control.close();
  await ensemble.close();
  const ours = read(results);
  rmSync(directory, { recursive: true });
  return compare(ours, read(`${here}kazoo-real-3.8.0.json`));
}

function read(file: string): Readonly<Record<string, string>> {
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
}

/** A test counts as passed where it ends as it does against the real servers. */
function compare(
  ours: Readonly<Record<string, string>>,
  real: Readonly<Record<string, string>>,
): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, outcome] of Object.entries(real)) {
    const here = ours[name] ?? 'not run';
    if (here === outcome) counts[outcome === 'skipped' ? 'skipped' : 'passed']++;
    else if (outcome === 'failed' && here === 'passed') {
      counts.passed++;
      console.log(`kazoo: ${name} passes, and fails against real ZooKeeper`);
    } else {
      counts.failed++;
      console.log(`kazoo: ${name}: ${here}, against real ZooKeeper ${outcome}`);
    }
  }
  if (Object.keys(real).length === 0) counts.failed++;
  return counts;
}

function missing(what: string): Counts {
  console.log(`${what} is not installed, or its tests are not: ${NEEDED}`);
  return { passed: 0, failed: 1, skipped: 0 };
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return new Promise((resolve) => child.on('close', resolve));
}

/** Lets the tests stop and start servers of this process. */
async function controlPort(ensemble: Ensemble): Promise<{ port: number; close: () => void }> {
  const server = createServer((socket) => {
    socket.setEncoding('utf8').on('data', (line: string) => {
      const [verb, n] = line.trim().split(' ');
      const done = verb === 'stop' ? ensemble.kill(Number(n)) : ensemble.restart(Number(n));
      done.then(
        () => socket.write('done\n'),
        (error: unknown) => socket.write(`${String(error)}\n`),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
