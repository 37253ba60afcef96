/**
 * Follower and Observer in broadcast: proposals are logged and acknowledged, commits are applied,
 * pings are answered with the sessions that clients have touched.
 *
 * Source: quorum.Follower.processPacket, Observer.processPacket, FollowerZooKeeperServer,
 * ObserverZooKeeperServer (3.9).
 */
import { count } from '../admin/metrics.ts';
import { takeTouched } from '../session/learner-session-tracker.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { exit, isObserver, log, mark, note, send, sidOf, type Server } from '../server-context.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import { finishRevalidation } from '../client-connections.ts';
import { commitRequest } from '../processor/commit-processor.ts';
import { logRequest } from '../processor/sync-request-processor.ts';
import { epochOf, formatZxid, nextZxid, ZXID_ZERO, type Zxid } from '../zxid.ts';
import type { Learner } from './learner.ts';
import type { QuorumPacket } from './packet.ts';
import { leaveRole } from './quorum-peer.ts';
import { configOfRecord, processReconfig, seeConfig } from './reconfig.ts';

export function stepServingLearner(server: Server, learner: Learner, packet: QuorumPacket): void {
  const { zks } = server;
  if (zks === null) return;
  switch (packet.type) {
    case 'PING':
      answerPing(server, zks, learner, packet.zxid);
      return;
    case 'PROPOSAL':
      if (isObserver(server)) {
        log(server, 'WARN', 'Observer', 'Ignoring proposal');
        return;
      }
      count(server, 'learner_proposal_received_count');
      checkNext(server, learner, packet.zxid);
      seeConfig(server, packet.record);
      propose(server, zks, packet.record);
      return;
    case 'COMMIT':
      if (isObserver(server)) log(server, 'WARN', 'Observer', 'Ignoring commit');
      else {
        count(server, 'learner_commit_received_count');
        commit(server, zks, packet.zxid);
      }
      return;
    case 'INFORM':
      logRequest(server, zks, packet.record);
      commitRequest(server, zks, packet.record);
      return;
    case 'COMMITANDACTIVATE':
    case 'INFORMANDACTIVATE':
      commitAndActivate(server, zks, packet);
      return;
    case 'SYNC': {
      const request = zks.pendingSyncs.shift();
      if (request === undefined) {
        log(server, 'WARN', 'FollowerZooKeeperServer', 'Not expecting a sync.');
        return;
      }
      commitRequest(server, zks, request);
      return;
    }
    case 'REVALIDATE':
      finishRevalidation(server, zks, packet.sessionId, packet.valid === true);
      return;
    case 'UPTODATE':
      log(server, 'ERROR', 'Follower', 'Received an UPTODATE message after Follower started');
      violation(server, 'messageLegal', `UPTODATE reached server ${String(sidOf(server))} twice`);
      return;
    default:
      log(server, 'WARN', 'Follower', `Unknown packet type: ${packet.type}`);
      violation(
        server,
        'messageLegal',
        `server ${String(sidOf(server))} got ${packet.type} while in broadcast`,
      );
  }
}

/** What came between NEWLEADER and UPTODATE goes through the processors now. */
export function takeOver(server: Server, learner: Learner): void {
  const { zks } = server;
  if (zks === null) return;
  if (!isObserver(server)) {
    zks.pendingTxns.push(...learner.loggedEarly.splice(0));
    if (learner.packetsNotLogged.length > 0) mark(server, 'learner.takes-over-proposals');
    for (const record of learner.packetsNotLogged.splice(0)) propose(server, zks, record);
    for (const zxid of learner.packetsCommitted.splice(0)) commit(server, zks, zxid);
    return;
  }
  for (const record of learner.packetsNotLogged.splice(0)) {
    if (record.header.zxid !== learner.packetsCommitted[0]) {
      const other = `Committing another than ${formatZxid(record.header.zxid)}`;
      log(server, 'WARN', 'Learner', other);
      violation(server, 'commitConsistent', `Server ${String(sidOf(server))}: ${other}.`);
      continue;
    }
    learner.packetsCommitted.shift();
    logRequest(server, zks, record);
    commitRequest(server, zks, record);
  }
}

/** Follower.processPacket, PROPOSAL: a gap is only worth a warning there, and a flag here. */
function checkNext(server: Server, learner: Learner, zxid: Zxid): void {
  const last = learner.lastQueued;
  learner.lastQueued = zxid;
  const follows = zxid === nextZxid(last) || epochOf(zxid) > epochOf(last);
  if (last === ZXID_ZERO || follows) return;
  const fact = `Got zxid ${formatZxid(zxid)} expected ${formatZxid(nextZxid(last))}`;
  log(server, 'WARN', 'Follower', fact);
  violation(server, 'proposalConsistent', fact);
}

function propose(server: Server, zks: ZooKeeperServer, record: TxnRecord): void {
  zks.pendingTxns.push(record);
  logRequest(server, zks, record);
}

/**
 * A reconfiguration is committed: it comes into force, and only then into the tree. Where it
 * changes the leader, or what this server is, the role ends, and the next one is known.
 */
function commitAndActivate(
  server: Server,
  zks: ZooKeeperServer,
  packet: Extract<QuorumPacket, { type: 'COMMITANDACTIVATE' | 'INFORMANDACTIVATE' }>,
): void {
  const { zxid, leader } = packet;
  const isInform = packet.type === 'INFORMANDACTIVATE';
  if (isInform !== isObserver(server)) {
    log(server, 'WARN', isInform ? 'Follower' : 'Observer', `Ignoring ${packet.type}`);
    return;
  }
  const record = isInform ? packet.record : zks.pendingTxns[0];
  const verifier = record === undefined ? null : configOfRecord(server, record);
  const isMajor = verifier !== null && processReconfig(server, verifier, leader, zxid, true);
  if (isInform) {
    logRequest(server, zks, packet.record);
    commitRequest(server, zks, packet.record);
  } else commit(server, zks, zxid);
  if (isMajor && server.status === 'running') leaveRole(server, 'changes proposed in reconfig');
}

/** FollowerZooKeeperServer.commit. */
function commit(server: Server, zks: ZooKeeperServer, zxid: Zxid): void {
  const head = zks.pendingTxns[0];
  if (head === undefined) {
    log(
      server,
      'WARN',
      'FollowerZooKeeperServer',
      `Committing ${formatZxid(zxid)} without seeing txn`,
    );
    violation(server, 'commitConsistent', `COMMIT ${formatZxid(zxid)} came before its proposal`);
    return;
  }
  if (head.header.zxid !== zxid) {
    const fact = `Committing zxid ${formatZxid(zxid)} but next pending txn ${formatZxid(head.header.zxid)}`;
    log(server, 'ERROR', 'FollowerZooKeeperServer', fact);
    violation(server, 'commitConsistent', fact);
    exit(server, 12, fact);
    return;
  }
  zks.pendingTxns.shift();
  commitRequest(server, zks, head);
}

function answerPing(server: Server, zks: ZooKeeperServer, learner: Learner, zxid: Zxid): void {
  if (learner.conn === null) return;
  const touched = zks.touchTable === null ? [] : takeTouched(zks.touchTable);
  send(server, learner.conn, { type: 'PING', zxid, touched });
}

function violation(server: Server, property: string, fact: string): void {
  note(server, { note: 'violation', property, fact });
}
