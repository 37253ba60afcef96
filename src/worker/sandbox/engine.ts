/**
 * What drives a program: it hears of events in its turns, and what it asks for in a turn is handed
 * out at the turn's end. In between nothing happens to it, so nothing in it depends on the wall.
 */
import { NO_SESSION, type Micros, type SessionId } from '../../core/units.ts';
import {
  ORDERS_MAX,
  type ProgramAnswer,
  type ProgramEvent,
  type ProgramOrder,
  type ProgramTurn,
} from '../../sim/program/model.ts';
import { KeeperError } from './errors.ts';
import { formatValues } from './format.ts';
import type { OutputLine, ProgramResult, Report, Waiting } from './report.ts';

export interface EngineIo {
  /** Resolves when the program has nothing left to do before something comes. */
  settle(): Promise<void>;
  /** The program's line in which an error was made; null where it was none of its lines. */
  lineOf(error: Error): number | null;
  /** Something was said, in a turn that may never end. @param first of its turn. */
  said?(first: boolean): void;
}

interface Sleeper {
  readonly at: Micros;
  readonly wake: () => void;
}

type Listener = (event: ProgramEvent) => void;

/** Lines that one turn may print: the rest of it is left out. */
const LINES_MAX = 1_000;

const AND_MORE = '… and more, all at this moment';

/** What a report names of all that is waited for. */
const WAITING_MAX = 20;

export class Engine {
  now = 0 as Micros;
  result: ProgramResult | null = null;
  readonly #io: EngineIo;
  readonly #listeners = new Map<number, Listener>();
  readonly #waiting = new Set<Waiting>();
  readonly #ids = new Map<number, SessionId>();
  /** Where a request was made that failed later. */
  readonly #origins = new WeakMap<Error, number>();
  #sleepers: Sleeper[] = [];
  #orders: ProgramOrder[] = [];
  #lines: OutputLine[] = [];
  #sessions = 0;
  /** Lines of this turn. */
  #said = 0;
  #excess: Error | null = null;
  #program: (() => Promise<unknown>) | null;

  constructor(io: EngineIo, program: (engine: Engine) => Promise<unknown>) {
    this.#io = io;
    this.#program = () => program(this);
  }

  async turn({ now, events }: ProgramTurn): Promise<ProgramAnswer> {
    this.now = now;
    this.#said = 0;
    this.#begin();
    await this.#io.settle();
    for (const event of events) {
      if (this.result !== null) break;
      if (event.kind === 'session' && event.sessionId !== NO_SESSION) {
        this.#ids.set(event.session, event.sessionId);
      }
      this.#listeners.get(event.session)?.(event);
      await this.#io.settle();
    }
    while (this.result === null && this.#wakeNext()) await this.#io.settle();
    const orders = this.#orders;
    this.#orders = [];
    const wakeAt = this.#sleepers[0]?.at ?? (Infinity as Micros);
    return { orders, wakeAt, over: this.result !== null };
  }

  /** What is new, for the page. */
  report(): Report {
    const lines = this.#lines;
    this.#lines = [];
    const waiting = [...this.#waiting].slice(0, WAITING_MAX);
    return {
      now: this.now,
      lines,
      waiting,
      sessions: [...this.#ids.values()],
      result: this.result,
    };
  }

  /** Ends the program: what it says afterwards is not heard. */
  fail(error: unknown): void {
    if (this.result !== null) return;
    const known = error instanceof Error;
    const message = known ? `${error.name}: ${error.message}` : `thrown: ${formatValues([error])}`;
    const name = error instanceof KeeperError ? error.code : known ? error.name : 'thrown';
    const line = known ? (this.#origins.get(error) ?? this.#io.lineOf(error)) : null;
    this.result = { kind: 'failed', name, message, line };
    this.#waiting.clear();
  }

  log(values: readonly unknown[]): void {
    if (this.result !== null) return;
    this.#said += 1;
    if (this.#said <= LINES_MAX) this.#lines.push({ at: this.now, text: formatValues(values) });
    else if (this.#said === LINES_MAX + 1) this.#lines.push({ at: this.now, text: AND_MORE });
    this.#io.said?.(this.#said === 1);
  }

  /** What is called by the world, where an error is the program's own. */
  guard(callback: () => unknown): void {
    try {
      const outcome = callback();
      if (outcome instanceof Promise) outcome.catch((error: unknown) => this.fail(error));
    } catch (error) {
      this.fail(error);
    }
  }

  order(order: ProgramOrder): void {
    if (this.#orders.length >= ORDERS_MAX) {
      // Once and for all: it may be a loop without an end.
      this.#excess ??= new RangeError(
        `a program asks for at most ${ORDERS_MAX} things without waiting`,
      );
      this.fail(this.#excess);
      throw this.#excess;
    }
    this.#orders.push(order);
  }

  /** Numbers a session, whose events go to `listener` from now on. */
  openSession(listener: Listener): number {
    this.#sessions += 1;
    this.#listeners.set(this.#sessions, listener);
    return this.#sessions;
  }

  /** A promise that the page can see somebody waits for. */
  wait<T>(
    kind: Waiting['kind'],
    what: string,
    begin: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
  ): Promise<T> {
    const line = this.#io.lineOf(new Error());
    const waiting: Waiting = { kind, what, line };
    this.#waiting.add(waiting);
    const over = (): boolean => this.#waiting.delete(waiting);
    return new Promise<T>((resolve, reject) => {
      begin(
        (value) => {
          over();
          resolve(value);
        },
        (error) => {
          over();
          if (line !== null) this.#origins.set(error, line);
          reject(error);
        },
      );
    });
  }

  /** Of virtual time, at least a millisecond: or a loop could stop the world. */
  sleep(millis: number): Promise<void> {
    if (typeof millis !== 'number' || Number.isNaN(millis)) {
      throw new TypeError(`sleep takes milliseconds, not ${formatValues([millis])}`);
    }
    const at = (this.now + Math.max(1_000, Math.round(millis * 1_000))) as Micros;
    return this.wait('sleep', String(at), (resolve) => {
      if (at === Infinity) return;
      const later = this.#sleepers.findIndex((other) => other.at > at);
      this.#sleepers.splice(later < 0 ? this.#sleepers.length : later, 0, {
        at,
        wake: () => resolve(),
      });
    });
  }

  #begin(): void {
    const program = this.#program;
    if (program === null) return;
    this.#program = null;
    program().then(
      () => {
        this.result ??= { kind: 'done' };
        this.#waiting.clear();
      },
      (error: unknown) => this.fail(error),
    );
  }

  #wakeNext(): boolean {
    const first = this.#sleepers[0];
    if (first === undefined || first.at > this.now) return false;
    this.#sleepers.shift();
    first.wake();
    return true;
  }
}
