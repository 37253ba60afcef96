/**
 * The histories of clients as they come off the wire of the simulation: the turns of client
 * processes are read as events of `observe.ts`, and those of servers for what was proposed and
 * whom a leader heard of. What was committed comes from the committed log of the other checkers.
 */
import type { TxnRecord } from '../../../core/jute/txn.ts';
import type { Message } from '../../../core/quorum/peer-io.ts';
import { txnId } from '../../../core/txn-log/zk-database.ts';
import type { ConnId, Micros, ProcessId, SessionId, Sid } from '../../../core/units.ts';
import { moveTo as passTo, report, type Ghosts, type MemberGhost } from '../ghosts.ts';
import type { Inbound, Outbound } from '../../host.ts';
import { idAt, zxidAt } from '../sequence.ts';
import { epochOfKey, keyOf, type ZxidKey } from '../zxid-key.ts';
import { noteCommitted, noteUnknown } from './committed-txns.ts';
import { observe } from './observe.ts';
import { checkExpired, noteHeard, noteLeads } from './session-expiry.ts';

/** A turn of a client process; `event` is null for its own timer. */
export function checkClientTurn(
  ghosts: Ghosts,
  client: ProcessId,
  at: Micros,
  event: Inbound | null,
  effects: readonly Outbound[],
): void {
  const { clients } = ghosts;
  passTo(ghosts, at);
  takeCommitted(ghosts);
  if (event !== null) onInbound(ghosts, at, event);
  for (const effect of effects) {
    switch (effect.kind) {
      case 'connect': {
        const server = effect.to as number as Sid;
        observe(clients, at, { kind: 'dial', conn: effect.conn, client, server });
        break;
      }
      case 'send':
        onSent(ghosts, at, effect.conn, effect.message);
        break;
      case 'close':
        observe(clients, at, { kind: 'lost', conn: effect.conn });
        break;
      default:
    }
  }
  reportFound(ghosts);
}

/** A client's process is gone. */
export function checkClientKilled(ghosts: Ghosts, client: ProcessId, at: Micros): void {
  observe(ghosts.clients, at, { kind: 'killed', client });
  reportFound(ghosts);
}

function onInbound(ghosts: Ghosts, at: Micros, event: Inbound): void {
  const { clients } = ghosts;
  switch (event.kind) {
    case 'closed':
    case 'refused':
      return observe(clients, at, { kind: 'lost', conn: event.conn });
    case 'packet': {
      const { conn, message } = event;
      if (!('kind' in message)) return;
      if (message.kind === 'connectResponse') {
        const epoch = epochServed(ghosts, conn);
        const deposed = clients.alone === null && (epoch ?? -1) < ghosts.newestEpoch;
        observe(clients, at, { kind: 'connected', conn, response: message, deposed });
      } else if (message.kind === 'reply') {
        observe(clients, at, { kind: 'return', conn, reply: message });
      } else if (message.kind === 'notification' && 'path' in message) {
        observe(clients, at, { kind: 'watch', conn, event: message });
      }
      return;
    }
    default:
  }
}

function onSent(ghosts: Ghosts, at: Micros, conn: ConnId, message: Message): void {
  if (!('kind' in message)) return;
  const { clients } = ghosts;
  if (message.kind === 'request') {
    const { xid, request } = message;
    const epoch = request.op === 'sync' ? epochServed(ghosts, conn) : null;
    observe(clients, at, { kind: 'invoke', conn, xid, request, epoch });
  } else if (message.kind === 'connectRequest') {
    observe(clients, at, { kind: 'connect', conn, request: message });
  }
}

/**
 * The epoch of the leader behind a connection. Should the server have changed its role meanwhile,
 * then it has closed the connection, and nothing that is sent on it now will be answered.
 */
function epochServed({ clients, members }: Ghosts, conn: ConnId): number | null {
  const server = clients.conns.get(conn)?.server;
  const m = server === undefined ? undefined : members.get(server);
  return m?.zabState === 'broadcast' ? m.epoch : null;
}

function reportFound(ghosts: Ghosts): void {
  const { found } = ghosts.clients;
  if (found.length === 0) return;
  for (const { property, why } of found) report(ghosts, property, why);
  found.length = 0;
}

// What the ensemble does --------------------------------------------------------------------------

/** A server without an ensemble logs this, which is its way of proposing it. */
export function noteLogged(ghosts: Ghosts, m: MemberGhost, record: TxnRecord): void {
  noteProposal(ghosts, m, record);
  ghosts.clients.alone = m.sid;
}

/** A leader proposes this. */
export function noteProposal(ghosts: Ghosts, m: MemberGhost, record: TxnRecord): void {
  const { clients } = ghosts;
  clients.alone = null;
  const { header, txn } = record;
  const key = keyOf(header.zxid);
  const others = clients.proposed.get(key);
  if (others === undefined) clients.proposed.set(key, [record]);
  else others.push(record);
  if (txn.type === 'createSession') {
    clients.now = ghosts.now;
    noteHeard(clients, m.sid, header.clientId);
  }
  if (clients.proposed.size > PROPOSED_MAX) takeCommitted(ghosts);
}

/** Where no client does anything for a while, what was committed is taken in now and then. */
const PROPOSED_MAX = 4096;

/** What has been committed since the last time, in order. */
function takeCommitted(ghosts: Ghosts): void {
  const { clients, committedLog } = ghosts;
  while (clients.position < committedLog.end) {
    if (clients.position < committedLog.first) clients.position = committedLog.first;
    takeGaps(ghosts);
    const zxid = zxidAt(committedLog, clients.position);
    if (zxid > clients.model.applied) take(ghosts, zxid, idAt(committedLog, clients.position));
    clients.position++;
  }
  takeGaps(ghosts);
}

function take(ghosts: Ghosts, zxid: ZxidKey, id: number): void {
  const { clients } = ghosts;
  const records = clients.proposed.get(zxid) ?? [];
  const record = records.find((one) => txnId(one) === id);
  if (record === undefined) noteUnknown(clients, zxid);
  else noteCommitted(clients, record);
  forgetProposed(ghosts, zxid);
}

function takeGaps(ghosts: Ghosts): void {
  const { clients, gaps } = ghosts;
  for (const { at, upTo } of gaps) {
    if (at > clients.position || upTo <= clients.model.applied) continue;
    const records = inGap(ghosts, upTo);
    if (records === null) noteUnknown(clients, upTo);
    else for (const record of records) noteCommitted(clients, record);
    forgetProposed(ghosts, upTo);
  }
}

/**
 * What a snapshot holds that was never seen to be committed: one leader's proposals, without a
 * hole, or nobody knows.
 */
function inGap({ clients }: Ghosts, upTo: ZxidKey): readonly TxnRecord[] | null {
  const { applied } = clients.model;
  const found: TxnRecord[] = [];
  for (const [zxid, records] of clients.proposed) {
    if (zxid <= applied || zxid > upTo) continue;
    if (epochOfKey(zxid) < clients.startedEpoch) continue;
    const [record] = records;
    if (records.length !== 1 || record === undefined) return null;
    found.push(record);
  }
  found.sort((a, b) => (a.header.zxid < b.header.zxid ? -1 : 1));
  const [first] = found;
  if (first === undefined) return null;
  const start = keyOf(first.header.zxid);
  const isNext = start === applied + 1 || epochOfKey(start) > epochOfKey(applied);
  return isNext && start + found.length - 1 === upTo ? found : null;
}

/** What was proposed before it was not committed, and will not be. */
function forgetProposed({ clients }: Ghosts, upTo: ZxidKey): void {
  for (const zxid of clients.proposed.keys()) {
    if (zxid > upTo) return;
    clients.proposed.delete(zxid);
  }
}

/** A server that leads has handled something: whom it heard of keeps its session. */
export function noteLeaderHears(
  ghosts: Ghosts,
  m: MemberGhost,
  event: Inbound,
  effects: readonly Outbound[],
): void {
  if (event.kind !== 'packet') return;
  const { message, conn } = event;
  const { clients } = ghosts;
  clients.now = ghosts.now;
  if ('type' in message) {
    if (message.type === 'PING' && message.touched !== null) {
      for (const [id] of message.touched) noteHeard(clients, m.sid, id);
    } else if (message.type === 'REVALIDATE') {
      noteHeard(clients, m.sid, message.sessionId);
    }
  } else if ('kind' in message && message.kind === 'request' && message.request.op !== 'auth') {
    // A server that is overrun leaves what its clients say unread; what it answers it has read.
    const session = clients.conns.get(conn)?.session ?? null;
    if (session !== null && answers(effects, conn)) noteHeard(clients, m.sid, session.id);
  }
}

function answers(effects: readonly Outbound[], conn: ConnId): boolean {
  return effects.some((effect) => effect.kind === 'send' && effect.conn === conn);
}

/** What the leaders before it left to be committed comes with its own history, next. */
export function noteLeaderStarts(ghosts: Ghosts, m: MemberGhost): void {
  const { clients } = ghosts;
  takeCommitted(ghosts);
  clients.startedEpoch = Math.max(clients.startedEpoch, clients.startingEpoch);
  clients.startingEpoch = m.epoch;
  clients.now = ghosts.now;
  noteLeads(clients, m.sid);
}

export function noteSessionExpired(ghosts: Ghosts, m: MemberGhost, id: SessionId): void {
  ghosts.clients.now = ghosts.now;
  checkExpired(ghosts.clients, m.sid, id);
  reportFound(ghosts);
}
