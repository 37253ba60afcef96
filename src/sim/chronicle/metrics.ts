/** What is measured of every member at even distances of virtual time. */
import { avgLatency } from '../../core/cnxn-stats.ts';
import { nodeCount } from '../../core/data-tree/data-tree.ts';
import { watchCount } from '../../core/data-tree/watch-manager.ts';
import { isSynced } from '../../core/quorum/learner-handler.ts';
import { isVoter } from '../../core/quorum/quorum-verifier.ts';
import type { Server } from '../../core/server.ts';
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import type { ZooKeeperServer } from '../../core/zookeeper-server.ts';
import type { LocalRun } from '../local.ts';
import type { MemberHost } from '../member.ts';
import { lowerBound } from './columns.ts';
import { METRICS, type BranchId, type MetricName, type Metrics } from './model.ts';

/** The most samples; with more of them, every second one goes. */
export const SAMPLES_MAX = 1_200;

/** The distance at the beginning, in microseconds. */
const EVERY_MIN = 10_000;

type Series = Readonly<Record<MetricName, Float32Array<ArrayBuffer>>>;
type Figures = Readonly<Partial<Record<MetricName, number>>>;

export interface Gauges {
  every: number;
  count: number;
  readonly at: Float64Array<ArrayBuffer>;
  readonly series: Map<Sid, Series>;
  /** When the next sample is due. */
  due: Micros;
}

export function createGauges(now: Micros): Gauges {
  const at = new Float64Array(SAMPLES_MAX + 1);
  const gauges = { every: EVERY_MIN, count: 0, at, series: new Map<Sid, Series>(), due: now };
  plan(gauges, now);
  return gauges;
}

function plan(gauges: Gauges, now: number): void {
  gauges.due = ((Math.floor(now / gauges.every) + 1) * gauges.every) as Micros;
}

/** At `due`: everything before it has happened. */
export function sample(gauges: Gauges, run: LocalRun): void {
  const { servers } = run.world.config.ensemble;
  const leader = leaderOf(run);
  const n = gauges.count++;
  gauges.at[n] = gauges.due;
  for (const { sid } of servers) {
    let series = gauges.series.get(sid);
    if (series === undefined) {
      series = createSeries();
      gauges.series.set(sid, series);
    }
    const figures = figuresOf(run, sid, leader);
    for (const name of METRICS) series[name][n] = figures[name] ?? NaN;
  }
  if (gauges.count > SAMPLES_MAX) halve(gauges);
  plan(gauges, run.world.now);
}

function createSeries(): Series {
  const entries = METRICS.map((name) => [name, new Float32Array(SAMPLES_MAX + 1)] as const);
  return Object.fromEntries(entries) as Record<MetricName, Float32Array<ArrayBuffer>>;
}

function halve(gauges: Gauges): void {
  gauges.every *= 2;
  let kept = 0;
  for (let n = 0; n < gauges.count; n++) {
    const at = gauges.at[n] ?? 0;
    if (at % gauges.every !== 0) continue;
    gauges.at[kept] = at;
    for (const series of gauges.series.values()) {
      for (const name of METRICS) series[name][kept] = series[name][n] ?? NaN;
    }
    kept++;
  }
  gauges.count = kept;
}

/** Who serves as a leader, of the newest epoch should there be two. */
function leaderOf(run: LocalRun): MemberHost | null {
  let found: MemberHost | null = null;
  for (const host of run.hosts.values()) {
    if (host.kind !== 'member' || host.ended || host.server.role.name !== 'leading') continue;
    if (host.server.zks === null) continue;
    if (found === null || host.server.currentEpoch > found.server.currentEpoch) found = host;
  }
  return found;
}

function figuresOf(run: LocalRun, sid: Sid, leader: MemberHost | null): Figures {
  const host = run.hosts.get(sid as number as ProcessId);
  if (host?.kind !== 'member' || host.ended) return {};
  const lag = leader === null ? {} : { sync_lag: lagOf(host, leader) };
  const { server } = host;
  if (server.zks === null || server.role.name === 'leaving') return lag;
  return { ...lag, ...serviceFigures(server, server.zks), ...leaderFigures(server) };
}

/** How many of the leader's transactions the member has not processed. */
function lagOf(member: MemberHost, leader: MemberHost): number {
  if (member === leader) return 0;
  const { log } = leader.disk.cache;
  const known = member.server.db.tree.lastProcessedZxid;
  const behind = lowerBound(log.length, (index) => {
    const entry = log[index];
    return entry?.kind !== 'record' || entry.record.header.zxid > known;
  });
  return log.length - behind;
}

/** As `mntr` has them. */
function serviceFigures(server: Server, zks: ZooKeeperServer): Figures {
  const { db, metrics } = server;
  const { stats } = zks;
  const average = (name: 'fsynctime' | 'election_time'): number => {
    const summary = metrics.summaries.get(name);
    return summary === undefined || summary.count === 0 ? 0 : summary.sum / summary.count;
  };
  let ephemerals = 0;
  for (const paths of db.tree.ephemerals.values()) ephemerals += paths.size;
  return {
    zk_avg_latency: avgLatency(stats.latency),
    zk_max_latency: stats.latency.max,
    zk_outstanding_requests: zks.inProcess,
    zk_num_alive_connections: zks.cnxns.size,
    zk_znode_count: nodeCount(db.tree),
    zk_watch_count: watchCount(db.watches),
    zk_ephemerals_count: ephemerals,
    zk_global_sessions: db.sessions.size,
    zk_packets_received: stats.received,
    zk_packets_sent: stats.sent,
    zk_proposal_count: metrics.counters.get('proposal_count') ?? 0,
    zk_commit_count: metrics.counters.get('commit_count') ?? 0,
    zk_fsynctime_avg: average('fsynctime'),
    zk_election_time_avg: average('election_time'),
  };
}

function leaderFigures(server: Server): Figures {
  if (server.role.name !== 'leading') return {};
  const { leader } = server.role;
  let followers = 0;
  for (const handler of leader.handlers.values()) {
    const { sid } = handler;
    if (sid === null || !isSynced(leader, handler)) continue;
    if (isVoter(server.quorumVerifier, sid)) followers++;
  }
  let syncs = 0;
  for (const waiting of leader.pendingSyncs.values()) syncs += waiting.length;
  return { zk_synced_followers: followers, zk_pending_syncs: syncs };
}

/** What was measured until a branch leaves. */
export function gaugesUntil(gauges: Gauges, at: Micros): Gauges {
  const cut: Gauges = {
    ...gauges,
    at: gauges.at.slice(),
    series: new Map(
      [...gauges.series].map(([sid, series]) => [sid, copySeries(series, SAMPLES_MAX + 1)]),
    ),
  };
  while (cut.count > 0 && (cut.at[cut.count - 1] ?? 0) > at) cut.count--;
  plan(cut, at);
  return cut;
}

function copySeries(series: Series, count: number): Series {
  const entries = METRICS.map((name) => [name, series[name].slice(0, count)] as const);
  return Object.fromEntries(entries) as Record<MetricName, Float32Array<ArrayBuffer>>;
}

export function metricsOf(branch: BranchId, { every, count, at, series }: Gauges): Metrics {
  const values = new Map([...series].map(([sid, one]) => [sid, copySeries(one, count)]));
  return { branch, every: every as Micros, at: at.slice(0, count), values };
}
