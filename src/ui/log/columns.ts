/**
 * A column for each zxid that a log holds. Zxids of an epoch follow each other, so a hundred
 * thousand columns are a few spans, and which zxid stands where is a matter of counting.
 */
import { counterOf, epochOf, makeZxid, type Zxid } from '../../core/zxid.ts';
import type { ZxidRun } from '../../sim/log-part.ts';

/** Columns whose zxids follow each other. */
export interface Span {
  readonly epoch: number;
  /** The counter of its first zxid. */
  readonly counter: number;
  readonly count: number;
  /** Its first column. */
  readonly at: number;
}

export interface Columns {
  readonly spans: readonly Span[];
  readonly count: number;
}

/** Neighbouring columns of one epoch. */
export interface EpochSpan {
  readonly epoch: number;
  readonly from: number;
  readonly count: number;
}

export function columnsOf(runs: readonly ZxidRun[]): Columns {
  const sorted = [...runs].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const spans: Span[] = [];
  let count = 0;
  for (const run of sorted) {
    const epoch = epochOf(run.first);
    const counter = counterOf(run.first);
    const last = spans.at(-1);
    const end = last?.epoch === epoch ? last.counter + last.count : -1;
    const more = counter + run.count - Math.max(counter, end);
    if (last !== undefined && counter <= end) {
      if (more <= 0) continue;
      spans[spans.length - 1] = { ...last, count: last.count + more };
    } else spans.push({ epoch, counter, count: run.count, at: count });
    count += more;
  }
  return { spans, count };
}

export function zxidAt({ spans }: Columns, column: number): Zxid | null {
  const span = spans.findLast(({ at }) => at <= column);
  if (span === undefined || column >= span.at + span.count) return null;
  return makeZxid(span.epoch, span.counter + column - span.at);
}

/** The first column that is not before `zxid`; how many there are, where none is. */
export function columnFrom({ spans, count }: Columns, zxid: Zxid): number {
  const epoch = epochOf(zxid);
  const counter = counterOf(zxid);
  for (const span of spans) {
    if (span.epoch < epoch) continue;
    if (span.epoch > epoch || counter <= span.counter) return span.at;
    if (counter < span.counter + span.count) return span.at + counter - span.counter;
  }
  return count;
}

/** Null where no log holds it. */
export function columnOf(columns: Columns, zxid: Zxid): number | null {
  const column = columnFrom(columns, zxid);
  return zxidAt(columns, column) === zxid ? column : null;
}

export function epochSpans({ spans }: Columns): readonly EpochSpan[] {
  const found: EpochSpan[] = [];
  for (const { epoch, at, count } of spans) {
    const last = found.at(-1);
    if (last?.epoch !== epoch) found.push({ epoch, from: at, count });
    else found[found.length - 1] = { ...last, count: last.count + count };
  }
  return found;
}

/** Columns from one to another; `to` is not included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Columns on each side of those in sight, so that a little scrolling needs nothing new. */
const MARGIN = 4;

/** What is built: never more than fits into the view, however long the logs are. */
export function inSight(scrolled: number, width: number, column: number, count: number): Stretch {
  const from = Math.max(0, Math.min(count, Math.floor(scrolled / column) - MARGIN));
  const to = Math.min(count, Math.ceil((scrolled + width) / column) + MARGIN);
  return { from, to: Math.max(from, to) };
}

/** A printed counter, by its middle in pixels from the first column. */
export interface Label {
  readonly column: number;
  readonly text: string;
  readonly chosen: boolean;
}

/** Between two labels, in pixels. */
const GAP = 6;

/**
 * The counters that are printed: as many as have room. Of counters too long for their column those
 * are printed that are round in hexadecimal; the chosen one always is.
 */
export function labelsIn(
  columns: Columns,
  { from, to }: Stretch,
  column: number,
  digit: number,
  chosen: number | null,
): readonly Label[] {
  const placed: Label[] = [];
  const half = ({ text }: Label): number => (text.length * digit + GAP) / 2;
  const place = (label: Label): void => {
    const isFree = placed.every(
      (other) => Math.abs(other.column - label.column) * column >= half(other) + half(label),
    );
    if (isFree) placed.push(label);
  };
  const labelAt = (at: number): Label & { readonly counter: number } => {
    const counter = counterOf(zxidAt(columns, at) ?? (0n as Zxid));
    return { column: at, text: counter.toString(16), chosen: at === chosen, counter };
  };
  if (chosen !== null && chosen >= from && chosen < to) place(labelAt(chosen));
  const all = Array.from({ length: to - from }, (_, i) => labelAt(from + i));
  const widest = Math.max(0, ...all.map(({ text }) => text.length * digit + GAP));
  let stride = 1;
  while (stride * column < widest) stride *= 2;
  for (const label of all) if (label.counter % stride === 0) place(label);
  // Where an epoch begins there may be none that is round.
  for (const label of all) if (label.counter === 1) place(label);
  return placed.sort((a, b) => a.column - b.column);
}
