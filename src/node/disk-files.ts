/**
 * Files written as a whole, and what an operator is told when the disk refuses.
 *
 * Source: common.AtomicFileOutputStream, AtomicFileWritingIdiom (3.9).
 */
import { close, fdatasync, fsync, ftruncate, open, write } from 'node:fs';
import { open as openHandle, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** On plain descriptors, through the thread pool. */
export const file = {
  open: promisify(open),
  close: promisify(close),
  sync: promisify(fsync),
  dataSync: promisify(fdatasync),
  truncate: promisify(ftruncate),
};

/** Where a member keeps what outlives it. */
export interface DiskPlace {
  /** Snapshots, epochs and myid. */
  readonly dataDir: string;
  /** The transaction log; the same as `dataDir` where nothing else is said. */
  readonly dataLogDir: string;
}

const VERSION_2 = 'version-2';

export function snapDirOf(place: DiskPlace): string {
  return join(place.dataDir, VERSION_2);
}

export function logDirOf(place: DiskPlace): string {
  return join(place.dataLogDir, VERSION_2);
}

/** All of `bytes`, whatever the system takes at a time. */
export function writeAll(fd: number, bytes: Uint8Array, position: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const step = (from: number): void => {
      write(fd, bytes, from, bytes.length - from, position + from, (error, written) => {
        if (error !== null) reject(error);
        else if (from + written === bytes.length) resolve();
        else step(from + written);
      });
    };
    step(0);
  });
}

/** Either the old content stands there or the new one, whenever the power fails. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  const handle = await openHandle(temporary, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  await syncDirectory(dirname(path));
}

export async function removeDurably(path: string): Promise<void> {
  await rm(path, { force: true });
  await syncDirectory(dirname(path));
}

/** Names of files are durable only with the directory. Windows has no such thing, and needs none. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await openHandle(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const MEANINGS: Readonly<Record<string, string>> = {
  ENOSPC: 'No space left on device',
  EDQUOT: 'the quota of the disk is used up',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  EIO: 'the device failed',
  EMFILE: 'too many open files',
  ENOENT: 'the file is gone',
  ENOTDIR: 'there is a file where a directory should be',
};

/** `No space left on device (ENOSPC: /data/version-2/log.1)`. */
export function describeDiskError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined) return error.message;
  const where = path === undefined ? '' : `: ${path}`;
  return `${MEANINGS[code] ?? error.message} (${code}${where})`;
}
