/**
 * QuorumPeer: one role at a time.
 *
 *              boot
 *               │
 *               ▼        a vote is decided
 *     ┌──────▶ LOOKING ─────────┬──────────────┬──────────────┐
 *     │                         ▼              ▼              ▼
 *     │                      LEADING       FOLLOWING      OBSERVING
 *     │                         │              │              │
 *     └──── leaving ◀───────────┴──────────────┴──────────────┘
 *           (the log is drained and synced,    a connection, a quorum or a
 *            the tree catches up with it)      deadline was lost
 *
 * A reconfiguration that names the next leader leads from `leaving` straight into a role.
 *
 * Only the functions here change the role.
 *
 * Source: quorum.QuorumPeer.run, loadDataBase, updateElectionVote (3.9).
 */
import { count, observe } from '../admin/metrics.ts';
import { assert } from '../assert.ts';
import { Purpose, draw, drawInt } from '../chance.ts';
import { clearTimer, diskOp, hangUp, isMutant, isObserver, log } from '../server-context.ts';
import { mark } from '../server-context.ts';
import { note, setPeerState, setTimer, sidOf, type Server } from '../server-context.ts';
import { awaitReadOnly, endReadOnly } from '../processor/read-only-server.ts';
import { drainSyncProcessor } from '../processor/sync-request-processor.ts';
import { fastForward, noteRecovered, reloadDatabase } from '../txn-log/zk-database.ts';
import { startStandalone, stopServing } from '../zookeeper-server.ts';
import { lookForLeader } from './fast-leader-election.ts';
import { lead } from './leader.ts';
import { followLeader } from './learner.ts';
import { isStandalone } from './reconfig.ts';
import type { Vote } from './vote.ts';

const LOGGER = 'QuorumPeer';

/** zookeeper.observer.election.DelayMs. */
const OBSERVER_ELECTION_DELAY = 200;

/** The database is loaded: take part. */
export function startPeer(server: Server): void {
  if (isStandalone(server)) {
    server.role = { name: 'standalone' };
    startStandalone(server);
    return;
  }
  becomeLooking(server);
}

export function becomeLooking(server: Server): void {
  server.role = { name: 'looking' };
  server.reconfigFlag = false;
  server.currentVote = {
    leader: sidOf(server),
    zxid: server.db.tree.lastProcessedZxid,
    electionEpoch: server.election.logicalclock,
    peerEpoch: server.currentEpoch,
  };
  setPeerState(server, 'LOOKING', 'election');
  count(server, 'looking_count');
  log(server, 'INFO', LOGGER, 'LOOKING');
  awaitReadOnly(server);
  if (isObserver(server)) {
    const bits = draw(
      server.settings.seed,
      Purpose.observerElectionDelay,
      sidOf(server),
      server.settings.incarnation * 65536 + server.election.logicalclock,
    );
    setTimer(server, 'observerElection', drawInt(bits, 0, OBSERVER_ELECTION_DELAY));
    return;
  }
  lookForLeader(server);
}

/** An observer has waited its random delay. */
export function onObserverElection(server: Server): void {
  if (server.role.name === 'looking') lookForLeader(server);
}

/** The election is decided. */
export function leaveLooking(server: Server, vote: Vote): void {
  assert(server.role.name === 'looking', 'only a LOOKING peer decides a vote');
  endReadOnly(server);
  server.currentVote = vote;
  enterRole(server);
}

function enterRole(server: Server): void {
  const { leader } = server.currentVote;
  const took = Math.round((server.now - server.election.startedAt) / 1000);
  observe(server, 'election_time', took);
  if (leader === sidOf(server)) {
    setPeerState(server, 'LEADING', 'discovery');
    log(server, 'INFO', LOGGER, 'LEADING');
    log(server, 'INFO', 'Leader', `LEADING - LEADER ELECTION TOOK - ${String(took)} MS`);
    lead(server);
    return;
  }
  const state = isObserver(server) ? 'OBSERVING' : 'FOLLOWING';
  setPeerState(server, state, 'discovery');
  log(server, 'INFO', LOGGER, state);
  log(server, 'INFO', 'Follower', `${state} - LEADER ELECTION TOOK - ${String(took)} MS`);
  followLeader(server, leader);
}

/**
 * Ends the present role: connections are closed, the request processors stop, what they still had
 * for the log is written and synced. Then the peer looks for a leader again.
 */
export function leaveRole(server: Server, reason: string): void {
  const { role } = server;
  if (role.name !== 'leading' && role.name !== 'learning') return;
  log(server, 'WARN', role.name === 'leading' ? 'Leader' : 'Learner', `Shutdown called. ${reason}`);
  for (const name of [...server.timers.keys()]) {
    if (!name.startsWith('cnx/') && name !== 'fuzzySnapshot') clearTimer(server, name);
  }
  for (const conn of [...server.conns.values()]) {
    if (conn.port !== 'election') hangUp(server, conn.conn);
  }
  const fully = isHalfSynced(server);
  stopServing(server);
  if (logOutlivesRole(server)) fastForward(server);
  server.role = { name: 'leaving', fully };
  const drained = drainSyncProcessor(server);
  if (drained) finishLeaving(server);
  else mark(server, 'role.drains-its-log');
}

/** A tree that holds what is in no log and no snapshot of ours may not be kept. */
function isHalfSynced(server: Server): boolean {
  const { role, syncMode } = server;
  if (syncMode === 'TRUNC') return !isMutant(server, 'partial-trunc-retained'); // ZOOKEEPER-5094
  if (syncMode !== 'SNAP') return false;
  // ZOOKEEPER-3642: a tree that has come as a whole is kept, although no snapshot of it is saved.
  const isWhole = role.name === 'learning' && role.learner.snapshotOf === null;
  return !(isWhole && isMutant(server, 'partial-snap-retained'));
}

/** ZOOKEEPER-4712: a learner's tree catches up before its log's thread has written all it has. */
function logOutlivesRole(server: Server): boolean {
  return server.state !== 'LEADING' && isMutant(server, 'syncproc-not-joined');
}

/** ZOOKEEPER-2845: the tree was kept as it was, and what the log held besides was forgotten. */
function keepsOldTree(server: Server): boolean {
  return isMutant(server, 'retain-db-no-fastforward');
}

/** SyncRequestProcessor has nothing left: catch up with the log, and look for a leader. */
export function finishLeaving(server: Server): void {
  const { role } = server;
  if (role.name !== 'leaving') return;
  server.zks = null;
  if (role.fully) {
    mark(server, 'role.forgets-half-a-sync');
    reloadDatabase(server);
    noteRecovered(server, 'boot');
  } else if (!logOutlivesRole(server) && !keepsOldTree(server)) fastForward(server);
  if (server.reconfigFlag) takeSuggestedRole(server);
  else becomeLooking(server);
}

/** QuorumPeer.updateServerState: a reconfiguration has said who leads, nobody is elected. */
function takeSuggestedRole(server: Server): void {
  mark(server, 'role.suggested');
  server.reconfigFlag = false;
  server.role = { name: 'looking' };
  enterRole(server);
}

/** QuorumPeer.updateElectionVote: all members tell a latecomer the same epoch. */
export function updateElectionVote(server: Server, epoch: number): void {
  server.currentVote = { ...server.currentVote, peerEpoch: epoch };
}

/** File first, then memory. What waits for it goes on when the file is durable. */
export function writeEpoch(
  server: Server,
  file: 'acceptedEpoch' | 'currentEpoch',
  epoch: number,
  then: 'nothing' | 'leader' | 'learner' | 'boot',
): void {
  const op = diskOp(server, { kind: 'epoch', file, epoch, then });
  server.out.push({ kind: 'writeEpoch', op, file, epoch });
  // ZOOKEEPER-2307: memory first, whatever becomes of the file.
  if (isMutant(server, 'epoch-memory-first')) server[file] = epoch;
}

export function onEpochWritten(
  server: Server,
  file: 'acceptedEpoch' | 'currentEpoch',
  epoch: number,
): void {
  if (file === 'acceptedEpoch') server.acceptedEpoch = epoch;
  else server.currentEpoch = epoch;
  note(server, { note: 'epoch', file, epoch });
}
