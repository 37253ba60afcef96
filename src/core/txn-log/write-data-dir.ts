/**
 * A disk as the files of a data directory, for a real server to start from. A server that runs
 * writes its files piece by piece instead: `log-format.ts` and `file-names.ts` have the pieces.
 *
 * Source: persistence.FileTxnLog, FilePadding, FileSnap (3.9).
 */
import type { EnsembleConfig } from '../config.ts';
import type { DiskImage, LogEntry } from './disk-image.ts';
import { logFileName, paddedSize, snapshotFileName } from './file-names.ts';
import type { DataFile } from './file-report.ts';
import { encodeLogEntry, encodeLogHeader } from './log-format.ts';
import { encodeEpochFile } from './small-files.ts';
import { encodeSnapshot } from './snapshot-format.ts';

export interface WriteOptions {
  readonly release: EnsembleConfig['release'];
  /** Bytes; 0 leaves the zeros behind the last record out. */
  readonly preAllocSize: number;
}

/**
 * The files of version-2/. Damaged snapshots are left out, because nothing is left of their bytes;
 * torn and damaged records are written so that they are read as such.
 */
export function encodeDataDir(image: DiskImage, options: WriteOptions): DataFile[] {
  const files = splitFiles(image.log).flatMap((entries) => encodeLogFile(entries, options));
  for (const entry of image.snapshots) {
    if (entry.kind === 'damaged') continue;
    const { snapshot } = entry;
    const bytes = encodeSnapshot(snapshot, options.release);
    files.push({ name: snapshotFileName(snapshot.zxid), bytes });
  }
  for (const name of ['acceptedEpoch', 'currentEpoch'] as const) {
    const epoch = image[name];
    if (epoch !== null) files.push({ name, bytes: encodeEpochFile(epoch) });
  }
  return files;
}

/** The entries of each log file. */
function splitFiles(log: readonly LogEntry[]): LogEntry[][] {
  const files: LogEntry[][] = [];
  for (const entry of log) {
    const starts = entry.kind === 'record' ? entry.startsFile : entry.file !== undefined;
    const last = files.at(-1);
    if (starts || last === undefined) files.push([entry]);
    else last.push(entry);
  }
  return files;
}

function encodeLogFile(entries: readonly LogEntry[], options: WriteOptions): DataFile[] {
  const [first] = entries;
  const name = first?.kind === 'record' ? first.record.header.zxid : first?.file;
  if (name === undefined) return []; // A torn record alone, of a file that was never made.
  const parts = [encodeLogHeader()];
  let position = encodeLogHeader().length;
  let size = position;
  for (const entry of entries) {
    const part = encodeLogEntry(entry);
    size = paddedSize(position, size, options.preAllocSize);
    position += part.length;
    parts.push(part);
  }
  // What a file was made ahead by is cut off by a crash as little as what stands in it.
  const bytes = new Uint8Array(Math.max(position, size));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return [{ name: logFileName(name), bytes }];
}
