/**
 * What a person (or a script, or the swarm) does to the world. With build, configuration and seed,
 * the list of (time, action) is the whole of a run.
 */
import type { EnsembleConfig } from '../core/config.ts';
import type { Request } from '../core/jute/proto.ts';
import type { ConnId, Micros, Millis, ProcessId, Sid } from '../core/units.ts';
import type { Beginning } from './beginning.ts';

/** The least id of a client process: sids end at 254. */
export const CLIENT_ID_MIN = 1001;

/** Servers are 10.0.0.sid, client processes 10.0.1.1 and so on. */
export function addressOfProcess(id: ProcessId): string {
  return id < CLIENT_ID_MIN ? `10.0.0.${String(id)}` : `10.0.1.${String(id - CLIENT_ID_MIN + 1)}`;
}

/** How a disk misbehaves. */
export interface DiskFaults {
  /** Every operation takes so many times longer; 1 = as configured. */
  readonly slowness: number;
  /** Says "durable" without having written: a crash then loses it. */
  readonly lying: boolean;
  /** Every write fails: no space left. */
  readonly full: boolean;
}

export const HEALTHY_DISK: DiskFaults = { slowness: 1, lying: false, full: false };

/** What a crash leaves of records that were written but not yet synced. */
export type CrashTail =
  /** A seeded choice: some prefix of them, perhaps with a torn record behind. */
  | 'chance'
  | 'lost'
  | 'kept'
  /** All kept but the last one, which is cut in the middle. */
  | 'torn';

export type Action =
  | {
      readonly kind: 'crash';
      readonly sid: Sid;
      readonly tail: CrashTail;
      /** The machine loses power: peers are told nothing and find out by their timeouts. */
      readonly silent: boolean;
    }
  | { readonly kind: 'restart'; readonly sid: Sid }
  | { readonly kind: 'pause'; readonly process: ProcessId }
  | { readonly kind: 'resume'; readonly process: ProcessId }
  /** Nothing gets from `from` to `to` until healed. Both ways: two actions, or `bothWays`. */
  | {
      readonly kind: 'cut';
      readonly from: ProcessId;
      readonly to: ProcessId;
      readonly bothWays: boolean;
    }
  | {
      readonly kind: 'heal';
      readonly from: ProcessId;
      readonly to: ProcessId;
      readonly bothWays: boolean;
    }
  /** Cuts every link between a process of `group` and one outside it. */
  | { readonly kind: 'partition'; readonly group: readonly ProcessId[] }
  | { readonly kind: 'healAll' }
  /** One-way latency of a link, in microseconds; null = as configured. */
  | {
      readonly kind: 'latency';
      readonly from: ProcessId;
      readonly to: ProcessId;
      readonly latency: LatencyRange | null;
    }
  | { readonly kind: 'disk'; readonly sid: Sid; readonly faults: DiskFaults }
  /** Only of a server that is down: its data directory is emptied. */
  | { readonly kind: 'wipe'; readonly sid: Sid }
  /** Only of a server that is down: flips a bit in the middle of its log, or of its last snapshot. */
  | {
      readonly kind: 'damage';
      readonly sid: Sid;
      readonly what: 'logMiddle' | 'logTail' | 'snapshot';
    }
  | { readonly kind: 'skew'; readonly process: ProcessId; readonly skew: Micros }
  /** A new client process. `sessionTimeout` is asked for; `servers` empty = all of them. */
  | {
      readonly kind: 'addClient';
      readonly process: ProcessId;
      readonly name: string;
      readonly servers: readonly Sid[];
      readonly sessionTimeout: Millis;
      readonly console: boolean;
      /** Content with a server that has lost its quorum, while there is no better. */
      readonly readOnly?: boolean;
      /** Begins with the session id and the password of this client process, as it has them now. */
      readonly adopts?: ProcessId;
    }
  /** The client process dies without a word: its session lives on until it expires. */
  | { readonly kind: 'killClient'; readonly process: ProcessId }
  | { readonly kind: 'line'; readonly process: ProcessId; readonly line: string }
  | {
      readonly kind: 'submit';
      readonly process: ProcessId;
      readonly tag: number;
      readonly request: Request;
    }
  /** A packet in flight, named by its connection and its number on it. */
  | {
      readonly kind: 'hold';
      readonly conn: ConnId;
      readonly from: ProcessId;
      readonly index: number;
    }
  | {
      readonly kind: 'release';
      readonly conn: ConnId;
      readonly from: ProcessId;
      readonly index: number;
    }
  | {
      readonly kind: 'delay';
      readonly conn: ConnId;
      readonly from: ProcessId;
      readonly index: number;
      readonly by: Micros;
    }
  | { readonly kind: 'breakConnection'; readonly conn: ConnId }
  /** Beyond what TCP does: the packet vanishes, and its connection lives on. */
  | {
      readonly kind: 'drop';
      readonly conn: ConnId;
      readonly from: ProcessId;
      readonly index: number;
    }
  /** Beyond what TCP does: the packet arrives before all that are ahead of it. */
  | {
      readonly kind: 'overtake';
      readonly conn: ConnId;
      readonly from: ProcessId;
      readonly index: number;
    };

/** Whether ZooKeeper's links could never do it: its protocol relies on their order. */
export function isBeyondTcp(action: Action): boolean {
  return action.kind === 'drop' || action.kind === 'overtake';
}

export interface TimedAction {
  readonly at: Micros;
  readonly action: Action;
}

/** One-way, in microseconds, both included. `min` is at least MIN_LATENCY. */
export interface LatencyRange {
  readonly min: Micros;
  readonly max: Micros;
}

/** A window may not be empty, so no link is faster than this. */
export const MIN_LATENCY = 100 as Micros;

/** The world around the servers. */
export interface WorldConfig {
  readonly ensemble: EnsembleConfig;
  readonly seed: number;
  readonly latency: LatencyRange;
  /** How long a sync, a snapshot or an epoch file takes. */
  readonly diskLatency: LatencyRange;
  /** How long TCP retries through a cut before it gives the connection up. */
  readonly tcpTimeout: Micros;
}

/** All that is needed to see the same run again. */
export interface RunRecord {
  readonly version: 1;
  readonly world: WorldConfig;
  readonly actions: readonly TimedAction[];
  /** Virtual time at which the record was taken. */
  readonly until: Micros;
  /** Where its members did not begin with empty disks, at the beginning of time. */
  readonly beginning?: Beginning;
}

export type ActionOutcome =
  | { readonly ok: true }
  /** Why nothing happened: `server 3 is down already`. */
  | { readonly ok: false; readonly reason: string };
