/**
 * The root of a server's state, and the few words in which every part of it speaks to the world.
 * All of it is plain data: a structured clone of a `Server` between two steps is a checkpoint.
 */
import type { MutantName } from './mutants.ts';
import type { Metrics } from './admin/metrics.ts';
import { assert } from './assert.ts';
import type { EnsembleConfig } from './config.ts';
import type { MarkName } from './coverage-marks.ts';
import type { Id } from './jute/data.ts';
import type { ConnectRequest, Request } from './jute/proto.ts';
import type { TxnRecord } from './jute/txn.ts';
import type { FastLeaderElection } from './quorum/fast-leader-election.ts';
import type { Leader } from './quorum/leader.ts';
import type { Learner } from './quorum/learner.ts';
import type { DiskOp, Effects, LogLevel, Message, Note, PortName } from './quorum/peer-io.ts';
import type { QuorumCnxManager } from './quorum/quorum-cnx-manager.ts';
import type { QuorumConfig } from './quorum/reconfig.ts';
import type { ServerState, SyncMode, Vote, ZabState } from './quorum/vote.ts';
import { removeExpiry, type ExpiryQueue } from './session/expiry-queue.ts';
import type { SessionOwner } from './session/session-tracker.ts';
import type { ZkDatabase } from './txn-log/zk-database.ts';
import { makeConnId, type ConnId, type Micros, type ProcessId, type Sid } from './units.ts';
import type { Zxid } from './zxid.ts';
import { noteSent } from './request-throttle.ts';
import type { ZooKeeperServer } from './zookeeper-server.ts';

export interface ServerSettings {
  readonly config: EnsembleConfig;
  readonly sid: Sid;
  readonly seed: number;
  /** Counts the lives of this process: 0, then 1 after the first restart … */
  readonly incarnation: number;
  /**
   * What one turn of the host brings is logged and synced together: the first of it is not synced
   * alone. The host fires a timer of no time when the turn is over.
   */
  readonly groupSync?: boolean;
}

/** A connection as this server knows it. */
export interface Conn {
  readonly conn: ConnId;
  readonly port: PortName;
  readonly peer: ProcessId;
  /** The peer's address, without a port: what the scheme `ip` knows. Empty where we dialled. */
  readonly address: string;
  readonly dialledByUs: boolean;
  open: boolean;
}

/** What a finished disk operation lets go on. One kind per place in Java that blocks on a disk. */
export type DiskWait =
  | { readonly kind: 'background' }
  | { readonly kind: 'truncate'; readonly zxid: Zxid }
  /** `mayFail`: an operator's, without which the server can go on. */
  | { readonly kind: 'snapshotTaken'; readonly zxid: Zxid; readonly mayFail?: true }
  | {
      readonly kind: 'epoch';
      readonly file: 'acceptedEpoch' | 'currentEpoch';
      readonly epoch: number;
      readonly then: 'nothing' | 'leader' | 'learner' | 'boot';
    }
  | { readonly kind: 'syncProcessor'; readonly upTo: Zxid }
  | { readonly kind: 'learnerStep'; readonly upTo: Zxid | null };

/**
 * QuorumPeer.run's outer loop. `leaving`: a role has ended, and its SyncRequestProcessor is being
 * drained before the peer looks for a leader again.
 */
export type Role =
  | { readonly name: 'looking' }
  | { readonly name: 'leading'; readonly leader: Leader }
  | { readonly name: 'learning'; readonly learner: Learner }
  | { readonly name: 'leaving'; readonly fully: boolean }
  | { readonly name: 'standalone' };

export interface Server extends QuorumConfig {
  readonly settings: ServerSettings;
  /** The time of the present step. */
  now: Micros;
  /** Where the present step writes its effects. Empty between steps. */
  out: Effects;
  status: 'new' | 'running' | 'exited';
  connCount: number;
  diskOpCount: number;
  readonly conns: Map<ConnId, Conn>;
  readonly diskWaits: Map<DiskOp, DiskWait>;
  /** When each armed timer fires: for pictures only, the host owns the timers. */
  readonly timers: Map<string, { readonly since: Micros; readonly until: Micros }>;
  db: ZkDatabase;
  acceptedEpoch: number;
  currentEpoch: number;
  /** ServerState; while a role is being left it still names that role. */
  state: ServerState;
  zabState: ZabState;
  syncMode: SyncMode;
  role: Role;
  readonly cnx: QuorumCnxManager;
  readonly election: FastLeaderElection;
  /** QuorumPeer.currentVote: what a peer that is not LOOKING answers. */
  currentVote: Vote;
  zks: ZooKeeperServer | null;
  /** As a learner it says that it has nothing: a TRUNC could not be done. */
  asksForSnapshot: boolean;
  readonly metrics: Metrics;
  /** ZooTrace's mask, which `stmk` sets and nothing looks at. */
  traceMask: number;
  readonly clients: ClientCount;
}

/** The clients' connections that are open, whether anybody serves them or not. */
export interface ClientCount {
  total: number;
  readonly byAddress: Map<string, number>;
  /** When each is closed unless something passes on it. */
  readonly expiry: ExpiryQueue<ConnId>;
  /** The last complaint about too many of them, when it was logged, and how often it came since. */
  complaint: string;
  complainedAt: Micros;
  silent: number;
}

/** A request inside the server, on its way through the processors. Source: server.Request. */
export interface ServerRequest {
  readonly sessionId: ConnectRequest['sessionId'];
  readonly cxid: number;
  readonly request: Request;
  /** The client's connection, where it is ours. */
  readonly conn: ConnId | null;
  /** `me` for this server's own clients, else the learner's connection it came through. */
  readonly owner: SessionOwner;
  /** Who the client has proved to be; its address always among them, as scheme `ip`. */
  readonly authInfo: readonly Id[];
  /** When it came in: latencies are counted from here. */
  readonly createdAt: Micros;
  /** A createSession or closeSession of a session that only this server knows: no transaction. */
  isLocal: boolean;
  /** Set by PrepRequestProcessor for whatever becomes a transaction. */
  record: TxnRecord | null;
  /**
   * Set for a read that may not be answered, and for a write that this server refuses whatever the
   * leader makes of it (an ephemeral of a local session). Source: Request.setException.
   */
  error: number;
}

/** A request as it comes in, before any processor has seen it. */
export function newRequest(
  server: Server,
  from: Pick<ServerRequest, 'sessionId' | 'cxid' | 'request' | 'conn' | 'owner' | 'authInfo'>,
): ServerRequest {
  const { sessionId, cxid, request, conn, owner, authInfo } = from;
  return {
    sessionId,
    cxid,
    request,
    conn,
    owner,
    authInfo,
    createdAt: server.now,
    isLocal: false,
    record: null,
    error: 0,
  };
}

export function configOf(server: Server): EnsembleConfig {
  return server.settings.config;
}

export function sidOf(server: Server): Sid {
  return server.settings.sid;
}

/** What it is in the configuration in force; see quorum/reconfig.ts. */
export function isObserver(server: Server): boolean {
  return server.learnerType === 'observer';
}

export function isMutant(server: Server, name: MutantName): boolean {
  const { mutants } = configOf(server);
  return mutants.length > 0 && mutants.includes(name);
}

/** A rare branch is taken: the table says which, and tests want each to be. */
export function mark(server: Server, name: MarkName): void {
  server.out.push({ kind: 'note', note: { note: 'mark', name } });
}

export function dial(server: Server, to: Sid, port: PortName): ConnId {
  const peer = to as number as ProcessId;
  const self = sidOf(server) as number as ProcessId;
  const conn = makeConnId(self, server.settings.incarnation, ++server.connCount);
  server.conns.set(conn, { conn, port, peer, address: '', dialledByUs: true, open: false });
  server.out.push({ kind: 'connect', conn, to: peer, port });
  return conn;
}

/** What is said on a connection that has ended meanwhile is lost, as on a closed socket. */
export function send(server: Server, conn: ConnId, message: Message): void {
  const to = server.conns.get(conn);
  if (to === undefined) return;
  server.out.push({ kind: 'send', conn, message });
  if (to.port === 'client') noteSent(server, conn, message);
}

/** Closes our end and forgets the connection; nothing more is heard of it. */
export function hangUp(server: Server, conn: ConnId): void {
  if (forgetConn(server, conn)) server.out.push({ kind: 'close', conn });
}

/** @returns false where it was not known. */
export function forgetConn(server: Server, id: ConnId): boolean {
  const conn = server.conns.get(id);
  if (conn === undefined) return false;
  server.conns.delete(id);
  if (conn.port !== 'client') return true;
  countClient(server.clients, conn.address, -1);
  removeExpiry(server.clients.expiry, id);
  return true;
}

export function countClient(clients: ClientCount, address: string, change: 1 | -1): void {
  clients.total += change;
  const count = (clients.byAddress.get(address) ?? 0) + change;
  if (count > 0) clients.byAddress.set(address, count);
  else clients.byAddress.delete(address);
}

/** @param after milliseconds. */
export function setTimer(server: Server, name: string, after: number): void {
  assert(after >= 0, 'a timer is not armed for the past');
  const until = (server.now + Math.round(after * 1000)) as Micros;
  server.timers.set(name, { since: server.now, until });
  server.out.push({ kind: 'setTimer', name, after: (until - server.now) as Micros });
}

export function clearTimer(server: Server, name: string): void {
  if (server.timers.delete(name)) server.out.push({ kind: 'clearTimer', name });
}

export function log(server: Server, level: LogLevel, logger: string, message: string): void {
  server.out.push({ kind: 'log', level, logger, message });
}

export function note(server: Server, what: Note): void {
  server.out.push({ kind: 'note', note: what });
}

/** A new name for a disk operation, and what its completion lets go on. */
export function diskOp(server: Server, wait: DiskWait): DiskOp {
  const op = ++server.diskOpCount as DiskOp;
  server.diskWaits.set(op, wait);
  return op;
}

/** The process ends itself: Java's System.exit with one of ExitCode. */
export function exit(server: Server, code: number, reason: string): void {
  if (server.status === 'exited') return;
  server.status = 'exited';
  log(server, 'ERROR', 'ServiceUtils', `Exiting JVM with code ${String(code)}`);
  server.out.push({ kind: 'exit', code, reason });
}

export function setPeerState(
  server: Server,
  state: ServerState,
  zabState: ZabState,
  syncMode: SyncMode = 'NONE',
): void {
  server.state = state;
  server.zabState = zabState;
  server.syncMode = syncMode;
  noteState(server);
}

export function noteState(server: Server): void {
  const leader = server.state === 'LOOKING' ? null : server.currentVote.leader;
  note(server, {
    note: 'state',
    state: server.state,
    zabState: server.zabState,
    syncMode: server.syncMode,
    epoch: server.acceptedEpoch,
    leader,
  });
}
