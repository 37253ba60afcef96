/**
 * The watches that a server has for one connection, as the replies on it show, and the events that
 * each committed change must bring. A reply with zxid z sets its watch at z, and whatever is
 * changed after z fires it.
 *
 * Source: server.watch.WatchManager.triggerWatch (3.9).
 */
import { parentOf, ROOT } from '../../../core/data-tree/path.ts';
import { EventType } from '../../../core/jute/proto.ts';
import type { ZxidKey } from '../zxid-key.ts';
import type { Change, TreeModel } from './tree-model.ts';

/** What a connection has on a path; they add up. */
export const Watch = {
  data: 1,
  child: 2,
  persistent: 4,
  recursive: 8,
  /** Nobody can say whether it is there: its event may come or not. */
  unsure: 16,
} as const;

/** An event that must be told before anything that shows the change, unless it is optional. */
export interface Due {
  readonly zxid: ZxidKey;
  readonly type: EventType;
  readonly path: string;
  readonly optional: boolean;
}

export interface Ledger {
  readonly watches: Map<string, number>;
  recursive: number;
  /** The first change that is not taken into account yet, counted from the start of the run. */
  position: number;
  /** Of the changes taken into account: what has not come. All of one transaction. */
  readonly due: Due[];
  /** Nothing can be said about the events of this connection. */
  unsure: boolean;
  /** Events that came before the answer to a SetWatches, for what was missed while away. */
  readonly missed: Due[];
}

export function createLedger(): Ledger {
  return {
    watches: new Map(),
    recursive: 0,
    position: -1,
    due: [],
    unsure: false,
    missed: [],
  };
}

export function giveUp(ledger: Ledger): void {
  ledger.watches.clear();
  ledger.recursive = 0;
  ledger.due.length = 0;
  ledger.missed.length = 0;
  ledger.unsure = true;
}

/**
 * A watch is set, at a server that has processed everything up to `zxid`.
 *
 * @param replace as in 3.8.0, where a path has one mode for each connection: who mixes them is not
 * followed any further.
 */
export function setWatch(
  model: TreeModel,
  ledger: Ledger,
  path: string,
  kind: number,
  zxid: ZxidKey,
  replace: boolean,
): void {
  if (ledger.unsure) return;
  const before = ledger.watches.get(path) ?? 0;
  if (ledger.watches.size === 0) ledger.position = positionAfter(model, zxid);
  const modes = Watch.persistent | Watch.recursive;
  const isOther = (before & modes) !== (kind & modes);
  if (replace && before !== 0 && isOther) {
    giveUp(ledger);
    return;
  }
  if ((kind & ~before & Watch.recursive) !== 0) ledger.recursive++;
  ledger.watches.set(path, before | kind);
}

export function dropWatch(ledger: Ledger, path: string, kinds: number): void {
  const before = ledger.watches.get(path);
  if (before === undefined) return;
  if ((before & kinds & Watch.recursive) !== 0) ledger.recursive--;
  const left = before & ~kinds;
  // What is only unsure of nothing is nothing.
  if ((left & ~Watch.unsure) === 0) ledger.watches.delete(path);
  else ledger.watches.set(path, left);
}

function positionAfter(model: TreeModel, zxid: ZxidKey): number {
  const { changes, firstChange } = model;
  let index = changes.length;
  while (index > 0 && (changes[index - 1]?.zxid ?? zxid) > zxid) index--;
  return firstChange + index;
}

/**
 * Takes the next transaction into account that this connection must hear of, if it is not after
 * `upTo`. Its events are `due` then. @returns whether there was one.
 */
export function advance(model: TreeModel, ledger: Ledger, upTo: ZxidKey): boolean {
  const { changes, firstChange } = model;
  if (ledger.watches.size === 0) return false;
  if (ledger.position < firstChange) {
    giveUp(ledger); // It lags further behind than is remembered.
    return false;
  }
  let index = ledger.position - firstChange;
  let found: ZxidKey | null = null;
  for (; index < changes.length; index++) {
    const change = changes[index];
    if (change === undefined || change.zxid > upTo) break;
    if (found !== null && change.zxid !== found) break;
    fire(ledger, change);
    if (ledger.due.length > 0) found = change.zxid;
  }
  ledger.position = firstChange + index;
  return found !== null;
}

function fire(ledger: Ledger, change: Change): void {
  const { path, type } = change;
  const own = ledger.watches.get(path) ?? 0;
  const above = ledger.recursive > 0 && isRecursive(ledger, path);
  const hearsAll = above || (own & (Watch.persistent | Watch.recursive)) !== 0;
  if (type === 'deleted') {
    if (hearsAll || (own & (Watch.data | Watch.child)) !== 0) {
      owe(ledger, change, EventType.NodeDeleted, path, change.open, own);
    }
    if (own !== 0) dropWatch(ledger, path, Watch.data | Watch.child);
  } else {
    const event = type === 'created' ? EventType.NodeCreated : EventType.NodeDataChanged;
    if (hearsAll || (own & Watch.data) !== 0) owe(ledger, change, event, path, change.open, own);
    if ((own & Watch.data) !== 0) dropWatch(ledger, path, Watch.data);
  }
  if (type === 'data') return;
  const parent = parentOf(path);
  const parents = ledger.watches.get(parent) ?? 0;
  if ((parents & (Watch.child | Watch.persistent)) === 0) return;
  owe(ledger, change, EventType.NodeChildrenChanged, parent, change.parentOpen, parents);
  dropWatch(ledger, parent, Watch.child);
}

function owe(
  { due }: Ledger,
  { zxid }: Change,
  type: EventType,
  path: string,
  open: boolean,
  watches: number,
): void {
  due.push({ zxid, type, path, optional: !open || (watches & Watch.unsure) !== 0 });
}

/** On a znode above. */
function isRecursive({ watches }: Ledger, path: string): boolean {
  for (let at = path; at !== ROOT && at !== '';) {
    at = parentOf(at);
    if (((watches.get(at) ?? 0) & Watch.recursive) !== 0) return true;
  }
  return false;
}
