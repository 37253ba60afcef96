/**
 * The watches that a client believes it has. The server forgets all of them with the connection,
 * so the client keeps this list and sets them again on the next one.
 *
 * The server knows data and child watches and the two persistent kinds. The client tells one more
 * apart: a watch that `exists` left on a znode that was not there. After a reconnect such a watch
 * must fire if the znode is there by now, whereas a data watch must fire if it is gone.
 *
 * Source: org.apache.zookeeper.ZKWatchManager and ZooKeeper.WatchRegistration (3.9). Differs: one
 * watcher per client, as in zkCli; so a set of paths is enough, and an event that meets several
 * kinds of watches is told once.
 */
import { parentOf } from '../data-tree/path.ts';
import { ErrorCode } from '../error-code.ts';
import { AddWatchMode, EventType, WatcherType } from '../jute/proto.ts';
import type { Request, SetWatchesRequest } from '../jute/proto.ts';
import type { Zxid } from '../zxid.ts';
import type { WatchKind } from './client-io.ts';

export type ClientWatches = Readonly<Record<WatchKind, Set<string>>>;

/** In the order in which they are set again. */
const KINDS = ['data', 'exist', 'child', 'persistent', 'recursive'] as const;

/** A SetWatches packet takes about so many characters of paths: 128 KiB, and the last path. */
const SET_WATCHES_MAX_LENGTH = 128 * 1024;

export function createClientWatches(): ClientWatches {
  return {
    data: new Set(),
    exist: new Set(),
    child: new Set(),
    persistent: new Set(),
    recursive: new Set(),
  };
}

/** A request was answered: it leaves a watch if it asked for one and the outcome allows it. */
export function registerWatch(watches: ClientWatches, request: Request, err: number): void {
  switch (request.op) {
    case 'getData':
      if (request.watch && err === ErrorCode.OK) watches.data.add(request.path);
      return;
    case 'exists':
      if (!request.watch) return;
      if (err === ErrorCode.OK) watches.data.add(request.path);
      else if (err === ErrorCode.NONODE) watches.exist.add(request.path);
      return;
    case 'getChildren':
    case 'getChildren2':
      if (request.watch && err === ErrorCode.OK) watches.child.add(request.path);
      return;
    case 'addWatch':
      if (err !== ErrorCode.OK && err !== ErrorCode.NONODE) return;
      if (request.mode === AddWatchMode.PERSISTENT) watches.persistent.add(request.path);
      else watches.recursive.add(request.path);
      return;
    default:
      return;
  }
}

/**
 * An event uses up the one-shot watches that it fires.
 *
 * @returns Whether there was any watch; an event that nobody waits for is not delivered.
 */
export function takeWatches(watches: ClientWatches, type: EventType, path: string): boolean {
  switch (type) {
    case EventType.None:
      return true; // Events of the session go to everybody and use up nothing.
    case EventType.NodeCreated:
    case EventType.NodeDataChanged: {
      const taken = takeFrom(path, watches.data, watches.exist);
      return hasPersistent(watches, path) || taken;
    }
    case EventType.NodeChildrenChanged: {
      // A recursive watch is told of the children themselves, never of their parent's list: an
      // event of this type comes for somebody's child watch only.
      const taken = takeFrom(path, watches.child);
      return watches.persistent.has(path) || taken;
    }
    case EventType.NodeDeleted: {
      const taken = takeFrom(path, watches.data, watches.exist, watches.child);
      return hasPersistent(watches, path) || taken;
    }
    default:
      return false;
  }
}

function takeFrom(path: string, ...sets: readonly Set<string>[]): boolean {
  let any = false;
  for (const set of sets) if (set.delete(path)) any = true;
  return any;
}

/** On the path itself, or recursively on it or on any znode above. */
function hasPersistent(watches: ClientWatches, path: string): boolean {
  if (watches.persistent.has(path)) return true;
  if (watches.recursive.size === 0) return false;
  for (let at = path; ; at = parentOf(at)) {
    if (watches.recursive.has(at)) return true;
    if (at === '/') return false;
  }
}

/** The kinds that a WatcherType speaks of, and what is told of their end. */
const REMOVALS: readonly {
  readonly kinds: readonly WatchKind[];
  readonly types: readonly number[];
  readonly event: EventType;
}[] = [
  {
    kinds: ['child'],
    types: [WatcherType.Children, WatcherType.Any],
    event: EventType.ChildWatchRemoved,
  },
  {
    kinds: ['data', 'exist'],
    types: [WatcherType.Data, WatcherType.Any],
    event: EventType.DataWatchRemoved,
  },
  {
    kinds: ['persistent'],
    types: [WatcherType.Persistent, WatcherType.Any],
    event: EventType.PersistentWatchRemoved,
  },
  {
    kinds: ['recursive'],
    types: [WatcherType.PersistentRecursive, WatcherType.Any],
    event: EventType.PersistentWatchRemoved,
  },
];

/**
 * removeWatches was answered, or could not be.
 *
 * @returns The events to tell, each once, and the error that the request ends with.
 */
export function removeWatches(
  watches: ClientWatches,
  path: string,
  type: number,
  local: boolean,
  err: number,
): { readonly events: readonly EventType[]; readonly err: number } {
  const matching = REMOVALS.filter(({ types }) => types.includes(type));
  if (!matching.some(({ kinds }) => kinds.some((kind) => watches[kind].has(path)))) {
    return { events: [], err: ErrorCode.NOWATCHER };
  }
  if (err !== ErrorCode.OK && !local) return { events: [], err };
  const events = new Set<EventType>();
  for (const { kinds, event } of matching) {
    for (const kind of kinds) if (watches[kind].delete(path)) events.add(event);
  }
  return { events: [...events], err: ErrorCode.OK };
}

export function clearWatches(watches: ClientWatches): void {
  for (const kind of KINDS) watches[kind].clear();
}

/**
 * The packets that set all watches again, as of what the client had last seen. ClientCnxn puts
 * each batch in front of those before it, so the last one made is the first one sent.
 */
export function setWatchesRequests(watches: ClientWatches, lastZxid: Zxid): SetWatchesRequest[] {
  const requests: SetWatchesRequest[] = [];
  let batch = emptyBatch();
  let length = 0;
  for (const kind of KINDS) {
    for (const path of watches[kind]) {
      if (length >= SET_WATCHES_MAX_LENGTH) {
        requests.unshift(toRequest(batch, lastZxid));
        batch = emptyBatch();
        length = 0;
      }
      batch[kind].push(path);
      length += path.length;
    }
  }
  if (length > 0) requests.unshift(toRequest(batch, lastZxid));
  return requests;
}

type Batch = Record<WatchKind, string[]>;

function emptyBatch(): Batch {
  return { data: [], exist: [], child: [], persistent: [], recursive: [] };
}

/** The older request where it will do: servers before 3.6 know no other. */
function toRequest(batch: Batch, relativeZxid: Zxid): SetWatchesRequest {
  const persistent = batch.persistent.length > 0 || batch.recursive.length > 0;
  return {
    op: persistent ? 'setWatches2' : 'setWatches',
    relativeZxid,
    dataWatches: batch.data,
    existWatches: batch.exist,
    childWatches: batch.child,
    persistentWatches: batch.persistent,
    persistentRecursiveWatches: batch.recursive,
  };
}

/** For a picture: sorted by path, then by kind. */
export function listWatches(
  watches: ClientWatches,
): { readonly kind: WatchKind; readonly path: string }[] {
  const list: { kind: WatchKind; path: string }[] = [];
  for (const kind of KINDS) {
    for (const path of watches[kind]) list.push({ kind, path });
  }
  return list.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
