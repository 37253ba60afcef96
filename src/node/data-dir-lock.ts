/**
 * A data directory belongs to one running server. Two that write to the same files would destroy
 * them, and neither would notice.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const LOCK_FILE = 'zookeeper-playground.pid';

/** Directories that this process has open: its own pid in a file tells nothing. */
const ours = new Set<string>();

export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
}

/** @returns how to give it back. Rejects where another process has it. */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = resolve(directory);
  const file = join(path, LOCK_FILE);
  if (ours.has(path)) {
    throw new DirectoryInUseError(`the data directory ${path} is used by two servers at once`);
  }
  ours.add(path);
  try {
    await mkdir(path, { recursive: true });
    await claim(path, file);
  } catch (error) {
    ours.delete(path);
    throw error;
  }
  return async () => {
    if (!ours.delete(path)) return;
    await rm(file, { force: true });
  };
}

async function claim(directory: string, file: string): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    try {
      await writeFile(file, `${String(process.pid)}\n`, { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
    if (owner !== process.pid && isRunning(owner)) {
      throw new DirectoryInUseError(
        `the data directory ${directory} is in use by the process ${String(owner)}; stop it, or choose another directory`,
      );
    }
    await rm(file, { force: true }); // Its owner died without a word.
  }
  throw new DirectoryInUseError(`the lock file ${file} comes back each time it is removed`);
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
