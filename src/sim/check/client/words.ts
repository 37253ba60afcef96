/** Words for requests, answers and sessions in the sentences of the checkers. */
import { errorName } from '../../../core/error-code.ts';
import type { Request } from '../../../core/jute/proto.ts';
import { formatSessionId, type SessionId } from '../../../core/units.ts';
import { formatKey, type ZxidKey } from '../zxid-key.ts';
import type { AckedWrite, Conn, Invoked } from './history.ts';

/** `create /a`, or the bare name of what has no path. */
export function what(request: Request): string {
  return 'path' in request ? `${request.op} ${request.path}` : request.op;
}

/** `setData /a (xid 7)`. */
export function asked({ request, xid }: Invoked): string {
  return `${what(request)} (xid ${String(xid)})`;
}

export function session(id: SessionId): string {
  return `session ${formatSessionId(id)}`;
}

/** `session 0x1… on server 2`. */
export function where(conn: Conn): string {
  const { server } = conn;
  const id = conn.session === null ? 'a client' : session(conn.session.id);
  return `${id} on server ${String(server)}`;
}

export function write(acked: AckedWrite): string {
  return `${acked.what} of ${session(acked.session)} at ${formatKey(acked.zxid)}`;
}

export function zxid(key: ZxidKey): string {
  return key < 0 ? 'nothing' : formatKey(key);
}

export function error(code: number): string {
  return errorName(code);
}
