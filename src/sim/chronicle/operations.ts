/** The histories of clients: what each asked and was answered, taken where it is sent and handled. */
import { ErrorCode } from '../../core/error-code.ts';
import type { ClientReply, ClientRequest } from '../../core/jute/proto.ts';
import { becomesTxn, EventType, KeeperState } from '../../core/jute/proto.ts';
import type { Note } from '../../core/quorum/peer-io.ts';
import { NO_SESSION, type ConnId, type Micros } from '../../core/units.ts';
import type { ProcessId, SessionId, Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import type { Outbound } from '../host.ts';
import type { LocalRun, Seen } from '../local.ts';
import type { BranchId, ClientSign, Histories, Moment, Operation } from './model.ts';
import { answerText, askText } from './operation-text.ts';

/** An operation while it is being written. */
interface Entry extends Operation {
  readonly conn: ConnId;
  answered: string | null;
  returnedAt: Micros | null;
  zxid: Zxid | null;
  committedAt: Micros | null;
  err: number | null;
  returnEvent: number;
  /** The transaction that it became, and the events that proposed and committed it. */
  proposed: Zxid | null;
  proposedEvent: number;
  committedEvent: number;
}

export interface Ledger {
  readonly entries: Entry[];
  readonly signs: ClientSign[];
  /** Connections of clients: to which server. */
  readonly conns: Map<ConnId, Sid>;
  readonly sessions: Map<ProcessId, SessionId>;
  /** Without an answer, by connection and xid. */
  readonly open: Map<string, Entry>;
  /** Writes that nobody has proposed, by session and xid; those not committed, by zxid. */
  readonly asked: Map<string, Entry>;
  readonly proposed: Map<Zxid, Entry>;
}

/** The most operations, and as many signs, that are told. */
export const OPERATIONS_MAX = 20_000;

/** What is kept before the oldest go. */
const KEPT_MAX = OPERATIONS_MAX * 1.25;

export function createLedger(): Ledger {
  return {
    entries: [],
    signs: [],
    conns: new Map(),
    sessions: new Map(),
    open: new Map(),
    asked: new Map(),
    proposed: new Map(),
  };
}

/** What clients have open at this moment. */
export function lookAtClients(ledger: Ledger, { world, hosts }: LocalRun): void {
  for (const { id, port, acceptor } of world.connections.values()) {
    if (port === 'client') ledger.conns.set(id, acceptor.id as number as Sid);
  }
  for (const [id, host] of hosts) {
    if (host.kind === 'client') ledger.sessions.set(id, host.client.zk.sessionId);
  }
}

export function noteHistory(ledger: Ledger, seen: Seen): void {
  const { process, turn, event, delivery } = seen;
  if (process.kind === 'client') {
    const inbound = delivery?.event;
    if (inbound?.kind === 'packet' && 'kind' in inbound.message) {
      const { message, conn } = inbound;
      if (message.kind === 'reply') onReply(ledger, conn, message, turn.at, event);
      else if (message.kind === 'connectResponse') {
        ledger.sessions.set(process.id, message.sessionId);
      }
    } else if (inbound?.kind === 'closed' || inbound?.kind === 'refused') {
      endConn(ledger, inbound.conn);
    }
    for (const effect of turn.effects) onClientEffect(ledger, seen, effect);
    return;
  }
  if (ledger.asked.size === 0 && ledger.proposed.size === 0) return;
  for (const effect of turn.effects) {
    if (effect.kind === 'note') onNote(ledger, effect.note, turn.at, event);
  }
}

function onClientEffect(ledger: Ledger, seen: Seen, effect: Outbound): void {
  const { process, turn, event } = seen;
  const sign = (kind: ClientSign['kind'], text: string): void => {
    ledger.signs.push({ client: process.id, at: turn.at, kind, text, event });
    if (ledger.signs.length > KEPT_MAX) ledger.signs.splice(0, KEPT_MAX - OPERATIONS_MAX);
  };
  switch (effect.kind) {
    case 'connect':
      ledger.conns.set(effect.conn, effect.to as number as Sid);
      return;
    case 'send': {
      const { message, conn } = effect;
      if ('kind' in message && message.kind === 'request') onRequest(ledger, seen, conn, message);
      return;
    }
    case 'close':
      endConn(ledger, effect.conn);
      return;
    case 'session': {
      ledger.sessions.set(process.id, effect.sessionId);
      const server = effect.server === null ? '' : ` to server ${String(effect.server)}`;
      sign('session', effect.state.toLowerCase() + server);
      return;
    }
    case 'watch': {
      const { type, state, path } = effect.event;
      if (type !== EventType.None) sign('watch', `${nameIn(EventType, type)} ${path}`);
      else if (state === KeeperState.Expired) sign('session', 'expired');
      else if (state === KeeperState.AuthFailed) sign('session', 'authentication failed');
      return;
    }
    default:
  }
}

function nameIn(names: Readonly<Record<string, number>>, value: number): string {
  return Object.keys(names).find((name) => names[name] === value) ?? String(value);
}

function onRequest(ledger: Ledger, seen: Seen, conn: ConnId, message: ClientRequest): void {
  const { xid, request } = message;
  if (xid <= 0) return;
  const { process, turn, event } = seen;
  const { id: client } = process;
  const sessionId = ledger.sessions.get(client) ?? NO_SESSION;
  const entry: Entry = {
    conn,
    client,
    sessionId,
    xid,
    op: request.op,
    path: 'path' in request ? request.path : null,
    asked: askText(request),
    answered: null,
    server: ledger.conns.get(conn) ?? null,
    calledAt: turn.at,
    returnedAt: null,
    zxid: null,
    committedAt: null,
    err: null,
    writes: becomesTxn(request.op),
    callEvent: event,
    returnEvent: -1,
    proposed: null,
    proposedEvent: -1,
    committedEvent: -1,
  };
  ledger.entries.push(entry);
  openEntry(ledger, entry);
  if (ledger.entries.length > KEPT_MAX) forgetOldest(ledger);
}

function openEntry(ledger: Ledger, entry: Entry): void {
  if (entry.returnedAt === null && ledger.conns.has(entry.conn)) {
    ledger.open.set(openKey(entry.conn, entry.xid), entry);
  }
  if (!entry.writes || entry.committedAt !== null) return;
  if (entry.proposed !== null) ledger.proposed.set(entry.proposed, entry);
  else if (entry.returnedAt === null) ledger.asked.set(askKey(entry.sessionId, entry.xid), entry);
}

function forgetOldest(ledger: Ledger): void {
  for (const entry of ledger.entries.splice(0, KEPT_MAX - OPERATIONS_MAX)) {
    ledger.open.delete(openKey(entry.conn, entry.xid));
    ledger.asked.delete(askKey(entry.sessionId, entry.xid));
    if (entry.proposed !== null) ledger.proposed.delete(entry.proposed);
  }
}

function openKey(conn: ConnId, xid: number): string {
  return `${String(conn)} ${String(xid)}`;
}

function askKey(session: SessionId, xid: number): string {
  return `${String(session)} ${String(xid)}`;
}

function onReply(
  ledger: Ledger,
  conn: ConnId,
  reply: ClientReply,
  at: Micros,
  event: number,
): void {
  const key = openKey(conn, reply.xid);
  const entry = ledger.open.get(key);
  if (entry === undefined) return;
  ledger.open.delete(key);
  entry.returnedAt = at;
  entry.returnEvent = event;
  entry.zxid = reply.zxid;
  entry.err = reply.err === ErrorCode.OK ? failedStep(reply) : reply.err;
  entry.answered = answerText(reply);
}

/** A multi that was not done has no error of its own: the step that failed has it. */
function failedStep({ op, body }: ClientReply): number {
  if (op !== 'multi') return ErrorCode.OK;
  const codes = (body?.results ?? []).map(({ err }) => err);
  return (
    codes.find((code) => code !== ErrorCode.OK && code !== ErrorCode.RUNTIMEINCONSISTENCY) ??
    ErrorCode.OK
  );
}

/** What was asked on it and not answered will not be. A write may still take effect. */
function endConn(ledger: Ledger, conn: ConnId): void {
  ledger.conns.delete(conn);
  for (const [key, entry] of ledger.open) if (entry.conn === conn) ledger.open.delete(key);
}

function onNote(ledger: Ledger, note: Note, at: Micros, event: number): void {
  if (note.note === 'proposed' || note.note === 'logged') {
    const header = note.record?.header;
    if (header === undefined || header.cxid <= 0) return;
    const key = askKey(header.clientId, header.cxid);
    const entry = ledger.asked.get(key);
    if (entry === undefined) return;
    ledger.asked.delete(key);
    entry.proposed = note.zxid;
    entry.proposedEvent = event;
    ledger.proposed.set(note.zxid, entry);
  } else if (note.note === 'committed' || note.note === 'applied') {
    // Where a new leader takes over what its predecessor proposed, the first to apply it tells.
    const entry = ledger.proposed.get(note.zxid);
    if (entry === undefined) return;
    ledger.proposed.delete(note.zxid);
    entry.committedAt = at;
    entry.committedEvent = event;
  }
}

/** What was so at the moment at which a branch leaves. */
export function ledgerUntil(ledger: Ledger, run: LocalRun, fork: Moment): Ledger {
  const cut = createLedger();
  lookAtClients(cut, run);
  for (const entry of ledger.entries) {
    if (entry.callEvent >= fork.events) continue;
    const kept = entryUntil(entry, fork.events);
    cut.entries.push(kept);
    openEntry(cut, kept);
  }
  cut.signs.push(...ledger.signs.filter(({ event }) => event < fork.events));
  return cut;
}

function entryUntil(entry: Entry, events: number): Entry {
  const kept = { ...entry };
  if (kept.returnEvent >= events) {
    Object.assign(kept, { answered: null, returnedAt: null, zxid: null, err: null });
    kept.returnEvent = -1;
  }
  if (kept.committedEvent >= events) {
    kept.committedAt = null;
    kept.committedEvent = -1;
  }
  if (kept.proposedEvent >= events) {
    kept.proposed = null;
    kept.proposedEvent = -1;
  }
  return kept;
}

export function historiesOf(branch: BranchId, ledger: Ledger): Histories {
  const operations = ledger.entries.slice(-OPERATIONS_MAX).map(operationOf);
  return { branch, operations, signs: ledger.signs.slice(-OPERATIONS_MAX) };
}

function operationOf(entry: Entry): Operation {
  return {
    client: entry.client,
    sessionId: entry.sessionId,
    xid: entry.xid,
    op: entry.op,
    path: entry.path,
    asked: entry.asked,
    answered: entry.answered,
    server: entry.server,
    calledAt: entry.calledAt,
    returnedAt: entry.returnedAt,
    zxid: entry.zxid,
    committedAt: entry.committedAt,
    err: entry.err,
    writes: entry.writes,
    callEvent: entry.callEvent,
    returnEvent: entry.returnEvent,
  };
}
