/**
 * One client's TCP connection: bytes to messages and back. Its memory is bounded whatever the
 * other end does: a frame is gathered as its bytes come, never allocated by its length field, and
 * a client that does not read is not read from either, and in the end dropped.
 *
 * Source: server.NIOServerCnxn (3.9).
 */
import type { Socket } from 'node:net';
import { JuteError } from '../core/jute/input-archive.ts';
import type { ClientMessage } from '../core/jute/proto.ts';
import { OutputArchive } from '../core/jute/output-archive.ts';
import { decodeClientMessage, saysReadOnly } from '../core/jute/proto-codec.ts';
import { writeServerFrame, type ServerMessage } from '../core/jute/proto-codec.ts';
import type { Message } from '../core/quorum/peer-io.ts';
import type { ConnId } from '../core/units.ts';
import type { ClientPortOptions } from './client-port.ts';

/** Bytes that wait for a client: from here on nothing more is read from it. */
const PAUSE_ABOVE = 1024 * 1024;

/**
 * Requests that are read at a time. It begins small, grows with each turn, and shrinks where the
 * answers are large: what one turn makes for one client is to stay near PAUSE_ABOVE.
 */
const FIRST_WINDOW = 16;
const MOST_WINDOW = 512;

/** Bytes that wait for a client: from here on it is dropped. */
const DROP_ABOVE = 64 * 1024 * 1024;

/** A buffer that has grown beyond this is not kept. */
const KEEP_BUFFER = 64 * 1024;

/** How long a connection that we end may take to send its last bytes, in milliseconds. */
const LINGER = 2000;

const LENGTH_BYTES = 4;

/** `stmk` is followed by a trace mask of 64 bits. */
const MASKED_WORD = 'stmk';
const MASK_BYTES = 8;

export interface ConnectionEvents {
  /** The connection is over, and not because the server closed it. */
  readonly onEnd: () => void;
  /** A ConnectRequest has come. */
  readonly onHandshake: () => void;
  /** More requests have come than are read in one turn: `readOn` is to be called in a later one. */
  readonly onBacklog: () => void;
}

const NOTHING = new Uint8Array(0);

export class ClientConnection {
  readonly conn: ConnId;
  /** `/127.0.0.1:41050` */
  readonly address: string;
  readonly #socket: Socket;
  readonly #options: ClientPortOptions;
  readonly #events: ConnectionEvents;
  /** The first `gathered` bytes are those of a frame that is not whole yet. */
  #partial: Uint8Array = NOTHING;
  #gathered = 0;
  /** How many bytes must have come before it is worth to look again. */
  #needed = LENGTH_BYTES;
  #handshaken = false;
  #word: string | null = null;
  /** Frames that the present turn has made. */
  #out = new OutputArchive();
  /** A client before 3.4 knows nothing of read-only mode, and is told nothing of it. */
  #withReadOnly = true;
  #closed = false;
  #window = FIRST_WINDOW;
  /** Messages in `out`. */
  #written = 0;
  #throttled = false;
  #backlog = false;
  #clogged = false;

  constructor(conn: ConnId, socket: Socket, options: ClientPortOptions, events: ConnectionEvents) {
    this.conn = conn;
    this.address = `/${socket.remoteAddress ?? 'unknown'}:${String(socket.remotePort ?? 0)}`;
    this.#socket = socket;
    this.#options = options;
    this.#events = events;
    socket.on('data', (chunk: Buffer) => {
      this.#onData(chunk);
    });
    socket.on('end', () => {
      this.#onEnd();
    });
    socket.on('error', () => undefined); // 'close' follows.
    socket.on('close', () => {
      this.#fail();
    });
    socket.on('drain', () => {
      this.#clogged = false;
      this.#applyReading();
    });
  }

  /** Takes up the requests that an earlier turn has left. */
  readOn(): void {
    if (!this.#backlog || this.#closed || this.#throttled || this.#clogged) return;
    this.#backlog = false;
    this.#take(this.#partial.subarray(0, this.#gathered));
    this.#applyReading();
  }

  write(message: Message): void {
    if (this.#closed) return;
    writeServerFrame(this.#out, message as ServerMessage, this.#withReadOnly);
    this.#written++;
  }

  flush(): void {
    if (this.#out.length === 0) return;
    const block = this.#out.toBytes();
    const fitting = Math.floor((PAUSE_ABOVE * this.#written) / block.length);
    this.#window = Math.max(1, Math.min(fitting, this.#window * 2, MOST_WINDOW));
    this.#written = 0;
    if (block.length > KEEP_BUFFER) this.#out = new OutputArchive();
    else this.#out.clear();
    if (this.#socket.destroyed) return;
    this.#socket.write(block);
    const waiting = this.#socket.writableLength;
    if (waiting > DROP_ABOVE) {
      const text = `Closing ${this.address}: it does not read, ${String(waiting)} bytes wait for it`;
      this.#options.log('WARN', 'NIOServerCnxn', text);
      this.#fail();
    } else if (waiting > PAUSE_ABOVE) {
      this.#clogged = true;
      this.#applyReading();
    }
  }

  /** The server throttles, or no longer throttles, this client. */
  setReading(enabled: boolean): void {
    this.#throttled = !enabled;
    this.#applyReading();
  }

  /** The server closes the connection: what it has said before still goes out. */
  end(): void {
    this.flush();
    this.#closed = true;
    this.#partial = NOTHING;
    const { destroyed } = this.#socket;
    if (destroyed) return;
    this.#socket.destroySoon();
    setTimeout(() => this.#socket.destroy(), LINGER).unref();
  }

  destroy(): void {
    this.#closed = true;
    this.#out.clear();
    this.#partial = NOTHING;
    this.#socket.destroy();
  }

  /** It has opened no session in time. */
  abandon(): void {
    this.#options.log(
      'INFO',
      'NIOServerCnxnFactory',
      `Expiring ${this.address}: no session opened`,
    );
    this.#fail();
  }

  #applyReading(): void {
    if (this.#backlog && !this.#throttled && !this.#clogged) this.#events.onBacklog();
    const paused = this.#throttled || this.#clogged || this.#backlog;
    if (paused && !this.#socket.isPaused()) this.#socket.pause();
    else if (!paused && this.#socket.isPaused()) this.#socket.resume();
  }

  #onData(chunk: Buffer): void {
    if (this.#closed) return;
    // Not a Buffer: its slice() is a view, and what is decoded is to own its bytes.
    let bytes: Uint8Array = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#gathered > 0 || bytes.length < this.#needed) {
      this.#gather(bytes);
      if (this.#gathered < this.#needed) return;
      bytes = this.#partial.subarray(0, this.#gathered);
    }
    this.#take(bytes);
    if (this.#backlog) this.#applyReading();
  }

  #take(bytes: Uint8Array): void {
    const used = this.#readFrames(bytes);
    if (this.#closed) return;
    if (this.#backlog) this.#partial = bytes.subarray(used);
    // A copy: a few bytes are not to hold on to the whole block that the socket read.
    else this.#partial = used === bytes.length ? NOTHING : bytes.slice(used);
    this.#gathered = this.#partial.length;
  }

  /** Space grows with what has come, so that neither large nor tiny pieces cost much. */
  #gather(bytes: Uint8Array): void {
    const length = this.#gathered + bytes.length;
    if (length > this.#partial.length) {
      const larger = new Uint8Array(Math.max(length, Math.min(length * 2, this.#needed)));
      larger.set(this.#partial.subarray(0, this.#gathered));
      this.#partial = larger;
    }
    this.#partial.set(bytes, this.#gathered);
    this.#gathered = length;
  }

  /** @returns how many bytes belong to whole frames. */
  #readFrames(bytes: Uint8Array): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    let frames = 0;
    this.#needed = LENGTH_BYTES;
    while (bytes.length - at >= LENGTH_BYTES) {
      if (this.#word !== null || (!this.#handshaken && this.#startsWord(bytes, at))) {
        this.#onWord(bytes.subarray(at));
        return at;
      }
      const length = view.getInt32(at);
      if (length < 0 || length > this.#options.maxBuffer) {
        this.#onBadLength(length);
        return at;
      }
      const end = at + LENGTH_BYTES + length;
      if (end > bytes.length) {
        this.#needed = LENGTH_BYTES + length;
        return at;
      }
      if (frames++ === this.#window) {
        this.#backlog = true;
        return at;
      }
      if (!this.#onFrame(bytes.subarray(at + LENGTH_BYTES, end))) return end;
      at = end;
    }
    return at;
  }

  #onFrame(frame: Uint8Array): boolean {
    const first = !this.#handshaken;
    let message: ClientMessage;
    try {
      message = decodeClientMessage(frame, first, this.#options.release);
      if (first) this.#withReadOnly = saysReadOnly(frame);
    } catch (error) {
      if (!(error instanceof JuteError)) throw error;
      this.#warnAndFail(error.message);
      return false;
    }
    if (first) {
      this.#handshaken = true;
      this.#events.onHandshake();
    }
    this.#options.deliver({ kind: 'packet', conn: this.conn, message });
    return true;
  }

  #onBadLength(length: number): void {
    this.#warnAndFail(
      `Len error. A message from ${this.address} with advertised length of ${String(length)} is either a malformed message or too large to process (length is greater than jute.maxbuffer=${String(this.#options.maxBuffer)})`,
    );
  }

  /** Four letters of the alphabet are never the length of a first frame that is taken. */
  #startsWord(bytes: Uint8Array, at: number): boolean {
    for (let i = at; i < at + LENGTH_BYTES; i++) {
      const letter = bytes[i] ?? 0;
      if (letter < 0x61 || letter > 0x7a) return false;
    }
    return true;
  }

  #onWord(bytes: Uint8Array): void {
    const word = String.fromCharCode(...bytes.subarray(0, LENGTH_BYTES));
    this.#word = word;
    this.#needed = LENGTH_BYTES + (word === MASKED_WORD ? MASK_BYTES : 0);
    if (bytes.length < this.#needed) return;
    this.#closed = true;
    this.#partial = NOTHING;
    const tail = bytes.slice(LENGTH_BYTES, this.#needed);
    const { answerWord, deliver, log } = this.#options;
    deliver((server) => {
      const answer = answerWord(server, word, tail, this.conn);
      if (answer === null) {
        this.#onBadLength(new DataView(bytes.buffer, bytes.byteOffset).getInt32(0));
        return;
      }
      log('INFO', 'NIOServerCnxn', `Processing ${word} command from ${this.address}`);
      if (!this.#socket.destroyed) this.#socket.write(answer);
      this.#events.onEnd();
      this.end();
    });
  }

  /** The client has closed its side. Whoever asked a word that way still gets the answer. */
  #onEnd(): void {
    if (this.#closed) return;
    this.#options.log(
      'INFO',
      'NIOServerCnxn',
      `Unable to read additional data from client, it probably closed the socket: address = ${this.address}`,
    );
    this.#fail();
  }

  #warnAndFail(why: string): void {
    this.#options.log('WARN', 'NIOServerCnxn', `Close of session 0x0: ${why}`);
    this.#fail();
  }

  /** It is over, and the server is told; once. */
  #fail(): void {
    this.#events.onEnd();
    this.#closed = true;
    this.#out.clear();
    this.#partial = NOTHING;
    if (!this.#socket.destroyed) this.#socket.destroy();
  }
}
