/**
 * What the checkers remember. It is called "ghosts" because no server has it: it is gathered from
 * the notes and packets of all servers, and outlives their crashes. Plain data throughout.
 *
 * Source: the history variables of zookeeper-specifications/protocol-spec/Zab.tla.
 */
import type { EnsembleConfig } from '../../core/config.ts';
import { initialVerifier } from '../../core/quorum/config-text.ts';
import { isVoter, type QuorumVerifier } from '../../core/quorum/quorum-verifier.ts';
import type { ServerState, ZabState } from '../../core/quorum/vote.ts';
import type { Micros, Sid } from '../../core/units.ts';
import { createClientHistory, type ClientHistory } from './client/history.ts';
import { createDescriptions, type Descriptions } from './describe.ts';
import { createSequence, type Sequence } from './sequence.ts';
import { KEY_NOTHING, type ZxidKey } from './zxid-key.ts';

/** An invariant: its name in the specification, and in plain words. */
export interface Property {
  readonly name: string;
  readonly title: string;
}

export interface Violation {
  readonly why: string;
  readonly at: Micros;
  /** The turn before, which broke nothing. */
  readonly lastTrueAt: Micros;
  /** The row of the trace that tells of it; null where there is none. */
  event: number | null;
}

/**
 * How a learner keeps what it is sent before NEWLEADER: in its log after DIFF; after TRUNC and
 * SNAP only in its tree, which it saves as a snapshot at NEWLEADER.
 */
export type SyncKeeping = 'none' | 'log' | 'snapshot';

export interface MemberGhost {
  readonly sid: Sid;
  /** In the configuration that it goes by itself. */
  voter: boolean;
  config: QuorumVerifier;

  /** Null while the process is down. */
  state: ServerState | null;
  zabState: ZabState;
  /** acceptedEpoch in memory: the epoch that a leader leads. */
  epoch: number;
  leader: Sid | null;
  /** A leader that has its quorum of ACKEPOCH. */
  established: boolean;
  /** The vote for itself with which it entered its election; null while the process is down. */
  ownVote: {
    readonly round: number;
    readonly peerEpoch: number;
    readonly zxid: ZxidKey;
  } | null;

  /** Has shown its initial history in this run. */
  known: boolean;
  /** Its history: what its snapshot holds, of which only the zxid is known … */
  base: ZxidKey;
  /** … then the committed log up to this position … */
  matched: number;
  /** … then these, which are not committed yet, or not what was committed. */
  readonly tail: Sequence;
  /** The zxid of the last transaction of its history. */
  lastZxid: ZxidKey;
  lastLogged: ZxidKey;
  lastSynced: ZxidKey;

  /** The last transaction that its tree processed, NaN where the content is not known. */
  lastApplied: ZxidKey;
  lastAppliedId: number;
  /** Where its tree stands, as far as it was told: KEY_NOTHING while the process is down. */
  treeZxid: ZxidKey;
  /** The tree's digest; two halves of 32 bits. */
  digestHigh: number;
  digestLow: number;
  /** The largest zxid ever applied: a snapshot may hold changes up to here. */
  appliedMax: ZxidKey;
  /** The tree may hold changes of later transactions until it has processed this one. */
  fuzzyUntil: number;
  /** It started on a snapshot that is ahead of its log, and has not caught up with it. */
  unsettled: boolean;

  /** What it has committed in this life equals the committed log up to this position … */
  committed: number;
  /** … and this is the last of it. KEY_NOTHING until it has entered BROADCAST. */
  committedTo: ZxidKey;
  /** It committed something else after that, namely these. */
  deviates: boolean;
  readonly branch: Sequence;
  /** The largest `committed` of all its lives. */
  delivered: number;

  /** The largest zxid that its leader told it to commit. */
  toldToCommit: ZxidKey;
  keeping: SyncKeeping;
  /** What it must have made durable before it acknowledges NEWLEADER. */
  syncTarget: ZxidKey;
  /** Where its leader told it to cut its log. */
  truncateTo: ZxidKey;

  /** What it has said is durable: a start recovers no less … */
  durableTo: ZxidKey;
  /** … unless somebody emptied or damaged its disk, or the disk has lied since the last start. */
  ruined: boolean;
  lying: boolean;
  /** On disk. */
  acceptedEpoch: number;
  /** The acceptedEpoch with which it began to lead. */
  acceptedBefore: number;
  /** By leader: the acceptedEpoch that it first told it in that leader's present term. */
  readonly announced: Map<Sid, number>;
  currentEpoch: number;
  /** The epoch that a leader proposed to it last. */
  offeredEpoch: number;
  /** The last epoch for which its ACKEPOCH counted, and for which leader. */
  countedEpoch: number;
  countedLeader: Sid | null;
}

/** A stretch of the committed log that nobody could show: it lay in a snapshot. */
export interface Gap {
  /** The position before which it lies. */
  readonly at: number;
  readonly upTo: ZxidKey;
}

/** Digests of trees by the last zxid they processed: the latest DIGESTS, one slot for each. */
export interface DigestTable {
  readonly zxids: Float64Array;
  readonly ids: Float64Array;
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  readonly by: Uint8Array;
}

export const DIGESTS = 1 << 14;

/** Fingerprints of databases in the same way: ACLs, children, sessions and ephemerals of each. */
export interface PrintTable {
  readonly zxids: Float64Array;
  readonly ids: Float64Array;
  readonly parts: Uint32Array;
  readonly by: Uint8Array;
}

export const PRINTS = 1 << 12;

export interface Ghosts {
  /** The latest configuration that was in force anywhere. */
  config: QuorumVerifier;
  readonly members: Map<Sid, MemberGhost>;
  /** The time of the turn being checked, and of the one before. */
  now: Micros;
  before: Micros;

  /**
   * The committed log: what was committed first at each place, by whom. A member that commits
   * anything else at that place, then or later, contradicts it. At most COMMITTED_MAX entries are
   * kept; what is older is trusted.
   */
  readonly committedLog: Sequence;
  readonly gaps: Gap[];
  /** The first position where a member left the committed log; Infinity while all are on it. */
  partedAt: number;
  /** The committed log is complete up to this zxid, gaps aside. */
  coveredTo: ZxidKey;
  /** Transactions that were proposed and are not committed yet, by zxid. */
  readonly proposals: Map<ZxidKey, number>;
  /** Those proposed under a zxid that was in use, by `rivalName`. */
  readonly rivalProposals: Set<string>;
  /** By epoch: the first zxid proposed. */
  readonly firstProposed: Map<number, ZxidKey>;
  /** By epoch: who was established as its leader. */
  readonly epochLeader: Map<number, Sid>;
  /** The largest epoch whose leader has entered BROADCAST. */
  newestEpoch: number;
  /** By leader and zxid of a TRUNC or SNAP: how far the committed log went when it was sent. */
  readonly cutsSent: Map<string, number>;
  readonly digests: DigestTable;
  readonly prints: PrintTable;
  readonly descriptions: Descriptions;
  /** What clients asked and were told. */
  readonly clients: ClientHistory;
  /** By property; a property is reported once. */
  readonly violations: Map<string, Violation>;
}

export const COMMITTED_MAX = 1 << 18;

/** Whoever waits to join is in nobody's view but its own. */
const NOBODY = -1 as Sid;

export function createGhosts(config: EnsembleConfig): Ghosts {
  const verifier = initialVerifier(config, NOBODY);
  return {
    config: verifier,
    members: new Map(config.servers.map(({ sid }) => [sid, createMemberGhost(sid, verifier)])),
    now: 0 as Micros,
    before: 0 as Micros,
    committedLog: createSequence(),
    gaps: [],
    partedAt: Infinity,
    coveredTo: 0 as ZxidKey,
    proposals: new Map(),
    rivalProposals: new Set(),
    firstProposed: new Map(),
    epochLeader: new Map(),
    newestEpoch: -1,
    cutsSent: new Map(),
    digests: {
      zxids: new Float64Array(DIGESTS).fill(KEY_NOTHING),
      ids: new Float64Array(DIGESTS),
      high: new Uint32Array(DIGESTS),
      low: new Uint32Array(DIGESTS),
      by: new Uint8Array(DIGESTS),
    },
    prints: {
      zxids: new Float64Array(PRINTS).fill(KEY_NOTHING),
      ids: new Float64Array(PRINTS),
      parts: new Uint32Array(4 * PRINTS),
      by: new Uint8Array(PRINTS),
    },
    descriptions: createDescriptions(),
    clients: createClientHistory(config),
    violations: new Map(),
  };
}

function createMemberGhost(sid: Sid, config: QuorumVerifier): MemberGhost {
  return {
    sid,
    voter: isVoter(config, sid),
    config,
    state: null,
    zabState: 'election',
    epoch: 0,
    leader: null,
    ownVote: null,
    established: false,
    known: false,
    base: KEY_NOTHING,
    matched: 0,
    tail: createSequence(),
    lastZxid: KEY_NOTHING,
    lastLogged: KEY_NOTHING,
    lastSynced: KEY_NOTHING,
    lastApplied: KEY_NOTHING,
    lastAppliedId: NaN,
    treeZxid: KEY_NOTHING,
    digestHigh: 0,
    digestLow: 0,
    appliedMax: KEY_NOTHING,
    fuzzyUntil: KEY_NOTHING,
    unsettled: false,
    committed: 0,
    committedTo: KEY_NOTHING,
    deviates: false,
    branch: createSequence(),
    delivered: 0,
    toldToCommit: KEY_NOTHING,
    keeping: 'none',
    syncTarget: KEY_NOTHING,
    truncateTo: KEY_NOTHING,
    durableTo: KEY_NOTHING,
    ruined: false,
    lying: false,
    acceptedEpoch: 0,
    acceptedBefore: 0,
    announced: new Map(),
    currentEpoch: 0,
    offeredEpoch: 0,
    countedEpoch: -1,
    countedLeader: null,
  };
}

/** Another turn is looked at. */
export function moveTo(ghosts: Ghosts, at: Micros): void {
  ghosts.before = ghosts.now;
  ghosts.now = at;
}

export function rivalName(zxid: ZxidKey, id: number): string {
  return `${String(zxid)}/${String(id)}`;
}

export function isBroken(ghosts: Ghosts, property: Property): boolean {
  return ghosts.violations.has(property.name);
}

/** Keeps the first violation of each property: what follows from it is no news. */
export function report(ghosts: Ghosts, property: Property, why: string): void {
  if (isBroken(ghosts, property)) return;
  const { now, before } = ghosts;
  ghosts.violations.set(property.name, { why, at: now, lastTrueAt: before, event: null });
}

/** Forgets what only the process had in memory. */
export function forgetVolatile(m: MemberGhost): void {
  m.state = null;
  m.treeZxid = KEY_NOTHING;
  m.zabState = 'election';
  m.leader = null;
  m.established = false;
  m.ownVote = null;
  forgetSync(m);
}

/** Forgets what belonged to the connection with a leader. */
export function forgetSync(m: MemberGhost): void {
  m.toldToCommit = KEY_NOTHING;
  m.keeping = 'none';
  m.syncTarget = KEY_NOTHING;
  m.truncateTo = KEY_NOTHING;
}

/** The leader that a learner follows, as long as it leads that epoch. */
export function leaderOf(ghosts: Ghosts, m: MemberGhost): MemberGhost | null {
  const leader = m.leader === null ? undefined : ghosts.members.get(m.leader);
  if (leader === undefined || leader === m || leader.state !== 'LEADING') return null;
  return leader.epoch === m.epoch ? leader : null;
}
