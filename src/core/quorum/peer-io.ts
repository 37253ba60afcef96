/**
 * Everything that enters and leaves a server. The server itself reads no clock, draws nothing and
 * touches no disk: it is a function from events to effects, and whoever runs it supplies the rest.
 *
 * Effects are pushed to `out` in the order in which they take place. One that completes later
 * comes back as an event that names what completed.
 */
import type { MarkName } from '../coverage-marks.ts';
import type { ClientMessage } from '../jute/proto.ts';
import type { TxnRecord } from '../jute/txn.ts';
import type { DiskImage } from '../txn-log/disk-image.ts';
import type { Snapshot } from '../txn-log/snapshot.ts';
import type { Brand, ConnId, Micros, ProcessId, SessionId, Sid } from '../units.ts';
import type { Zxid } from '../zxid.ts';
import type { ElectionMessage, QuorumPacket } from './packet.ts';
import type { ServerState, SyncMode, ZabState } from './vote.ts';

/** 3888, 2888 and 2181 of a real ensemble. */
export type PortName = 'election' | 'quorum' | 'client';

/** Whatever travels on a connection. */
export type Message = ElectionMessage | QuorumPacket | ClientMessage;

/** Names one disk operation, so that its completion can be told from others. */
export type DiskOp = Brand<number, 'DiskOp'>;

export type ServerEvent =
  | { readonly kind: 'boot'; readonly image: DiskImage }
  /** Somebody dials one of our ports: answer with `accept` or `refuse`. */
  | {
      readonly kind: 'dialled';
      readonly conn: ConnId;
      readonly from: ProcessId;
      /** Of the dialling host, without a port: `10.0.0.1`. */
      readonly address: string;
      readonly port: PortName;
    }
  /** Our dial was accepted. */
  | { readonly kind: 'opened'; readonly conn: ConnId }
  /** Our dial was refused: nothing listens there, or the host is down. */
  | { readonly kind: 'refused'; readonly conn: ConnId }
  /** The other end closed, or the connection broke. Not sent for our own `close`. */
  | { readonly kind: 'closed'; readonly conn: ConnId }
  | { readonly kind: 'packet'; readonly conn: ConnId; readonly message: Message }
  | { readonly kind: 'timer'; readonly name: string }
  | { readonly kind: 'durable'; readonly op: DiskOp }
  | { readonly kind: 'diskFailed'; readonly op: DiskOp; readonly reason: string }
  /** An operator wants a snapshot of the tree as it is now. */
  | { readonly kind: 'takeSnapshot' }
  /** An operator replaces the database by what this snapshot holds. */
  | { readonly kind: 'restore'; readonly snapshot: Snapshot };

/** Effects that reach the network. A client process has these, timers and `print` only. */
export type NetworkEffect =
  | {
      readonly kind: 'connect';
      readonly conn: ConnId;
      readonly to: ProcessId;
      readonly port: PortName;
    }
  | { readonly kind: 'accept'; readonly conn: ConnId }
  | { readonly kind: 'refuse'; readonly conn: ConnId }
  | { readonly kind: 'send'; readonly conn: ConnId; readonly message: Message }
  | { readonly kind: 'close'; readonly conn: ConnId };

/**
 * Read no further from this connection, or read on: what has come in the meantime is kept by the
 * server, so a host that cannot stop a peer may pass this over.
 */
export interface RecvEffect {
  readonly kind: 'recv';
  readonly conn: ConnId;
  readonly enabled: boolean;
}

/** Timers have names, not handles: arming one again replaces it. */
export type TimerEffect =
  | { readonly kind: 'setTimer'; readonly name: string; readonly after: Micros }
  | { readonly kind: 'clearTimer'; readonly name: string };

/**
 * Operations run in the order in which they are given. Those with an `op` come back as `durable`
 * or `diskFailed`; `append` only reaches the page cache and is made durable by the next `syncLog`.
 */
export type DiskEffect =
  | { readonly kind: 'append'; readonly record: TxnRecord; readonly startsFile: boolean }
  | { readonly kind: 'syncLog'; readonly op: DiskOp }
  /** Cuts the log after `zxid` and removes the snapshots that are newer, unless a bug keeps them. */
  | {
      readonly kind: 'truncate';
      readonly op: DiskOp;
      readonly zxid: Zxid;
      readonly keepsSnapshots?: boolean;
    }
  /** With a bug the file is in the page cache only, and yet counts as written. */
  | {
      readonly kind: 'saveSnapshot';
      readonly op: DiskOp;
      readonly snapshot: Snapshot;
      readonly unsynced?: boolean;
    }
  | {
      readonly kind: 'writeEpoch';
      readonly op: DiskOp;
      readonly file: 'acceptedEpoch' | 'currentEpoch';
      readonly epoch: number;
    }
  /** The dynamic configuration as text: in force, or (`next`) seen and not in force. Null: remove. */
  | {
      readonly kind: 'writeConfig';
      readonly op: DiskOp;
      readonly file: 'dynamic' | 'next';
      readonly text: string | null;
    }
  /** Removes snapshots older than `snapshot`, and log records that no kept snapshot needs. */
  | { readonly kind: 'purge'; readonly snapshot: Zxid };

export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** A line as an operator would see it: `logger` is the class name in ZooKeeper. */
export interface LogEffect {
  readonly kind: 'log';
  readonly level: LogLevel;
  readonly logger: string;
  readonly message: string;
}

/**
 * What a step did, for whoever watches: the checkers, the pictures, the event log. A note changes
 * nothing. `id` identifies a transaction's content: same zxid and different id is a divergence.
 */
export type Note =
  | {
      readonly note: 'state';
      readonly state: ServerState;
      readonly zabState: ZabState;
      readonly syncMode: SyncMode;
      /** acceptedEpoch, in memory. */
      readonly epoch: number;
      readonly leader: Sid | null;
    }
  /** After boot, TRUNC or SNAP: what the database now rests on. `history` of the log follows it. */
  | {
      readonly note: 'recovered';
      readonly cause: 'boot' | 'TRUNC' | 'SNAP';
      /** The snapshot's zxid; the log's transactions after it are in `history`. */
      readonly base: Zxid;
      readonly history: readonly (readonly [Zxid, number])[];
      readonly acceptedEpoch: number;
      readonly currentEpoch: number;
      readonly lastProcessed: Zxid;
      readonly digest: string;
    }
  /** A leader has its quorum of ACKEPOCH and has persisted currentEpoch. */
  | { readonly note: 'established'; readonly epoch: number }
  /** An epoch file is durable. */
  | {
      readonly note: 'epoch';
      readonly file: 'acceptedEpoch' | 'currentEpoch';
      readonly epoch: number;
    }
  /** A record entered the log (the page cache); it is shown where no leader has shown it before. */
  | {
      readonly note: 'logged';
      readonly zxid: Zxid;
      readonly id: number;
      readonly record?: TxnRecord;
    }
  /** Everything logged up to `zxid` is durable. */
  | { readonly note: 'synced'; readonly zxid: Zxid }
  /** The leader broadcast it. */
  | {
      readonly note: 'proposed';
      readonly zxid: Zxid;
      readonly id: number;
      readonly record?: TxnRecord;
    }
  /** The leader has a quorum of acks; `acks` says whose. */
  | { readonly note: 'committed'; readonly zxid: Zxid; readonly acks: readonly Sid[] }
  /** A transaction reached the tree. `digest` is the tree's after it, in hexadecimal. */
  | {
      readonly note: 'applied';
      readonly zxid: Zxid;
      readonly id: number;
      readonly digestHigh: number;
      readonly digestLow: number;
    }
  /** A learner's tree has what its leader sent, and it acknowledges NEWLEADER. */
  | { readonly note: 'synchronized'; readonly epoch: number; readonly zxid: Zxid }
  | { readonly note: 'sessionExpired'; readonly sessionId: SessionId }
  /** A configuration is in force here, with its text; only where it can change at all. */
  | { readonly note: 'config'; readonly version: Zxid; readonly text: string }
  /** A rare branch of the protocol was taken, one of `coverage-marks.ts`. */
  | { readonly note: 'mark'; readonly name: MarkName }
  /** An "impossible" branch was taken: part B of the invariants, by name. */
  | { readonly note: 'violation'; readonly property: string; readonly fact: string };

export interface NoteEffect {
  readonly kind: 'note';
  readonly note: Note;
}

/** The process ends itself, as ZooKeeper does with these codes (1, 10, 12, 13 …). */
export interface ExitEffect {
  readonly kind: 'exit';
  readonly code: number;
  readonly reason: string;
}

export type ServerEffect =
  NetworkEffect | RecvEffect | TimerEffect | DiskEffect | LogEffect | NoteEffect | ExitEffect;

/** Where a step writes its effects, in the order in which they take place. */
export type Effects = ServerEffect[];
