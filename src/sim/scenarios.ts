/** Beginnings that tests, benches and lessons share. */
import { DEFAULT_CONFIG, ensembleOf, type EnsembleConfig } from '../core/config.ts';
import type { Micros, Millis, ProcessId, Sid } from '../core/units.ts';
import type { Action, WorldConfig } from './actions.ts';
import { createLocalRun, runWhile, type LocalOptions, type LocalRun } from './local.ts';

/** A local network of quiet machines. */
export function quietWorld(
  seed: number,
  voters = 3,
  observers = 0,
  ensemble: Partial<EnsembleConfig> = {},
): WorldConfig {
  return {
    ensemble: { ...DEFAULT_CONFIG, servers: ensembleOf(voters, observers), ...ensemble },
    seed,
    latency: { min: 500 as Micros, max: 1500 as Micros },
    diskLatency: { min: 1000 as Micros, max: 5000 as Micros },
    tcpTimeout: 15_000_000 as Micros,
  };
}

/** The nth client process, from 0: A, B, C … */
export function clientId(n: number): ProcessId {
  return (1001 + n) as ProcessId;
}

/** Adds the nth client, of the given servers or of all. */
export function addClient(
  n: number,
  servers: readonly Sid[] = [],
  console = false,
  sessionTimeout = 10_000,
): Action {
  return {
    kind: 'addClient',
    process: clientId(n),
    name: String.fromCharCode(0x41 + (n % 26)),
    servers,
    sessionTimeout: sessionTimeout as Millis,
    console,
  };
}

/** Who says that it leads and has been established, newest first. */
export function leaderOf(run: LocalRun): Sid | null {
  for (const host of run.hosts.values()) {
    if (host.kind !== 'member') continue;
    const { role } = host.server;
    if (role.name === 'leading' && host.server.zabState === 'broadcast')
      return host.server.settings.sid;
  }
  return null;
}

/** A run of which the first election is over. */
export function quickStart(config: WorldConfig, options: LocalOptions = {}): LocalRun {
  const run = createLocalRun(config, options);
  const until = (run.world.now + 30_000_000) as Micros;
  runWhile(run, () => leaderOf(run) === null, until);
  return run;
}
