/** Lines of small charts: figures over time as paths, and what they were at a moment. */
import { line, scaleLinear } from 'd3';
import type { Sid } from '../../core/units.ts';
import type { MetricName, Metrics } from '../../sim/chronicle/model.ts';

/** Of a chart's picture, in its own units. */
export const WIDTH = 240;
export const HEIGHT = 56;

/** More points than this no chart of that width can show. */
const POINTS_MAX = 160;

export interface ChartLine {
  readonly sid: Sid;
  readonly path: string;
}

export interface Chart {
  readonly name: MetricName;
  readonly lines: readonly ChartLine[];
  /** The largest figure of all. */
  readonly top: number;
}

/** Where a moment is, from 0 to WIDTH. */
export function timeScale({ at }: Metrics): (moment: number) => number {
  return scaleLinear([at[0] ?? 0, at[at.length - 1] ?? 1], [0, WIDTH]).clamp(true);
}

/** Charts of what anybody has a figure for, in the order of `names`. */
export function chartsOf(metrics: Metrics, names: readonly MetricName[]): readonly Chart[] {
  const x = timeScale(metrics);
  const step = Math.max(1, Math.ceil(metrics.at.length / POINTS_MAX));
  return names.flatMap((name) => {
    const series = [...metrics.values].map(([sid, figures]) => ({ sid, figures: figures[name] }));
    const known = series.filter(({ figures }) => figures.some((value) => !Number.isNaN(value)));
    if (known.length === 0) return [];
    const top = Math.max(...known.map(({ figures }) => largest(figures)), 1);
    const y = scaleLinear([0, top], [HEIGHT - 2, 3]);
    const draw = line<readonly [number, number]>(
      ([at]) => x(at),
      ([, value]) => y(value),
    ).defined(([, value]) => !Number.isNaN(value));
    const lines = known.map(({ sid, figures }) => {
      const points: (readonly [number, number])[] = [];
      for (let n = 0; n < figures.length; n += step) {
        points.push([metrics.at[n] ?? 0, highest(figures, n, n + step)]);
      }
      return { sid, path: draw(points) ?? '' };
    });
    return [{ name, lines, top }];
  });
}

function largest(figures: Float32Array): number {
  let top = 0;
  for (const value of figures) if (value > top) top = value;
  return top;
}

/** A short peak is not lost between two points. */
function highest(figures: Float32Array, from: number, to: number): number {
  let top = NaN;
  for (let n = from; n < Math.min(to, figures.length); n++) {
    const value = figures[n] ?? NaN;
    if (!Number.isNaN(value) && !(value <= top)) top = value;
  }
  return top;
}

/** The figure at a moment: that of the last sample before it. NaN where there is none. */
export function figureAt(metrics: Metrics, sid: Sid, name: MetricName, moment: number): number {
  const { at, values } = metrics;
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? Infinity) <= moment) low = middle + 1;
    else high = middle;
  }
  return values.get(sid)?.[name][low - 1] ?? NaN;
}

export function formatFigure(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (Number.isInteger(value)) return String(value);
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
