/**
 * Servers in one small world of their own: every message takes a millisecond, every disk operation
 * one too. Clients are bare connections: what they send is written by hand, so that they may say
 * what no client library says.
 */
import { DEFAULT_CONFIG, ensembleOf, type EnsembleConfig } from '../../src/core/config.ts';
import type { ClientMessage, ClientReply, Request } from '../../src/core/jute/proto.ts';
import type { ConnectResponse } from '../../src/core/jute/proto.ts';
import type { Message, ServerEffect, ServerEvent } from '../../src/core/quorum/peer-io.ts';
import { createServer, stepServer, type Server } from '../../src/core/server.ts';
import { EMPTY_DISK } from '../../src/core/txn-log/disk-image.ts';
import { makeConnId, type ConnId, type Micros } from '../../src/core/units.ts';
import type { Millis, ProcessId, SessionId, Sid } from '../../src/core/units.ts';
import type { Zxid } from '../../src/core/zxid.ts';

const MILLI = 1000;

interface Due {
  readonly at: number;
  readonly seq: number;
  readonly run: () => void;
}

/** A connection by hand. */
export interface RawClient {
  readonly conn: ConnId;
  readonly sid: Sid;
  readonly got: ClientMessage[];
  closed: boolean;
  /** False while the server asks its host not to read. */
  read: boolean;
}

export class LittleEnsemble {
  now = 0;
  readonly servers = new Map<Sid, Server>();
  readonly lines: string[] = [];
  /** Every `timer` that fired, by name. */
  readonly fired: string[] = [];
  readonly #agenda: Due[] = [];
  readonly #timers = new Map<string, number>();
  readonly #ends = new Map<ConnId, [Sid, Sid]>();
  readonly #clients = new Map<ConnId, RawClient>();
  readonly #cut = new Set<string>();
  #seq = 0;

  constructor(voters: number, config: Partial<EnsembleConfig> = {}, observers = 0) {
    const all = { ...DEFAULT_CONFIG, servers: ensembleOf(voters, observers), ...config };
    for (const { sid } of all.servers) {
      const server = createServer({ config: all, sid, seed: 7, incarnation: 0 });
      this.servers.set(sid, server);
      this.step(sid, { kind: 'boot', image: EMPTY_DISK });
    }
  }

  server(sid: number): Server {
    const server = this.servers.get(sid as Sid);
    if (server === undefined) throw new Error(`no server ${String(sid)}`);
    return server;
  }

  /** The one that leads, once it serves. */
  leader(): Server {
    const found = [...this.servers.values()].find((s) => s.zks?.kind === 'leader');
    if (found === undefined) throw new Error('nobody leads');
    return found;
  }

  run(millis: number): this {
    const until = this.now + millis * MILLI;
    for (;;) {
      const due = this.#agenda[0];
      if (due === undefined || due.at > until) break;
      this.#agenda.shift();
      this.now = Math.max(this.now, due.at);
      due.run();
    }
    this.now = until;
    return this;
  }

  /** From now on nothing passes between these two servers. */
  cut(a: number, b: number): void {
    this.#cut.add(`${String(a)}/${String(b)}`).add(`${String(b)}/${String(a)}`);
  }

  /** Everything passes again. */
  mend(): void {
    this.#cut.clear();
  }

  dial(sid: number, address = '10.0.0.9'): RawClient {
    const process = (1000 + this.#clients.size) as ProcessId;
    const conn = makeConnId(process, 0, 1);
    const client = { conn, sid: sid as Sid, got: [], closed: false, read: true };
    this.#clients.set(conn, client);
    this.step(sid as Sid, { kind: 'dialled', conn, from: process, address, port: 'client' });
    return client;
  }

  /** Gives the server a message at once, within the present millisecond. */
  say(client: RawClient, message: ClientMessage): void {
    if (!client.closed) this.step(client.sid, { kind: 'packet', conn: client.conn, message });
  }

  request(client: RawClient, xid: number, request: Request): void {
    this.say(client, { kind: 'request', xid, request });
  }

  step(sid: Sid, event: ServerEvent): void {
    const out: ServerEffect[] = [];
    stepServer(this.server(sid), this.now as Micros, event, out);
    for (const effect of out) this.#carryOut(sid, effect);
  }

  #carryOut(sid: Sid, effect: ServerEffect): void {
    switch (effect.kind) {
      case 'log':
        this.lines.push(`${String(sid)} ${effect.level} ${effect.logger}: ${effect.message}`);
        return;
      case 'setTimer':
        this.#setTimer(sid, effect.name, effect.after);
        return;
      case 'clearTimer':
        this.#timers.delete(`${String(sid)} ${effect.name}`);
        return;
      case 'connect':
        this.#connect(sid, effect.conn, effect.to as number as Sid, effect.port);
        return;
      case 'accept':
      case 'refuse':
        this.#answer(sid, effect.conn, effect.kind === 'accept' ? 'opened' : 'refused');
        return;
      case 'send':
        this.#send(sid, effect.conn, effect.message);
        return;
      case 'close':
        this.#close(sid, effect.conn);
        return;
      case 'recv': {
        const client = this.#clients.get(effect.conn);
        if (client !== undefined) client.read = effect.enabled;
        return;
      }
      case 'syncLog':
      case 'truncate':
      case 'saveSnapshot':
      case 'writeEpoch':
      case 'writeConfig': {
        const { op } = effect;
        this.#later(() => this.step(sid, { kind: 'durable', op }));
        return;
      }
      case 'exit':
        throw new Error(`server ${String(sid)} ends: ${effect.reason}`);
      default:
    }
  }

  #later(run: () => void, after = MILLI): void {
    const due = { at: this.now + after, seq: this.#seq++, run };
    this.#agenda.push(due);
    this.#agenda.sort((a, b) => a.at - b.at || a.seq - b.seq);
  }

  #setTimer(sid: Sid, name: string, after: number): void {
    const key = `${String(sid)} ${name}`;
    const armed = this.#seq;
    this.#timers.set(key, armed);
    this.#later(() => {
      if (this.#timers.get(key) !== armed) return;
      this.#timers.delete(key);
      this.fired.push(key);
      this.step(sid, { kind: 'timer', name });
    }, after);
  }

  #connect(from: Sid, conn: ConnId, to: Sid, port: 'election' | 'quorum' | 'client'): void {
    this.#ends.set(conn, [from, to]);
    const dialler = from as number as ProcessId;
    const address = `10.0.1.${String(from)}`;
    if (this.#isCut(from, to)) return;
    this.#later(() => this.step(to, { kind: 'dialled', conn, from: dialler, address, port }));
  }

  #answer(sid: Sid, conn: ConnId, kind: 'opened' | 'refused'): void {
    const client = this.#clients.get(conn);
    if (client !== undefined && kind === 'refused') client.closed = true;
    const other = this.#other(sid, conn);
    if (other !== null) this.#later(() => this.step(other, { kind, conn }));
  }

  #send(sid: Sid, conn: ConnId, message: Message): void {
    const client = this.#clients.get(conn);
    if (client !== undefined) client.got.push(message as ClientMessage);
    const other = this.#other(sid, conn);
    if (other === null) return;
    this.#later(() => {
      if (this.#ends.has(conn)) this.step(other, { kind: 'packet', conn, message });
    });
  }

  #close(sid: Sid, conn: ConnId): void {
    const client = this.#clients.get(conn);
    if (client !== undefined) client.closed = true;
    const other = this.#other(sid, conn);
    if (other === null) return;
    this.#later(() => {
      this.#ends.delete(conn);
      this.step(other, { kind: 'closed', conn });
    });
  }

  #other(sid: Sid, conn: ConnId): Sid | null {
    const ends = this.#ends.get(conn);
    if (ends === undefined) return null;
    const other = ends[0] === sid ? ends[1] : ends[0];
    return this.#isCut(sid, other) ? null : other;
  }

  #isCut(a: Sid, b: Sid): boolean {
    return this.#cut.has(`${String(a)}/${String(b)}`);
  }
}

/** What a client says first. */
export function connectRequest(
  more: Partial<{
    lastZxidSeen: bigint;
    timeOut: number;
    sessionId: bigint;
    passwd: Uint8Array;
    readOnly: boolean;
    protocolVersion: number;
  }> = {},
): ClientMessage {
  return {
    kind: 'connectRequest',
    protocolVersion: more.protocolVersion ?? 0,
    lastZxidSeen: (more.lastZxidSeen ?? 0n) as Zxid,
    timeOut: (more.timeOut ?? 10_000) as Millis,
    sessionId: (more.sessionId ?? 0n) as SessionId,
    passwd: more.passwd ?? new Uint8Array(16),
    readOnly: more.readOnly ?? false,
  };
}

export function repliesOf(client: RawClient): readonly ClientReply[] {
  return client.got.filter((m) => m.kind === 'reply');
}

/** `5:0` for each reply: its xid and its error. */
export function shortly(client: RawClient): readonly string[] {
  return repliesOf(client).map(({ xid, err }) => `${String(xid)}:${String(err)}`);
}

/** The answer to the handshake. */
export function welcomeOf(client: RawClient): ConnectResponse {
  const first = client.got.find((m) => m.kind === 'connectResponse');
  if (first === undefined) throw new Error('the handshake was not answered');
  return first;
}
