/** A server alone with clients on plain connections: what goes in, and what each of them is sent. */
import { DEFAULT_CONFIG, ensembleOf, type EnsembleConfig } from '../../../src/core/config.ts';
import { errorName, type ErrorCode } from '../../../src/core/error-code.ts';
import { OPEN_ACL_UNSAFE, type Acl } from '../../../src/core/jute/data.ts';
import { EventType, type ClientMessage, type Request } from '../../../src/core/jute/proto.ts';
import type { Effects, ServerEvent } from '../../../src/core/quorum/peer-io.ts';
import { createServer, stepServer, type Server } from '../../../src/core/server.ts';
import { EMPTY_DISK } from '../../../src/core/txn-log/disk-image.ts';
import { NO_SESSION, type ConnId, type Micros, type Millis } from '../../../src/core/units.ts';
import type { ProcessId, SessionId, Sid } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

export interface Rig {
  readonly server: Server;
  now: Micros;
  /** While true, what the disk has finished is kept in `done`. */
  diskIsSlow: boolean;
  readonly done: ServerEvent[];
  /** Everything sent to clients since it was last taken; null for a connection that we closed. */
  readonly sent: { readonly conn: ConnId; readonly message: ClientMessage | null }[];
  /** What it logged as a warning. */
  readonly warnings: string[];
}

export function newRig(more: Partial<EnsembleConfig> = {}): Rig {
  const config = { ...DEFAULT_CONFIG, servers: ensembleOf(1, 0), ...more };
  const server = createServer({ config, sid: 1 as Sid, seed: 1, incarnation: 0 });
  const rig: Rig = {
    server,
    now: 0 as Micros,
    diskIsSlow: false,
    done: [],
    sent: [],
    warnings: [],
  };
  step(rig, { kind: 'boot', image: EMPTY_DISK });
  return rig;
}

/** Feeds an event; unless it is slow, the disk finishes at once what it has to do for it. */
export function step(rig: Rig, event: ServerEvent): void {
  const events = [event];
  for (let next = events.shift(); next !== undefined; next = events.shift()) {
    const out: Effects = [];
    stepServer(rig.server, rig.now, next, out);
    for (const effect of out) {
      if (effect.kind === 'send') {
        rig.sent.push({ conn: effect.conn, message: effect.message as ClientMessage });
      } else if (effect.kind === 'close') {
        rig.sent.push({ conn: effect.conn, message: null });
      } else if (effect.kind === 'log' && effect.level === 'WARN') {
        rig.warnings.push(`${effect.logger}: ${effect.message}`);
      } else if ('op' in effect) {
        (rig.diskIsSlow ? rig.done : events).push({ kind: 'durable', op: effect.op });
      }
    }
  }
}

/** The disk catches up. */
export function finishDisk(rig: Rig): void {
  rig.diskIsSlow = false;
  for (const event of rig.done.splice(0)) step(rig, event);
}

let conns = 0;
let xids = 0;

/** A client with a session of its own. */
export function connect(rig: Rig, address = '127.0.0.1'): ConnId {
  const conn = ++conns as ConnId;
  step(rig, { kind: 'dialled', conn, from: 1001 as ProcessId, address, port: 'client' });
  const message: ClientMessage = {
    kind: 'connectRequest',
    protocolVersion: 0,
    lastZxidSeen: 0n as Zxid,
    timeOut: 10_000 as Millis,
    sessionId: NO_SESSION,
    passwd: new Uint8Array(16),
    readOnly: false,
  };
  step(rig, { kind: 'packet', conn, message });
  rig.sent.length = 0;
  return conn;
}

export function sessionOf(rig: Rig, conn: ConnId): SessionId {
  return rig.server.zks?.cnxns.get(conn)?.sessionId ?? NO_SESSION;
}

/** Sends a request; what it sets off is in `rig.sent`. */
export function send(rig: Rig, conn: ConnId, request: Request, xid = ++xids): void {
  step(rig, { kind: 'packet', conn, message: { kind: 'request', xid, request } });
}

/** Sends a request. @returns what all clients were sent for it, as `text` puts it. */
export function ask(rig: Rig, conn: ConnId, request: Request, xid?: number): readonly string[] {
  rig.sent.length = 0;
  send(rig, conn, request, xid);
  return taken(rig);
}

export function taken(rig: Rig): readonly string[] {
  return rig.sent.splice(0).map(({ conn, message }) => `${String(conn)} ${text(message)}`);
}

function text(message: ClientMessage | null): string {
  if (message === null) return 'closed';
  switch (message.kind) {
    case 'reply':
      return `${message.op} ${errorName(message.err satisfies ErrorCode)}`;
    case 'notification': {
      const event = Object.entries(EventType).find(([, type]) => type === message.type);
      return `${event?.[0] ?? '?'} ${message.path}`;
    }
    default:
      return message.kind;
  }
}

export function creating(
  path: string,
  { acl = OPEN_ACL_UNSAFE, flags = 0 }: { acl?: readonly Acl[]; flags?: number } = {},
): Extract<Request, { op: 'create' | 'create2' | 'createContainer' | 'createTTL' }> {
  return { op: 'create', path, data: new Uint8Array([1]), acl, flags, ttl: 0 };
}

export function setting(path: string, version = -1): Extract<Request, { op: 'setData' }> {
  return { op: 'setData', path, data: new Uint8Array([2]), version };
}

export function deleting(path: string, version = -1): Extract<Request, { op: 'delete' }> {
  return { op: 'delete', path, version };
}
