/**
 * Profiles: what a run of the swarm is about. Each looks into another corner; the seed decides the
 * rest, and which of a profile's kinds of fault a run has at all.
 */
import type { EnsembleConfig } from '../../core/config.ts';
import type { Micros } from '../../core/units.ts';
import { COUNTER_MAX } from '../../core/zxid.ts';
import { FAULT_KINDS, type Chooser, type FaultKind } from './faults.ts';
import type { PlotName } from './swarm-plots.ts';

/** Faults that look into the servers, or that are several at once, besides those of faults.ts. */
export type SwarmKind =
  | FaultKind
  /** All servers at once. */
  | 'outage'
  /** One server from everybody. */
  | 'isolate'
  /** A link that comes and goes. */
  | 'flap'
  | 'wipe'
  | 'lyingDisk'
  | 'damage'
  /** Clients come, go, and are killed. */
  | 'client';

export interface Profile {
  readonly about: string;
  /** How long faults go on, in virtual microseconds. */
  readonly duration: Micros;
  /** What a run draws its kinds from. */
  readonly kinds: readonly SwarmKind[];
  /** How often the driver does what, in comparison. */
  readonly weights: Weights;
  /** The most requests at a time. */
  readonly burst: number;
  /** Between two doings: 2^7 up to 2^longestPause µs, each power as likely as any other. */
  readonly longestPause: number;
  readonly writesOnly: boolean;
  readonly clients: number;
  /** Each client knows one server only, in turn; else few of them do. */
  readonly isEachAtHome: boolean;
  /** What it plots, where `weights` lets it. */
  readonly plots: readonly PlotName[];
  /** Asked for by clients, in ms, from and to. */
  readonly sessionTimeout: readonly [number, number];
  /** Servers that wait to join; with some, the ensemble is reconfigured now and then. */
  readonly joiners: number;
  readonly config: (choose: Chooser) => Partial<EnsembleConfig>;
}

export interface Weights {
  readonly request: number;
  readonly fault: number;
  /** A fault at a moment of the protocol, to the event. */
  readonly ambush: number;
  readonly mend: number;
  readonly reconfig: number;
  /** Several faults that belong together; see swarm-plots.ts. */
  readonly plot: number;
}

const EVERYTHING: readonly SwarmKind[] = [
  ...FAULT_KINDS,
  'outage',
  'isolate',
  'flap',
  'wipe',
  'lyingDisk',
  'damage',
  'client',
];

const OF_SYNC: readonly SwarmKind[] = [
  'crash',
  'powerLoss',
  'cut',
  'oneWay',
  'isolate',
  'outage',
  'breakConnection',
  'slowDisk',
  'fullDisk',
  'hold',
  'pause',
];

const BASE: Profile = {
  about: 'every kind of fault among many requests',
  duration: 15_000_000 as Micros,
  kinds: EVERYTHING,
  weights: { request: 60, fault: 8, ambush: 5, mend: 14, reconfig: 0, plot: 0 },
  burst: 8,
  longestPause: 19,
  writesOnly: false,
  clients: 4,
  isEachAtHome: false,
  plots: [],
  sessionTimeout: [1_000, 8_000],
  joiners: 0,
  config: () => ({}),
};

export const PROFILES = {
  mixed: BASE,
  elections: {
    ...BASE,
    about: 'crashes and partitions in quick turn, and few requests',
    duration: 40_000_000 as Micros,
    kinds: ['crash', 'powerLoss', 'partition', 'isolate', 'outage', 'pause', 'oneWay', 'flap'],
    weights: { request: 12, fault: 26, ambush: 22, mend: 40, reconfig: 0, plot: 0 },
    burst: 1,
    longestPause: 21,
    clients: 2,
    sessionTimeout: [8_000, 10_000],
  },
  sync: {
    ...BASE,
    about: 'few transactions, and learners that lag, are cut off and crash as they are brought up',
    duration: 30_000_000 as Micros,
    kinds: OF_SYNC,
    weights: { request: 26, fault: 14, ambush: 30, mend: 40, reconfig: 0, plot: 0 },
    burst: 2,
    longestPause: 20,
    writesOnly: true,
    clients: 2,
    sessionTimeout: [8_000, 10_000],
    config: (choose) => ({ commitLogCount: choose.between(1, 6), snapCount: lowSnap(choose) }),
  },
  disks: {
    ...BASE,
    about: 'disks that are slow, full, lying, wiped and damaged, and losses of power',
    kinds: ['powerLoss', 'crash', 'slowDisk', 'fullDisk', 'lyingDisk', 'wipe', 'damage', 'outage'],
    weights: { request: 40, fault: 12, ambush: 18, mend: 24, reconfig: 0, plot: 0 },
    burst: 4,
    longestPause: 20,
    clients: 3,
    config: (choose) => ({ snapCount: choose.between(2, 20), snapshotChunk: choose.between(1, 3) }),
  },
  reconfig: {
    ...BASE,
    about: 'an ensemble that is reconfigured all the while; two servers wait to join',
    kinds: EVERYTHING.filter((kind) => !['wipe', 'lyingDisk', 'damage'].includes(kind)),
    weights: { request: 50, fault: 6, ambush: 6, mend: 14, reconfig: 12, plot: 0 },
    joiners: 2,
  },
  sessions: {
    ...BASE,
    about: 'clients that come, go, move and expire; local sessions in some runs',
    duration: 20_000_000 as Micros,
    kinds: ['client', 'crash', 'pause', 'cut', 'isolate', 'partition', 'breakConnection', 'skew'],
    weights: { request: 60, fault: 16, ambush: 3, mend: 18, reconfig: 0, plot: 0 },
    burst: 4,
    clients: 6,
    longestPause: 20,
    sessionTimeout: [500, 3_000],
    config: (choose) => {
      const local = choose.between(0, 2);
      return { localSessionsEnabled: local > 0, localSessionsUpgradingEnabled: local > 1 };
    },
  },
  rollover: {
    ...BASE,
    about: 'the counter of zxids begins near its end',
    kinds: ['crash', 'powerLoss', 'cut', 'isolate', 'breakConnection', 'pause', 'client'],
    weights: { request: 50, fault: 6, ambush: 10, mend: 18, reconfig: 0, plot: 0 },
    burst: 4,
    longestPause: 20,
    config: (choose) => ({ initialCounter: COUNTER_MAX - choose.between(3, 40) }),
  },
  readonly: {
    ...BASE,
    about: 'servers without a quorum that serve reads',
    duration: 25_000_000 as Micros,
    kinds: ['crash', 'isolate', 'partition', 'outage', 'client', 'pause'],
    weights: { request: 50, fault: 14, ambush: 4, mend: 16, reconfig: 0, plot: 4 },
    plots: ['lonely'],
    burst: 3,
    longestPause: 21,
    sessionTimeout: [1_000, 4_000],
    config: (choose) => {
      const local = choose.between(0, 2);
      return {
        readOnlyEnabled: true,
        localSessionsEnabled: local > 0,
        localSessionsUpgradingEnabled: local > 1,
      };
    },
  },
  handover: {
    ...BASE,
    about: 'plots: writes that one server has alone, reigns that end early, joins under fire',
    duration: 40_000_000 as Micros,
    kinds: [
      'crash',
      'powerLoss',
      'cut',
      'oneWay',
      'isolate',
      'breakConnection',
      'fullDisk',
      'slowDisk',
      'hold',
      'pause',
    ],
    weights: { request: 14, fault: 2, ambush: 4, mend: 10, reconfig: 0, plot: 20 },
    burst: 2,
    longestPause: 18,
    writesOnly: true,
    clients: 4,
    isEachAtHome: true,
    plots: ['ghost', 'ghost', 'late', 'stagger', 'retake', 'retake', 'pile', 'stillborn'],
    sessionTimeout: [8_000, 10_000],
    config: (choose) => ({
      commitLogCount: choose.between(0, 4),
      snapCount: lowSnap(choose),
      snapshotSizeFactor: [-1, 0.3, 0.33, 50][choose.between(0, 3)] ?? 50,
      preAllocSize: 0,
    }),
  },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof PROFILES;

export const PROFILE_NAMES = Object.keys(PROFILES) as readonly ProfileName[];

/** Snapshots nearly always, or nearly never: what is not in a snapshot is in the log. */
function lowSnap(choose: Chooser): number {
  return choose.between(0, 2) === 0 ? choose.between(2, 6) : choose.between(20, 200);
}
