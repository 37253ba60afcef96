/** The settings of an ensemble and of one server in it: zoo.cfg, as values. */
import type { Millis, Sid } from './units.ts';

/** PARTICIPANT and OBSERVER. */
export type LearnerType = 'participant' | 'observer';

export interface ServerSpec {
  readonly sid: Sid;
  readonly type: LearnerType;
  /**
   * `host:quorumPort:electionPort[:type];[clientHost:]clientPort`, the right side of `server.N=`
   * without the type. Null for the names that simulated servers have: see `addressOf`.
   */
  readonly address?: string;
  /** For hierarchical quorums, with `group`: its votes. 1 where it is not given. */
  readonly weight?: number;
  /** The group it belongs to. Either all voters have one or none has. */
  readonly group?: number;
  /**
   * It waits to join: the others do not know it, and it sees itself as an observer beside them
   * until a reconfiguration says what it is.
   */
  readonly joiner?: boolean;
}

/** Times in ms where the name says tick or ms, else in ticks; see zoo.cfg. */
export interface EnsembleConfig {
  readonly servers: readonly ServerSpec[];
  readonly tickTime: Millis;
  /** Ticks. */
  readonly initLimit: number;
  /** Ticks. */
  readonly syncLimit: number;
  readonly minSessionTimeout: Millis;
  readonly maxSessionTimeout: Millis;
  /** Transactions between two snapshots, before the randomised roll. */
  readonly snapCount: number;
  /** Transactions in the leader's committedLog. ZooKeeper forces at least 500. */
  readonly commitLogCount: number;
  /** Bytes that a log file takes from the start; 0 = only what is written. */
  readonly preAllocSize: number;
  /** A disk-log DIFF may send at most this share of the last snapshot's size; negative = never. */
  readonly snapshotSizeFactor: number;
  /** Largest request, in bytes: jute.maxbuffer. */
  readonly maxBuffer: number;
  /** TTL nodes. */
  readonly extendedTypesEnabled: boolean;
  readonly digestEnabled: boolean;
  readonly reconfigEnabled: boolean;
  /** A reconfiguration may not go below two voters. */
  readonly standaloneEnabled: boolean;
  readonly readOnlyEnabled: boolean;
  readonly localSessionsEnabled: boolean;
  readonly localSessionsUpgradingEnabled: boolean;
  readonly enforceQuota: boolean;
  /** `user:base64(sha1(user:password))` of the super user; null for none. */
  readonly superDigest: string | null;
  /** znode.container.checkIntervalMs, and how many may be deleted in a minute. */
  readonly containerCheckInterval: Millis;
  readonly containerMaxPerMinute: number;
  /** A container that never had a child may be deleted after so long; 0 = never. */
  readonly containerMaxNeverUsed: Millis;
  /** Requests under way at which a server reads no further from its clients; 0 = no limit. */
  readonly globalOutstandingLimit: number;
  /** Connections from one address; 0 = no limit. */
  readonly maxClientCnxns: number;
  /** Connections in all; 0 = no limit. */
  readonly maxCnxns: number;
  /** 4lw.commands.whitelist; `*` stands for all. */
  readonly fourLetterWords: readonly string[];
  /** Answers as this release does, where releases differ. */
  readonly release: '3.8.0' | '3.9';
  /** Znodes that a background snapshot copies at a time: what makes it fuzzy. */
  readonly snapshotChunk: number;
  /** The counter that a new epoch starts from: 0, but for tests of its roll-over. */
  readonly initialCounter: number;
  /** Milliseconds since 1970 at virtual time 0, on every clock without skew. */
  readonly startTime: Millis;
  /** Bugs of `mutants.ts` to switch on; none in normal life. */
  readonly mutants: readonly string[];
}

export const DEFAULT_CONFIG: EnsembleConfig = {
  servers: ensembleOf(5, 0),
  tickTime: 2000 as Millis,
  initLimit: 10,
  syncLimit: 5,
  minSessionTimeout: 4000 as Millis,
  maxSessionTimeout: 40000 as Millis,
  snapCount: 100_000,
  commitLogCount: 500,
  preAllocSize: 64 * 1024 * 1024,
  snapshotSizeFactor: 0.33,
  maxBuffer: 0xfffff,
  extendedTypesEnabled: false,
  digestEnabled: true,
  reconfigEnabled: false,
  standaloneEnabled: true,
  readOnlyEnabled: false,
  localSessionsEnabled: false,
  localSessionsUpgradingEnabled: false,
  enforceQuota: false,
  superDigest: null,
  containerCheckInterval: 60_000 as Millis,
  containerMaxPerMinute: 10_000,
  containerMaxNeverUsed: 0 as Millis,
  globalOutstandingLimit: 1000,
  maxClientCnxns: 60,
  maxCnxns: 0,
  fourLetterWords: ['srvr'],
  release: '3.9',
  snapshotChunk: 1000,
  initialCounter: 0,
  startTime: Date.UTC(2026, 0, 1) as Millis,
  mutants: [],
};

/** What stands behind `server.N=`, without the type: host, quorum port, election port; client. */
export function addressOf(spec: ServerSpec): string {
  return spec.address ?? `server${String(spec.sid)}:2888:3888;0.0.0.0:2181`;
}

/** Voters have the sids 1 …, observers those after them. */
export function ensembleOf(voters: number, observers: number): readonly ServerSpec[] {
  return Array.from({ length: voters + observers }, (_, i) => ({
    sid: (i + 1) as Sid,
    type: i < voters ? 'participant' : 'observer',
  }));
}

export function votersOf(config: EnsembleConfig): readonly Sid[] {
  return config.servers
    .filter((s) => s.type === 'participant' && s.joiner !== true)
    .map((s) => s.sid);
}
