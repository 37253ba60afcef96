/**
 * Disks of members as the files of data directories, both ways: what is durable goes out as real
 * ZooKeeper reads it, and an ensemble can begin with what such files hold.
 */
import type { EnsembleConfig } from '../core/config.ts';
import { readDataDir } from '../core/txn-log/data-dir.ts';
import type { DiskImage } from '../core/txn-log/disk-image.ts';
import type { DataFile } from '../core/txn-log/file-report.ts';
import { encodeDataDir } from '../core/txn-log/write-data-dir.ts';
import type { Sid } from '../core/units.ts';
import type { DiskStore } from '../store/disk-store.ts';
import type { MemberFiles } from './api.ts';

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
  for (const { sid, files, dynamicConfig } of disks) {
    const image = read.get(files) ?? readDataDir(files, { release }).image;
    read.set(files, image);
    images.set(sid, { ...image, dynamicConfig });
  }
  return images;
}

/** Puts them into their stores, where members find them as after a power failure. */
export async function storeImages(
  images: ReadonlyMap<Sid, DiskImage>,
  openDisk: (sid: Sid) => DiskStore,
): Promise<void> {
  await Promise.all(
    [...images].map(async ([sid, image]) => {
      const store = openDisk(sid);
      try {
        await rewrite(store, image);
      } finally {
        store.close();
      }
    }),
  );
}

/**
 * Makes a store hold `image`, whatever it held before: in another future of the run, a zxid may
 * have been given to another transaction.
 */
export async function rewrite(store: DiskStore, image: DiskImage): Promise<void> {
  await store.clear();
  await store.replace(image);
  const { dynamicConfig, nextConfig } = image;
  const texts = { dynamic: dynamicConfig, next: nextConfig };
  const files = (['dynamic', 'next'] as const).filter((file) => texts[file] !== null);
  if (files.length === 0) return;
  await store.write(files.map((file) => ({ kind: 'config', file, text: texts[file] })));
}
