/**
 * Learner: a follower or an observer, from the dial to its leader until it serves.
 *
 *   connecting ─▶ registering ─▶ accepting epoch ─▶ syncing ─▶ persisting ─▶ waiting ─▶ broadcast
 *   (5 tries)     FOLLOWERINFO    acceptedEpoch      DIFF,      snapshot,    UPTODATE
 *                 … LEADERINFO    … ACKEPOCH         TRUNC,     log, epoch
 *                                                    SNAP …     … ACK
 *                                                    NEWLEADER
 *
 * While the disk works, packets wait in `inbox`, as they would in the socket of a thread that is
 * blocked in a write.
 *
 * Source: quorum.Learner, Follower, Observer (3.9).
 */
import type { TxnRecord } from '../jute/txn.ts';
import { clearTimer, configOf, dial, isMutant, isObserver, log } from '../server-context.ts';
import { mark, note, noteState, send, setTimer, sidOf, type Server } from '../server-context.ts';
import type { ConnId, Micros, Sid } from '../units.ts';
import { epochOf, makeZxid, ZXID_ZERO, type Zxid } from '../zxid.ts';
import { stepServingLearner } from './follower.ts';
import { ackNewLeader, enterEpoch, logDiff, onSyncMode, onSyncPacket } from './learner-sync.ts';
import { takeTruncation } from './learner-sync.ts';
import type { QuorumPacket } from './packet.ts';
import { leaveRole, writeEpoch } from './quorum-peer.ts';
import { memberOf, type QuorumVerifier } from './quorum-verifier.ts';

const LOGGER = 'Learner';

const CONNECT_TRIES = 5;

/** zookeeper.leaderConnectDelayDuringRetryMs. */
const CONNECT_RETRY_DELAY = 100;

export type LearnerPhase =
  | 'connecting'
  | 'registering'
  | 'acceptingEpoch'
  | 'awaitingSync'
  | 'syncing'
  /** Only with a bug switched on; else the truncation is under way in the background. */
  | 'truncating'
  | 'takingSnapshot'
  | 'loggingDiff'
  | 'writingCurrentEpoch'
  | 'awaitingUpToDate'
  | 'broadcast';

export interface Learner {
  readonly leader: Sid;
  conn: ConnId | null;
  phase: LearnerPhase;
  tries: number;
  /** When the attempts to connect are over. */
  readonly connectUntil: Micros;
  /** The epoch that the leader proposed. */
  epoch: number;
  /** Packets that came while this learner's thread waits for its disk. */
  readonly inbox: QuorumPacket[];
  /** The connection broke while the thread waited. */
  hungUp: boolean;
  lastRead: Micros;
  snapshotNeeded: boolean;
  writeToTxnLog: boolean;
  /** The last proposal received in this synchronisation; zero before the first. */
  lastQueued: Zxid;
  readonly packetsNotLogged: TxnRecord[];
  readonly packetsCommitted: Zxid[];
  /** Logged at NEWLEADER and not applied: always empty, but with a bug switched on. */
  readonly loggedEarly: TxnRecord[];
  /** The zxid of a SNAP whose stream is still coming. */
  snapshotOf: Zxid | null;
  /** What NEWLEADER brought, to come into force with UPTODATE. */
  newLeaderConfig: QuorumVerifier | null;
}

/** The role begins: find the leader. */
export function followLeader(server: Server, leader: Sid): void {
  const { tickTime, initLimit } = configOf(server);
  const learner: Learner = {
    leader,
    conn: null,
    phase: 'connecting',
    tries: 0,
    connectUntil: (server.now + tickTime * initLimit * 1000) as Micros,
    epoch: 0,
    inbox: [],
    hungUp: false,
    lastRead: server.now,
    snapshotNeeded: false,
    writeToTxnLog: false,
    lastQueued: ZXID_ZERO,
    packetsNotLogged: [],
    packetsCommitted: [],
    loggedEarly: [],
    snapshotOf: null,
    newLeaderConfig: null,
  };
  server.role = { name: 'learning', learner };
  if (memberOf(server.quorumVerifier, leader) === undefined) {
    log(server, 'WARN', LOGGER, `Couldn't find the leader with id = ${String(leader)}`);
    leaveRole(server, 'the leader is not in the configuration');
    return;
  }
  connect(server, learner);
}

function connect(server: Server, learner: Learner): void {
  const left = (learner.connectUntil - server.now) / 1000;
  if (left <= 0) {
    leaveRole(server, 'connectToLeader exceeded on retries.');
    return;
  }
  learner.tries++;
  learner.conn = dial(server, learner.leader, 'quorum');
  setTimer(server, 'leaderConnect', left);
}

export function onLeaderConnected(server: Server, learner: Learner, conn: ConnId): void {
  if (conn !== learner.conn) return;
  clearTimer(server, 'leaderConnect');
  log(
    server,
    'INFO',
    LOGGER,
    `Successfully connected to leader, using address: server${String(learner.leader)}:2888`,
  );
  learner.phase = 'registering';
  learner.lastRead = server.now;
  setTimer(server, 'learnerRead', readTimeout(server, learner));
  send(server, conn, {
    type: isObserver(server) ? 'OBSERVERINFO' : 'FOLLOWERINFO',
    zxid: makeZxid(server.acceptedEpoch, 0),
    sid: sidOf(server),
    configVersion: server.quorumVerifier.version,
  });
}

export function onLeaderRefused(server: Server, learner: Learner, conn: ConnId): void {
  if (conn !== learner.conn) return;
  learner.conn = null;
  clearTimer(server, 'leaderConnect');
  const left = (learner.connectUntil - server.now) / 1000;
  log(
    server,
    'WARN',
    LOGGER,
    `Unexpected exception, tries=${String(learner.tries - 1)}, remaining init limit=${String(Math.floor(left))}, connecting to server${String(learner.leader)}:2888`,
  );
  if (learner.tries >= CONNECT_TRIES || left <= CONNECT_RETRY_DELAY) {
    mark(server, 'learner.leader-refuses');
    leaveRole(server, 'Failed to connect to the leader');
    return;
  }
  mark(server, 'learner.dials-again');
  setTimer(server, 'leaderRetry', CONNECT_RETRY_DELAY);
}

export function onLeaderClosed(server: Server, learner: Learner, conn: ConnId): void {
  if (conn !== learner.conn) return;
  learner.conn = null;
  if (isBlocked(learner)) {
    mark(server, 'learner.hung-up-while-writing');
    learner.hungUp = true;
    return;
  }
  leaveRole(server, 'Exception when following the leader: the connection is closed');
}

export function onLearnerTimer(server: Server, learner: Learner, name: string): void {
  if (name === 'leaderRetry') connect(server, learner);
  else if (name === 'leaderConnect') {
    mark(server, 'learner.leader-does-not-answer');
    leaveRole(server, 'connectToLeader exceeded on retries.');
  } else onReadTimer(server, learner);
}

/** The socket's read timeout: initLimit until NEWLEADER, syncLimit after it. */
function onReadTimer(server: Server, learner: Learner): void {
  const silent = (server.now - learner.lastRead) / 1000;
  const timeout = readTimeout(server, learner);
  if (silent < timeout || isBlocked(learner)) {
    setTimer(server, 'learnerRead', Math.max(timeout - silent, 1));
    return;
  }
  mark(server, learner.phase === 'broadcast' ? 'learner.leader-silent' : 'learner.join-times-out');
  leaveRole(server, 'Exception when following the leader: Read timed out');
}

export function readTimeout(server: Server, learner: Learner): number {
  const { tickTime, initLimit, syncLimit } = configOf(server);
  const late = learner.phase === 'awaitingUpToDate' || learner.phase === 'broadcast';
  return tickTime * (late ? syncLimit : initLimit);
}

function isBlocked(learner: Learner): boolean {
  switch (learner.phase) {
    case 'acceptingEpoch':
    case 'truncating':
    case 'takingSnapshot':
    case 'loggingDiff':
    case 'writingCurrentEpoch':
      return true;
    default:
      return false;
  }
}

export function onLeaderPacket(server: Server, learner: Learner, packet: QuorumPacket): void {
  learner.lastRead = server.now;
  if (learner.phase === 'broadcast') {
    stepServingLearner(server, learner, packet);
    return;
  }
  if (isBlocked(learner)) {
    mark(server, 'learner.packets-wait');
    learner.inbox.push(packet);
    return;
  }
  stepLearner(server, learner, packet);
}

/** The disk is done: go on with what has come in the meantime. */
function unblock(server: Server, learner: Learner): void {
  while (isCurrent(server, learner) && !isBlocked(learner)) {
    const packet = learner.inbox.shift();
    if (packet === undefined) break;
    if (learner.phase === 'broadcast') stepServingLearner(server, learner, packet);
    else stepLearner(server, learner, packet);
  }
  if (learner.hungUp && isCurrent(server, learner) && !isBlocked(learner)) {
    leaveRole(server, 'Exception when following the leader: the connection is closed');
  }
}

function isCurrent(server: Server, learner: Learner): boolean {
  return (
    server.status === 'running' &&
    server.role.name === 'learning' &&
    server.role.learner === learner
  );
}

function stepLearner(server: Server, learner: Learner, packet: QuorumPacket): void {
  switch (learner.phase) {
    case 'registering':
      onLeaderInfo(server, learner, packet);
      return;
    case 'awaitingSync':
      onSyncMode(server, learner, packet);
      return;
    case 'syncing':
    case 'awaitingUpToDate':
      onSyncPacket(server, learner, packet);
      return;
    default:
      illegal(server, learner, packet);
  }
}

/** Learner.registerWithLeader: the answer to FOLLOWERINFO. */
function onLeaderInfo(server: Server, learner: Learner, packet: QuorumPacket): void {
  if (packet.type !== 'LEADERINFO') {
    illegal(server, learner, packet);
    return;
  }
  const epoch = epochOf(packet.zxid);
  learner.epoch = epoch;
  const careless = isMutant(server, 'epoch-from-last-zxid');
  if (epoch > server.acceptedEpoch) {
    learner.phase = 'acceptingEpoch';
    writeEpoch(server, 'acceptedEpoch', epoch, 'learner');
  } else if (epoch === server.acceptedEpoch) {
    mark(server, 'learner.epoch-accepted-before');
    ackEpoch(server, learner, careless ? server.currentEpoch : -1);
  } else if (careless) {
    ackEpoch(server, learner, server.currentEpoch);
  } else {
    mark(server, 'learner.leader-behind');
    leaveRole(
      server,
      `Leaders epoch, ${String(epoch)} is less than accepted epoch, ${String(server.acceptedEpoch)}`,
    );
  }
}

function ackEpoch(server: Server, learner: Learner, currentEpoch: number): void {
  if (learner.conn === null) return;
  const zxid = server.asksForSnapshot ? ZXID_ZERO : server.db.tree.lastProcessedZxid;
  send(server, learner.conn, { type: 'ACKEPOCH', zxid, currentEpoch });
  learner.phase = 'awaitingSync';
  server.zabState = 'synchronization';
  noteState(server);
}

/** The disk operation that this learner's thread was blocked in has finished. */
export function onLearnerDisk(server: Server, learner: Learner): void {
  switch (learner.phase) {
    case 'acceptingEpoch':
      ackEpoch(server, learner, server.currentEpoch);
      if (learner.phase === 'acceptingEpoch') learner.phase = 'awaitingSync';
      break;
    case 'takingSnapshot':
      logDiff(server, learner);
      break;
    case 'loggingDiff':
      enterEpoch(server, learner);
      break;
    case 'writingCurrentEpoch':
      // ZOOKEEPER-4643: the transactions come behind the epoch.
      if (isMutant(server, 'epoch-before-txns')) logDiff(server, learner);
      else ackNewLeader(server, learner);
      break;
    default:
      return;
  }
  unblock(server, learner);
}

/** The log is cut, or could not be. */
export function onTruncated(server: Server, learner: Learner, zxid: Zxid, isCut: boolean): void {
  if (learner.phase !== 'truncating') return;
  takeTruncation(server, learner, zxid, isCut);
  unblock(server, learner);
}

function illegal(server: Server, learner: Learner, packet: QuorumPacket): void {
  const fact = `Server ${String(sidOf(server))} got ${packet.type} from its leader while ${learner.phase}.`;
  note(server, { note: 'violation', property: 'messageLegal', fact });
  leaveRole(server, `unexpected ${packet.type}`);
}
