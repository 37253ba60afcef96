/**
 * A stretch of a member's log, for whoever looks further back than a frame does. Zxids of an epoch
 * follow each other, so what a log of any length holds is told in a few runs.
 */
import type { TxnRecord } from '../core/jute/txn.ts';
import type { LogEntry } from '../core/txn-log/disk-image.ts';
import type { Sid } from '../core/units.ts';
import { epochOf, type Zxid } from '../core/zxid.ts';
import type { LogCellView } from './frame.ts';
import { cellsOf, type LogSight } from './member-view.ts';

/** Neighbouring records of an epoch, without a gap between their zxids. */
export interface ZxidRun {
  readonly first: Zxid;
  readonly count: number;
}

export interface LogPart {
  /** The whole log, oldest first. */
  readonly runs: readonly ZxidRun[];
  /** Those that were asked for, oldest first: at most PART_CELLS_MAX. */
  readonly cells: readonly LogCellView[];
  /** Of the zxid that was asked for, where it was one alone. */
  readonly record: TxnRecord | null;
}

export interface MemberLogPart extends LogPart {
  readonly sid: Sid;
}

export const PART_CELLS_MAX = 4096;

/** From one zxid to another, both included. */
export function logPart(sight: LogSight, from: Zxid, to: Zxid): LogPart {
  const { log } = sight;
  const low = indexFrom(log, from);
  const high = Math.min(indexFrom(log, (to + 1n) as Zxid), low + PART_CELLS_MAX);
  const entry = from === to ? log[low] : undefined;
  const isThere = entry?.kind === 'record' && entry.record.header.zxid === from;
  return {
    runs: runsOf(log),
    cells: cellsOf(sight, low, high),
    record: isThere ? entry.record : null,
  };
}

/** Zxids rise: where the last one is as far from the first as it stands, none is left out. */
export function runsOf(log: readonly LogEntry[]): readonly ZxidRun[] {
  const runs: ZxidRun[] = [];
  for (let from = 0; from < log.length;) {
    const entry = log[from];
    if (entry?.kind !== 'record') {
      from += 1;
      continue;
    }
    const first = entry.record.header.zxid;
    const reaches = (index: number): boolean => {
      const other = log[index];
      if (other?.kind !== 'record') return false;
      const { zxid } = other.record.header;
      return zxid - first === BigInt(index - from) && epochOf(zxid) === epochOf(first);
    };
    let last = from;
    let step = 1;
    for (; reaches(last + step); step *= 2) last += step;
    for (; step >= 1; step /= 2) if (reaches(last + step)) last += step;
    runs.push({ first, count: last - from + 1 });
    from = last + 1;
  }
  return runs;
}

/** The first entry that is not before `zxid`. What cannot be read belongs to what stands before. */
function indexFrom(log: readonly LogEntry[], zxid: Zxid): number {
  let low = 0;
  let high = log.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (zxidUpTo(log, middle) < zxid) low = middle + 1;
    else high = middle;
  }
  return low;
}

function zxidUpTo(log: readonly LogEntry[], index: number): bigint {
  for (let i = index; i >= 0; i--) {
    const entry = log[i];
    if (entry?.kind === 'record') return entry.record.header.zxid;
  }
  return -1n;
}
