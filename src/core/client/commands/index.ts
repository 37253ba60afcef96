/**
 * All commands of zkCli.
 *
 * Source: org.apache.zookeeper.cli.CommandFactory, ZooKeeperMain (3.9).
 */
import { getAclCommand, setAclCommand } from './acl.ts';
import { addAuthCommand, whoAmICommand } from './auth.ts';
import { configCommand, reconfigCommand } from './config.ts';
import { getAllChildrenNumberCommand, getEphemeralsCommand } from './count.ts';
import { createCommand } from './create.ts';
import { deleteAllCommand } from './delete-all.ts';
import { lsCommand } from './ls.ts';
import { delQuotaCommand, listQuotaCommand } from './quota.ts';
import { getCommand, statCommand } from './read.ts';
import { setQuotaCommand } from './set-quota.ts';
import type { CommandSpec } from './spec.ts';
import { syncCommand, versionCommand } from './sync.ts';
import { addWatchCommand, removeWatchesCommand } from './watches.ts';
import { deleteCommand, setCommand } from './write.ts';

export const COMMANDS: ReadonlyMap<string, CommandSpec> = new Map(
  [
    addAuthCommand,
    addWatchCommand,
    configCommand,
    createCommand,
    deleteCommand,
    deleteAllCommand,
    delQuotaCommand,
    getCommand,
    getAclCommand,
    getAllChildrenNumberCommand,
    getEphemeralsCommand,
    listQuotaCommand,
    lsCommand,
    reconfigCommand,
    removeWatchesCommand,
    setCommand,
    setAclCommand,
    setQuotaCommand,
    statCommand,
    syncCommand,
    versionCommand,
    whoAmICommand,
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

/** The lines of usage, as zkCli prints them for a word that it does not know. */
export function usageLines(): string[] {
  const all = new Map(CONSOLE_COMMANDS);
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
