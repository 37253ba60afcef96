/** The world of a run in its text. What is as it is by default is not written down. */
import {
  DEFAULT_CONFIG,
  votersOf,
  type EnsembleConfig,
  type ServerSpec,
} from '../../core/config.ts';
import { MUTANTS } from '../../core/mutants.ts';
import type { Millis } from '../../core/units.ts';
import type { WorldConfig } from '../actions.ts';
import { micros, range, sid } from './read-action.ts';
import {
  asObject,
  flag,
  fraction,
  list,
  nullOr,
  object,
  oneOf,
  refuse,
  whole,
  words,
  type Reader,
} from './readers.ts';

/** Servers that a run may have: each is a server of its own, and in the page a worker. */
const SERVERS_MAX = 32;
const HOUR_MS = 3_600_000;
const SHORT = 1000;
const COUNT_MAX = 1_000_000_000;
/** Bytes: nobody needs a log file, or a request, of more. */
const SIZE_MAX = 1 << 26;

const count = whole(0, COUNT_MAX);
const millis = whole<Millis>(1, HOUR_MS);

const server = object<ServerSpec>(
  {
    sid,
    type: oneOf('participant', 'observer'),
    address: words(SHORT),
    weight: whole(0, SHORT),
    group: whole(0, SHORT),
    joiner: flag,
  },
  ['address', 'weight', 'group', 'joiner'],
);

const mutant: Reader<string> = (value, where) => {
  const known = MUTANTS.find(({ name }) => name === value);
  return known?.name ?? refuse(where, 'is no bug that this build has');
};

const config = object<EnsembleConfig>(
  {
    servers: list(server, SERVERS_MAX),
    tickTime: millis,
    initLimit: whole(1, 10_000),
    syncLimit: whole(1, 10_000),
    minSessionTimeout: millis,
    maxSessionTimeout: millis,
    snapCount: whole(1, COUNT_MAX),
    commitLogCount: count,
    preAllocSize: whole(0, SIZE_MAX),
    snapshotSizeFactor: fraction(-COUNT_MAX, COUNT_MAX),
    maxBuffer: whole(1, SIZE_MAX),
    extendedTypesEnabled: flag,
    digestEnabled: flag,
    reconfigEnabled: flag,
    standaloneEnabled: flag,
    readOnlyEnabled: flag,
    localSessionsEnabled: flag,
    localSessionsUpgradingEnabled: flag,
    enforceQuota: flag,
    superDigest: nullOr(words(SHORT)),
    containerCheckInterval: millis,
    containerMaxPerMinute: whole(1, COUNT_MAX),
    containerMaxNeverUsed: whole<Millis>(0, Number.MAX_SAFE_INTEGER),
    globalOutstandingLimit: count,
    maxClientCnxns: count,
    maxCnxns: count,
    fourLetterWords: list(words(SHORT), SHORT),
    release: oneOf('3.8.0', '3.9'),
    snapshotChunk: whole(1, COUNT_MAX),
    initialCounter: whole(0, 0xffff_ffff),
    startTime: whole<Millis>(0, 1e14),
    mutants: list(mutant, MUTANTS.length),
  },
  Object.keys(DEFAULT_CONFIG) as (keyof EnsembleConfig)[],
);

const readEnsemble: Reader<EnsembleConfig> = (value, where) => {
  const read = { ...DEFAULT_CONFIG, ...config(asObject(value, where), where) };
  const sids = new Set(read.servers.map((spec) => spec.sid));
  if (sids.size !== read.servers.length) refuse(`${where}.servers`, 'names a server twice');
  if (votersOf(read).length === 0) refuse(`${where}.servers`, 'has nobody who votes');
  if (read.maxSessionTimeout < read.minSessionTimeout) {
    refuse(`${where}.maxSessionTimeout`, 'is below minSessionTimeout');
  }
  return read;
};

export const readWorld: Reader<WorldConfig> = object<WorldConfig>({
  ensemble: readEnsemble,
  seed: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  latency: range,
  diskLatency: range,
  tcpTimeout: micros,
});

/** The fields that are not as by default. */
export function changesOf(ensemble: EnsembleConfig): Partial<EnsembleConfig> {
  const defaults = new Map<string, unknown>(Object.entries(DEFAULT_CONFIG));
  const changed = Object.entries(ensemble).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults.get(name)),
  );
  return Object.fromEntries(changed);
}
