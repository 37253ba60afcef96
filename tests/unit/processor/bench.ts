/** A server alone, and short ways to have writes prepared and applied there. */
import { DEFAULT_CONFIG, ensembleOf, type EnsembleConfig } from '../../../src/core/config.ts';
import { errorName } from '../../../src/core/error-code.ts';
import { OPEN_ACL_UNSAFE, type Acl, type Id } from '../../../src/core/jute/data.ts';
import { CreateMode, type MultiOp, type Request } from '../../../src/core/jute/proto.ts';
import type { Txn } from '../../../src/core/jute/txn.ts';
import { prepareRequest } from '../../../src/core/processor/prep-request-processor.ts';
import { dropChanges } from '../../../src/core/processor/outstanding-changes.ts';
import { createServer, stepServer, type Server } from '../../../src/core/server.ts';
import { newRequest, type ServerRequest } from '../../../src/core/server-context.ts';
import { setSessionClosing, trackSession } from '../../../src/core/session/session-tracker.ts';
import { EMPTY_DISK } from '../../../src/core/txn-log/disk-image.ts';
import { applyTxn } from '../../../src/core/txn-log/zk-database.ts';
import type { ConnId, Micros, Millis, SessionId, Sid } from '../../../src/core/units.ts';
import type { ZooKeeperServer } from '../../../src/core/zookeeper-server.ts';

export const SESSION = 7n as SessionId;
export const EXPIRED = 8n as SessionId;
export const MOVED = 9n as SessionId;

export interface Bench {
  readonly server: Server;
  readonly zks: ZooKeeperServer;
}

/** A server alone, with /p, /p/full/child, the ephemeral /e, and sessions in several states. */
export function bench(more: Partial<EnsembleConfig> = {}): Bench {
  const config = { ...DEFAULT_CONFIG, servers: ensembleOf(1, 0), ...more };
  const server = createServer({ config, sid: 1 as Sid, seed: 1, incarnation: 0 });
  stepServer(server, 0 as Micros, { kind: 'boot', image: EMPTY_DISK }, []);
  const { zks } = server;
  const sessions = zks?.sessions ?? null;
  if (zks === null || sessions === null) throw new Error('a server alone serves at once');
  for (const session of [SESSION, EXPIRED, MOVED]) {
    trackSession(sessions, session, 10_000 as Millis, 0 as Millis);
  }
  setSessionClosing(sessions, EXPIRED);
  const moved = sessions.sessionsById.get(MOVED);
  if (moved !== undefined) moved.owner = 5 as ConnId;
  const bench = { server, zks };
  for (const op of ['create /p', 'create /p/full', 'create /p/full/child', 'create -e /e']) {
    commit(bench, prepare(bench, op));
  }
  return bench;
}

let cxid = 0;

export const HERE: Id = { scheme: 'ip', id: '127.0.0.1' };

/** @param text see `requestOf`. */
export function prepare(
  { server, zks }: Bench,
  text: string | Request,
  sessionId = SESSION,
  authInfo: readonly Id[] = [HERE],
): ServerRequest {
  const request = typeof text === 'string' ? requestOf(text) : text;
  const from = { sessionId, cxid: ++cxid, request, conn: null, owner: 'me', authInfo } as const;
  const prepared = newRequest(server, from);
  prepareRequest(server, zks, prepared);
  return prepared;
}

export function commit({ server, zks }: Bench, { record }: ServerRequest): void {
  if (record === null) throw new Error('only a transaction is committed');
  applyTxn(server, record, []);
  dropChanges(zks.changes, record.header.zxid);
}

/**
 * `create [-e] [-s] [acl=A] [flags=N] [ttl=N] [data=TEXT] PATH`, `delete PATH [V]`,
 * `set [data=TEXT] PATH [V]`, `check PATH [V]`, `setAcl acl=A PATH [V]`, `close`, or several of
 * them between `; `. An ACL is `open`, `none` or `PERMS:SCHEME:ID,…`.
 */
export function requestOf(text: string): Request {
  if (text.includes(';')) return { op: 'multi', ops: text.split('; ').map(opOf) };
  const { op, path, version, option } = wordsOf(text);
  switch (op) {
    case 'close':
      return { op: 'closeSession' };
    case 'setAcl':
      return { op: 'setACL', path, acl: aclOf(option('acl')), version };
    case 'deleteContainer':
      return { op: 'deleteContainer', path };
    default:
      return opOf(text);
  }
}

function wordsOf(text: string): {
  readonly op: string;
  readonly words: readonly string[];
  readonly path: string;
  readonly version: number;
  readonly option: (name: string) => string | undefined;
} {
  const [op = '', ...words] = text.split(' ');
  const [path = '', version = '-1'] = words.filter((w) => !w.startsWith('-') && !w.includes('='));
  const option = (name: string): string | undefined =>
    words.find((w) => w.startsWith(`${name}=`))?.slice(name.length + 1);
  return { op, words, path, version: Number(version), option };
}

function opOf(text: string): MultiOp {
  const { op, words, path, version, option } = wordsOf(text);
  const bytes = option('data');
  const data = bytes === undefined ? null : new TextEncoder().encode(bytes);
  switch (op) {
    case 'delete':
      return { op: 'delete', path, version };
    case 'set':
      return { op: 'setData', path, data, version };
    case 'check':
      return { op: 'check', path, version };
    case 'create':
    case 'create2':
    case 'createTTL':
    case 'createContainer': {
      const plain =
        (words.includes('-e') ? CreateMode.EPHEMERAL : 0) +
        (words.includes('-s') ? CreateMode.PERSISTENT_SEQUENTIAL : 0);
      const flags = Number(option('flags') ?? plain);
      return { op, path, data, acl: aclOf(option('acl')), flags, ttl: Number(option('ttl') ?? 0) };
    }
    default:
      throw new Error(`no such operation: ${text}`);
  }
}

function aclOf(text = 'open'): readonly Acl[] {
  if (text === 'open') return OPEN_ACL_UNSAFE;
  if (text === 'none') return [];
  return text.split(',').map((entry) => {
    const [perms = '', scheme = '', ...id] = entry.split(':');
    return { perms: Number(perms), id: { scheme, id: id.join(':') } };
  });
}

export function txnText(txn: Txn): string {
  switch (txn.type) {
    case 'error':
      return errorName(txn.err);
    case 'multi':
      return txn.txns.map(txnText).join(', ');
    case 'create':
    case 'create2':
      return `${txn.type} ${txn.path}${txn.ephemeral ? ' ephemeral' : ''} cversion=${String(txn.parentCVersion)}`;
    case 'setData':
    case 'setACL':
    case 'check':
      return `${txn.type} ${txn.path} version=${String(txn.version)}`;
    case 'closeSession':
      return `closeSession (${[...txn.paths].sort().join(' ')})`;
    default:
      return 'path' in txn ? `${txn.type} ${txn.path}` : txn.type;
  }
}

export function outcome(request: ServerRequest): string {
  return request.record === null ? errorName(request.error) : txnText(request.record.txn);
}
