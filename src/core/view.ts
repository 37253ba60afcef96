/**
 * Pictures of a server, for whoever shows or checks it from outside. The functions that make them
 * are in `server-view.ts`; a picture shares nothing with the server's state.
 */
import type { LearnerType } from './config.ts';
import type { ServerState, SyncMode, Vote, ZabState } from './quorum/vote.ts';
import type { ConnId, Micros, Millis, SessionId, Sid } from './units.ts';
import type { Zxid } from './zxid.ts';

/** A timer that a picture can show as a ring: from `since` to `until`. */
export interface TimerView {
  readonly name: 'notification' | 'finalizeWait' | 'initLimit' | 'syncLimit' | 'tick' | 'other';
  readonly since: Micros;
  readonly until: Micros;
}

/** What a leader has sent a learner to bring it up to date. */
export interface LearnerSync {
  /** The learner's last zxid when it came. */
  readonly from: Zxid;
  /** What the DIFF, TRUNC or SNAP says. */
  readonly zxid: Zxid;
  /** The last of the transactions that were sent with it. */
  readonly upTo: Zxid;
}

export interface LearnerView {
  readonly sid: Sid;
  readonly type: LearnerType;
  /** LearnerHandler's stage: `discovery`, `synchronization`, `broadcast`. */
  readonly zabState: ZabState;
  readonly syncMode: SyncMode;
  /** From when the leader has decided how to bring it up to date. */
  readonly sync: LearnerSync | null;
  readonly lastAcked: Zxid;
}

export interface ProposalView {
  readonly zxid: Zxid;
  readonly acks: readonly Sid[];
}

export interface ServerSessionView {
  readonly sessionId: SessionId;
  readonly timeOut: Millis;
  /** On the leader: when its bucket expires. Null elsewhere. */
  readonly expiresAt: Micros | null;
  readonly ephemerals: number;
}

/** A request that waits in a processor. */
export interface WaitingView {
  readonly sessionId: SessionId;
  readonly cxid: number;
  /** `setData /app`: the request's type, and its path where it has one. */
  readonly what: string;
  /** Null where it has not become a transaction, or never does. */
  readonly zxid: Zxid | null;
}

/** A request processor, with what waits in it. */
export interface ProcessorView {
  /** ZooKeeper's name of the class. */
  readonly name: string;
  /** On the way to an answer, or on the way to the disk beside it. */
  readonly way: 'requests' | 'log';
  readonly length: number;
  /** The oldest of them: at most 20. */
  readonly waiting: readonly WaitingView[];
}

/** What a running server shows of itself. */
export interface ServerView {
  readonly state: ServerState;
  readonly zabState: ZabState;
  readonly syncMode: SyncMode;
  readonly acceptedEpoch: number;
  readonly currentEpoch: number;
  /** The epoch a picture is to be coloured by: the one served, or the last known. */
  readonly epoch: number;
  readonly leader: Sid | null;
  readonly logicalclock: number;
  readonly proposedVote: Vote | null;
  /** While LOOKING: the latest vote of each peer in this round. */
  readonly votes: readonly {
    readonly sid: Sid;
    readonly vote: Vote;
    readonly state: ServerState;
  }[];
  readonly lastProcessed: Zxid;
  readonly lastLogged: Zxid;
  readonly lastCommitted: Zxid;
  readonly committedLog: { readonly min: Zxid; readonly max: Zxid; readonly size: number };
  /** Serving clients. */
  readonly serving: boolean;
  readonly learners: readonly LearnerView[];
  readonly outstanding: readonly ProposalView[];
  /** Each way in the order in which a request passes; empty while it has no role. */
  readonly processors: readonly ProcessorView[];
  readonly sessions: readonly ServerSessionView[];
  /** Clients attached here. */
  readonly connections: readonly { readonly conn: ConnId; readonly sessionId: SessionId }[];
  readonly watches: number;
  readonly znodes: number;
  readonly digest: string;
  readonly timers: readonly TimerView[];
  /** Changes whenever the tree or its watches did: a picture of the tree is fetched again then. */
  readonly treeVersion: number;
}

/** A znode as the tree shows it. */
export interface TreeNodeView {
  readonly path: string;
  readonly name: string;
  readonly kind: 'persistent' | 'ephemeral' | 'container' | 'ttl';
  /** Text where it is valid UTF-8, else null; cut at 4 KiB. */
  readonly text: string | null;
  readonly dataLength: number;
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
  readonly ctime: Millis;
  readonly mtime: Millis;
  readonly version: number;
  readonly cversion: number;
  readonly aversion: number;
  readonly ephemeralOwner: SessionId;
  readonly numChildren: number;
  /** Sessions with a watch on it, at this server. */
  readonly watchers: readonly SessionId[];
}

export interface TreeView {
  readonly sid: Sid;
  readonly treeVersion: number;
  readonly lastProcessed: Zxid;
  /** In pre-order, children sorted by name; at most 10,000. */
  readonly nodes: readonly TreeNodeView[];
}
