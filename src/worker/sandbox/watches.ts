/**
 * Whom of a program a watch event is for.
 *
 * Source: org.apache.zookeeper.ZKWatchManager (3.9): its tables, and `materialize`. Differs: watchers
 * of paths hear that their session is over, and not that a connection was lost: for that there is
 * `zk.on`.
 */
import { parentOf } from '../../core/data-tree/path.ts';
import { AddWatchMode, EventType, KeeperState } from '../../core/jute/proto.ts';
import type { WatchNotification } from '../../core/jute/proto.ts';

export interface WatchEvent {
  /** `NodeCreated`, `NodeDeleted`, `NodeDataChanged`, `NodeChildrenChanged`; `None`: the session. */
  readonly type: string;
  /** `SyncConnected`, `Disconnected`, `Expired` … */
  readonly state: string;
  readonly path: string | null;
  readonly zxid: bigint;
}

export type Watcher = (event: WatchEvent) => unknown;

type Kind = 'data' | 'exist' | 'child' | 'persistent' | 'recursive';
type Table = Map<string, Set<Watcher>>;

const nameOf = (table: Readonly<Record<string, number>>, value: number): string =>
  Object.entries(table).find(([, number]) => number === value)?.[0] ?? String(value);

export function toWatchEvent({ type, state, path, zxid }: WatchNotification): WatchEvent {
  return {
    type: nameOf(EventType, type),
    state: nameOf(KeeperState, state),
    path: path === '' ? null : path,
    zxid,
  };
}

export class Watchers {
  readonly #tables: Readonly<Record<Kind, Table>> = {
    data: new Map(),
    exist: new Map(),
    child: new Map(),
    persistent: new Map(),
    recursive: new Map(),
  };

  add(kind: Kind, path: string, watcher: Watcher): void {
    const table = this.#tables[kind];
    const known = table.get(path) ?? new Set();
    known.add(watcher);
    table.set(path, known);
  }

  addPersistent(path: string, mode: number, watcher: Watcher): void {
    this.add(mode === AddWatchMode.PERSISTENT ? 'persistent' : 'recursive', path, watcher);
  }

  /** Whom it is for. One-shot watches are used up by it. */
  take({ type, path }: WatchNotification): readonly Watcher[] {
    const { data, exist, child } = this.#tables;
    switch (type) {
      case EventType.None:
        return [];
      case EventType.NodeCreated:
      case EventType.NodeDataChanged:
        return unique([...taken(path, data, exist), ...this.#lasting(path)]);
      case EventType.NodeChildrenChanged:
        return unique([...taken(path, child), ...(this.#tables.persistent.get(path) ?? [])]);
      case EventType.NodeDeleted:
        return unique([...taken(path, data, exist, child), ...this.#lasting(path)]);
      case EventType.DataWatchRemoved:
        return unique(taken(path, data, exist));
      case EventType.ChildWatchRemoved:
        return unique(taken(path, child));
      case EventType.PersistentWatchRemoved:
        return unique(taken(path, this.#tables.persistent, this.#tables.recursive));
    }
  }

  /** The session is over. */
  takeAll(): readonly Watcher[] {
    const tables = Object.values(this.#tables);
    const all = tables.flatMap((table) => [...table.values()].flatMap((set) => [...set]));
    for (const table of tables) table.clear();
    return unique(all);
  }

  #lasting(path: string): readonly Watcher[] {
    const { persistent, recursive } = this.#tables;
    const found = [...(persistent.get(path) ?? [])];
    if (recursive.size === 0) return found;
    for (let at = path; ; at = parentOf(at)) {
      found.push(...(recursive.get(at) ?? []));
      if (at === '/') return found;
    }
  }
}

function taken(path: string, ...tables: readonly Table[]): Watcher[] {
  const found = tables.flatMap((table) => [...(table.get(path) ?? [])]);
  for (const table of tables) table.delete(path);
  return found;
}

const unique = (watchers: readonly Watcher[]): readonly Watcher[] => [...new Set(watchers)];
