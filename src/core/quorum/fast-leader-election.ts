/**
 * FastLeaderElection: what a peer does while it is LOOKING, and what it answers while it is not.
 *
 *   startElection ──▶ waiting ◀──────────────┐
 *                      │    ▲                │ a better vote: adopt it, tell everyone
 *     a quorum agrees  │    └────────────────┤
 *     with my vote     ▼                     │
 *                 finalizing ────────────────┘ (it goes back to the end of the queue)
 *                      │
 *      finalizeWait    │ any other vote: it is dropped, and the wait starts over
 *      without a vote  ▼
 *                   decided ──▶ the peer leaves LOOKING
 *
 * A peer that finds a quorum FOLLOWING or LEADING joins it at once.
 *
 * Source: quorum.FastLeaderElection, its Messenger, and quorum.SyncedLearnerTracker (3.9).
 */
import { clearTimer, isMutant, isObserver, log, setTimer } from '../server-context.ts';
import { mark, sidOf, type Server } from '../server-context.ts';
import type { Micros, Sid } from '../units.ts';
import { formatZxid, ZXID_NONE, type Zxid } from '../zxid.ts';
import { becomeLooking, leaveLooking } from './quorum-peer.ts';
import { connectAll, haveDelivered, toSend } from './quorum-cnx-manager.ts';
import { hasAllQuorums, isVoter, weightOf, type QuorumVerifier } from './quorum-verifier.ts';
import { currentAndNextVoters, isValidVoter, learnConfig, verifiersOf } from './reconfig.ts';
import type { Notification, ServerState, Vote } from './vote.ts';

const LOGGER = 'FastLeaderElection';

/** Milliseconds without a better vote, once a quorum agrees. */
export const FINALIZE_WAIT = 200;

/** zookeeper.fastleader.minNotificationInterval and maxNotificationInterval, in milliseconds. */
const MIN_NOTIFICATION_INTERVAL = 200;
const MAX_NOTIFICATION_INTERVAL = 60_000;

/** Loses against every vote: what an observer proposes. */
const NOBODY = -1 as Sid;
const LOWEST_ZXID = -(2n ** 63n) as Zxid;

export interface CastVote extends Vote {
  readonly state: ServerState;
}

export interface FastLeaderElection {
  phase: 'idle' | 'waiting' | 'finalizing';
  /** The round. In memory only; grows at every start of an election. */
  logicalclock: number;
  /** The vote for itself with which the peer entered the election. */
  initial: Vote;
  proposed: Vote;
  /** The latest vote of each peer in this round. */
  readonly recvset: Map<Sid, CastVote>;
  /** The votes of peers that follow or lead already. */
  readonly outofelection: Map<Sid, CastVote>;
  /** Votes received and not yet looked at. Emptied within a step. */
  readonly recvqueue: Notification[];
  /** notTimeout, in milliseconds. */
  timeout: number;
  startedAt: Micros;
}

export function newElection(): FastLeaderElection {
  const nothing: Vote = { leader: NOBODY, zxid: ZXID_NONE, electionEpoch: 0, peerEpoch: -1 };
  return {
    phase: 'idle',
    logicalclock: 0,
    initial: nothing,
    proposed: nothing,
    recvset: new Map(),
    outofelection: new Map(),
    recvqueue: [],
    timeout: MIN_NOTIFICATION_INTERVAL,
    startedAt: 0 as Micros,
  };
}

/** Another FastLeaderElection takes the place of this one: its round is 0, its votes are gone. */
export function resetElection(server: Server): void {
  const fle = server.election;
  fle.phase = 'idle';
  fle.logicalclock = 0;
  fle.recvset.clear();
  fle.outofelection.clear();
  fle.recvqueue.length = 0;
  clearTimer(server, 'notification');
  clearTimer(server, 'finalizeWait');
}

/** FastLeaderElection.lookForLeader, up to its first wait. */
export function lookForLeader(server: Server): void {
  const fle = server.election;
  fle.logicalclock++;
  fle.initial = initialVote(server);
  fle.proposed = fle.initial;
  fle.recvset.clear();
  fle.outofelection.clear();
  fle.recvqueue.length = 0;
  fle.timeout = MIN_NOTIFICATION_INTERVAL;
  fle.startedAt = server.now;
  fle.phase = 'waiting';
  log(
    server,
    'INFO',
    LOGGER,
    `New election. My id = ${String(sidOf(server))}, proposed zxid=${formatZxid(fle.initial.zxid)}`,
  );
  sendNotifications(server);
  setTimer(server, 'notification', fle.timeout);
  readVotes(server);
}

/** Messenger.WorkerReceiver: a notification has come in from another server. */
export function receiveNotification(server: Server, n: Notification): void {
  const fle = server.election;
  if (learnConfig(server, n.sid, n.config)) {
    becomeLooking(server);
    return;
  }
  if (!isValidVoter(server, n.sid)) {
    // Somebody without a vote asks: tell it what we know.
    const vote = server.currentVote;
    toSend(server, n.sid, notification(server, vote, fle.logicalclock, server.state));
    return;
  }
  if (server.state === 'LOOKING') {
    if (fle.phase === 'idle') return;
    fle.recvqueue.push(n);
    if (n.state === 'LOOKING' && n.electionEpoch < fle.logicalclock) {
      mark(server, 'election.lower-round');
      toSend(server, n.sid, notification(server, fle.proposed, fle.logicalclock, server.state));
    }
    readVotes(server);
  } else if (n.state === 'LOOKING') {
    const vote = server.currentVote;
    toSend(server, n.sid, notification(server, vote, vote.electionEpoch, server.state));
  }
}

/** No vote came within the timeout: say ours again, and wait twice as long. */
export function onNotificationTimeout(server: Server): void {
  const fle = server.election;
  if (fle.phase !== 'waiting') return;
  if (haveDelivered(server)) {
    mark(server, 'election.notifies-again');
    sendNotifications(server);
  } else {
    mark(server, 'election.connects-again');
    connectAll(server);
  }
  fle.timeout = Math.min(fle.timeout * 2, MAX_NOTIFICATION_INTERVAL);
  log(server, 'INFO', LOGGER, `Notification time out: ${String(fle.timeout)} ms`);
  setTimer(server, 'notification', fle.timeout);
  readVotes(server);
}

/** A quorum agreed and nothing better came: the vote is decided. */
export function onFinalizeWait(server: Server): void {
  const fle = server.election;
  if (fle.phase !== 'finalizing') return;
  decide(server, { ...fle.proposed, electionEpoch: fle.logicalclock });
}

/** FastLeaderElection.totalOrderPredicate: (peerEpoch, zxid, sid), compared in this order. */
export function isBetterVote(a: Vote, b: Vote, ignoreEpoch = false): boolean {
  if (!ignoreEpoch && a.peerEpoch !== b.peerEpoch) return a.peerEpoch > b.peerEpoch;
  if (a.zxid !== b.zxid) return a.zxid > b.zxid;
  return a.leader > b.leader;
}

/** A server without weight wins against nobody. */
function beats(server: Server, a: Vote, b: Vote): boolean {
  if (weightOf(server.quorumVerifier, a.leader) === 0) return false;
  return isBetterVote(a, b, isMutant(server, 'vote-ignores-epoch'));
}

/**
 * Vote.equals: among peers that have a leader only the leader and its epoch count, since they may
 * have joined it at different times.
 *
 * @param strict every field counts for them as well.
 */
export function isSameVote(a: CastVote, b: CastVote, strict = false): boolean {
  if (strict || a.state === 'LOOKING' || b.state === 'LOOKING') {
    return (
      a.leader === b.leader &&
      a.zxid === b.zxid &&
      a.electionEpoch === b.electionEpoch &&
      a.peerEpoch === b.peerEpoch
    );
  }
  return a.leader === b.leader && a.peerEpoch === b.peerEpoch;
}

function initialVote(server: Server): Vote {
  if (isObserver(server)) {
    return { leader: NOBODY, zxid: LOWEST_ZXID, electionEpoch: 0, peerEpoch: -1 };
  }
  return {
    leader: isVoter(server.quorumVerifier, sidOf(server)) ? sidOf(server) : NOBODY,
    zxid: server.db.tree.lastProcessedZxid,
    electionEpoch: server.election.logicalclock,
    peerEpoch: server.currentEpoch,
  };
}

function notification(
  server: Server,
  vote: Vote,
  electionEpoch: number,
  state: ServerState,
): Notification {
  return {
    kind: 'notification',
    sid: sidOf(server),
    state,
    leader: vote.leader,
    zxid: vote.zxid,
    electionEpoch,
    peerEpoch: vote.peerEpoch,
    config: server.quorumVerifier.text,
  };
}

/** To every voter of now and next; the one to itself goes straight into the queue. */
function sendNotifications(server: Server): void {
  const fle = server.election;
  const n = notification(server, fle.proposed, fle.logicalclock, 'LOOKING');
  for (const sid of currentAndNextVoters(server)) {
    if (sid === sidOf(server)) fle.recvqueue.push(n);
    else toSend(server, sid, n);
  }
}

/** Takes votes from the queue until it is empty or the election is decided. */
function readVotes(server: Server): void {
  const fle = server.election;
  for (;;) {
    if (fle.phase === 'idle') return;
    const n = fle.recvqueue.shift();
    if (n === undefined) return;
    if (fle.phase === 'finalizing') onVoteWhileFinalizing(server, n);
    else onVote(server, n);
  }
}

function onVoteWhileFinalizing(server: Server, n: Notification): void {
  const fle = server.election;
  if (beats(server, n, fle.proposed)) {
    mark(server, 'election.better-vote-at-the-end');
    clearTimer(server, 'finalizeWait');
    fle.phase = 'waiting';
    fle.recvqueue.push(n);
    setTimer(server, 'notification', fle.timeout);
  } else {
    mark(server, 'election.other-vote-at-the-end');
    setTimer(server, 'finalizeWait', FINALIZE_WAIT);
  }
}

function onVote(server: Server, n: Notification): void {
  const fle = server.election;
  setTimer(server, 'notification', fle.timeout);
  if (!isValidVoter(server, n.sid)) return;
  if (!isValidVoter(server, n.leader)) {
    if (n.state === 'LOOKING' && n.electionEpoch > fle.logicalclock) joinRound(server, n);
    return;
  }
  if (n.state === 'LOOKING') onLookingVote(server, n);
  else if (n.state !== 'OBSERVING') onServingVote(server, n);
}

/**
 * A server that becomes a voter with a configuration that is not in force yet votes for nobody until
 * it hears of somebody. Its vote cannot be followed, but its round must be: it never goes back to a
 * lower one, so that without it no quorum of that configuration would come about.
 *
 * Differs: ZooKeeper drops the vote, round and all.
 */
function joinRound(server: Server, n: Notification): void {
  const fle = server.election;
  if (fle.initial.zxid === ZXID_NONE) return;
  mark(server, 'election.round-of-voter-to-be');
  fle.logicalclock = n.electionEpoch;
  fle.recvset.clear();
  propose(server, fle.initial);
}

function onLookingVote(server: Server, n: Notification): void {
  const fle = server.election;
  if (fle.initial.zxid === ZXID_NONE || n.zxid === ZXID_NONE) return;
  if (n.electionEpoch < fle.logicalclock) return;
  if (n.electionEpoch > fle.logicalclock) {
    mark(server, 'election.higher-round');
    fle.logicalclock = n.electionEpoch;
    fle.recvset.clear();
    propose(server, beats(server, n, fle.initial) ? n : fle.initial);
  } else if (beats(server, n, fle.proposed)) {
    propose(server, n);
  }
  fle.recvset.set(n.sid, castVote(n));
  const mine: CastVote = {
    ...fle.proposed,
    electionEpoch: fle.logicalclock,
    state: 'LOOKING',
  };
  if (!hasQuorum(server, fle.recvset, mine)) return;
  fle.phase = 'finalizing';
  clearTimer(server, 'notification');
  setTimer(server, 'finalizeWait', FINALIZE_WAIT);
}

/** FastLeaderElection.receivedFollowingNotification and receivedLeadingNotification. */
function onServingVote(server: Server, n: Notification): void {
  const fle = server.election;
  const vote = castVote(n);
  if (n.electionEpoch === fle.logicalclock) {
    fle.recvset.set(n.sid, vote);
    // ZOOKEEPER-3537: the word of the leader was looked for where it is put only afterwards.
    const words = isMutant(server, 'check-wrong-set') ? fle.outofelection : fle.recvset;
    if (hasQuorum(server, fle.recvset, vote) && checkLeader(server, words, n)) {
      mark(server, 'election.leader-of-this-round');
      decide(server, vote);
      return;
    }
  }
  fle.outofelection.set(n.sid, vote);
  const isFollowed = hasQuorum(server, fle.outofelection, vote, verifiersToJoin(server, vote));
  if (isFollowed && checkLeader(server, fle.outofelection, n)) {
    mark(server, 'election.joins-a-leader');
    fle.logicalclock = n.electionEpoch;
    decide(server, vote);
  }
}

/** A leader must say itself that it leads; we ourselves lead only in the round we are in. */
function checkLeader(server: Server, votes: Map<Sid, CastVote>, n: Notification): boolean {
  if (n.leader === sidOf(server)) {
    mark(server, 'election.others-follow-me');
    // ZOOKEEPER-975: what others say of an earlier election made a server lead.
    if (isMutant(server, 'trust-votes-for-self')) return true;
    return server.election.logicalclock === n.electionEpoch;
  }
  return votes.get(n.leader)?.state === 'LEADING';
}

function propose(server: Server, vote: Vote): void {
  const { leader, zxid, peerEpoch } = vote;
  const { logicalclock } = server.election;
  server.election.proposed = { leader, zxid, peerEpoch, electionEpoch: logicalclock };
  sendNotifications(server);
}

/**
 * Differs: to join another leader, a quorum of the configuration in force is enough. ZooKeeper wants
 * one of the configuration seen last as well, and a server that has seen one which was never
 * committed, or waits to be in one, stays outside for ever.
 */
function verifiersToJoin(server: Server, vote: Vote): readonly QuorumVerifier[] {
  return vote.leader === sidOf(server) ? verifiersOf(server) : [server.quorumVerifier];
}

function hasQuorum(
  server: Server,
  votes: Map<Sid, CastVote>,
  vote: CastVote,
  verifiers = verifiersOf(server),
): boolean {
  const agreeing: Sid[] = [];
  // ZOOKEEPER-1732: the zxid and the round in which a member joined had to be the same as well.
  const strict = isMutant(server, 'strict-vote-equality');
  for (const [sid, other] of votes) if (isSameVote(other, vote, strict)) agreeing.push(sid);
  return hasAllQuorums(verifiers, agreeing);
}

function decide(server: Server, vote: Vote): void {
  const fle = server.election;
  const { leader, zxid, electionEpoch, peerEpoch } = vote;
  fle.phase = 'idle';
  fle.recvqueue.length = 0;
  clearTimer(server, 'notification');
  clearTimer(server, 'finalizeWait');
  leaveLooking(server, { leader, zxid, electionEpoch, peerEpoch });
}

function castVote(n: Notification): CastVote {
  const { leader, zxid, electionEpoch, peerEpoch, state } = n;
  return { leader, zxid, electionEpoch, peerEpoch, state };
}
