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
import { takeSnapshotNow } from '../processor/sync-request-processor.ts';
import { clearTimer, configOf, isMutant, log, note } from '../server-context.ts';
import { noteState, send, setTimer, sidOf, type Server } from '../server-context.ts';
import { warnOfOrphanSessions, startLeaderServer } from '../zookeeper-server.ts';
import { commitRequest } from '../processor/commit-processor.ts';
import { txnId } from '../txn-log/zk-database.ts';
import type { ConnId, Sid } from '../units.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { COUNTER_MAX, counterOf, epochOf, formatZxid, makeZxid, ZXID_ZERO } from '../zxid.ts';
import type { Zxid } from '../zxid.ts';
import { goodbye, isSynced, onEpochProposed, onElectionFinished } from './learner-handler.ts';
import { onLeaderServing, pingLearner, trackProposal } from './learner-handler.ts';
import type { LearnerHandler } from './learner-handler.ts';
import type { QuorumPacket } from './packet.ts';
import { leaveRole, updateElectionVote, writeEpoch } from './quorum-peer.ts';
import { containsQuorum, isVoter } from './quorum-verifier.ts';

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
  /** In the order of their acks. */
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
  /** Who has acknowledged NEWLEADER. */
  readonly newLeaderAcks: Set<Sid>;
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
  /** Ticks since the start of the role. */
  tick: number;
  tickSkip: boolean;
  /** A quorum was lost while the disk was busy: leave when it is done. */
  leaveReason: string | null;
}

/** Leader.lead, up to its first wait. */
export function lead(server: Server): void {
  warnOfOrphanSessions(server);
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
    lastProposed: ZXID_ZERO,
    lastCommitted: ZXID_ZERO,
    outstanding: new Map(),
    toBeApplied: [],
    handlers: new Map(),
    pendingSyncs: new Map(),
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
  const config = configOf(server);
  if (isVoter(config, sid)) leader.connectingFollowers.add(sid);
  const heard = leader.connectingFollowers;
  if (!heard.has(sidOf(server)) || !containsQuorum(config, heard)) return;
  leader.phase = 'writingAcceptedEpoch';
  if (isMutant(server, 'epoch-from-last-zxid')) onAcceptedEpoch(server, leader);
  else writeEpoch(server, 'acceptedEpoch', leader.epoch, 'leader');
}

/** acceptedEpoch is durable: everybody may hear of the new epoch. */
function onAcceptedEpoch(server: Server, leader: Leader): void {
  leader.phase = 'waitingForEpochAck';
  leader.lastProposed = makeZxid(leader.epoch, 0);
  noteState(server);
  waitForQuorum(server);
  for (const handler of [...leader.handlers.values()]) onEpochProposed(server, leader, handler);
  ackEpoch(server, leader, sidOf(server), leader.summary);
}

/**
 * Leader.waitForEpochAck. @returns false where the learner is ahead of the leader, and its
 * connection is to end.
 */
export function ackEpoch(server: Server, leader: Leader, sid: Sid, summary: StateSummary): boolean {
  if (leader.electionFinished) return true;
  if (summary.currentEpoch !== -1) {
    if (isAhead(summary, leader.summary)) return false;
    if (isVoter(configOf(server), sid)) leader.electingFollowers.add(sid);
  }
  const acked = leader.electingFollowers;
  if (!acked.has(sidOf(server)) || !containsQuorum(configOf(server), acked)) return true;
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
  if (isVoter(configOf(server), sid)) leader.newLeaderAcks.add(sid);
  if (leader.phase !== 'waitingForNewLeaderAck') return;
  if (!containsQuorum(configOf(server), leader.newLeaderAcks)) return;
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
  updateElectionVote(server, leader.epoch);
  startLeaderServer(server, leader.epoch);
  server.zabState = 'broadcast';
  noteState(server);
  for (const handler of [...leader.handlers.values()]) onLeaderServing(server, handler);
  setTimer(server, 'tick', configOf(server).tickTime / 2);
}

/** A quorum did not come together within initLimit. */
export function onInitLimit(server: Server, leader: Leader): void {
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
    if (!containsQuorum(configOf(server), synced)) {
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

/**
 * Leader.propose. @returns false where the counter has rolled over: the leader gives up, and the
 * next epoch starts from 0.
 */
export function propose(server: Server, leader: Leader, record: TxnRecord): boolean {
  const { zxid } = record.header;
  if (counterOf(zxid) === COUNTER_MAX) {
    leaveRole(
      server,
      'For the reason zxid lower 32 bits have rolled over, forcing re-election, and therefore new epoch start',
    );
    return false;
  }
  leader.lastProposed = zxid;
  leader.outstanding.set(zxid, { record, acks: new Set() });
  note(server, { note: 'proposed', zxid, id: txnId(record) });
  const packet: QuorumPacket = { type: 'PROPOSAL', zxid, record };
  for (const handler of leader.handlers.values()) {
    if (handler.forwarding && handler.type === 'participant') sendTo(server, handler, packet);
  }
  return true;
}

/** Leader.processAck. */
export function processAck(server: Server, leader: Leader, sid: Sid, zxid: Zxid): void {
  if (counterOf(zxid) === 0 || leader.outstanding.size === 0) return;
  if (zxid <= leader.lastCommitted) return;
  const proposal = leader.outstanding.get(zxid);
  if (proposal === undefined) {
    const fact = `Trying to commit future proposal: zxid ${formatZxid(zxid)} from ${String(sid)}`;
    log(server, 'WARN', LOGGER, fact);
    note(server, { note: 'violation', property: 'ackConsistent', fact });
    return;
  }
  proposal.acks.add(sid);
  tryToCommit(server, leader, proposal, zxid);
}

/** Leader.tryToCommit: in the order of zxids, and with a quorum. */
function tryToCommit(server: Server, leader: Leader, proposal: Proposal, zxid: Zxid): void {
  if (leader.outstanding.has((zxid - 1n) as Zxid)) return;
  if (!containsQuorum(configOf(server), proposal.acks)) return;
  leader.outstanding.delete(zxid);
  leader.toBeApplied.push(proposal);
  leader.lastCommitted = zxid;
  note(server, { note: 'committed', zxid, acks: [...proposal.acks] });
  const commit: QuorumPacket = { type: 'COMMIT', zxid };
  let inform: QuorumPacket | null = null;
  for (const handler of leader.handlers.values()) {
    if (!handler.forwarding) continue;
    if (handler.type === 'participant') sendTo(server, handler, commit);
    else sendTo(server, handler, (inform ??= { type: 'INFORM', zxid, record: proposal.record }));
  }
  if (server.zks !== null) commitRequest(server, server.zks, proposal.record);
  const syncs = leader.pendingSyncs.get(zxid);
  if (syncs === undefined) return;
  leader.pendingSyncs.delete(zxid);
  for (const sync of syncs) answerSync(server, leader, sync);
}

/** Leader.processSync: answered behind every commit that it must see. */
export function processSync(server: Server, leader: Leader, sync: ConnId): void {
  if (leader.outstanding.size === 0) {
    answerSync(server, leader, sync);
    return;
  }
  const waiting = leader.pendingSyncs.get(leader.lastProposed);
  if (waiting === undefined) leader.pendingSyncs.set(leader.lastProposed, [sync]);
  else waiting.push(sync);
}

function answerSync(server: Server, leader: Leader, sync: ConnId): void {
  const handler = leader.handlers.get(sync);
  if (handler !== undefined) sendTo(server, handler, { type: 'SYNC' });
}

/** ToBeAppliedRequestProcessor, behind FinalRequestProcessor. */
export function applied(leader: Leader, zxid: Zxid): void {
  if (leader.toBeApplied[0]?.record.header.zxid === zxid) leader.toBeApplied.shift();
}

/** A learner's connection has ended. */
export function onLearnerClosed(server: Server, leader: Leader, conn: ConnId): void {
  const handler = leader.handlers.get(conn);
  if (handler !== undefined) goodbye(server, leader, handler, 'the connection is closed');
}

export function sendTo(server: Server, handler: LearnerHandler, packet: QuorumPacket): void {
  if (packet.type === 'PROPOSAL') trackProposal(handler, packet.zxid, server.now);
  send(server, handler.conn, packet);
}
