/** Links: one direction between two processes, with its latency and its cuts. */
import { draw, drawInt, Purpose } from '../core/chance.ts';
import type { Micros, ProcessId } from '../core/units.ts';
import { MIN_LATENCY, type LatencyRange, type WorldConfig } from './actions.ts';

/** Plain data. */
export interface Link {
  readonly from: ProcessId;
  readonly to: ProcessId;
  cut: boolean;
  /** Null = as configured. */
  latency: LatencyRange | null;
  /** Latencies drawn so far: every link has a chance of its own, so none shifts another. */
  draws: number;
}

export interface Links {
  readonly config: WorldConfig;
  readonly byKey: Map<number, Link>;
  /** The least one-way latency of any link: nothing sent now arrives before now + this. */
  least: Micros;
}

/** More processes than this would share keys. */
const PROCESS_MAX = 65_536;

export function createLinks(config: WorldConfig): Links {
  const links: Links = { config, byKey: new Map(), least: MIN_LATENCY };
  refreshLeast(links);
  return links;
}

export function linkOf(links: Links, from: ProcessId, to: ProcessId): Link {
  const key = from * PROCESS_MAX + to;
  const known = links.byKey.get(key);
  if (known !== undefined) return known;
  const link: Link = { from, to, cut: false, latency: null, draws: 0 };
  links.byKey.set(key, link);
  return link;
}

export function drawLatency(links: Links, link: Link): Micros {
  const range = link.latency ?? links.config.latency;
  const subject = (link.from << 16) ^ link.to;
  const bits = draw(links.config.seed, Purpose.linkLatency, subject, link.draws++);
  const latency = drawInt(bits, range.min, range.max);
  return (latency < MIN_LATENCY ? MIN_LATENCY : latency) as Micros;
}

export function setLatency(links: Links, link: Link, latency: LatencyRange | null): void {
  link.latency = latency;
  refreshLeast(links);
}

function refreshLeast(links: Links): void {
  let least: number = links.config.latency.min;
  for (const link of links.byKey.values()) {
    if (link.latency !== null && link.latency.min < least) least = link.latency.min;
  }
  links.least = Math.max(least, MIN_LATENCY) as Micros;
}
