/**
 * Which processor follows which.
 *
 *   standalone   Prep → Sync → Final
 *   leader       Leader → Prep → Proposal → Commit → ToBeApplied → Final;
 *                Proposal also → Sync → Ack; a learner's request enters at Prep
 *   follower     Follower → Commit → Final;                       PROPOSAL → Sync → SendAck
 *   observer     Observer → Commit → Final;                       INFORM → Sync
 *   read-only    ReadOnly → Prep → Final
 *
 * Source: setupRequestProcessors of LeaderZooKeeperServer, FollowerZooKeeperServer,
 * ObserverZooKeeperServer, ReadOnlyZooKeeperServer and ZooKeeperServer,
 * ZooKeeperServer.submitRequestNow, quorum.ProposalRequestProcessor, LeaderRequestProcessor,
 * FollowerRequestProcessor (3.9).
 */
import { closeClient } from '../client-connections.ts';
import { ErrorCode } from '../error-code.ts';
import { CreateMode, NO_BODY, type Request } from '../jute/proto.ts';
import { propose } from '../quorum/leader.ts';
import { configOf, log, newRequest, send } from '../server-context.ts';
import type { Server, ServerRequest } from '../server-context.ts';
import { isLocal, upgradeSession } from '../session/local-sessions.ts';
import { heardOf, isLocalRequest } from '../session/server-sessions.ts';
import { formatSessionId, type ConnId } from '../units.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import type { Zxid } from '../zxid.ts';
import { needsCommit, queueRequest } from './commit-processor.ts';
import { prepareRequest } from './prep-request-processor.ts';
import { processReadOnly } from './read-only-server.ts';
import { logRequest } from './sync-request-processor.ts';

/**
 * ZooKeeperServer.submitRequestNow. A client's request proves that its session lives; one of a
 * session that has ended is dropped without an answer, its connection is about to end too.
 */
export function submitRequest(server: Server, zks: ZooKeeperServer, r: ServerRequest): void {
  if (r.conn !== null) {
    const timeOut = zks.cnxns.get(r.conn)?.timeOut;
    if (timeOut !== undefined && !heardOf(server, zks, r.sessionId, timeOut)) return;
    if (!isValid(r.request.op)) {
      refuseUnknown(server, zks, r, r.conn);
      return;
    }
    zks.inProcess++;
  }
  r.isLocal = isLocalRequest(zks, r.request.op, r.sessionId);
  switch (zks.kind) {
    case 'standalone':
      prepareRequest(server, zks, r);
      logRequest(server, zks, r);
      return;
    case 'leader':
      upgradeIfNeeded(server, zks, r, submitLearnerRequest);
      submitLearnerRequest(server, zks, r);
      return;
    case 'readonly':
      processReadOnly(server, zks, r);
      return;
    default:
      upgradeIfNeeded(server, zks, r, submitToLearner);
      submitToLearner(server, zks, r);
  }
}

/**
 * Request.isValid.
 *
 * Differs: release 3.8.0 proposes a bare `check`, in a form that its followers cannot read.
 */
function isValid(op: Request['op']): boolean {
  return op !== 'unknown' && op !== 'check';
}

/** UnimplementedRequestProcessor: answered at once, before what is under way, and then the end. */
function refuseUnknown(server: Server, zks: ZooKeeperServer, r: ServerRequest, conn: ConnId): void {
  const { op } = r.request;
  const type = 'type' in r.request ? String(r.request.type) : op;
  log(server, 'WARN', 'ZooKeeperServer', `Received packet at server of unknown type ${type}`);
  send(server, conn, {
    kind: 'reply',
    op,
    xid: r.cxid,
    zxid: -1n as Zxid,
    err: ErrorCode.UNIMPLEMENTED,
    body: NO_BODY,
  });
  closeClient(server, zks, conn, null);
}

/**
 * QuorumZooKeeperServer.checkUpgradeSession: a local session that is to own an ephemeral becomes a
 * global one first, by a request of its own. Where that is not allowed the request goes on with
 * its error, and fails at the leader too, which does not know the session.
 */
function upgradeIfNeeded(
  server: Server,
  zks: ZooKeeperServer,
  r: ServerRequest,
  submit: (server: Server, zks: ZooKeeperServer, request: ServerRequest) => void,
): void {
  const { local } = zks;
  if (local === null || !isLocal(local, r.sessionId) || !createsEphemeral(r.request)) return;
  if (!configOf(server).localSessionsUpgradingEnabled) {
    r.error = ErrorCode.EPHEMERALONLOCALSESSION;
    log(server, 'WARN', 'LeaderRequestProcessor', 'Error creating upgrade request');
    return;
  }
  const { sessionId } = r;
  const timeOut = upgradeSession(local, sessionId);
  if (timeOut === null) return;
  const id = formatSessionId(sessionId);
  log(server, 'INFO', 'UpgradeableSessionTracker', `Upgrading session ${id}`);
  const request = { op: 'createSession', timeOut } as const;
  const from = { sessionId, cxid: 0, request, conn: null, owner: 'me', authInfo: [] } as const;
  submit(server, zks, newRequest(server, from));
}

function createsEphemeral(request: Request): boolean {
  switch (request.op) {
    case 'create':
    case 'create2':
      return (
        request.flags === CreateMode.EPHEMERAL || request.flags === CreateMode.EPHEMERAL_SEQUENTIAL
      );
    case 'multi':
      return request.ops.some(createsEphemeral);
    default:
      return false;
  }
}

/**
 * LeaderZooKeeperServer.submitLearnerRequest, PrepRequestProcessor and ProposalRequestProcessor:
 * the request first queues for its commit, then it is proposed.
 */
export function submitLearnerRequest(
  server: Server,
  zks: ZooKeeperServer,
  request: ServerRequest,
): void {
  prepareRequest(server, zks, request);
  // Another server's request has nobody here who waits for its answer.
  if (request.owner === 'me') queueRequest(server, zks, request);
  const { record } = request;
  if (record === null || server.role.name !== 'leading') return;
  if (propose(server, server.role.leader, record)) logRequest(server, zks, record);
}

/** FollowerRequestProcessor: a write queues here for its commit, and goes to the leader. */
function submitToLearner(server: Server, zks: ZooKeeperServer, request: ServerRequest): void {
  queueRequest(server, zks, request);
  if (!needsCommit(request, true) || server.role.name !== 'learning') return;
  const { conn } = server.role.learner;
  if (conn === null) return;
  if (request.request.op === 'sync') zks.pendingSyncs.push(request);
  const { sessionId, cxid } = request;
  send(server, conn, {
    type: 'REQUEST',
    sessionId,
    cxid,
    request: request.request,
    authInfo: request.authInfo,
  });
}
