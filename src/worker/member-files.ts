/** Disks of members that are put into their stores. */
import type { DiskImage } from '../core/txn-log/disk-image.ts';
import type { Sid } from '../core/units.ts';
import type { DiskStore } from '../store/disk-store.ts';

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
