/**
 * A reconfiguration becomes a transaction that sets the data of /zookeeper/config.
 *
 * Source: server.PrepRequestProcessor, its case reconfig (3.9).
 */
import { ErrorCode } from '../error-code.ts';
import type { ReconfigRequest } from '../jute/proto.ts';
import type { Txn } from '../jute/txn.ts';
import type { Server, ServerRequest } from '../server-context.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import type { Zxid } from '../zxid.ts';
import { RequestError } from './request-error.ts';

/** @throws RequestError */
export function reconfigTxn(
  _server: Server,
  _zks: ZooKeeperServer,
  _r: ServerRequest,
  _request: ReconfigRequest,
  _zxid: Zxid,
): Txn {
  throw new RequestError(ErrorCode.RECONFIGDISABLED);
}
