/** A small world that is quick to serve. */
import { DEFAULT_CONFIG, ensembleOf } from '../../src/core/config.ts';
import type { Micros } from '../../src/core/units.ts';
import type { WorldConfig } from '../../src/sim/actions.ts';

export const threeServersWorld: WorldConfig = {
  ensemble: { ...DEFAULT_CONFIG, servers: ensembleOf(3, 0) },
  seed: 7,
  latency: { min: 1000 as Micros, max: 4000 as Micros },
  diskLatency: { min: 300 as Micros, max: 2000 as Micros },
  tcpTimeout: 15_000_000 as Micros,
};
