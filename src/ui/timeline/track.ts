/** The geometry of the scrubber: an axis that stands still while the run grows, and its bands. */
import type { BranchView, FaultSpan, LifeSpan } from '../../sim/chronicle/model.ts';

/** Virtual microseconds from the left edge to the right. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/** The shortest stretch that the axis shows, in microseconds. */
const SPAN_MIN = 2_000_000;

/** About so many ticks. */
const TICKS = 8;

/**
 * Ends at a tick behind the present, so that marks keep their places while time runs.
 *
 * @param start @param end virtual microseconds.
 */
export function axisOf(start: number, end: number): Axis {
  const span = Math.max(SPAN_MIN, end - start);
  const step = niceStep(span / TICKS);
  const first = Math.ceil(start / step) * step;
  const to = Math.max(start + SPAN_MIN, Math.ceil((end + step / 4) / step) * step);
  const ticks = [];
  for (let at = first; at <= to; at += step) ticks.push(at);
  return { from: start, to, ticks };
}

/** 1, 2 or 5 times a power of ten, not below `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const factor = [1, 2, 5, 10].find((one) => one * power >= least) ?? 10;
  return factor * power;
}

/** Where a moment lies, in percent of the width. */
export function percentAt(axis: Axis, at: number): number {
  const share = (at - axis.from) / (axis.to - axis.from);
  return Math.max(0, Math.min(1, share)) * 100;
}

/** @param share of the width, 0..1. @returns whole microseconds. */
export function timeAt(axis: Axis, share: number): number {
  return Math.round(axis.from + Math.max(0, Math.min(1, share)) * (axis.to - axis.from));
}

export interface LeaderBand {
  readonly sid: number;
  readonly epoch: number;
  readonly from: number;
  /** Null: it leads still. */
  readonly to: number | null;
  /** 1 where an older leader does not know yet that it is none any more. */
  readonly lane: 0 | 1;
}

/** Who led which epoch, from when to when. */
export function leaderBands(spans: readonly LifeSpan[]): readonly LeaderBand[] {
  const bands: LeaderBand[] = [];
  const leading = spans.filter(
    (span) => span.state === 'LEADING' && span.status === 'running' && (span.epoch ?? 0) > 0,
  );
  for (const span of [...leading].sort((a, b) => a.from - b.from)) {
    const epoch = span.epoch ?? 0;
    const same = bands.findIndex(
      (band) => band.sid === span.process && band.epoch === epoch && band.to === span.from,
    );
    const before = bands[same];
    if (before !== undefined) {
      bands[same] = { ...before, to: span.to };
      continue;
    }
    const shared = bands.some(({ lane, to }) => lane === 0 && (to === null || to > span.from));
    const lane = shared ? 1 : 0;
    bands.push({ sid: span.process, epoch, from: span.from, to: span.to, lane });
  }
  return bands;
}

export interface FaultBand {
  readonly fault: FaultSpan;
  readonly lane: number;
}

/** Each in the first lane that is free then; what finds none shares the last. */
export function faultBands(faults: readonly FaultSpan[], lanes: number): readonly FaultBand[] {
  const ends: number[] = [];
  return [...faults]
    .sort((a, b) => a.from - b.from)
    .map((fault) => {
      const free = Array.from({ length: lanes }, (_, lane) => lane).find(
        (lane) => (ends[lane] ?? -Infinity) <= fault.from,
      );
      const lane = free ?? lanes - 1;
      ends[lane] = Math.max(ends[lane] ?? -Infinity, fault.to ?? Infinity);
      return { fault, lane };
    });
}

export interface BranchRow {
  readonly branch: BranchView;
  readonly depth: number;
}

/** Each branch under the one that it left, the earliest first. */
export function branchRows(branches: readonly BranchView[]): readonly BranchRow[] {
  const ids = new Set(branches.map(({ id }) => id));
  const childrenOf = (parent: BranchView['parent']): readonly BranchView[] =>
    branches.filter((one) =>
      // A branch whose parent is not kept any more stands by itself.
      parent === null ? one.parent === null || !ids.has(one.parent) : one.parent === parent,
    );
  const rows = (parent: BranchView['parent'], depth: number): readonly BranchRow[] =>
    childrenOf(parent).flatMap((branch) => [{ branch, depth }, ...rows(branch.id, depth + 1)]);
  return rows(null, 0);
}
