/**
 * Frames: immutable pictures of the whole world at one moment, for the page to draw. Complete: a
 * view never needs the one before.
 */
import type { ClientStatus, LineKind } from '../core/client/client-io.ts';
import type { LearnerType } from '../core/config.ts';
import type { LogLevel, PortName } from '../core/quorum/peer-io.ts';
import type { ConnId, Micros, ProcessId, Sid } from '../core/units.ts';
import type { ServerView, TreeView } from '../core/view.ts';
import type { Zxid } from '../core/zxid.ts';
import type { DiskFaults, LatencyRange, WorldConfig } from './actions.ts';

/** What a server's log holds of one zxid. */
export interface LogCellView {
  readonly zxid: Zxid;
  /** Its type (`create`, `setData` …) and path, where it has one. */
  readonly what: string;
  /** False: only in the page cache, and lost if the machine crashes now. */
  readonly synced: boolean;
  readonly committed: boolean;
}

export interface DiskView {
  readonly faults: DiskFaults;
  readonly records: number;
  readonly unsynced: number;
  readonly firstZxid: Zxid | null;
  readonly lastZxid: Zxid | null;
  readonly snapshots: readonly { readonly zxid: Zxid; readonly znodes: number }[];
  readonly acceptedEpoch: number | null;
  readonly currentEpoch: number | null;
  /** Under way: `fsync`, `snapshot`, `currentEpoch` …; null when idle. */
  readonly busyWith: string | null;
}

export type ProcessStatus = 'running' | 'paused' | 'down' | 'starting';

export interface MemberView {
  readonly sid: Sid;
  readonly type: LearnerType;
  readonly status: ProcessStatus;
  /** Since when the status holds. */
  readonly since: Micros;
  /** Why it is down: `crashed`, or the message with which it ended itself. */
  readonly reason: string | null;
  /** Null while down; the last one known while paused. */
  readonly server: ServerView | null;
  /** The disk is there even when the server is not. */
  readonly disk: DiskView;
  /** The end of its log, oldest first: at most LOG_CELLS_MAX. */
  readonly log: readonly LogCellView[];
  readonly skew: Micros;
}

/** How many cells of a log a frame carries. */
export const LOG_CELLS_MAX = 64;

export interface ClientView extends ClientStatus {
  readonly process: ProcessId;
  /** A, B, C …: the letter of its session's mark. */
  readonly name: string;
  readonly status: ProcessStatus;
  readonly console: boolean;
}

export type PacketFamily = 'election' | 'sync' | 'broadcast' | 'session' | 'client';

export interface PacketView {
  readonly conn: ConnId;
  /** Its number on that connection and direction. */
  readonly index: number;
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly port: PortName;
  readonly family: PacketFamily;
  /** `PROPOSAL`, `NOTIFICATION`, `getData` … */
  readonly type: string;
  /** Two letters for the glyph. */
  readonly code: string;
  readonly reply: boolean;
  readonly zxid: Zxid | null;
  /** For the hue; null where it belongs to no epoch. */
  readonly epoch: number | null;
  readonly sentAt: Micros;
  /** Infinity while held, or stuck at a cut. */
  readonly arrivesAt: Micros;
  readonly held: boolean;
  /** One line: what it says. */
  readonly summary: string;
}

export interface LinkView {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly cut: boolean;
  /** Null = as configured. */
  readonly latency: LatencyRange | null;
}

/** One row of the event log and of the trace. */
export interface TraceRow {
  /** Counts up over the run. */
  readonly index: number;
  readonly at: Micros;
  readonly process: ProcessId;
  readonly kind: 'packet' | 'timer' | 'disk' | 'state' | 'action' | 'log' | 'client' | 'violation';
  readonly text: string;
  /** A role or phase change, a fault, a violation: what "next interesting" stops at. */
  readonly interesting: boolean;
}

export interface LogLine {
  readonly at: Micros;
  readonly level: LogLevel;
  readonly logger: string;
  readonly message: string;
}

export interface TranscriptLine {
  readonly at: Micros;
  readonly kind: LineKind;
  readonly text: string;
}

export interface PropertyView {
  /** As the specification names it: `PrefixConsistency`, `C.4`. */
  readonly name: string;
  readonly title: string;
  readonly holds: boolean;
  /** The two facts that contradict each other; null while it holds. */
  readonly why: string | null;
  readonly violatedAt: Micros | null;
  /** The last moment at which it was known to hold: now, while it holds. */
  readonly lastTrueAt: Micros;
  /** The index of the row of the trace that tells of the violation. */
  readonly event: number | null;
}

export interface Frame {
  readonly now: Micros;
  readonly running: boolean;
  /** Virtual seconds per second of the wall; Infinity = as fast as possible. */
  readonly speed: number;
  readonly world: WorldConfig;
  /** Events handled since the start. */
  readonly events: number;
  /** Actions that took place since the start. */
  readonly actions: number;
  readonly traceHash: string;
  readonly members: readonly MemberView[];
  readonly clients: readonly ClientView[];
  readonly packets: readonly PacketView[];
  /** Only links that differ from the configured. */
  readonly links: readonly LinkView[];
  /** The latest 200 rows, oldest first, and before them up to 100 older ones that are interesting. */
  readonly trace: readonly TraceRow[];
  /** Of the server in focus, oldest first: at most 200. */
  readonly logLines: readonly LogLine[];
  /** Of every client with a console, by process: at most 500 lines each. */
  readonly transcripts: ReadonlyMap<ProcessId, readonly TranscriptLine[]>;
  readonly properties: readonly PropertyView[];
  /** The tree of the server in focus; null when none, or when it is down. */
  readonly tree: TreeView | null;
  /** A bug of ours stopped the world: seed, moment and message are for a report. */
  readonly failure: string | null;
  /** How many actions of the record that is replayed took place; null when none is replayed. */
  readonly replayed?: number | null;
  /** How wild the monkey is that plays, 1..10; null when none does. */
  readonly monkey?: number | null;
  /** Something took place that ZooKeeper's links never do: what breaks now is no bug of it. */
  readonly beyondTcp?: boolean;
}
