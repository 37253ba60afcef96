/** The settings of an ensemble and of one server in it: zoo.cfg, as values. */
import type { Millis, Sid } from './units.ts';

/** PARTICIPANT and OBSERVER. */
export type LearnerType = 'participant' | 'observer';

export interface ServerSpec {
  readonly sid: Sid;
  readonly type: LearnerType;
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
  readonly extendedTypesEnabled: boolean;
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
  snapshotChunk: 1000,
  initialCounter: 0,
  startTime: Date.UTC(2026, 0, 1) as Millis,
  mutants: [],
};

/** Voters have the sids 1 …, observers those after them. */
export function ensembleOf(voters: number, observers: number): readonly ServerSpec[] {
  return Array.from({ length: voters + observers }, (_, i) => ({
    sid: (i + 1) as Sid,
    type: i < voters ? 'participant' : 'observer',
  }));
}

export function votersOf(config: EnsembleConfig): readonly Sid[] {
  return config.servers.filter((s) => s.type === 'participant').map((s) => s.sid);
}
