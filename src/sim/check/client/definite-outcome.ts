/**
 * Definite outcomes (C.19): an error tells how its transaction ended; a connection that was lost
 * leaves open whether a request was done, but it was not done twice; and nothing is done that
 * nobody asked for.
 */
import { ErrorCode } from '../../../core/error-code.ts';
import type { ClientReply } from '../../../core/jute/proto.ts';
import type { TxnRecord } from '../../../core/jute/txn.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { keyOf, type ZxidKey } from '../zxid-key.ts';
import { find, type ClientHistory, type Conn, type Invoked } from './history.ts';
import { isWithoutEffect } from './linearizable-writes.ts';
import { asked, error, session, where, zxid as say } from './words.ts';

export const DEFINITE_OUTCOME: Property = {
  name: 'C.19',
  title: 'An error says what really happened, and a lost request was done once or not at all',
};

/** Errors that a server gives by itself, without a transaction. */
const OWN_ERRORS: ReadonlySet<number> = new Set([
  ErrorCode.NOTREADONLY,
  ErrorCode.UNIMPLEMENTED,
  ErrorCode.THROTTLEDOP,
  ErrorCode.SESSIONMOVED,
  ErrorCode.SESSIONEXPIRED,
  ErrorCode.EPHEMERALONLOCALSESSION,
]);

/** A write was answered with an error. */
export function checkFailed(
  history: ClientHistory,
  conn: Conn,
  invoked: Invoked,
  { err, zxid }: ClientReply,
): void {
  const { record } = invoked;
  if (record === null) {
    if (OWN_ERRORS.has(err)) return;
    const why = text`${asked(invoked)} of ${where(conn)} was answered with ${error(err)} at
      ${say(keyOf(zxid))}, but no transaction of it was ever committed that failed so.`;
    find(history, DEFINITE_OUTCOME, why);
    return;
  }
  const { txn } = record;
  if (txn.type === 'error' && (txn.err === err || OWN_ERRORS.has(err))) return;
  const how = txn.type === 'error' ? `failed with ${error(txn.err)}` : 'was done';
  const why = text`${asked(invoked)} of ${where(conn)} was answered with ${error(err)}, but it
    ${how} at ${say(invoked.zxid)}.`;
  find(history, DEFINITE_OUTCOME, why);
}

/** A write was answered with OK, but its transaction is one that failed. */
export function reportFalseOk(history: ClientHistory, conn: Conn, invoked: Invoked): void {
  const { record } = invoked;
  if (record?.txn.type !== 'error') return;
  const why = text`${asked(invoked)} of ${where(conn)} was answered with OK, but it failed with
    ${error(record.txn.err)} at ${say(invoked.zxid)}.`;
  find(history, DEFINITE_OUTCOME, why);
}

/** What a client was never told of was done twice. */
export function reportLostTwice(
  history: ClientHistory,
  { header, txn }: TxnRecord,
  at: ZxidKey,
  first: ZxidKey,
): void {
  const why = text`${session(header.clientId)} asked once for its ${txn.type} (xid ${header.cxid}),
    whose answer it does not know; it was done at ${say(first)}, and again at ${say(at)}.`;
  find(history, DEFINITE_OUTCOME, capital(why));
}

/** Nobody asked for this. */
export function reportUnasked(
  history: ClientHistory,
  { header, txn }: TxnRecord,
  at: ZxidKey,
): void {
  if (isWithoutEffect(txn)) return;
  const why = text`Transaction ${say(at)} is a ${txn.type} of ${session(header.clientId)}
    (xid ${header.cxid}), but that session never asked for it.`;
  find(history, DEFINITE_OUTCOME, why);
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
