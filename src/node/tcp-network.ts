/**
 * The links to peers in other processes, over TCP: the election port, which is always open, and the
 * quorum port, which is open while this server leads. The bytes are ZooKeeper's, so that a peer
 * may be ZooKeeper itself.
 *
 * Source: quorum.QuorumCnxManager.Listener, quorum.Leader.LearnerCnxAcceptor (3.9).
 */
import { connect, createServer as createListener, type Server as Listener } from 'node:net';
import type { EnsembleConfig } from '../core/config.ts';
import { memberOf, type QuorumMember } from '../core/quorum/quorum-verifier.ts';
import type { LogLevel, NetworkEffect, PortName, ServerEvent } from '../core/quorum/peer-io.ts';
import type { Server } from '../core/server.ts';
import type { ConnId, Sid } from '../core/units.ts';
import { ConfigError } from './config-error.ts';
import { UNKNOWN_PEER, type ConnNames } from './conn-ids.ts';
import { listen } from './listen.ts';
import { DIAL_PATIENCE, DIAL_RETRY } from './local-network.ts';
import { PeerLink } from './peer-link.ts';
import type { PeerTransport } from './server-process.ts';

export interface TcpOptions {
  readonly sid: Sid;
  readonly config: EnsembleConfig;
  readonly names: ConnNames;
  readonly server: () => Server;
  readonly deliver: (event: ServerEvent) => void;
  readonly log: (level: LogLevel, logger: string, message: string) => void;
}

/** Connections from peers that are open at a time: an ensemble has at most 254 servers. */
const MOST_LINKS = 2000;

/** The quorum port may still be held by a process that is just ending, in milliseconds. */
const LISTEN_RETRY = 50;

/** Rejects where the election port is taken. */
export async function connectTcp(options: TcpOptions): Promise<PeerTransport> {
  const network = new TcpNetwork(options);
  await network.start();
  return network;
}

/** For a server that stands alone. */
export const NO_PEERS: PeerTransport = {
  carryOut: () => undefined,
  setReading: () => undefined,
  flush: () => undefined,
  close: () => Promise.resolve(),
};

class TcpNetwork implements PeerTransport {
  readonly #options: TcpOptions;
  readonly #links = new Map<ConnId, PeerLink>();
  readonly #unsent = new Set<PeerLink>();
  readonly #election: Listener;
  #quorum: Listener | null = null;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: TcpOptions) {
    this.#options = options;
    this.#election = this.#listener('election');
  }

  async start(): Promise<void> {
    const { host, electionPort } = this.#self();
    await listen(this.#election, host, electionPort);
  }

  carryOut(effect: NetworkEffect): void {
    if (effect.kind === 'connect') {
      this.#dial(effect.conn, effect.to as number as Sid, effect.port);
      return;
    }
    const link = this.#links.get(effect.conn);
    if (link === undefined) return;
    switch (effect.kind) {
      case 'send':
        link.write(effect.message);
        this.#unsent.add(link);
        return;
      case 'close':
        this.#links.delete(effect.conn);
        link.end();
        return;
      case 'refuse':
        this.#links.delete(effect.conn);
        link.destroy();
        return;
      default:
    }
  }

  setReading(conn: ConnId, enabled: boolean): void {
    this.#links.get(conn)?.setReading(enabled);
  }

  flush(server: Server): void {
    for (const link of this.#unsent) link.flush();
    this.#unsent.clear();
    const leads = server.role.name === 'leading' && server.status === 'running';
    if (leads && this.#quorum === null) this.#openQuorumPort();
    else if (!leads && this.#quorum !== null) this.#closeQuorumPort();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#closeQuorumPort();
    const closed = new Promise<void>((resolve) => {
      this.#election.close(() => {
        resolve();
      });
    });
    for (const link of this.#links.values()) link.end();
    this.#links.clear();
    await closed;
  }

  #listener(port: PortName): Listener {
    return createListener({ noDelay: true }, (socket) => {
      if (this.#links.size >= MOST_LINKS) {
        socket.destroy();
        return;
      }
      const { names, deliver, config } = this.#options;
      const conn = names.stranger();
      const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
      this.#add(new PeerLink({ conn, port, socket, peer: null, config }, this.#events(conn)));
      deliver({ kind: 'dialled', conn, from: UNKNOWN_PEER, address, port });
    });
  }

  #dial(conn: ConnId, to: Sid, port: PortName): void {
    const { deliver } = this.#options;
    const peer = this.#memberOf(to);
    if (peer === null) {
      deliver({ kind: 'refused', conn });
      return;
    }
    const { host, quorumPort, electionPort } = peer;
    const remote = { host, port: port === 'quorum' ? quorumPort : electionPort };
    this.#knock(conn, to, port, remote, performance.now() + DIAL_PATIENCE);
  }

  /** Who is elected opens its port a moment before or after its followers dial. */
  #knock(
    conn: ConnId,
    to: Sid,
    port: PortName,
    remote: { readonly host: string; readonly port: number },
    until: number,
  ): void {
    const { deliver, config } = this.#options;
    const socket = connect({ ...remote, noDelay: true });
    let opened = false;
    let refused = false;
    socket.once('connect', () => {
      opened = true;
      if (this.#links.has(conn)) deliver({ kind: 'opened', conn });
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      refused = error.code === 'ECONNREFUSED';
    });
    const ended = this.#events(conn, () => (opened ? 'closed' : 'refused'));
    const onEnd = (why: string | null): void => {
      if (!refused || port !== 'quorum' || performance.now() >= until) {
        ended.onEnd(why);
        return;
      }
      setTimeout(() => {
        if (this.#links.has(conn)) this.#knock(conn, to, port, remote, until);
      }, DIAL_RETRY);
    };
    this.#add(new PeerLink({ conn, port, socket, peer: to, config }, { ...ended, onEnd }));
  }

  #events(
    conn: ConnId,
    ending: () => 'closed' | 'refused' = () => 'closed',
  ): ConstructorParameters<typeof PeerLink>[1] {
    const { deliver, log } = this.#options;
    return {
      onMessage: (message) => {
        deliver({ kind: 'packet', conn, message });
      },
      onEnd: (why) => {
        if (!this.#links.delete(conn)) return;
        if (why !== null) log('WARN', 'QuorumCnxManager', `Connection broken: ${why}`);
        deliver({ kind: ending(), conn });
      },
    };
  }

  #add(link: PeerLink): void {
    const { host, electionPort } = this.#self();
    link.ownAddress = `${host}:${String(electionPort)}`;
    this.#links.set(link.conn, link);
  }

  #openQuorumPort(): void {
    if (this.#retry !== null || this.#closed) return;
    const { host, quorumPort } = this.#self();
    const listener = this.#listener('quorum');
    this.#quorum = listener;
    listen(listener, host, quorumPort).catch((error: unknown) => {
      if (this.#quorum !== listener) return;
      this.#quorum = null;
      const what = error instanceof Error ? error.message : String(error);
      this.#options.log(
        'ERROR',
        'Leader',
        `Couldn't bind to ${host}:${String(quorumPort)}: ${what}`,
      );
      this.#retry = setTimeout(() => {
        this.#retry = null;
        this.flush(this.#options.server());
      }, LISTEN_RETRY);
    });
  }

  #closeQuorumPort(): void {
    this.#quorum?.close();
    this.#quorum = null;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
  }

  #self(): QuorumMember {
    const self = this.#memberOf(this.#options.sid);
    if (self === null) {
      throw new ConfigError(`there is no line server.${String(this.#options.sid)}`);
    }
    return self;
  }

  /** As it stands in the configuration in force, or in the one that is to be. */
  #memberOf(sid: Sid): QuorumMember | null {
    const { quorumVerifier, lastSeenQuorumVerifier } = this.#options.server();
    return memberOf(quorumVerifier, sid) ?? memberOf(lastSeenQuorumVerifier, sid) ?? null;
  }
}
