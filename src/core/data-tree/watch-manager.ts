/**
 * Watches at a server: who is to be told once when something happens to a path. There are two
 * tables, as in ZooKeeper: data watches (from getData and exists) and child watches. A watch
 * belongs to a connection and dies with it; the client remembers and sets it again elsewhere.
 *
 * A table knows one mode, the one-shot watch. Persistent modes would sit in it as further maps
 * beside `byPath`, read by `triggerWatch` alone.
 *
 * Source: server.watch.WatchManager, DataTree.setWatches (3.9).
 */
import { EventType, type SetWatchesRequest } from '../jute/proto.ts';
import type { ConnId } from '../units.ts';
import { getNode, type DataTree } from './tree-nodes.ts';

/** Both maps hold the same pairs; no set is empty. */
export interface WatchTable {
  readonly byPath: Map<string, Set<ConnId>>;
  readonly byConn: Map<ConnId, Set<string>>;
}

export interface WatchTables {
  readonly data: WatchTable;
  readonly child: WatchTable;
}

/** One notification to send. */
export interface FiredWatch {
  readonly conn: ConnId;
  readonly type: EventType;
  readonly path: string;
}

export function newWatchTables(): WatchTables {
  return { data: createTable(), child: createTable() };
}

/** Setting a watch that is there already changes nothing. */
export function addWatch(table: WatchTable, path: string, conn: ConnId): void {
  link(table.byPath, path, conn);
  link(table.byConn, conn, path);
}

const NOBODY: readonly ConnId[] = [];

/**
 * Consumes the watches on a path. @returns who is to be told, in the order in which they set their
 * watches: everyone but those in `suppress`, whose watch is consumed in silence.
 */
export function triggerWatch(
  table: WatchTable,
  path: string,
  suppress: readonly ConnId[] = NOBODY,
): readonly ConnId[] {
  const watchers = table.byPath.get(path);
  if (watchers === undefined) return NOBODY;
  table.byPath.delete(path);
  for (const conn of watchers) unlink(table.byConn, conn, path);
  return suppress.length === 0
    ? [...watchers]
    : [...watchers].filter((conn) => !suppress.includes(conn));
}

/** `triggerWatch`, with the notifications appended to `fired`. */
export function fireWatches(
  table: WatchTable,
  path: string,
  type: EventType,
  fired: FiredWatch[],
  suppress: readonly ConnId[] = NOBODY,
): readonly ConnId[] {
  if (table.byPath.size === 0) return NOBODY;
  const told = triggerWatch(table, path, suppress);
  for (const conn of told) fired.push({ conn, type, path });
  return told;
}

/** The connection closed. */
export function removeWatchesOf(tables: WatchTables, conn: ConnId): void {
  for (const table of [tables.data, tables.child]) {
    for (const path of table.byConn.get(conn) ?? []) unlink(table.byPath, path, conn);
    table.byConn.delete(conn);
  }
}

/** Who watches a path, in either table. */
export function watchersOf(tables: WatchTables, path: string): ReadonlySet<ConnId> {
  const watchers = new Set(tables.data.byPath.get(path));
  for (const conn of tables.child.byPath.get(path) ?? []) watchers.add(conn);
  return watchers;
}

export function watchCount(tables: WatchTables): number {
  return countPairs(tables.data) + countPairs(tables.child);
}

/**
 * A client that has reconnected sets its watches again. For each that would have fired while it
 * was away, it is told now instead. @returns what to tell it, in the order data, exist, child.
 *
 * A node that was created and deleted again meanwhile leaves no trace for an exist watch, and one
 * that was deleted and made again shows as changed data. Both are so in ZooKeeper.
 */
export function setWatches(
  tree: DataTree,
  tables: WatchTables,
  request: SetWatchesRequest,
  conn: ConnId,
): FiredWatch[] {
  const missed: FiredWatch[] = [];
  const seen = request.relativeZxid;
  for (const path of request.dataWatches) {
    const node = getNode(tree, path);
    if (node === undefined) missed.push({ conn, type: EventType.NodeDeleted, path });
    else if (node.mzxid > seen) missed.push({ conn, type: EventType.NodeDataChanged, path });
    else addWatch(tables.data, path, conn);
  }
  for (const path of request.existWatches) {
    if (getNode(tree, path) !== undefined) {
      missed.push({ conn, type: EventType.NodeCreated, path });
    } else {
      addWatch(tables.data, path, conn);
    }
  }
  for (const path of request.childWatches) {
    const node = getNode(tree, path);
    if (node === undefined) missed.push({ conn, type: EventType.NodeDeleted, path });
    else if (node.pzxid > seen) missed.push({ conn, type: EventType.NodeChildrenChanged, path });
    else addWatch(tables.child, path, conn);
  }
  return missed;
}

function createTable(): WatchTable {
  return { byPath: new Map(), byConn: new Map() };
}

function link<K, V>(index: Map<K, Set<V>>, key: K, value: V): void {
  const values = index.get(key);
  if (values === undefined) index.set(key, new Set([value]));
  else values.add(value);
}

function unlink<K, V>(index: Map<K, Set<V>>, key: K, value: V): void {
  const values = index.get(key);
  if (values?.delete(value) === true && values.size === 0) index.delete(key);
}

function countPairs(table: WatchTable): number {
  let pairs = 0;
  for (const watchers of table.byPath.values()) pairs += watchers.size;
  return pairs;
}
