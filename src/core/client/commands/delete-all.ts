/**
 * deleteall: lists the tree, then deletes it from the leaves up, a thousand at a time, each batch
 * one transaction.
 *
 * Source: org.apache.zookeeper.cli.DeleteAllCommand, ZKUtil.deleteRecursive (3.9). Differs: one
 * batch is in flight at a time, where ZKUtil keeps ten.
 */
import { defined } from '../../assert.ts';
import { ErrorCode, errorName } from '../../error-code.ts';
import type { DeleteRequest } from '../../jute/proto.ts';
import { joinPath } from '../../data-tree/path.ts';
import type { Answer } from '../client-state.ts';
import { failed, oversizeMessage } from './failure.ts';
import { parseInt32 } from './options.ts';
import type { ParsedLine } from './options.ts';
import { argument, checkPath, valued } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import { reject } from './task.ts';
import type { Resume, Shell, Task } from './task.ts';

const BATCH_SIZE = 1000;

/** A console keeps no longer list than this. */
const TREE_MAX = 200_000;

export const deleteAllCommand: CommandSpec = {
  name: 'deleteall',
  usage: 'path [-b batch size]',
  options: [valued('b', 'batch size')],
  listsOptions: false,
  needs: 1,
  oldWatchForm: null,
  start: startDeleteAll,
};

function startDeleteAll(line: ParsedLine, shell: Shell): Task | null {
  const text = line.options.get('b');
  const batchSize = text === undefined ? BATCH_SIZE : parseInt32(text);
  if (batchSize === null) return reject(shell, '-b argument must be an int value', null);
  const path = argument(line, 1);
  if (!checkPath(path, false, shell)) return null;
  return listNext({ tree: [path], next: 0, batchSize }, shell);
}

function listNext(
  state: { readonly tree: string[]; readonly next: number; readonly batchSize: number },
  shell: Shell,
): Task {
  const path = defined(state.tree[state.next], 'a znode to list');
  const request = { op: 'getChildren', path, watch: false } as const;
  shell.send(request);
  return { kind: 'listTree', request, ...state };
}

export const resumeListTree: Resume<'listTree'> = (task, answer, shell) => {
  const path = defined(task.tree[task.next], 'the znode that was listed');
  if (answer.err !== ErrorCode.OK) return failed(task.request, path, answer, shell);
  const children = answer.body.children ?? [];
  if (task.tree.length + children.length > TREE_MAX) {
    const most = `deleteall takes at most ${TREE_MAX} znodes at a time`;
    return reject(shell, most, 'Nothing was deleted. Delete a part of the tree first.');
  }
  for (const name of children) task.tree.push(joinPath(path, name));
  const next = task.next + 1;
  if (next < task.tree.length) return listNext({ ...task, next }, shell);
  return task.batchSize > 0
    ? deleteBatch({ left: task.tree, batchSize: task.batchSize }, shell)
    : deleteEach(task.tree, shell);
};

function deleteBatch(
  state: { readonly left: string[]; readonly batchSize: number },
  shell: Shell,
): Task | null {
  const { left, batchSize } = state;
  if (left.length === 0) return null;
  const ops: DeleteRequest[] = [];
  while (ops.length < batchSize) {
    const path = left.pop();
    if (path === undefined) break;
    ops.push({ op: 'delete', path, version: -1 });
  }
  shell.send({ op: 'multi', ops });
  return { kind: 'deleteBatch', left, batchSize, ops };
}

export const resumeDeleteBatch: Resume<'deleteBatch'> = (task, answer, shell) => {
  const culprit = findCulprit(task, answer);
  if (answer.err === ErrorCode.OK && culprit === null) return deleteBatch(task, shell);
  if (answer.oversize > 0) {
    return reject(
      shell,
      oversizeMessage(answer.oversize, shell),
      'This batch was not sent; those before it are done. Try smaller ones: deleteall -b 100 path.',
    );
  }
  return reject(
    shell,
    'Failed to delete some node(s) in the subtree!',
    culprit ??
      `The answer to a batch was ${errorName(answer.err)}. Those before it are done: ` +
        'ls -R shows what is left.',
  );
};

/** The operation for which a batch failed: the others of it say RUNTIMEINCONSISTENCY. */
function findCulprit(task: Extract<Task, { kind: 'deleteBatch' }>, answer: Answer): string | null {
  const results = answer.body.results ?? [];
  const at = results.findIndex(
    ({ err }) => err !== ErrorCode.OK && err !== ErrorCode.RUNTIMEINCONSISTENCY,
  );
  const result = results[at];
  const op = task.ops[at];
  if (result === undefined || op === undefined) return null;
  const why = `${op.path} could not be deleted (${errorName(result.err)})`;
  return `${why}. A batch is one transaction: nothing of it was done. Those before it are done.`;
}

function deleteEach(left: string[], shell: Shell): Task | null {
  const path = left.pop();
  if (path === undefined) return null;
  const request: DeleteRequest = { op: 'delete', path, version: -1 };
  shell.send(request);
  return { kind: 'deleteEach', left, request, path };
}

export const resumeDeleteEach: Resume<'deleteEach'> = (task, answer, shell) =>
  answer.err === ErrorCode.OK
    ? deleteEach(task.left, shell)
    : failed(task.request, task.path, answer, shell);
