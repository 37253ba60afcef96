import { expect, it } from 'vitest';
import type { Sid } from '../../../../src/core/units.ts';
import {
  METRICS,
  type BranchId,
  type MetricName,
  type Metrics,
} from '../../../../src/sim/chronicle/model.ts';
import type { Micros } from '../../../../src/core/units.ts';
import { chartsOf, figureAt, timeScale, WIDTH } from '../../../../src/ui/metrics/charts.ts';

/** Server 1 with one metric; it is down in the third sample. */
function planted(values: readonly number[]): Metrics {
  const none = new Float32Array(values.length).fill(NaN);
  const figures = Object.fromEntries(METRICS.map((name) => [name, none]));
  figures['zk_znode_count'] = new Float32Array(values);
  return {
    branch: 1 as BranchId,
    every: 10 as Micros,
    at: new Float64Array(values.map((_, n) => n * 10)),
    values: new Map([[1 as Sid, figures as Record<MetricName, Float32Array>]]),
  };
}

it('draws what somebody has a figure for, with a gap where a server was down', () => {
  const charts = chartsOf(planted([4, 5, NaN, 7]), METRICS);
  expect(charts.map(({ name, top }) => [name, top])).toEqual([['zk_znode_count', 7]]);
  // Two strokes: two times the pen is put down.
  expect(charts[0]?.lines[0]?.path.match(/M/g)).toHaveLength(2);
});

it('keeps a short peak in a long run', () => {
  const values = Array.from({ length: 5000 }, (_, n) => (n === 2501 ? 90 : 1));
  const [chart] = chartsOf(planted(values), METRICS);
  const heights = [...(chart?.lines[0]?.path.matchAll(/,([\d.]+)/g) ?? [])].map((m) =>
    Number(m[1]),
  );
  expect(Math.min(...heights)).toBeCloseTo(3);
});

it('says what was at a moment: the sample before it', () => {
  const metrics = planted([4, 5, NaN, 7]);
  const at = (moment: number): number => figureAt(metrics, 1 as Sid, 'zk_znode_count', moment);
  expect([at(19), at(25), at(30), at(-1)]).toEqual([5, NaN, 7, NaN]);
  expect(timeScale(metrics)(30)).toBe(WIDTH);
});
