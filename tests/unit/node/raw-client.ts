/** The smallest ZooKeeper client: one socket, requests in order, no reconnects. */
import { connect, type Socket } from 'node:net';
import { decodeServerMessage, encodeClientMessage } from '../../../src/core/jute/proto-codec.ts';
import type { ClientReply, ConnectResponse } from '../../../src/core/jute/proto.ts';
import type { Request, WatchNotification } from '../../../src/core/jute/proto.ts';
import type { Millis, SessionId } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

type FromServer = ConnectResponse | ClientReply | WatchNotification;

export interface Session {
  readonly sessionId: SessionId;
  readonly passwd: Uint8Array;
}

export class RawClient {
  readonly socket: Socket;
  readonly notifications: WatchNotification[] = [];
  readonly closed: Promise<void>;
  #bytes = Buffer.alloc(0);
  #opened = false;
  #xid = 0;
  readonly #ops = new Map<number, Request['op']>();
  readonly #waiting: ((message: FromServer | null) => void)[] = [];

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => {
        for (const answer of this.#waiting.splice(0)) answer(null);
        resolve();
      });
    });
    this.socket.on('data', (chunk) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#read();
    });
  }

  /** Opens a session, or comes back to one. Null where the server hung up. */
  async open(session: Session | null = null, timeOut = 10_000): Promise<ConnectResponse | null> {
    const answer = this.#next();
    this.#write({
      kind: 'connectRequest',
      protocolVersion: 0,
      lastZxidSeen: 0n as Zxid,
      timeOut: timeOut as Millis,
      sessionId: session?.sessionId ?? (0n as SessionId),
      passwd: session?.passwd ?? new Uint8Array(16),
      readOnly: false,
    });
    const message = await answer;
    return message?.kind === 'connectResponse' ? message : null;
  }

  /** Null where the server hung up before it answered. */
  async call(request: Request): Promise<ClientReply | null> {
    const xid = ++this.#xid;
    this.#ops.set(xid, request.op);
    const answer = this.#next();
    this.#write({ kind: 'request', xid, request });
    const message = await answer;
    return message?.kind === 'reply' ? message : null;
  }

  async create(path: string, data: string): Promise<ClientReply | null> {
    const acl = [{ perms: 31, id: { scheme: 'world', id: 'anyone' } }];
    const bytes = new TextEncoder().encode(data);
    return this.call({ op: 'create', path, data: bytes, acl, flags: 0, ttl: 0 });
  }

  /** The data as text, or the error as a number. */
  async get(path: string): Promise<string | number | null> {
    const reply = await this.call({ op: 'getData', path, watch: false });
    if (reply === null) return null;
    return reply.err === 0 ? new TextDecoder().decode(reply.body.data ?? undefined) : reply.err;
  }

  destroy(): void {
    this.socket.destroy();
  }

  #next(): Promise<FromServer | null> {
    if (this.socket.destroyed) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #write(message: Parameters<typeof encodeClientMessage>[0]): void {
    const bytes = encodeClientMessage(message);
    const length = Buffer.alloc(4);
    length.writeInt32BE(bytes.length);
    this.socket.write(Buffer.concat([length, bytes]));
  }

  #read(): void {
    while (this.#bytes.length >= 4) {
      const end = 4 + this.#bytes.readInt32BE(0);
      if (this.#bytes.length < end) return;
      const frame = new Uint8Array(this.#bytes.subarray(4, end));
      this.#bytes = this.#bytes.subarray(end);
      const message = decodeServerMessage(
        frame,
        (xid) => this.#ops.get(xid) ?? null,
        !this.#opened,
      );
      this.#opened = true;
      if (message.kind === 'notification') this.notifications.push(message);
      else this.#waiting.shift()?.(message);
    }
  }
}

/** What the server answers to bytes, until it closes or falls silent for `patience` ms. */
export function askBytes(port: number, bytes: Uint8Array, patience = 3000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let answer = '';
    const end = (how: string): void => {
      socket.destroy();
      resolve(answer === '' ? how : answer);
    };
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('close', () => {
      end('closed');
    });
    socket.setTimeout(patience, () => {
      end('silent');
    });
    socket.write(bytes);
  });
}
