/**
 * What a connection proves about its client is settled when the request is read, before any
 * processor: its answer may overtake those of requests that are under way.
 *
 * Source: server.ZooKeeperServer.processPacket, processSasl (3.9).
 */
import { authenticate } from './auth/digest-auth.ts';
import { withIds } from './auth/id-set.ts';
import { ErrorCode } from './error-code.ts';
import { NO_BODY, type AuthRequest, type Request } from './jute/proto.ts';
import { configOf, log, send, type Server } from './server-context.ts';
import { formatSessionId } from './units.ts';
import type { Cnxn } from './zookeeper-server.ts';
import { ZXID_ZERO } from './zxid.ts';

const LOGGER = 'ZooKeeperServer';

/** @returns false where the connection is to end behind the answer. */
export function processAuth(
  server: Server,
  cnxn: Cnxn,
  xid: number,
  request: AuthRequest,
): boolean {
  const ids = authenticate(configOf(server), request);
  if (ids === null) {
    log(server, 'WARN', LOGGER, `Authentication failed for scheme: ${request.scheme}`);
    answer(server, cnxn, xid, 'auth', ErrorCode.AUTHFAILED);
    return false;
  }
  cnxn.authInfo = withIds(cnxn.authInfo, ids);
  const session = formatSessionId(cnxn.sessionId);
  const who = `scheme ${request.scheme} and address /${cnxn.address}`;
  log(server, 'INFO', LOGGER, `Session ${session}: auth success for ${who}`);
  answer(server, cnxn, xid, 'auth', ErrorCode.OK);
  return true;
}

/**
 * A server without SASL answers a token with none and no error: the client finds that nothing was
 * proved, and goes on without.
 */
export function processSasl(server: Server, cnxn: Cnxn, xid: number): void {
  const why = 'cnxn.saslServer is null: cnxn object did not initialize its saslServer properly.';
  log(server, 'ERROR', LOGGER, why);
  answer(server, cnxn, xid, 'sasl', ErrorCode.OK);
}

function answer(server: Server, cnxn: Cnxn, xid: number, op: Request['op'], err: ErrorCode): void {
  send(server, cnxn.conn, { kind: 'reply', op, xid, zxid: ZXID_ZERO, err, body: NO_BODY });
}
