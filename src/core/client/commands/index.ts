/**
 * All commands of zkCli: those that are here, and those that still wait for their servers' side.
 *
 * Source: org.apache.zookeeper.cli.CommandFactory, ZooKeeperMain (3.9).
 */
import { unreachable } from '../../assert.ts';
import type { Answer } from '../client-state.ts';
import { createCommand, resumeCreate } from './create.ts';
import {
  deleteAllCommand,
  resumeDeleteBatch,
  resumeDeleteEach,
  resumeListTree,
} from './delete-all.ts';
import { resumeExplainVersion } from './failure.ts';
import { lsCommand, resumeLs, resumeLsTree } from './ls.ts';
import { getCommand, resumeGet, resumeStat, statCommand } from './read.ts';
import type { CommandSpec } from './spec.ts';
import { resumeSync, syncCommand, versionCommand } from './sync.ts';
import type { Shell, Task } from './task.ts';
import { deleteCommand, resumeDelete, resumeSet, setCommand } from './write.ts';

export const COMMANDS: ReadonlyMap<string, CommandSpec> = new Map(
  [
    createCommand,
    deleteCommand,
    deleteAllCommand,
    getCommand,
    lsCommand,
    setCommand,
    statCommand,
    syncCommand,
    versionCommand,
  ].map((spec) => [spec.name, spec]),
);

/** Commands of the console itself, with their usage. */
export const CONSOLE_COMMANDS: ReadonlyMap<string, string> = new Map([
  ['close', ''],
  ['connect', 'host:port'],
  ['history', ''],
  ['printwatches', 'on|off'],
  ['quit', ''],
  ['redo', 'cmdno'],
]);

/** Commands whose requests no server here answers yet. */
export const MISSING_COMMANDS: ReadonlyMap<string, string> = new Map([
  [
    'addWatch',
    '[-m mode] path # optional mode is one of [PERSISTENT, PERSISTENT_RECURSIVE] - ' +
      'default is PERSISTENT_RECURSIVE',
  ],
  ['addauth', 'scheme auth'],
  ['config', '[-c] [-w] [-s]'],
  ['delquota', '[-n|-b|-N|-B] path'],
  ['getAcl', '[-s] path'],
  ['getAllChildrenNumber', 'path'],
  ['getEphemerals', 'path'],
  ['listquota', 'path'],
  [
    'reconfig',
    '[-s] [-v version] [[-file path] | [-members serverID=host:port1:port2;port3[,...]*]] | ' +
      '[-add serverId=host:port1:port2;port3[,...]]* [-remove serverId[,...]*]',
  ],
  ['removewatches', 'path [-c|-d|-a] [-l]'],
  ['setAcl', '[-s] [-v version] [-R] path acl'],
  ['setquota', '-n|-b|-N|-B val path'],
  ['whoami', ''],
]);

/** The lines of usage, as zkCli prints them for a word that it does not know. */
export function usageLines(): string[] {
  const all = new Map([...CONSOLE_COMMANDS, ...MISSING_COMMANDS]);
  for (const spec of COMMANDS.values()) all.set(spec.name, spec.usage);
  const rows = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    'ZooKeeper -server host:port -client-configuration properties-file cmd args',
    ...rows.map(([name, usage]) => `\t${name} ${usage}`),
  ];
}

/** The names of what can be typed, for completion and for a near miss. */
export function commandNames(): string[] {
  const names = [...COMMANDS.keys(), ...CONSOLE_COMMANDS.keys(), 'help'];
  return names.sort((a, b) => (a < b ? -1 : 1));
}

/** An answer to the request of a command. The console itself sees to the end of the session. */
export function resumeTask(task: Task, answer: Answer, shell: Shell): Task | null {
  switch (task.kind) {
    case 'create':
      return resumeCreate(task, answer, shell);
    case 'get':
      return resumeGet(task, answer, shell);
    case 'stat':
      return resumeStat(task, answer, shell);
    case 'set':
      return resumeSet(task, answer, shell);
    case 'delete':
      return resumeDelete(task, answer, shell);
    case 'sync':
      return resumeSync(task, answer, shell);
    case 'ls':
      return resumeLs(task, answer, shell);
    case 'lsTree':
      return resumeLsTree(task, answer, shell);
    case 'listTree':
      return resumeListTree(task, answer, shell);
    case 'deleteBatch':
      return resumeDeleteBatch(task, answer, shell);
    case 'deleteEach':
      return resumeDeleteEach(task, answer, shell);
    case 'explainVersion':
      return resumeExplainVersion(task, answer, shell);
    case 'close':
    case 'connect':
      return task;
    default:
      return unreachable(task);
  }
}
