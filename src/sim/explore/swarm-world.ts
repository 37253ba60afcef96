/** The worlds of the swarm: small settings, so that little history brings out what is rare. */
import { draw, drawInt, Purpose } from '../../core/chance.ts';
import { DEFAULT_CONFIG, ensembleOf } from '../../core/config.ts';
import type { Micros, Millis } from '../../core/units.ts';
import type { WorldConfig } from '../actions.ts';
import type { Chooser } from './faults.ts';
import { PROFILE_NAMES, PROFILES, type ProfileName } from './profiles.ts';
import { dynamicEnsemble } from './reconfig-swarm.ts';

export interface WorldChoice {
  readonly profile: ProfileName;
  readonly voters: number | undefined;
  readonly observers: number | undefined;
  readonly joiners: number | undefined;
  readonly mutants: readonly string[];
}

/** Draws of one run, one after the other; another profile draws otherwise. */
export function chooserOf(seed: number, profile: ProfileName, purpose: Purpose): Chooser {
  const subject = PROFILE_NAMES.indexOf(profile);
  let drawn = 0;
  return { between: (min, max) => drawInt(draw(seed, purpose, subject, drawn++), min, max) };
}

export function swarmWorld(seed: number, choice: WorldChoice): WorldConfig {
  const choose = chooserOf(seed, choice.profile, Purpose.scenario);
  const profile = PROFILES[choice.profile];
  const voters = drawVoters(choose);
  // A server that stands alone is no ensemble.
  const observers = Math.max(voters === 1 ? 1 : 0, choose.between(-2, 2));
  const slowNet = choose.between(0, 3) === 0;
  const slowDisk = choose.between(0, 1) === 1;
  const drawn = drawConfig(choose);
  const joiners = choice.joiners ?? profile.joiners;
  return {
    ensemble: {
      ...DEFAULT_CONFIG,
      ...drawn,
      ...profile.config(choose),
      ...serversOf(choice.voters ?? voters, choice.observers ?? observers, joiners),
      mutants: choice.mutants,
    },
    seed,
    latency: { min: 200 as Micros, max: (slowNet ? 40_000 : 2_000) as Micros },
    diskLatency: { min: 200 as Micros, max: (slowDisk ? 60_000 : 4_000) as Micros },
    tcpTimeout: 3_000_000 as Micros,
  };
}

/** Three are the most interesting: every fault counts. */
function drawVoters(choose: Chooser): number {
  const n = choose.between(0, 11);
  if (n === 0) return 1;
  if (n === 1) return 2;
  if (n === 2) return 4;
  return n === 3 || n === 4 ? 5 : 3;
}

function serversOf(
  voters: number,
  observers: number,
  joiners: number,
): Partial<WorldConfig['ensemble']> {
  if (joiners > 0) return dynamicEnsemble(voters, observers, joiners);
  return { servers: ensembleOf(voters, observers) };
}

function drawConfig(choose: Chooser): Partial<WorldConfig['ensemble']> {
  return {
    tickTime: 500 as Millis,
    initLimit: 4,
    syncLimit: 3,
    minSessionTimeout: 500 as Millis,
    maxSessionTimeout: 10_000 as Millis,
    snapCount: choose.between(4, 60),
    commitLogCount: choose.between(1, 40),
    preAllocSize: choose.between(0, 1) * 65_536,
    // Never from the log on disk, sometimes, or always.
    snapshotSizeFactor: [-1, 0.33, 50][choose.between(0, 2)] ?? 50,
    snapshotChunk: choose.between(1, 8),
    containerCheckInterval: 1_000 as Millis,
    extendedTypesEnabled: true,
    globalOutstandingLimit: choose.between(0, 3) === 0 ? choose.between(2, 10) : 1_000,
  };
}
