/** `npm run serve` as somebody meets it who types it. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePorts } from '../../../src/node/free-ports.ts';
import { listen } from '../../../src/node/listen.ts';
import { parseServeOptions } from '../../../src/node/serve-options.ts';
import { RawClient } from './raw-client.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'serve-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

interface Run {
  readonly text: () => string;
  readonly stop: () => void;
  readonly ended: Promise<number | null>;
}

function serve(...args: readonly string[]): Run {
  const command = ['--import', 'tsx', 'src/node/serve.ts', ...args];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    text: () => text,
    stop: () => {
      child.kill('SIGTERM');
    },
    ended: new Promise((resolve) => {
      child.on('close', resolve);
    }),
  };
}

describe('options that cannot be', () => {
  test.each([
    [['--servers', '0'], '--servers 0 is not a number from 1 on'],
    [['--servers', 'many'], '--servers many is not a number from 1 on'],
    [['--servers', '250', '--observers', '5'], 'an ensemble has at most 254 servers'],
    [['--one', '--servers', '3'], '--one is a server that stands alone'],
    [['--config', 'zoo.cfg', '--one'], '--config is one server'],
    [['--servers', '1', '--observers', '1'], '--observers need an ensemble to observe'],
    [['--client-port', '65534'], '--client-port 65534 leaves no ports'],
    [['--set', 'tickTime'], '--set tickTime is not of the form key=value'],
    [['--nonsense'], "Unknown option '--nonsense'; --help lists the options"],
    [['stray'], "Unexpected argument 'stray'"],
  ])('%j', (args, message) => {
    expect(() => parseServeOptions(args)).toThrow(message);
  });

  test('what is right is taken', () => {
    const options = parseServeOptions(['--client-port', '0', '--set', 'a=1', '--set', 'b=2']);
    expect(options).toMatchObject({ servers: 3, observers: 0, clientPort: 0, quiet: false });
    expect(options.settings.text).toBe('a=1\nb=2');
  });
});

test('three servers are announced, serve, and stop in order with their data kept', async () => {
  const [first = 0] = await freePorts('127.0.0.1', 1);
  const args = ['--client-port', String(first), '--data-dir', directory, '--quiet'];
  const run = serve(...args, '--set', 'tickTime=500', '--set', 'preAllocSize=64');
  await expect.poll(run.text, { timeout: 25_000 }).toContain('Clients connect to');
  expect(run.text()).toMatch(/^server {2}client port {2}role\n1 +\d+ +(following|leading)\n/);
  const raw = new RawClient(first + 1);
  await raw.open();
  expect((await raw.create('/kept', 'yes'))?.err).toBe(0);
  run.stop();
  await raw.closed;
  expect(await run.ended).toBe(0);
  expect(await readdir(directory)).toEqual(['1', '2', '3']);
  expect(await readdir(join(directory, '1'))).toEqual(['myid', 'version-2']);
});

test('a port that is taken, a file that is not there and a bad line end with code 2', async () => {
  const taken = createServer();
  const port = await listen(taken, '127.0.0.1', 0);
  const cfg = join(directory, 'zoo.cfg');
  await writeFile(cfg, `dataDir=${directory}\nclientPort=0\ntickTime=soon\n`);
  const runs = [
    serve('--one', '--client-port', String(port), '--data-dir', directory),
    serve('--config', join(directory, 'none.cfg')),
    serve('--config', cfg),
  ];
  expect(await Promise.all(runs.map(({ ended }) => ended))).toEqual([2, 2, 2]);
  taken.close();
  const last = runs.map(({ text }) => text().trim().split('\n').at(-1));
  expect(last).toEqual([
    `127.0.0.1:${String(port)} is taken by another program; choose another --client-port`,
    `${join(directory, 'none.cfg')}: there is no such file`,
    `${cfg}, line 3: tickTime=soon is not a whole number`,
  ]);
});

test('--config serves what a zoo.cfg says', async () => {
  const [port = 0] = await freePorts('127.0.0.1', 1);
  const cfg = join(directory, 'zoo.cfg');
  await writeFile(cfg, `dataDir=${directory}\nclientPort=${String(port)}\n# alone\n`);
  const run = serve('--config', cfg, '--quiet');
  await expect.poll(run.text, { timeout: 25_000 }).toContain('Server 1 is standalone.');
  const raw = new RawClient(port);
  expect((await raw.open())?.timeOut).toBe(10_000);
  raw.destroy();
  run.stop();
  expect(await run.ended).toBe(0);
  expect(await readdir(directory)).toEqual(['version-2', 'zoo.cfg']);
});
