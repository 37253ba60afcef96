/** The world as plain data: one `structuredClone` of it is half of a checkpoint. */
import type { MarkName } from '../core/coverage-marks.ts';
import type { ClientSettings } from '../core/client/client-io.ts';
import type { PortName } from '../core/quorum/peer-io.ts';
import type { ConnId, Micros, ProcessId, Sid } from '../core/units.ts';
import type { Action, CrashTail, DiskFaults, TimedAction, WorldConfig } from './actions.ts';
import type { Channel, InFlight } from './channel.ts';
import type { Checker } from './check/checker.ts';
import type { LogLine, ProcessStatus, TranscriptLine } from './frame.ts';
import type { Links } from './links.ts';
import type { Trace } from './trace.ts';
import type { TraceHash } from './trace-hash.ts';

/** The world's own id: the source of what a person does. */
export const WORLD_ID = 0 as ProcessId;

export interface Process {
  readonly id: ProcessId;
  readonly kind: 'world' | 'server' | 'client';
  /** How pages call it: `server 3`, or a client's letter. */
  readonly name: string;
  readonly console: boolean;
  status: ProcessStatus;
  /** It is down without power: it does not even refuse. */
  silent: boolean;
  since: Micros;
  reason: string | null;
  incarnation: number;
  /** It was paused until then: nothing happens to it earlier. */
  floor: Micros;
  /** When it next acts by itself, and the sequence number of that. */
  nextDue: Micros;
  nextSeq: number;
  /** Counts what it sends, over all its lives: its `seq` as a source. */
  sent: number;
  readonly inbox: Channel[];
  faults: DiskFaults;
  skew: Micros;
  readonly log: LogLine[];
  readonly transcript: TranscriptLine[];
}

/**
 * One end of a connection. The dialler's: `dialling`, `open`, `closed`. The acceptor's: `none`
 * until the dial arrives, `ringing` until it answers, `open`, `closed`.
 */
export type EndState = 'none' | 'dialling' | 'ringing' | 'open' | 'closed';

export interface Connection {
  readonly id: ConnId;
  readonly port: PortName;
  readonly dialler: Process;
  readonly acceptor: Process;
  diallerEnd: EndState;
  acceptorEnd: EndState;
  /** From the dialler to the acceptor, and back. */
  readonly there: Channel;
  readonly back: Channel;
}

/** A channel's sender gives up at `at`, unless its data moved since `since`. */
export interface PendingBreak {
  readonly at: Micros;
  readonly channel: Channel;
  readonly since: Micros;
}

export interface World {
  readonly config: WorldConfig;
  /** Everything before this moment has been handled. */
  now: Micros;
  /** Single steps have handled a part of what is due at `now`. */
  partial: boolean;
  /** Turns taken since the start. */
  events: number;
  /** Of what is sent now: the number of the turn; below 0 of what no turn sends: `causeOfAction`. */
  cause: number;
  /** What was lost with its connection since somebody looked; null where nobody looks. */
  lost: LostItem[] | null;
  /** By id. */
  readonly processes: Process[];
  readonly byId: Map<ProcessId, Process>;
  /** Stands in for whoever does not exist, and is the source of the world's own events. */
  readonly nobody: Process;
  readonly links: Links;
  readonly connections: Map<ConnId, Connection>;
  /** The world's own lines to processes: what a person orders, and connections that broke. */
  readonly lines: Map<ProcessId, Channel>;
  /** TCP timeouts to come, soonest first. */
  readonly breaks: PendingBreak[];
  readonly actions: TimedAction[];
  /** A packet was dropped or overtaken inside a living connection: see `isBeyondTcp`. */
  beyondTcp: boolean;
  readonly hash: TraceHash | null;
  readonly trace: Trace;
  readonly checker: Checker | null;
  /** How often each coverage mark was hit. */
  readonly marks: Map<MarkName, number>;
}

/** It was on its way, and never arrived. */
export interface LostItem {
  readonly item: InFlight;
  readonly to: ProcessId;
  readonly at: Micros;
}

/** What the action with this number sends has this cause; -1 is of nothing that is known. */
export function causeOfAction(index: number): number {
  return -2 - index;
}

/** What an action, or a process's own end, asks of whoever holds the hosts. */
export type HostOrder =
  /** Start a server on what its disk holds; its first event, `boot`, is due at `at`. */
  | {
      readonly kind: 'boot';
      readonly sid: Sid;
      readonly incarnation: number;
      readonly at: Micros;
    }
  /** End a server's process. What its disk then holds depends on `tail`. */
  | { readonly kind: 'kill'; readonly sid: Sid; readonly tail: CrashTail }
  | {
      readonly kind: 'addClient';
      readonly process: ProcessId;
      readonly settings: ClientSettings;
      /** Whose session it begins with; null: with none. */
      readonly adopts: ProcessId | null;
    }
  | { readonly kind: 'killClient'; readonly process: ProcessId }
  /** Of a server that is down. */
  | { readonly kind: 'wipe'; readonly sid: Sid }
  | {
      readonly kind: 'damage';
      readonly sid: Sid;
      readonly what: Extract<Action, { kind: 'damage' }>['what'];
    };
