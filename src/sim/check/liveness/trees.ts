/** Whole trees, when everything has come to rest: what digests leave out counts as well. */
import { CONFIG_PATH } from '../../../core/data-tree/path.ts';
import type { DataNode } from '../../../core/data-tree/data-node.ts';
import type { Server } from '../../../core/server-context.ts';
import { formatSessionId } from '../../../core/units.ts';
import { formatZxid } from '../../../core/zxid.ts';
import type { LocalRun } from '../../local.ts';
import { establishedLeader, isWith, serverOf, sidsOf } from './members.ts';

/** The first difference between the leader and one of those that follow it; for C.11. */
export function treesDiffer(run: LocalRun): string | null {
  const leader = establishedLeader(run);
  if (leader === null) return null;
  for (const sid of sidsOf(run)) {
    const server = serverOf(run, sid);
    if (server === null || server === leader || !isWith(server, leader)) continue;
    const what = difference(leader, server);
    if (what === null) continue;
    const at = formatZxid(leader.db.tree.lastProcessedZxid);
    return `Servers ${String(leader.settings.sid)} and ${String(sid)} have both come to rest at ${at}, and yet ${what}.`;
  }
  return null;
}

/** Has everybody applied the same transactions? */
export function isAtRest(run: LocalRun): boolean {
  const leader = establishedLeader(run);
  if (leader === null) return false;
  return sidsOf(run).every((sid) => {
    const server = serverOf(run, sid);
    if (server === null || !isWith(server, leader)) return true;
    return server.db.tree.lastProcessedZxid === leader.db.tree.lastProcessedZxid;
  });
}

function difference(a: Server, b: Server): string | null {
  const { nodes } = a.db.tree;
  const others = b.db.tree.nodes;
  for (const [path, node] of nodes) {
    // Every server writes it anew for itself as it begins to serve.
    if (path === CONFIG_PATH) continue;
    const other = others.get(path);
    if (other === undefined) return `only server ${String(a.settings.sid)} has ${path}`;
    for (const key of FIELDS) {
      const [one, two] = [describe(node[key]), describe(other[key])];
      if (one !== two) return `${key} of ${path} is ${one} at the first and ${two} at the other`;
    }
  }
  for (const path of others.keys()) {
    if (!nodes.has(path)) return `only server ${String(b.settings.sid)} has ${path}`;
  }
  return sessionDifference(a, b);
}

function sessionDifference(a: Server, b: Server): string | null {
  for (const [one, two] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const [id, timeout] of one.db.sessions) {
      if (two.db.sessions.get(id) === timeout) continue;
      const sid = String(one.settings.sid);
      return `server ${sid} has session ${formatSessionId(id)} of ${String(timeout)} ms, and the other has not`;
    }
  }
  return null;
}

/** All of a node but what is derived from the rest. */
const FIELDS = [
  'data',
  'acl',
  'czxid',
  'mzxid',
  'pzxid',
  'ctime',
  'mtime',
  'version',
  'cversion',
  'aversion',
  'ephemeralOwner',
  'children',
] as const satisfies readonly (keyof DataNode)[];

function describe(value: DataNode[(typeof FIELDS)[number]]): string {
  if (typeof value === 'bigint') return `0x${BigInt.asUintN(64, value).toString(16)}`;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (value instanceof Set) return [...value].sort(byCodeUnits).join(', ');
  return JSON.stringify(value);
}

function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
