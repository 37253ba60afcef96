/**
 * What a ZooKeeper client remembers, and what it tells the layer above it.
 *
 * Source: the fields of org.apache.zookeeper.ClientCnxn (3.9).
 */
import type { ReplyBody, Request, WatchNotification } from '../jute/proto.ts';
import { KeeperState } from '../jute/proto.ts';
import type { ConnId, Micros, Millis, ProcessId, SessionId, Sid } from '../units.ts';
import { NO_SESSION } from '../units.ts';
import type { Zxid } from '../zxid.ts';
import { ZXID_ZERO } from '../zxid.ts';
import type { ClientEffect, ClientSettings, ClientState } from './client-io.ts';
import type { ClientWatches } from './client-watches.ts';
import { createClientWatches } from './client-watches.ts';
import type { HostProvider } from './host-provider.ts';
import { createHostProvider } from './host-provider.ts';

/** Who asked: a program beside the console, the console, or the session for itself. */
export type Requester = 'program' | 'console' | 'session';

export interface ClientPacket {
  readonly requester: Requester;
  /** A program's own number for its request; 0 for the others. */
  readonly tag: number;
  readonly request: Request;
  /** Of removeWatches: the client forgets the watches whatever becomes of the request. */
  readonly local: boolean;
  /** Given when it is sent; 0 before. */
  xid: number;
}

/** What `addauth` was told: a connection begins with it. */
export interface AuthData {
  readonly scheme: string;
  readonly auth: Uint8Array | null;
}

/** The search of a client in read-only mode for a server that takes writes. */
export interface Seek {
  /** The connection on which one is being asked; null between two. */
  conn: ConnId | null;
  target: Sid | null;
  /** The next pause; it doubles. */
  pause: Micros;
  lastAt: Micros;
}

/** The answer to a request, from the server or, if it cannot be had any more, from the client. */
export interface Answer {
  readonly err: number;
  readonly zxid: Zxid;
  readonly body: ReplyBody;
  /** The request would be so many bytes, which is too many: it was not sent. Else 0. */
  readonly oversize: number;
  /** False: it never left this client, so it surely was not done. */
  readonly sent: boolean;
}

/** What a client tells the layer above, in the order in which it came about. */
export type ClientSignal =
  | { readonly kind: 'answer'; readonly packet: ClientPacket; readonly answer: Answer }
  /** An event for the watcher: of a znode, or (type None) of the session. */
  | { readonly kind: 'event'; readonly event: WatchNotification }
  /** The client is over: closed, expired, or not who it says it is. */
  | { readonly kind: 'over' }
  | { readonly kind: 'log'; readonly level: 'INFO' | 'WARN' | 'ERROR'; readonly message: string };

/** One step's surroundings: when it happens, and where its results go. */
export interface ClientIo {
  readonly now: Micros;
  readonly out: ClientEffect[];
  readonly signals: ClientSignal[];
}

/**
 * Where the connection stands.
 *
 *   idle ──▶ waiting ──▶ dialling ──▶ handshake ──▶ attached
 *    ▲         ▲            │             │             │
 *    │         └────────────┴─────────────┴─────────────┘  lost: the next server
 *    └──────────────────────────────────── closed, or the session has expired
 */
export type LinkName = 'idle' | 'waiting' | 'dialling' | 'handshake' | 'attached';

export interface ZooKeeperClient {
  readonly process: ProcessId;
  readonly seed: number;
  /** As asked for; the server negotiates. */
  readonly sessionTimeout: Millis;
  readonly maxBuffer: number;
  readonly hosts: HostProvider;
  readonly watches: ClientWatches;
  /** In the order in which they were added; the same one twice if it was added twice. */
  readonly authInfo: AuthData[];
  readonly readOnly: boolean;
  /** The session is one that the ensemble knows, and not a read-only server's own. */
  seenRwServer: boolean;
  readonly seek: Seek;
  state: ClientState;
  link: LinkName;
  /** Null while idle or waiting. */
  conn: ConnId | null;
  /** The server dialled or attached to; before the first dial, the one that will be. */
  target: Sid | null;
  /** Connections dialled so far by this process: they number the next. */
  dials: number;
  /** Waits before a dial so far: they number the next draw. */
  waits: number;
  sessionId: SessionId;
  passwd: Uint8Array;
  /** 0 until negotiated. */
  negotiatedTimeout: Millis;
  /** Until the first connection, servers are tried without a random wait. */
  firstConnect: boolean;
  lastHeard: Micros;
  lastSent: Micros;
  /** When the armed check fires; Infinity when none is armed. */
  checkAt: number;
  nextXid: number;
  /** The highest zxid that a reply has shown. A server that has not got so far is refused. */
  lastZxid: Zxid;
  /** Not yet sent. */
  outgoing: ClientPacket[];
  /** Sent; answers come in this order. */
  pending: ClientPacket[];
  /** The state of the last event given out: the same is not told twice. */
  eventState: KeeperState;
  /** closeSession has been asked for: nothing more is taken. */
  closing: boolean;
}

/** The first pause of a search for a read-write server. Source: ClientCnxn.minPingRwTimeout. */
export const SEEK_PAUSE_MIN = 100_000 as Micros;

/** @param generation How many-th session of the process. @param dials Connections before it. */
export function createZooKeeperClient(
  settings: ClientSettings,
  servers: readonly Sid[],
  process: ProcessId,
  generation: number,
  dials: number,
  readOnly: boolean,
): ZooKeeperClient {
  return {
    process,
    seed: settings.seed,
    sessionTimeout: settings.sessionTimeout,
    maxBuffer: settings.maxBuffer,
    hosts: createHostProvider(servers, settings.seed, process, generation),
    watches: createClientWatches(),
    authInfo: [],
    readOnly,
    seenRwServer: false,
    seek: { conn: null, target: null, pause: SEEK_PAUSE_MIN, lastAt: 0 as Micros },
    state: 'NOT_CONNECTED',
    link: 'idle',
    conn: null,
    target: null,
    dials,
    waits: 0,
    sessionId: NO_SESSION,
    passwd: new Uint8Array(16),
    negotiatedTimeout: 0 as Millis,
    firstConnect: true,
    lastHeard: 0 as Micros,
    lastSent: 0 as Micros,
    checkAt: Infinity,
    nextXid: 1,
    lastZxid: ZXID_ZERO,
    outgoing: [],
    pending: [],
    eventState: KeeperState.Disconnected,
    closing: false,
  };
}

/** ZooKeeper.States.isAlive: it may (still, or again) be served. */
export function isAlive(client: ZooKeeperClient): boolean {
  return client.state !== 'CLOSED' && client.state !== 'AUTH_FAILED';
}

/** ZooKeeper.States.isConnected. */
export function isConnected(client: ZooKeeperClient): boolean {
  return client.state === 'CONNECTED' || client.state === 'CONNECTEDREADONLY';
}

/** The timeout that counts now: negotiated, or asked for as long as nothing is negotiated. */
function timeoutOf(client: ZooKeeperClient): number {
  return client.negotiatedTimeout > 0 ? client.negotiatedTimeout : client.sessionTimeout;
}

/** Silence of the server for so long ends the connection. Rounded to ms, as in Java. */
export function readTimeout(client: ZooKeeperClient): number {
  return Math.floor((timeoutOf(client) * 2) / 3) * 1000;
}

/** A dial and a handshake may each take so long. */
export function connectTimeout(client: ZooKeeperClient): number {
  return Math.floor(timeoutOf(client) / client.hosts.servers.length) * 1000;
}

/** Silence for so long, over all servers, and the client itself declares the session expired. */
export function expirationTimeout(client: ZooKeeperClient): number {
  return Math.floor((timeoutOf(client) * 4) / 3) * 1000;
}

/** The name by which consoles and logs call a server. */
export function hostName(sid: Sid): string {
  return `server${sid}:2181`;
}
