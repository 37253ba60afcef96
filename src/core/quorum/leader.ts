/**
 * Leader: from the won election until it gives up.
 *
 *   waitingForEpoch ─▶ writingAcceptedEpoch ─▶ waitingForEpochAck ─▶ writingCurrentEpoch
 *   a quorum of                                 a quorum of                │
 *   FOLLOWERINFO                                ACKEPOCH                   ▼
 *                                        broadcast ◀── waitingForNewLeaderAck
 *                                                      a quorum of ACK of NEWLEADER
 *
 * Each wait for a quorum lasts initLimit at most. In broadcast it pings every half tick, and once
 * a tick counts who is still heard of: without a quorum it gives up.
 *
 * Source: quorum.Leader (3.9).
 */
import type { MarkName } from '../coverage-marks.ts';
import { takeSnapshotNow } from '../processor/sync-request-processor.ts';
import { clearTimer, configOf, isMutant, log, mark, note } from '../server-context.ts';
import { noteState, send, setTimer, sidOf, type Server } from '../server-context.ts';
import { warnOfOrphanSessions, startLeaderServer } from '../zookeeper-server.ts';
import type { ConnId, Sid } from '../units.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { epochOf, formatZxid, makeZxid, ZXID_ZERO, type Zxid } from '../zxid.ts';
import { withVersion } from './config-text.ts';
import { designatedLeader } from './designated-leader.ts';
import { goodbye, isSynced, onEpochProposed, onElectionFinished } from './learner-handler.ts';
import { onLeaderServing, pingLearner, trackProposal } from './learner-handler.ts';
import type { LearnerHandler } from './learner-handler.ts';
import type { QuorumPacket } from './packet.ts';
import { leaveRole, updateElectionVote, writeEpoch } from './quorum-peer.ts';
import { containsQuorum, hasAllQuorums, isVoter, isVoterOfAny } from './quorum-verifier.ts';
import type { QuorumVerifier } from './quorum-verifier.ts';
import { processReconfig, setLastSeen, verifiersOf } from './reconfig.ts';

export { applied, processAck, processSync, propose } from './leader-proposals.ts';

const LOGGER = 'Leader';

export type LeaderPhase =
  | 'waitingForEpoch'
  | 'writingAcceptedEpoch'
  | 'waitingForEpochAck'
  | 'writingCurrentEpoch'
  | 'waitingForNewLeaderAck'
  | 'broadcast';

export interface Proposal {
  readonly record: TxnRecord;
  /** A quorum of each must acknowledge it: two, while a reconfiguration is under way. */
  readonly verifiers: readonly QuorumVerifier[];
  /** In the order of their acks; voters only. */
  readonly acks: Set<Sid>;
}

/** StateSummary: what a peer brings to the election of a new epoch. */
export interface StateSummary {
  readonly currentEpoch: number;
  readonly lastZxid: Zxid;
}

export interface Leader {
  phase: LeaderPhase;
  /** The epoch to be led; -1 before anybody was heard. */
  epoch: number;
  readonly summary: StateSummary;
  readonly connectingFollowers: Set<Sid>;
  readonly electingFollowers: Set<Sid>;
  electionFinished: boolean;
  /** Who has acknowledged NEWLEADER, and whose quorums it needs. */
  readonly newLeaderAcks: Set<Sid>;
  newLeaderVerifiers: readonly QuorumVerifier[];
  /** False once a reconfiguration has named another leader. */
  allowedToCommit: boolean;
  lastProposed: Zxid;
  lastCommitted: Zxid;
  /** By zxid, in the order of proposing. */
  readonly outstanding: Map<Zxid, Proposal>;
  /** Committed, and not yet applied. */
  readonly toBeApplied: Proposal[];
  /** Every learner that is connected. */
  readonly handlers: Map<ConnId, LearnerHandler>;
  /** The learners whose sync waits for the commit of a zxid. */
  readonly pendingSyncs: Map<Zxid, ConnId[]>;
  /** Bytes of transactions proposed; -1 before the first. */
  readonly proposalSizes: { last: number; min: number; max: number };
  /** Ticks since the start of the role. */
  tick: number;
  tickSkip: boolean;
  /** A quorum was lost while the disk was busy: leave when it is done. */
  leaveReason: string | null;
}

/** Leader.lead, up to its first wait. */
export function lead(server: Server): void {
  warnOfOrphanSessions(server);
  server.asksForSnapshot = false;
  takeSnapshotNow(server);
  const leader: Leader = {
    phase: 'waitingForEpoch',
    epoch: -1,
    summary: {
      currentEpoch: server.currentEpoch,
      lastZxid: server.db.tree.lastProcessedZxid,
    },
    connectingFollowers: new Set(),
    electingFollowers: new Set(),
    electionFinished: false,
    newLeaderAcks: new Set(),
    newLeaderVerifiers: [server.quorumVerifier],
    allowedToCommit: true,
    lastProposed: ZXID_ZERO,
    lastCommitted: ZXID_ZERO,
    outstanding: new Map(),
    toBeApplied: [],
    handlers: new Map(),
    pendingSyncs: new Map(),
    proposalSizes: { last: -1, min: -1, max: -1 },
    tick: 0,
    tickSkip: true,
    leaveReason: null,
  };
  server.role = { name: 'leading', leader };
  waitForQuorum(server);
  proposeEpoch(server, leader, sidOf(server), server.acceptedEpoch);
}

/** Every wait for a quorum before broadcast has the same deadline. */
function waitForQuorum(server: Server): void {
  const { tickTime, initLimit } = configOf(server);
  setTimer(server, 'leaderInit', tickTime * initLimit);
}

/**
 * Leader.getEpochToPropose: the highest epoch that anybody of a quorum has accepted, plus one. It
 * is frozen when a quorum with the leader in it has been heard.
 */
export function proposeEpoch(server: Server, leader: Leader, sid: Sid, accepted: number): void {
  if (leader.phase !== 'waitingForEpoch') return;
  if (isMutant(server, 'epoch-from-last-zxid')) {
    leader.epoch = epochOf(leader.summary.lastZxid) + 1;
  } else if (accepted >= leader.epoch) leader.epoch = accepted + 1;
  if (accepted > server.acceptedEpoch) mark(server, 'leader.epoch-above-own');
  const { quorumVerifier } = server;
  if (isVoter(quorumVerifier, sid)) leader.connectingFollowers.add(sid);
  const heard = leader.connectingFollowers;
  if (!heard.has(sidOf(server)) || !containsQuorum(quorumVerifier, heard)) return;
  leader.phase = 'writingAcceptedEpoch';
  // ZOOKEEPER-335: epochs that were accepted did not count, and there was no such file.
  const isOld = leader.epoch <= server.acceptedEpoch;
  if (isOld && isMutant(server, 'epoch-from-last-zxid')) onAcceptedEpoch(server, leader);
  else if (isMutant(server, 'leader-accepts-late')) {
    // ZOOKEEPER-1291: the leader wrote its own promise down while others heard of the epoch.
    writeEpoch(server, 'acceptedEpoch', leader.epoch, 'nothing');
    onAcceptedEpoch(server, leader);
  } else writeEpoch(server, 'acceptedEpoch', leader.epoch, 'leader');
}

/** acceptedEpoch is durable: everybody may hear of the new epoch. */
function onAcceptedEpoch(server: Server, leader: Leader): void {
  leader.phase = 'waitingForEpochAck';
  leader.lastProposed = makeZxid(leader.epoch, 0);
  giveVersion(server, leader.lastProposed);
  leader.newLeaderVerifiers = verifiersOf(server);
  noteState(server);
  waitForQuorum(server);
  for (const handler of [...leader.handlers.values()]) onEpochProposed(server, leader, handler);
  ackEpoch(server, leader, sidOf(server), leader.summary);
}

/**
 * What only stands in zoo.cfg gets the version of the epoch that its quorum agrees to, so that it
 * goes before any other initial configuration.
 */
function giveVersion(server: Server, version: Zxid): void {
  const { quorumVerifier, lastSeenQuorumVerifier } = server;
  if (quorumVerifier.version !== ZXID_ZERO) return;
  if (lastSeenQuorumVerifier.version !== ZXID_ZERO) return;
  setLastSeen(server, withVersion(quorumVerifier, version));
}

/**
 * Leader.waitForEpochAck. @returns false where the learner is ahead of the leader, and its
 * connection is to end.
 */
export function ackEpoch(server: Server, leader: Leader, sid: Sid, summary: StateSummary): boolean {
  if (leader.electionFinished) {
    mark(server, 'leader.late-ack-epoch');
    return true;
  }
  if (summary.currentEpoch === -1) mark(server, 'leader.ack-epoch-not-counted');
  else {
    if (isAhead(summary, leader.summary)) return false;
    if (isVoter(server.quorumVerifier, sid)) leader.electingFollowers.add(sid);
  }
  const acked = leader.electingFollowers;
  if (!acked.has(sidOf(server)) || !containsQuorum(server.quorumVerifier, acked)) return true;
  leader.electionFinished = true;
  leader.phase = 'writingCurrentEpoch';
  clearTimer(server, 'leaderInit');
  writeEpoch(server, 'currentEpoch', leader.epoch, 'leader');
  for (const handler of [...leader.handlers.values()]) {
    onElectionFinished(server, leader, handler);
  }
  return true;
}

function isAhead(a: StateSummary, b: StateSummary): boolean {
  if (a.currentEpoch !== b.currentEpoch) return a.currentEpoch > b.currentEpoch;
  return a.lastZxid > b.lastZxid;
}

/** An epoch file of the leader is durable. */
export function onLeaderDisk(server: Server, leader: Leader): void {
  if (leader.leaveReason !== null) {
    mark(server, 'leader.gives-up-behind-write');
    leaveRole(server, leader.leaveReason);
    return;
  }
  if (leader.phase === 'writingAcceptedEpoch') {
    onAcceptedEpoch(server, leader);
    return;
  }
  if (leader.phase !== 'writingCurrentEpoch') return;
  note(server, { note: 'established', epoch: leader.epoch });
  leader.phase = 'waitingForNewLeaderAck';
  server.zabState = 'synchronization';
  noteState(server);
  waitForQuorum(server);
  ackNewLeader(server, leader, sidOf(server));
}

/** Leader.waitForNewLeaderAck: a quorum holds the initial history of the epoch. */
export function ackNewLeader(server: Server, leader: Leader, sid: Sid): void {
  if (isVoterOfAny(leader.newLeaderVerifiers, sid)) leader.newLeaderAcks.add(sid);
  if (leader.phase !== 'waitingForNewLeaderAck') return;
  if (!hasAllQuorums(leader.newLeaderVerifiers, leader.newLeaderAcks)) return;
  startServing(server, leader);
}

function startServing(server: Server, leader: Leader): void {
  clearTimer(server, 'leaderInit');
  const sids = [...leader.newLeaderAcks].join(', ');
  log(
    server,
    'INFO',
    LOGGER,
    `Have quorum of supporters, sids: [ ${sids} ]; starting up and setting last processed zxid: ${formatZxid(leader.lastProposed)}`,
  );
  leader.phase = 'broadcast';
  leader.lastCommitted = leader.lastProposed;
  server.db.tree.lastProcessedZxid = leader.lastProposed;
  server.db.version++;
  finishReconfig(server, leader);
  updateElectionVote(server, leader.epoch);
  startLeaderServer(server, leader.epoch);
  server.zabState = 'broadcast';
  noteState(server);
  for (const handler of [...leader.handlers.values()]) onLeaderServing(server, handler);
  setTimer(server, 'tick', configOf(server).tickTime / 2);
}

/** ZOOKEEPER-1324: what NEWLEADER told of comes into force, started by this leader or not. */
function finishReconfig(server: Server, leader: Leader): void {
  if (!configOf(server).reconfigEnabled) return;
  const { newLeaderVerifiers, newLeaderAcks, lastProposed } = leader;
  const designated = designatedLeader(
    server,
    leader,
    newLeaderVerifiers,
    newLeaderAcks,
    lastProposed,
  );
  processReconfig(server, server.lastSeenQuorumVerifier, designated, lastProposed, true);
  if (designated === sidOf(server)) return;
  log(
    server,
    'WARN',
    LOGGER,
    'This leader is not the designated leader, it will be initialized with allowedToCommit = false',
  );
  mark(server, 'leader.not-designated');
  leader.allowedToCommit = false;
}

/** What a leader still waited for when its time was over. */
const INIT_LIMIT_MARKS = {
  waitingForEpoch: 'leader.no-quorum-for-epoch',
  writingAcceptedEpoch: 'leader.no-quorum-for-epoch',
  waitingForEpochAck: 'leader.no-quorum-acks-epoch',
  writingCurrentEpoch: 'leader.no-quorum-acks-epoch',
  waitingForNewLeaderAck: 'leader.no-quorum-synchronized',
  broadcast: 'leader.no-quorum-synchronized',
} as const satisfies Record<LeaderPhase, MarkName>;

/** A quorum did not come together within initLimit. */
export function onInitLimit(server: Server, leader: Leader): void {
  mark(server, INIT_LIMIT_MARKS[leader.phase]);
  const reason =
    leader.phase === 'waitingForNewLeaderAck'
      ? `For the reason Waiting for a quorum of followers, only synced with sids: [ ${[...leader.newLeaderAcks].join(', ')} ]`
      : 'Timeout while waiting for epoch from quorum';
  giveUp(server, leader, reason);
}

function giveUp(server: Server, leader: Leader, reason: string): void {
  const busy = leader.phase === 'writingAcceptedEpoch' || leader.phase === 'writingCurrentEpoch';
  if (busy) leader.leaveReason = reason;
  else leaveRole(server, reason);
}

/** Half a tick has passed in broadcast. */
export function onTick(server: Server, leader: Leader): void {
  if (!leader.tickSkip) leader.tick++;
  if (!leader.tickSkip) {
    const synced: Sid[] = [sidOf(server)];
    for (const handler of leader.handlers.values()) {
      if (handler.sid !== null && isSynced(leader, handler)) synced.push(handler.sid);
    }
    if (!hasAllQuorums(verifiersOf(server), synced)) {
      mark(server, 'leader.lost-quorum');
      leaveRole(
        server,
        `For the reason Not sufficient followers synced, only synced with sids: [ ${synced.join(', ')} ]`,
      );
      return;
    }
  }
  leader.tickSkip = !leader.tickSkip;
  for (const handler of [...leader.handlers.values()]) pingLearner(server, leader, handler);
  setTimer(server, 'tick', configOf(server).tickTime / 2);
}

/** A learner's connection has ended. */
export function onLearnerClosed(server: Server, leader: Leader, conn: ConnId): void {
  const handler = leader.handlers.get(conn);
  if (handler !== undefined) goodbye(server, leader, handler, 'the connection is closed');
}

export function sendTo(server: Server, handler: LearnerHandler, packet: QuorumPacket): void {
  if (handler.stream !== null) {
    handler.stream.queue.push(packet);
    return;
  }
  if (packet.type === 'PROPOSAL') trackProposal(handler, packet.zxid, server.now);
  send(server, handler.conn, packet);
}
