/**
 * The client port of one member: a TCP listener, its connections, and what they have in common.
 *
 * Source: server.NIOServerCnxnFactory (3.9).
 */
import { createServer as createListener, type Server as Listener, type Socket } from 'node:net';
import type { EnsembleConfig } from '../core/config.ts';
import type { LogLevel, NetworkEffect, ServerEvent } from '../core/quorum/peer-io.ts';
import type { Server } from '../core/server.ts';
import type { ConnId } from '../core/units.ts';
import { ClientConnection } from './client-connection.ts';
import { CLIENT_PROCESS, type ConnNames } from './conn-ids.ts';
import { listen } from './listen.ts';
import type { Transport } from './member.ts';

/** zookeeper.nio.sessionlessCnxnTimeout: a connection that opens no session is closed, in ms. */
const SESSIONLESS_TIMEOUT = 10_000;

const SWEEP_INTERVAL = 1000;

/** Answers a four-letter word, or null where it is none. `tail` is what followed the word. */
export type AnswerWord = (
  server: Server,
  word: string,
  tail: Uint8Array,
  asker: ConnId,
) => string | null;

export interface ClientPortOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** jute.maxbuffer, in bytes. */
  readonly maxBuffer: number;
  readonly release: EnsembleConfig['release'];
  readonly names: ConnNames;
  readonly answerWord: AnswerWord;
  readonly log: (level: LogLevel, logger: string, message: string) => void;
  readonly deliver: (inbound: ServerEvent | ((server: Server) => void)) => void;
}

export class ClientPort implements Transport {
  readonly options: ClientPortOptions;
  readonly #listener: Listener;
  readonly #connections = new Map<ConnId, ClientConnection>();
  readonly #unsent = new Set<ClientConnection>();
  readonly #backlog = new Set<ClientConnection>();
  readonly #sessionless = new Map<ClientConnection, number>();
  #sweep: NodeJS.Timeout | null = null;
  #port = 0;

  constructor(options: ClientPortOptions) {
    this.options = options;
    this.#listener = createListener({ noDelay: true, allowHalfOpen: true }, (socket) => {
      this.#onConnection(socket);
    });
  }

  /** @returns the port it listens on. Rejects where the port is taken. */
  async listen(): Promise<number> {
    this.#port = await listen(this.#listener, this.options.host, this.options.port);
    return this.#port;
  }

  /** The one that it listens on. */
  get port(): number {
    return this.#port;
  }

  /** Connections that are open. */
  get size(): number {
    return this.#connections.size;
  }

  /** `/127.0.0.1:41050` */
  addressOf(conn: ConnId): string {
    return this.#connections.get(conn)?.address ?? '/unknown:0';
  }

  carryOut(effect: NetworkEffect): void {
    const connection = this.#connections.get(effect.conn);
    if (connection === undefined) return;
    switch (effect.kind) {
      case 'send':
        connection.write(effect.message);
        this.#unsent.add(connection);
        return;
      case 'close':
        this.#forget(connection);
        connection.end();
        return;
      case 'refuse':
        this.#forget(connection);
        connection.destroy();
        return;
      default:
    }
  }

  setReading(conn: ConnId, enabled: boolean): void {
    this.#connections.get(conn)?.setReading(enabled);
  }

  /** Everything that one turn had to say to a client leaves in one write. */
  flush(): void {
    for (const connection of this.#unsent) connection.flush();
    this.#unsent.clear();
  }

  /** @param abrupt as when the process is killed; else what is unsent still goes out. */
  async close(abrupt: boolean): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#listener.close(() => {
        resolve();
      });
    });
    for (const connection of [...this.#connections.values()]) {
      this.#forget(connection);
      if (abrupt) connection.destroy();
      else connection.end();
    }
    if (this.#sweep !== null) clearInterval(this.#sweep);
    this.#sweep = null;
    await closed;
  }

  #onConnection(socket: Socket): void {
    const { names, deliver } = this.options;
    const conn = names.client();
    const address = plainAddress(socket.remoteAddress ?? '');
    const connection = new ClientConnection(conn, socket, this.options, {
      onEnd: () => {
        if (!this.#connections.has(conn)) return;
        this.#forget(connection);
        deliver({ kind: 'closed', conn });
      },
      onHandshake: () => this.#sessionless.delete(connection),
      onBacklog: () => {
        this.#readLater(connection);
      },
    });
    this.#connections.set(conn, connection);
    this.#sessionless.set(connection, Date.now());
    this.#sweep ??= setInterval(() => {
      this.#closeSessionless();
    }, SWEEP_INTERVAL).unref();
    deliver({ kind: 'dialled', conn, from: CLIENT_PROCESS, address, port: 'client' });
  }

  /** After the sockets of others have had their turn. */
  #readLater(connection: ClientConnection): void {
    const isScheduled = this.#backlog.size > 0;
    this.#backlog.add(connection);
    if (isScheduled) return;
    setImmediate(() => {
      const waiting = [...this.#backlog];
      this.#backlog.clear();
      for (const one of waiting) one.readOn();
    });
  }

  #closeSessionless(): void {
    const before = Date.now() - SESSIONLESS_TIMEOUT;
    for (const [connection, since] of this.#sessionless) {
      if (since > before) break; // The rest are younger still.
      connection.abandon();
    }
    if (this.#sessionless.size > 0 || this.#sweep === null) return;
    clearInterval(this.#sweep);
    this.#sweep = null;
  }

  #forget(connection: ClientConnection): void {
    this.#connections.delete(connection.conn);
    this.#sessionless.delete(connection);
  }
}

/** An IPv4 address that came in over IPv6 is the IPv4 address that ACLs name. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
