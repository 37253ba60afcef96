/** The world that the page opens on, and those that a person chooses in it. */
import { DEFAULT_CONFIG, ensembleOf } from '../../core/config.ts';
import { millisToMicros, type Micros } from '../../core/units.ts';
import type { WorldConfig } from '../../sim/actions.ts';

/** The seed of the first visit; any other is as good. */
const FIRST_SEED = 42;

/** Latencies as between data centres of one continent: slow enough to watch at a tenth of time. */
export function worldOf(voters: number, observers: number, seed: number): WorldConfig {
  return {
    ensemble: { ...DEFAULT_CONFIG, servers: ensembleOf(voters, observers) },
    seed,
    latency: { min: millisToMicros(8), max: millisToMicros(20) },
    diskLatency: { min: millisToMicros(4), max: millisToMicros(10) },
    tcpTimeout: millisToMicros(15_000),
  };
}

export const DEFAULT_WORLD: WorldConfig = worldOf(5, 0, FIRST_SEED);

/** Virtual seconds per second of the wall: packets take a fifth of a second to cross the ring. */
export const DEFAULT_SPEED = 0.1;

/** Wall seconds that a run which is replayed takes. */
const REPLAY_TAKES = 15;

/** A speed at which a run up to `until` can be watched. */
export function speedFor(until: Micros): number {
  return Math.max(DEFAULT_SPEED, until / 1e6 / REPLAY_TAKES);
}
