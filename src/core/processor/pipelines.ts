/**
 * Which processor follows which.
 *
 *   standalone   Prep → Sync → Final
 *   leader       Prep → Proposal → Commit → ToBeApplied → Final;  Proposal also → Sync → Ack
 *   follower     Follower → Commit → Final;                       PROPOSAL → Sync → SendAck
 *   observer     Observer → Commit → Final;                       INFORM → Sync
 *
 * Source: setupRequestProcessors of LeaderZooKeeperServer, FollowerZooKeeperServer,
 * ObserverZooKeeperServer and ZooKeeperServer, quorum.ProposalRequestProcessor,
 * FollowerRequestProcessor (3.9).
 */
import { propose } from '../quorum/leader.ts';
import { send, type Server, type ServerRequest } from '../server-context.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import { needsCommit, queueRequest } from './commit-processor.ts';
import { prepareRequest } from './prep-request-processor.ts';
import { logRequest } from './sync-request-processor.ts';

export function submitRequest(server: Server, zks: ZooKeeperServer, request: ServerRequest): void {
  switch (zks.kind) {
    case 'standalone':
      prepareRequest(server, zks, request);
      logRequest(server, zks, request);
      return;
    case 'leader':
      submitToLeader(server, zks, request);
      return;
    default:
      submitToLearner(server, zks, request);
  }
}

/** ProposalRequestProcessor: the request first queues for its commit, then it is proposed. */
function submitToLeader(server: Server, zks: ZooKeeperServer, request: ServerRequest): void {
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
