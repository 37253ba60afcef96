/**
 * Watches (C.24): an event comes before any answer that shows the change it tells of, events come
 * in the order of their transactions, each has a cause, a one-shot watch fires once, and none is
 * lost. The exceptions are ZooKeeper's own: an event that the client may not read is dropped, and
 * what a persistent watch misses while its client is away stays missed.
 */
import { ErrorCode } from '../../../core/error-code.ts';
import { AddWatchMode, EventType, WatcherType } from '../../../core/jute/proto.ts';
import type {
  ClientReply,
  Request,
  SetWatchesRequest,
  WatchNotification,
} from '../../../core/jute/proto.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { KEY_NOTHING, keyOf, type ZxidKey } from '../zxid-key.ts';
import { find, type ClientHistory, type Conn, type Invoked } from './history.ts';
import { stateAt } from './tree-model.ts';
import { advance, dropWatch, giveUp, setWatch, Watch, type Due } from './watch-ledger.ts';
import { what, where, zxid as say } from './words.ts';

export const WATCH_ORDER: Property = {
  name: 'C.24',
  title: 'A watch fires once, for a real change, and before the client can see that change',
};

const EVERYTHING = Infinity as ZxidKey;
const ONE_SHOT = Watch.data | Watch.child;
const ALL = ONE_SHOT | Watch.persistent | Watch.recursive | Watch.unsure;

/** Something on the connection shows everything up to `z`: the events of all that have come. */
export function checkEventsBefore(
  history: ClientHistory,
  conn: Conn,
  z: ZxidKey,
  shownBy: string,
): void {
  const { ledger } = conn;
  if (ledger.watches.size === 0 && ledger.due.length === 0) return;
  do {
    const late = ledger.due.find((due) => !due.optional);
    if (late !== undefined) {
      const why = text`The watch of ${where(conn)} on ${late.path} was to fire
        ${nameOf(late.type)} for ${say(late.zxid)}, but ${shownBy} shows ${say(z)} and the event
        has not come.`;
      find(history, WATCH_ORDER, why);
    }
    ledger.due.length = 0;
  } while (advance(history.model, ledger, z));
}

/** An event has come. */
export function checkEvent(history: ClientHistory, conn: Conn, event: WatchNotification): void {
  const { ledger } = conn;
  const { type, path } = event;
  if (ledger.unsure || type === EventType.None) return;
  const zxid = keyOf(event.zxid);
  const resets = conn.pending.some(({ request }) => isSetWatches(request));
  if (zxid < 0 && resets) {
    // 3.8.0 never says which transaction an event came from.
    if (ledger.watches.size > 0 && history.release === '3.8.0') giveUp(ledger);
    else ledger.missed.push({ zxid: KEY_NOTHING, type, path, optional: false });
    return;
  }
  const upTo = zxid < 0 ? EVERYTHING : zxid;
  while (zxid >= 0 || history.release === '3.8.0') {
    const index = ledger.due.findIndex(
      (due) => due.type === type && due.path === path && (zxid < 0 || due.zxid === zxid),
    );
    if (index !== -1) {
      ledger.due.splice(index, 1);
      return;
    }
    const lost = ledger.due.find((due) => !due.optional);
    if (lost !== undefined && (zxid >= 0 ? lost.zxid < zxid : true)) {
      const why = text`The watch of ${where(conn)} on ${lost.path} was to fire
        ${nameOf(lost.type)} for ${say(lost.zxid)}, but the next event to come is
        ${nameOf(type)} of ${path} for ${zxid < 0 ? 'a later one' : say(zxid)}.`;
      find(history, WATCH_ORDER, why);
    }
    if (lost === undefined || lost.zxid < zxid) ledger.due.length = 0;
    if (ledger.due.length > 0 || !advance(history.model, ledger, upTo)) break;
  }
  if (ledger.unsure) return;
  const cause = zxid < 0 ? '' : ` for ${say(zxid)}`;
  const why = text`${capital(where(conn))} was sent ${nameOf(type)} of ${path}${cause}, but it has
    no watch there that such a change would fire.`;
  find(history, WATCH_ORDER, why);
}

/** A reply has come, and its events were looked at: it may leave a watch, or take one away. */
export function noteWatches(
  history: ClientHistory,
  conn: Conn,
  { request }: Invoked,
  { err, zxid }: ClientReply,
): void {
  const { ledger } = conn;
  if (ledger.unsure) return;
  const z = keyOf(zxid);
  const ok = err === ErrorCode.OK;
  const set = (path: string, kind: number): void => {
    setWatch(history.model, ledger, path, kind, z, history.release === '3.8.0');
  };
  switch (request.op) {
    case 'getData':
      if (request.watch && ok) set(request.path, Watch.data);
      return;
    case 'exists':
      if (request.watch && (ok || err === ErrorCode.NONODE)) set(request.path, Watch.data);
      return;
    case 'getChildren':
    case 'getChildren2':
      if (request.watch && ok) set(request.path, Watch.child);
      return;
    case 'addWatch':
      if (!ok) return;
      set(
        request.path,
        request.mode === AddWatchMode.PERSISTENT ? Watch.persistent : Watch.recursive,
      );
      return;
    case 'removeWatches': {
      if (!ok) return;
      const had = ledger.watches.get(request.path) ?? 0;
      if (history.release === '3.8.0' && (had & ~ONE_SHOT) !== 0) giveUp(ledger);
      else dropWatch(ledger, request.path, kindsOf(request.type));
      return;
    }
    case 'setWatches':
    case 'setWatches2':
      if (ok) checkReset(history, conn, request, z);
      else giveUp(ledger);
      return;
    default:
  }
}

function kindsOf(type: number): number {
  switch (type) {
    case WatcherType.Children:
      return Watch.child;
    case WatcherType.Data:
      return Watch.data;
    case WatcherType.Persistent:
      return Watch.persistent;
    case WatcherType.PersistentRecursive:
      return Watch.recursive;
    default:
      return ALL;
  }
}

/**
 * The watches of a client that has come back: each one-shot watch has either fired for what was
 * missed, or is set again.
 */
function checkReset(
  history: ClientHistory,
  conn: Conn,
  request: SetWatchesRequest,
  z: ZxidKey,
): void {
  const { ledger } = conn;
  const { model } = history;
  const seen = request.relativeZxid;
  const missed: Due[] = [];
  const unknown = new Set<string>();
  const replace = history.release === '3.8.0';
  const judge = (
    paths: readonly string[],
    kind: number,
    outcome: (node: ReturnType<typeof stateAt>) => EventType | null,
  ): void => {
    for (const path of paths) {
      const node = stateAt(model, path, z);
      const type = node === undefined ? null : outcome(node);
      if (node === undefined) unknown.add(path);
      if (type !== null) missed.push({ zxid: z, type, path, optional: false });
      else {
        const unsure = node === undefined ? Watch.unsure : 0;
        setWatch(model, ledger, path, kind | unsure, z, replace);
      }
    }
  };
  judge(request.dataWatches, Watch.data, (node) =>
    !node ? EventType.NodeDeleted : node.mzxid > seen ? EventType.NodeDataChanged : null,
  );
  judge(request.existWatches, Watch.data, (node) => (node ? EventType.NodeCreated : null));
  judge(request.childWatches, Watch.child, (node) =>
    !node ? EventType.NodeDeleted : node.pzxid > seen ? EventType.NodeChildrenChanged : null,
  );
  for (const path of request.persistentWatches) {
    setWatch(model, ledger, path, Watch.persistent, z, replace);
  }
  for (const path of request.persistentRecursiveWatches) {
    setWatch(model, ledger, path, Watch.recursive, z, replace);
  }
  if (!ledger.unsure) compareMissed(history, conn, missed, unknown, z);
  ledger.missed.length = 0;
}

function compareMissed(
  history: ClientHistory,
  conn: Conn,
  expected: readonly Due[],
  unknown: ReadonlySet<string>,
  z: ZxidKey,
): void {
  const told = conn.ledger.missed.filter(({ path }) => !unknown.has(path));
  for (const due of expected) {
    const index = told.findIndex(({ type, path }) => type === due.type && path === due.path);
    if (index !== -1) {
      told.splice(index, 1);
      continue;
    }
    const why = text`${capital(where(conn))} set its watch on ${due.path} again after a
      reconnect; at ${say(z)} that watch had to fire ${nameOf(due.type)} for what the client had
      missed, but no event came.`;
    find(history, WATCH_ORDER, why);
  }
  const [extra] = told;
  if (extra === undefined) return;
  const why = text`${capital(where(conn))} set its watches again after a reconnect and was sent
    ${nameOf(extra.type)} of ${extra.path}, but it had missed no such change up to ${say(z)}.`;
  find(history, WATCH_ORDER, why);
}

/** The connection is gone, and the watches with it: the client is to set them again elsewhere. */
export function rememberWatches(conn: Conn): void {
  const { session, ledger } = conn;
  if (session === null || conn.readOnly) return;
  if (ledger.unsure) {
    session.wanted = null;
    return;
  }
  // A connection that ended before its watches were set again leaves those of the one before.
  const wanted = new Map([...(session.wanted ?? []), ...ledger.watches]);
  for (const { path } of [...ledger.due, ...ledger.missed]) wanted.delete(path);
  for (const { request } of conn.pending) {
    if (request.op === 'removeWatches') wanted.delete(request.path);
    if (!isSetWatches(request)) continue;
    for (const path of pathsOf(request)) wanted.delete(path);
  }
  session.wanted = wanted.size > 0 ? wanted : null;
}

/** A request goes out: before any other, a client that has come back sets its watches again. */
export function checkSetAgain(history: ClientHistory, conn: Conn, request: Request): void {
  const wanted = conn.session?.wanted ?? null;
  if (wanted === null || conn.session === null || conn.readOnly || request.op === 'auth') return;
  if (isSetWatches(request)) {
    for (const path of pathsOf(request)) wanted.delete(path);
    return;
  }
  conn.session.wanted = null;
  if (request.op === 'closeSession') return;
  const [forgotten] = wanted.keys();
  if (forgotten === undefined) return;
  const why = text`${capital(where(conn))} had a watch on ${forgotten} when its last connection
    ended, but did not set it again before it asked for ${what(request)}.`;
  find(history, WATCH_ORDER, why);
}

export function isSetWatches(request: Request): request is SetWatchesRequest {
  return request.op === 'setWatches' || request.op === 'setWatches2';
}

function pathsOf(request: SetWatchesRequest): readonly string[] {
  return [
    ...request.dataWatches,
    ...request.existWatches,
    ...request.childWatches,
    ...request.persistentWatches,
    ...request.persistentRecursiveWatches,
  ];
}

const NAMES = new Map<number, string>(
  Object.entries(EventType).map(([name, type]) => [type, name]),
);

function nameOf(type: EventType): string {
  return NAMES.get(type) ?? String(type);
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
