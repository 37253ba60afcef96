/** What a program tells the page of itself, beside what it does in the world. */
import type { Micros, SessionId } from '../../core/units.ts';

/** The program's text begins in the second line of its module. */
export const LINES_BEFORE = 1;

export interface OutputLine {
  readonly at: Micros;
  readonly text: string;
}

/** What a program waits for; `line` is where, from 1, or null where nobody knows. */
export interface Waiting {
  readonly kind: 'connect' | 'request' | 'sleep' | 'event';
  /** `create /locks/a-`, a path, or the moment at which it wakes. */
  readonly what: string;
  readonly line: number | null;
}

/** How the program itself ended. */
export type ProgramResult =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'failed';
      /** `ReferenceError`; of a request that failed its code, `NONODE`. */
      readonly name: string;
      readonly message: string;
      readonly line: number | null;
    };

export interface Report {
  readonly now: Micros;
  /** New ones. */
  readonly lines: readonly OutputLine[];
  /** The oldest first. */
  readonly waiting: readonly Waiting[];
  /** Its sessions, as far as they have been given an id. */
  readonly sessions: readonly SessionId[];
  readonly result: ProgramResult | null;
}

export interface ProgramSettings {
  /** Of all that were started in this page: what it draws by chance is its own. */
  readonly id: number;
  /** Which of those that were started together it is, from 1. */
  readonly number: number;
  readonly of: number;
  readonly seed: number;
  /** Milliseconds since 1970 at virtual time 0. */
  readonly startTime: number;
}

/** What the page sends to a program's worker. */
export interface StartMessage {
  readonly kind: 'start';
  readonly port: MessagePort;
  readonly settings: ProgramSettings;
}

/** What a program's worker sends to the page. */
export type WorkerMessage =
  { readonly kind: 'ready' } | { readonly kind: 'report'; readonly report: Report };
