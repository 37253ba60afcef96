/**
 * Linearizable writes (C.18): a write that was acknowledged was done exactly once, at the zxid that
 * the answer shows, as the state before it demanded, and after every write that had been
 * acknowledged before it was asked. Reads show nothing but what such writes have made.
 */
import { ErrorCode } from '../../../core/error-code.ts';
import { NO_BODY, type ClientReply, type Request } from '../../../core/jute/proto.ts';
import type { Txn, TxnRecord } from '../../../core/jute/txn.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { keyOf, type ZxidKey } from '../zxid-key.ts';
import { find, type ClientHistory, type Conn, type Invoked } from './history.ts';
import { statFault } from './node-state.ts';
import { applyTxn, stateAt } from './tree-model.ts';
import { asked, session, where, write, zxid as say } from './words.ts';
import { outcomeFault } from './write-outcome.ts';

export const LINEARIZABLE_WRITES: Property = {
  name: 'C.18',
  title: 'An acknowledged write was done exactly once, and writes follow each other in real time',
};

/** A transaction is committed: it was right in the state before it, and then it is in. */
export function applyCommitted(
  history: ClientHistory,
  { header, txn }: TxnRecord,
  at: ZxidKey,
  invoked: Invoked | null,
): void {
  const { model } = history;
  const parts = txn.type === 'multi' ? txn.txns : [txn];
  const failed = isWithoutEffect(txn);
  for (const [index, part] of parts.entries()) {
    const request = invoked === null ? null : partOf(invoked.request, index);
    // How far the others had changed the state when one of a multi failed, nobody sees.
    const judges = !failed || (index === 0 && part.type === 'error' && part.err !== ErrorCode.OK);
    if (judges && invoked !== null && request !== null) {
      const fault = outcomeFault(model, request, part, invoked.start);
      if (fault !== null) reportOutcome(history, invoked, at, fault);
    }
    if (!failed && part.type !== 'multi') applyTxn(model, header, part, at);
  }
}

function partOf(request: Request, index: number): Request | null {
  return request.op === 'multi' ? (request.ops[index] ?? null) : request;
}

/** An error, or a multi of which one part failed. */
export function isWithoutEffect(txn: Txn): boolean {
  if (txn.type === 'multi') return txn.txns.some(({ type }) => type === 'error');
  return txn.type === 'error';
}

function reportOutcome(history: ClientHistory, invoked: Invoked, at: ZxidKey, fault: string): void {
  const why = text`Transaction ${say(at)} is what became of ${asked(invoked)}, but in the state
    before it that is wrong: ${fault}.`;
  find(history, LINEARIZABLE_WRITES, why);
}

/**
 * A transaction is committed behind one with a larger zxid. Where all is well that cannot be, and
 * so the order of zxids is that of real time: what was acknowledged has been committed, and what
 * is asked after that comes behind it.
 */
export function reportOrder(history: ClientHistory, at: ZxidKey, invoked: Invoked | null): void {
  const floor = invoked?.floor ?? null;
  const why =
    invoked === null || floor === null || at > floor.zxid
      ? text`Transaction ${say(at)} was committed after ${say(history.model.applied)}: the order
          of writes is not that of their zxids.`
      : text`${asked(invoked)} was done at ${say(at)}, but it was asked only after another write
          had been acknowledged: ${write(floor)}.`;
  find(history, LINEARIZABLE_WRITES, why);
}

/** A write was answered with OK. */
export function checkAcknowledged(
  history: ClientHistory,
  conn: Conn,
  invoked: Invoked,
  reply: ClientReply,
): void {
  const z = keyOf(reply.zxid);
  const { record } = invoked;
  if (record === null) {
    const why = text`Server ${conn.server} acknowledged ${asked(invoked)} of ${where(conn)} with
      ${say(z)}, but no transaction of it was ever committed.`;
    find(history, LINEARIZABLE_WRITES, why);
    return;
  }
  if (invoked.zxid !== z) {
    const why = text`Server ${conn.server} acknowledged ${asked(invoked)} of ${where(conn)} at
      ${say(z)}, but it was committed at ${say(invoked.zxid)}.`;
    find(history, LINEARIZABLE_WRITES, why);
    return;
  }
  const fault = bodyFault(history, record.txn, reply, z);
  if (fault === null) return;
  const why = text`The acknowledgement of ${asked(invoked)} of ${where(conn)} at ${say(z)} shows
    ${fault}.`;
  find(history, LINEARIZABLE_WRITES, why);
}

/** What the answer to a write shows of its outcome. */
function bodyFault(
  { model }: ClientHistory,
  txn: Txn,
  { body }: ClientReply,
  z: ZxidKey,
): string | null {
  if (body === NO_BODY || !('path' in txn)) return null;
  if (body.path !== null && body.path !== txn.path) return `${body.path} and not ${txn.path}`;
  const node = stateAt(model, txn.path, z);
  if (body.stat === null || node === undefined || node === null) return null;
  return statFault(body.stat, node);
}

/** A transaction was done twice, and its client had been told that it was done. */
export function reportTwice(
  history: ClientHistory,
  { header, txn }: TxnRecord,
  at: ZxidKey,
  first: ZxidKey,
): void {
  const why = text`The ${txn.type} of ${session(header.clientId)} (xid ${header.cxid}) was
    acknowledged and done at ${say(first)}, and it was done again at ${say(at)}.`;
  find(history, LINEARIZABLE_WRITES, why);
}

/** Someone shows what no committed transaction has made. */
export function reportUncommitted(history: ClientHistory, conn: Conn, fact: string): void {
  find(history, LINEARIZABLE_WRITES, text`A read of ${where(conn)} shows ${fact}.`);
}
