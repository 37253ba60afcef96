/**
 * The language of goals: what a lesson, a drill or an exercise asks for, as plain data. A goal is a
 * named predicate over the whole trace of a run, so that it can be written to a file, shown as a
 * line of a checklist, and judged again by anybody who has the run.
 */
import type { MarkName } from '../../core/coverage-marks.ts';
import type { WatchKind } from '../../core/client/client-io.ts';
import type { OwnerKind } from '../../core/data-tree/data-node.ts';
import type { ServerState } from '../../core/quorum/vote.ts';
import type { Action } from '../../sim/actions.ts';

/** Both included; absent = no bound. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** A server by its sid, who leads at that moment, or who led when the person's part began. */
export type ServerRef = number | 'leader' | 'firstLeader';

/** A running server's tree; `some` or `every` of the running ones. */
export type TreeRef = ServerRef | 'some' | 'every';

export const ZXID_FIELDS = ['czxid', 'mzxid', 'pzxid'] as const;
export type ZxidField = (typeof ZXID_FIELDS)[number];

/** Something that is so, or not, at a moment. */
export type Fact =
  /** A leader in BROADCAST has a quorum behind it, itself included. */
  | { readonly fact: 'serves'; readonly by?: ServerRef }
  /** Every one of these runs, and serves under one leader; absent = all of the configuration. */
  | { readonly fact: 'allServe'; readonly servers?: readonly number[] }
  | { readonly fact: 'role'; readonly server: number; readonly is: ServerState }
  /** Its process runs: neither down nor paused. */
  | { readonly fact: 'running'; readonly server: ServerRef }
  /** The znode is there, and is as said. */
  | {
      readonly fact: 'znode';
      readonly path: string;
      /** Absent: at the leader, or where nobody leads at some server. */
      readonly at?: TreeRef;
      readonly kind?: OwnerKind;
      /** All of its data. */
      readonly text?: string;
      readonly version?: Range;
      readonly children?: Range;
      /** As clients see it: how many children were ever created and deleted. */
      readonly cversion?: Range;
      readonly aversion?: Range;
      /** These of its Stat, each larger than the one before it. */
      readonly rising?: readonly ZxidField[];
      /** The name of the client whose session owns it. */
      readonly owner?: string;
    }
  /** A client's session with a server. `closed` is closed or expired: it never comes back. */
  | {
      readonly fact: 'client';
      readonly client: string;
      readonly is: 'connected' | 'disconnected' | 'closed';
      readonly server?: ServerRef;
      /** What client and server agreed upon, in ms. */
      readonly timeout?: Range;
    }
  /** The client has set this watch, and it has not fired. */
  | {
      readonly fact: 'watch';
      readonly client: string;
      readonly path: string;
      readonly kind?: WatchKind;
    }
  /** Watches of all running servers together. */
  | { readonly fact: 'watches'; readonly count: Range }
  /** Sessions that the leader knows. */
  | { readonly fact: 'sessions'; readonly count: Range }
  /** currentEpoch of the leader that serves. */
  | { readonly fact: 'epoch'; readonly is: Range }
  /** All running servers have the same tree, by its digest. */
  | { readonly fact: 'agree' }
  /** A record that names this path is in the log of this server, on its disk even if it is down. */
  | {
      readonly fact: 'logged';
      readonly server: ServerRef;
      readonly path: string;
      /** True: on the platter, and not only in the page cache. */
      readonly synced?: boolean;
    }
  | { readonly fact: 'snapshots'; readonly server: ServerRef; readonly count: Range }
  /** Nobody is down or paused, no link is cut or slowed, every disk is healthy, no packet is held. */
  | { readonly fact: 'noFaults' }
  /** The link is cut in this direction; of the other one nothing is said. Sids. */
  | { readonly fact: 'cut'; readonly from: number; readonly to: number }
  /** The voters of the configuration in force, in any order. */
  | { readonly fact: 'voters'; readonly are: readonly number[] }
  | { readonly fact: 'observers'; readonly are: readonly number[] }
  | { readonly fact: 'all' | 'any'; readonly of: readonly Fact[] }
  | { readonly fact: 'not'; readonly of: Fact };

export const WATCH_TYPES = [
  'NodeCreated',
  'NodeDeleted',
  'NodeDataChanged',
  'NodeChildrenChanged',
] as const;

interface PacketFields {
  readonly type: string;
  readonly from?: ServerRef;
  readonly to?: ServerRef;
}

/** Something that takes place in one turn of one process. Fields that are absent do not matter. */
export type Happening =
  /** A client gets the answer to its request. `err` is ZooKeeper's code, 0 = fine. */
  | {
      readonly happening: 'answer';
      readonly client?: string;
      /** As `Operation.op`: `create`, `getData`, `sync` … */
      readonly op?: string;
      readonly path?: string;
      readonly err?: number;
    }
  /** A watch fires at a client. */
  | {
      readonly happening: 'watch';
      readonly client?: string;
      readonly path?: string;
      readonly type?: (typeof WATCH_TYPES)[number];
    }
  /** A leader expires a session. */
  | { readonly happening: 'expires'; readonly client?: string }
  /** A client gets a session's connection, or loses it. */
  | {
      readonly happening: 'session';
      readonly client?: string;
      readonly is: 'connected' | 'disconnected' | 'closed';
      readonly server?: number;
    }
  /** A packet is sent, or arrives: `type` as `PacketView.type` says it. */
  | (PacketFields & { readonly happening: 'sent' })
  | (PacketFields & { readonly happening: 'arrives' })
  /** A leader has its quorum of ACKEPOCH: an epoch begins. */
  | { readonly happening: 'elected'; readonly server?: number }
  /** A learner is told how it will be brought up to date. */
  | {
      readonly happening: 'syncs';
      readonly server?: ServerRef;
      readonly how: 'DIFF' | 'TRUNC' | 'SNAP';
    }
  /** A server's process ends itself. */
  | { readonly happening: 'exits'; readonly server?: number }
  /** A console shows a line that contains this text; an error, if so wanted. */
  | {
      readonly happening: 'prints';
      readonly client?: string;
      readonly line?: 'error';
      readonly text: string;
    }
  /** A server logs a line that contains this text. */
  | { readonly happening: 'logs'; readonly server?: ServerRef; readonly text: string }
  /** A transaction that names this path is committed by a leader. */
  | { readonly happening: 'commits'; readonly path: string }
  | { readonly happening: 'snapshot'; readonly server?: ServerRef }
  /** A rare branch of the protocol is taken. */
  | { readonly happening: 'mark'; readonly name: MarkName; readonly server?: ServerRef }
  /** The person does this. */
  | {
      readonly happening: 'does';
      readonly action: Action['kind'];
      /** Whom it is done to. */
      readonly server?: ServerRef;
      readonly client?: string;
      /** Of a console's line: the line contains it. */
      readonly line?: string;
    };

/** What a goal waits for or forbids. */
export type What = Fact | Happening;

export const isFact = (what: What): what is Fact => 'fact' in what;

export type GoalTest =
  /** It came about, so many times (1), once the goal's turn had come. */
  | { readonly test: 'happens'; readonly what: Happening; readonly times?: number }
  /** It was so at some moment, for so long without a break (virtual microseconds; 0). */
  | { readonly test: 'reached'; readonly what: Fact; readonly lasting?: number }
  /** It is so now: the tick goes again when it is so no more. */
  | { readonly test: 'stands'; readonly what: Fact }
  /** It never came about, and was never so, from when the goal's turn came. */
  | { readonly test: 'never'; readonly what: What }
  /** The person did no more than so many things, of these kinds (all but looking). */
  | {
      readonly test: 'budget';
      readonly atMost: number;
      readonly kinds?: readonly Action['kind'][];
    }
  /** No property of the specification was broken. Every lesson asks for it, unless it says not. */
  | { readonly test: 'safe' }
  /** The property with this name was broken: for the hunt for bugs. Any, where none is named. */
  | { readonly test: 'broken'; readonly property?: string }
  /** The question was answered before the ensemble did, and as the ensemble did. */
  | { readonly test: 'predicted'; readonly question: string }
  /** The cause was named, and shown by so many pieces of evidence. */
  | { readonly test: 'diagnosed'; readonly evidence: number };

export interface Goal {
  readonly id: string;
  readonly test: GoalTest;
  /** Counts from when these are met; absent: from the beginning of the person's part. */
  readonly after?: readonly string[];
}
