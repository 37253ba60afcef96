/**
 * What a leader proposes, from the proposal to its commit; see leader.ts.
 *
 * Source: quorum.Leader.propose, processAck, tryToCommit, processSync (3.9).
 */
import { wallMillis } from '../zookeeper-server.ts';
import { count, observe } from '../admin/metrics.ts';
import { defined } from '../assert.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { commitRequest } from '../processor/commit-processor.ts';
import { isMutant, log, mark, note, sidOf, type Server } from '../server-context.ts';
import { txnRecordBytes } from '../txn-log/log-format.ts';
import { txnId } from '../txn-log/zk-database.ts';
import type { ConnId, Sid } from '../units.ts';
import { COUNTER_MAX, counterOf, formatZxid, nextZxid, type Zxid } from '../zxid.ts';
import { designatedLeader } from './designated-leader.ts';
import { flagTurn } from './flags.ts';
import { sendTo, type Leader, type Proposal } from './leader.ts';
import type { QuorumPacket } from './packet.ts';
import { leaveRole } from './quorum-peer.ts';
import { hasAllQuorums, isVoterOfAny } from './quorum-verifier.ts';
import { processReconfig, seeOwnConfig, verifiersOf } from './reconfig.ts';

const LOGGER = 'Leader';

/**
 * Leader.propose. @returns false where the counter has rolled over: the leader gives up, and the
 * next epoch starts from 0.
 */
export function propose(server: Server, leader: Leader, record: TxnRecord): boolean {
  const { zxid } = record.header;
  // ZOOKEEPER-1277: nobody looked, and the next zxid was of an epoch that nobody had elected.
  if (counterOf(zxid) === COUNTER_MAX && !isMutant(server, 'no-rollover-check')) {
    mark(server, 'leader.roll-over');
    leaveRole(
      server,
      'For the reason zxid lower 32 bits have rolled over, forcing re-election, and therefore new epoch start',
    );
    return false;
  }
  seeOwnConfig(server, record);
  countProposal(server, leader, record);
  const verifiers = verifiersOf(server);
  leader.lastProposed = zxid;
  leader.outstanding.set(zxid, { record, verifiers, acks: new Set() });
  note(server, { note: 'proposed', zxid, id: txnId(record), record });
  const packet: QuorumPacket = { type: 'PROPOSAL', zxid, record };
  for (const handler of leader.handlers.values()) {
    if (handler.forwarding && handler.type === 'participant') sendTo(server, handler, packet);
  }
  return true;
}

function countProposal(server: Server, { proposalSizes }: Leader, record: TxnRecord): void {
  const size = txnRecordBytes(record);
  proposalSizes.last = size;
  if (proposalSizes.min === -1 || size < proposalSizes.min) proposalSizes.min = size;
  if (size > proposalSizes.max) proposalSizes.max = size;
  count(server, 'proposal_count');
}

/** Leader.processAck. */
export function processAck(server: Server, leader: Leader, sid: Sid, zxid: Zxid): void {
  if (!leader.allowedToCommit) {
    mark(server, 'leader.may-not-commit');
    return;
  }
  if (counterOf(zxid) === 0 || leader.outstanding.size === 0) return;
  if (zxid <= leader.lastCommitted) return;
  const proposal = leader.outstanding.get(zxid);
  if (proposal === undefined) {
    const fact = `Trying to commit future proposal: zxid ${formatZxid(zxid)} from ${String(sid)}`;
    log(server, 'WARN', LOGGER, fact);
    note(server, { note: 'violation', property: 'ackConsistent', fact });
    return;
  }
  if (isVoterOfAny(proposal.verifiers, sid)) proposal.acks.add(sid);
  if (!tryToCommit(server, leader, proposal, zxid)) return;
  if (proposal.record.txn.type !== 'reconfig') return;
  // What waited behind it may have its quorum by now.
  for (let next = nextZxid(zxid); leader.allowedToCommit; next = nextZxid(next)) {
    const waiting = leader.outstanding.get(next);
    if (waiting === undefined || !tryToCommit(server, leader, waiting, next)) return;
  }
}

/** Leader.tryToCommit: in the order of zxids, and with a quorum of each configuration. */
function tryToCommit(server: Server, leader: Leader, proposal: Proposal, zxid: Zxid): boolean {
  if (leader.outstanding.has((zxid - 1n) as Zxid)) {
    mark(server, 'leader.quorum-out-of-turn');
    return false;
  }
  if (!hasAllQuorums(proposal.verifiers, proposal.acks)) return false;
  flagTurn(server, leader, zxid);
  leader.outstanding.delete(zxid);
  leader.toBeApplied.push(proposal);
  leader.lastCommitted = zxid;
  count(server, 'commit_count');
  observe(server, 'quorum_ack_latency', wallMillis(server) - proposal.record.header.time);
  note(server, { note: 'committed', zxid, acks: [...proposal.acks] });
  if (proposal.record.txn.type === 'reconfig') activate(server, leader, proposal);
  else sayCommitted(server, leader, proposal);
  if (server.zks !== null) commitRequest(server, server.zks, proposal.record);
  const syncs = leader.pendingSyncs.get(zxid);
  if (syncs === undefined) return true;
  leader.pendingSyncs.delete(zxid);
  for (const sync of syncs) answerSync(server, leader, sync);
  return true;
}

/** COMMIT to those who have the proposal, INFORM with the whole of it to observers. */
function sayCommitted(server: Server, leader: Leader, { record }: Proposal): void {
  const { zxid } = record.header;
  const commit: QuorumPacket = { type: 'COMMIT', zxid };
  let inform: QuorumPacket | null = null;
  for (const handler of leader.handlers.values()) {
    if (!handler.forwarding) continue;
    if (handler.type === 'participant') sendTo(server, handler, commit);
    else sendTo(server, handler, (inform ??= { type: 'INFORM', zxid, record }));
  }
}

/**
 * A reconfiguration is committed: it comes into force here, then at everybody who hears of it.
 * Where it names another leader, it was the last commit of this one. The learners close their
 * connections, so that a quorum of them has surely heard of it.
 */
function activate(server: Server, leader: Leader, proposal: Proposal): void {
  const { record, verifiers, acks } = proposal;
  const { zxid } = record.header;
  const verifier = defined(verifiers.at(-1), 'a proposal has a configuration');
  const designated = designatedLeader(server, leader, verifiers, acks, zxid);
  processReconfig(server, verifier, designated, leader.lastProposed, true);
  if (designated !== sidOf(server)) {
    log(
      server,
      'INFO',
      LOGGER,
      'Committing a reconfiguration (reconfigEnabled=true); this leader is not the designated leader anymore, setting allowedToCommit=false',
    );
    mark(server, 'leader.deposes-itself');
    leader.allowedToCommit = false;
  }
  const commit: QuorumPacket = { type: 'COMMITANDACTIVATE', zxid, leader: designated };
  const inform: QuorumPacket = { type: 'INFORMANDACTIVATE', zxid, leader: designated, record };
  for (const handler of leader.handlers.values()) {
    if (!handler.forwarding) continue;
    sendTo(server, handler, handler.type === 'participant' ? commit : inform);
  }
}

/** Leader.processSync: answered behind every commit that it must see. */
export function processSync(server: Server, leader: Leader, sync: ConnId): void {
  if (leader.outstanding.size === 0) {
    answerSync(server, leader, sync);
    return;
  }
  mark(server, 'leader.sync-waits');
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
