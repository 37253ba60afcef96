/**
 * sync, and version.
 *
 * Source: SyncCommand and VersionCommand of org.apache.zookeeper.cli (3.9). Differs: no timeout of
 * its own (30 s there); a sync that cannot be answered ends with its connection.
 */
import { ErrorCode } from '../../error-code.ts';
import type { ParsedLine } from './options.ts';
import { argument, checkPath } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import { reject } from './task.ts';
import type { Resume, Shell, Task } from './task.ts';

export const syncCommand: CommandSpec = {
  name: 'sync',
  usage: 'path',
  options: [],
  listsOptions: false,
  needs: 1,
  oldWatchForm: null,
  start: startSync,
};

function startSync(line: ParsedLine, shell: Shell): Task | null {
  const path = argument(line, 1);
  if (!checkPath(path, false, shell)) return null;
  shell.send({ op: 'sync', path });
  return { kind: 'sync' };
}

export const resumeSync: Resume<'sync'> = (_task, answer, shell) => {
  if (answer.err === ErrorCode.OK) {
    shell.print('output', 'Sync is OK');
    return null;
  }
  return reject(
    shell,
    `Sync has failed. rc=${answer.err}`,
    'The connection broke before the answer came: what you read next may still be old.',
  );
};

export const versionCommand: CommandSpec = {
  name: 'version',
  usage: '',
  options: [],
  listsOptions: false,
  needs: 0,
  most: 0,
  oldWatchForm: null,
  start(_line, shell) {
    shell.print('output', 'ZooKeeper CLI version: 3.9 (ZooKeeper Playground)');
    return null;
  },
};
