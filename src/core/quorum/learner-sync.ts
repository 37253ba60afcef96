/**
 * Learner.syncWithLeader: how a learner takes over what its leader sends.
 *
 *   DIFF   proposals and commits follow; the committed ones are logged at NEWLEADER
 *   TRUNC  the log is cut, then as DIFF, but applied at once and kept by a snapshot
 *   SNAP   the tree is replaced, then as TRUNC
 *
 * At NEWLEADER everything becomes durable in the order that keeps every acknowledged transaction:
 * snapshot, committed part of the log, currentEpoch; only then the ACK.
 *
 * Source: quorum.Learner.syncWithLeader (3.9).
 */
import { addSnapshotNodes } from '../data-tree/data-tree.ts';
import { setupQuotas } from '../data-tree/data-tree.ts';
import { diskOp, exit, isMutant, isObserver, log, note, noteState } from '../server-context.ts';
import { mark, send, setTimer, sidOf, type Server } from '../server-context.ts';
import type { TxnRecord } from '../jute/txn.ts';
import type { Sid } from '../units.ts';
import { appendToLog, applyTxn, isWithinReach, noteRecovered } from '../txn-log/zk-database.ts';
import { reloadDatabase, truncateDatabase } from '../txn-log/zk-database.ts';
import { epochOf, formatZxid, makeZxid, nextZxid, ZXID_ZERO, type Zxid } from '../zxid.ts';
import { startLearnerServer } from '../zookeeper-server.ts';
import { flagCommit, flagFromLeader, flagStep } from './flags.ts';
import { takeOver } from './follower.ts';
import { readTimeout, type Learner } from './learner.ts';
import { ackLoggedEarly, endOfLog, logAll, logsLater } from './learner-flaws.ts';
import { clearForSnapshot, takeSnapshot } from './learner-snapshot.ts';
import type { QuorumPacket } from './packet.ts';
import { leaveRole, updateElectionVote, writeEpoch } from './quorum-peer.ts';
import { isVoter } from './quorum-verifier.ts';
import { configOfRecord, initConfigInDatabase, processReconfig } from './reconfig.ts';
import { readConfig, seeConfig, setLastSeen } from './reconfig.ts';

const LOGGER = 'Learner';

/** Learner.syncWithLeader, its first packet. */
export function onSyncMode(server: Server, learner: Learner, packet: QuorumPacket): void {
  learner.lastQueued = ZXID_ZERO;
  switch (packet.type) {
    case 'DIFF':
      mark(server, 'learner.diff');
      log(server, 'INFO', LOGGER, `Getting a diff from the leader ${formatZxid(packet.zxid)}`);
      // ZOOKEEPER-2355: what is only announced counted as received.
      if (isMutant(server, 'diff-sets-zxid-early')) server.db.tree.lastProcessedZxid = packet.zxid;
      beginSync(server, learner, 'DIFF');
      return;
    case 'TRUNC':
      mark(server, 'learner.trunc');
      beginSync(server, learner, 'TRUNC');
      truncate(server, learner, packet.zxid);
      return;
    case 'SNAP':
      log(server, 'INFO', LOGGER, `Getting a snapshot from leader ${formatZxid(packet.zxid)}`);
      mark(server, 'learner.snap');
      beginSync(server, learner, 'SNAP');
      clearForSnapshot(server);
      learner.snapshotOf = packet.zxid;
      return;
    default:
      log(
        server,
        'ERROR',
        LOGGER,
        `Got unexpected packet from leader: ${packet.type}, exiting ... `,
      );
      flagFromLeader(server, packet, 'where DIFF, TRUNC or SNAP was due');
      exit(server, 13, `unexpected ${packet.type} where DIFF, TRUNC or SNAP was due`);
  }
}

function beginSync(server: Server, learner: Learner, mode: 'DIFF' | 'TRUNC' | 'SNAP'): void {
  learner.phase = 'syncing';
  learner.snapshotNeeded = mode !== 'DIFF';
  learner.writeToTxnLog = !learner.snapshotNeeded;
  server.syncMode = mode;
  noteState(server);
  if (mode === 'DIFF') initConfigInDatabase(server);
}

function truncate(server: Server, learner: Learner, zxid: Zxid): void {
  log(server, 'WARN', LOGGER, `Truncating log to get in sync with the leader ${formatZxid(zxid)}`);
  // ZOOKEEPER-3526: what a spoilt list names is cut to as well as it goes.
  const asksNot = isMutant(server, 'ro-pollutes-committedlog');
  if (!asksNot && !isWithinReach(server.db, zxid)) {
    askForSnapshot(server, zxid);
    return;
  }
  const op = diskOp(server, { kind: 'truncate', zxid });
  const end = endOfLog(server, zxid);
  const cut = { kind: 'truncate', op, zxid: end } as const;
  // ZOOKEEPER-4837: a newer snapshot stays, and brings back what is cut.
  const keepsSnapshots = isMutant(server, 'trunc-keeps-newer-snapshot');
  server.out.push(keepsSnapshots ? { ...cut, keepsSnapshots } : cut);
  if (isMutant(server, 'trunc-failure-ignored')) {
    learner.phase = 'truncating';
    return;
  }
  if (!truncateDatabase(server, end)) {
    log(server, 'ERROR', LOGGER, `Not able to truncate the log ${formatZxid(zxid)}`);
    exit(server, 13, `cannot truncate the log to ${formatZxid(zxid)}: no snapshot reaches back`);
    return;
  }
  takeTruncated(server, learner, zxid);
}

/**
 * What came by SNAP is in no log: nothing here says what the tree was in between. The disk stays as
 * it is, and goes on to count in elections, until a SNAP of this or another leader replaces it.
 *
 * Differs: ZooKeeper cuts what it can, and keeps the newer snapshot (ZOOKEEPER-4837).
 */
function askForSnapshot(server: Server, zxid: Zxid): void {
  mark(server, 'learner.trunc-out-of-reach');
  log(server, 'ERROR', LOGGER, `Not able to truncate the log ${formatZxid(zxid)}`);
  server.asksForSnapshot = true;
  leaveRole(server, `neither log nor snapshot here ends at ${formatZxid(zxid)}`);
}

function takeTruncated(server: Server, learner: Learner, zxid: Zxid): void {
  server.db.tree.lastProcessedZxid = zxid;
  initConfigInDatabase(server);
  noteRecovered(server, 'TRUNC');
  learner.snapshotOf = null;
}

/** ZOOKEEPER-3701: whether the log could be cut or not, it is read anew, and counts as cut. */
export function takeTruncation(server: Server, learner: Learner, zxid: Zxid, isCut: boolean): void {
  learner.phase = 'syncing';
  if (isCut) truncateDatabase(server, zxid);
  else reloadDatabase(server);
  takeTruncated(server, learner, zxid);
}

/** DataTree.deserialize, a piece at a time. */
function onSnapshotPiece(
  server: Server,
  learner: Learner,
  piece: Extract<QuorumPacket, { type: 'SNAPSHOT' }>,
): void {
  const { db } = server;
  for (const [id, timeOut] of piece.sessions) db.sessions.set(id, timeOut);
  addSnapshotNodes(db.tree, piece.nodes);
  if (!piece.signature) return;
  setupQuotas(db.tree);
  db.tree.lastProcessedZxid = learner.snapshotOf ?? ZXID_ZERO;
  learner.snapshotOf = null;
  initConfigInDatabase(server);
  noteRecovered(server, 'SNAP', !isMutant(server, 'snap-keeps-stale-tail'));
}

/** Learner.syncWithLeader's loop. */
export function onSyncPacket(server: Server, learner: Learner, packet: QuorumPacket): void {
  switch (packet.type) {
    case 'SNAPSHOT':
      onSnapshotPiece(server, learner, packet);
      return;
    case 'PROPOSAL':
      if (!isContinuous(server, learner, packet.zxid)) return;
      seeConfig(server, packet.record);
      learner.packetsNotLogged.push(packet.record);
      if (learner.phase === 'awaitingUpToDate') mark(server, 'learner.proposal-before-uptodate');
      return;
    case 'COMMIT':
      onSyncCommit(server, learner, packet.zxid);
      return;
    case 'COMMITANDACTIVATE':
      onSyncActivate(server, learner, packet.zxid, packet.leader);
      return;
    case 'INFORM':
      if (!isContinuous(server, learner, packet.zxid)) return;
      onSyncInform(server, learner, packet.record);
      return;
    case 'INFORMANDACTIVATE':
      // Differs: ZooKeeper does not count it, and takes what comes next for one with a hole before.
      learner.lastQueued = packet.zxid;
      if (!activate(server, packet.record, packet.leader)) return;
      onSyncInform(server, learner, packet.record);
      return;
    case 'NEWLEADER':
      flagStep(server, learner, 'NEWLEADER', epochOf(packet.zxid), 'syncing');
      onNewLeader(server, learner, packet.config);
      return;
    case 'UPTODATE':
      flagStep(server, learner, 'UPTODATE', learner.epoch, 'awaitingUpToDate');
      onUpToDate(server, learner);
      return;
    case 'DIFF':
    case 'TRUNC':
    case 'SNAP':
    case 'LEADERINFO':
      flagFromLeader(server, packet, 'in the middle of a synchronisation');
      return;
    default:
      return; // Java's switch passes over the rest: pings come before UPTODATE, too.
  }
}

/** Learner.enforceContinuousProposal: a hole ends the connection, so that it does not stay. */
function isContinuous(server: Server, learner: Learner, zxid: Zxid): boolean {
  const last = learner.lastQueued;
  const isFirst = last === ZXID_ZERO;
  if (!isFirst && zxid !== nextZxid(last) && epochOf(zxid) <= epochOf(last)) {
    const fact = `DIFF sync got proposal ${formatZxid(zxid)}, last queued ${formatZxid(last)}, expected ${formatZxid(nextZxid(last))}`;
    note(server, { note: 'violation', property: 'proposalConsistent', fact });
    // ZOOKEEPER-4925: a hole was worth a warning.
    if (isMutant(server, 'sync-skips-committedlog')) return true;
    leaveRole(server, fact);
    return false;
  }
  learner.lastQueued = zxid;
  return true;
}

function onSyncInform(server: Server, learner: Learner, record: TxnRecord): void {
  mark(server, 'learner.inform-in-sync');
  if (!learner.writeToTxnLog) {
    applyTxn(server, record, []);
    return;
  }
  learner.packetsNotLogged.push(record);
  learner.packetsCommitted.push(record.header.zxid);
}

/** A reconfiguration is committed while this learner is being brought up to date. */
function onSyncActivate(server: Server, learner: Learner, zxid: Zxid, leader: Sid): void {
  mark(server, 'learner.reconfig-in-sync');
  const head = learner.packetsNotLogged[0];
  if (head?.header.zxid === zxid && !activate(server, head, leader)) return;
  onSyncCommit(server, learner, zxid);
}

/** @returns false where this learner's role ends by it. */
function activate(server: Server, record: TxnRecord, leader: Sid): boolean {
  const verifier = configOfRecord(server, record);
  if (verifier === null) return true;
  const { zxid } = record.header;
  if (!processReconfig(server, verifier, leader, zxid, true)) return true;
  leaveRole(server, 'changes proposed in reconfig');
  return false;
}

function onSyncCommit(server: Server, learner: Learner, zxid: Zxid): void {
  if (learner.phase === 'awaitingUpToDate') mark(server, 'learner.commit-before-uptodate');
  const head = learner.packetsNotLogged[0];
  if (head === undefined) {
    // In ZooKeeper a NullPointerException, which ends the connection as well.
    const fact = `COMMIT ${formatZxid(zxid)} came before its proposal`;
    note(server, { note: 'violation', property: 'commitConsistent', fact });
    leaveRole(server, fact);
    return;
  }
  if (learner.writeToTxnLog) {
    learner.packetsCommitted.push(zxid);
    return;
  }
  if (head.header.zxid !== zxid) {
    log(server, 'WARN', LOGGER, `Committing ${formatZxid(zxid)}, but next proposal is another`);
    flagCommit(server, zxid, head);
    return;
  }
  learner.packetsNotLogged.shift();
  applyTxn(server, head, []);
}

/**
 * NEWLEADER, in the order that keeps every acknowledged transaction: the snapshot, then the
 * committed part of the DIFF, then currentEpoch, each durable before the next; then the ACK.
 */
function onNewLeader(server: Server, learner: Learner, config: string): void {
  log(server, 'INFO', LOGGER, 'Learner received NEWLEADER message');
  if (config.length > 1) {
    learner.newLeaderConfig = readConfig(server, config);
    if (learner.newLeaderConfig !== null) setLastSeen(server, learner.newLeaderConfig);
  }
  learner.writeToTxnLog = true;
  if (learner.snapshotNeeded) {
    learner.phase = 'takingSnapshot';
    takeSnapshot(server);
    return;
  }
  logDiff(server, learner);
}

/**
 * Whether the ACK of NEWLEADER says that the history is safe here.
 *
 * Differs: in ZooKeeper an observer logs nothing until UPTODATE, also where the configuration that
 * is to come into force by these ACKs makes it a voter, and the only one with the history at that.
 */
function isCountedOn(server: Server): boolean {
  return !isObserver(server) || isVoter(server.lastSeenQuorumVerifier, sidOf(server));
}

export function logDiff(server: Server, learner: Learner): void {
  if (learner.packetsNotLogged.length > learner.packetsCommitted.length) {
    mark(server, 'learner.uncommitted-at-newleader');
  }
  if (!isCountedOn(server) || logsLater(server, learner)) {
    enterEpoch(server, learner);
    return;
  }
  if (isMutant(server, 'log-all-at-newleader') || isMutant(server, 'proposal-ack-first')) {
    if (!logAll(server, learner)) enterEpoch(server, learner);
    return;
  }
  if (learner.packetsCommitted.length === 0) {
    enterEpoch(server, learner);
    return;
  }
  let last: Zxid | null = null;
  for (const zxid of learner.packetsCommitted.splice(0)) {
    const head = learner.packetsNotLogged[0];
    if (head?.header.zxid !== zxid) {
      log(server, 'WARN', LOGGER, `Committing ${formatZxid(zxid)}, but next proposal is another`);
      flagCommit(server, zxid, head);
      continue;
    }
    learner.packetsNotLogged.shift();
    appendToLog(server, head);
    applyTxn(server, head, []);
    last = zxid;
  }
  if (isMutant(server, 'ack-before-fsync')) {
    // ZOOKEEPER-4646: the log's own thread syncs it, in its own time.
    enterEpoch(server, learner);
    const op = diskOp(server, { kind: 'background' });
    server.out.push({ kind: 'syncLog', op });
    return;
  }
  learner.phase = 'loggingDiff';
  const op = diskOp(server, { kind: 'learnerStep', upTo: last });
  server.out.push({ kind: 'syncLog', op });
}

export function enterEpoch(server: Server, learner: Learner): void {
  const isWritten = server.currentEpoch === learner.epoch;
  if (isWritten && isMutant(server, 'epoch-before-txns')) {
    ackNewLeader(server, learner);
    return;
  }
  if (isMutant(server, 'epoch-at-uptodate')) {
    ackNewLeader(server, learner);
    return;
  }
  learner.phase = 'writingCurrentEpoch';
  writeEpoch(server, 'currentEpoch', learner.epoch, 'learner');
}

export function ackNewLeader(server: Server, learner: Learner): void {
  log(server, 'INFO', LOGGER, `Set the current epoch to ${String(learner.epoch)}`);
  learner.phase = 'awaitingUpToDate';
  server.syncMode = 'NONE';
  noteState(server);
  const { lastProcessedZxid } = server.db.tree;
  note(server, { note: 'synchronized', epoch: learner.epoch, zxid: lastProcessedZxid });
  setTimer(server, 'learnerRead', readTimeout(server, learner));
  if (learner.conn === null) return;
  if (isMutant(server, 'proposal-ack-first')) ackLoggedEarly(server, learner);
  send(server, learner.conn, { type: 'ACK', zxid: makeZxid(learner.epoch, 0) });
  log(
    server,
    'INFO',
    LOGGER,
    `Sent NEWLEADER ack to leader with zxid ${makeZxid(learner.epoch, 0).toString(16)}`,
  );
}

/** UPTODATE: start to serve, and hand over what came since NEWLEADER. */
function onUpToDate(server: Server, learner: Learner): void {
  log(server, 'INFO', LOGGER, 'Learner received UPTODATE message');
  const { newLeaderConfig } = learner;
  if (newLeaderConfig !== null) {
    if (processReconfig(server, newLeaderConfig, null, ZXID_ZERO, true)) {
      mark(server, 'learner.reconfig-at-uptodate');
      leaveRole(server, 'changes proposed in reconfig');
      return;
    }
  }
  if (isMutant(server, 'epoch-at-uptodate')) {
    writeEpoch(server, 'currentEpoch', learner.epoch, 'nothing');
  }
  if (learner.conn !== null) {
    send(server, learner.conn, { type: 'ACK', zxid: makeZxid(learner.epoch, 0) });
  }
  learner.phase = 'broadcast';
  server.zabState = 'broadcast';
  startLearnerServer(server);
  updateElectionVote(server, learner.epoch);
  noteState(server);
  if (isMutant(server, 'log-all-at-newleader')) ackLoggedEarly(server, learner);
  takeOver(server, learner);
}
