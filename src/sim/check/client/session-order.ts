/**
 * The order of a session (C.20): its requests are answered in the order in which it asked, and its
 * writes are committed in that order, even those that went through different servers.
 */
import type { ClientReply } from '../../../core/jute/proto.ts';
import type { TxnRecord } from '../../../core/jute/txn.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import type { ZxidKey } from '../zxid-key.ts';
import { find, type ClientHistory, type Conn, type SessionHistory } from './history.ts';
import { asked, session, where, zxid as say } from './words.ts';

export const SESSION_ORDER: Property = {
  name: 'C.20',
  title: 'A session’s requests are answered, and its writes are done, in the order it asked',
};

/** A reply has come that is not for the request whose turn it is. */
export function reportReplyOrder(history: ClientHistory, conn: Conn, { xid }: ClientReply): void {
  const [head] = conn.pending;
  const due = head === undefined ? 'nothing was asked' : `the turn is that of ${asked(head)}`;
  const why = text`The next reply to ${where(conn)} is for xid ${xid}, but ${due}.`;
  find(history, SESSION_ORDER, why);
}

/** A transaction with an effect is committed. @param seq the place of its request; -1: unknown. */
export function checkCommitOrder(
  history: ClientHistory,
  of: SessionHistory,
  { header, txn }: TxnRecord,
  at: ZxidKey,
  seq: number,
): void {
  const last = of.lastCommitted;
  if (last === null || seq > last.seq) return;
  const why = text`The ${txn.type} of ${session(of.id)} (xid ${header.cxid}) was done at ${say(at)},
    after its xid ${last.xid} at ${say(last.zxid)}, which it had asked for later.`;
  find(history, SESSION_ORDER, why);
}
