/** Where a quota stands in the tree. Source: org.apache.zookeeper.Quotas (3.9). */
import { QUOTA_PATH } from '../../data-tree/path.ts';

export const LIMITS_NODE = 'zookeeper_limits';
const STATS_NODE = 'zookeeper_stats';

export function quotaPath(path: string): string {
  return QUOTA_PATH + path;
}

export function limitsPath(path: string): string {
  return `${QUOTA_PATH}${path}/${LIMITS_NODE}`;
}

export function statsPath(path: string): string {
  return `${QUOTA_PATH}${path}/${STATS_NODE}`;
}

/** The znode that a node of the quota tree is about. */
export function quotaTarget(path: string): string {
  return path.slice(QUOTA_PATH.length);
}

/** /a/b: the names, and so how many nodes of the quota tree lead to its own. */
export function namesIn(path: string): string[] {
  return path.split('/').slice(1);
}

/** The node of the quota tree for the first `count` names of a path. */
export function quotaPrefix(path: string, count: number): string {
  return [QUOTA_PATH, ...namesIn(path).slice(0, count)].join('/');
}
