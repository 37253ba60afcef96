/**
 * A member's disk: ZooKeeper's own files, written in the order in which the core asks. The log and
 * the small files form one line of work; snapshots are written beside it, as ZooKeeper's snapshot
 * thread does, so that a large one does not hold up the log.
 *
 * Source: persistence.FileTxnSnapLog, FileTxnLog, FileSnap, PurgeTxnLog (3.9).
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnsembleConfig } from '../core/config.ts';
import type { TxnRecord } from '../core/jute/txn.ts';
import type { DiskEffect, DiskOp, LogLevel, ServerEvent } from '../core/quorum/peer-io.ts';
import { snapshotFileName } from '../core/txn-log/file-names.ts';
import { encodeLogRecord } from '../core/txn-log/log-format.ts';
import { encodeSnapshot } from '../core/txn-log/snapshot-format.ts';
import type { Zxid } from '../core/zxid.ts';
import { describeDiskError, logDirOf, removeDurably, snapDirOf } from './disk-files.ts';
import { syncDirectory, writeAtomically, type DiskPlace } from './disk-files.ts';
import { LogWriter, type Segment } from './log-writer.ts';
import { CONFIG_FILES, filesFrom, zxidFiles } from './read-disk.ts';

export interface FileDiskOptions {
  readonly place: DiskPlace;
  /** 3.9's snapshots have one section more. */
  readonly release: EnsembleConfig['release'];
  /** Bytes. */
  readonly preAllocSize: number;
  readonly forceSync: boolean;
  /** Snapshots to keep, at least 3; null to keep all, as with autopurge off. */
  readonly snapRetainCount: number | null;
  readonly log: (level: LogLevel, logger: string, message: string) => void;
  readonly deliver: (event: ServerEvent) => void;
}

type Timed = Exclude<DiskEffect, { readonly kind: 'append' | 'purge' | 'syncLog' }>;

type Work = () => Promise<void>;

/** fsync.warningthresholdms. */
const SLOW_SYNC = 1000;

export class FileDisk {
  readonly #options: FileDiskOptions;
  readonly #writer: LogWriter;
  /** Appended, and not yet asked to be synced. */
  #segments: Segment[] = [];
  readonly #line: Work[] = [];
  #working: Promise<void> | null = null;
  #snapshots: Promise<void> = Promise.resolve();

  constructor(options: FileDiskOptions) {
    this.#options = options;
    const { place, preAllocSize, forceSync } = options;
    this.#writer = new LogWriter({ directory: logDirOf(place), preAllocSize, forceSync });
  }

  apply(effect: DiskEffect): void {
    switch (effect.kind) {
      case 'append':
        this.#append(effect);
        return;
      case 'syncLog': {
        const segments = this.#takeSegments();
        this.#enqueue(effect.op, () => this.#sync(segments));
        return;
      }
      case 'purge':
        this.#purge();
        return;
      case 'saveSnapshot':
        this.#saveSnapshot(effect);
        return;
      default:
        this.#enqueue(effect.op, () => this.#carryOut(effect));
    }
  }

  /** When everything that was asked for has been done. */
  async settled(): Promise<void> {
    while (this.#working !== null) await this.#working;
    await this.#snapshots;
  }

  /**
   * Closes the files when what was asked for is done. What was appended and not yet to be synced is
   * written too, unless the end is `abrupt`.
   */
  async close(abrupt: boolean): Promise<void> {
    const segments = this.#takeSegments();
    if (segments.length > 0 && !abrupt) this.#enqueue(null, () => this.#sync(segments));
    await this.settled();
    await this.#writer.close();
  }

  #append({ record, startsFile }: Extract<DiskEffect, { kind: 'append' }>): void {
    const bytes = encodedOnce(record);
    const last = this.#segments.at(-1);
    if (startsFile || last === undefined) {
      const startsAt = startsFile ? record.header.zxid : null;
      this.#segments.push({ startsAt, records: [bytes] });
    } else {
      last.records.push(bytes);
    }
  }

  #takeSegments(): readonly Segment[] {
    const segments = this.#segments;
    this.#segments = [];
    return segments;
  }

  async #sync(segments: readonly Segment[]): Promise<void> {
    const since = performance.now();
    await this.#writer.write(segments);
    const took = Math.round(performance.now() - since);
    if (took < SLOW_SYNC) return;
    const size = String(this.#writer.position);
    this.#options.log(
      'WARN',
      'FileTxnLog',
      `fsync-ing the write ahead log took ${String(took)}ms which will adversely effect operation latency. File size is ${size} bytes.`,
    );
  }

  async #carryOut(effect: Exclude<Timed, { kind: 'saveSnapshot' }>): Promise<void> {
    const { place } = this.#options;
    switch (effect.kind) {
      case 'truncate':
        await this.#snapshots;
        await this.#writer.truncate(effect.zxid);
        if (effect.keepsSnapshots !== true) await this.#removeSnapshotsAfter(effect.zxid);
        return;
      case 'writeEpoch':
        await writeAtomically(join(snapDirOf(place), effect.file), String(effect.epoch));
        return;
      case 'writeConfig': {
        const path = join(place.dataDir, CONFIG_FILES[effect.file]);
        if (effect.text === null) await removeDurably(path);
        else await writeAtomically(path, effect.text);
        return;
      }
    }
  }

  #saveSnapshot({ op, snapshot, unsynced }: Extract<DiskEffect, { kind: 'saveSnapshot' }>): void {
    const path = join(snapDirOf(this.#options.place), snapshotFileName(snapshot.zxid));
    const before = this.#snapshots;
    this.#snapshots = before
      .then(() => encodeSnapshot(snapshot, this.#options.release))
      .then((bytes) => (unsynced === true ? writeFile(path, bytes) : writeAtomically(path, bytes)))
      .then(
        () => {
          this.#options.deliver({ kind: 'durable', op });
        },
        (error: unknown) => {
          this.#failed(op, error);
        },
      );
  }

  async #removeSnapshotsAfter(zxid: Zxid): Promise<void> {
    const directory = snapDirOf(this.#options.place);
    const newer = zxidFiles('snapshot', await readdir(directory)).filter((f) => f.zxid > zxid);
    for (const { name } of newer) await rm(join(directory, name));
    if (newer.length > 0) await syncDirectory(directory);
  }

  /** PurgeTxnLog: the newest snapshots stay, and the logs that the oldest of them needs. */
  #purge(): void {
    const { snapRetainCount, place, log } = this.#options;
    if (snapRetainCount === null) return;
    this.#enqueue(null, async () => {
      const snapDir = snapDirOf(place);
      const snapshots = zxidFiles('snapshot', await readdir(snapDir));
      const oldest = snapshots.at(-snapRetainCount);
      if (oldest === undefined) return;
      const logDir = logDirOf(place);
      const logs = zxidFiles('log', await readdir(logDir));
      const needed = filesFrom(logs, oldest.zxid);
      const gone = [
        ...snapshots.slice(0, -snapRetainCount).map(({ name }) => join(snapDir, name)),
        ...logs.slice(0, logs.length - needed.length).map(({ name }) => join(logDir, name)),
      ];
      for (const path of gone) {
        log('INFO', 'PurgeTxnLog', `Removing file: ${path}`);
        await rm(path, { force: true });
      }
    });
  }

  #enqueue(op: DiskOp | null, work: Work): void {
    this.#line.push(async () => {
      try {
        await work();
      } catch (error) {
        this.#failed(op, error);
        return;
      }
      if (op !== null) this.#options.deliver({ kind: 'durable', op });
    });
    this.#working ??= this.#workOff();
  }

  async #workOff(): Promise<void> {
    for (;;) {
      const work = this.#line.shift();
      if (work === undefined) break;
      await work();
    }
    this.#working = null;
  }

  #failed(op: DiskOp | null, error: unknown): void {
    const reason = describeDiskError(error);
    this.#options.log('ERROR', 'FileTxnSnapLog', `The disk could not be written: ${reason}`);
    if (op !== null) this.#options.deliver({ kind: 'diskFailed', op, reason });
  }
}

/** Records that the members of one process share are encoded by the first of them. */
const encoded = new Map<TxnRecord, Uint8Array>();

/** About as many as are on their way between the members. */
const ENCODED_KEPT = 512;

function encodedOnce(record: TxnRecord): Uint8Array {
  const known = encoded.get(record);
  if (known !== undefined) return known;
  const bytes = encodeLogRecord(record);
  encoded.set(record, bytes);
  if (encoded.size > ENCODED_KEPT) {
    for (const oldest of encoded.keys()) {
      encoded.delete(oldest);
      break;
    }
  }
  return bytes;
}
