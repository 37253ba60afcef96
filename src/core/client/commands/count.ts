/**
 * getAllChildrenNumber and getEphemerals.
 *
 * Source: GetAllChildrenNumberCommand and GetEphemeralsCommand of org.apache.zookeeper.cli (3.9).
 */
import { ErrorCode } from '../../error-code.ts';
import { failed } from './failure.ts';
import { argument, checkPath } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import type { Resume } from './task.ts';

export const getAllChildrenNumberCommand: CommandSpec = {
  name: 'getAllChildrenNumber',
  usage: 'path',
  options: [],
  listsOptions: false,
  needs: 1,
  oldWatchForm: null,
  start(line, shell) {
    const path = argument(line, 1);
    if (!checkPath(path, false, shell)) return null;
    const request = { op: 'getAllChildrenNumber', path } as const;
    shell.send(request);
    return { kind: 'count', request, path };
  },
};

export const resumeCount: Resume<'count'> = (task, answer, shell) => {
  if (answer.err !== ErrorCode.OK) return failed(task.request, task.path, answer, shell);
  shell.print('output', String(answer.body.count ?? 0));
  return null;
};

/** Without a path: all of the session's ephemerals. */
export const getEphemeralsCommand: CommandSpec = {
  name: 'getEphemerals',
  usage: 'path',
  options: [],
  listsOptions: false,
  needs: 0,
  oldWatchForm: null,
  start(line, shell) {
    const prefixPath = line.args[1] ?? '/';
    if (!checkPath(prefixPath, false, shell)) return null;
    const request = { op: 'getEphemerals', prefixPath } as const;
    shell.send(request);
    return { kind: 'ephemerals', request };
  },
};

/** In the order of the answer, as zkCli shows it. */
export const resumeEphemerals: Resume<'ephemerals'> = (task, answer, shell) => {
  if (answer.err !== ErrorCode.OK) return failed(task.request, null, answer, shell);
  shell.print('output', `[${(answer.body.children ?? []).join(', ')}]`);
  return null;
};
