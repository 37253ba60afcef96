/** A real ZooKeeper of Debian's package, started and looked at through this folder's scripts. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

export const isInstalled = existsSync('/usr/share/java/zookeeper.jar');

/** Sessions of an hour live through a restart, and no container is reaped meanwhile. */
const SETTINGS = {
  MAX_SESSION: '36000000',
  CONTAINER_MS: '3600000',
  PREALLOC_KB: '64',
  ENFORCE_QUOTA: '1',
  SNAPCOUNT: '60',
};

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One of the scripts here. Never rejects: how it ended is in the answer. */
export function script(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...SETTINGS, ...env }, maxBuffer: 64 * 1024 * 1024 };
    execFile(join(here, name), args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, stdout, stderr: stderr === '' ? (error?.message ?? '') : stderr });
    });
  });
}

/** @throws where it fails, with what it said. */
export async function must(ended: Promise<Ended>): Promise<string> {
  const { code, stdout, stderr } = await ended;
  if (code !== 0) throw new Error(`ended with ${String(code)}: ${stdout}${stderr}`.trim());
  return stdout;
}

export interface TreeNode {
  readonly path: string;
}

/** A tree as a client with every permission sees it. */
export async function dumpTree(hosts: string): Promise<readonly TreeNode[]> {
  return nodesOf(await must(script('zkdump.py', [hosts])));
}

function nodesOf(json: string): readonly TreeNode[] {
  return (JSON.parse(json) as { nodes: readonly TreeNode[] }).nodes;
}

/** Writes a bit of everything, and leaves a session open. */
export async function fill(hosts: string): Promise<void> {
  await must(script('fill.py', [hosts]));
}

export interface RealBoot {
  readonly tree: readonly TreeNode[];
  /** Warnings and errors in its log. */
  readonly says: readonly string[];
}

/** Starts a real server on a copy of a data directory. @throws where it does not start. */
export async function bootReal(dataDir: string, port: number): Promise<RealBoot> {
  const json = `${dataDir}.json`;
  const { code, stderr } = await script('real-one.sh', ['boot', dataDir, json], {
    PORT: String(port),
  });
  if (code !== 0) throw new Error(`real ZooKeeper does not start: ${stderr.trim()}`);
  const says = stderr.split('\n').filter((line) => line.startsWith('log: '));
  return { tree: nodesOf(await readFile(json, 'utf8')), says };
}

/** kill -9 of the server that real-one.sh started in `directory`. */
export async function killReal(directory: string): Promise<void> {
  const pid = Number(await readFile(join(directory, 'pid'), 'utf8'));
  process.kill(pid, 'SIGKILL');
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
