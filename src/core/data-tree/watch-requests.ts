/**
 * What clients ask of the watches by name: to add persistent ones, to look for one, to take one
 * away, and to set all of them again after a reconnect.
 *
 * 3.8.0 remembers one mode for each path of a connection, so that a later watch takes the place of
 * an earlier one of another mode, and it enters recursive watches in both tables. 3.9 keeps the
 * modes side by side and tells them apart when a watch is removed.
 *
 * Source: server.DataTree.addWatch, setWatches, containsWatcher, removeWatch (3.9 and 3.8.0).
 */
import type { EnsembleConfig } from '../config.ts';
import { AddWatchMode, EventType, WatcherType, type SetWatchesRequest } from '../jute/proto.ts';
import type { ConnId } from '../units.ts';
import { getNode, type DataTree } from './tree-nodes.ts';
import { addWatch, modesOf, removeWatch, WatchMode } from './watch-manager.ts';
import type { FiredWatch, WatchTable, WatchTables } from './watch-manager.ts';

type Release = EnsembleConfig['release'];

/** A one-shot watch, as a read leaves it. */
export function watchOnce(table: WatchTable, path: string, conn: ConnId, release: Release): void {
  addWatch(table, path, conn, WatchMode.STANDARD, release === '3.8.0');
}

/** @param mode what came as an AddWatchMode. @returns false where it is none. */
export function watchPersistently(
  tables: WatchTables,
  path: string,
  conn: ConnId,
  mode: number,
  release: Release,
): boolean {
  const replace = release === '3.8.0';
  switch (mode) {
    case AddWatchMode.PERSISTENT:
      addWatch(tables.data, path, conn, WatchMode.PERSISTENT, replace);
      addWatch(tables.child, path, conn, WatchMode.PERSISTENT, replace);
      return true;
    case AddWatchMode.PERSISTENT_RECURSIVE:
      addWatch(tables.data, path, conn, WatchMode.PERSISTENT_RECURSIVE, replace);
      if (replace) addWatch(tables.child, path, conn, WatchMode.PERSISTENT_RECURSIVE, true);
      return true;
    default:
      return false;
  }
}

/** Whether a number is a WatcherType. 3.8.0 cannot name the persistent kinds. */
export function isWatcherType(type: number, release: Release): boolean {
  const last = release === '3.8.0' ? WatcherType.Any : WatcherType.PersistentRecursive;
  return type >= WatcherType.Children && type <= last;
}

/** checkWatches. In 3.8.0 anybody's watch will do, of any mode. */
export function hasWatch(
  tables: WatchTables,
  path: string,
  type: number,
  conn: ConnId,
  release: Release,
): boolean {
  const mode = modeOfType(type);
  const isIn = (table: WatchTable): boolean => {
    if (release === '3.8.0') return table.byPath.has(path);
    const modes = modesOf(table, path, conn);
    return mode === null ? modes !== 0 : (modes & mode) !== 0;
  };
  switch (type) {
    case WatcherType.Any:
      return isIn(tables.child) || isIn(tables.data);
    case WatcherType.Children:
      return isIn(tables.child);
    default:
      return isIn(tables.data);
  }
}

/** removeWatches. @returns false where nothing of the kind was there. */
export function removeWatchOfType(
  tables: WatchTables,
  path: string,
  type: number,
  conn: ConnId,
  release: Release,
): boolean {
  const mode = release === '3.8.0' ? null : modeOfType(type);
  const inChild =
    type !== WatcherType.Data &&
    type !== WatcherType.PersistentRecursive &&
    removeWatch(tables.child, path, conn, mode);
  const inData = type !== WatcherType.Children && removeWatch(tables.data, path, conn, mode);
  return inChild || inData;
}

/** Null for any mode. */
function modeOfType(type: number): WatchMode | null {
  switch (type) {
    case WatcherType.Children:
    case WatcherType.Data:
      return WatchMode.STANDARD;
    case WatcherType.Persistent:
      return WatchMode.PERSISTENT;
    case WatcherType.PersistentRecursive:
      return WatchMode.PERSISTENT_RECURSIVE;
    default:
      return null;
  }
}

/**
 * A client that has reconnected sets its watches again. For each one-shot watch that would have
 * fired while it was away, it is told now instead, whatever the node's ACL says; the persistent
 * ones are set and what they missed is lost. @returns what to tell, in the order data, exist,
 * child.
 *
 * A node that was created and deleted again meanwhile leaves no trace for an exist watch, and one
 * that was deleted and made again shows as changed data. Both are so in ZooKeeper.
 */
export function setWatches(
  tree: DataTree,
  tables: WatchTables,
  request: SetWatchesRequest,
  conn: ConnId,
  release: Release = '3.9',
): FiredWatch[] {
  const missed: FiredWatch[] = [];
  const miss = (type: EventType, path: string): void => {
    missed.push({ conn, type, path, acl: [] });
  };
  const seen = request.relativeZxid;
  for (const path of request.dataWatches) {
    const node = getNode(tree, path);
    if (node === undefined) miss(EventType.NodeDeleted, path);
    else if (node.mzxid > seen) miss(EventType.NodeDataChanged, path);
    else watchOnce(tables.data, path, conn, release);
  }
  for (const path of request.existWatches) {
    if (getNode(tree, path) !== undefined) miss(EventType.NodeCreated, path);
    else watchOnce(tables.data, path, conn, release);
  }
  for (const path of request.childWatches) {
    const node = getNode(tree, path);
    if (node === undefined) miss(EventType.NodeDeleted, path);
    else if (node.pzxid > seen) miss(EventType.NodeChildrenChanged, path);
    else watchOnce(tables.child, path, conn, release);
  }
  for (const path of request.persistentWatches) {
    watchPersistently(tables, path, conn, AddWatchMode.PERSISTENT, release);
  }
  for (const path of request.persistentRecursiveWatches) {
    watchPersistently(tables, path, conn, AddWatchMode.PERSISTENT_RECURSIVE, release);
  }
  return missed;
}
