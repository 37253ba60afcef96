/**
 * A data directory of ZooKeeper, read as a whole: what a server would start from, and what is in
 * each file. Whether it starts is for recovery to say; here damage is only found and named.
 *
 * Source: persistence.FileTxnLog, persistence.FileSnap, QuorumPeer.loadDataBase (3.9).
 */
import type { EnsembleConfig } from '../config.ts';
import { MAX_BUFFER } from '../jute/input-archive.ts';
import type { Zxid } from '../zxid.ts';
import type { DiskImage, LogEntry, SnapshotEntry } from './disk-image.ts';
import { compressionOf, zxidInName } from './file-names.ts';
import type { AnyFile, DataFile, FileDamage } from './file-report.ts';
import { epochsOf, isEpochFile, readEpochFiles, readMyId } from './small-files.ts';
import type { EpochReport, MyIdReport } from './small-files.ts';
import { logRows } from './log-format.ts';
import { decodeSnapshot } from './snapshot-format.ts';
import { decodeSnappyStream, isSnappyStream } from './snappy.ts';

export type { DamageOutcome, DataFile, FileDamage } from './file-report.ts';

export interface ReadOptions {
  /** 3.9 removes a newest log of no bytes; 3.8.0 refuses it. */
  readonly release: EnsembleConfig['release'];
  /** Unpacks `snapshot.*.gz`, and throws where it cannot; unless given, such files are damaged. */
  readonly gunzip?: (bytes: Uint8Array) => Uint8Array;
  /** jute.maxbuffer. */
  readonly maxBuffer?: number;
}

export type FileReport =
  | (AnyFile & {
      readonly kind: 'log';
      readonly zxid: Zxid;
      /** Those that can be read, and the zxids of the first and the last of them. */
      readonly records: number;
      readonly first: Zxid | null;
      readonly last: Zxid | null;
      /** Bytes up to the end of the last of them. */
      readonly used: number;
    })
  | (AnyFile & {
      readonly kind: 'snapshot';
      readonly zxid: Zxid;
      readonly nodes: number;
      readonly sessions: number;
      /** True for the one that a start reads. */
      readonly chosen: boolean;
    })
  | EpochReport
  | MyIdReport
  /** An empty marker: this server may start with an empty database, and vote. Removed at start. */
  | (AnyFile & { readonly kind: 'initialize' })
  | (AnyFile & { readonly kind: 'other' });

export interface DataDirReport {
  readonly image: DiskImage;
  /** In the order of the logs' and the snapshots' age; other files behind them. */
  readonly files: readonly FileReport[];
  /** From the file myid; null where there is none. */
  readonly sid: number | null;
  /** Names of files that a start removes. */
  readonly remove: readonly string[];
}

export function readDataDir(files: readonly DataFile[], options: ReadOptions): DataDirReport {
  const snapshots = byZxid(files, 'snapshot').map((file) => readSnapshot(file, options));
  const base = snapshots.findLast(({ entry }) => entry.kind === 'snapshot')?.zxid ?? (0n as Zxid);
  const named = byZxid(files, 'log');
  const emptyTail = options.release === '3.9' && named.at(-1)?.file.bytes.length === 0;
  const read = (emptyTail ? named.slice(0, -1) : named).map((file) => readLog(file, options));
  const readFrom = read.findLast(({ zxid }) => zxid <= base)?.zxid ?? (0n as Zxid);
  const sid = readMyId(files);
  const others = files.filter(isOther).map(otherFile);
  const removed = emptyTail ? named.at(-1) : undefined;
  return {
    image: {
      log: read.flatMap(({ entries }) => entries),
      snapshots: snapshots.map(({ entry }) => entry),
      ...epochsOf(files),
      dynamicConfig: null,
      nextConfig: null,
    },
    files: [
      ...read.map((log) => reportLog(log, log.zxid >= readFrom)),
      ...(removed === undefined ? [] : [emptyLog(removed)]),
      ...snapshots.map((snapshot) => reportSnapshot(snapshot, snapshot.zxid === base)),
      ...readEpochFiles(files),
      ...(sid === null ? [] : [sid]),
      ...others,
    ],
    sid: sid?.sid ?? null,
    remove: [
      ...(removed === undefined ? [] : [removed.file.name]),
      ...others.filter(({ kind }) => kind === 'initialize').map(({ name }) => name),
    ],
  };
}

interface NamedFile {
  readonly file: DataFile;
  readonly zxid: Zxid;
}

/** Oldest first. */
function byZxid(files: readonly DataFile[], prefix: 'log' | 'snapshot'): NamedFile[] {
  return files
    .flatMap((file) => {
      const zxid = zxidInName(file.name, prefix);
      return zxid === null ? [] : [{ file, zxid }];
    })
    .sort((a, b) => (a.zxid < b.zxid ? -1 : Number(a.zxid > b.zxid)));
}

interface ReadLog extends NamedFile {
  readonly entries: readonly LogEntry[];
  readonly used: number;
  readonly damageAt: number;
}

function readLog({ file, zxid }: NamedFile, options: ReadOptions): ReadLog {
  const rows = logRows(file.name, file.bytes, options.maxBuffer ?? MAX_BUFFER);
  const [first] = rows;
  const used = rows.findLast(({ entry }) => entry.kind === 'record')?.end ?? 0;
  const damageAt = rows.at(-1)?.at ?? 0;
  const entries: LogEntry[] = rows.map(({ entry }) => entry);
  // A file without a record is a file all the same: where there is one, a snapshot has to be.
  if (first === undefined) entries.push({ kind: 'torn', file: zxid });
  else if (first.entry.kind !== 'record') entries[0] = { ...first.entry, file: zxid };
  return { file, zxid, entries, used, damageAt };
}

function reportLog(log: ReadLog, isRead: boolean): FileReport {
  const { file, zxid, entries, used } = log;
  const zxids = entries.flatMap((e) => (e.kind === 'record' ? [e.record.header.zxid] : []));
  return {
    kind: 'log',
    name: file.name,
    size: file.bytes.length,
    zxid,
    records: zxids.length,
    first: zxids.at(0) ?? null,
    last: zxids.at(-1) ?? null,
    used,
    damage: logDamage(log, isRead),
  };
}

function logDamage({ entries, damageAt }: ReadLog, isRead: boolean): FileDamage | null {
  const last = entries.at(-1);
  if (last === undefined || last.kind === 'record') return null;
  if (last.kind === 'damaged') {
    return { at: damageAt, reason: last.reason, outcome: isRead ? 'refused' : 'unread' };
  }
  if (damageAt === 0) return null; // A header and nothing behind it.
  const reason = 'Last transaction was partial.';
  return { at: damageAt, reason, outcome: isRead ? 'cutOff' : 'unread' };
}

function emptyLog({ file, zxid }: NamedFile): FileReport {
  const damage = { at: 0, reason: `${file.name} is empty`, outcome: 'passedOver' } as const;
  const none = { records: 0, first: null, last: null, used: 0 };
  return { kind: 'log', name: file.name, size: 0, zxid, ...none, damage };
}

interface ReadSnapshot extends NamedFile {
  readonly entry: SnapshotEntry;
}

function readSnapshot({ file, zxid }: NamedFile, options: ReadOptions): ReadSnapshot {
  const { name, bytes } = file;
  const compression = compressionOf(name);
  if (compression === null || startsAsSnapshot(bytes)) {
    return { file, zxid, entry: decodeSnapshot(bytes, zxid, options.maxBuffer) };
  }
  const isPacked = compression === 'gz' ? isGzip(bytes) : isSnappyStream(bytes);
  if (!isPacked) {
    const reason = `the file does not begin as ${compression} does`;
    return { file, zxid, entry: { kind: 'damaged', zxid, reason, incomplete: true } };
  }
  try {
    const unpack = compression === 'gz' ? (options.gunzip ?? cannotGunzip) : decodeSnappyStream;
    // The cheap test looks at the packed bytes only: what is inside is read, and judged, in full.
    const entry = decodeSnapshot(unpack(bytes), zxid, options.maxBuffer);
    if (entry.kind === 'snapshot') return { file, zxid, entry };
    return { file, zxid, entry: { kind: 'damaged', zxid, reason: entry.reason } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { file, zxid, entry: { kind: 'damaged', zxid, reason } };
  }
}

/** "ZKSN": somebody has unpacked it already and left its name. */
function startsAsSnapshot(bytes: Uint8Array): boolean {
  return [0x5a, 0x4b, 0x53, 0x4e].every((byte, i) => bytes[i] === byte);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function cannotGunzip(): never {
  throw new Error('gzip cannot be unpacked here');
}

function reportSnapshot({ file, zxid, entry }: ReadSnapshot, chosen: boolean): FileReport {
  const whole = entry.kind === 'snapshot' ? entry.snapshot : null;
  return {
    kind: 'snapshot',
    name: file.name,
    size: file.bytes.length,
    zxid,
    nodes: whole?.nodes.length ?? 0,
    sessions: whole?.sessions.length ?? 0,
    chosen: whole !== null && chosen,
    damage:
      entry.kind === 'snapshot' ? null : { at: 0, reason: entry.reason, outcome: 'passedOver' },
  };
}

function isOther({ name }: DataFile): boolean {
  if (name === 'myid' || isEpochFile(name)) return false;
  return zxidInName(name, 'log') === null && zxidInName(name, 'snapshot') === null;
}

function otherFile({ name, bytes }: DataFile): FileReport {
  const kind = name === 'initialize' ? 'initialize' : 'other';
  return { kind, name, size: bytes.length, damage: null };
}
