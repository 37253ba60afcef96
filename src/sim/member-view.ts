/** Pictures of a member's disk and log. */
import type { TxnRecord } from '../core/jute/txn.ts';
import type { DiskImage, LogEntry } from '../core/txn-log/disk-image.ts';
import type { ServerView } from '../core/view.ts';
import type { Zxid } from '../core/zxid.ts';
import { HEALTHY_DISK } from './actions.ts';
import type { Disk, Files } from './disk.ts';
import { LOG_CELLS_MAX, type DiskView, type LogCellView } from './frame.ts';

/** What a member shows of itself: null for the server where it is not running. */
export interface HostView {
  readonly server: ServerView | null;
  readonly disk: DiskView;
  readonly log: readonly LogCellView[];
}

/** A log, how many of its entries are safe, and how far its server knows them to be committed. */
export interface LogSight {
  readonly log: readonly LogEntry[];
  readonly synced: number;
  readonly lastCommitted: Zxid | null;
}

export function logOfDisk(disk: Disk, server: ServerView | null): LogSight {
  const { cache, platter, truncating } = disk;
  const synced = truncating > 0 ? cache.log.length : platter.log.length;
  return { log: cache.log, synced, lastCommitted: server?.lastCommitted ?? null };
}

export function logOfImage({ log }: DiskImage): LogSight {
  return { log, synced: log.length, lastCommitted: null };
}

export function viewOfDisk(disk: Disk, server: ServerView | null): HostView {
  const { cache, pending } = disk;
  const sight = logOfDisk(disk, server);
  const busy = pending[0]?.effect;
  const busyWith =
    busy === undefined
      ? null
      : busy.kind === 'writeEpoch'
        ? busy.file
        : busy.kind === 'saveSnapshot'
          ? 'snapshot'
          : busy.kind === 'syncLog'
            ? 'fsync'
            : 'truncate';
  return {
    server,
    disk: viewOfFiles(cache, cache.log.length - sight.synced, disk.faults, busyWith),
    log: latestCells(sight),
  };
}

/** Of a server that is down: its disk is there all the same. */
export function viewOfImage(image: DiskImage, faults = HEALTHY_DISK): HostView {
  return {
    server: null,
    disk: viewOfFiles(image, 0, faults, null),
    log: latestCells(logOfImage(image)),
  };
}

function viewOfFiles(
  files: Files | DiskImage,
  unsynced: number,
  faults: DiskView['faults'],
  busyWith: string | null,
): DiskView {
  const { log, acceptedEpoch, currentEpoch } = files;
  const snapshots: { readonly zxid: Zxid; readonly znodes: number }[] = [];
  for (const entry of files.snapshots) {
    if (entry.kind === 'damaged') snapshots.push({ zxid: entry.zxid, znodes: 0 });
    else snapshots.push({ zxid: entry.snapshot.zxid, znodes: entry.snapshot.nodes.length });
  }
  return {
    faults,
    records: log.length,
    unsynced: Math.max(0, unsynced),
    firstZxid: zxidOf(log.find((entry) => entry.kind === 'record')),
    lastZxid: zxidOf(log.findLast((entry) => entry.kind === 'record')),
    snapshots,
    acceptedEpoch,
    currentEpoch,
    busyWith,
  };
}

function latestCells(sight: LogSight): readonly LogCellView[] {
  const { length } = sight.log;
  return cellsOf(sight, Math.max(0, length - LOG_CELLS_MAX), length);
}

/** @param to is not included. */
export function cellsOf(
  { log, synced, lastCommitted }: LogSight,
  from: number,
  to: number,
): readonly LogCellView[] {
  const cells: LogCellView[] = [];
  for (let i = from; i < to; i++) {
    const entry = log[i];
    if (entry?.kind !== 'record') continue;
    const { zxid } = entry.record.header;
    cells.push({
      zxid,
      what: describeTxn(entry.record),
      synced: i < synced,
      committed: lastCommitted !== null && zxid <= lastCommitted,
    });
  }
  return cells;
}

/** `setData /app`, `createSession`. */
export function describeTxn(record: TxnRecord): string {
  const { txn } = record;
  return 'path' in txn ? `${txn.type} ${txn.path}` : txn.type;
}

function zxidOf(entry: LogEntry | undefined): Zxid | null {
  return entry?.kind === 'record' ? entry.record.header.zxid : null;
}
