/**
 * What enters and leaves a client process: a ZooKeeper client with, on top of it, a person's
 * console (zkcli). Network events and effects are those of a server; a client only dials.
 */
import type { Request, ReplyBody, WatchNotification } from '../jute/proto.ts';
import type { Message, NetworkEffect, TimerEffect } from '../quorum/peer-io.ts';
import type { ConnId, Micros, Millis, SessionId, Sid } from '../units.ts';
import type { Zxid } from '../zxid.ts';

/** ZooKeeper.States, as the prompt of zkCli shows them. */
export type ClientState =
  'CONNECTING' | 'CONNECTED' | 'CONNECTEDREADONLY' | 'CLOSED' | 'AUTH_FAILED' | 'NOT_CONNECTED';

/** The kinds of watches that a client tells apart; the last two stay when they fire. */
export type WatchKind = 'data' | 'exist' | 'child' | 'persistent' | 'recursive';

export type ClientEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'opened'; readonly conn: ConnId }
  | { readonly kind: 'refused'; readonly conn: ConnId }
  | { readonly kind: 'closed'; readonly conn: ConnId }
  | { readonly kind: 'packet'; readonly conn: ConnId; readonly message: Message }
  | { readonly kind: 'timer'; readonly name: string }
  /** A line typed at the console. */
  | { readonly kind: 'line'; readonly line: string }
  /** A request by a program, beside the console; `tag` comes back in its `result`. */
  | { readonly kind: 'submit'; readonly tag: number; readonly request: Request };

/** How a line of the console is to be shown. */
export type LineKind = 'prompt' | 'output' | 'error' | 'hint' | 'watch' | 'log';

export type ClientEffect =
  | NetworkEffect
  | TimerEffect
  | { readonly kind: 'print'; readonly line: LineKind; readonly text: string }
  /** The answer to a `submit`; `err` may be CONNECTIONLOSS or SESSIONEXPIRED, from the client. */
  | {
      readonly kind: 'result';
      readonly tag: number;
      readonly err: number;
      readonly zxid: Zxid;
      readonly body: ReplyBody;
    }
  | { readonly kind: 'watch'; readonly event: WatchNotification }
  | {
      readonly kind: 'session';
      readonly state: ClientState;
      readonly sessionId: SessionId;
      /** Null while not connected. */
      readonly server: Sid | null;
    };

export interface ClientSettings {
  /** The connect string: shuffled at start, then tried in turn. */
  readonly servers: readonly Sid[];
  readonly sessionTimeout: Millis;
  /** With a console on top. */
  readonly console: boolean;
  readonly seed: number;
  /** The largest packet the client takes: jute.maxbuffer. */
  readonly maxBuffer: number;
  /** Milliseconds since 1970 at virtual time 0, for what the console prints. */
  readonly startTime: Millis;
  /** Content with a server that has lost its quorum, while there is no better: `zkCli.sh -r`. */
  readonly readOnly?: boolean;
}

/** A request that has no answer yet. */
export interface PendingRequest {
  readonly xid: number;
  /** `getData`, `create` … */
  readonly op: string;
  readonly path: string | null;
  /** False while there is no connection to send it on. */
  readonly sent: boolean;
}

/** A picture of a client for the page. `expiresAt` is when the session would expire unheard. */
export interface ClientStatus {
  readonly state: ClientState;
  readonly sessionId: SessionId;
  readonly server: Sid | null;
  readonly timeOut: Millis;
  readonly lastHeard: Micros;
  readonly lastSent: Micros;
  readonly pending: number;
  /** The oldest of those that are pending: at most 20. */
  readonly requests: readonly PendingRequest[];
  readonly lastZxid: Zxid;
  readonly watches: readonly { readonly kind: WatchKind; readonly path: string }[];
  /** The prompt as zkCli prints it, `[zk: localhost:2181(CONNECTED) 3] `; null without a console. */
  readonly prompt: string | null;
  /** A command is under way: the next line waits for it. */
  readonly busy: boolean;
}

/** What the console could go on with. */
export interface Completion {
  /** Where in the line the word to be replaced begins. */
  readonly from: number;
  readonly options: readonly string[];
}
