/**
 * A simulated disk: what has been written (the page cache) and what is safe (the platter).
 *
 * Operations run one after the other, in the order given, and each takes a draw of the configured
 * latency. `append` reaches the page cache at once; the next `syncLog` makes it safe. Files that
 * are written as a whole (snapshots, epochs) appear when their operation completes, or never.
 */
import { draw, drawInt, Purpose } from '../core/chance.ts';
import { unreachable } from '../core/assert.ts';
import type { DiskEffect, DiskOp, ServerEvent } from '../core/quorum/peer-io.ts';
import type { DiskImage, LogEntry, SnapshotEntry } from '../core/txn-log/disk-image.ts';
import type { Snapshot } from '../core/txn-log/snapshot.ts';
import type { Micros, Sid } from '../core/units.ts';
import type { Zxid } from '../core/zxid.ts';
import { planCompletion, type Agenda } from './agenda.ts';
import { HEALTHY_DISK, type CrashTail, type DiskFaults, type LatencyRange } from './actions.ts';

/** Files as somebody sees them. Plain data, unlike DiskImage open to change. */
export interface Files {
  log: LogEntry[];
  snapshots: SnapshotEntry[];
  acceptedEpoch: number | null;
  currentEpoch: number | null;
  dynamicConfig: string | null;
  nextConfig: string | null;
}

type Timed = Exclude<DiskEffect, { readonly kind: 'append' | 'purge' }>;

/** An operation under way. */
interface Pending {
  readonly effect: Timed;
  /** Of a syncLog: how many entries of the log it makes safe. */
  upTo: number;
  /** Decided when it starts, as a real device would. */
  readonly fate: 'done' | 'lost' | 'failed';
}

/** Plain data. */
export interface Disk {
  readonly sid: Sid;
  readonly seed: number;
  readonly incarnation: number;
  readonly latency: LatencyRange;
  faults: DiskFaults;
  /** As the running process sees its files. */
  readonly cache: Files;
  /** As they stand after a loss of power. */
  readonly platter: Files;
  readonly pending: Pending[];
  /** How many truncations are under way: the cache is shorter than the platter meanwhile. */
  truncating: number;
  /** A write of the log failed: what was appended since is nowhere. */
  logFailed: boolean;
  busyUntil: Micros;
  draws: number;
  /** How many entries of the log were handed to `writes`. */
  handedOver: number;
  writes: DiskWrite[];
  completed: DiskOp[];
}

/**
 * What somebody who keeps the files elsewhere has to write, in this order. A write with an `op`
 * must be safe before the effects of the event that reports the op are let out.
 */
export type DiskWrite =
  | { readonly kind: 'append'; readonly op: DiskOp; readonly entries: readonly LogEntry[] }
  | {
      readonly kind: 'truncate';
      readonly op: DiskOp;
      readonly zxid: Zxid;
      readonly keepsSnapshots: boolean;
    }
  | { readonly kind: 'snapshot'; readonly op: DiskOp; readonly snapshot: Snapshot }
  | {
      readonly kind: 'epoch';
      readonly op: DiskOp;
      readonly file: 'acceptedEpoch' | 'currentEpoch';
      readonly epoch: number;
    }
  | {
      readonly kind: 'config';
      readonly op: DiskOp;
      readonly file: 'dynamic' | 'next';
      readonly text: string | null;
    }
  | { readonly kind: 'purge'; readonly snapshot: Zxid };

export function createDisk(
  sid: Sid,
  seed: number,
  incarnation: number,
  latency: LatencyRange,
  image: DiskImage,
): Disk {
  return {
    sid,
    seed,
    incarnation,
    latency,
    faults: HEALTHY_DISK,
    cache: filesOf(image),
    platter: filesOf(image),
    pending: [],
    truncating: 0,
    logFailed: false,
    busyUntil: 0 as Micros,
    draws: 0,
    handedOver: image.log.length,
    writes: [],
    completed: [],
  };
}

/** Takes an operation; its completion is planned in `agenda`. */
export function applyDiskEffect(disk: Disk, agenda: Agenda, now: Micros, effect: DiskEffect): void {
  if (effect.kind === 'append') {
    const { record, startsFile } = effect;
    if (disk.faults.full) disk.logFailed = true;
    // What failed was in the file before.
    else if (startsFile) disk.logFailed = false;
    if (disk.logFailed) return;
    disk.cache.log.push({ kind: 'record', record, startsFile });
    return;
  }
  if (effect.kind === 'purge') {
    purge(disk, effect.snapshot);
    disk.writes.push({ kind: 'purge', snapshot: effect.snapshot });
    return;
  }
  const failed = disk.faults.full || (effect.kind === 'syncLog' && disk.logFailed);
  const fate = failed ? 'failed' : disk.faults.lying ? 'lost' : 'done';
  if (effect.kind === 'truncate' && !failed) {
    truncate(disk.cache, effect.zxid, effect.keepsSnapshots);
    disk.truncating++;
    disk.handedOver = Math.min(disk.handedOver, disk.cache.log.length);
  }
  disk.pending.push({ effect, upTo: disk.cache.log.length, fate });
  if (fate === 'done') handOver(disk, effect);
  disk.busyUntil = (Math.max(disk.busyUntil, now) + drawDuration(disk)) as Micros;
  const event: ServerEvent = failed
    ? { kind: 'diskFailed', op: effect.op, reason: 'No space left on device' }
    : { kind: 'durable', op: effect.op };
  planCompletion(agenda, disk.busyUntil, event);
}

/** The oldest operation is over, just before its process hears of it. */
export function completeOperation(disk: Disk): void {
  const pending = disk.pending.shift();
  if (pending === undefined) return;
  const { effect, fate } = pending;
  if (fate === 'failed') return;
  if (effect.kind === 'truncate') disk.truncating--;
  // The page cache shows even what a lying disk has thrown away.
  carryOut(disk.cache, disk.cache, pending, true);
  if (fate === 'lost') return;
  carryOut(disk.platter, disk.cache, pending, false);
  disk.completed.push(effect.op);
}

function carryOut(files: Files, cache: Files, pending: Pending, isCache: boolean): void {
  const { effect, upTo } = pending;
  switch (effect.kind) {
    case 'syncLog':
      if (isCache) return;
      for (let i = files.log.length; i < upTo; i++) {
        const entry = cache.log[i];
        if (entry !== undefined) files.log.push(entry);
      }
      return;
    case 'truncate':
      // The cache is cut already, but a snapshot may have been under way then.
      if (!isCache) truncate(files, effect.zxid, effect.keepsSnapshots);
      else if (effect.keepsSnapshots !== true) dropSnapshots(files, effect.zxid);
      return;
    case 'saveSnapshot':
      if (isCache || effect.unsynced !== true) saveSnapshot(files, effect.snapshot);
      return;
    case 'writeEpoch':
      files[effect.file] = effect.epoch;
      return;
    case 'writeConfig':
      files[effect.file === 'dynamic' ? 'dynamicConfig' : 'nextConfig'] = effect.text;
      return;
    default:
      return unreachable(effect);
  }
}

/**
 * The writes that were handed over and are not complete yet, for a disk that goes on elsewhere:
 * what stands on the platter is stored there already. As `completeOperation` will carry them out.
 */
export function writesUnderWay(disk: Disk): readonly DiskWrite[] {
  const stored = filesOf(disk.platter);
  const writes: DiskWrite[] = [];
  for (const pending of disk.pending) {
    if (pending.fate !== 'done') continue;
    const { effect, upTo } = pending;
    if (effect.kind === 'syncLog') {
      const entries = disk.cache.log.slice(stored.log.length, upTo);
      writes.push({ kind: 'append', op: effect.op, entries });
    } else {
      const write = writeOf(effect);
      if (write !== null) writes.push(write);
    }
    carryOut(stored, disk.cache, pending, false);
  }
  return writes;
}

function handOver(disk: Disk, effect: Timed): void {
  if (effect.kind === 'syncLog') {
    const entries = disk.cache.log.slice(disk.handedOver);
    disk.handedOver = disk.cache.log.length;
    disk.writes.push({ kind: 'append', op: effect.op, entries });
    return;
  }
  const write = writeOf(effect);
  if (write !== null) disk.writes.push(write);
}

/** Null for what only the page cache gets. */
function writeOf(effect: Exclude<Timed, { readonly kind: 'syncLog' }>): DiskWrite | null {
  const { op } = effect;
  switch (effect.kind) {
    case 'truncate': {
      const keepsSnapshots = effect.keepsSnapshots === true;
      return { kind: 'truncate', op, zxid: effect.zxid, keepsSnapshots };
    }
    case 'saveSnapshot':
      if (effect.unsynced === true) return null;
      return { kind: 'snapshot', op, snapshot: effect.snapshot };
    case 'writeEpoch':
      return { kind: 'epoch', op, file: effect.file, epoch: effect.epoch };
    case 'writeConfig':
      return { kind: 'config', op, file: effect.file, text: effect.text };
    default:
      return unreachable(effect);
  }
}

/** What a restart finds if the process, or the machine, ends now. Same disk, same image. */
export function crashImage(disk: Disk, tail: CrashTail, machineLives: boolean): DiskImage {
  if (machineLives) return filesOf(disk.truncating > 0 ? disk.platter : disk.cache);
  const { platter, cache } = disk;
  // While a truncation is under way the cache does not go on from the platter.
  const unsynced = disk.truncating > 0 ? [] : cache.log.slice(platter.log.length);
  const { kept, torn } = survivors(disk, tail, unsynced.length);
  const image = filesOf(platter);
  for (let i = 0; i < kept; i++) {
    const entry = unsynced[i];
    if (entry !== undefined) image.log.push(entry);
  }
  if (torn) image.log.push({ kind: 'torn' });
  return image;
}

/** One crash in so many that leaves a record half written leaves it torn. */
const TORN_ONE_IN = 3;

function survivors(
  disk: Disk,
  tail: CrashTail,
  unsynced: number,
): { readonly kept: number; readonly torn: boolean } {
  switch (tail) {
    case 'kept':
      return { kept: unsynced, torn: false };
    case 'lost':
      return { kept: 0, torn: false };
    case 'torn':
      return { kept: Math.max(0, unsynced - 1), torn: unsynced > 0 };
    case 'chance': {
      const index = disk.incarnation * 2;
      const kept = drawInt(draw(disk.seed, Purpose.crashTail, disk.sid, index), 0, unsynced);
      const odds = drawInt(draw(disk.seed, Purpose.crashTail, disk.sid, index + 1), 1, TORN_ONE_IN);
      return { kept, torn: kept < unsynced && odds === 1 };
    }
    default:
      return unreachable(tail);
  }
}

/** Flips a bit in what is on the disk of a server that is down. */
export function damageImage(
  image: DiskImage,
  what: 'logMiddle' | 'logTail' | 'snapshot',
): DiskImage {
  const files = filesOf(image);
  const reason = 'CRC check failed';
  if (what === 'snapshot') {
    const last = files.snapshots.pop();
    if (last !== undefined) {
      const zxid = last.kind === 'snapshot' ? last.snapshot.zxid : last.zxid;
      files.snapshots.push({ kind: 'damaged', zxid, reason });
    }
  } else if (files.log.length > 0) {
    if (what === 'logTail') files.log[files.log.length - 1] = { kind: 'torn' };
    else files.log[files.log.length >> 1] = { kind: 'damaged', reason };
  }
  return files;
}

export function filesOf(image: DiskImage): Files {
  return { ...image, log: [...image.log], snapshots: [...image.snapshots] };
}

/** Operations of its slow and quick days come from one row of draws. */
function drawDuration(disk: Disk): number {
  const subject = disk.sid + (disk.incarnation << 8);
  const bits = draw(disk.seed, Purpose.diskLatency, subject, disk.draws++);
  return Math.ceil(drawInt(bits, disk.latency.min, disk.latency.max) * disk.faults.slowness);
}

/** One zxid is one file name: what stands there is replaced. */
function saveSnapshot(files: Files, snapshot: Snapshot): void {
  const others = files.snapshots.filter((entry) => zxidOf(entry) !== snapshot.zxid);
  files.snapshots = [...others, { kind: 'snapshot' as const, snapshot }].sort((a, b) =>
    zxidOf(a) < zxidOf(b) ? -1 : 1,
  );
}

function truncate(files: Files, zxid: Zxid, keepsSnapshots = false): void {
  let keep = files.log.length;
  for (; keep > 0; keep--) {
    const entry = files.log[keep - 1];
    if (entry?.kind === 'record' && entry.record.header.zxid <= zxid) break;
  }
  files.log.length = keep;
  if (!keepsSnapshots) dropSnapshots(files, zxid);
}

function dropSnapshots(files: Files, after: Zxid): void {
  files.snapshots = files.snapshots.filter((entry) => zxidOf(entry) <= after);
}

/**
 * Whole files go: those behind which another file starts at or before the snapshot. Cache and
 * platter lose the same number of entries, so one stays the beginning of the other.
 */
function purge(disk: Disk, snapshot: Zxid): void {
  const { cache, platter } = disk;
  for (const files of [cache, platter]) {
    files.snapshots = files.snapshots.filter((entry) => zxidOf(entry) >= snapshot);
  }
  const from = cache.log.findLastIndex(
    (entry) => entry.kind === 'record' && entry.startsFile && entry.record.header.zxid <= snapshot,
  );
  if (from <= 0) return;
  cache.log.splice(0, from);
  platter.log.splice(0, Math.min(from, platter.log.length));
  disk.handedOver = Math.max(0, disk.handedOver - from);
  for (const pending of disk.pending) pending.upTo = Math.max(0, pending.upTo - from);
}

function zxidOf(entry: SnapshotEntry): Zxid {
  return entry.kind === 'snapshot' ? entry.snapshot.zxid : entry.zxid;
}
