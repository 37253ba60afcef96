/**
 * setquota: looks whether a quota may stand here, makes the nodes that lead to it, then writes it.
 *
 *   path ─▶ below ─▶ above ─▶ reserved ─▶ nodes ─▶ limits ─┬─▶ create both, read both
 *   (each is asked for one by one; the first objection ends it)  └─▶ read both, write the limits
 *
 * Source: org.apache.zookeeper.cli.SetQuotaCommand (3.9). Differs: a quota node that holds no quota
 * reads as one without limits, where zkCli ends with an exception.
 */
import { formatStatsTrack, parseStatsTrack, trackValue } from '../../data-tree/quota.ts';
import type { StatsTrack } from '../../data-tree/quota.ts';
import { QUOTA_PATH, validatePath } from '../../data-tree/path.ts';
import { ErrorCode } from '../../error-code.ts';
import { OPEN_ACL_UNSAFE } from '../../jute/data.ts';
import { CreateMode } from '../../jute/proto.ts';
import type { Request } from '../../jute/proto.ts';
import type { Answer } from '../client-state.ts';
import { encodeText } from './data-text.ts';
import { failed } from './failure.ts';
import { parseInt32 } from './options.ts';
import type { ParsedLine } from './options.ts';
import {
  LIMITS_NODE,
  limitsPath,
  namesIn,
  quotaPath,
  quotaPrefix,
  quotaTarget,
  statsPath,
} from './quota-paths.ts';
import { LIMITS } from './quota.ts';
import { argument, checkPath, valued } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import { reject } from './task.ts';
import type { Resume, Shell, Task } from './task.ts';
import { nextVisit, stepsBelow } from './walk.ts';

type SetQuota = Extract<Task, { kind: 'setQuota' }>;

export const setQuotaCommand: CommandSpec = {
  name: 'setquota',
  usage: '-n|-b|-N|-B val path',
  options: LIMITS.map(({ option, description }) => valued(option, description)),
  choice: 'oneNeeded',
  listsOptions: false,
  needs: 1,
  oldWatchForm: null,
  start: startSetQuota,
};

function startSetQuota(line: ParsedLine, shell: Shell): Task | null {
  const path = argument(line, 1);
  if (path.startsWith(QUOTA_PATH)) {
    return reject(shell, `cannot set a quota under the path: ${QUOTA_PATH}`, null);
  }
  const limit = LIMITS.find(({ option }) => line.options.has(option));
  if (limit === undefined) return null;
  const { key } = limit;
  const value = limitValue(key, line.options.get(limit.option) ?? '', shell);
  if (value === null || !checkPath(path, false, shell)) return null;
  const request: Request = { op: 'exists', path, watch: false };
  shell.send(request);
  const none = { left: [], depth: 0, fresh: false, limits: '' };
  return { kind: 'setQuota', request, path, key, value, stage: 'path', ...none };
}

/** Counts are ints from 1 up, bytes longs from 0 up. */
function limitValue(key: string, text: string, shell: Shell): number | null {
  const isCount = key.startsWith('count');
  const value = isCount ? parseInt32(text) : parseInt64(text);
  if (value === null) {
    return reject(shell, 'NumberFormatException happens when parsing the option value', null);
  }
  if (isCount && value <= 0) {
    return reject(shell, 'the num quota must be greater than zero', null);
  }
  if (!isCount && value < 0) {
    return reject(shell, 'the bytes quota must be greater than or equal to zero', null);
  }
  return value;
}

function parseInt64(text: string): number | null {
  if (!/^[+-]?\d+$/.test(text)) return null;
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(64, value) === value ? Number(value) : null;
}

export const resumeSetQuota: Resume<'setQuota'> = (task, answer, shell) => {
  switch (task.stage) {
    case 'path':
      return onPath(task, answer, shell);
    case 'below':
      return onBelow(task, answer, shell);
    case 'above':
      return onAbove(task, answer, shell);
    case 'reserved':
      return isOk(answer) ? askNode({ ...task, depth: 1 }, shell) : refused(task, answer, shell);
    case 'nodes':
      return onNode(task, answer, shell);
    default:
      return onLimits(task, answer, shell);
  }
};

function isOk(answer: Answer): boolean {
  return answer.err === ErrorCode.OK;
}

function refused(task: SetQuota, answer: Answer, shell: Shell): Task | null {
  const { request } = task;
  return failed(request, 'path' in request ? request.path : null, answer, shell);
}

function ask(task: SetQuota, request: Request, shell: Shell): Task {
  shell.send(request);
  return { ...task, request };
}

function onPath(task: SetQuota, answer: Answer, shell: Shell): Task | null {
  const { path } = task;
  if (answer.err === ErrorCode.NONODE) {
    return reject(shell, `${path} does not exist.`, `Create ${path} first.`);
  }
  if (!isOk(answer)) return refused(task, answer, shell);
  const root = quotaPath(path);
  const fault = validatePath(root);
  if (fault !== null) return reject(shell, fault, 'The root has no quota.');
  return ask({ ...task, stage: 'below' }, { op: 'getData', path: root, watch: false }, shell);
}

/** No znode below may have a quota. Each node of the quota tree is looked into, then walked. */
function onBelow(task: SetQuota, answer: Answer, shell: Shell): Task | null {
  const { request, path, left } = task;
  const root = quotaPath(path);
  switch (request.op) {
    case 'getData':
      if (answer.err === ErrorCode.NONODE) return askAbove({ ...task, depth: 1 }, shell);
      if (!isOk(answer)) return refused(task, answer, shell);
      left.push({ act: 'list', path: root }, { act: 'visit', path: root });
      break;
    case 'getChildren':
      if (request.path === root || !(answer.body.children ?? []).includes(LIMITS_NODE)) break;
      return reject(
        shell,
        `${path} has a child ${quotaTarget(request.path)} which has a quota`,
        'Of nested quotas only the nearest would count, so zkCli makes none.',
      );
    default:
      if (!isOk(answer) && answer.err !== ErrorCode.NONODE) return refused(task, answer, shell);
      if ('path' in request) left.push(...stepsBelow(request.path, answer.body.children ?? []));
  }
  const step = nextVisit(left);
  if (step === null) return askAbove({ ...task, depth: 1 }, shell);
  const op = step.act === 'visit' ? 'getChildren' : 'getChildren2';
  return ask(task, { op, path: step.path, watch: false }, shell);
}

/** Nor may one above: the first `depth` names of the path are looked at. */
function askAbove(task: SetQuota, shell: Shell): Task {
  const { path, depth } = task;
  if (depth >= namesIn(path).length) {
    return ask(
      { ...task, stage: 'reserved' },
      { op: 'exists', path: QUOTA_PATH, watch: false },
      shell,
    );
  }
  const at = quotaPrefix(path, depth);
  return ask({ ...task, stage: 'above' }, { op: 'getChildren', path: at, watch: false }, shell);
}

function onAbove(task: SetQuota, answer: Answer, shell: Shell): Task | null {
  const { path, depth } = task;
  const none = answer.err === ErrorCode.NONODE;
  if (!isOk(answer) && !none) return refused(task, answer, shell);
  const children = answer.body.children ?? [];
  if (children.includes(LIMITS_NODE)) {
    const above = quotaTarget(quotaPrefix(path, depth));
    return reject(
      shell,
      `${path} has a parent ${above} which has a quota`,
      'Of nested quotas only the nearest would count, so zkCli makes none.',
    );
  }
  const last = none || children.length === 0;
  return askAbove({ ...task, depth: last ? namesIn(path).length : depth + 1 }, shell);
}

/** The nodes that lead to the quota's own are made as far as they are not there. */
function askNode(task: SetQuota, shell: Shell): Task {
  const { path, depth } = task;
  const last = depth > namesIn(path).length;
  const at = last ? limitsPath(path) : quotaPrefix(path, depth);
  const stage = last ? 'limits' : 'nodes';
  return ask({ ...task, stage }, { op: 'exists', path: at, watch: false }, shell);
}

function onNode(task: SetQuota, answer: Answer, shell: Shell): Task | null {
  const { request, path, depth } = task;
  if (request.op === 'exists' && answer.err === ErrorCode.NONODE) {
    return ask(task, create(quotaPrefix(path, depth), null), shell);
  }
  const lostRace = request.op === 'create' && answer.err === ErrorCode.NODEEXISTS;
  if (!isOk(answer) && !lostRace) return refused(task, answer, shell);
  return askNode({ ...task, depth: depth + 1 }, shell);
}

function create(path: string, text: string | null): Request {
  const data = text === null ? null : encodeText(text);
  const flags = CreateMode.PERSISTENT;
  return { op: 'create', path, data, acl: OPEN_ACL_UNSAFE, flags, ttl: 0 };
}

/** exists → create, create, read, read; or exists → read, read, write. */
function onLimits(task: SetQuota, answer: Answer, shell: Shell): Task | null {
  const { request, path, fresh } = task;
  const missing = request.op === 'exists' && answer.err === ErrorCode.NONODE;
  if (!isOk(answer) && !missing) return refused(task, answer, shell);
  const readLimits = { op: 'getData', path: limitsPath(path), watch: false } as const;
  switch (request.op) {
    case 'exists': {
      if (!missing) return ask(task, readLimits, shell);
      const limits = merged(NO_LIMITS, task);
      return ask({ ...task, fresh: true }, create(limitsPath(path), limits), shell);
    }
    case 'create':
      if (request.path === statsPath(path)) return ask(task, readLimits, shell);
      return ask(task, create(statsPath(path), formatStatsTrack(NO_USAGE)), shell);
    case 'getData': {
      const track = parseStatsTrack(answer.body.data) ?? NO_LIMITS;
      if (request.path === limitsPath(path)) {
        const limits = fresh ? formatStatsTrack(track) : merged(track, task);
        const readStats = { op: 'getData', path: statsPath(path), watch: false } as const;
        return ask({ ...task, limits }, readStats, shell);
      }
      warn(parseStatsTrack(encodeText(task.limits)) ?? NO_LIMITS, track, shell);
      if (fresh) return null;
      const data = encodeText(task.limits);
      return ask(task, { op: 'setData', path: limitsPath(path), data, version: -1 }, shell);
    }
    default:
      return null;
  }
}

const NO_LIMITS: StatsTrack = new Map(LIMITS.map(({ key }) => [key, -1]));
const NO_USAGE: StatsTrack = new Map([
  ['count', 0],
  ['bytes', 0],
]);

function merged(limits: StatsTrack, task: SetQuota): string {
  return formatStatsTrack(new Map([...limits, [task.key, task.value]]));
}

/** A quota below what is used already is set all the same. */
function warn(limits: StatsTrack, used: StatsTrack, shell: Shell): void {
  for (const [what, keys] of [
    ['count', ['count', 'countHardLimit']],
    ['bytes', ['bytes', 'byteHardLimit']],
  ] as const) {
    const now = trackValue(used, what);
    const over = keys.some((key) => trackValue(limits, key) > -1 && trackValue(limits, key) < now);
    if (!over) continue;
    shell.print(
      'output',
      `[Warning]: the ${what} quota you create is less than the existing ${what}:${now}`,
    );
  }
}
