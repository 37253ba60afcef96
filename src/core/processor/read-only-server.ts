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
import type { Txn } from '../jute/txn.ts';
import { clearTimer, configOf, hangUp, isMutant, log, send } from '../server-context.ts';
import { setTimer, type Server, type ServerRequest } from '../server-context.ts';
import { appendCommitted } from '../txn-log/committed-log.ts';
import type { Millis } from '../units.ts';
import { newZooKeeperServer, startSessionTimer, stopServing } from '../zookeeper-server.ts';
import { wallMillis, type ZooKeeperServer } from '../zookeeper-server.ts';
import { nextZxid, ZXID_ZERO } from '../zxid.ts';
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
  if (isMutant(server, 'ro-pollutes-committedlog')) server.zks.lastZxid = ZXID_ZERO;
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
  if (isMutant(server, 'ro-pollutes-committedlog')) rememberSession(server, zks, r);
}

/**
 * ZOOKEEPER-3526: sessions begin and end here by transactions under zxids that count from 0, and
 * the list of what is committed, from which a leader synchronises others, takes them in.
 */
function rememberSession(server: Server, zks: ZooKeeperServer, r: ServerRequest): void {
  const { op } = r.request;
  if (op !== 'createSession' && op !== 'closeSession') return;
  const timeOut = 'timeOut' in r.request ? r.request.timeOut : (0 as Millis);
  const txn: Txn = op === 'createSession' ? { type: op, timeOut } : { type: op, paths: [] };
  zks.lastZxid = nextZxid(zks.lastZxid);
  const { sessionId: clientId, cxid } = r;
  const header = { clientId, cxid, zxid: zks.lastZxid, time: wallMillis(server) };
  appendCommitted(server.db.committedLog, { header, txn, digest: null });
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
