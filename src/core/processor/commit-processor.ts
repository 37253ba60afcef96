/**
 * CommitProcessor: holds back the requests of a session that has a write on its way, so that each
 * session sees its own requests answered in order. Reads of other sessions pass.
 *
 * Source: quorum.CommitProcessor (3.9). Differs: its threads are one queue that runs to
 * completion, so the pool of readers is always empty when a commit is applied.
 */
import type { TxnRecord } from '../jute/txn.ts';
import type { Server, ServerRequest } from '../server-context.ts';
import type { SessionId } from '../units.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import { finalProcess } from './final-request-processor.ts';
import { isWrite } from './prep-request-processor.ts';

export interface CommitProcessor {
  /** By session, oldest first; the head of each is a write that is not committed. */
  readonly pending: Map<SessionId, ServerRequest[]>;
  /** The local writes of all sessions, in the order in which they will be committed. */
  readonly queuedWrites: ServerRequest[];
}

export function newCommitProcessor(): CommitProcessor {
  return { pending: new Map(), queuedWrites: [] };
}

/** @param matchSyncs a learner's sync waits for its SYNC packet as a write does for its commit. */
export function needsCommit(request: ServerRequest, matchSyncs: boolean): boolean {
  if (isWrite(request.request)) return !request.isLocal;
  return request.request.op === 'sync' && matchSyncs;
}

/** A request of a local client. */
export function queueRequest(server: Server, zks: ZooKeeperServer, request: ServerRequest): void {
  const { pending, queuedWrites } = zks.commit;
  const isWrite = needsCommit(request, zks.kind !== 'leader');
  if (isWrite) queuedWrites.push(request);
  const waiting = pending.get(request.sessionId);
  if (waiting !== undefined) waiting.push(request);
  else if (isWrite) pending.set(request.sessionId, [request]);
  else finalProcess(server, zks, request, null);
}

/** A transaction is committed (or a sync answered): ours or not, commits come in their order. */
export function commitRequest(
  server: Server,
  zks: ZooKeeperServer,
  committed: TxnRecord | ServerRequest,
): void {
  const record = 'header' in committed ? committed : null;
  const { sessionId, cxid } = identityOf(committed);
  const head = zks.commit.queuedWrites[0];
  if (head?.sessionId !== sessionId || head.cxid !== cxid) {
    if (record !== null) finalProcess(server, zks, null, record);
    return;
  }
  zks.commit.queuedWrites.shift();
  const waiting = zks.commit.pending.get(sessionId);
  waiting?.shift();
  finalProcess(server, zks, head, record);
  if (waiting !== undefined) drain(server, zks, sessionId, waiting);
}

function identityOf(committed: TxnRecord | ServerRequest): {
  readonly sessionId: SessionId;
  readonly cxid: number;
} {
  if (!('header' in committed)) return committed;
  return { sessionId: committed.header.clientId, cxid: committed.header.cxid };
}

/** The reads behind a write that is done, up to the next write. */
function drain(
  server: Server,
  zks: ZooKeeperServer,
  session: SessionId,
  waiting: ServerRequest[],
): void {
  for (;;) {
    const next = waiting[0];
    if (next === undefined) {
      zks.commit.pending.delete(session);
      return;
    }
    if (needsCommit(next, zks.kind !== 'leader')) return;
    waiting.shift();
    finalProcess(server, zks, next, null);
  }
}
