/**
 * A client process on a bench: time that a test moves, timers that fire, and a record of all that
 * the client did. The test plays the servers.
 */
import type {
  ClientEffect,
  ClientEvent,
  ClientSettings,
} from '../../../src/core/client/client-io.ts';
import { createClientProcess, stepClientProcess } from '../../../src/core/client/client-process.ts';
import type { ClientProcess } from '../../../src/core/client/client-process.ts';
import { ErrorCode } from '../../../src/core/error-code.ts';
import { NO_BODY } from '../../../src/core/jute/proto.ts';
import type {
  ClientMessage,
  ClientRequest,
  EventType,
  ReplyBody,
  Request,
} from '../../../src/core/jute/proto.ts';
import { KeeperState } from '../../../src/core/jute/proto.ts';
import type { ConnId, Micros, Millis, ProcessId, SessionId, Sid } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

export interface Rig {
  client: ClientProcess;
  now: Micros;
  readonly timers: Map<string, number>;
  /** All effects so far. */
  readonly effects: ClientEffect[];
  /** The connection dialled last, and to whom. */
  conn: ConnId | null;
  to: number | null;
  /** The connection on which a handshake was answered last, while it lives. */
  attached: ConnId | null;
  /** Requests that wait for an answer, oldest first; pings, handshakes and auths are apart. */
  readonly asked: ClientRequest[];
  readonly sent: ClientMessage[];
  lastZxid: bigint;
}

export const SESSION = 0x100000000000001n as SessionId;

export function createRig(overrides: Partial<ClientSettings> = {}): Rig {
  const settings: ClientSettings = {
    servers: [1, 2, 3] as Sid[],
    sessionTimeout: 30_000 as Millis,
    console: false,
    seed: 7,
    maxBuffer: 0xfffff,
    startTime: 1_767_225_600_000 as Millis,
    ...overrides,
  };
  return {
    client: createClientProcess(settings, 1001 as ProcessId),
    now: 0 as Micros,
    timers: new Map(),
    effects: [],
    conn: null,
    to: null,
    attached: null,
    asked: [],
    sent: [],
    lastZxid: 0x100000000n,
  };
}

export function feed(rig: Rig, event: ClientEvent): ClientEffect[] {
  const out: ClientEffect[] = [];
  if (event.kind === 'closed' && event.conn === rig.attached) rig.attached = null;
  // A copy each time: what is not plain data fails here.
  rig.client = structuredClone(rig.client);
  stepClientProcess(rig.client, rig.now, event, out);
  for (const effect of out) note(rig, effect);
  rig.effects.push(...out);
  return out;
}

function note(rig: Rig, effect: ClientEffect): void {
  switch (effect.kind) {
    case 'setTimer':
      rig.timers.set(effect.name, rig.now + effect.after);
      return;
    case 'clearTimer':
      rig.timers.delete(effect.name);
      return;
    case 'connect':
      rig.conn = effect.conn;
      rig.to = effect.to;
      return;
    case 'close':
      if (effect.conn !== rig.attached) return;
      rig.asked.length = 0;
      rig.attached = null;
      return;
    case 'send':
      noteSent(rig, effect.message as ClientMessage);
      return;
    default:
      return;
  }
}

function noteSent(rig: Rig, message: ClientMessage): void {
  rig.sent.push(message);
  if (message.kind === 'request' && message.xid > 0) rig.asked.push(message);
}

/** Moves time on; timers fire on the way. */
export function advance(rig: Rig, millis: number): ClientEffect[] {
  const end = rig.now + millis * 1000;
  const all: ClientEffect[] = [];
  for (;;) {
    const due = [...rig.timers].sort(([, a], [, b]) => a - b)[0];
    if (due === undefined || due[1] > end) break;
    const [name, at] = due;
    rig.timers.delete(name);
    rig.now = at as Micros;
    all.push(...feed(rig, { kind: 'timer', name }));
  }
  rig.now = end as Micros;
  return all;
}

export function connOf(rig: Rig): ConnId {
  if (rig.conn === null) throw new Error('nothing was dialled');
  return rig.conn;
}

/** Where the client is attached, or is about to be. */
export function servedOn(rig: Rig): ConnId {
  return rig.attached ?? connOf(rig);
}

/** The server accepts and answers the handshake. */
export function attach(
  rig: Rig,
  timeOut = 30_000,
  sessionId: SessionId = SESSION,
  readOnly = false,
): ClientEffect[] {
  const opened = feed(rig, { kind: 'opened', conn: connOf(rig) });
  return [...opened, ...handshake(rig, timeOut, sessionId, readOnly)];
}

export function handshake(
  rig: Rig,
  timeOut: number,
  sessionId: SessionId,
  readOnly = false,
): ClientEffect[] {
  const out = feed(rig, {
    kind: 'packet',
    conn: connOf(rig),
    message: {
      kind: 'connectResponse',
      protocolVersion: 0,
      timeOut: timeOut as Millis,
      sessionId,
      passwd: new Uint8Array(16).fill(5),
      readOnly,
    },
  });
  if (timeOut > 0) rig.attached = connOf(rig);
  return out;
}

/** Answers the oldest request. */
export function answer(
  rig: Rig,
  err: ErrorCode = ErrorCode.OK,
  body: Partial<ReplyBody> = {},
): ClientEffect[] {
  const request = rig.asked.shift();
  if (request === undefined) throw new Error('nothing was asked');
  return reply(rig, request.xid, err, body);
}

export function reply(
  rig: Rig,
  xid: number,
  err: ErrorCode = ErrorCode.OK,
  body: Partial<ReplyBody> = {},
): ClientEffect[] {
  rig.lastZxid++;
  return feed(rig, {
    kind: 'packet',
    conn: servedOn(rig),
    message: {
      kind: 'reply',
      op: 'getData',
      xid,
      zxid: rig.lastZxid as Zxid,
      err,
      body: { ...NO_BODY, ...body },
    },
  });
}

export function fire(rig: Rig, type: EventType, path: string): ClientEffect[] {
  rig.lastZxid++;
  return feed(rig, {
    kind: 'packet',
    conn: servedOn(rig),
    message: {
      kind: 'notification',
      zxid: rig.lastZxid as Zxid,
      type,
      state: KeeperState.SyncConnected,
      path,
    },
  });
}

export function submit(rig: Rig, tag: number, request: Request): ClientEffect[] {
  return feed(rig, { kind: 'submit', tag, request });
}

/** `tag:err` of the results among some effects. */
export function results(effects: readonly ClientEffect[]): string[] {
  return effects.flatMap((e) => (e.kind === 'result' ? [`${e.tag}:${e.err}`] : []));
}

/** `state:type:path` of the events among some effects. */
export function events(effects: readonly ClientEffect[]): string[] {
  return effects.flatMap((e) =>
    e.kind === 'watch' ? [`${e.event.state}:${e.event.type}:${e.event.path}`] : [],
  );
}

/** What was sent, in short: `getData#2`, `connectRequest`. */
export function sends(effects: readonly ClientEffect[]): string[] {
  return effects.flatMap((e) => {
    if (e.kind !== 'send') return [];
    const message = e.message as ClientMessage;
    return [message.kind === 'request' ? `${message.request.op}#${message.xid}` : message.kind];
  });
}
