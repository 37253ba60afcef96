/**
 * What a client may read, and the watches that it sets on the way: one function for each kind of
 * request that is no transaction. Each judges in ZooKeeper's order: is the node there, may the
 * client see it, and only then is a watch set and the answer made.
 *
 * Source: server.FinalRequestProcessor.processRequest (3.9).
 */
import { isPermitted } from '../data-tree/acl.ts';
import { statOf, type DataNode } from '../data-tree/data-node.ts';
import { ephemeralsOf, getNode, nodeCount, type DataTree } from '../data-tree/data-tree.ts';
import { joinPath, ROOT } from '../data-tree/path.ts';
import { hasWatch, isWatcherType, removeWatchOfType } from '../data-tree/watch-requests.ts';
import { setWatches, watchOnce, watchPersistently } from '../data-tree/watch-requests.ts';
import type { FiredWatch } from '../data-tree/watch-manager.ts';
import { ErrorCode } from '../error-code.ts';
import { Perms, type Acl, type Id } from '../jute/data.ts';
import { NO_BODY } from '../jute/proto.ts';
import type {
  AddWatchRequest,
  ClientInfo,
  GetAclRequest,
  GetAllChildrenNumberRequest,
  GetEphemeralsRequest,
  MultiReadRequest,
  OpResult,
  ReadRequest,
  ReplyBody,
  Request,
  SetWatchesRequest,
  WatchesRequest,
} from '../jute/proto.ts';
import { configOf, type Server, type ServerRequest } from '../server-context.ts';
import type { ConnId } from '../units.ts';

/** The answer to one request. `body` is of interest where `err` is OK. */
export interface Answer {
  readonly err: ErrorCode;
  readonly body: ReplyBody;
}

/** A read on its way: who asks, and what it finds out that others hear first. */
export interface Reader {
  readonly server: Server;
  readonly conn: ConnId;
  readonly r: ServerRequest;
  /** Events to send before the answer. */
  readonly missed: FiredWatch[];
}

const DONE = failed(ErrorCode.OK);
const NO_NODE = failed(ErrorCode.NONODE);
const NO_AUTH = failed(ErrorCode.NOAUTH);
const NO_WATCHER = failed(ErrorCode.NOWATCHER);
/** What an exception that is not a KeeperException comes out as. */
const UNREADABLE = failed(ErrorCode.MARSHALLINGERROR);
/** For what is no read, and should not have come here. */
const UNIMPLEMENTED = failed(ErrorCode.UNIMPLEMENTED);

export function answerRead(reader: Reader, request: Request): Answer {
  switch (request.op) {
    case 'exists':
      return exists(reader, request);
    case 'getData':
      return getData(reader, request);
    case 'getChildren':
    case 'getChildren2':
      return getChildren(reader, request);
    case 'getACL':
      return getAcl(reader, request);
    case 'getAllChildrenNumber':
      return getAllChildrenNumber(reader, request);
    case 'getEphemerals':
      return getEphemerals(reader, request);
    case 'whoAmI':
      return found({ clientInfo: reader.r.authInfo.map(clientInfo) });
    case 'multiRead':
      return multiRead(reader, request);
    case 'sync':
      return found({ path: request.path });
    case 'addWatch':
      return addPersistentWatch(reader, request);
    case 'checkWatches':
    case 'removeWatches':
      return watchByType(reader, request);
    case 'setWatches':
    case 'setWatches2':
      return resetWatches(reader, request);
    case 'unreadable':
      return UNREADABLE;
    default:
      return UNIMPLEMENTED;
  }
}

/**
 * The watch is set on a missing node too. 3.8.0 shows anybody the Stat; later releases ask for READ
 * (CVE-2024-23944).
 */
function exists(reader: Reader, request: ReadRequest): Answer {
  const { path } = request;
  if (path.includes('\0')) return failed(ErrorCode.BADARGUMENTS);
  const { server } = reader;
  const node = getNode(server.db.tree, path);
  const needsRead = configOf(server).release !== '3.8.0';
  if (node !== undefined && needsRead && !mayDo(reader, node, Perms.READ)) return NO_AUTH;
  if (request.watch) watch(reader, 'data', path);
  return node === undefined ? NO_NODE : found({ stat: statOf(node) });
}

function getData(reader: Reader, request: ReadRequest): Answer {
  const node = readable(reader, request.path);
  if ('err' in node) return node;
  if (request.watch) watch(reader, 'data', request.path);
  return found({ data: node.data, stat: statOf(node) });
}

function getChildren(reader: Reader, request: ReadRequest): Answer {
  const node = readable(reader, request.path);
  if ('err' in node) return node;
  if (request.watch) watch(reader, 'child', request.path);
  const children = [...node.children];
  return found(request.op === 'getChildren' ? { children } : { children, stat: statOf(node) });
}

/** Either permission shows the list; only ADMIN shows the hashes of passwords in it. */
function getAcl(reader: Reader, request: GetAclRequest): Answer {
  const node = getNode(reader.server.db.tree, request.path);
  if (node === undefined) return NO_NODE;
  if (!mayDo(reader, node, Perms.READ | Perms.ADMIN)) return NO_AUTH;
  const acl = mayDo(reader, node, Perms.ADMIN) ? node.acl : node.acl.map(masked);
  return found({ acl, stat: statOf(node) });
}

function masked(entry: Acl): Acl {
  const { scheme, id } = entry.id;
  if (scheme !== 'digest') return entry;
  return { perms: entry.perms, id: { scheme, id: id.replaceAll(/:.*/g, ':x') } };
}

function getAllChildrenNumber(reader: Reader, request: GetAllChildrenNumberRequest): Answer {
  const node = readable(reader, request.path);
  if ('err' in node) return node;
  return found({ count: descendantsOf(reader.server.db.tree, request.path, node) });
}

/**
 * ZooKeeper keeps the root under two keys, "" and "/", and counts keys: "/" counts all but these
 * two, and the path "" every key that begins with a slash.
 */
function descendantsOf(tree: DataTree, path: string, node: DataNode): number {
  if (path === ROOT) return nodeCount(tree) - 2;
  if (path === '') return nodeCount(tree) - 1;
  let count = 0;
  const stack: [string, DataNode][] = [[path, node]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    for (const name of next[1].children) {
      count++;
      const childPath = joinPath(next[0], name);
      const child = tree.nodes.get(childPath);
      if (child !== undefined && child.children.size > 0) stack.push([childPath, child]);
    }
  }
  return count;
}

/** A prefix of the text, not of the path: `/a` finds `/ab` as well. */
function getEphemerals(reader: Reader, request: GetEphemeralsRequest): Answer {
  const own = ephemeralsOf(reader.server.db.tree, reader.r.sessionId);
  const prefix = request.prefixPath;
  const asked = prefix.trim();
  const wantsAll = asked === '' || asked === ROOT;
  return found({ children: wantsAll ? own : own.filter((path) => path.startsWith(prefix)) });
}

/** Source: util.AuthUtil.getClientInfos. */
function clientInfo({ scheme, id }: Id): ClientInfo {
  switch (scheme) {
    case 'digest':
      return { authScheme: scheme, user: id.split(':', 1)[0] ?? '' };
    case 'super':
      return { authScheme: scheme, user: '' };
    default:
      return { authScheme: scheme, user: id };
  }
}

/** getData and getChildren, each with its own outcome, and never a watch. */
function multiRead(reader: Reader, request: MultiReadRequest): Answer {
  const results: OpResult[] = [];
  for (const op of request.ops) {
    if (op.op !== 'getData' && op.op !== 'getChildren') return UNREADABLE;
    const unwatched = { ...op, watch: false };
    const { err, body } =
      op.op === 'getData' ? getData(reader, unwatched) : getChildren(reader, unwatched);
    const { stat, data, children } = body;
    results.push({
      op: err === ErrorCode.OK ? op.op : 'error',
      err,
      path: null,
      stat,
      data,
      children,
    });
  }
  return found({ results });
}

/** No node has to be there, and no permission is asked for: events are filtered as they go out. */
function addPersistentWatch(reader: Reader, request: AddWatchRequest): Answer {
  const { server, conn } = reader;
  const { watches } = server.db;
  const { release } = configOf(server);
  const known = watchPersistently(watches, request.path, conn, request.mode, release);
  if (!known) return UNREADABLE;
  server.db.version++;
  return DONE;
}

function watchByType(reader: Reader, request: WatchesRequest): Answer {
  const { server, conn } = reader;
  const { path, type } = request;
  const { release } = configOf(server);
  if (!isWatcherType(type, release)) return UNREADABLE;
  const { watches } = server.db;
  if (request.op === 'checkWatches') {
    return hasWatch(watches, path, type, conn, release) ? DONE : NO_WATCHER;
  }
  if (!removeWatchOfType(watches, path, type, conn, release)) return NO_WATCHER;
  server.db.version++;
  return DONE;
}

function resetWatches(reader: Reader, request: SetWatchesRequest): Answer {
  const { server, conn } = reader;
  const { tree, watches } = server.db;
  reader.missed.push(...setWatches(tree, watches, request, conn, configOf(server).release));
  server.db.version++;
  return DONE;
}

/** The node that a READ on its path finds, or why it finds none. */
function readable(reader: Reader, path: string): DataNode | Answer {
  const node = getNode(reader.server.db.tree, path);
  if (node === undefined) return NO_NODE;
  return mayDo(reader, node, Perms.READ) ? node : NO_AUTH;
}

function mayDo(reader: Reader, node: DataNode, perm: number): boolean {
  return isPermitted(node.acl, perm, reader.r.authInfo);
}

function watch(reader: Reader, table: 'data' | 'child', path: string): void {
  const { server, conn } = reader;
  watchOnce(server.db.watches[table], path, conn, configOf(server).release);
  server.db.version++;
}

function found(body: Partial<ReplyBody>): Answer {
  return { err: ErrorCode.OK, body: { ...NO_BODY, ...body } };
}

function failed(err: ErrorCode): Answer {
  return { err, body: NO_BODY };
}
