/**
 * A program of a person, as the world sees it: some client processes that belong together, told of
 * what comes for them, and asked what they do next. What a program is written in, and where it
 * runs, is no matter of the world.
 *
 * A program has turns. A turn is due a least latency behind what it hears of, or when it wants to
 * be woken; what it does in a turn takes place at that very moment, as actions. So a program's
 * deeds depend on the run alone, and the run's record has all of them.
 */
import type { ClientState } from '../../core/client/client-io.ts';
import type { ReplyBody, Request, WatchNotification } from '../../core/jute/proto.ts';
import type { Micros, Millis, SessionId, Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';

/** What a program hears of; `session` is the number that the program gave it. */
export type ProgramEvent =
  | {
      readonly kind: 'result';
      readonly session: number;
      readonly tag: number;
      readonly err: number;
      readonly zxid: Zxid;
      readonly body: ReplyBody;
    }
  | { readonly kind: 'watch'; readonly session: number; readonly event: WatchNotification }
  | {
      readonly kind: 'session';
      readonly session: number;
      readonly state: ClientState;
      readonly sessionId: SessionId;
      readonly server: Sid | null;
    }
  /** A session that could not even be begun. */
  | { readonly kind: 'refused'; readonly session: number; readonly reason: string };

export interface ProgramTurn {
  readonly now: Micros;
  /** In the order in which they came about. */
  readonly events: readonly ProgramEvent[];
}

/** What a program wants to be done, in this order. */
export type ProgramOrder =
  | {
      readonly kind: 'connect';
      readonly session: number;
      /** Empty = all of them. */
      readonly servers: readonly Sid[];
      readonly sessionTimeout: Millis;
      readonly readOnly: boolean;
    }
  | {
      readonly kind: 'request';
      readonly session: number;
      readonly tag: number;
      readonly request: Request;
    }
  /** That session's process dies without a word. */
  | { readonly kind: 'kill'; readonly session: number };

export interface ProgramAnswer {
  readonly orders: readonly ProgramOrder[];
  /** Infinity: only something that comes wakes it. */
  readonly wakeAt: Micros;
  /** It has come to its end, well or badly. */
  readonly over: boolean;
}

/** Why a program is asked no more. */
export type ProgramEnd =
  /** It ended by itself, or with an error of its own. */
  | 'over'
  | 'stopped'
  /** It computed for longer than a turn may take. */
  | 'tooLong'
  /** More requests and turns than a program has. */
  | 'tooMany'
  /** Somebody killed one of its processes. */
  | 'killed'
  /** The run that it lived in is no longer the present. */
  | 'left';

/** Requests and turns that one program has. */
export const STEPS_MAX = 100_000;

/** What it may ask for in one turn. */
export const ORDERS_MAX = 10_000;
