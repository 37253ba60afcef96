/**
 * `npm run bench:serve`: three of our servers beside three of real ZooKeeper (Debian's package), on
 * this machine, in one run, by turns, both with fsync: throughput of one connection to the first
 * server, and the time from kill -9 of the leader to the first write that succeeds. Absolute
 * figures vary with the machine and what else runs on it; the ratios are what counts.
 *
 *   tsx tests/bench/serve.ts [--seconds 4] [--repetitions 3] [--kills 6] [--only 64] [--ours-only]
 *
 * load.mjs and recover.mjs are the load generator of the project's harness for real ZooKeeper.
 */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const script = join(root, 'tests/real/real-ensemble.sh');
const execute = promisify(execFile);

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

const SECONDS = option('seconds', 4);
const REPETITIONS = option('repetitions', 3);
const KILLS = option('kills', 6);
const OURS_ONLY = process.argv.includes('--ours-only');

/** The workloads with so many outstanding; 0 for all. */
const ONLY = option('only', 0);

interface Side {
  readonly name: string;
  readonly hosts: string;
  start(): Promise<void>;
  /** Ends the server of that number as kill -9 does. Prints nothing. */
  killCommand(sid: number): string;
  restart(sid: number): Promise<void>;
  stop(): Promise<void>;
}

const scratch = mkdtempSync(join(tmpdir(), 'bench-serve-'));

const hostsFrom = (port: number): string =>
  [0, 1, 2].map((i) => `127.0.0.1:${String(port + i)}`).join(',');

/** A process for each server, as the real ones have; or all in one. */
function ours(name: string, port: number, together: boolean): Side {
  const running = new Map<number, ChildProcess>();
  const serve = (args: readonly string[]): ChildProcess =>
    spawn(process.execPath, ['--import', 'tsx', join(root, 'src/node/serve.ts'), ...args], {
      cwd: root,
      stdio: 'ignore',
    });
  const directory = join(scratch, name.replaceAll(' ', '-'));
  const startAll = (): void => {
    const common = ['--client-port', String(port), '--data-dir', directory, '--quiet'];
    running.set(0, serve(['--servers', '3', ...common, ...(together ? [] : ['--processes'])]));
  };
  return {
    name,
    hosts: hostsFrom(port),
    start: () => {
      startAll();
      return untilServing(port);
    },
    killCommand: (sid) => `pkill -9 -f '[c]onfig ${directory}/${String(sid)}/zoo.cfg'`,
    restart: (sid) => {
      const config = join(directory, String(sid), 'zoo.cfg');
      running.set(sid, serve(['--config', config, '--quiet']));
      return untilServing(port);
    },
    stop: async () => {
      for (const child of running.values()) child.kill('SIGTERM');
      const alive = [...running.values()].filter((child) => child.exitCode === null);
      await Promise.all(alive.map((child) => new Promise((resolve) => child.on('exit', resolve))));
    },
  };
}

function real(port: number): Side {
  const directory = join(scratch, 'real');
  const ports = [0, 1, 2].map((i) => String(port + i)).join(',');
  const env = {
    ...process.env,
    ...{ CLIENT_PORTS: ports, QUORUM_BASE: String(port + 1000), HEAP: '512m' },
    ...{ ELECTION_BASE: String(port + 2000), FORCESYNC: 'yes' },
  };
  const run = (...args: readonly string[]): Promise<unknown> =>
    execute('bash', [script, ...args], { env });
  return {
    name: 'real ZooKeeper',
    hosts: hostsFrom(port),
    start: async () => {
      await run('start', directory);
    },
    killCommand: (sid) => {
      const pid = `${directory}/s${String(sid)}/pid`;
      return `kill -9 $(cat ${pid}); rm -f ${pid}`;
    },
    restart: async (sid) => {
      await run('up', directory, String(sid));
      await untilServing(port);
    },
    stop: async () => {
      await run('stop', directory);
    },
  };
}

/** A four-letter word; empty where nobody answers. */
function ask(port: number, word: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(word));
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.on('error', () => {
      resolve('');
    });
    socket.on('close', () => {
      resolve(answer);
    });
  });
}

async function untilServing(port: number): Promise<void> {
  for (const at of [port, port + 1, port + 2]) {
    while (!(await ask(at, 'srvr')).includes('Mode:')) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function leaderOf(side: Side): Promise<number> {
  for (const [i, host] of side.hosts.split(',').entries()) {
    const answer = await ask(Number(host.split(':')[1]), 'srvr');
    if (answer.includes('Mode: leader')) return i + 1;
  }
  throw new Error(`${side.name} has no leader`);
}

const WORKLOADS: readonly (readonly [name: string, args: readonly string[]])[] = [
  ...[1, 8, 64].flatMap((n): (readonly [string, string[]])[] => {
    const flight = ['--outstanding', String(n)];
    return [
      [`setData 100 B, ${String(n)} outstanding`, ['--op', 'set', '--size', '100', ...flight]],
      [`setData 1 KB, ${String(n)} outstanding`, ['--op', 'set', '--size', '1024', ...flight]],
      [`getData 100 B, ${String(n)} outstanding`, ['--op', 'get', '--size', '100', ...flight]],
      [
        `90 % reads, ${String(n)} outstanding`,
        ['--op', 'mixed', '--reads', '90', '--size', '100', ...flight],
      ],
    ];
  }),
];

async function load(side: Side, args: readonly string[]): Promise<number> {
  const { stdout } = await execute(process.execPath, [
    ...[join(root, 'tests/bench/load.mjs'), '--hosts', side.hosts],
    ...['--seconds', String(SECONDS), ...args],
  ]);
  return (JSON.parse(stdout) as { opsPerSec: number }).opsPerSec;
}

async function recover(side: Side): Promise<number> {
  const leader = await leaderOf(side);
  const { stdout } = await execute(process.execPath, [
    ...[join(root, 'tests/bench/recover.mjs'), '--hosts', side.hosts],
    ...['--outstanding', '8', '--kill-cmd', side.killCommand(leader)],
  ]);
  await side.restart(leader);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return (JSON.parse(stdout) as { firstWriteMs: number }).firstWriteMs;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

function print(name: string, figures: readonly number[], unit: string): void {
  const reference = figures[0] ?? NaN;
  const cells = figures.map((figure, i) => {
    const ratio = i === 0 ? '' : ` (${(figure / reference).toFixed(2)} ×)`;
    return `${Math.round(figure).toLocaleString('en')}${unit}${ratio}`.padStart(22);
  });
  console.log(`${name.padEnd(34)}${cells.join('')}`);
}

async function main(): Promise<void> {
  const processes = ours('ours, a process each', 26_811, false);
  const sides: Side[] = [processes, ours('ours, in one process', 26_911, true)];
  if (!OURS_ONLY) {
    if (!existsSync('/usr/share/java/zookeeper.jar')) {
      console.log('Real ZooKeeper is missing (apt-get install zookeeper): ours alone is measured.');
    } else sides.unshift(real(26_711));
  }
  for (const side of sides) await side.start();
  const uptime = execFileSync('uptime', { encoding: 'utf8' }).trim();
  console.log(`${String(REPETITIONS)} runs of ${String(SECONDS)} s each, medians; ${uptime}`);
  console.log(`${''.padEnd(34)}${sides.map(({ name }) => name.padStart(22)).join('')}`);
  const wanted = WORKLOADS.filter(([name]) => ONLY === 0 || name.includes(` ${String(ONLY)} out`));
  for (const [name, args] of wanted) {
    const figures = sides.map((): number[] => []);
    for (let i = 0; i < REPETITIONS; i++) {
      for (const [s, side] of sides.entries()) figures[s]?.push(await load(side, args));
    }
    print(name, figures.map(median), '/s');
  }
  const killable = sides.filter((side) => side.name !== 'ours, in one process');
  const times = killable.map((): number[] => []);
  for (let i = 0; i < KILLS; i++) {
    for (const [s, side] of killable.entries()) times[s]?.push(await recover(side));
  }
  print('leader killed, to the next write', times.map(median), ' ms');
  for (const side of sides) await side.stop();
  rmSync(scratch, { recursive: true, force: true });
}

await main();
process.exit(0);
