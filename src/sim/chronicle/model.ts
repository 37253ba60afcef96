/**
 * The chronicle of a run: what happened, kept in columns, and the branches that a person made of
 * it. Plain data throughout; it crosses to the page as it is.
 */
import type { SyncMode, ServerState, ZabState } from '../../core/quorum/vote.ts';
import type { Micros, ProcessId, SessionId, Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import type { TimedAction } from '../actions.ts';
import type { Frame, PacketFamily } from '../frame.ts';

/** A state of a run: behind so many events (turns of processes) and so many actions. */
export interface Moment {
  readonly events: number;
  readonly actions: number;
  /** Virtual time then. */
  readonly at: Micros;
}

/** The moment that a frame shows. */
export function momentOf(frame: Frame): Moment {
  return { events: frame.events, actions: frame.actions, at: frame.now };
}

export type BranchId = number & { readonly __brand: 'BranchId' };

/** One future of the run. The first branch has no parent. */
export interface BranchView {
  readonly id: BranchId;
  /** As a person called it; empty while it has no name. */
  readonly name: string;
  readonly parent: BranchId | null;
  /** Where it left its parent; of the first branch, where the run begins. */
  readonly fork: Moment;
  /** How far it was lived. */
  readonly end: Moment;
}

/** A moment of a branch. */
export interface Place {
  readonly branch: BranchId;
  readonly moment: Moment;
}

/** What an event was, in the order of the numbers in `EventColumns.kind`. */
export const EVENT_KINDS = ['packet', 'timer', 'disk', 'boot', 'client', 'order'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** In the order of the numbers in `EventColumns.family`; 255 = none. */
export const FAMILIES: readonly PacketFamily[] = [
  'election',
  'sync',
  'broadcast',
  'session',
  'client',
];
export const NO_FAMILY = 255;

/** Bits of `EventColumns.flags`. */
export const EVENT_REPLY = 1;
export const EVENT_INTERESTING = 2;
/** A change of role or phase. */
export const EVENT_PHASE = 4;
export const EVENT_VIOLATION = 8;
/** The first of those that an action brought about. */
export const EVENT_ACTION = 16;

/** Consecutive events of a branch, one row each. All columns are `count` long. */
export interface EventColumns {
  /** The number of the first: the frame right behind event n has `events` n + 1. */
  readonly first: number;
  readonly count: number;
  /** In microseconds. */
  readonly at: Float64Array;
  /** Who handled it. */
  readonly process: Uint16Array;
  readonly kind: Uint8Array;
  /** Its name in `names`: `PROPOSAL`, `syncLimit`, `fsync`, `getData` … */
  readonly type: Uint16Array;
  /** Two letters for the glyph, in `names`. */
  readonly code: Uint16Array;
  /** Who sent it; 0 for what a process does by itself. */
  readonly src: Uint16Array;
  /** Of a packet; else as `at`. */
  readonly sentAt: Float64Array;
  /** The event that sent it, set its timer, or asked for its disk operation; -1 where unknown. */
  readonly cause: Int32Array;
  /** For the hue; -1 where it belongs to no epoch. */
  readonly epoch: Int32Array;
  /** 0 for none. */
  readonly zxid: BigInt64Array;
  readonly family: Uint8Array;
  readonly flags: Uint8Array;
  /** The whole table so far; it only grows. */
  readonly names: readonly string[];
}

/** For how long a process was what. */
export interface LifeSpan {
  readonly process: ProcessId;
  readonly from: Micros;
  /** Null: it still is. */
  readonly to: Micros | null;
  readonly status: 'running' | 'paused' | 'down' | 'starting';
  /** Of a running server. */
  readonly state: ServerState | null;
  readonly zabState: ZabState | null;
  readonly syncMode: SyncMode | null;
  readonly epoch: number | null;
}

/** A fault, from when to when: the bands on every axis of time. */
export interface FaultSpan {
  readonly kind: 'down' | 'paused' | 'cut' | 'latency' | 'disk' | 'skew';
  /** The process, or both ends of the link (from, to). */
  readonly processes: readonly ProcessId[];
  readonly from: Micros;
  readonly to: Micros | null;
  /** `lying`, `full`, `10 times slower`, `+3 s` … */
  readonly detail: string;
}

/** Where an action took place. */
export interface ActionMark {
  readonly index: number;
  readonly timed: TimedAction;
  /** How many events came before it. */
  readonly events: number;
}

/** A packet that never arrived: its connection broke, or it was dropped. */
export interface LostPacket {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly type: string;
  readonly code: string;
  readonly family: PacketFamily;
  readonly epoch: number | null;
  readonly sentAt: Micros;
  /** When it was lost. */
  readonly at: Micros;
  /** The event that sent it. */
  readonly cause: number;
}

export interface ViolationMark {
  readonly name: string;
  readonly why: string;
  readonly at: Micros;
  readonly event: number;
}

/** What is sparse in a branch: small, so it comes whole. */
export interface Story {
  readonly branch: BranchId;
  readonly spans: readonly LifeSpan[];
  readonly faults: readonly FaultSpan[];
  readonly actions: readonly ActionMark[];
  /** The latest 5,000. */
  readonly lost: readonly LostPacket[];
  readonly violations: readonly ViolationMark[];
}

/** One request of a client, from when it was sent to when its answer came. */
export interface Operation {
  readonly client: ProcessId;
  readonly sessionId: SessionId;
  readonly xid: number;
  /** `create`, `getData`, `sync` … */
  readonly op: string;
  readonly path: string | null;
  /** One line: what was asked, and what came back. */
  readonly asked: string;
  readonly answered: string | null;
  /** The server that the client was connected to. */
  readonly server: Sid | null;
  readonly calledAt: Micros;
  /** Null: no answer (yet, or its connection broke). */
  readonly returnedAt: Micros | null;
  /** The header's zxid of the answer: for a read the state that it shows. */
  readonly zxid: Zxid | null;
  /** Of a write, when the leader had it committed: it takes effect there. */
  readonly committedAt: Micros | null;
  /** 0 = fine; ZooKeeper's code else. Null without an answer. */
  readonly err: number | null;
  readonly writes: boolean;
  /** Events of the calling turn and of the answer's; -1 where there is none. */
  readonly callEvent: number;
  readonly returnEvent: number;
}

/** Something a client was told: a watch that fired, or a change of its session's state. */
export interface ClientSign {
  readonly client: ProcessId;
  readonly at: Micros;
  readonly kind: 'watch' | 'session';
  /** `NodeDataChanged /app`, `expired` … */
  readonly text: string;
  readonly event: number;
}

/** At most the latest 20,000 operations of a branch. */
export interface Histories {
  readonly branch: BranchId;
  readonly operations: readonly Operation[];
  readonly signs: readonly ClientSign[];
}

/** What is measured of a member over time, under `mntr`'s names. */
export const METRICS = [
  'zk_avg_latency',
  'zk_max_latency',
  'zk_outstanding_requests',
  'zk_num_alive_connections',
  'zk_znode_count',
  'zk_watch_count',
  'zk_ephemerals_count',
  'zk_global_sessions',
  'zk_packets_received',
  'zk_packets_sent',
  'zk_synced_followers',
  'zk_pending_syncs',
  'zk_proposal_count',
  'zk_commit_count',
  'zk_fsynctime_avg',
  'zk_election_time_avg',
  'sync_lag',
] as const;
export type MetricName = (typeof METRICS)[number];

/** Samples at even distances; the distance doubles when there are more than 1,200 of them. */
export interface Metrics {
  readonly branch: BranchId;
  readonly every: Micros;
  readonly at: Float64Array;
  /** By member, then by metric: NaN where the member was down, or has no such figure. */
  readonly values: ReadonlyMap<Sid, Readonly<Record<MetricName, Float32Array>>>;
}

/** One link in the chain of an event's causes. */
export interface CauseLink {
  /** -1 for an action. */
  readonly event: number;
  readonly at: Micros;
  readonly process: ProcessId;
  /** How it led to the next one in the chain. */
  readonly how: 'sent' | 'timer' | 'disk' | 'before' | 'action';
  readonly text: string;
}

/** Everything about one event. */
export interface EventAccount {
  readonly event: number;
  readonly at: Micros;
  readonly process: ProcessId;
  readonly text: string;
  /** What the process did: sent, logged, asked of its disk, changed. One line each. */
  readonly effects: readonly string[];
  /** Oldest first, up to 40, ending before this event. */
  readonly why: readonly CauseLink[];
}

/** Two moments side by side. */
export interface Comparison {
  readonly a: Frame;
  readonly b: Frame;
  /** The number of the first event that differs; null when one is the other's beginning. */
  readonly firstDifference: number | null;
}
