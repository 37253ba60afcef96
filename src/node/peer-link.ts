/** One TCP connection to a peer, on the election or the quorum port: bytes to messages and back. */
import type { Socket } from 'node:net';
import type { EnsembleConfig } from '../core/config.ts';
import { nextFrame, newFramer, pushChunk, writeFrame, type Framer } from '../core/jute/framing.ts';
import { JuteError } from '../core/jute/input-archive.ts';
import { OutputArchive } from '../core/jute/output-archive.ts';
import { writePacket } from '../core/quorum/packet-codec.ts';
import { encodeSnapshotStream, newPacketStream } from '../core/quorum/packet-stream.ts';
import { pushQuorumBytes, type PacketStream } from '../core/quorum/packet-stream.ts';
import type { ElectionMessage, QuorumPacket } from '../core/quorum/packet.ts';
import type { Message, PortName } from '../core/quorum/peer-io.ts';
import { decodeHello, decodeNotification, encodeHello } from '../core/quorum/vote-codec.ts';
import { encodeNotification, MAX_ELECTION_MESSAGE } from '../core/quorum/vote-codec.ts';
import type { SnapshotNode } from '../core/txn-log/snapshot.ts';
import type { ConnId, Millis, SessionId, Sid } from '../core/units.ts';

/** Bytes that wait for a peer, from which on the connection counts as broken. */
const MOST_UNSENT = 256 * 1024 * 1024;

/** A buffer that has grown beyond this is not kept. */
const KEEP_BUFFER = 256 * 1024;

/** Bytes in which a greeting must have come. */
const HELLO_LIMIT = 4096;

/** How long whoever dialled may take to say who it is, and a goodbye may take, in milliseconds. */
const HELLO_TIMEOUT = 10_000;
const LINGER = 2000;

export interface LinkOptions {
  readonly conn: ConnId;
  readonly port: PortName;
  readonly socket: Socket;
  /** Whom we dialled; null where we were dialled, and the peer says who it is. */
  readonly peer: Sid | null;
  readonly config: EnsembleConfig;
}

export interface LinkEvents {
  readonly onMessage: (message: Message) => void;
  /** @param why null where the connection just ended. */
  readonly onEnd: (why: string | null) => void;
}

interface Snapshot {
  readonly sessions: (readonly [SessionId, Millis])[];
  readonly nodes: SnapshotNode[];
}

export class PeerLink {
  readonly conn: ConnId;
  /** `host:port` of our election port, for our greeting. */
  ownAddress = '';
  readonly #options: LinkOptions;
  readonly #events: LinkEvents;
  readonly #stream: PacketStream;
  readonly #framer: Framer = newFramer(MAX_ELECTION_MESSAGE);
  #peer: Sid | null;
  /** The first bytes of a greeting that is not whole. */
  #greeting = new Uint8Array(0);
  #out = new OutputArchive(4096);
  /** A snapshot that is being handed over in pieces. */
  #snapshot: Snapshot | null = null;
  #over = false;

  constructor(options: LinkOptions, events: LinkEvents) {
    this.conn = options.conn;
    this.#options = options;
    this.#events = events;
    this.#peer = options.peer;
    const { release, maxBuffer } = options.config;
    this.#stream = newPacketStream(release, maxBuffer);
    const { socket } = options;
    socket.on('data', (chunk: Buffer) => {
      this.#onData(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    });
    socket.on('error', () => undefined); // 'close' follows.
    socket.on('close', () => {
      this.#fail(null);
    });
    if (options.port === 'election' && options.peer === null) {
      socket.setTimeout(HELLO_TIMEOUT, () => {
        this.#fail('no greeting came');
      });
    }
  }

  write(message: Message): void {
    if (this.#over) return;
    if (this.#options.port === 'election') this.#writeElection(message as ElectionMessage);
    else this.#writePacket(message as QuorumPacket);
  }

  flush(): void {
    if (this.#out.length === 0) return;
    const { socket } = this.#options;
    if (!socket.destroyed) socket.write(this.#out.toBytes());
    if (this.#out.length > KEEP_BUFFER) this.#out = new OutputArchive(4096);
    else this.#out.clear();
    if (socket.writableLength > MOST_UNSENT) this.#fail('the peer does not read');
  }

  setReading(enabled: boolean): void {
    const { socket } = this.#options;
    if (enabled) socket.resume();
    else socket.pause();
  }

  /** What was said before still goes out. */
  end(): void {
    this.flush();
    this.#over = true;
    const { socket } = this.#options;
    if (socket.destroyed) return;
    socket.destroySoon();
    setTimeout(() => socket.destroy(), LINGER).unref();
  }

  destroy(): void {
    this.#over = true;
    this.#options.socket.destroy();
  }

  #writeElection(message: ElectionMessage): void {
    if (message.kind === 'hello') {
      const address = message.address === '' ? this.ownAddress : message.address;
      this.#out.writeBytes(encodeHello({ ...message, address }));
      return;
    }
    writeFrame(this.#out, (output) => {
      output.writeBytes(encodeNotification(message));
    });
  }

  /** A snapshot's ACLs stand before its nodes, so it goes out as a whole. */
  #writePacket(packet: QuorumPacket): void {
    if (packet.type !== 'SNAPSHOT') {
      writePacket(this.#out, packet);
      return;
    }
    this.#snapshot ??= { sessions: [], nodes: [] };
    const { sessions, nodes } = this.#snapshot;
    for (const session of packet.sessions) sessions.push(session);
    for (const node of packet.nodes) nodes.push(node);
    if (!packet.signature) return;
    this.#out.writeBytes(encodeSnapshotStream(sessions, nodes));
    this.#snapshot = null;
  }

  #onData(chunk: Uint8Array): void {
    if (this.#over) return;
    try {
      if (this.#options.port === 'election') this.#readElection(chunk);
      else for (const p of pushQuorumBytes(this.#stream, chunk)) this.#events.onMessage(p);
    } catch (error) {
      if (!(error instanceof JuteError)) throw error;
      this.#fail(error.message);
    }
  }

  #readElection(chunk: Uint8Array): void {
    const rest = this.#peer === null ? this.#readHello(chunk) : chunk;
    if (rest === null || this.#peer === null) return;
    pushChunk(this.#framer, rest);
    for (;;) {
      const framed = nextFrame(this.#framer);
      if (framed.kind === 'more') return;
      if (framed.kind === 'bad') {
        throw new JuteError(`Received packet with invalid packet: ${String(framed.length)}`);
      }
      const notification = decodeNotification(framed.bytes, this.#peer);
      if (notification !== null) this.#events.onMessage(notification);
    }
  }

  /** @returns what follows the greeting, or null where it is not whole. */
  #readHello(chunk: Uint8Array): Uint8Array | null {
    const bytes = new Uint8Array(this.#greeting.length + chunk.length);
    bytes.set(this.#greeting);
    bytes.set(chunk, this.#greeting.length);
    const said = decodeHello(bytes);
    if (said === null) {
      if (bytes.length > HELLO_LIMIT) throw new JuteError('a greeting that does not end');
      this.#greeting = bytes;
      return null;
    }
    this.#peer = said.hello.sid;
    this.#greeting = new Uint8Array(0);
    this.#options.socket.setTimeout(0);
    this.#events.onMessage(said.hello);
    return bytes.subarray(said.length);
  }

  #fail(why: string | null): void {
    if (this.#over) return;
    this.#over = true;
    this.#events.onEnd(why);
    this.#options.socket.destroy();
  }
}
