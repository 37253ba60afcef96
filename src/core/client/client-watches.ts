/**
 * The watches that a client believes it has. The server forgets all of them with the connection,
 * so the client keeps this list and sets them again on the next one.
 *
 * The server knows only data and child watches. The client tells a third kind apart: a watch that
 * `exists` left on a znode that was not there. After a reconnect such a watch must fire if the
 * znode is there by now, whereas a data watch must fire if it is gone.
 *
 * Source: org.apache.zookeeper.ZKWatchManager and ZooKeeper.WatchRegistration (3.9). Differs: one
 * watcher per client, as in zkCli; so a set of paths is enough.
 */
import { ErrorCode } from '../error-code.ts';
import { EventType } from '../jute/proto.ts';
import type { Request, SetWatchesRequest } from '../jute/proto.ts';
import type { Zxid } from '../zxid.ts';

export interface ClientWatches {
  readonly data: Set<string>;
  readonly exist: Set<string>;
  readonly child: Set<string>;
}

export type WatchKind = keyof ClientWatches;

/** A SetWatches packet takes about so many characters of paths, at most. */
const SET_WATCHES_MAX_LENGTH = 128 * 1024;

export function createClientWatches(): ClientWatches {
  return { data: new Set(), exist: new Set(), child: new Set() };
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
    default:
      return;
  }
}

/**
 * An event uses up the watches that it fires.
 *
 * @returns Whether there was any; an event that nobody waits for is not delivered.
 */
export function takeWatches(watches: ClientWatches, type: EventType, path: string): boolean {
  switch (type) {
    case EventType.None:
      return true; // Events of the session go to everybody and use up nothing.
    case EventType.NodeCreated:
    case EventType.NodeDataChanged:
      return takeFrom(path, watches.data, watches.exist);
    case EventType.NodeChildrenChanged:
      return takeFrom(path, watches.child);
    case EventType.NodeDeleted:
      return takeFrom(path, watches.data, watches.exist, watches.child);
    default:
      return false;
  }
}

function takeFrom(path: string, ...sets: readonly Set<string>[]): boolean {
  let any = false;
  for (const set of sets) if (set.delete(path)) any = true;
  return any;
}

export function clearWatches(watches: ClientWatches): void {
  watches.data.clear();
  watches.exist.clear();
  watches.child.clear();
}

/** The packets that set all watches again, as of what the client had last seen. */
export function setWatchesRequests(watches: ClientWatches, lastZxid: Zxid): SetWatchesRequest[] {
  const requests: SetWatchesRequest[] = [];
  let batch = emptyBatch();
  let length = 0;
  for (const kind of ['data', 'exist', 'child'] as const) {
    for (const path of watches[kind]) {
      if (length >= SET_WATCHES_MAX_LENGTH) {
        requests.push(toRequest(batch, lastZxid));
        batch = emptyBatch();
        length = 0;
      }
      batch[kind].push(path);
      length += path.length;
    }
  }
  if (length > 0) requests.push(toRequest(batch, lastZxid));
  return requests;
}

type Batch = Record<WatchKind, string[]>;

function emptyBatch(): Batch {
  return { data: [], exist: [], child: [] };
}

function toRequest(batch: Batch, relativeZxid: Zxid): SetWatchesRequest {
  return {
    op: 'setWatches',
    relativeZxid,
    dataWatches: batch.data,
    existWatches: batch.exist,
    childWatches: batch.child,
    persistentWatches: [],
    persistentRecursiveWatches: [],
  };
}

/** For a picture: sorted by path, then by kind. */
export function listWatches(
  watches: ClientWatches,
): { readonly kind: WatchKind; readonly path: string }[] {
  const list: { kind: WatchKind; path: string }[] = [];
  for (const kind of ['data', 'exist', 'child'] as const) {
    for (const path of watches[kind]) list.push({ kind, path });
  }
  return list.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
