/** What a member finds on its disk when it starts. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { EnsembleConfig } from '../core/config.ts';
import { readDataDir, type DataFile } from '../core/txn-log/data-dir.ts';
import type { DiskImage } from '../core/txn-log/disk-image.ts';
import { zxidInName } from '../core/txn-log/file-names.ts';
import type { Zxid } from '../core/zxid.ts';
import { logDirOf, snapDirOf, type DiskPlace } from './disk-files.ts';
import { readLogBytes } from './log-bytes.ts';

/** Older snapshots are read only where none of so many loads. */
const SNAPSHOTS_READ = 3;

/** A snapshot unpacks to at most so many bytes. */
const UNPACKED_LIMIT = 1024 * 1024 * 1024;

export const CONFIG_FILES = { dynamic: 'zoo.cfg.dynamic', next: 'zoo.cfg.dynamic.next' } as const;

const EPOCH_FILES: readonly string[] = ['acceptedEpoch', 'currentEpoch', 'currentEpoch.tmp'];

/** Makes the directories where they are missing, and removes what a start removes. */
export async function readDisk(
  place: DiskPlace,
  config: Pick<EnsembleConfig, 'release' | 'maxBuffer'>,
): Promise<DiskImage> {
  const snapDir = snapDirOf(place);
  const logDir = logDirOf(place);
  await mkdir(snapDir, { recursive: true });
  await mkdir(logDir, { recursive: true });
  const snapshots = zxidFiles('snapshot', await readdir(snapDir));
  let report = await read(place, snapshots.slice(-SNAPSHOTS_READ), config);
  const loads = report.image.snapshots.some(({ kind }) => kind === 'snapshot');
  if (!loads && snapshots.length > SNAPSHOTS_READ) report = await read(place, snapshots, config);
  for (const name of report.remove) {
    await rm(join(name === 'initialize' ? place.dataDir : logDir, name), { force: true });
  }
  return {
    ...report.image,
    dynamicConfig: await readText(join(place.dataDir, CONFIG_FILES.dynamic)),
    nextConfig: await readText(join(place.dataDir, CONFIG_FILES.next)),
  };
}

async function read(
  place: DiskPlace,
  snapshots: readonly ZxidFile[],
  { release, maxBuffer }: Pick<EnsembleConfig, 'release' | 'maxBuffer'>,
): Promise<ReturnType<typeof readDataDir>> {
  const snapDir = snapDirOf(place);
  const logDir = logDirOf(place);
  const oldest = snapshots[0]?.zxid ?? (0n as Zxid);
  const logs = filesFrom(zxidFiles('log', await readdir(logDir)), oldest);
  const files: DataFile[] = [];
  for (const { name } of snapshots) files.push(await dataFile(snapDir, name));
  for (const { name } of logs) {
    files.push({ name, bytes: plain(await readLogBytes(join(logDir, name))) });
  }
  for (const name of await readdir(snapDir)) {
    if (EPOCH_FILES.includes(name)) files.push(await dataFile(snapDir, name));
  }
  for (const name of await readdir(place.dataDir)) {
    if (name === 'initialize') files.push(await dataFile(place.dataDir, name));
  }
  const gunzip = (bytes: Uint8Array): Uint8Array =>
    plain(gunzipSync(bytes, { maxOutputLength: UNPACKED_LIMIT }));
  return readDataDir(files, { release, maxBuffer, gunzip });
}

async function dataFile(directory: string, name: string): Promise<DataFile> {
  return { name, bytes: plain(await readFile(join(directory, name))) };
}

export interface ZxidFile {
  readonly name: string;
  readonly zxid: Zxid;
}

/** The logs or snapshots among `names`, oldest first. */
export function zxidFiles(kind: 'log' | 'snapshot', names: readonly string[]): ZxidFile[] {
  return names
    .flatMap((name) => {
      const zxid = name.endsWith('.tmp') ? null : zxidInName(name, kind);
      return zxid === null ? [] : [{ name, zxid }];
    })
    .sort((a, b) => (a.zxid < b.zxid ? -1 : Number(a.zxid > b.zxid)));
}

/** From the file on that may hold what follows `zxid`. Source: FileTxnLog.getLogFiles (3.9). */
export function filesFrom(files: readonly ZxidFile[], zxid: Zxid): readonly ZxidFile[] {
  const first = files.findLastIndex((file) => file.zxid <= zxid);
  return files.slice(Math.max(first, 0));
}

/** A Buffer's slice() is a view, and would keep the whole file in memory. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
