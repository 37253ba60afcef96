/**
 * What a server counts about its service, and about each client's connection: the figures behind
 * the four-letter words `srvr`, `stat`, `cons` and `mntr`.
 *
 * Source: server.ServerStats, ServerCnxn, metric.AvgMinMaxCounter (3.9).
 */
import type { Request } from './jute/proto.ts';
import type { Micros, Millis } from './units.ts';
import type { Zxid } from './zxid.ts';

/** Latencies in whole milliseconds. */
export interface Latency {
  min: number;
  max: number;
  total: number;
  count: number;
}

/** Of one ZooKeeperServer: a role that ends takes its figures with it. */
export interface ServerStats {
  received: number;
  sent: number;
  readonly latency: Latency;
  /** How many syncs of the log took longer than `fsync.warningthresholdms`. */
  fsyncThresholdExceedCount: number;
  /** On the server's own clock: `now` minus this is the uptime. */
  readonly startedAt: Micros;
}

/** Of one connection. */
export interface CnxnStats {
  received: number;
  sent: number;
  readonly latency: Latency;
  /** Four letters, `NA` for one that failed; null before the first, which Java prints as `null`. */
  lastOp: string | null;
  lastCxid: number;
  lastZxid: Zxid;
  /** Milliseconds on the server's monotonic clock. */
  lastResponseTime: Millis;
  lastLatency: number;
  /** Milliseconds since 1970. */
  readonly established: Millis;
}

export function newServerStats(now: Micros): ServerStats {
  const latency = noLatency();
  return { received: 0, sent: 0, latency, fsyncThresholdExceedCount: 0, startedAt: now };
}

export function newCnxnStats(established: Millis): CnxnStats {
  return {
    received: 0,
    sent: 0,
    // A new ServerCnxn starts with the least latency at 0, where it stays until `crst`.
    latency: { min: 0, max: 0, total: 0, count: 0 },
    lastOp: null,
    lastCxid: 0,
    lastZxid: 0n as Zxid,
    lastResponseTime: 0 as Millis,
    lastLatency: 0,
    established,
  };
}

/** ServerStats.reset: `srst`. */
export function resetServerStats(stats: ServerStats): void {
  stats.received = 0;
  stats.sent = 0;
  Object.assign(stats.latency, noLatency());
}

/** ServerCnxn.resetStats: `crst`. */
export function resetCnxnStats(stats: CnxnStats): void {
  stats.received = 0;
  stats.sent = 0;
  Object.assign(stats.latency, noLatency());
  stats.lastOp = 'NA';
  stats.lastCxid = -1;
  stats.lastZxid = -1n as Zxid;
  stats.lastResponseTime = 0 as Millis;
  stats.lastLatency = 0;
}

function noLatency(): Latency {
  return { min: Infinity, max: 0, total: 0, count: 0 };
}

export function countLatency(latency: Latency, elapsed: number): void {
  if (elapsed < latency.min) latency.min = elapsed;
  if (elapsed > latency.max) latency.max = elapsed;
  latency.total += elapsed;
  latency.count++;
}

export function minLatency(latency: Latency): number {
  return latency.min === Infinity ? 0 : latency.min;
}

/** To four decimals, half up, as `srvr` prints it. */
export function avgLatency(latency: Latency): number {
  if (latency.count === 0) return 0;
  return Math.round((latency.total / latency.count) * 10_000) / 10_000;
}

/** FinalRequestProcessor's `lastOp`. */
export function opLabel(op: Request['op']): string {
  return LABELS[op] ?? 'NA';
}

const LABELS: Readonly<Partial<Record<Request['op'], string>>> = {
  ping: 'PING',
  createSession: 'SESS',
  closeSession: 'CLOS',
  multi: 'MULT',
  multiRead: 'MLTR',
  create: 'CREA',
  create2: 'CREA',
  createTTL: 'CREA',
  createContainer: 'CREA',
  delete: 'DELE',
  deleteContainer: 'DELE',
  setData: 'SETD',
  reconfig: 'RECO',
  setACL: 'SETA',
  sync: 'SYNC',
  check: 'CHEC',
  exists: 'EXIS',
  getData: 'GETD',
  setWatches: 'SETW',
  setWatches2: 'STW2',
  addWatch: 'ADDW',
  getACL: 'GETA',
  getChildren: 'GETC',
  getAllChildrenNumber: 'GETACN',
  getChildren2: 'GETC',
  checkWatches: 'CHKW',
  removeWatches: 'REMW',
  whoAmI: 'HOMI',
  getEphemerals: 'GETE',
};
