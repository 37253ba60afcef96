/**
 * Quotas: how many nodes, and how many bytes of data, a subtree may have. For a path /a the limits
 * stand in the node /zookeeper/quota/a/zookeeper_limits, and what is used beside them in
 * zookeeper_stats, which each server writes into its own tree, outside any transaction, when it
 * applies one. Of nested quotas the nearest counts, and only that one.
 *
 * Source: Quotas, StatsTrack, common.PathTrie, DataTree.updateQuotaStat, updateQuotaForPath,
 * setupQuota, ZooKeeperServer.checkQuota (3.9).
 * Differs: a stats node that holds anything but numbers is counted anew; ZooKeeper's server ends
 * itself when it applies the next write below that quota.
 */
import type { DataNode } from './data-node.ts';
import { joinPath, nameOf, parentOf, QUOTA_PATH, ROOT } from './path.ts';
import type { DataTree } from './tree-nodes.ts';

const LIMITS = 'zookeeper_limits';
const STATS = 'zookeeper_stats';

/** By the names that stand in the text: `count`, `bytes`, `countHardLimit`, `byteHardLimit`. */
export type StatsTrack = ReadonlyMap<string, number>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** `count=1,bytes=2=;byteHardLimit=3`, in any order. @returns null where it is not like that. */
export function parseStatsTrack(data: Uint8Array | null): StatsTrack | null {
  if (data === null) return null;
  const track = new Map<string, number>();
  if (data.length === 0) return track;
  const pairs = decoder.decode(data).split(/[,;]+/);
  while (pairs.at(-1) === '') pairs.pop();
  for (const pair of pairs) {
    // As Java splits: what is empty at the end does not count, so `count=` has no value.
    const [key = '', value] = pair.replace(/=+$/, '').split('=');
    if (value === undefined || !/^([+-]?\d{1,19})?$/.test(value)) return null;
    track.set(key, value === '' ? -1 : Number(value));
  }
  return track;
}

/** -1 where nothing is said. */
export function trackValue(track: StatsTrack, key: string): number {
  return track.get(key) ?? -1;
}

/** Old readers take what stands behind the second `=` of `bytes` for nothing. */
export function formatStatsTrack(track: StatsTrack): string {
  const first = `count=${String(trackValue(track, 'count'))}`;
  const second = `bytes=${String(trackValue(track, 'bytes'))}`;
  const more = [...track.keys()].filter((key) => key !== 'count' && key !== 'bytes');
  const texts = more.map((key) => `;${key}=${String(trackValue(track, key))}`);
  const rest = texts.sort((a, b) => (a < b ? -1 : 1)).join('');
  return `${first},${second}${rest === '' ? '' : '='}${rest}`;
}

/** A node of the reserved subtree has changed: quotas begin and end with their limits node. */
export function noteQuotaNode(tree: DataTree, path: string, exists: boolean): void {
  const kind = nameOf(path);
  const quota = quotaOf(path);
  if (quota === null) return;
  if (kind === LIMITS && exists) tree.quotas.add(quota);
  else if (kind === LIMITS) tree.quotas.delete(quota);
  else if (kind === STATS && exists) recountUsage(tree, quota);
}

/** The path that a limits or stats node is about. A quota of the root itself is not kept. */
function quotaOf(path: string): string | null {
  const parent = parentOf(path);
  return parent.startsWith(`${QUOTA_PATH}/`) ? parent.slice(QUOTA_PATH.length) : null;
}

/** DataTree.getMaxPrefixWithQuota: the nearest of `path` and what is above it, or null. */
export function quotaFor(tree: DataTree, path: string): string | null {
  if (tree.quotas.size === 0) return null;
  for (let at = path; at !== ROOT && at !== ''; at = parentOf(at)) {
    if (tree.quotas.has(at)) return at;
  }
  return null;
}

/** After a node has been created, deleted, or has got other data. */
export function addUsage(tree: DataTree, path: string, count: number, bytes: number): void {
  const quota = quotaFor(tree, path);
  if (quota === null) return;
  const node = tree.nodes.get(statsPath(quota));
  if (node === undefined) return;
  const usage = parseStatsTrack(node.data);
  if (usage === null) {
    recountUsage(tree, quota);
    return;
  }
  const total = trackValue(usage, 'count') + count;
  node.data = usageText(usage, total, trackValue(usage, 'bytes') + bytes);
}

/**
 * DataTree.setupQuota: after a snapshot has been loaded the quotas are found again, and what is
 * used is counted.
 */
export function setupQuotas(tree: DataTree): void {
  tree.quotas.clear();
  const reserved = tree.nodes.get(QUOTA_PATH);
  if (reserved !== undefined && reserved.children.size > 0) findLimits(tree, QUOTA_PATH, reserved);
}

function findLimits(tree: DataTree, path: string, node: DataNode): void {
  for (const name of node.children) {
    const at = joinPath(path, name);
    const child = tree.nodes.get(at);
    if (child === undefined) continue;
    const quota = name === LIMITS && child.children.size === 0 ? quotaOf(at) : null;
    if (quota === null) {
      findLimits(tree, at, child);
    } else {
      recountUsage(tree, quota);
      tree.quotas.add(quota);
    }
  }
}

function recountUsage(tree: DataTree, quota: string): void {
  const node = tree.nodes.get(statsPath(quota));
  if (node === undefined) return;
  let count = 0;
  let bytes = 0;
  forEachBelow(tree, quota, (below) => {
    count++;
    bytes += below.data?.length ?? 0;
  });
  node.data = usageText(new Map(), count, bytes);
}

/** How many nodes are below `path`, it itself not counted. */
export function countDescendants(tree: DataTree, path: string): number {
  let count = -1;
  forEachBelow(tree, path, () => count++);
  return Math.max(count, 0);
}

/** The node at `path` and all below it. */
function forEachBelow(tree: DataTree, path: string, visit: (node: DataNode) => void): void {
  const stack = [path === '' ? ROOT : path];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const node = tree.nodes.get(at);
    if (node === undefined) continue;
    visit(node);
    for (const name of node.children) stack.push(joinPath(at, name));
  }
}

function limitsPath(quota: string): string {
  return `${QUOTA_PATH}${quota}/${LIMITS}`;
}

function statsPath(quota: string): string {
  return `${QUOTA_PATH}${quota}/${STATS}`;
}

function usageText(before: StatsTrack, count: number, bytes: number): Uint8Array {
  return encoder.encode(formatStatsTrack(new Map(before).set('count', count).set('bytes', bytes)));
}

/** A limit that a write goes beyond; it is refused where the limit is a hard one. */
export interface Excess {
  readonly isHard: boolean;
  readonly warning: string;
}

/**
 * ZooKeeperServer.checkQuota: judged by what has been applied, whatever is on its way.
 *
 * @param count how many nodes the write adds, and `bytes` how much data.
 * @returns null where the limits or what is used cannot be read.
 */
export function checkQuota(
  tree: DataTree,
  path: string,
  count: number,
  bytes: number,
): readonly Excess[] | null {
  const quota = quotaFor(tree, path);
  const limitsNode = quota === null ? undefined : tree.nodes.get(limitsPath(quota));
  if (quota === null || limitsNode === undefined) return [];
  const limits = parseStatsTrack(limitsNode.data);
  if (limits === null) return null;
  const kinds = [
    { of: 'count', added: count, soft: 'count', hard: 'countHardLimit', name: 'CountLimit' },
    { of: 'bytes', added: bytes, soft: 'bytes', hard: 'byteHardLimit', name: 'ByteLimit' },
  ].filter(({ added, soft, hard }) => {
    return added !== 0 && (trackValue(limits, soft) > -1 || trackValue(limits, hard) > -1);
  });
  const statsNode = tree.nodes.get(statsPath(quota));
  if (kinds.length === 0 || statsNode === undefined) return [];
  const usage = parseStatsTrack(statsNode.data);
  if (usage === null) return null;
  return kinds.flatMap(({ of, added, soft, hard, name }) => {
    const after = trackValue(usage, of) + added;
    const isHard = trackValue(limits, hard) > -1;
    const limit = trackValue(limits, isHard ? hard : soft);
    if (after <= limit) return [];
    const rule = `${isHard ? 'hard' : 'soft'}${name}=${String(limit)}`;
    const warning = `Quota exceeded: ${quota} [current ${of}=${String(after)}, ${rule}]`;
    return [{ isHard, warning }];
  });
}
