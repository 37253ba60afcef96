/** Takes committed transactions in, in the order of their zxids: whose they are, and what they do. */
import type { TxnRecord } from '../../../core/jute/txn.ts';
import { millisToMicros } from '../../../core/units.ts';
import { keyOf, type ZxidKey } from '../zxid-key.ts';
import { reportLostTwice, reportUnasked } from './definite-outcome.ts';
import { type ClientHistory, type Invoked, type SessionHistory } from './history.ts';
import {
  applyCommitted,
  reportOrder,
  isWithoutEffect,
  reportTwice,
} from './linearizable-writes.ts';
import { checkAlive, checkClosed, noteClosed } from './session-expiry.ts';
import { checkCommitOrder } from './session-order.ts';
import { forgetTree } from './tree-model.ts';
import { giveUp } from './watch-ledger.ts';

/** Nobody has seen what was committed up to `upTo`. */
export function noteUnknown(history: ClientHistory, upTo: ZxidKey): void {
  forgetTree(history.model, upTo);
  for (const { ledger } of history.conns.values()) giveUp(ledger);
  for (const session of history.sessions.values()) session.wanted = null;
}

export function noteCommitted(history: ClientHistory, record: TxnRecord): void {
  const { header, txn } = record;
  const at = keyOf(header.zxid);
  const { model, sessions } = history;
  if (at <= model.applied) {
    reportOrder(history, at, sessions.get(header.clientId)?.writes.get(header.cxid) ?? null);
    return;
  }
  checkAlive(history, record, at);
  const session = sessions.get(header.clientId);
  const invoked = session === undefined ? null : attribute(history, session, record, at);
  applyCommitted(history, record, at, invoked);
  model.applied = at;
  if (txn.type === 'createSession') {
    if (session !== undefined) session.global = true;
    history.timeouts.set(header.clientId, millisToMicros(txn.timeOut));
  } else if (txn.type === 'closeSession') {
    checkClosed(history, header.clientId, at);
    noteClosed(history, header.clientId, at);
    if (session?.conns === 0) sessions.delete(header.clientId);
  }
}

/** The request that this transaction comes from. */
function attribute(
  history: ClientHistory,
  session: SessionHistory,
  record: TxnRecord,
  at: ZxidKey,
): Invoked | null {
  const { header, txn } = record;
  const invoked = session.writes.get(header.cxid);
  if (invoked === undefined) {
    if (header.cxid !== 0) judgeStray(history, session, record, at);
    return null;
  }
  if (invoked.record !== null) {
    reportLostTwice(history, record, at, invoked.zxid);
    return null;
  }
  invoked.record = record;
  invoked.zxid = at;
  if (invoked.lost) {
    session.writes.delete(header.cxid);
    session.done.push({ xid: header.cxid, zxid: at, told: false });
  }
  if (isWithoutEffect(txn) || txn.type === 'closeSession' || txn.type === 'deleteContainer') {
    return invoked;
  }
  checkCommitOrder(history, session, record, at, invoked.seq);
  session.lastCommitted = { seq: invoked.seq, xid: invoked.xid, zxid: at };
  forgetEarlier(session, invoked);
  return invoked;
}

/** Lost requests from before it cannot be done any more: if one is, that is against the order. */
function forgetEarlier(session: SessionHistory, { seq }: Invoked): void {
  for (const [xid, other] of session.writes) {
    if (other.seq >= seq) return;
    if (other.lost) session.writes.delete(xid);
  }
}

/** A transaction of a request that is done with, or that nobody made. */
function judgeStray(
  history: ClientHistory,
  session: SessionHistory,
  record: TxnRecord,
  at: ZxidKey,
): void {
  const { header, txn } = record;
  if (isWithoutEffect(txn)) return;
  const first = session.done.find(({ xid }) => xid === header.cxid);
  if (first !== undefined) {
    if (first.told) reportTwice(history, record, at, first.zxid);
    else reportLostTwice(history, record, at, first.zxid);
    return;
  }
  const last = session.lastCommitted;
  if (last !== null && header.cxid < last.xid) checkCommitOrder(history, session, record, at, -1);
  else reportUnasked(history, record, at);
}
