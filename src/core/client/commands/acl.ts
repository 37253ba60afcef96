/**
 * getAcl, setAcl, and setAcl -R, which walks the tree.
 *
 * Source: GetAclCommand and SetAclCommand of org.apache.zookeeper.cli, ZKUtil.visitSubTreeDFS
 * (3.9). Differs: of `setAcl -R` each failure has a line of its own; zkCli prints them in a row.
 */
import { ErrorCode } from '../../error-code.ts';
import type { Acl } from '../../jute/data.ts';
import type { SetAclRequest } from '../../jute/proto.ts';
import { ACL_FORMS, aclLines, parseAcl } from './acl-text.ts';
import { failed, keeperMessage } from './failure.ts';
import type { ParsedLine } from './options.ts';
import { argument, checkPath, flag, valued } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import { printStat } from './stat-text.ts';
import { reject } from './task.ts';
import type { Resume, Shell, Task } from './task.ts';
import { nextVisit, stepsBelow } from './walk.ts';
import { versionFor } from './write.ts';

export const getAclCommand: CommandSpec = {
  name: 'getAcl',
  usage: '[-s] path',
  options: [flag('s', 'stats')],
  listsOptions: false,
  needs: 1,
  oldWatchForm: null,
  start(line, shell) {
    const path = argument(line, 1);
    if (!checkPath(path, false, shell)) return null;
    const request = { op: 'getACL', path } as const;
    shell.send(request);
    return { kind: 'getAcl', request, path, withStat: line.options.has('s') };
  },
};

export const resumeGetAcl: Resume<'getAcl'> = (task, answer, shell) => {
  const { acl, stat } = answer.body;
  if (answer.err !== ErrorCode.OK) return failed(task.request, task.path, answer, shell);
  for (const text of aclLines(acl ?? [])) shell.print('output', text);
  if (task.withStat && stat !== null) printStat(stat, shell);
  return null;
};

export const setAclCommand: CommandSpec = {
  name: 'setAcl',
  usage: '[-s] [-v version] [-R] path acl',
  options: [flag('s', 'stats'), valued('v', 'version'), flag('R', 'recursive')],
  listsOptions: false,
  needs: 2,
  oldWatchForm: null,
  words: new Map([[2, ACL_FORMS]]),
  start: startSetAcl,
};

function startSetAcl(line: ParsedLine, shell: Shell): Task | null {
  const path = argument(line, 1);
  const acl = parseAcl(argument(line, 2), shell);
  const version = versionFor(line, 'aclVersion', shell);
  if (version === null || !checkPath(path, false, shell)) return null;
  if (line.options.has('R')) return startTree(path, acl, version, shell);
  if (acl.length === 0) return reject(shell, 'Acl is not valid : null', ACL_HINT);
  const request: SetAclRequest = { op: 'setACL', path, acl, version };
  shell.send(request);
  return { kind: 'setAcl', request, path, withStat: line.options.has('s') };
}

const ACL_HINT =
  'An ACL is scheme:id:permissions with permissions out of cdrwa: world:anyone:cdrwa.';

export const resumeSetAcl: Resume<'setAcl'> = (task, answer, shell) => {
  const { stat } = answer.body;
  if (answer.err !== ErrorCode.OK) return failed(task.request, task.path, answer, shell);
  if (task.withStat && stat !== null) printStat(stat, shell);
  return null;
};

/** The root of the walk is read first: without READ on it nothing is changed at all. */
function startTree(path: string, acl: readonly Acl[], version: number, shell: Shell): Task {
  const request = { op: 'getData', path, watch: false } as const;
  shell.send(request);
  return { kind: 'setAclTree', request, path, acl, version, left: [] };
}

export const resumeSetAclTree: Resume<'setAclTree'> = (task, answer, shell) => {
  const { request, path } = task;
  if (request.op === 'setACL') {
    if (answer.err !== ErrorCode.OK) shell.print('error', keeperMessage(answer.err, path));
    return visitNext(task, shell);
  }
  // A znode that went away since it was listed has nothing below it.
  const gone = request.op === 'getChildren2' && answer.err === ErrorCode.NONODE;
  if (answer.err !== ErrorCode.OK && !gone) return failed(request, path, answer, shell);
  if (request.op === 'getData') task.left.push({ act: 'list', path }, { act: 'visit', path });
  else task.left.push(...stepsBelow(path, answer.body.children ?? []));
  return visitNext(task, shell);
};

function visitNext(task: Extract<Task, { kind: 'setAclTree' }>, shell: Shell): Task | null {
  const { acl, version } = task;
  for (let step = nextVisit(task.left); step !== null; step = nextVisit(task.left)) {
    const { path } = step;
    if (step.act === 'visit' && acl.length === 0) {
      shell.print('error', keeperMessage(ErrorCode.INVALIDACL, null));
      continue;
    }
    task.path = path;
    task.request =
      step.act === 'visit'
        ? { op: 'setACL', path, acl, version }
        : { op: 'getChildren2', path, watch: false };
    shell.send(task.request);
    return task;
  }
  return null;
}
