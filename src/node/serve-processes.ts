/** `--processes`: each server in a process of its own, as in a real ensemble. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePorts } from './free-ports.ts';
import type { ServeOptions } from './serve-options.ts';
import type { Serving } from './serve.ts';
import { parseZooCfg } from './zoo-cfg.ts';

const FIRST_PORT = 2181;

/** What a server of its own says of an ensemble, unless --set says otherwise. */
const DEFAULTS = ['tickTime=2000', 'initLimit=10', 'syncLimit=5'];

interface Child {
  readonly sid: number;
  readonly clientPort: number;
  readonly process: ChildProcess;
  readonly ended: Promise<number>;
}

export async function serveProcesses(
  options: ServeOptions,
  onExit: (code: number) => void,
): Promise<Serving> {
  const { warnings, admin } = parseZooCfg([options.settings]);
  for (const warning of warnings) console.error(`Warning: ${warning}`);
  const host = options.host ?? '127.0.0.1';
  const count = options.servers + options.observers;
  const ports = await freePorts(host, count * 3);
  const first = options.clientPort ?? FIRST_PORT;
  const clientPortOf = (i: number): number =>
    first === 0 ? (ports[count * 2 + i] ?? 0) : first + i;
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'zookeeper-')));
  const servers = Array.from({ length: count }, (_, i) => {
    const type = i < options.servers ? 'participant' : 'observer';
    const peers = `${String(ports[i * 2] ?? 0)}:${String(ports[i * 2 + 1] ?? 0)}`;
    return `server.${String(i + 1)}=${host}:${peers}:${type};${host}:${String(clientPortOf(i))}`;
  });
  const settings = [...DEFAULTS, ...options.settings.text.split('\n'), ...servers];
  const children: Child[] = [];
  for (let i = 0; i < count; i++) {
    const file = await writeServerFiles(join(dataDir, String(i + 1)), i + 1, [
      ...settings,
      // One machine has each port once.
      ...(admin.port === 0 ? [] : [`admin.serverPort=${String(admin.port + i)}`]),
    ]);
    children.push(startChild(i + 1, clientPortOf(i), file, options.quiet));
  }
  void watchChildren(children, onExit);
  console.log(`Data is in ${dataDir}. Ctrl+C stops the servers.`);
  return {
    stop: async () => {
      for (const child of children) child.process.kill('SIGTERM');
      await Promise.all(children.map(({ ended }) => ended));
      if (options.dataDir === null) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** @returns the path of its zoo.cfg. */
async function writeServerFiles(
  directory: string,
  sid: number,
  settings: readonly string[],
): Promise<string> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'myid'), `${String(sid)}\n`);
  const file = join(directory, 'zoo.cfg');
  const lines = [...settings, `dataDir=${directory}`].filter((line) => line !== '');
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

function startChild(sid: number, clientPort: number, file: string, isQuiet: boolean): Child {
  const script = fileURLToPath(new URL('./serve.ts', import.meta.url));
  const args = [...process.execArgv, script, '--config', file, ...(isQuiet ? ['--quiet'] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  if (child.stdout === null) throw new Error('a child process has no output');
  createInterface({ input: child.stdout }).on('line', (line) => {
    console.log(`${line} (process ${String(child.pid ?? 0)}, client port ${String(clientPort)})`);
  });
  const ended = new Promise<number>((resolve) => {
    child.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });
  return { sid, clientPort, process: child, ended };
}

async function watchChildren(
  children: readonly Child[],
  onExit: (code: number) => void,
): Promise<void> {
  const codes = await Promise.all(
    children.map(async ({ sid, ended }) => {
      const code = await ended;
      console.error(`The process of server ${String(sid)} has ended with code ${String(code)}`);
      return code;
    }),
  );
  onExit(Math.max(...codes));
}
