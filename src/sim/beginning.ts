/**
 * What a run begins with, where that is more than its configuration: the disks that its members
 * found, as the files of data directories, and the virtual time at which they found them.
 */
import type { EnsembleConfig } from '../core/config.ts';
import { readDataDir } from '../core/txn-log/data-dir.ts';
import { EMPTY_DISK, type DiskImage } from '../core/txn-log/disk-image.ts';
import type { DataFile } from '../core/txn-log/file-report.ts';
import { encodeEpochFile } from '../core/txn-log/small-files.ts';
import { encodeDataDir } from '../core/txn-log/write-data-dir.ts';
import type { Micros, ProcessId, Sid } from '../core/units.ts';
import type { LocalRun } from './local.ts';
import { durableImage } from './member.ts';

/** A member's disk as real ZooKeeper keeps it. */
export interface MemberFiles {
  readonly sid: Sid;
  /** Of its version-2/. */
  readonly files: readonly DataFile[];
  /** zoo.cfg.dynamic; null where no reconfiguration has written one. */
  readonly dynamicConfig: string | null;
  /** zoo.cfg.dynamic.next, where there is one. */
  readonly nextConfig?: string;
}

export interface Beginning {
  readonly clock: Micros;
  /** Which life of the servers begins. */
  readonly incarnation: number;
  readonly disks: readonly MemberFiles[];
}

/** The files of version-2/, without the zeros that a log is made ahead with. */
export function filesOfImage(
  image: DiskImage,
  release: EnsembleConfig['release'],
): readonly DataFile[] {
  return encodeDataDir(image, { release, preAllocSize: 0 });
}

/** What each member is to begin with. Files that several share are read once. */
export function imagesOf(
  disks: readonly MemberFiles[],
  release: EnsembleConfig['release'],
): ReadonlyMap<Sid, DiskImage> {
  const read = new Map<readonly DataFile[], DiskImage>();
  const images = new Map<Sid, DiskImage>();
  for (const { sid, files, dynamicConfig, nextConfig = null } of disks) {
    const image = read.get(files) ?? readDataDir(files, { release }).image;
    read.set(files, image);
    images.set(sid, { ...image, dynamicConfig, nextConfig });
  }
  return images;
}

/** What a world and its members need to begin so; nothing, where they begin empty. */
export function startOf(
  beginning: Beginning | undefined,
  release: EnsembleConfig['release'],
): { start?: Micros; incarnation?: number; images?: ReadonlyMap<Sid, DiskImage> } {
  if (beginning === undefined) return {};
  const { clock, incarnation, disks } = beginning;
  return { start: clock, incarnation, images: imagesOf(disks, release) };
}

/**
 * Of a run that has only just begun: nothing has happened yet. Null where its members found
 * nothing, at the beginning of time, as they do unless it is said otherwise.
 */
export function beginningOf({ world, hosts, images }: LocalRun): Beginning | null {
  const { servers, release } = world.config.ensemble;
  const found = servers.map(({ sid }) => {
    const host = hosts.get(sid as number as ProcessId);
    const image = host?.kind === 'member' ? durableImage(host) : images.get(sid);
    return { sid, image: image ?? EMPTY_DISK };
  });
  const incarnation = Math.max(0, ...world.processes.map((process) => process.incarnation));
  const disks = found.map(({ sid, image }) => filesOfMember(sid, image, release));
  if (world.now === 0 && incarnation === 0 && disks.every(isEmpty)) return null;
  return { clock: world.now, incarnation, disks };
}

function filesOfMember(
  sid: Sid,
  image: DiskImage,
  release: EnsembleConfig['release'],
): MemberFiles {
  const { dynamicConfig, nextConfig, currentEpochTmp } = image;
  const files = [...filesOfImage(image, release)];
  if (currentEpochTmp !== undefined) {
    files.push({ name: 'currentEpoch.tmp', bytes: encodeEpochFile(currentEpochTmp) });
  }
  return { sid, files, dynamicConfig, ...(nextConfig === null ? {} : { nextConfig }) };
}

function isEmpty({ files, dynamicConfig, nextConfig }: MemberFiles): boolean {
  return files.length === 0 && dynamicConfig === null && nextConfig === undefined;
}
