/**
 * Flags: a branch was taken that a correct ensemble never takes, and ZooKeeper says at most so in
 * its log. Each is a note for whoever watches, and changes nothing.
 *
 * Source: the flags of ZkV3_7_0.tla; QuorumPeer's classes, where they log an error (3.9).
 */
import { note, sidOf, type Server } from '../server-context.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { counterOf, formatZxid, nextZxid, type Zxid } from '../zxid.ts';
import type { Leader } from './leader.ts';
import type { LearnerHandler } from './learner-handler.ts';
import type { Learner } from './learner.ts';
import type { QuorumPacket } from './packet.ts';

/** NEWLEADER and UPTODATE are due once each, for the epoch that the learner has accepted. */
export function flagStep(
  server: Server,
  { epoch, phase, leader }: Learner,
  type: 'NEWLEADER' | 'UPTODATE',
  of: number,
  due: Learner['phase'],
): void {
  if (phase === due && of === epoch) return;
  const got = `got ${type} of epoch ${String(of)} from server ${String(leader)}`;
  flag(server, 'stateConsistent', `${got}, but it is ${phase} for epoch ${String(epoch)}`);
}

/** A learner got a packet of a kind that is not due. */
export function flagFromLeader(server: Server, packet: QuorumPacket, when: string): void {
  flag(server, 'messageLegal', `got ${packet.type} from its leader ${when}`);
}

/** A leader did. */
export function flagFromLearner(
  server: Server,
  { sid }: LearnerHandler,
  packet: QuorumPacket,
  when: string,
): void {
  const from = sid === null ? 'a learner' : `server ${String(sid)}`;
  flag(server, 'messageLegal', `got ${packet.type} from its learner, ${from}, ${when}`);
}

/** A learner is told to commit another proposal than the oldest that it has open. */
export function flagCommit(server: Server, zxid: Zxid, head: TxnRecord | undefined): void {
  const next = head === undefined ? 'none' : formatZxid(head.header.zxid);
  const told = `was told to commit ${formatZxid(zxid)}`;
  flag(server, 'commitConsistent', `${told}, but the oldest proposal that it has open is ${next}`);
}

/** A leader is about to commit: in turn, unless it is the first of its epoch. */
export function flagTurn(server: Server, { lastCommitted }: Leader, zxid: Zxid): void {
  if (counterOf(lastCommitted) === 0 || zxid === nextZxid(lastCommitted)) return;
  const fact = `commits ${formatZxid(zxid)} right after ${formatZxid(lastCommitted)}`;
  flag(server, 'commitConsistent', `${fact}, which is not the one before it`);
}

/** A learner acknowledges what it is sent one after the other, from the first one on. */
export function flagAck(server: Server, { sid, lastAcked }: LearnerHandler, zxid: Zxid): void {
  if (counterOf(lastAcked) === 0 || zxid === nextZxid(lastAcked)) return;
  const from = `got the acknowledgement of ${formatZxid(zxid)} from server ${String(sid)}`;
  flag(server, 'ackConsistent', `${from} right after that of ${formatZxid(lastAcked)}`);
}

function flag(server: Server, property: string, fact: string): void {
  const sentence = `Server ${String(sidOf(server))} ${fact}.`;
  note(server, { note: 'violation', property, fact: sentence });
}
