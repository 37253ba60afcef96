/**
 * The checkers of a run: they listen to what every server notes and sends, and say which invariant
 * is broken, when, and by which two facts. They look at nothing else, change nothing, and do their
 * work only where a note concerns it.
 *
 * Source: invariants of zookeeper-specifications (Zab.tla, ZkV3_7_0.tla) and of Remix (MSPEC_2).
 */
import { unreachable } from '../../core/assert.ts';
import type { EnsembleConfig } from '../../core/config.ts';
import type { TxnRecord } from '../../core/jute/txn.ts';
import { parseConfig } from '../../core/quorum/config-text.ts';
import type { Message, Note } from '../../core/quorum/peer-io.ts';
import type { QuorumPacket } from '../../core/quorum/packet.ts';
import { isVoter } from '../../core/quorum/quorum-verifier.ts';
import type { Micros, Sid } from '../../core/units.ts';
import type { PropertyView } from '../frame.ts';
import type { Inbound, Outbound } from '../host.ts';
import {
  noteLeaderHears,
  noteLeaderStarts,
  noteLogged,
  noteProposal,
  noteSessionExpired,
} from './client/wire.ts';
import { checkApplyOrder } from './apply-order.ts';
import { checkCommittedLogDurability, recordCut } from './committed-log-durability.ts';
import { checkCommittingLeader, checkStartingLeader } from './committed-log-monotonicity.ts';
import { commitHistory, commitNext } from './committed.ts';
import { checkCountedAckEpoch, checkOfferedEpoch } from './counted-ack-epoch.ts';
import { remember } from './describe.ts';
import { checkEpochOfLogged, recordEpoch, recoverEpochs } from './epochs-on-disk.ts';
import {
  createGhosts,
  forgetSync,
  forgetVolatile,
  moveTo,
  report,
  type Ghosts,
  type MemberGhost,
} from './ghosts.ts';
import {
  type RecoveredNote,
  addProposal,
  advance,
  dropUnlogged,
  extendHistory,
  idInHistory,
  lastTransactionOf,
  replaceHistory,
} from './history.ts';
import { checkNewLeader } from './leader-log-completeness.ts';
import { checkLeadership1 } from './leadership-1.ts';
import { checkLeadership2 } from './leadership-2.ts';
import { checkLogged, checkRecoveredLog } from './log-contiguity.ts';
import { onLook } from './looks.ts';
import { beginTerm, checkNewEpoch, noteAnnounced } from './new-epoch.ts';
import { checkEpochAfterHistory, checkNewLeaderAck } from './new-leader-ack-durable.ts';
import { checkAppliedByLeader } from './prefix-consistency.ts';
import { checkPrimaryIntegrity } from './primary-integrity.ts';
import { checkProcessConsistency } from './process-consistency.ts';
import { PROPERTIES, propertyNamed } from './properties.ts';
import { checkProposalAck } from './proposal-ack-durable.ts';
import { checkQuorumDurability } from './quorum-durability.ts';
import { checkRecoveredTo, forgiveDisk } from './recovery.ts';
import { recordApplied, recordRecovered, recordSynchronized } from './tree-digest.ts';
import { checkTruncation } from './truncation.ts';
import { checkVote } from './vote-order.ts';
import { counterOfKey, epochOfKey, epochStart, keyOf, maxKey, type ZxidKey } from './zxid-key.ts';

/** Plain data: a `structuredClone` of it is part of a checkpoint. */
export type Checker = Ghosts;

type NoteOf<Name extends Note['note']> = Extract<Note, { readonly note: Name }>;

export function createChecker(config: EnsembleConfig): Checker {
  return createGhosts(config);
}

/**
 * One event handled by a server; `event` is null for its own timer or disk.
 *
 * Messages of the other ports have no `type` that a quorum packet has, so all of them are read as
 * quorum packets: to ask which is which would cost more than all the rest.
 */
export function checkTurn(
  checker: Checker,
  sid: Sid,
  at: Micros,
  event: Inbound | null,
  effects: readonly Outbound[],
): void {
  const m = checker.members.get(sid);
  if (m === undefined) return;
  moveTo(checker, at);
  if (event !== null && event.kind === 'packet') onReceived(m, event.message as QuorumPacket);
  if (event !== null && m.state === 'LEADING') noteLeaderHears(checker, m, event, effects);
  let proposed: NoteOf<'proposed'> | null = null;
  for (const effect of effects) {
    if (effect.kind === 'note') {
      if (effect.note.note === 'proposed') proposed = effect.note;
      onNote(checker, m, effect.note);
    } else if (effect.kind === 'send') {
      proposed = onSent(checker, m, effect.message as QuorumPacket, proposed);
    } else if (effect.kind === 'look') {
      onLook(checker, m, effect.look);
    } else if (effect.kind === 'exit') {
      forgetVolatile(m);
    }
  }
}

/** The server's process is gone; its disk is not. */
export function checkCrash(checker: Checker, sid: Sid, at: Micros): void {
  moveTo(checker, at);
  const m = checker.members.get(sid);
  if (m !== undefined) forgetVolatile(m);
}

/** Somebody emptied or damaged the disk of a server that is down. */
export function checkRuinedDisk(checker: Checker, sid: Sid): void {
  const m = checker.members.get(sid);
  if (m !== undefined) forgiveDisk(m, m.lying);
}

/** From now on a disk lies about what is durable, or does so no more. */
export function checkLyingDisk(checker: Checker, sid: Sid, lying: boolean): void {
  const m = checker.members.get(sid);
  if (m !== undefined && lying !== m.lying) forgiveDisk(m, lying);
}

/** @param now What holds is known to hold until then. */
export function propertyViews(checker: Checker, now = checker.now): readonly PropertyView[] {
  const views = PROPERTIES.map((property) => viewOf(checker, property.name, now));
  for (const name of checker.violations.keys()) {
    if (PROPERTIES.some((property) => property.name === name)) continue;
    views.push(viewOf(checker, name, now));
  }
  return views;
}

function viewOf(checker: Checker, name: string, now: Micros): PropertyView {
  const violation = checker.violations.get(name);
  return {
    name,
    title: propertyNamed(name).title,
    holds: violation === undefined,
    why: violation?.why ?? null,
    violatedAt: violation?.at ?? null,
    lastTrueAt: violation?.lastTrueAt ?? now,
    event: violation?.event ?? null,
  };
}

export function firstViolation(
  checker: Checker,
): { readonly name: string; readonly why: string; readonly at: Micros } | null {
  for (const [name, { why, at }] of checker.violations) return { name, why, at };
  return null;
}

/** What a leader says to its learner before the learner acts on it. */
function onReceived(m: MemberGhost, packet: QuorumPacket): void {
  if (m.state !== 'FOLLOWING' && m.state !== 'OBSERVING') return;
  switch (packet.type) {
    case 'COMMIT':
    case 'INFORM':
    case 'COMMITANDACTIVATE':
    case 'INFORMANDACTIVATE':
      m.toldToCommit = maxKey(m.toldToCommit, keyOf(packet.zxid));
      return;
    case 'LEADERINFO':
      m.offeredEpoch = epochOfKey(keyOf(packet.zxid));
      return;
    case 'DIFF':
      m.keeping = 'log';
      return;
    case 'TRUNC':
      m.truncateTo = keyOf(packet.zxid);
      m.keeping = 'snapshot';
      return;
    case 'SNAP':
      m.keeping = 'snapshot';
      return;
    case 'NEWLEADER':
      m.syncTarget = m.toldToCommit;
      return;
    default:
  }
}

/** Returns the proposal whose first packet is still to come. */
function onSent(
  checker: Checker,
  m: MemberGhost,
  packet: QuorumPacket,
  proposed: NoteOf<'proposed'> | null,
): NoteOf<'proposed'> | null {
  switch (packet.type) {
    case 'PROPOSAL':
      if (proposed?.zxid !== packet.zxid) return proposed;
      remember(checker.descriptions, keyOf(proposed.zxid), proposed.id, packet.record);
      return null;
    case 'ACK':
      onAckSent(checker, m, keyOf(packet.zxid));
      return proposed;
    case 'ACKEPOCH':
      if (packet.currentEpoch !== -1) checkCountedAckEpoch(checker, m);
      return proposed;
    case 'TRUNC':
    case 'SNAP':
      recordCut(checker, m, keyOf(packet.zxid));
      return proposed;
    case 'LEADERINFO':
      checkOfferedEpoch(checker, m, epochOfKey(keyOf(packet.zxid)));
      checkNewEpoch(checker, m, epochOfKey(keyOf(packet.zxid)));
      return proposed;
    case 'FOLLOWERINFO':
    case 'OBSERVERINFO':
      noteAnnounced(m, epochOfKey(keyOf(packet.zxid)));
      return proposed;
    case undefined:
      onVoteSent(checker, m, packet);
      return proposed;
    default:
      return proposed;
  }
}

function onVoteSent(checker: Checker, m: MemberGhost, message: Message): void {
  if ('electionEpoch' in message) checkVote(checker, m, message);
}

function onAckSent(checker: Checker, m: MemberGhost, zxid: ZxidKey): void {
  if (m.state !== 'FOLLOWING') return;
  if (counterOfKey(zxid) === 0) checkNewLeaderAck(checker, m, epochOfKey(zxid));
  else checkProposalAck(checker, m, zxid);
}

function onNote(checker: Checker, m: MemberGhost, note: Note): void {
  switch (note.note) {
    case 'state':
      return onState(checker, m, note);
    case 'recovered':
      return onRecovered(checker, m, note);
    case 'established':
      m.epoch = note.epoch;
      m.established = true;
      checkLeadership2(checker, m);
      return checkNewLeader(checker, m);
    case 'epoch':
      // One that it had when it started, and only now has in its file, promises nothing new.
      if (note.file === 'currentEpoch' && note.epoch !== m.currentEpoch) {
        checkEpochAfterHistory(checker, m, note.epoch);
      }
      return recordEpoch(checker, m, note);
    case 'logged':
      if (note.record !== undefined) onLoggedAlone(checker, m, note.record, note.id);
      return onLogged(checker, m, keyOf(note.zxid), note.id);
    case 'synced':
      m.lastSynced = maxKey(m.lastSynced, keyOf(note.zxid));
      m.durableTo = maxKey(m.durableTo, keyOf(note.zxid));
      return;
    case 'proposed':
      if (note.record !== undefined) noteProposal(checker, m, note.record);
      return onProposed(checker, m, keyOf(note.zxid), note.id);
    case 'committed':
      return onCommitted(checker, m, note);
    case 'applied':
      return onApplied(checker, m, note);
    case 'synchronized':
      return onSynchronized(checker, m);
    case 'violation':
      return report(checker, propertyNamed(note.property), note.fact);
    case 'sessionExpired':
      return noteSessionExpired(checker, m, note.sessionId);
    case 'mark':
      return;
    case 'config':
      return onConfig(checker, m, note);
    default:
      return unreachable(note);
  }
}

/**
 * A configuration is in force at a server. A leader that has just committed it needed a quorum of
 * it as well; one that takes it over with its first epoch has it from a quorum of NEWLEADER.
 */
function onConfig(checker: Checker, m: MemberGhost, note: NoteOf<'config'>): void {
  const config = parseConfig(note.text, false);
  m.voter = isVoter(config, m.sid);
  m.config = config;
  m.ownVote = null;
  if (note.version <= checker.config.version) return;
  const zxid = keyOf(note.version);
  if (m.state === 'LEADING' && m.zabState === 'broadcast' && m.committedTo === zxid) {
    checkQuorumDurability(checker, m, zxid, config);
  }
  checker.config = config;
}

function onState(checker: Checker, m: MemberGhost, note: NoteOf<'state'>): void {
  // A reconfiguration may lead from one role into the next without an election.
  const startsOver = m.zabState !== 'discovery' && note.zabState === 'discovery';
  const leftItsRole = m.state !== 'LOOKING' && (note.state === 'LOOKING' || startsOver);
  const startsTerm =
    note.state === 'LEADING' &&
    note.zabState === 'discovery' &&
    (m.state !== 'LEADING' || m.zabState !== 'discovery');
  const startsServing = m.zabState !== 'broadcast' && note.zabState === 'broadcast';
  m.state = note.state;
  m.zabState = note.zabState;
  m.epoch = note.epoch;
  m.leader = note.leader;
  if (leftItsRole) onLooking(checker, m);
  if (startsTerm) beginTerm(checker, m);
  checkLeadership1(checker, m);
  if (!startsServing) return;
  if (m.state === 'LEADING') {
    m.treeZxid = maxKey(m.treeZxid, epochStart(m.epoch));
    checkStartingLeader(checker, m);
    noteLeaderStarts(checker, m);
    checker.newestEpoch = Math.max(checker.newestEpoch, m.epoch);
    commitHistory(checker, m, maxKey(m.base, m.lastZxid));
    checker.coveredTo = maxKey(checker.coveredTo, epochStart(m.epoch));
  } else {
    commitHistory(checker, m, m.lastApplied);
    checkPrimaryIntegrity(checker, m);
  }
}

/**
 * A role has ended. Its tree takes in whatever the log holds besides, whether or not it was
 * committed; see Learner.shutdown and fastForwardDataBase.
 */
function onLooking(checker: Checker, m: MemberGhost): void {
  m.established = false;
  forgetSync(m);
  dropUnlogged(checker, m);
  if (m.lastZxid <= m.lastApplied) return;
  m.lastApplied = m.lastZxid;
  m.lastAppliedId = NaN;
}

function onRecovered(checker: Checker, m: MemberGhost, note: RecoveredNote): void {
  advance(checker, m);
  const before = m.matched;
  m.treeZxid = keyOf(note.lastProcessed);
  if (note.cause === 'boot') {
    recoverEpochs(checker, m, note);
    checkRecoveredTo(checker, m, m.treeZxid);
  }
  if (note.cause === 'TRUNC') {
    const left = leftByTrunc(note, m.treeZxid);
    if (left < m.durableTo) m.durableTo = left;
    checkTruncation(checker, m, note);
  }
  checkRecoveredLog(checker, m, note);
  replaceHistory(checker, m, note);
  recordRecovered(checker, m, note);
  if (note.cause === 'boot') return;
  checkCommittedLogDurability(checker, m, note.cause, before);
}

/** What a TRUNC leaves. The zxid that opens an epoch is in no log: what stands before it is. */
function leftByTrunc(note: RecoveredNote, to: ZxidKey): ZxidKey {
  if (counterOfKey(to) !== 0) return to;
  return keyOf(note.history.at(-1)?.[0] ?? note.base);
}

function onLogged(checker: Checker, m: MemberGhost, zxid: ZxidKey, id: number): void {
  checkEpochOfLogged(checker, m, zxid);
  checkLogged(checker, m, zxid, id);
  m.lastLogged = maxKey(m.lastLogged, zxid);
  extendHistory(m, zxid, id);
}

/** A server without an ensemble: its log is all that a proposal needs. */
function onLoggedAlone(checker: Checker, m: MemberGhost, record: TxnRecord, id: number): void {
  addProposal(checker, keyOf(record.header.zxid), id);
  noteLogged(checker, m, record);
}

function onProposed(checker: Checker, m: MemberGhost, zxid: ZxidKey, id: number): void {
  const epoch = epochOfKey(zxid);
  if (!checker.firstProposed.has(epoch)) checker.firstProposed.set(epoch, zxid);
  addProposal(checker, zxid, id);
  extendHistory(m, zxid, id);
}

function onCommitted(checker: Checker, m: MemberGhost, note: NoteOf<'committed'>): void {
  const zxid = keyOf(note.zxid);
  // NEWLEADER, which is no transaction, may be committed before; nothing else is.
  if (counterOfKey(zxid) === 0 || m.zabState !== 'broadcast') return;
  if (note.acks.includes(m.sid)) checkProposalAck(checker, m, zxid);
  checkQuorumDurability(checker, m, zxid);
  checkCommittingLeader(checker, m);
  const held = idInHistory(checker, m, zxid);
  const id = typeof held === 'number' ? held : (checker.proposals.get(zxid) ?? NaN);
  commitNext(checker, m, zxid, id);
}

function onApplied(checker: Checker, m: MemberGhost, note: NoteOf<'applied'>): void {
  const zxid = keyOf(note.zxid);
  if (m.zabState === 'broadcast') {
    if (checker.clients.alone === m.sid) commitNext(checker, m, zxid, note.id);
    if (m.state === 'LEADING') checkAppliedByLeader(checker, m, zxid, note.id);
    // One that it was not told to commit comes from its log, as the role ends.
    else if (zxid <= m.toldToCommit && zxid > m.base) commitNext(checker, m, zxid, note.id);
  }
  checkApplyOrder(checker, m, zxid);
  recordApplied(checker, m, zxid, note.id, note.digestHigh, note.digestLow);
  extendHistory(m, zxid, note.id);
  advance(checker, m);
}

/** What was not logged is in the snapshot that was saved just before. */
function onSynchronized(checker: Checker, m: MemberGhost): void {
  recordSynchronized(checker, m);
  if (m.keeping === 'snapshot') {
    m.lastLogged = maxKey(m.lastLogged, m.lastApplied);
    m.lastSynced = maxKey(m.lastSynced, m.lastApplied);
    m.durableTo = lastTransactionOf(checker, m);
  }
  checkProcessConsistency(checker, m);
  m.keeping = 'none';
}
