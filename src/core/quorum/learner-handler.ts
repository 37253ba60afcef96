/**
 * LearnerHandler: the leader's end of one learner.
 *
 *   info ─▶ epoch ─▶ ackEpoch ─▶ summary ─▶ newLeaderAck ─▶ startup ─▶ serving
 *   FOLLOWER-  LEADERINFO  ACKEPOCH  a quorum    DIFF, TRUNC or   ACK    UPTODATE
 *   INFO comes  goes out    comes    has acked   SNAP, NEWLEADER
 *
 * Source: quorum.LearnerHandler (3.9).
 */
import { count } from '../admin/metrics.ts';
import type { ServerRequest } from '../server-context.ts';
import {
  configOf,
  hangUp,
  isMutant,
  log,
  mark,
  newRequest,
  note,
  setTimer,
  type Server,
} from '../server-context.ts';
import { revalidateForLearner, submitFromLearner, touchForLearner } from '../zookeeper-server.ts';
import { NO_SESSION, type ConnId, type Micros, type Sid } from '../units.ts';
import type { LearnerSync } from '../view.ts';
import { epochOf, formatZxid, makeZxid, ZXID_ZERO, type Zxid } from '../zxid.ts';
import { ackEpoch, ackNewLeader, processAck, processSync, proposeEpoch } from './leader.ts';
import { sendTo, type Leader } from './leader.ts';
import { printMember } from './config-text.ts';
import { flagAck, flagFromLearner } from './flags.ts';
import { memberOf } from './quorum-verifier.ts';
import { startSnapshotStream, type SnapshotStream } from './snapshot-stream.ts';
import { planSync } from './sync-plan.ts';
import type { QuorumPacket } from './packet.ts';
import type { SyncMode } from './vote.ts';

const LOGGER = 'LearnerHandler';

export type HandlerPhase =
  'info' | 'epoch' | 'ackEpoch' | 'summary' | 'newLeaderAck' | 'startup' | 'serving';

export interface LearnerHandler {
  readonly conn: ConnId;
  phase: HandlerPhase;
  /** Null before FOLLOWERINFO. */
  sid: Sid | null;
  type: 'participant' | 'observer';
  syncMode: SyncMode;
  /** For pictures only. */
  syncSent: LearnerSync | null;
  /** The learner's last zxid, from ACKEPOCH. */
  lastZxid: Zxid;
  lastAcked: Zxid;
  /** In forwardingFollowers or observingLearners: it gets what is proposed and committed. */
  forwarding: boolean;
  /** A snapshot is going out to it. */
  stream: SnapshotStream | null;
  lastRead: Micros;
  tickOfNextAckDeadline: number;
  /** SyncLimitCheck: the oldest proposal not yet acknowledged, and the latest sent after it. */
  checkStarted: boolean;
  currentZxid: Zxid;
  currentTime: Micros;
  nextZxid: Zxid;
  nextTime: Micros;
}

/** Milliseconds from a learner's registration for what is proposed to its NEWLEADER. */
const PAUSE_BEFORE_NEWLEADER = 1;

const NEVER = 0 as Micros;

const NOBODY = -1 as Sid;

/** A learner has connected. */
export function newLearnerHandler(server: Server, leader: Leader, conn: ConnId): LearnerHandler {
  const { initLimit, syncLimit } = configOf(server);
  return {
    conn,
    phase: 'info',
    sid: null,
    type: 'participant',
    syncMode: 'NONE',
    syncSent: null,
    lastZxid: ZXID_ZERO,
    lastAcked: ZXID_ZERO,
    forwarding: false,
    stream: null,
    lastRead: server.now,
    tickOfNextAckDeadline: leader.tick + initLimit + syncLimit,
    checkStarted: false,
    currentZxid: ZXID_ZERO,
    currentTime: NEVER,
    nextZxid: ZXID_ZERO,
    nextTime: NEVER,
  };
}

export function onLearnerConnected(server: Server, leader: Leader, conn: ConnId): void {
  leader.handlers.set(conn, newLearnerHandler(server, leader, conn));
  const { tickTime, initLimit } = configOf(server);
  setTimer(server, readTimer(conn), tickTime * initLimit);
}

export function readTimer(conn: ConnId): string {
  return `handlerRead/${String(conn)}`;
}

export function onLearnerPacket(
  server: Server,
  leader: Leader,
  conn: ConnId,
  p: QuorumPacket,
): void {
  const handler = leader.handlers.get(conn);
  if (handler === undefined) return;
  handler.lastRead = server.now;
  if (handler.phase === 'serving') {
    step(server, leader, handler, p);
    return;
  }
  switch (handler.phase) {
    case 'info':
      onLearnerInfo(server, leader, handler, p);
      return;
    case 'ackEpoch':
      onAckEpoch(server, leader, handler, p);
      return;
    case 'newLeaderAck':
      onNewLeaderAck(server, leader, handler, p);
      return;
    case 'startup':
      // Nobody reads before the leader serves, and then such an ack is of nothing outstanding.
      if (p.type === 'ACK') return;
      flagFromLearner(server, handler, p, 'before it serves');
      goodbye(server, leader, handler, `unexpected ${p.type} while ${handler.phase}`);
      return;
    default:
      flagFromLearner(server, handler, p, `while its handler is in ${handler.phase}`);
      goodbye(server, leader, handler, `unexpected ${p.type} while ${handler.phase}`);
  }
}

function onLearnerInfo(server: Server, leader: Leader, h: LearnerHandler, p: QuorumPacket): void {
  if (p.type !== 'FOLLOWERINFO' && p.type !== 'OBSERVERINFO') {
    log(server, 'ERROR', LOGGER, `First packet ${p.type} is not FOLLOWERINFO or OBSERVERINFO!`);
    flagFromLearner(server, h, p, 'where FOLLOWERINFO or OBSERVERINFO was due');
    goodbye(server, leader, h, 'wrong first packet');
    return;
  }
  h.sid = p.sid;
  h.type = p.type === 'OBSERVERINFO' ? 'observer' : 'participant';
  const { version } = server.quorumVerifier;
  if (p.configVersion > version) {
    mark(server, 'leader.refuses-later-config');
    const why = 'Follower is ahead of the leader (has a later activated configuration)';
    log(server, 'ERROR', LOGGER, `Unexpected exception in LearnerHandler: ${why}`);
    goodbye(server, leader, h, why);
    return;
  }
  h.phase = 'epoch';
  const member = memberOf(server.quorumVerifier, p.sid);
  const who =
    member === undefined
      ? `not in the current config ${version.toString(16)}`
      : `: info : ${printMember(member)}`;
  log(server, 'INFO', LOGGER, `Follower sid: ${String(p.sid)} ${who}`);
  proposeEpoch(server, leader, p.sid, epochOf(p.zxid));
  onEpochProposed(server, leader, h);
}

/** The epoch is known and durable at the leader: tell a learner that waits for it. */
export function onEpochProposed(server: Server, leader: Leader, handler: LearnerHandler): void {
  if (handler.phase !== 'epoch') return;
  if (leader.phase === 'waitingForEpoch' || leader.phase === 'writingAcceptedEpoch') return;
  handler.phase = 'ackEpoch';
  sendTo(server, handler, { type: 'LEADERINFO', zxid: makeZxid(leader.epoch, 0) });
}

function onAckEpoch(server: Server, leader: Leader, h: LearnerHandler, p: QuorumPacket): void {
  if (p.type !== 'ACKEPOCH' || h.sid === null) {
    log(server, 'ERROR', LOGGER, `${p.type} is not ACKEPOCH`);
    flagFromLearner(server, h, p, 'where ACKEPOCH was due');
    goodbye(server, leader, h, 'ACKEPOCH expected');
    return;
  }
  h.lastZxid = p.zxid;
  h.phase = 'summary';
  const summary = { currentEpoch: p.currentEpoch, lastZxid: p.zxid };
  if (!ackEpoch(server, leader, h.sid, summary)) {
    mark(server, 'leader.refuses-follower-ahead');
    const fact = `Follower is ahead of the leader, leader summary: ${String(leader.summary.currentEpoch)} (current epoch), ${String(leader.summary.lastZxid)} (last zxid)`;
    goodbye(server, leader, h, fact);
    return;
  }
  onElectionFinished(server, leader, h);
}

/** A quorum has acknowledged the epoch: bring a learner that waits for that up to date. */
export function onElectionFinished(server: Server, leader: Leader, h: LearnerHandler): void {
  if (h.phase !== 'summary' || !leader.electionFinished) return;
  syncFollower(server, leader, h);
  h.phase = 'newLeaderAck';
  if (h.stream !== null) {
    // ZOOKEEPER-3104: NEWLEADER was queued before the snapshot had gone out.
    if (isMutant(server, 'newleader-before-snap')) queueNewLeader(server, leader, h.conn);
    return;
  }
  // The thread has let go of the leader's lock, so meanwhile there are commits. After a DIFF they
  // are no different before and behind NEWLEADER; else the learner has them in its tree only.
  if (h.syncMode !== 'DIFF' && leader.outstanding.size > 0) {
    setTimer(server, `newLeader/${String(h.conn)}`, PAUSE_BEFORE_NEWLEADER);
  } else queueNewLeader(server, leader, h.conn);
}

/**
 * LearnerHandler.run, behind syncFollower. A learner takes the configuration in force with UPTODATE:
 * from a new leader the one seen last, which NEWLEADER commits as well.
 *
 * Differs: from a leader that serves, the one in force. ZooKeeper sends the one seen last then, too,
 * and a learner that activates what nobody has committed forms a quorum of it beside the old one.
 */
export function queueNewLeader(server: Server, leader: Leader, conn: ConnId): void {
  const handler = leader.handlers.get(conn);
  const { quorumVerifier, lastSeenQuorumVerifier } = server;
  const config = (leader.phase === 'broadcast' ? quorumVerifier : lastSeenQuorumVerifier).text;
  const zxid = makeZxid(leader.epoch, 0);
  if (handler !== undefined) sendTo(server, handler, { type: 'NEWLEADER', zxid, config });
}

/**
 * LearnerHandler.syncFollower, and Leader.startForwarding within it.
 *
 * Differs: acks of an earlier connection are forgotten for what is proposed again.
 */
function syncFollower(server: Server, leader: Leader, h: LearnerHandler): void {
  const plan = planSync(server, h.lastZxid, String(h.sid ?? 0));
  h.syncMode = plan.mode;
  h.syncSent = { from: h.lastZxid, zxid: plan.zxid, upTo: plan.upTo };
  if (plan.mode !== 'TRUNC') count(server, plan.mode === 'SNAP' ? 'snap_count' : 'diff_count');
  if (plan.mode === 'SNAP') sendSnapshot(server, h, plan.upTo);
  else sendTo(server, h, { type: plan.mode, zxid: plan.zxid });
  for (const record of plan.records) {
    const { zxid } = record.header;
    sendTo(server, h, { type: 'PROPOSAL', zxid, record });
    sendTo(server, h, { type: 'COMMIT', zxid });
  }
  // ZOOKEEPER-962: what was proposed from here until the learner is registered never got to it.
  if (isMutant(server, 'forward-too-late')) return;
  if (leader.lastProposed > plan.upTo) forwardRest(server, leader, h, plan.upTo);
  else mark(server, 'forward.nothing');
  h.forwarding = true;
}

function forwardRest(server: Server, leader: Leader, h: LearnerHandler, after: Zxid): void {
  for (const { record } of leader.toBeApplied) {
    const { zxid } = record.header;
    if (zxid <= after) continue;
    mark(server, 'forward.to-be-applied');
    sendTo(server, h, { type: 'PROPOSAL', zxid, record });
    sendTo(server, h, { type: 'COMMIT', zxid });
  }
  if (h.type === 'observer') return;
  for (const [zxid, { record, acks }] of leader.outstanding) {
    if (zxid <= after) continue;
    mark(server, acks.has(h.sid ?? NOBODY) ? 'forward.acked-before' : 'forward.outstanding');
    // What this learner acknowledged on an earlier connection may just have been cut from its log.
    if (h.sid !== null && !isMutant(server, 'acks-survive-resync')) acks.delete(h.sid);
    sendTo(server, h, { type: 'PROPOSAL', zxid, record });
  }
}

function sendSnapshot(server: Server, h: LearnerHandler, zxid: Zxid): void {
  log(
    server,
    'INFO',
    LOGGER,
    `Sending snapshot last zxid of peer is ${formatZxid(h.lastZxid)}, send zxid of db as ${formatZxid(zxid)}`,
  );
  startSnapshotStream(server, h, zxid);
}

function onNewLeaderAck(server: Server, leader: Leader, h: LearnerHandler, p: QuorumPacket): void {
  if (p.type !== 'ACK' || h.sid === null) {
    log(
      server,
      'ERROR',
      LOGGER,
      `Next packet was supposed to be an ACK, but received packet: ${p.type}`,
    );
    flagFromLearner(server, h, p, 'where the ACK of NEWLEADER was due');
    goodbye(server, leader, h, 'ACK of NEWLEADER expected');
    return;
  }
  const expected = makeZxid(leader.epoch, 0);
  const isDue = p.zxid === expected;
  if (!isDue) {
    const fact = `ACK of NEWLEADER from ${String(h.sid)} has zxid ${formatZxid(p.zxid)}, not ${formatZxid(expected)}`;
    note(server, { note: 'violation', property: 'ackConsistent', fact });
    log(server, 'ERROR', LOGGER, fact);
  }
  h.phase = 'startup';
  if (isMutant(server, 'forward-too-late')) h.forwarding = true;
  h.checkStarted = true;
  const { tickTime, syncLimit } = configOf(server);
  setTimer(server, readTimer(h.conn), tickTime * syncLimit);
  // Leader.waitForNewLeaderAck: any other ack is not counted, and the handler goes on all the same.
  if (isDue) ackNewLeader(server, leader, h.sid);
  if (leader.phase === 'broadcast') onLeaderServing(server, h);
}

/** The leader serves: so may this learner. */
export function onLeaderServing(server: Server, handler: LearnerHandler): void {
  if (handler.phase !== 'startup') return;
  handler.phase = 'serving';
  sendTo(server, handler, { type: 'UPTODATE' });
}

/**
 * Whether the learner has come back on a later connection, and has been sent there what this one
 * acknowledges: it may have been cut from its log meanwhile.
 */
function isSuperseded(server: Server, leader: Leader, h: LearnerHandler): boolean {
  if (isMutant(server, 'acks-survive-resync')) return false;
  let isLater = false;
  for (const other of leader.handlers.values()) {
    if (other === h) isLater = true;
    else if (isLater && other.sid === h.sid && other.forwarding) return true;
  }
  return false;
}

/** The loop of LearnerHandler.run. */
function step(server: Server, leader: Leader, h: LearnerHandler, p: QuorumPacket): void {
  h.tickOfNextAckDeadline = leader.tick + configOf(server).syncLimit;
  switch (p.type) {
    case 'ACK':
      flagAck(server, h, p.zxid);
      trackAck(server, h, p.zxid);
      h.lastAcked = p.zxid;
      if (h.sid === null || isSuperseded(server, leader, h)) return;
      processAck(server, leader, h.sid, p.zxid);
      return;
    case 'PING':
      for (const [id, timeOut] of p.touched ?? []) touchForLearner(server, id, timeOut);
      return;
    case 'REVALIDATE': {
      const valid = revalidateForLearner(server, p.sessionId, p.timeOut, h.conn);
      sendTo(server, h, { ...p, valid });
      return;
    }
    case 'REQUEST':
      if (p.request.op === 'sync') processSync(server, leader, h.conn);
      else submitFromLearner(server, fromLearner(server, h, p));
      return;
    default:
      log(server, 'WARN', LOGGER, `unexpected quorum packet, type: ${p.type}`);
      flagFromLearner(server, h, p, 'while it serves');
  }
}

function fromLearner(
  server: Server,
  h: LearnerHandler,
  p: Extract<QuorumPacket, { type: 'REQUEST' }>,
): ServerRequest {
  const { sessionId, cxid, request, authInfo } = p;
  return newRequest(server, { sessionId, cxid, request, conn: null, owner: h.conn, authInfo });
}

/** LearnerHandler.ping, and the transaction timeout that is looked at with it. */
export function pingLearner(server: Server, leader: Leader, h: LearnerHandler): void {
  if (h.phase === 'info' || h.phase === 'epoch' || h.phase === 'ackEpoch') return;
  if (h.phase === 'summary') return;
  const { tickTime, syncLimit } = configOf(server);
  if (h.currentTime !== NEVER && (server.now - h.currentTime) / 1000 >= tickTime * syncLimit) {
    mark(server, 'leader.transaction-timeout');
    log(server, 'WARN', LOGGER, 'Closing connection to peer due to transaction timeout.');
    goodbye(server, leader, h, 'transaction timeout');
    return;
  }
  sendTo(server, h, { type: 'PING', zxid: leader.lastProposed, touched: null });
}

export function isSynced(leader: Leader, handler: LearnerHandler): boolean {
  return leader.tick <= handler.tickOfNextAckDeadline;
}

/** The socket's read timeout may have passed. */
export function onHandlerReadTimer(server: Server, leader: Leader, conn: ConnId): void {
  const handler = leader.handlers.get(conn);
  if (handler === undefined) return;
  const { tickTime, initLimit, syncLimit } = configOf(server);
  const timeout = tickTime * (handler.checkStarted ? syncLimit : initLimit);
  const silent = (server.now - handler.lastRead) / 1000;
  // A handler that waits for others, not for its socket, has no read under way.
  const reading = handler.phase !== 'epoch' && handler.phase !== 'summary';
  if (reading && handler.phase !== 'startup' && silent >= timeout) {
    mark(server, handler.checkStarted ? 'leader.learner-silent' : 'leader.learner-slow-to-join');
    goodbye(server, leader, handler, 'Read timed out');
    return;
  }
  setTimer(server, readTimer(conn), Math.max(timeout - silent, 1));
}

/** The handler ends, and its connection with it. */
export function goodbye(server: Server, leader: Leader, h: LearnerHandler, why: string): void {
  log(server, 'WARN', LOGGER, `******* GOODBYE sid:${String(h.sid ?? NO_SESSION)} ******** ${why}`);
  leader.handlers.delete(h.conn);
  server.timers.delete(readTimer(h.conn));
  server.out.push({ kind: 'clearTimer', name: readTimer(h.conn) });
  hangUp(server, h.conn);
}

/** SyncLimitCheck.updateProposal. */
export function trackProposal(h: LearnerHandler, zxid: Zxid, now: Micros): void {
  if (!h.checkStarted) return;
  if (h.currentTime === NEVER) {
    h.currentTime = now;
    h.currentZxid = zxid;
  } else {
    h.nextTime = now;
    h.nextZxid = zxid;
  }
}

/** SyncLimitCheck.updateAck. */
function trackAck(server: Server, h: LearnerHandler, zxid: Zxid): void {
  if (h.currentZxid === zxid) {
    h.currentTime = h.nextTime;
    h.currentZxid = h.nextZxid;
    h.nextTime = NEVER;
    h.nextZxid = ZXID_ZERO;
  } else if (h.nextTime !== NEVER && h.nextZxid === zxid) {
    log(
      server,
      'WARN',
      LOGGER,
      `ACK for ${formatZxid(zxid)} received before ACK for ${formatZxid(h.currentZxid)}`,
    );
    h.nextTime = NEVER;
    h.nextZxid = ZXID_ZERO;
  }
}
