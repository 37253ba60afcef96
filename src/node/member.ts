/**
 * One ZooKeeper server in real time: the core, fed with events, and its effects carried out by a
 * disk, by the links to its peers and by the sockets of its clients.
 */
import { unreachable } from '../core/assert.ts';
import type { EnsembleConfig } from '../core/config.ts';
import type { DiskEffect, Effects, NetworkEffect } from '../core/quorum/peer-io.ts';
import type { ServerEffect, ServerEvent } from '../core/quorum/peer-io.ts';
import { createServer, stepServer, type Server } from '../core/server.ts';
import type { ConnId, Micros, Millis, Sid } from '../core/units.ts';
import { monotonicMicros } from './clock.ts';
import { isClientConn } from './conn-ids.ts';
import type { LogSink } from './log-sink.ts';
import type { Runnable, RunQueue } from './run-queue.ts';
import { TimerTable } from './timer-table.ts';

/** What connects a member with others: its peers, or its clients. */
export interface Transport {
  carryOut(effect: NetworkEffect): void;
  /** Stops or resumes reading from a connection. */
  setReading(conn: ConnId, enabled: boolean): void;
  /** After the steps of one turn: the moment to write what was gathered. */
  flush(server: Server): void;
}

export interface MemberParts {
  readonly disk: { apply(effect: DiskEffect): void };
  readonly peers: Transport;
  readonly clients: Transport;
  readonly log: LogSink;
  /** The core ended its process, or failed. */
  readonly onExit: (code: number, reason: string) => void;
}

export interface MemberSettings {
  readonly config: EnsembleConfig;
  readonly sid: Sid;
  readonly seed: number;
  readonly incarnation: number;
}

/** An event for the core, or a look at the core between two events. */
type Inbound = ServerEvent | ((server: Server) => void);

/** A wall clock that was set anew is followed from this difference on, in milliseconds. */
const CLOCK_TOLERANCE = 20;

export class Member implements Runnable {
  readonly sid: Sid;
  readonly #queue: RunQueue;
  readonly #timers: TimerTable;
  readonly #out: Effects = [];
  #server: Server;
  #parts: MemberParts | null = null;
  #inbox: Inbound[] = [];

  constructor(settings: MemberSettings, queue: RunQueue) {
    this.sid = settings.sid;
    this.#queue = queue;
    const config = { ...settings.config, startTime: 0 as Millis };
    this.#server = createServer({ ...settings, config, groupSync: true });
    this.#timers = new TimerTable(() => {
      this.#followWallClock();
      this.#queue.wake(this);
    });
  }

  /** For a look at it; only its own steps change it. */
  get server(): Server {
    return this.#server;
  }

  get running(): boolean {
    return this.#parts !== null;
  }

  /** Gives it its surroundings. The first event is then to be `boot`. */
  start(parts: MemberParts): void {
    this.#parts = parts;
  }

  deliver(inbound: Inbound): void {
    if (this.#parts === null) return;
    this.#inbox.push(inbound);
    this.#queue.wake(this);
  }

  /** From now on it does nothing any more, as after kill -9. */
  stop(): void {
    this.#parts = null;
    this.#inbox = [];
    this.#timers.close();
  }

  run(): void {
    const inbox = this.#inbox;
    this.#inbox = [];
    for (const inbound of inbox) {
      if (this.#parts === null) return;
      if (typeof inbound === 'function') inbound(this.#server);
      else this.#step(inbound);
    }
    for (;;) {
      const name = this.#timers.takeDue(monotonicMicros());
      if (name === null || this.#parts === null) return;
      this.#step({ kind: 'timer', name });
    }
  }

  flush(): void {
    this.#parts?.peers.flush(this.#server);
    this.#parts?.clients.flush(this.#server);
  }

  #step(event: ServerEvent): void {
    const out = this.#out;
    try {
      stepServer(this.#server, monotonicMicros(), event, out);
      for (const effect of out) {
        if (this.#parts === null) break;
        this.#carryOut(this.#parts, effect);
      }
    } catch (error) {
      this.#fail(event, error);
    }
    out.length = 0;
  }

  /** A bug of ours: the member ends rather than go on from a state that nobody knows. */
  #fail(event: ServerEvent, error: unknown): void {
    const parts = this.#parts;
    if (parts === null) return;
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parts.log('ERROR', this.sid, 'Member', `failed at an event '${event.kind}': ${what}`);
    parts.onExit(1, `an event '${event.kind}' could not be handled: ${what}`);
  }

  #carryOut(parts: MemberParts, effect: ServerEffect): void {
    switch (effect.kind) {
      case 'send':
      case 'close':
      case 'accept':
      case 'refuse':
      case 'connect':
        (isClientConn(effect.conn) ? parts.clients : parts.peers).carryOut(effect);
        return;
      case 'recv':
        (isClientConn(effect.conn) ? parts.clients : parts.peers).setReading(
          effect.conn,
          effect.enabled,
        );
        return;
      case 'setTimer':
        this.#timers.arm(effect.name, (this.#server.now + effect.after) as Micros);
        return;
      case 'clearTimer':
        this.#timers.clear(effect.name);
        return;
      case 'append':
      case 'syncLog':
      case 'truncate':
      case 'saveSnapshot':
      case 'writeEpoch':
      case 'writeConfig':
      case 'purge':
        parts.disk.apply(effect);
        return;
      case 'log':
        parts.log(effect.level, this.sid, effect.logger, effect.message);
        return;
      case 'note':
        return;
      case 'exit':
        parts.onExit(effect.code, effect.reason);
        return;
      default:
        unreachable(effect);
    }
  }

  /** Stat times follow the machine's clock where somebody sets it; deadlines do not. */
  #followWallClock(): void {
    const { settings } = this.#server;
    const elapsed = monotonicMicros() / 1000;
    const off = Date.now() - elapsed - settings.config.startTime;
    if (Math.abs(off) < CLOCK_TOLERANCE) return;
    const startTime = Math.round(Date.now() - elapsed) as Millis;
    const config = { ...settings.config, startTime };
    this.#server = { ...this.#server, settings: { ...settings, config } };
  }
}
