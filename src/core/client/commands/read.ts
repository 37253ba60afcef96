/** get and stat. Source: GetCommand and StatCommand of org.apache.zookeeper.cli (3.9). */
import { ErrorCode } from '../../error-code.ts';
import type { ReadRequest } from '../../jute/proto.ts';
import { formatData } from './data-text.ts';
import { failed } from './failure.ts';
import type { ParsedLine } from './options.ts';
import { argument, checkPath, flag } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import { printStat } from './stat-text.ts';
import type { DataFormat, Resume, Shell, Task } from './task.ts';

export const getCommand: CommandSpec = {
  name: 'get',
  usage: '[-s] [-w] [-b] [-x] path',
  options: [
    flag('s', 'Print znode stats additionally'),
    flag('w', 'Watch for changes on the znode'),
    flag('b', 'Output data in base64 format'),
    flag('x', 'Output data in hexdump format'),
  ],
  listsOptions: true,
  needs: 1,
  oldWatchForm: "'get path [watch]' has been deprecated. Please use 'get [-s] [-w] path' instead.",
  start: startGet,
};

function startGet(line: ParsedLine, shell: Shell): Task | null {
  const path = argument(line, 1);
  if (!checkPath(path, false, shell)) return null;
  const request: ReadRequest = { op: 'getData', path, watch: line.options.has('w') };
  shell.send(request);
  const withStat = line.options.has('s');
  return { kind: 'get', request, path, withStat, format: formatFor(line) };
}

function formatFor(line: ParsedLine): DataFormat {
  if (line.options.has('x')) return 'hex';
  return line.options.has('b') ? 'base64' : 'text';
}

export const resumeGet: Resume<'get'> = (task, answer, shell) => {
  if (answer.err !== ErrorCode.OK) return failed(task.request, task.path, answer, shell);
  for (const row of formatData(answer.body.data, task.format)) shell.print('output', row);
  if (task.withStat && answer.body.stat !== null) printStat(answer.body.stat, shell);
  return null;
};

export const statCommand: CommandSpec = {
  name: 'stat',
  usage: '[-w] path',
  options: [flag('w', 'watch')],
  listsOptions: false,
  needs: 1,
  oldWatchForm: "'stat path [watch]' has been deprecated. Please use 'stat [-w] path' instead.",
  start: startStat,
};

function startStat(line: ParsedLine, shell: Shell): Task | null {
  const path = argument(line, 1);
  if (!checkPath(path, false, shell)) return null;
  const request: ReadRequest = { op: 'exists', path, watch: line.options.has('w') };
  shell.send(request);
  return { kind: 'stat', request, path };
}

export const resumeStat: Resume<'stat'> = (task, answer, shell) => {
  if (answer.err !== ErrorCode.OK) return failed(task.request, task.path, answer, shell);
  if (answer.body.stat !== null) printStat(answer.body.stat, shell);
  return null;
};
