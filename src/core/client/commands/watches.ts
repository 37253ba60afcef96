/**
 * addWatch and removewatches.
 *
 * Source: AddWatchCommand and RemoveWatchesCommand of org.apache.zookeeper.cli (3.9). Differs: each
 * addWatch without -m is recursive, as its usage says; zkCli goes on with the mode that was given
 * last. A path that is none is named, where zkCli's addWatch ends with an exception.
 */
import { ErrorCode } from '../../error-code.ts';
import { AddWatchMode, WatcherType } from '../../jute/proto.ts';
import { failed } from './failure.ts';
import type { ParsedLine } from './options.ts';
import { argument, checkPath, flag, rejectUsage, valued } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import type { Resume, Shell, Task } from './task.ts';

/** The words behind `-m`. */
export const WATCH_MODES: readonly string[] = Object.keys(AddWatchMode);

export const addWatchCommand: CommandSpec = {
  name: 'addWatch',
  usage:
    '[-m mode] path # optional mode is one of [PERSISTENT, PERSISTENT_RECURSIVE] - ' +
    'default is PERSISTENT_RECURSIVE',
  options: [valued('m', '')],
  listsOptions: false,
  needs: 1,
  most: 1,
  oldWatchForm: null,
  start: startAddWatch,
};

function startAddWatch(line: ParsedLine, shell: Shell): Task | null {
  const said = line.options.get('m') ?? 'PERSISTENT_RECURSIVE';
  const name = said.toUpperCase();
  if (!isMode(name)) return rejectUsage(addWatchCommand, `There is no mode ${said}.`, shell);
  const path = argument(line, 1);
  if (!checkPath(path, false, shell)) return null;
  const request = { op: 'addWatch', path, mode: AddWatchMode[name] } as const;
  shell.send(request);
  return { kind: 'addWatch', request, path };
}

function isMode(name: string): name is keyof typeof AddWatchMode {
  return WATCH_MODES.includes(name);
}

/** Like zkCli, a watch that is set says nothing. */
export const resumeAddWatch: Resume<'addWatch'> = (task, answer, shell) =>
  answer.err === ErrorCode.OK ? null : failed(task.request, task.path, answer, shell);

export const removeWatchesCommand: CommandSpec = {
  name: 'removewatches',
  usage: 'path [-c|-d|-a] [-l]',
  options: [
    flag('c', 'child watcher type'),
    flag('d', 'data watcher type'),
    flag('p', 'persistent watcher type'),
    flag('r', 'persistent recursive watcher type'),
    flag('a', 'any watcher type'),
    flag('l', 'remove locally when there is no server connection'),
  ],
  listsOptions: false,
  needs: 1,
  oldWatchForm: null,
  start: startRemoveWatches,
};

function startRemoveWatches(line: ParsedLine, shell: Shell): Task | null {
  const path = argument(line, 1);
  if (!checkPath(path, false, shell)) return null;
  const request = { op: 'removeWatches', path, type: typeFor(line) } as const;
  shell.send(request, line.options.has('l'));
  return { kind: 'removeWatches', request, path };
}

/** Of several the first in this order counts; without any, all kinds go. */
function typeFor(line: ParsedLine): number {
  const has = (letter: string): boolean => line.options.has(letter);
  if (has('c')) return WatcherType.Children;
  if (has('d')) return WatcherType.Data;
  if (has('p')) return WatcherType.Persistent;
  if (has('r')) return WatcherType.PersistentRecursive;
  return WatcherType.Any;
}

export const resumeRemoveWatches: Resume<'removeWatches'> = (task, answer, shell) =>
  answer.err === ErrorCode.OK ? null : failed(task.request, task.path, answer, shell);
