/**
 * Watches at a server: who is to be told when something happens to a path. There are two tables,
 * as in ZooKeeper: data watches (from getData and exists) and child watches; the persistent kinds
 * are entered in both. A watch belongs to a connection and dies with it; the client remembers and
 * sets it again elsewhere.
 *
 * Most writes are watched by nobody. They cost one look-up per table, and nothing is allocated;
 * ancestors are walked only while somebody has a recursive watch.
 *
 * Source: server.watch.WatchManager, WatchStats, PathParentIterator (3.9).
 */
import type { Acl } from '../jute/data.ts';
import { EventType } from '../jute/proto.ts';
import type { ConnId } from '../units.ts';
import { parentOf, ROOT } from './path.ts';

/**
 * How long a watch lasts and how far it reaches: a STANDARD one fires once, the others stay; a
 * recursive one hears of all that is below its path, but not of lists of children.
 */
export const WatchMode = { STANDARD: 1, PERSISTENT: 2, PERSISTENT_RECURSIVE: 4 } as const;
export type WatchMode = (typeof WatchMode)[keyof typeof WatchMode];

export interface WatchTable {
  /** By path, then by connection in the order of setting: the sum of the modes that it has there. */
  readonly byPath: Map<string, Map<ConnId, number>>;
  /** The same pairs the other way. Who had a watch here keeps an entry, though it may be empty. */
  readonly byConn: Map<ConnId, Set<string>>;
  /** How many of the pairs have a recursive mode. */
  recursive: number;
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
  /** Who may not read by this list is not told, though its watch is used up. Empty: all may. */
  readonly acl: readonly Acl[];
}

const NOBODY: readonly ConnId[] = [];

export function newWatchTables(): WatchTables {
  return { data: newTable(), child: newTable() };
}

function newTable(): WatchTable {
  return { byPath: new Map(), byConn: new Map(), recursive: 0 };
}

/**
 * Setting a watch that is there already changes nothing.
 *
 * @param replace a path has one mode per connection, the last one set; else it gathers them.
 */
export function addWatch(
  table: WatchTable,
  path: string,
  conn: ConnId,
  mode: WatchMode = WatchMode.STANDARD,
  replace = false,
): void {
  const before = modesOf(table, path, conn);
  setModes(table, path, conn, replace ? mode : before | mode);
}

/**
 * Takes one mode of a connection's watch away, or the whole watch.
 *
 * @returns false where there was nothing of the kind.
 */
export function removeWatch(
  table: WatchTable,
  path: string,
  conn: ConnId,
  mode: WatchMode | null,
): boolean {
  const before = modesOf(table, path, conn);
  const after = mode === null ? 0 : before & ~mode;
  if (before === after) return false;
  setModes(table, path, conn, after);
  if (table.byConn.get(conn)?.size === 0) table.byConn.delete(conn);
  return true;
}

/** The sum of a connection's modes on a path; 0 where it does not watch it. */
export function modesOf(table: WatchTable, path: string, conn: ConnId): number {
  return table.byPath.get(path)?.get(conn) ?? 0;
}

/**
 * Consumes the one-shot watches on a path.
 *
 * @returns who is to be told, each once: who watches the path in the order in which the watches
 * were set, then who watches an ancestor recursively, the nearest first; those in `suppress` are
 * left out, and what they had is consumed in silence.
 */
export function triggerWatch(
  table: WatchTable,
  path: string,
  type: EventType,
  suppress: readonly ConnId[] = NOBODY,
): readonly ConnId[] {
  const watchers = table.byPath.get(path);
  if (watchers === undefined && table.recursive === 0) return NOBODY;
  const told: ConnId[] = [];
  if (watchers !== undefined) triggerHere(table, path, watchers, type, told);
  if (table.recursive > 0 && type !== EventType.NodeChildrenChanged) {
    triggerAbove(table, path, told);
  }
  if (suppress.length === 0 || told.length === 0) return told;
  const silent = new Set(suppress);
  return told.filter((conn) => !silent.has(conn));
}

function triggerHere(
  table: WatchTable,
  path: string,
  watchers: Map<ConnId, number>,
  type: EventType,
  told: ConnId[],
): void {
  for (const [conn, modes] of watchers) {
    const recursiveOnly = modes === WatchMode.PERSISTENT_RECURSIVE;
    if (recursiveOnly && type === EventType.NodeChildrenChanged) continue;
    told.push(conn);
    if ((modes & WatchMode.STANDARD) === 0) continue;
    const left = modes & ~WatchMode.STANDARD;
    if (left !== 0) {
      watchers.set(conn, left);
    } else {
      watchers.delete(conn);
      table.byConn.get(conn)?.delete(path);
    }
  }
  if (watchers.size === 0) table.byPath.delete(path);
}

function triggerAbove(table: WatchTable, path: string, told: ConnId[]): void {
  const seen = new Set(told);
  for (let at = path; at !== ROOT && at !== '';) {
    at = parentOf(at);
    for (const [conn, modes] of table.byPath.get(at) ?? []) {
      if ((modes & WatchMode.PERSISTENT_RECURSIVE) === 0 || seen.has(conn)) continue;
      seen.add(conn);
      told.push(conn);
    }
  }
}

/** `triggerWatch`, with the notifications appended to `fired`. @param acl see FiredWatch. */
export function fireWatches(
  table: WatchTable,
  path: string,
  type: EventType,
  fired: FiredWatch[],
  acl: readonly Acl[],
  suppress: readonly ConnId[] = NOBODY,
): readonly ConnId[] {
  if (table.byPath.size === 0) return NOBODY;
  const told = triggerWatch(table, path, type, suppress);
  for (const conn of told) fired.push({ conn, type, path, acl });
  return told;
}

/** The connection closed. */
export function removeWatchesOf(tables: WatchTables, conn: ConnId): void {
  for (const table of [tables.data, tables.child]) {
    for (const path of table.byConn.get(conn) ?? []) setModes(table, path, conn, 0);
    table.byConn.delete(conn);
  }
}

/** All connections closed. */
export function clearWatches(tables: WatchTables): void {
  for (const table of [tables.data, tables.child]) {
    table.byPath.clear();
    table.byConn.clear();
    table.recursive = 0;
  }
}

/** Who watches this very path, in either table. */
export function watchersOf(tables: WatchTables, path: string): ReadonlySet<ConnId> {
  const watchers = new Set(tables.data.byPath.get(path)?.keys());
  for (const conn of tables.child.byPath.get(path)?.keys() ?? []) watchers.add(conn);
  return watchers;
}

/** As `mntr` counts them: a persistent watch is one in each table. */
export function watchCount(tables: WatchTables): number {
  return countPairs(tables.data) + countPairs(tables.child);
}

/** Numbers for `wchs`. */
export interface WatchSummary {
  readonly connections: number;
  readonly paths: number;
  readonly watches: number;
}

export function watchSummary(table: WatchTable): WatchSummary {
  return {
    connections: table.byConn.size,
    paths: table.byPath.size,
    watches: countPairs(table),
  };
}

/** For `wchp`: each watched path with those who watch it. */
export function watchesByPath(
  table: WatchTable,
): readonly (readonly [path: string, conns: readonly ConnId[]])[] {
  return [...table.byPath].map(([path, watchers]) => [path, [...watchers.keys()]]);
}

/** For `wchc`: each connection that has or had watches, with the paths of those that it has. */
export function watchesByConn(
  table: WatchTable,
): readonly (readonly [conn: ConnId, paths: readonly string[]])[] {
  return [...table.byConn].map(([conn, paths]) => [conn, [...paths]]);
}

/** Keeps both indexes and the count of recursive watches in step. @param modes 0 to forget it. */
function setModes(table: WatchTable, path: string, conn: ConnId, modes: number): void {
  const watchers = table.byPath.get(path) ?? new Map<ConnId, number>();
  const before = watchers.get(conn) ?? 0;
  if (before === modes) return;
  const bit = WatchMode.PERSISTENT_RECURSIVE;
  table.recursive += ((modes & bit) - (before & bit)) / bit;
  if (modes !== 0) {
    if (watchers.size === 0) table.byPath.set(path, watchers);
    watchers.set(conn, modes);
    const paths = table.byConn.get(conn);
    if (paths === undefined) table.byConn.set(conn, new Set([path]));
    else paths.add(path);
  } else {
    watchers.delete(conn);
    if (watchers.size === 0) table.byPath.delete(path);
    table.byConn.get(conn)?.delete(path);
  }
}

function countPairs(table: WatchTable): number {
  let pairs = 0;
  for (const watchers of table.byPath.values()) pairs += watchers.size;
  return pairs;
}
