/** The worlds that scenarios take place in. */
import type { EnsembleConfig } from '../../core/config.ts';
import { millisToMicros, type Millis } from '../../core/units.ts';
import type { WorldConfig } from '../../sim/actions.ts';
import { quietWorld } from '../../sim/scenarios.ts';

/**
 * Links that are slow enough to watch, and ticks of half a second: what has to time out does so
 * while somebody looks.
 */
export function stage(
  voters: number,
  observers = 0,
  ensemble: Partial<EnsembleConfig> = {},
): WorldConfig {
  const quick = {
    tickTime: 500 as Millis,
    minSessionTimeout: 1000 as Millis,
    preAllocSize: 0,
  };
  return {
    ...quietWorld(1, voters, observers, { ...quick, ...ensemble }),
    latency: { min: millisToMicros(8), max: millisToMicros(20) },
    diskLatency: { min: millisToMicros(4), max: millisToMicros(10) },
    tcpTimeout: millisToMicros(5000),
  };
}

/** Lines of a script. */
export const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
