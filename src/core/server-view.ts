/** Makes the pictures of `view.ts` out of a server's state. */
import { digestHex, nodeCount, type DataTree } from './data-tree/data-tree.ts';
import { ownerKind, statOf, type DataNode } from './data-tree/data-node.ts';
import { joinPath, nameOf } from './data-tree/path.ts';
import { watchCount, watchersOf } from './data-tree/watch-manager.ts';
import type { Leader } from './quorum/leader.ts';
import { readTimeout } from './quorum/learner.ts';
import type { LearnerHandler } from './quorum/learner-handler.ts';
import { viewProcessors } from './processor/processor-view.ts';
import type { ZabState } from './quorum/vote.ts';
import type { Server } from './server-context.ts';
import { expiryOf } from './session/session-tracker.ts';
import { committedCount } from './txn-log/committed-log.ts';
import { lastLoggedZxid } from './txn-log/zk-database.ts';
import { millisToMicros, type Micros, type SessionId } from './units.ts';
import type { LearnerView, ServerSessionView, ServerView, TimerView } from './view.ts';
import type { TreeNodeView, TreeView } from './view.ts';
import type { Zxid } from './zxid.ts';

/** The most znodes that a picture of a tree holds. */
export const TREE_NODES_MAX = 10_000;

/** The most bytes of a znode's data that a picture shows. */
const TEXT_BYTES_MAX = 4096;

export function viewServer(server: Server): ServerView {
  const { db, election, role, zks } = server;
  const leader = role.name === 'leading' ? role.leader : null;
  const looking = server.state === 'LOOKING';
  return {
    state: server.state,
    zabState: server.zabState,
    syncMode: server.syncMode,
    acceptedEpoch: server.acceptedEpoch,
    currentEpoch: server.currentEpoch,
    epoch: server.currentEpoch,
    leader: looking ? null : server.currentVote.leader,
    logicalclock: election.logicalclock,
    proposedVote: looking ? election.proposed : server.currentVote,
    votes: looking
      ? [...election.recvset].map(([sid, vote]) => ({ sid, vote, state: vote.state }))
      : [],
    lastProcessed: db.tree.lastProcessedZxid,
    lastLogged: lastLoggedZxid(db),
    lastCommitted: lastCommitted(server, leader),
    committedLog: {
      min: db.committedLog.minCommittedLog,
      max: db.committedLog.maxCommittedLog,
      size: committedCount(db.committedLog),
    },
    serving: zks !== null && role.name !== 'leaving',
    learners: leader === null ? [] : viewLearners(leader),
    outstanding:
      leader === null
        ? []
        : [...leader.outstanding].slice(0, 50).map(([zxid, p]) => ({ zxid, acks: [...p.acks] })),
    processors: viewProcessors(server),
    sessions: viewSessions(server),
    connections:
      zks === null
        ? []
        : [...zks.cnxns.values()]
            .filter(({ initialized }) => initialized)
            .map(({ conn, sessionId }) => ({ conn, sessionId })),
    watches: watchCount(db.watches),
    znodes: nodeCount(db.tree),
    digest: digestHex(db.tree),
    timers: viewTimers(server),
    treeVersion: db.version,
  };
}

/** On a learner what is applied is what is committed, as far as it knows. */
function lastCommitted(server: Server, leader: Leader | null): Zxid {
  if (leader?.phase === 'broadcast') return leader.lastCommitted;
  return server.db.tree.lastProcessedZxid;
}

function viewLearners(leader: Leader): LearnerView[] {
  const views: LearnerView[] = [];
  for (const handler of leader.handlers.values()) {
    if (handler.sid === null) continue;
    views.push({
      sid: handler.sid,
      type: handler.type,
      zabState: stageOf(handler),
      syncMode: handler.syncMode,
      sync: handler.syncSent,
      lastAcked: handler.lastAcked,
    });
  }
  return views.sort((a, b) => a.sid - b.sid);
}

function stageOf(handler: LearnerHandler): ZabState {
  switch (handler.phase) {
    case 'serving':
      return 'broadcast';
    case 'newLeaderAck':
    case 'startup':
      return 'synchronization';
    default:
      return 'discovery';
  }
}

function viewSessions(server: Server): ServerSessionView[] {
  const { db, zks } = server;
  const tracker = zks?.sessions ?? null;
  return [...db.sessions].map(([sessionId, timeOut]) => {
    const expiry = tracker === null ? null : expiryOf(tracker, sessionId);
    return {
      sessionId,
      timeOut,
      expiresAt: expiry === null ? null : millisToMicros(expiry),
      ephemerals: db.tree.ephemerals.get(sessionId)?.size ?? 0,
    };
  });
}

function viewTimers(server: Server): TimerView[] {
  const views: TimerView[] = [];
  for (const [name, { since, until }] of server.timers) {
    const shown = timerName(name);
    if (name === 'learnerRead') views.push(readTimer(server, since, until));
    else if (shown !== null) views.push({ name: shown, since, until });
  }
  return views;
}

/** A learner's read timeout runs from what it last read; its timer is armed again only when due. */
function readTimer(server: Server, since: Micros, until: Micros): TimerView {
  const { role } = server;
  if (role.name !== 'learning') return { name: 'initLimit', since, until };
  const { learner } = role;
  const name = learner.phase === 'broadcast' ? 'syncLimit' : 'initLimit';
  const end = learner.lastRead + millisToMicros(readTimeout(server, learner));
  return { name, since: learner.lastRead, until: end as Micros };
}

function timerName(name: string): TimerView['name'] | null {
  switch (name) {
    case 'notification':
    case 'finalizeWait':
    case 'tick':
      return name;
    case 'leaderInit':
      return 'initLimit';
    default:
      return null;
  }
}

/** In pre-order, children by name. */
export function viewTree(server: Server): TreeView {
  const { db, zks, settings } = server;
  const nodes: TreeNodeView[] = [];
  const stack = ['/'];
  while (nodes.length < TREE_NODES_MAX) {
    const path = stack.pop();
    if (path === undefined) break;
    const node = db.tree.nodes.get(path);
    if (node === undefined) continue;
    const sessions: SessionId[] = [];
    for (const conn of watchersOf(db.watches, path)) {
      const session = zks?.cnxns.get(conn)?.sessionId;
      if (session !== undefined) sessions.push(session);
    }
    nodes.push(viewNode(path, node, sessions));
    for (const name of [...node.children].sort(byName).reverse()) stack.push(joinPath(path, name));
  }
  return {
    sid: settings.sid,
    treeVersion: db.version,
    lastProcessed: db.tree.lastProcessedZxid,
    nodes,
  };
}

/** The names of a znode's children, sorted; null where there is no such znode. */
export function childrenOf(tree: DataTree, path: string): readonly string[] | null {
  const node = tree.nodes.get(path);
  return node === undefined ? null : [...node.children].sort(byName);
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function viewNode(path: string, node: DataNode, watchers: readonly SessionId[]): TreeNodeView {
  const stat = statOf(node);
  const { czxid, mzxid, pzxid, ctime, mtime, version, cversion, aversion, numChildren } = stat;
  return {
    path,
    name: path === '/' ? '/' : nameOf(path),
    kind: ownerKind(node.ephemeralOwner),
    text: textOf(node.data),
    dataLength: stat.dataLength,
    czxid,
    mzxid,
    pzxid,
    ctime,
    mtime,
    version,
    cversion,
    aversion,
    ephemeralOwner: stat.ephemeralOwner,
    numChildren,
    watchers,
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(data: Uint8Array | null): string | null {
  if (data === null) return '';
  try {
    return utf8.decode(data.subarray(0, TEXT_BYTES_MAX));
  } catch {
    return null;
  }
}
