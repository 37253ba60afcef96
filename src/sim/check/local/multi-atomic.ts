/**
 * C.17: a multi is visible as a whole or not at all, right after it was applied and in every tree
 * that a start finds.
 */
import type { DataTree } from '../../../core/data-tree/data-tree.ts';
import type { Txn, TxnRecord } from '../../../core/jute/txn.ts';
import { formatZxid, type Zxid } from '../../../core/zxid.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { find, type Findings } from './findings.ts';

export const MULTI_ATOMIC: Property = {
  name: 'C.17',
  title: 'Of a multi either everything is visible or nothing',
};

/** How far back a recovered tree is held against its log. */
const RECORDS_MAX = 64;

/** A tree that was read from disk, and the log that led to it, oldest first. */
export function checkMultis(
  findings: Findings,
  tree: DataTree,
  log: readonly TxnRecord[],
  where: string,
): void {
  const later = new Set<string>();
  const end = Math.max(0, log.length - RECORDS_MAX);
  // What a snapshot brought is not in the log: as far back as the log has no hole it tells all.
  let due = tree.lastProcessedZxid;
  for (let i = log.length - 1; i >= end; i--) {
    const record = log[i];
    if (record?.header.zxid !== due) return;
    checkMulti(findings, tree, record, later, where);
    addTouched(later, record.txn);
    due = (due - 1n) as Zxid;
  }
}

/** @param later What transactions behind it have touched: of that nothing can be said. */
export function checkMulti(
  findings: Findings,
  tree: DataTree,
  { header, txn }: TxnRecord,
  later: ReadonlySet<string>,
  where: string,
): void {
  if (txn.type !== 'multi' || txn.txns.some(({ type }) => type === 'error')) return;
  const last = new Map<string, Txn>();
  for (const op of txn.txns) {
    if ('path' in op && op.type !== 'check' && op.type !== 'setACL') last.set(op.path, op);
  }
  let [there, missing]: [string | null, string | null] = [null, null];
  for (const [path, op] of last) {
    if (later.has(path)) continue;
    if (isVisible(tree, path, op, header.zxid)) there = say(path, op);
    else missing = say(path, op);
  }
  if (missing === null) return;
  const what =
    there === null ? text`${missing} is not done there` : text`only ${there}, not ${missing}`;
  const why = text`The tree of ${where} has processed everything up to
    ${formatZxid(tree.lastProcessedZxid)}, but of the multi ${formatZxid(header.zxid)} it
    shows ${there === null ? text`nothing: ${what}` : what}.`;
  find(findings, MULTI_ATOMIC, why);
}

function say(path: string, op: Txn): string {
  return `the ${op.type} of ${path}`;
}

function isVisible(tree: DataTree, path: string, op: Txn, zxid: Zxid): boolean {
  const node = tree.nodes.get(path);
  switch (op.type) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      return node?.czxid === zxid;
    case 'setData':
      return node?.mzxid === zxid;
    case 'delete':
      return node === undefined;
    default:
      return true;
  }
}

function addTouched(paths: Set<string>, txn: Txn): void {
  if (txn.type === 'multi') for (const op of txn.txns) addTouched(paths, op);
  else if (txn.type === 'closeSession') for (const path of txn.paths) paths.add(path);
  else if ('path' in txn) paths.add(txn.path);
}
