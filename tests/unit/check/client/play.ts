/**
 * Histories written down by hand: what clients ask and are told, and what is committed meanwhile.
 * `z` numbers transactions of epoch 1; 2.5 is the fifth of epoch 2, written as 25 / 10.
 */
import { expect } from 'vitest';
import { DEFAULT_CONFIG, type EnsembleConfig } from '../../../../src/core/config.ts';
import { ErrorCode } from '../../../../src/core/error-code.ts';
import { OPEN_ACL_UNSAFE, type Stat } from '../../../../src/core/jute/data.ts';
import { CreateMode, NO_BODY, Xid } from '../../../../src/core/jute/proto.ts';
import type {
  CreateRequest,
  EventType,
  ReplyBody,
  Request,
} from '../../../../src/core/jute/proto.ts';
import type { Txn } from '../../../../src/core/jute/txn.ts';
import { NO_SESSION } from '../../../../src/core/units.ts';
import type {
  ConnId,
  Micros,
  Millis,
  ProcessId,
  SessionId,
  Sid,
} from '../../../../src/core/units.ts';
import { makeZxid, ZXID_NONE, type Zxid } from '../../../../src/core/zxid.ts';
import {
  createClientHistory,
  type ClientHistory,
} from '../../../../src/sim/check/client/history.ts';
import { observe, type HistoryEvent } from '../../../../src/sim/check/client/observe.ts';
import { stateAt } from '../../../../src/sim/check/client/tree-model.ts';
import { keyOf } from '../../../../src/sim/check/zxid-key.ts';

const text = new TextEncoder();

export const bytes = (value: string): Uint8Array => text.encode(value);

/** The nth transaction of an epoch. */
export const zx = (n: number, epoch = 1): Zxid => makeZxid(epoch, n);

export const create = (
  path: string,
  data = '',
  flags: number = CreateMode.PERSISTENT,
): CreateRequest => ({
  op: 'create',
  path,
  data: bytes(data),
  acl: OPEN_ACL_UNSAFE,
  flags,
  ttl: 0,
});
export const set = (path: string, data: string, version = -1): Request => ({
  op: 'setData',
  path,
  data: bytes(data),
  version,
});
export const del = (path: string, version = -1): Request => ({ op: 'delete', path, version });
export const get = (path: string, watch = false): Request => ({ op: 'getData', path, watch });
export const exists = (path: string, watch = false): Request => ({ op: 'exists', path, watch });
export const list = (path: string, watch = false): Request => ({ op: 'getChildren', path, watch });
export const sync: Request = { op: 'sync', path: '/' };

interface Session {
  readonly id: SessionId;
  readonly client: ProcessId;
  conn: ConnId;
  xid: number;
}

export interface Play {
  readonly history: ClientHistory;
  readonly tell: (event: HistoryEvent) => void;
  readonly wait: (millis: number) => void;
  /** A new session on a server. Its createSession is committed at `z`. */
  readonly open: (name: string, server: number, z: Zxid) => void;
  /** The same session over a new connection. */
  readonly reopen: (name: string, server: number, answer?: { readonly expired?: boolean }) => void;
  readonly lose: (name: string) => void;
  /** @returns the xid. */
  readonly ask: (name: string, request: Request, epoch?: number) => number;
  readonly commit: (name: string, xid: number, z: Zxid, txn: Txn) => void;
  /** A closeSession by the leader. */
  readonly close: (name: string, z: Zxid, paths?: readonly string[]) => void;
  readonly answer: (
    name: string,
    xid: number,
    request: Request,
    z: Zxid,
    body?: Partial<ReplyBody>,
    err?: ErrorCode,
  ) => void;
  readonly event: (name: string, type: EventType, path: string, z?: Zxid) => void;
  readonly ping: (name: string, z: Zxid) => void;
  readonly id: (name: string) => SessionId;
  /** Asked, committed and answered. */
  readonly write: (name: string, request: Request, z: Zxid, txn?: Txn) => void;
  /** Asked and answered as the state at `z` demands. */
  readonly read: (name: string, request: Request, z: Zxid) => void;
  /** The Stat and the data that the model has at `z`. */
  readonly shown: (path: string, z: Zxid) => { readonly stat: Stat; readonly data: Uint8Array };
}

export function play(overrides: Partial<EnsembleConfig> = {}): Play {
  const history = createClientHistory({ ...DEFAULT_CONFIG, ...overrides });
  const sessions = new Map<string, Session>();
  let now = 0;
  let conns = 0;
  const of = (name: string): Session => {
    const session = sessions.get(name);
    if (session === undefined) throw new RangeError(`there is no session ${name}`);
    return session;
  };
  const tell = (event: HistoryEvent): void => {
    now += 1000;
    observe(history, now as Micros, event);
  };
  const record = (clientId: SessionId, cxid: number, z: Zxid, txn: Txn): HistoryEvent => ({
    kind: 'committed',
    record: {
      header: { clientId, cxid, zxid: z, time: Math.floor(now / 1000) as Millis },
      txn,
      digest: null,
    },
  });
  const dial = (session: Session, server: number, asked: SessionId): void => {
    const conn = ++conns as ConnId;
    session.conn = conn;
    tell({ kind: 'dial', conn, client: session.client, server: server as Sid });
    const passwd = new Uint8Array(16);
    const timeOut = 6000 as Millis;
    const lastZxidSeen = 0n as Zxid;
    const request = { protocolVersion: 0, lastZxidSeen, timeOut, passwd, readOnly: false } as const;
    tell({
      kind: 'connect',
      conn,
      request: { ...request, kind: 'connectRequest', sessionId: asked },
    });
  };
  const greet = ({ conn, id }: Session, expired: boolean): void => {
    tell({
      kind: 'connected',
      conn,
      response: {
        kind: 'connectResponse',
        protocolVersion: 0,
        timeOut: (expired ? 0 : 6000) as Millis,
        sessionId: expired ? NO_SESSION : id,
        passwd: new Uint8Array(16),
        readOnly: false,
      },
    });
  };
  const self: Play = {
    history,
    tell,
    wait: (millis) => {
      now += millis * 1000;
    },
    id: (name) => of(name).id,
    open: (name, server, z) => {
      const n = sessions.size + 1;
      const id = BigInt(0xa000 + n) as SessionId;
      const session = { id, client: (1000 + n) as ProcessId, conn: 0 as ConnId, xid: 0 };
      sessions.set(name, session);
      dial(session, server, NO_SESSION);
      tell(record(id, 0, z, { type: 'createSession', timeOut: 6000 as Millis }));
      greet(session, false);
    },
    reopen: (name, server, { expired = false } = {}) => {
      dial(of(name), server, of(name).id);
      greet(of(name), expired);
    },
    lose: (name) => {
      tell({ kind: 'lost', conn: of(name).conn });
    },
    ask: (name, request, epoch = 1) => {
      const session = of(name);
      const xid = ++session.xid;
      tell({ kind: 'invoke', conn: session.conn, xid, request, epoch });
      return xid;
    },
    commit: (name, xid, z, txn) => {
      tell(record(of(name).id, xid, z, txn));
    },
    close: (name, z, paths = []) => {
      tell(record(of(name).id, 0, z, { type: 'closeSession', paths }));
    },
    answer: (name, xid, { op }, z, body = {}, err = ErrorCode.OK) => {
      const reply = {
        kind: 'reply',
        op,
        xid,
        zxid: z,
        err,
        body: { ...NO_BODY, ...body },
      } as const;
      tell({ kind: 'return', conn: of(name).conn, reply });
    },
    event: (name, type, path, z = ZXID_NONE) => {
      const event = { kind: 'notification', zxid: z, type, state: 3, path } as const;
      tell({ kind: 'watch', conn: of(name).conn, event });
    },
    ping: (name, z) => {
      self.answer(name, Xid.PING, { op: 'ping' }, z);
    },
    write: (name, request, z, txn) => {
      const xid = self.ask(name, request);
      self.commit(name, xid, z, txn ?? txnOf(history, request));
      self.answer(name, xid, request, z);
    },
    read: (name, request, z) => {
      const xid = self.ask(name, request);
      if (!('path' in request)) throw new RangeError('a read has a path');
      const node = stateAt(history.model, request.path, keyOf(z));
      if (node === null) self.answer(name, xid, request, z, {}, ErrorCode.NONODE);
      else if (request.op === 'exists') {
        self.answer(name, xid, request, z, { stat: self.shown(request.path, z).stat });
      } else self.answer(name, xid, request, z, self.shown(request.path, z));
    },
    shown: (path, z) => {
      const node = stateAt(history.model, path, keyOf(z));
      if (node === undefined || node === null) throw new RangeError(`${path} is not there`);
      const { data, czxid, mzxid, pzxid, ctime, mtime, version, aversion } = node;
      const dataLength = data?.length ?? 0;
      const cversion = node.cversion * 2 - node.children;
      const numChildren = node.children;
      const common = { czxid, mzxid, pzxid, ctime, mtime, version, cversion, aversion };
      const stat = { ...common, ephemeralOwner: node.owner, dataLength, numChildren };
      return { stat, data: data ?? new Uint8Array(0) };
    },
  };
  return self;
}

/** What a leader makes of a write that succeeds. */
export function txnOf({ model }: ClientHistory, request: Request): Txn {
  const version = (path: string): number =>
    stateAt(model, path, Number.MAX_VALUE as ReturnType<typeof keyOf>)?.version ?? 0;
  switch (request.op) {
    case 'create': {
      const { path, data, acl, flags } = request;
      const ephemeral = flags === CreateMode.EPHEMERAL || flags === CreateMode.EPHEMERAL_SEQUENTIAL;
      return { type: 'create', path, data, acl, ephemeral, parentCVersion: -1 };
    }
    case 'setData': {
      const { path, data } = request;
      return { type: 'setData', path, data, version: version(path) + 1 };
    }
    case 'delete':
      return { type: 'delete', path: request.path };
    case 'multi':
      return {
        type: 'multi',
        txns: request.ops.map((op) => txnOf({ model } as ClientHistory, op)),
      };
    case 'closeSession':
      return { type: 'closeSession', paths: [] };
    default:
      throw new RangeError(`no transaction for ${request.op}`);
  }
}

/** The properties that a history breaks, each once. */
export function broken({ history }: Play): readonly string[] {
  return [...new Set(history.found.map(({ property }) => property.name))];
}

/** It breaks this property, first and for this reason. */
export function expectBroken({ history }: Play, name: string, why: RegExp): void {
  const [first] = history.found;
  expect(first?.property.name, first?.why).toBe(name);
  expect(first?.why).toMatch(why);
}
