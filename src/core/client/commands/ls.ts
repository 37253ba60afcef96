/**
 * ls, and ls -R: depth first, but with all children of a znode before their own.
 *
 * Source: org.apache.zookeeper.cli.LsCommand, ZKUtil.visitSubTreeDFS (3.9).
 */
import { defined } from '../../assert.ts';
import { ErrorCode } from '../../error-code.ts';
import type { ReadRequest } from '../../jute/proto.ts';
import { joinPath } from '../../data-tree/path.ts';
import { failed } from './failure.ts';
import { sortNames } from './names.ts';
import { optionTable } from './options.ts';
import type { ParsedLine } from './options.ts';
import { argument, checkPath, flag } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import { printStat } from './stat-text.ts';
import { reject } from './task.ts';
import type { Resume, Shell, Task } from './task.ts';

export const lsCommand: CommandSpec = {
  name: 'ls',
  usage: '[-s] [-w] [-R] path',
  options: [flag('?', 'help'), flag('s', 'stat'), flag('w', 'watch'), flag('R', 'recurse')],
  listsOptions: false,
  needs: 0,
  oldWatchForm: "'ls path [watch]' has been deprecated. Please use 'ls [-w] path' instead.",
  start: startLs,
};

function startLs(line: ParsedLine, shell: Shell): Task | null {
  if (line.options.has('?')) {
    shell.print('output', 'usage: ls [options] path');
    for (const row of optionTable(lsCommand.options)) shell.print('output', row);
  }
  if (line.args.length < 2) {
    return reject(shell, `ls ${lsCommand.usage}`, 'ls needs a path: ls / lists the root.');
  }
  const path = argument(line, 1);
  const watch = line.options.has('w');
  if (!checkPath(path, false, shell)) return null;
  if (line.options.has('R')) return startTree(path, watch, shell);
  const request: ReadRequest = { op: 'getChildren2', path, watch };
  shell.send(request);
  return { kind: 'ls', request, path, withStat: line.options.has('s') };
}

export const resumeLs: Resume<'ls'> = (task, answer, shell) => {
  const { children, stat } = answer.body;
  if (answer.err !== ErrorCode.OK) return failed(task.request, task.path, answer, shell);
  shell.print('output', `[${sortNames(children ?? []).join(', ')}]`);
  if (task.withStat && stat !== null) printStat(stat, shell);
  return null;
};

/** The root of the listing is read first, which also sets its data watch. */
function startTree(path: string, watch: boolean, shell: Shell): Task {
  const request: ReadRequest = { op: 'getData', path, watch };
  shell.send(request);
  return { kind: 'lsTree', request, path, watch, left: [] };
}

export const resumeLsTree: Resume<'lsTree'> = (task, answer, shell) => {
  if (task.request.op === 'getData') {
    if (answer.err !== ErrorCode.OK) return failed(task.request, task.path, answer, shell);
    shell.print('output', task.path);
    task.left.push(task.path);
    return listNext(task, shell);
  }
  // A znode that went away since it was listed has no children to show.
  if (answer.err === ErrorCode.NONODE) return listNext(task, shell);
  if (answer.err !== ErrorCode.OK) return failed(task.request, task.path, answer, shell);
  const names = sortNames(answer.body.children ?? []);
  const paths = names.map((name) => joinPath(task.path, name));
  for (const path of paths) shell.print('output', path);
  task.left.push(...paths.reverse());
  return listNext(task, shell);
};

function listNext(task: Extract<Task, { kind: 'lsTree' }>, shell: Shell): Task | null {
  if (task.left.length === 0) return null;
  task.path = defined(task.left.pop(), 'a znode to list');
  task.request = { op: 'getChildren2', path: task.path, watch: task.watch };
  shell.send(task.request);
  return task;
}
