/**
 * The transaction log in files: records are written in one piece for each sync, into a file that
 * has been extended with zeros, so that a sync need not write the file's new size.
 *
 * Source: persistence.FileTxnLog, FilePadding (3.9).
 */
import { constants } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { logFileName, paddedSize } from '../core/txn-log/file-names.ts';
import { encodeLogHeader } from '../core/txn-log/log-format.ts';
import type { Zxid } from '../core/zxid.ts';
import { file, syncDirectory, writeAll } from './disk-files.ts';
import { readLogBytes, recordEnd } from './log-bytes.ts';
import { zxidFiles } from './read-disk.ts';

/** Records for one file. `startsAt` is the zxid that names a new file, or null for the open one. */
export interface Segment {
  readonly startsAt: Zxid | null;
  readonly records: Uint8Array[];
}

export interface LogWriterOptions {
  readonly directory: string;
  /** Bytes by which a file is extended; 0 for not at all. */
  readonly preAllocSize: number;
  /** forceSync: whether written means on the platter. */
  readonly forceSync: boolean;
}

/** Where the system has it, a write comes back when it is durable: one call in place of two. */
const SYNCED_WRITES = constants.O_DSYNC as number | undefined;

export class LogWriter {
  readonly #options: LogWriterOptions;
  #fd: number | null = null;
  #position = 0;
  #size = 0;

  constructor(options: LogWriterOptions) {
    this.#options = options;
  }

  /** Bytes of the present file, without its padding. */
  get position(): number {
    return this.#position;
  }

  /** Durable when it resolves, unless forceSync is off. */
  async write(segments: readonly Segment[]): Promise<void> {
    for (const { startsAt, records } of segments) {
      if (startsAt === null) {
        if (this.#fd === null) throw new Error('a record was appended to no file');
        await this.#append(this.#fd, Buffer.concat(records), false);
      } else {
        const fd = await this.#roll(startsAt);
        await this.#append(fd, Buffer.concat([encodeLogHeader(), ...records]), true);
      }
    }
  }

  async close(): Promise<void> {
    if (this.#fd !== null) await file.close(this.#fd);
    this.#fd = null;
  }

  /** Cuts off every record after `zxid`. */
  async truncate(zxid: Zxid): Promise<void> {
    await this.close();
    const { directory } = this.#options;
    const files = zxidFiles('log', await readdir(directory));
    for (const { name } of files.filter((f) => f.zxid > zxid)) await rm(join(directory, name));
    const last = files.findLast((f) => f.zxid <= zxid);
    if (last !== undefined) await truncateFile(join(directory, last.name), zxid);
    await syncDirectory(directory);
  }

  async #roll(zxid: Zxid): Promise<number> {
    await this.close();
    const path = join(this.#options.directory, logFileName(zxid));
    const { O_RDWR, O_CREAT, O_TRUNC } = constants;
    const synced = this.#options.forceSync ? (SYNCED_WRITES ?? 0) : 0;
    const fd = await file.open(path, O_RDWR | O_CREAT | O_TRUNC | synced);
    this.#fd = fd;
    this.#position = 0;
    this.#size = 0;
    return fd;
  }

  async #append(fd: number, bytes: Uint8Array, isNew: boolean): Promise<void> {
    const { preAllocSize, forceSync, directory } = this.#options;
    const end = this.#position + bytes.length;
    const least = paddedSize(end, this.#size, preAllocSize);
    const size = paddedSize(end, least, preAllocSize);
    if (size !== this.#size) await file.truncate(fd, size);
    this.#size = size;
    await writeAll(fd, bytes, this.#position);
    this.#position = end;
    if (!forceSync) return;
    if (isNew) {
      await file.sync(fd);
      await syncDirectory(directory);
    } else if (SYNCED_WRITES === undefined) {
      await file.dataSync(fd);
    }
  }
}

async function truncateFile(path: string, zxid: Zxid): Promise<void> {
  const length = recordEnd(await readLogBytes(path), zxid);
  const fd = await file.open(path, constants.O_RDWR);
  try {
    await file.truncate(fd, length);
    await file.sync(fd);
  } finally {
    await file.close(fd);
  }
}
