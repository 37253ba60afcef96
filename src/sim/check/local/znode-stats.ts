/**
 * C.13: the numbers in the Stats of a tree fit together. The root and what lies below /zookeeper
 * are left out: their first children were never counted.
 */
import type { DataNode } from '../../../core/data-tree/data-node.ts';
import { statOf } from '../../../core/data-tree/data-node.ts';
import { joinPath, parentOf } from '../../../core/data-tree/path.ts';
import type { DataTree } from '../../../core/data-tree/data-tree.ts';
import { formatZxid } from '../../../core/zxid.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { find, type Findings } from './findings.ts';

export const ZNODE_STATS: Property = {
  name: 'C.13',
  title: 'The zxids and counters of every znode fit those of its children',
};

export function checkStats(findings: Findings, tree: DataTree, where: string): void {
  for (const [path, node] of tree.nodes) {
    if (isReserved(path)) continue;
    const fact = contradictionIn(tree, path, node);
    if (fact === null) continue;
    find(findings, ZNODE_STATS, text`In the tree of ${where} ${fact}.`);
    return;
  }
}

/** One znode and its parent, which a transaction has just touched. */
export function checkStatsAt(findings: Findings, tree: DataTree, path: string): void {
  for (const one of [path, parentOf(path)]) {
    const node = tree.nodes.get(one);
    if (node === undefined || isReserved(one)) continue;
    const fact = contradictionIn(tree, one, node);
    if (fact === null) continue;
    find(findings, ZNODE_STATS, text`In the tree of server ${findings.sid} ${fact}.`);
    return;
  }
}

function isReserved(path: string): boolean {
  return path === '/' || path.startsWith('/zookeeper');
}

function contradictionIn(tree: DataTree, path: string, node: DataNode): string | null {
  const { czxid, mzxid, pzxid, children, cversion } = node;
  if (mzxid < czxid) {
    return text`${path} was changed by ${formatZxid(mzxid)}, before ${formatZxid(czxid)}
      created it`;
  }
  if (pzxid < czxid) {
    return text`the children of ${path} changed by ${formatZxid(pzxid)}, before
      ${formatZxid(czxid)} created it`;
  }
  if (cversion < children.size) {
    return text`${path} has ${children.size} children, but counts only ${cversion} creations`;
  }
  const shown = statOf(node).cversion;
  if (shown !== ((2 * cversion - children.size) | 0)) {
    return text`${path} shows cversion ${shown}, which does not follow from ${cversion} creations
      and ${children.size} children`;
  }
  for (const name of children) {
    const fact = contradictionWithChild(tree, path, node, joinPath(path, name));
    if (fact !== null) return fact;
  }
  return null;
}

function contradictionWithChild(
  tree: DataTree,
  path: string,
  { czxid, pzxid }: DataNode,
  childPath: string,
): string | null {
  const child = tree.nodes.get(childPath);
  if (child === undefined) return text`${path} lists the child ${childPath}, which is not there`;
  if (child.czxid > pzxid) {
    return text`${childPath} was created by ${formatZxid(child.czxid)}, but its parent says that
      its children changed last by ${formatZxid(pzxid)}`;
  }
  if (child.czxid < czxid) {
    return text`${childPath} was created by ${formatZxid(child.czxid)}, before its parent, which
      ${formatZxid(czxid)} created`;
  }
  return null;
}
