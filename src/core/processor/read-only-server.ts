/**
 * ReadOnlyZooKeeperServer: a server that has found no leader for a while answers reads from the
 * tree that it has, to clients that said they put up with it. It lasts until a role begins.
 *
 * Sessions here are local ones, so without local sessions nobody new gets in: the answer to the
 * handshake is then an error, as in ZooKeeper, and only a client that brings a session of an
 * ensemble that this server does not know is let in.
 *
 * Source: quorum.ReadOnlyZooKeeperServer, ReadOnlyRequestProcessor, QuorumPeer.run (3.9).
 */
import { ErrorCode } from '../error-code.ts';
import { NO_BODY, type Request } from '../jute/proto.ts';
import { clearTimer, configOf, hangUp, log, send, setTimer } from '../server-context.ts';
import type { Server, ServerRequest } from '../server-context.ts';
import { newZooKeeperServer, startSessionTimer, stopServing } from '../zookeeper-server.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import { finalProcess } from './final-request-processor.ts';
import { isWrite, prepareRequest } from './prep-request-processor.ts';

/** How long a server looks for a leader before it takes itself for cut off, at the least. */
const GRACE_MIN = 2000;

const TIMER = 'readOnly';

/** The peer is LOOKING. */
export function awaitReadOnly(server: Server): void {
  const { readOnlyEnabled, tickTime } = configOf(server);
  if (readOnlyEnabled) setTimer(server, TIMER, Math.max(GRACE_MIN, tickTime));
}

/** The grace period is over. */
export function startReadOnly(server: Server): void {
  if (server.role.name !== 'looking' || server.zks !== null) return;
  server.zks = newZooKeeperServer(server, 'readonly');
  startSessionTimer(server, server.zks);
  log(server, 'INFO', 'ReadOnlyZooKeeperServer', 'Read-only server started');
}

/** The election is decided: the clients are to find a server that can write. */
export function endReadOnly(server: Server): void {
  clearTimer(server, TIMER);
  if (server.zks?.kind !== 'readonly') return;
  stopServing(server);
  clearTimer(server, 'sessionExpiry');
  server.zks = null;
  for (const { conn, port } of [...server.conns.values()]) {
    if (port === 'client') hangUp(server, conn);
  }
}

/** ReadOnlyRequestProcessor, with Prep and Final behind it. */
export function processReadOnly(server: Server, zks: ZooKeeperServer, r: ServerRequest): void {
  if (writes(r.request) && !r.isLocal) {
    refuse(server, zks, r);
    return;
  }
  prepareRequest(server, zks, r);
  finalProcess(server, zks, r, null);
}

/** A sync is refused as well: there is nobody to be in step with. */
function writes(request: Request): boolean {
  return request.op === 'sync' || isWrite(request);
}

function refuse(server: Server, zks: ZooKeeperServer, r: ServerRequest): void {
  if (r.conn === null) return;
  zks.inProcess--;
  send(server, r.conn, {
    kind: 'reply',
    op: r.request.op,
    xid: r.cxid,
    zxid: server.db.tree.lastProcessedZxid,
    err: ErrorCode.NOTREADONLY,
    body: NO_BODY,
  });
}
