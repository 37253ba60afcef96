/**
 * The files of a data directory by their names: `log.<zxid>` and `snapshot.<zxid>`, in hexadecimal,
 * and how long a log file is made ahead of what is written to it.
 *
 * Source: persistence.Util, persistence.FilePadding, persistence.SnapStream (3.9).
 */
import type { Zxid } from '../zxid.ts';

/** @param zxid of the first record in it. */
export function logFileName(zxid: Zxid): string {
  return `log.${hex(zxid)}`;
}

/** @param zxid the tree's lastProcessedZxid when the snapshot began. */
export function snapshotFileName(zxid: Zxid): string {
  return `snapshot.${hex(zxid)}`;
}

function hex(zxid: Zxid): string {
  return BigInt.asUintN(64, zxid).toString(16);
}

const LARGEST = 2n ** 63n - 1n;

/**
 * The zxid in a file's name; null where it is another file. What stands behind a second dot does
 * not count: ZooKeeper takes `log.5.bak` for a log, too.
 */
export function zxidInName(name: string, prefix: 'log' | 'snapshot'): Zxid | null {
  const [stem, digits] = name.split('.');
  if (stem !== prefix || digits === undefined || !/^[0-9a-fA-F]{1,16}$/.test(digits)) return null;
  const zxid = BigInt(`0x${digits}`);
  return zxid <= LARGEST ? (zxid as Zxid) : null;
}

/** How the bytes of a snapshot are packed, as its name says. */
export function compressionOf(name: string): 'gz' | 'snappy' | null {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return extension === 'gz' || extension === 'snappy' ? extension : null;
}

/** So near to the end of a file it is made longer. */
const PADDING_MARGIN = 4096;

/**
 * How long a log file must be before the next append, with zeros behind what is written: bytes
 * that are there already cost fsync less than bytes that make the file grow.
 *
 * @param position what is written and flushed.
 * @param size of the file as it is; right after its header that is 16 bytes.
 * @param preAllocSize bytes; 0 = the file is as long as what is written.
 */
export function paddedSize(position: number, size: number, preAllocSize: number): number {
  if (preAllocSize <= 0 || position + PADDING_MARGIN < size) return size;
  if (position <= size) return size + preAllocSize;
  const least = position + preAllocSize;
  return least - (least % preAllocSize);
}
