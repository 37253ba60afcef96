/**
 * config and reconfig.
 *
 * Source: GetConfigCommand and ReconfigCommand of org.apache.zookeeper.cli (3.9). Differs: there
 * are no files here, so `reconfig -file` finds none.
 */
import { ErrorCode } from '../../error-code.ts';
import { CONFIG_PATH } from '../../data-tree/path.ts';
import { clientConnectString } from './config-text.ts';
import { formatData } from './data-text.ts';
import { failed } from './failure.ts';
import type { ParsedLine } from './options.ts';
import { flag, rejectUsage, valued } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import { printStat } from './stat-text.ts';
import { reject } from './task.ts';
import type { Resume, Shell, Task } from './task.ts';

export const configCommand: CommandSpec = {
  name: 'config',
  usage: '[-c] [-w] [-s]',
  options: [flag('s', 'stats'), flag('w', 'watch'), flag('c', 'client connection string')],
  listsOptions: false,
  needs: 0,
  oldWatchForm: null,
  start(line, shell) {
    const request = { op: 'getData', path: CONFIG_PATH, watch: line.options.has('w') } as const;
    shell.send(request);
    const { options } = line;
    return { kind: 'config', request, asString: options.has('c'), withStat: options.has('s') };
  },
};

export const resumeConfig: Resume<'config'> = (task, answer, shell) => {
  const { data, stat } = answer.body;
  if (answer.err !== ErrorCode.OK) return failed(task.request, CONFIG_PATH, answer, shell);
  const lines = formatData(data, 'text');
  if (task.asString) shell.print('output', clientConnectString(lines));
  else for (const line of lines) shell.print('output', line);
  if (task.withStat && stat !== null) printStat(stat, shell);
  return null;
};

export const reconfigCommand: CommandSpec = {
  name: 'reconfig',
  usage:
    '[-s] [-v version] [[-file path] | [-members serverID=host:port1:port2;port3[,...]*]] | ' +
    '[-add serverId=host:port1:port2;port3[,...]]* [-remove serverId[,...]*]',
  options: [
    flag('s', 'stats'),
    valued('v', 'required current config version'),
    valued('file', 'path of config file to parse for membership'),
    valued('members', 'comma-separated list of config strings for non-incremental reconfig'),
    valued('add', 'comma-separated list of config strings for new servers'),
    valued('remove', 'comma-separated list of server IDs to remove'),
  ],
  listsOptions: false,
  needs: 0,
  oldWatchForm: null,
  start: startReconfig,
};

function startReconfig(line: ParsedLine, shell: Shell): Task | null {
  const { options } = line;
  if (!['file', 'members', 'add', 'remove'].some((name) => options.has(name))) {
    return rejectUsage(reconfigCommand, 'reconfig: say what is to change.', shell);
  }
  const version = configVersion(options.get('v'));
  const fault = version === null ? VERSION_FAULT : findConflict(line);
  if (fault !== null || version === null) return reject(shell, fault ?? VERSION_FAULT, null);
  const file = options.get('file');
  if (file !== undefined) {
    const what = `Error processing ${file}${file} (No such file or directory)`;
    return reject(shell, what, 'There are no files here: give the servers with -members.');
  }
  const request = {
    op: 'reconfig',
    joiningServers: options.get('add')?.toLowerCase() ?? null,
    leavingServers: options.get('remove')?.toLowerCase() ?? null,
    newMembers: options.get('members')?.toLowerCase() ?? null,
    curConfigId: version,
  } as const;
  shell.send(request);
  return { kind: 'reconfig', request, withStat: options.has('s') };
}

const VERSION_FAULT = '-v must be followed by a long (configuration version)';

/** In hexadecimal, as `config` shows it; -1 is any version. */
function configVersion(text: string | undefined): bigint | null {
  if (text === undefined) return -1n;
  const parts = /^([+-]?)([0-9a-fA-F]+)$/.exec(text);
  if (parts === null) return null;
  const size = BigInt(`0x${parts[2] ?? ''}`);
  const version = parts[1] === '-' ? -size : size;
  return BigInt.asIntN(64, version) === version ? version : null;
}

function findConflict(line: ParsedLine): string | null {
  const has = (name: string): boolean => line.options.has(name);
  if ((has('file') || has('members')) && (has('add') || has('remove'))) {
    return (
      "Can't use -file or -members together with -add or -remove (mixing incremental and " +
      'non-incremental modes is not allowed)'
    );
  }
  if (has('file') && has('members')) {
    return "Can't use -file and -members together (conflicting non-incremental modes)";
  }
  return null;
}

export const resumeReconfig: Resume<'reconfig'> = (task, answer, shell) => {
  const { data, stat } = answer.body;
  if (answer.err !== ErrorCode.OK) return failed(task.request, '', answer, shell);
  shell.print('output', 'Committed new configuration:');
  for (const line of formatData(data, 'text')) shell.print('output', line);
  if (task.withStat && stat !== null) printStat(stat, shell);
  return null;
};
