/**
 * The history of all clients, as it shows on the wire: who asked what on which connection, what was
 * answered, which events came, and what was committed meanwhile. Plain data, and bounded: what no
 * living session can refer to any more is forgotten.
 */
import type { EnsembleConfig } from '../../../core/config.ts';
import type { Request } from '../../../core/jute/proto.ts';
import type { TxnRecord } from '../../../core/jute/txn.ts';
import type { ConnId, Micros, ProcessId, SessionId, Sid } from '../../../core/units.ts';
import type { Property } from '../ghosts.ts';
import { KEY_NOTHING, type ZxidKey } from '../zxid-key.ts';
import { createTreeModel, type TreeModel } from './tree-model.ts';
import { createLedger, type Ledger } from './watch-ledger.ts';

/** A write that was answered with OK, for comparison with what comes later. */
export interface AckedWrite {
  readonly zxid: ZxidKey;
  readonly session: SessionId;
  readonly what: string;
}

/** A request on its way, or lost, or just being answered. */
export interface Invoked {
  /** Counts the requests of its session. */
  readonly seq: number;
  readonly xid: number;
  readonly request: Request;
  readonly server: Sid;
  /** The newest write that was acknowledged, to anybody, before this was asked. */
  readonly floor: AckedWrite | null;
  /** Of a sync: the newest that this server's leader must know of. */
  readonly syncFloor: AckedWrite | null;
  /** What was committed when it was asked. */
  readonly start: ZxidKey;
  /** The transaction that it became. */
  record: TxnRecord | null;
  zxid: ZxidKey;
  lost: boolean;
}

export interface SessionHistory {
  readonly id: SessionId;
  /** Its createSession is committed: no local session. */
  global: boolean;
  nextSeq: number;
  /** The largest zxid in the header of a reply, and where it came from. */
  lastZxid: ZxidKey;
  lastServer: Sid | null;
  /** The newest write of its own that was acknowledged. */
  lastWrite: AckedWrite | null;
  /** Its writes that are not committed or not answered yet, by xid. */
  readonly writes: Map<number, Invoked>;
  /** The last of its requests that was committed, in the order in which it asked. */
  lastCommitted: { readonly seq: number; readonly xid: number; readonly zxid: ZxidKey } | null;
  /** Of its latest writes that are done: the xid, the zxid, and whether it was told. */
  readonly done: { readonly xid: number; readonly zxid: ZxidKey; readonly told: boolean }[];
  /** The watches that it had when its last connection ended, until it has set them again. */
  wanted: Map<string, number> | null;
  /** How many connections it has now. */
  conns: number;
}

export interface Conn {
  readonly id: ConnId;
  readonly client: ProcessId;
  readonly server: Sid;
  /** The session that the handshake named; 0n for a new one. */
  asked: SessionId;
  session: SessionHistory | null;
  readOnly: boolean;
  /** Asked and not answered, oldest first. */
  readonly pending: Invoked[];
  /** The largest zxid that anything on it has shown. */
  lastZxid: ZxidKey;
  /** What a sync that was answered on it must have brought. */
  synced: AckedWrite | null;
  readonly ledger: Ledger;
}

export interface Finding {
  readonly property: Property;
  readonly why: string;
}

export interface ClientHistory {
  readonly release: EnsembleConfig['release'];
  readonly localSessions: boolean;
  now: Micros;
  readonly model: TreeModel;
  readonly sessions: Map<SessionId, SessionHistory>;
  readonly conns: Map<ConnId, Conn>;
  /** When sessions were closed, the latest ones. */
  readonly closed: Map<SessionId, ZxidKey>;
  /** Sessions that a leader has expired or was asked to close, though it may not be committed. */
  readonly ending: Set<SessionId>;
  /** How long the latest sessions may be silent, in microseconds. */
  readonly timeouts: Map<SessionId, number>;
  /** When each leader has heard of a session last. */
  readonly leaders: Map<Sid, LeaderHearing>;
  /** The newest write acknowledged … */
  acked: AckedWrite | null;
  /** … and the newest of each of the latest epochs. */
  readonly ackedOf: Map<number, AckedWrite>;
  /** Transactions that were proposed and are not committed yet. */
  readonly proposed: Map<ZxidKey, TxnRecord[]>;
  /** The server that writes alone, without an ensemble; null where there is none. */
  alone: Sid | null;
  /** The leader of this epoch has begun to serve: what it took over is committed with that … */
  startingEpoch: number;
  /** … and with this one that is taken in: of earlier epochs nothing more is to come. */
  startedEpoch: number;
  /** How far the committed log has been taken in; a position in it. */
  position: number;
  /** What was found and not yet reported. */
  readonly found: Finding[];
}

export interface LeaderHearing {
  since: Micros;
  readonly heard: Map<SessionId, Micros>;
}

/** Of sessions that have ended, and of those whose clients went away without a word. */
export const SESSIONS_MAX = 2048;

export function createClientHistory(config: EnsembleConfig): ClientHistory {
  return {
    release: config.release,
    localSessions: config.localSessionsEnabled,
    now: 0 as Micros,
    model: createTreeModel(),
    sessions: new Map(),
    conns: new Map(),
    closed: new Map(),
    ending: new Set(),
    timeouts: new Map(),
    leaders: new Map(),
    acked: null,
    ackedOf: new Map(),
    proposed: new Map(),
    alone: null,
    startingEpoch: -1,
    startedEpoch: -1,
    position: 0,
    found: [],
  };
}

export function createSessionHistory(id: SessionId): SessionHistory {
  return {
    id,
    global: false,
    nextSeq: 0,
    lastZxid: KEY_NOTHING,
    lastServer: null,
    lastWrite: null,
    writes: new Map(),
    lastCommitted: null,
    done: [],
    wanted: null,
    conns: 0,
  };
}

export function createConn(id: ConnId, client: ProcessId, server: Sid): Conn {
  return {
    id,
    client,
    server,
    asked: 0n as SessionId,
    session: null,
    readOnly: false,
    pending: [],
    lastZxid: KEY_NOTHING,
    synced: null,
    ledger: createLedger(),
  };
}

/** A contradiction. Only the first of each property is news, which is the reader's to see to. */
export function find(history: ClientHistory, property: Property, why: string): void {
  if (history.found.length < FOUND_MAX) history.found.push({ property, why });
}

const FOUND_MAX = 64;

/** Forgets the oldest entries of a map or set, in the order of insertion. */
export function forgetOldest(map: Map<unknown, unknown> | Set<unknown>, max: number): void {
  if (map.size <= max) return;
  for (const key of map.keys()) {
    map.delete(key);
    if (map.size <= max) return;
  }
}
