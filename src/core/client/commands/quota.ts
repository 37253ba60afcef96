/**
 * listquota and delquota.
 *
 * Source: ListQuotaCommand and DelQuotaCommand of org.apache.zookeeper.cli (3.9). Differs: a quota
 * node that holds no quota reads as one without limits, where zkCli ends with an exception.
 */
import { defined } from '../../assert.ts';
import { formatStatsTrack, parseStatsTrack } from '../../data-tree/quota.ts';
import { joinPath, parentOf, QUOTA_PATH, validatePath } from '../../data-tree/path.ts';
import { ErrorCode } from '../../error-code.ts';
import type { Request } from '../../jute/proto.ts';
import type { Answer } from '../client-state.ts';
import { encodeText } from './data-text.ts';
import { failed } from './failure.ts';
import type { OptionSpec, ParsedLine } from './options.ts';
import { limitsPath, quotaPath, statsPath } from './quota-paths.ts';
import { argument, flag } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import { reject } from './task.ts';
import type { Resume, Shell, Task } from './task.ts';

/** The options of the quota commands, and the name that each limit has in the quota's text. */
export const LIMITS: readonly {
  readonly option: string;
  readonly key: string;
  readonly description: string;
}[] = [
  { option: 'n', key: 'count', description: 'num soft quota' },
  { option: 'b', key: 'bytes', description: 'bytes soft quota' },
  { option: 'N', key: 'countHardLimit', description: 'num hard quota' },
  { option: 'B', key: 'byteHardLimit', description: 'bytes hard quota' },
];

export const listQuotaCommand: CommandSpec = {
  name: 'listquota',
  usage: 'path',
  options: [],
  listsOptions: false,
  needs: 1,
  oldWatchForm: null,
  start(line, shell) {
    const path = argument(line, 1);
    shell.print('output', `absolute path is ${limitsPath(path)}`);
    if (!checkQuotaPath(path, shell)) return null;
    const request = { op: 'getData', path: limitsPath(path), watch: false } as const;
    shell.send(request);
    return { kind: 'listQuota', request, path, limits: null };
  },
};

function checkQuotaPath(path: string, shell: Shell): boolean {
  const fault = validatePath(limitsPath(path));
  if (fault === null) return true;
  reject(shell, fault, 'The root has no quota; any other znode may have one.');
  return false;
}

/** Nothing is printed before both halves are there. */
export const resumeListQuota: Resume<'listQuota'> = (task, answer, shell) => {
  const { path, limits } = task;
  if (answer.err !== ErrorCode.OK) return quotaFailed(task.request, path, answer, shell);
  const text = formatStatsTrack(parseStatsTrack(answer.body.data) ?? new Map());
  if (limits === null) {
    const request = { op: 'getData', path: statsPath(path), watch: false } as const;
    shell.send(request);
    return { ...task, request, limits: text };
  }
  shell.print('output', `Output quota for ${path} ${limits}`);
  shell.print('output', `Output stat for ${path} ${text}`);
  return null;
};

function quotaFailed(request: Request, path: string, answer: Answer, shell: Shell): Task | null {
  if (answer.err === ErrorCode.NONODE) {
    return reject(shell, `quota for ${path} does not exist.`, null);
  }
  return failed(request, 'path' in request ? request.path : null, answer, shell);
}

export const delQuotaCommand: CommandSpec = {
  name: 'delquota',
  usage: '[-n|-b|-N|-B] path',
  options: LIMITS.map(({ option, description }): OptionSpec => flag(option, description)),
  choice: 'one',
  listsOptions: false,
  needs: 1,
  oldWatchForm: null,
  start: startDelQuota,
};

function startDelQuota(line: ParsedLine, shell: Shell): Task | null {
  const path = argument(line, 1);
  if (!checkQuotaPath(path, shell)) return null;
  const limit = LIMITS.find(({ option }) => line.options.has(option));
  const request: Request = { op: 'exists', path: limitsPath(path), watch: false };
  shell.send(request);
  const key = limit?.key ?? null;
  return { kind: 'delQuota', request, path, key, at: quotaPath(path), left: [], trimming: false };
}

export const resumeDelQuota: Resume<'delQuota'> = (task, answer, shell) => {
  const { request, path, key, at } = task;
  if (request.op === 'exists' && answer.err === ErrorCode.NONODE) {
    shell.print('output', `Quota does not exist for ${path}`);
    return null;
  }
  if (answer.err !== ErrorCode.OK) return quotaFailed(request, path, answer, shell);
  switch (request.op) {
    case 'exists':
      return ask(task, { op: 'getData', path: limitsPath(path), watch: false }, shell);
    case 'getData':
      if (key === null) return ask(task, { op: 'getChildren', path: at, watch: false }, shell);
      return ask(task, withoutLimit(path, key, answer), shell);
    case 'getChildren':
      return onChildren(task, answer.body.children ?? [], shell);
    case 'delete':
      return deleteNext(task, shell);
    default:
      return null; // The rest of the limits is written: done.
  }
};

function ask(task: Extract<Task, { kind: 'delQuota' }>, request: Request, shell: Shell): Task {
  shell.send(request);
  return { ...task, request };
}

function withoutLimit(path: string, key: string, answer: Answer): Request {
  const limits = new Map(parseStatsTrack(answer.body.data) ?? []);
  limits.set(key, -1);
  const data = encodeText(formatStatsTrack(limits));
  return { op: 'setData', path: limitsPath(path), data, version: -1 };
}

/** The quota's own two nodes go in any case; the nodes above only as far as they lead nowhere. */
function onChildren(
  task: Extract<Task, { kind: 'delQuota' }>,
  children: readonly string[],
  shell: Shell,
): Task | null {
  const { path, at } = task;
  const own = at === quotaPath(path) && !task.trimming;
  if (own) {
    const left = children.map((name) => joinPath(at, name)).reverse();
    return deleteNext({ ...task, left, trimming: true }, shell);
  }
  if (children.length > 0) return null;
  return deleteNext({ ...task, left: [at], at: parentOf(at) }, shell);
}

function deleteNext(task: Extract<Task, { kind: 'delQuota' }>, shell: Shell): Task | null {
  const { at, left } = task;
  if (left.length > 0) {
    const path = defined(left.pop(), 'a node to delete');
    return ask(task, { op: 'delete', path, version: -1 }, shell);
  }
  if (at === QUOTA_PATH) return null;
  return ask(task, { op: 'getChildren', path: at, watch: false }, shell);
}
