/** The rarer faults: slow links, wrong clocks, and what ends a session. Loaded with their menu. */
import type { EnsembleDictionary } from '../../i18n/ensemble.en.ts';
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import type { LatencyRange } from '../../sim/actions.ts';
import type { ClientView } from '../../sim/frame.ts';
import { formatDuration } from '../parts/format.ts';
import { processName, processOf, type FaultContext } from './fault-actions.ts';

/** Choices for a link, one way, in milliseconds. */
export const LATENCIES_MS = [20, 200, 1000, 5000] as const;

/** What a link gets that is slowed down alone. */
export const ONE_LINK_MS = 200;

/** Choices for a clock, in virtual microseconds. */
export const SKEWS = [-60_000_000, -5_000_000, 5_000_000, 60_000_000] as const;

/** A tenth up and down, so that packets do not march in step. */
function around(ms: number): LatencyRange {
  return { min: (ms * 900) as Micros, max: (ms * 1100) as Micros };
}

/** @param ms null: as configured. */
export async function slowServer(
  { playground }: FaultContext,
  t: EnsembleDictionary,
  sid: Sid,
  ms: number | null,
): Promise<void> {
  const others = playground.frame?.members.filter((m) => m.sid !== sid) ?? [];
  const latency = ms === null ? null : around(ms);
  for (const other of others) {
    const ends = [processOf(sid), processOf(other.sid)] as const;
    for (const [from, to] of [ends, [ends[1], ends[0]] as const]) {
      if (!(await playground.act({ kind: 'latency', from, to, latency })).ok) return;
    }
  }
  const said = ms === null ? t.done.unslowed(sid) : t.done.slowed(sid, t.more.ms(ms));
  playground.notify('info', said);
}

export async function slowLink(
  context: FaultContext,
  t: EnsembleDictionary,
  from: ProcessId,
  to: ProcessId,
): Promise<void> {
  const { playground } = context;
  const latency = around(ONE_LINK_MS);
  if (!(await playground.act({ kind: 'latency', from, to, latency })).ok) return;
  const [a, b] = [processName(context, from), processName(context, to)];
  playground.notify('info', t.done.slowedOne(a, b, t.more.ms(ONE_LINK_MS)));
}

export async function setClock(
  { playground }: FaultContext,
  t: EnsembleDictionary,
  sid: Sid,
  skew: number,
): Promise<void> {
  const action = { kind: 'skew', process: processOf(sid), skew: skew as Micros } as const;
  if (!(await playground.act(action)).ok) return;
  playground.notify('info', skew === 0 ? t.done.unskewed(sid) : t.done.skewed(sid, signed(skew)));
}

/** `+5 s`, `−60 s`. */
export function signed(micros: number): string {
  return (micros < 0 ? '−' : '+') + formatDuration(Math.abs(micros));
}

export async function killClient(
  { playground }: FaultContext,
  t: EnsembleDictionary,
  { process, name }: ClientView,
): Promise<void> {
  if (!(await playground.act({ kind: 'killClient', process })).ok) return;
  playground.notify('info', t.done.killed(name));
}

export async function freezeClient(
  { playground }: FaultContext,
  t: EnsembleDictionary,
  { process, name, status }: ClientView,
): Promise<void> {
  const kind = status === 'paused' ? 'resume' : 'pause';
  if (!(await playground.act({ kind, process })).ok) return;
  playground.notify('info', kind === 'pause' ? t.done.frozen(name) : t.done.thawed(name));
}

/**
 * Ends a session as an operator does. The second client has a console: one sees what it does there.
 * Source: the FAQ of ZooKeeper, "Is there an easy way to expire a session for testing?".
 */
export async function expireSession(
  { playground }: FaultContext,
  t: EnsembleDictionary,
  { process: adopts, name, timeOut }: ClientView,
): Promise<void> {
  const clients = playground.frame?.clients ?? [];
  const process = clients.reduce((max, c) => Math.max(max, c.process + 1), 1001) as ProcessId;
  const by = nameAfter(name, clients);
  const outcome = await playground.act({
    kind: 'addClient',
    process,
    name: by,
    servers: [],
    sessionTimeout: timeOut,
    console: true,
    adopts,
  });
  if (!outcome.ok) return;
  if (!(await playground.act({ kind: 'line', process, line: 'close' })).ok) return;
  playground.notify('info', t.done.expiring(name, by));
}

function nameAfter(name: string, clients: readonly ClientView[]): string {
  for (let primes = '′'; ; primes += '′') {
    if (!clients.some((c) => c.name === name + primes)) return name + primes;
  }
}
