/** set and delete. Source: SetCommand and DeleteCommand of org.apache.zookeeper.cli (3.9). */
import { ErrorCode } from '../../error-code.ts';
import type { DeleteRequest, SetDataRequest } from '../../jute/proto.ts';
import { encodeText, fromBase64 } from './data-text.ts';
import { failed } from './failure.ts';
import { parseInt32 } from './options.ts';
import type { ParsedLine } from './options.ts';
import { argument, checkPath, flag, valued } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import { printStat } from './stat-text.ts';
import { reject } from './task.ts';
import type { Resume, Shell, Task } from './task.ts';

/** The version that fits any. */
const ANY_VERSION = -1;

export const setCommand: CommandSpec = {
  name: 'set',
  usage: 'path data [-s] [-v version] [-b]',
  options: [
    flag('s', 'Print znode stats additionally'),
    valued('v', 'Set with an expected version'),
    flag('b', 'Supply data in base64 format'),
  ],
  listsOptions: true,
  needs: 2,
  oldWatchForm: null,
  start: startSet,
};

function startSet(line: ParsedLine, shell: Shell): Task | null {
  const path = argument(line, 1);
  const text = argument(line, 2);
  const data = line.options.has('b') ? fromBase64(text) : encodeText(text);
  if (data === null) return reject(shell, 'The data is not valid base64', null);
  const version = versionFor(line, 'dataVersion', shell);
  if (version === null || !checkPath(path, false, shell)) return null;
  const request: SetDataRequest = { op: 'setData', path, data, version };
  shell.send(request);
  return { kind: 'set', request, path, withStat: line.options.has('s') };
}

/** Differs: a version that is no number is refused, where zkCli ends with an exception. */
export function versionFor(
  line: ParsedLine,
  field: 'dataVersion' | 'aclVersion',
  shell: Shell,
): number | null {
  const text = line.options.get('v');
  if (text === undefined) return ANY_VERSION;
  const version = parseInt32(text);
  if (version === null) {
    return reject(shell, '-v argument must be an int value', `stat shows it as ${field}.`);
  }
  return version;
}

/** Like zkCli, a set that succeeds says nothing. */
export const resumeSet: Resume<'set'> = (task, answer, shell) => {
  if (answer.err !== ErrorCode.OK) return failed(task.request, task.path, answer, shell);
  if (task.withStat && answer.body.stat !== null) printStat(answer.body.stat, shell);
  return null;
};

export const deleteCommand: CommandSpec = {
  name: 'delete',
  usage: '[-v version] path',
  options: [valued('v', 'version')],
  listsOptions: false,
  needs: 1,
  oldWatchForm: null,
  start: startDelete,
};

function startDelete(line: ParsedLine, shell: Shell): Task | null {
  if (line.args.length > 2) {
    shell.print(
      'error',
      "'delete path [version]' has been deprecated. Please use 'delete [-v version] path' instead.",
    );
    shell.print('hint', 'The version behind the path is not looked at: any version is deleted.');
  }
  const path = argument(line, 1);
  const version = versionFor(line, 'dataVersion', shell);
  if (version === null || !checkPath(path, false, shell)) return null;
  const request: DeleteRequest = { op: 'delete', path, version };
  shell.send(request);
  return { kind: 'delete', request, path };
}

export const resumeDelete: Resume<'delete'> = (task, answer, shell) =>
  answer.err === ErrorCode.OK ? null : failed(task.request, task.path, answer, shell);
