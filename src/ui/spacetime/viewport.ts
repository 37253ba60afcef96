/**
 * The stretch of a run that is in sight. Its axis is virtual time in microseconds, or the order of
 * events, in which every event has the same room whatever time lay between.
 */
export type Axis = 'time' | 'order';

export interface Viewport {
  readonly from: number;
  readonly to: number;
}

/** The least that can be in sight: half a millisecond, or eight events. */
const SPAN_MIN: Readonly<Record<Axis, number>> = { time: 500, order: 8 };

/** What is in sight at first. */
export const SPAN_FIRST: Readonly<Record<Axis, number>> = { time: 400_000, order: 160 };

/** Of a stretch this share stays free behind the last event, so that its arrows can be read. */
const MARGIN = 0.04;

export function xOf(view: Viewport, width: number, value: number): number {
  return ((value - view.from) / (view.to - view.from)) * width;
}

export function valueAt(view: Viewport, width: number, x: number): number {
  return view.from + (x / width) * (view.to - view.from);
}

/** @param factor above 1 shows more. What is at `anchor` stays where it is. */
export function zoomed(view: Viewport, axis: Axis, factor: number, anchor: number): Viewport {
  const span = Math.max(SPAN_MIN[axis], (view.to - view.from) * factor);
  const share = (anchor - view.from) / (view.to - view.from);
  const from = anchor - share * span;
  return { from, to: from + span };
}

/** @param share of what is in sight; above 0 goes on. */
export function panned(view: Viewport, share: number): Viewport {
  const by = (view.to - view.from) * share;
  return { from: view.from + by, to: view.to + by };
}

/** Not beyond what there is, but for a margin at the end. */
export function bounded(view: Viewport, start: number, end: number): Viewport {
  const span = view.to - view.from;
  const last = Math.max(end + span * MARGIN, start + span);
  const from = Math.max(start, Math.min(view.from, last - span));
  return { from, to: from + span };
}

/** The end of the run at the right edge. */
export function atEnd(span: number, start: number, end: number): Viewport {
  return bounded({ from: end, to: end + span }, start, end);
}

export function isAtEnd(view: Viewport, end: number): boolean {
  return view.to >= end;
}

export function wholeRun(axis: Axis, start: number, end: number): Viewport {
  const span = Math.max(SPAN_MIN[axis], (end - start) * (1 + MARGIN));
  return { from: start, to: start + span };
}

/** `value` in sight, in the middle where it was not. */
export function showing(view: Viewport, value: number): Viewport {
  if (value >= view.from && value <= view.to) return view;
  const half = (view.to - view.from) / 2;
  return { from: value - half, to: value + half };
}

/** Round distances between ticks of the axis, at least `least` pixels apart. */
export function ticksOf(view: Viewport, width: number, least: number): readonly number[] {
  const rough = ((view.to - view.from) / Math.max(1, width)) * least;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough;
  const ticks: number[] = [];
  for (let at = Math.ceil(view.from / step) * step; at <= view.to; at += step) ticks.push(at);
  return ticks;
}
