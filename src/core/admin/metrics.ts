/**
 * Counters and summaries of one process, as `mntr` prints them: how often, and how long.
 *
 * Source: server.ServerMetrics, metric.AvgMinMaxCounter, AvgMinMaxPercentileCounter (3.9), those of
 * them that are counted here. Differs: percentiles are of the latest 1,000 values, not of a sample.
 */
import type { Server } from '../server-context.ts';

export const COUNTERS = [
  'looking_count',
  'proposal_count',
  'commit_count',
  'diff_count',
  'snap_count',
  'learner_proposal_received_count',
  'learner_commit_received_count',
  'connection_request_count',
  'connection_revalidate_count',
  'connection_rejected',
  'stale_sessions_expired',
  'large_requests_rejected',
  'quota_exceeded_error_count',
] as const;

export const SUMMARIES = ['election_time', 'fsynctime', 'sync_processor_batch_size'] as const;

/** With percentiles. */
export const LATENCIES = [
  'readlatency',
  'updatelatency',
  'quorum_ack_latency',
  'propagation_latency',
] as const;

export type CounterName = (typeof COUNTERS)[number];
export type SummaryName = (typeof SUMMARIES)[number] | (typeof LATENCIES)[number];

export interface Summary {
  min: number;
  max: number;
  sum: number;
  count: number;
  /** The latest values, a ring; empty where percentiles are not asked for. */
  readonly latest: number[];
}

export interface Metrics {
  readonly counters: Map<CounterName, number>;
  readonly summaries: Map<SummaryName, Summary>;
}

const LATEST_MAX = 1000;

const WITH_PERCENTILES: ReadonlySet<string> = new Set(LATENCIES);

export function newMetrics(): Metrics {
  return { counters: new Map(), summaries: new Map() };
}

export function count(server: Server, name: CounterName, by = 1): void {
  const { counters } = server.metrics;
  counters.set(name, (counters.get(name) ?? 0) + by);
}

/** @param value milliseconds, or a number of things. */
export function observe(server: Server, name: SummaryName, value: number): void {
  const { summaries } = server.metrics;
  let summary = summaries.get(name);
  if (summary === undefined) {
    summary = { min: value, max: value, sum: 0, count: 0, latest: [] };
    summaries.set(name, summary);
  }
  if (value < summary.min) summary.min = value;
  if (value > summary.max) summary.max = value;
  if (WITH_PERCENTILES.has(name)) summary.latest[summary.count % LATEST_MAX] = value;
  summary.sum += value;
  summary.count++;
}

/** `name<TAB>value` lines without the prefix, in a fixed order; what never happened reads 0. */
export function metricLines({ counters, summaries }: Metrics): string[] {
  const lines: string[] = COUNTERS.map((name) => `${name}\t${String(counters.get(name) ?? 0)}`);
  for (const name of [...SUMMARIES, ...LATENCIES]) {
    const summary = summaries.get(name);
    const { min = 0, max = 0, sum = 0, count: n = 0 } = summary ?? {};
    lines.push(`avg_${name}\t${javaDouble(n === 0 ? 0 : sum / n)}`);
    lines.push(`min_${name}\t${String(min)}`, `max_${name}\t${String(max)}`);
    lines.push(`cnt_${name}\t${String(n)}`, `sum_${name}\t${String(sum)}`);
    if (WITH_PERCENTILES.has(name)) lines.push(...percentiles(name, summary?.latest ?? []));
  }
  return lines;
}

function percentiles(name: string, latest: readonly number[]): string[] {
  const sorted = [...latest].sort((a, b) => a - b);
  return (['50', '95', '99', '999'] as const).map((digits) => {
    const share = Number(`0.${digits}`);
    const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
    return `p${digits}_${name}\t${String(sorted[at] ?? 0)}`;
  });
}

/** To at most four decimals, and at least one, as Java prints a rounded double. */
export function javaDouble(value: number): string {
  const rounded = Math.round(value * 10_000) / 10_000;
  return Number.isInteger(rounded) ? `${String(rounded)}.0` : String(rounded);
}
