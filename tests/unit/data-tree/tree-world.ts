/** A tree with its watches, and short ways to apply transactions to it. */
import {
  createDataTree,
  getNode,
  processTxn,
  type DataTree,
  type TxnResult,
} from '../../../src/core/data-tree/data-tree.ts';
import { statOf } from '../../../src/core/data-tree/data-node.ts';
import {
  newWatchTables,
  type FiredWatch,
  type WatchTables,
} from '../../../src/core/data-tree/watch-manager.ts';
import { OPEN_ACL_UNSAFE, type Stat } from '../../../src/core/jute/data.ts';
import { EventType } from '../../../src/core/jute/proto.ts';
import type { CreateTxn, Txn } from '../../../src/core/jute/txn.ts';
import type { ConnId, Millis, SessionId } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

export interface TreeWorld {
  tree: DataTree;
  readonly watches: WatchTables;
  readonly fired: FiredWatch[];
}

export function newTreeWorld(): TreeWorld {
  return { tree: createDataTree(), watches: newWatchTables(), fired: [] };
}

/** The transaction's time is its zxid in seconds. */
export function apply(world: TreeWorld, zxid: number, txn: Txn, session = 0n): TxnResult {
  const header = {
    clientId: session as SessionId,
    cxid: 0,
    zxid: BigInt(zxid) as Zxid,
    time: (zxid * 1000) as Millis,
  };
  return processTxn(world.tree, world.watches, { header, txn, digest: null }, world.fired);
}

export function created(path: string, more: Partial<CreateTxn> = {}): CreateTxn {
  return {
    type: 'create',
    path,
    data: null,
    acl: OPEN_ACL_UNSAFE,
    ephemeral: false,
    parentCVersion: -1,
    ...more,
  };
}

export function deleted(path: string): Txn {
  return { type: 'delete', path };
}

export function dataSet(path: string, text: string, version: number): Txn {
  return { type: 'setData', path, data: bytes(text), version };
}

export function stat(world: TreeWorld, path: string): Stat | null {
  const node = getNode(world.tree, path);
  return node === undefined ? null : statOf(node);
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function conn(n: number): ConnId {
  return n as ConnId;
}

export function zxid(n: number): Zxid {
  return BigInt(n) as Zxid;
}

const eventNames = new Map<number, string>(
  Object.entries(EventType).map(([name, type]) => [type, name]),
);

/** What fired since the last call, as `conn event path`. */
export function takeFired(world: TreeWorld): string[] {
  return world.fired
    .splice(0)
    .map((f) => `${String(f.conn)} ${eventNames.get(f.type) ?? '?'} ${f.path}`);
}
